"""Searches: the keys that scripts write, and what is left of them on a GlitchTip."""

from __future__ import annotations

from typing import Dict

import pytest

from sentry_integration.faults import Fault
from sentry_integration.searches import glitchtip_search, is_common, search_query


@pytest.mark.parametrize(
    "written, sent",
    [
        ("first_seen:-24h", "firstSeen:-24h"),
        ("is:unresolved first_seen:-24h level:error", "is:unresolved firstSeen:-24h level:error"),
        ("!first_seen:-24h", "!firstSeen:-24h"),
        ("(first_seen:-24h OR last_seen:+2d)", "(firstSeen:-24h OR lastSeen:+2d)"),
        ("first_seen", "first_seen"),
        ("my_first_seen:1", "my_first_seen:1"),
        ("tags[first_seen]:1", "tags[first_seen]:1"),
        ('"first_seen:-24h"', '"first_seen:-24h"'),
        ('message:"at first_seen:1 o\'clock" first_seen:-1h', 'message:"at first_seen:1 o\'clock" firstSeen:-1h'),
        ("", ""),
        ("age:-24h", "age:-24h"),
    ],
)
def test_search_keys(written: str, sent: str) -> None:
    assert search_query(written) == sent


@pytest.mark.parametrize(
    "search",
    ["", "is:unresolved", "is:resolved", "level:error", "is:unresolved level:fatal", "a:b has:release Boom in main"],
)
def test_what_is_the_same_everywhere(search: str) -> None:
    assert is_common(search) and glitchtip_search(search) == {"query": search}


@pytest.mark.parametrize(
    "written, sent",
    [
        ("first_seen:-24h", {"query": "", "start": "now-24h"}),
        ("firstSeen:-90m is:unresolved", {"query": "is:unresolved", "start": "now-90m"}),
        ("age:+2w age:-30d", {"query": "", "end": "now-14d", "start": "now-30d"}),
        ("first_seen:>=2026-01-02", {"query": "", "start": "2026-01-02"}),
        ("first_seen:<2026-01-02T03:04:05Z", {"query": "", "end": "2026-01-02T03:04:05Z"}),
        ("Boom level:error", {"query": "level:error Boom"}),
        ("can't \"stop", {"query": "'can'\"'\"'t' '\"stop'"}),
        ('"TypeError: no" x', {"query": "TypeError no x"}),
        ('environment:"my own"', {"query": "'environment:my own'"}),
        ('user_name:"a \\"b\\""', {"query": "'user_name:a \"b\"'"}),
        ("Null*", {"query": "'Null*'"}),
    ],
)
def test_what_glitchtip_says_differently(written: str, sent: Dict[str, str]) -> None:
    assert glitchtip_search(written) == sent and not is_common(written)


@pytest.mark.parametrize(
    "term",
    [
        "assigned:me",
        "!level:error",
        "is:assigned",
        "is:archived",
        "level:[error,fatal]",
        "level:bogus",
        "last_seen:-24h",
        "timesSeen:>5",
        "count:>5",
        "release:web@*",
        "firstSeen:-24s",
        "firstSeen:yesterday",
        "!firstSeen:-24h",
        "bookmarks:me",
        "OR",
        "Error:",
    ],
)
def test_what_glitchtip_lacks(term: str) -> None:
    assert not is_common(f"is:unresolved {term}")
    with pytest.raises(Fault) as fault:
        glitchtip_search(f"is:unresolved {term}")
    assert (
        fault.value.kind == "argument" and f"'query' has '{term}', and the server is a GlitchTip" in fault.value.words
    )
