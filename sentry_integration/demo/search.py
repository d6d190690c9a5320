"""Issue search as the demo server does it: the filters of Sentry's syntax that its reference page names."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Mapping

Issue = Dict[str, Any]

_TOKEN = re.compile(r'(!?)(?:([\w.]+):)?("[^"]*"|\S+)')
_AGE = re.compile(r"([+-])(\d+)([mhdw])")
_HOURS = {"m": 1 / 60, "h": 1, "d": 24, "w": 168}
_STATUSES = ("unresolved", "resolved", "ignored")

ORDERS: Mapping[str, Callable[[Issue], Any]] = {
    "date": lambda issue: issue["last"],
    "new": lambda issue: issue["first"],
    "freq": lambda issue: -issue["count"],
    "user": lambda issue: -issue["users"],
    "trends": lambda issue: issue["last"] - issue["count"] / 100,
    "inbox": lambda issue: issue["first"],
}


def search(issues: List[Issue], query: str, email: str) -> List[Issue]:
    """The issues that all filters of `query` let pass; `email` is who `assigned:me` means.

    Raises:
        ValueError: a filter's value is not understood; its text is Sentry's.
    """
    for negated, key, value in _TOKEN.findall(query):
        passes = _filter(key, value.strip('"'), email)
        issues = [issue for issue in issues if passes(issue) is not bool(negated)]
    return issues


def _filter(key: str, value: str, email: str) -> Callable[[Issue], bool]:
    if key == "is":
        if value not in _STATUSES:
            raise ValueError(f"Your search query could not be parsed: 'is:' had unknown status code '{value}'.")
        return lambda issue: issue["status"] == value
    if key == "level":
        return lambda issue: issue["level"] == value
    if key in ("assigned", "assigned_to"):
        return lambda issue: issue["assigned"] == (email if value == "me" else value)
    if key in ("age", "firstSeen", "lastSeen"):
        age = _AGE.fullmatch(value)
        if age is None:
            raise ValueError(f"Your search query could not be parsed: Invalid date: {key}:{value}")
        hours = int(age.group(2)) * _HOURS[age.group(3)]
        field = "last" if key == "lastSeen" else "first"
        return lambda issue: (issue[field] <= hours) is (age.group(1) == "-")
    if key:
        return lambda issue: issue["tags"].get(key) == value
    wanted = value.casefold()
    return lambda issue: wanted in f"{issue['title']} {issue['culprit'] or ''}".casefold()
