"""An issue is born from an event: the checks of what is to be sent, the event, and the envelope around it.

Servers drop or cut what they do not like and answer 200 all the same, so every limit is checked before. Sources:
Sentry's developer documentation ("Event Payloads", "Envelopes", "Rate Limiting") and what live servers did.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from typing import Any, Dict, List, Mapping, Tuple

from sentry_integration.catalog import DEFAULT_LEVEL, LEVELS
from sentry_integration.faults import Fault
from sentry_integration.http import CLIENT

_LONGEST_TITLE = 100
_LONGEST_TAG_KEY = 32
_LONGEST_TAG_VALUE = 200
_LONGEST_EXTRA = 16 * 1024
_LARGEST_EVENT = 1_000_000
_LARGEST_COMPRESSED = 200_000
_TAG_KEY = re.compile(r"[A-Za-z0-9_.:-]+")
# What Sentry keeps in a field of the event and shows as a tag of the same name, and what such a field takes.
_FIELD_TAGS = {
    "release": (
        200,
        re.compile(r"(?!(\.|\.\.|latest)$)[^/\\\t]+"),
        "no slash or tab, and is not '.', '..' or 'latest'",
    ),
    "environment": (
        64,
        re.compile(r"(?!(\.|\.\.|none)$)[^/\s]+", re.IGNORECASE),
        "no slash or space, and is not 'none'",
    ),
    "dist": (64, re.compile(r"[A-Za-z0-9_.-]+"), "nothing but letters, digits and _ . -"),
}
# What Sentry drops from the tags or overwrites there.
_TAKEN_TAGS = ("user", "filename", "function", "level")


def event(arguments: Mapping[str, Any]) -> Dict[str, Any]:
    """The event of a create_issue call: its title is the message, what is long goes to `extra`.

    The fingerprint is made of the title alone, so that the same title joins the same issue whatever else is said.

    Raises:
        Fault: of kind "argument", naming what Sentry would drop or cut, and the limit.
    """
    title = _title(arguments["title"])
    level = arguments.get("level", DEFAULT_LEVEL)
    if level not in LEVELS:
        raise _unacceptable(f"level '{level}' is none of {', '.join(LEVELS)}")
    fields, tags = _tags(arguments.get("tags") or {})
    payload: Dict[str, Any] = {
        "message": title,
        "level": level,
        "platform": "other",
        "fingerprint": ["create_issue", title],
        **fields,
    }
    extra = _extra(arguments.get("extra") or {}, arguments.get("message"))
    if tags:
        payload["tags"] = tags
    if extra:
        payload["extra"] = extra
    return payload


def envelope(event_id: str, payload: Mapping[str, Any]) -> bytes:
    """The envelope of one event: a header line, the item's header line, and the item.

    No time is said: the server's own clock is the one that its searches go by.
    """
    item = bare(event_id, payload)
    return b"\n".join((encode({"event_id": event_id}), encode({"type": "event", "length": len(item)}), item, b""))


def bare(event_id: str, payload: Mapping[str, Any]) -> bytes:
    """The event alone, as the older store endpoint takes it."""
    return encode({"event_id": event_id, **payload})


def compressed(body: bytes) -> Tuple[bytes, Dict[str, str]]:
    """The body as it is sent, and the header that says so: large ones in gzip, which has a limit of its own.

    Raises:
        Fault: of kind "argument", where no server would take it.
    """
    if len(body) > _LARGEST_EVENT:
        raise _unacceptable(f"the event has {len(body)} bytes, and Sentry takes {_LARGEST_EVENT}")
    if len(body) <= _LARGEST_COMPRESSED:
        return body, {}
    packed = gzip.compress(body, mtime=0)
    if len(packed) > _LARGEST_COMPRESSED:
        raise _unacceptable(f"the event has {len(packed)} bytes compressed, and Sentry takes {_LARGEST_COMPRESSED}")
    return packed, {"Content-Encoding": "gzip"}


def authorization(public_key: str) -> Dict[str, str]:
    """The header that an ingest address asks for; the public key of the DSN is all it holds."""
    return {"X-Sentry-Auth": f"Sentry sentry_version=7, sentry_client={CLIENT}, sentry_key={public_key}"}


def encode(value: Any) -> bytes:
    """JSON on one line."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _unacceptable(what: str) -> Fault:
    return Fault("argument", what)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _unacceptable(f"{name} must be a string")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise _unacceptable(f"{name} is not valid UTF-8") from None
    return value


def _title(value: Any) -> str:
    title = _text("title", value).strip()
    if not title:
        raise _unacceptable("title is empty")
    if "\0" in title:
        raise _unacceptable("title holds a zero byte, which Sentry cannot store")
    if len(title.splitlines()) > 1:
        raise _unacceptable("title has more than one line; put the long text into 'message'")
    if len(title) > _LONGEST_TITLE:
        raise _unacceptable(
            f"title is {len(title)} characters long and Sentry keeps {_LONGEST_TITLE}; put the long text into 'message'"
        )
    return title


def _tags(given: Any) -> Tuple[Dict[str, str], Dict[str, str]]:
    if not isinstance(given, Mapping):
        raise _unacceptable("tags must be key-value pairs")
    fields: Dict[str, str] = {}
    tags: Dict[str, str] = {}
    for key, value in given.items():
        name = f"tag '{key}'"
        if not isinstance(key, str) or not _TAG_KEY.fullmatch(key):
            raise _unacceptable(f"{name}: a key consists of letters, digits and _ . : -")
        if len(key) > _LONGEST_TAG_KEY:
            raise _unacceptable(f"{name}: the key is {len(key)} characters long and Sentry takes {_LONGEST_TAG_KEY}")
        if key in _TAKEN_TAGS or key.startswith("sentry:"):
            raise _unacceptable(f"{name}: Sentry uses this name itself")
        text = _tag_value(name, value)
        if key not in _FIELD_TAGS:
            tags[key] = text
            continue
        longest, allowed, rule = _FIELD_TAGS[key]
        if len(text) > longest:
            raise _unacceptable(f"{name} is {len(text)} characters long and Sentry takes {longest}")
        if not allowed.fullmatch(text):
            raise _unacceptable(f"{name} is '{text}', and Sentry takes it only where it has {rule}")
        fields[key] = text
    if "dist" in fields and "release" not in fields:
        raise _unacceptable("tag 'dist': Sentry keeps it with a tag 'release' alone")
    return fields, tags


def _tag_value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = _text(name, value).strip()
    if not text:
        raise _unacceptable(f"{name} is empty, and Sentry drops it then")
    if len(text.splitlines()) > 1 or "\0" in text:
        raise _unacceptable(f"{name} has more than one line or a zero byte, and Sentry drops it then")
    if len(text) > _LONGEST_TAG_VALUE:
        raise _unacceptable(f"{name} is {len(text)} characters long and Sentry takes {_LONGEST_TAG_VALUE}")
    return text


def _extra(given: Any, message: Any) -> Dict[str, Any]:
    if not isinstance(given, Mapping):
        raise _unacceptable("extra must be key-value pairs")
    extra: Dict[str, Any] = {}
    if message:
        if "message" in given:
            raise _unacceptable("extra 'message': the name is taken by the parameter 'message'")
        extra["message"] = message
    extra.update((str(key), value) for key, value in given.items())
    for key, value in extra.items():
        name = "message" if key == "message" and message else f"extra '{key}'"
        _plain(name, [key, value])
        size = len(value) if isinstance(value, str) else len(encode(value))
        if size > _LONGEST_EXTRA:
            raise _unacceptable(f"{name} is {size} characters long and Sentry keeps {_LONGEST_EXTRA} of an item")
    return extra


def _plain(name: str, value: Any) -> None:
    waiting: List[Any] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            waiting += list(part.values()) + [str(key) for key in part]
        elif isinstance(part, (list, tuple)):
            waiting += part
        elif isinstance(part, str):
            _text(name, part)
        elif isinstance(part, float) and not math.isfinite(part):
            raise _unacceptable(f"{name} holds {part}, which JSON cannot say")
        elif part is not None and not isinstance(part, (bool, int, float)):
            raise _unacceptable(f"{name} holds a {type(part).__name__}, which JSON cannot say")
