"""What a search means on each server: Sentry's keys in Sentry's spelling, and the little that GlitchTip understands.

GlitchTip takes the filters `is:`, `level:` and `has:` and tags; whatever else has a colon it looks for among the tags,
and so finds nothing without a word. It fails over a quotation mark that has no fellow, and what follows the first
word that is no filter is text. When an issue was first seen is asked for by parameters of their own.
"""

from __future__ import annotations

import re
import shlex
from typing import Dict, List, Optional, Tuple

from sentry_integration.catalog import LEVELS
from sentry_integration.faults import Fault

_SEARCH_KEY = re.compile(r'"[^"]*"|(?<![^\s(!])(first_seen|last_seen)(?=:)')
_SEARCH_KEYS = {"first_seen": "firstSeen", "last_seen": "lastSeen"}

_TERM = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^\s"]|"(?=[^"]*\Z))+')
_FILTER = re.compile(r"(!?)([A-Za-z][\w.-]*):(.*)", re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_AGE = re.compile(r"([+-])(\d+)([mhdw])")
_DATE = re.compile(r"([<>])=?(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)")

_SEEN = ("first_seen", "firstSeen", "age")
_STATUSES = ("unresolved", "resolved", "ignored")
# What Sentry knows of an issue and GlitchTip does not, or does not search by.
_OF_ISSUES = (
    "assigned", "assigned_or_suggested", "assigned_to", "bookmarks", "date", "first_release", "firstRelease", "issue",
    "last_seen", "lastSeen", "message", "subscribed", "timesSeen", "times_seen", "timestamp", "title", "type",
)  # fmt: skip


def search_query(text: str) -> str:
    """A search in Sentry's spelling, whose keys are firstSeen and lastSeen; it ignores the other ones.

    >>> search_query('is:unresolved first_seen:-24h')
    'is:unresolved firstSeen:-24h'
    """
    return _SEARCH_KEY.sub(lambda found: _SEARCH_KEYS.get(found.group(1) or "", found.group(0)), text)


def is_common(text: str) -> bool:
    """Whether a search means the same on every server as it stands."""
    try:
        return glitchtip_search(text) == {"query": text}
    except Fault:
        return False


def glitchtip_search(text: str) -> Dict[str, str]:
    """The parameters of a request that say in GlitchTip's way what `text` says in Sentry's.

    Raises:
        Fault: of kind "argument", GlitchTip has no such filter.

    >>> glitchtip_search("Boom first_seen:-1w level:error")
    {'query': 'level:error Boom', 'start': 'now-7d'}
    """
    filters: List[str] = []
    words: List[str] = []
    times: Dict[str, str] = {}
    for term in _TERM.findall(text):
        found = _FILTER.fullmatch(term)
        if found is None:
            if term in ("OR", "AND"):
                raise _lacking(term)
            words += re.split(r"[\s:]+", _unquoted(term))  # even quoted, a colon would make a filter of it
            continue
        negated, key, value = found.groups()
        value = _unquoted(value)
        if key in _SEEN and not negated:
            name, moment = _moment(value) or ("", "")
            if not name or name in times:
                raise _lacking(term)
            times[name] = moment
        elif negated or not _understood(key, value):
            raise _lacking(term)
        else:
            filters.append(f"{key}:{value}")
    return {"query": " ".join(map(shlex.quote, filters + words)), **times}


def level_apart(text: str) -> Tuple[str, str]:
    """The level that a search for GlitchTip asks for, "" if none or several, and the search without it.

    >>> level_apart("is:unresolved level:error Boom")
    ('error', 'is:unresolved Boom')
    """
    terms = _TERM.findall(text)
    levels = [term.partition(":")[2] for term in terms if term.startswith("level:")]
    rest = [term for term in terms if not term.startswith("level:")]
    return (levels[0] if len(levels) == 1 else ""), " ".join(rest)


def _understood(key: str, value: str) -> bool:
    if key == "is":
        return value in _STATUSES
    if key == "level":
        return value in LEVELS
    return bool(value) and key not in _OF_ISSUES and "*" not in value and value[0] not in "<>[!"


def _moment(value: str) -> Optional[Tuple[str, str]]:
    """GlitchTip's parameter for when an issue was first seen, and its value."""
    age = _AGE.fullmatch(value)
    if age:
        sign, number, unit = age.groups()
        span = f"{int(number) * 7}d" if unit == "w" else number + unit
        return "start" if sign == "-" else "end", f"now-{span}"
    date = _DATE.fullmatch(value)
    return ("start" if date.group(1) == ">" else "end", date.group(2)) if date else None


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda found: re.sub(r"\\(.)", r"\1", found.group(1)), text)


def _lacking(term: str) -> Fault:
    return Fault(
        "argument",
        f"'query' has '{term}', and the server is a GlitchTip: its filters are is:, level:, has:, first_seen: and "
        "tags, without !, * and OR",
    )
