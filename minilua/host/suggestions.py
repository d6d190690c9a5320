"""Did you mean: the known names that are nearest to one that is not."""

from __future__ import annotations

from typing import Iterable, List


def nearest(name: str, known: Iterable[str]) -> List[str]:
    """Return at most three of `known` that resemble `name`, the nearest first.

    >>> nearest("list_project", ["get_project", "list_projects", "create_issue"])
    ['list_projects', 'get_project']
    """
    from difflib import get_close_matches  # costs a few milliseconds, and only errors need it

    return get_close_matches(name, list(known), n=3, cutoff=0.6)


def did_you_mean(name: str, known: Iterable[str], prefix: str = "") -> str:
    """Return " Did you mean: a, b" for an error message, or nothing where no known name is near.

    >>> did_you_mean("list_project", ["list_projects"], "app.integrations.sentry.")
    ' Did you mean: app.integrations.sentry.list_projects'
    """
    names = nearest(name, known)
    return " Did you mean: " + ", ".join(prefix + near for near in names) if names else ""
