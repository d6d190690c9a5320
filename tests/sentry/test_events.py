"""Events: what is sent for an issue, and that everything servers would cut or drop is refused by name and limit."""

from __future__ import annotations

import gzip
import json
import random
import string
from typing import Any, Dict

import pytest

from sentry_integration import events
from sentry_integration.faults import Fault

PLACE = {"org_slug": "o", "project_slug": "p"}


def made(**arguments: Any) -> Dict[str, Any]:
    return events.event({**PLACE, "title": "t", **arguments})


def test_the_smallest_event() -> None:
    assert made(title="Boom — 💥") == {
        "message": "Boom — 💥",
        "level": "error",
        "platform": "other",
        "fingerprint": ["create_issue", "Boom — 💥"],
    }


def test_a_whole_event() -> None:
    event = made(
        title="  NullPointerException in UserController ",
        message="java.lang.NullPointerException\n  at UserController.java:42",
        level="warning",
        tags={"version": "2.1.0", "build": 12, "beta": True, "ratio": 0.5, "environment": "production"},
        extra={"request": {"ids": [1, 2, None], "ok": False}, "who": "Zoë"},
    )
    assert event["message"] == "NullPointerException in UserController" == event["fingerprint"][1]
    assert event["level"] == "warning" and event["environment"] == "production"
    assert event["tags"] == {"version": "2.1.0", "build": "12", "beta": "true", "ratio": "0.5"}
    assert event["extra"] == {
        "message": "java.lang.NullPointerException\n  at UserController.java:42",
        "request": {"ids": [1, 2, None], "ok": False},
        "who": "Zoë",
    }


def test_the_same_title_joins_the_same_issue() -> None:
    one = made(title="x", level="fatal", message="a", tags={"a": "1"}, extra={"b": 1})
    assert one["fingerprint"] == made(title="x ")["fingerprint"] != made(title="y")["fingerprint"]


def test_release_and_dist_are_fields_since_sentry_drops_them_from_the_tags() -> None:
    event = made(tags={"release": "1.0", "dist": 7})
    assert (event["release"], event["dist"]) == ("1.0", "7") and "tags" not in event
    made(tags={"release": "my app@1.0+2 (beta)", "environment": "pröd.eu-1", "dist": "d" * 64})


@pytest.mark.parametrize("level", ["fatal", "error", "warning", "info", "debug"])
def test_levels(level: str) -> None:
    assert made(level=level)["level"] == level


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"title": ""}, "title is empty"),
        ({"title": " \n "}, "title is empty"),
        ({"title": "a\nb"}, "title has more than one line"),
        ({"title": "a\u2028b"}, "title has more than one line"),
        ({"title": "x" * 101}, "title is 101 characters long and Sentry keeps 100"),
        ({"title": "a\0b"}, "title holds a zero byte"),
        ({"title": "\udc80"}, "title is not valid UTF-8"),
        ({"title": 7}, "title must be a string"),
        ({"level": "critical"}, "level 'critical' is none of fatal, error, warning, info, debug"),
        ({"tags": "x"}, "tags must be key-value pairs"),
        ({"tags": {"k" * 33: "v"}}, f"tag '{'k' * 33}': the key is 33 characters long and Sentry takes 32"),
        ({"tags": {"a b": "v"}}, "tag 'a b': a key consists of letters"),
        ({"tags": {"ä": "v"}}, "tag 'ä': a key consists of letters"),
        ({"tags": {"": "v"}}, "tag '': a key consists of letters"),
        ({"tags": {1: "v"}}, "tag '1': a key consists of letters"),
        ({"tags": {"k": "v" * 201}}, "tag 'k' is 201 characters long and Sentry takes 200"),
        ({"tags": {"k": "a\nb"}}, "tag 'k' has more than one line"),
        ({"tags": {"k": "  "}}, "tag 'k' is empty"),
        ({"tags": {"k": {}}}, "tag 'k' must be a string"),
        ({"tags": {"k": "\ud800"}}, "tag 'k' is not valid UTF-8"),
        ({"tags": {"level": "info"}}, "tag 'level': Sentry uses this name itself"),
        ({"tags": {"user": "x"}}, "tag 'user': Sentry uses this name itself"),
        ({"tags": {"sentry:x": "1"}}, "tag 'sentry:x': Sentry uses this name itself"),
        (
            {"tags": {"environment": "a/b"}},
            "tag 'environment' is 'a/b', and Sentry takes it only where it has no slash",
        ),
        ({"tags": {"environment": "None"}}, "tag 'environment' is 'None', and Sentry takes it only where"),
        ({"tags": {"environment": "e" * 65}}, "tag 'environment' is 65 characters long and Sentry takes 64"),
        ({"tags": {"release": "a\\b"}}, "tag 'release' is 'a\\b', and Sentry takes it only where it has no slash"),
        ({"tags": {"release": ".."}}, "tag 'release' is '..', and Sentry takes it only where"),
        (
            {"tags": {"release": "1", "dist": "a b"}},
            "tag 'dist' is 'a b', and Sentry takes it only where it has nothing",
        ),
        ({"tags": {"release": "1", "dist": "d" * 65}}, "tag 'dist' is 65 characters long and Sentry takes 64"),
        ({"tags": {"dist": "7"}}, "tag 'dist': Sentry keeps it with a tag 'release' alone"),
        ({"message": "x" * 16385}, "message is 16385 characters long and Sentry keeps 16384 of an item"),
        ({"message": "\udcff"}, "message is not valid UTF-8"),
        ({"message": "a", "extra": {"message": "b"}}, "extra 'message': the name is taken"),
        ({"extra": ["x"]}, "extra must be key-value pairs"),
        ({"extra": {"k": "x" * 16385}}, "extra 'k' is 16385 characters long and Sentry keeps 16384 of an item"),
        ({"extra": {"k": ["x" * 9000, "y" * 9000]}}, "extra 'k' is 18007 characters long"),
        ({"extra": {"k": float("nan")}}, "extra 'k' holds nan, which JSON cannot say"),
        ({"extra": {"k": [{"a": float("inf")}]}}, "extra 'k' holds inf, which JSON cannot say"),
        ({"extra": {"k": {"\udc80": 1}}}, "extra 'k' is not valid UTF-8"),
        ({"extra": {"k": object()}}, "extra 'k' holds a object, which JSON cannot say"),
    ],
)
def test_what_would_be_cut_or_dropped_is_refused(arguments: Dict[str, Any], words: str) -> None:
    with pytest.raises(Fault) as fault:
        made(**arguments)
    assert fault.value.kind == "argument" and fault.value.words.startswith(words)


def test_the_limits_themselves_are_allowed() -> None:
    made(
        title="ü" * 100,
        message="ü" * 16384,
        tags={"k" * 32: "v" * 200, "ok.x:y-z_1": "ü"},
        extra={"k": "ü" * 16384, "n": None, "zero": "a\0b"},
    )


def test_an_envelope_is_three_lines_of_json() -> None:
    body = events.envelope("a" * 32, made(title="Größe — 💥", message="line\nline"))
    header, item, payload, end = body.split(b"\n")
    assert json.loads(header) == {"event_id": "a" * 32} and end == b""
    assert json.loads(item) == {"type": "event", "length": len(payload)}
    assert json.loads(payload)["event_id"] == "a" * 32 and json.loads(payload)["message"] == "Größe — 💥"


def test_the_store_body_is_the_event() -> None:
    assert json.loads(events.bare("b" * 32, made())) == {"event_id": "b" * 32, **made()}


def test_the_header_for_ingest_holds_the_public_key_and_the_version_of_the_protocol() -> None:
    (header,) = events.authorization("abc").items()
    assert header[0] == "X-Sentry-Auth"
    assert header[1].startswith("Sentry sentry_version=7, sentry_client=") and header[1].endswith(", sentry_key=abc")


def test_small_bodies_go_as_they_are_and_large_ones_packed() -> None:
    assert events.compressed(b"x" * 200_000) == (b"x" * 200_000, {})
    body, headers = events.compressed(b"x" * 200_001)
    assert headers == {"Content-Encoding": "gzip"} and gzip.decompress(body) == b"x" * 200_001


def test_an_event_no_server_takes() -> None:
    with pytest.raises(Fault, match="1000001 bytes, and Sentry takes 1000000"):
        events.compressed(b"x" * 1_000_001)
    noise = "".join(random.Random(1).choices(string.printable, k=400_000)).encode()
    with pytest.raises(Fault, match="bytes compressed, and Sentry takes 200000"):
        events.compressed(noise)
