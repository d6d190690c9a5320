"""Events from their JSON text to a report: decoding, then counting what the report needs."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Tuple

N = 4000


def event(i: int) -> Dict[str, Any]:
    frames = [
        {
            "filename": f"app/module{(i + depth) % 11}.py",
            "function": f"handle_{depth}",
            "lineNo": (i * 13 + depth) % 40 + 1,
            "inApp": (i + depth) % 2 == 0,
            "context": None,
        }
        for depth in range(4)
    ]
    return {
        "eventID": f"{i * 2654435761 % 2**32:032x}",
        "dateCreated": f"2026-11-{i % 28 + 1:02d}T{i * 7 % 24:02d}:{i % 60:02d}:00Z",
        "duration": i * 31 % 997 / 8,
        "user": {"id": i % 50, "email": f"user{i % 50}@example.org", "name": "Zoë"},
        "exception": {"type": "ValueError", "value": "invalid literal", "frames": frames},
        "tags": [["browser", "Firefox"], ["level", "error"], ["server", f"host{i % 4}"]],
    }


TEXT = json.dumps([event(i) for i in range(1, N + 1)])


def arguments(engine: Any) -> Tuple[object, ...]:
    return engine.decode_json, TEXT


def run(n: int, decode: Callable[[str], List[Dict[str, Any]]], text: str) -> str:
    hours: Dict[str, int] = {}
    failures: Dict[str, int] = {}
    slowest = None
    events = decode(text)
    for event in events:
        hour = event["dateCreated"].split("T")[1][:2]
        hours[hour] = hours.get(hour, 0) + 1
        if slowest is None or event["duration"] > slowest["duration"]:
            slowest = event
        for frame in event["exception"]["frames"]:
            if frame["inApp"]:
                place = f"{frame['filename']}:{frame['lineNo']}"
                failures[place] = failures.get(place, 0) + 1
    places = sorted(failures.items(), key=lambda item: (-item[1], item[0]))
    assert slowest is not None
    lines = [f"{len(events)} events, slowest {slowest['eventID']} by {slowest['user']['email']}"]
    for place, count in places[:5]:
        lines.append(f"{place} {count}")
    for hour_number in range(24):
        lines.append(str(hours.get(f"{hour_number:02d}", 0)))
    return "\n".join(lines)
