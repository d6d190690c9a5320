"""Did you mean: the known names that are nearest to one that is not."""

from __future__ import annotations

from typing import Iterable, List

#: A name counts as near from this ratio on, and others next to the best one if they come this close to it.
NEAR, CLOSE = 0.6, 0.1


def nearest(name: str, known: Iterable[str]) -> List[str]:
    """Return at most three of `known` that resemble `name`, the nearest first.

    >>> nearest("list_project", ["get_project", "list_projects", "create_issue"])
    ['list_projects']
    """
    from difflib import SequenceMatcher  # costs a few milliseconds, and only errors need it

    ratios = sorted(((SequenceMatcher(None, name, other).ratio(), other) for other in known), reverse=True)
    return [other for ratio, other in ratios[:3] if ratio >= max(NEAR, ratios[0][0] - CLOSE)]


def did_you_mean(name: str, known: Iterable[str], prefix: str = "") -> str:
    """Return " Did you mean: a, b" for an error message, or nothing where no known name is near.

    >>> did_you_mean("list_project", ["list_projects"], "app.integrations.sentry.")
    ' Did you mean: app.integrations.sentry.list_projects'
    """
    names = nearest(name, known)
    return " Did you mean: " + ", ".join(prefix + near for near in names) if names else ""
