"""Dialects: the same four orders on three kinds of servers."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

import pytest

from sentry_integration.dialect import Dialect
from sentry_integration.faults import Fault

# What each server does with an order, as observed: the refusal of one it does not know, by status and words.
KNOWN = {
    "current": ({"date", "new", "trends", "freq", "user", "inbox"}, 400, "Invalid sort parameter"),
    "legacy": ({"date", "freq", "new", "priority"}, 500, "Internal Error"),
    "glitchtip": (
        {sign + name for sign in ("", "-") for name in ("last_seen", "first_seen", "count", "priority")},
        422,
        "query.sort: Input should be 'last_seen', 'first_seen', ...",
    ),
}
KNOWN["early glitchtip"] = KNOWN["current"][0] | KNOWN["glitchtip"][0] | {"-created"}, 0, "it refuses nothing"
NAMES = {
    "early glitchtip": {"date": "-last_seen", "freq": "-count", "new": "-created", "priority": "-priority"},
    "current": {"date": "date", "freq": "freq", "new": "new", "priority": "trends"},
    "legacy": {"date": "date", "freq": "freq", "new": "new", "priority": "priority"},
    "glitchtip": {"date": "-last_seen", "freq": "-count", "new": "-first_seen", "priority": "-priority"},
}


def server(kind: str, asked: List[str]) -> Callable[[str, bool], List[Dict[str, Any]]]:
    def ask(name: str, patient: bool) -> List[Dict[str, Any]]:
        asked.append(name)
        known, status, words = KNOWN[kind]
        if name not in known:
            assert status != 500 or not patient, "a 500 that is expected must not be retried"
            raise Fault("status", words, status)
        return [{"order": name}]

    return ask


@pytest.mark.parametrize("first", ["date", "freq", "new", "priority"])
@pytest.mark.parametrize("kind", sorted({*KNOWN} - {"early glitchtip"}))
def test_every_order_on_every_server(kind: str, first: str) -> None:
    asked: List[str] = []
    dialect = Dialect()
    for sort in (first, "date", "freq", "new", "priority", first):
        assert dialect.sorted_list(sort, server(kind, asked)) == [{"order": NAMES[kind][sort]}]
    before = len(asked)
    for sort in ("date", "freq", "new", "priority"):
        dialect.sorted_list(sort, server(kind, asked))
    assert len(asked) == before + 4, "what was found out is remembered"


@pytest.mark.parametrize("first", ["date", "freq", "new", "priority"])
@pytest.mark.parametrize("kind", ["glitchtip", "early glitchtip", "current"])
def test_what_a_server_with_links_as_glitchtips_accepts(kind: str, first: str) -> None:
    asked: List[str] = []
    dialect = Dialect()

    def ask(name: str, patient: bool) -> List[Dict[str, Any]]:
        found = server(kind, asked)(name, patient)
        dialect.links_as_glitchtip = True
        return found

    for sort in (first, "date", "freq", "new", "priority"):
        assert dialect.sorted_list(sort, ask) == [{"order": NAMES[kind][sort]}]


def test_glitchtip_is_never_asked_for_its_ascending_priority() -> None:
    asked: List[str] = []
    Dialect().sorted_list("priority", server("glitchtip", asked))
    assert "priority" not in asked


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", "Your search query could not be parsed", 400),
        Fault("status", "no", 403),
        Fault("status", "no", 404),
        Fault("timeout", "nothing came"),
        Fault("status", "Internal Error", 500),
    ],
)
def test_other_refusals_are_not_taken_for_the_order(fault: Fault) -> None:
    asked: List[str] = []
    dialect = Dialect()

    def ask(name: str, patient: bool) -> List[Dict[str, Any]]:
        asked.append(name)
        raise fault

    with pytest.raises(Fault) as raised:
        dialect.sorted_list("date", ask)
    assert raised.value is fault and asked == ["date"] and dialect.possible == Dialect().possible


def test_the_first_refusal_is_told_when_nothing_is_understood() -> None:
    faults = [Fault("status", "Invalid sort: trends", 400), Fault("status", "b", 422), Fault("status", "c", 400)]
    waiting = list(faults)

    def ask(name: str, patient: bool) -> List[Dict[str, Any]]:
        raise waiting.pop(0)

    with pytest.raises(Fault) as raised:
        Dialect().sorted_list("priority", ask)
    assert raised.value is faults[0] and not waiting
