"""Lists that come in pages: the cursor of the `Link` header (RFC 8288), followed to the end or to a limit."""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple
from urllib.parse import parse_qs

from sentry_integration.faults import Fault
from sentry_integration.http import Answer

LARGEST_PAGE = 100
_MOST_PAGES = 100

# RFC 8288 §3: a target, and parameters whose values are tokens or quoted; of several with one name the first counts.
_PARAMETER = re.compile(r""";\s*([\w*-]+)(?:\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s;,"]+)))?""")
_LINK = re.compile(rf"<([^<>]*)>((?:\s*{_PARAMETER.pattern})*)")


def next_cursor(link: str) -> Optional[str]:
    """The cursor of the next page that a `Link` header names, or None at the end.

    GlitchTip writes the header as a Python set, `{'<...>; ...'}`, so the links are looked for wherever they stand.
    Only the cursor is taken: the address around it may be a proxy's inner one, and the token must not follow it.
    """
    for relations, results, cursor in _links(link):
        if "next" in relations and results == "true":
            return cursor or None
    return None


def lacks_cursor(link: str) -> bool:
    """Whether a link of a `Link` header to a page that there is not is without a cursor, as GlitchTip's are.

    Sentry's have one all the same.
    """
    return any(
        results == "false" and not cursor and ("next" in relations or "previous" in relations)
        for relations, results, cursor in _links(link)
    )


def _links(header: str) -> Iterator[Tuple[List[str], str, str]]:
    """The relations, the word about results and the cursor of each link."""
    for found in _LINK.finditer(header):
        url, parameters = found[1], _PARAMETER.findall(found[2])
        named = {name.lower(): quoted or token.strip("'") for name, quoted, token in reversed(parameters)}
        cursors = parse_qs(url.partition("#")[0].partition("?")[2]).get("cursor", [named.get("cursor", "")])
        yield named.get("rel", "").lower().split(), named.get("results", "true").lower(), cursors[0]


def pages(
    ask: Callable[[Mapping[str, str]], Answer], parameters: Mapping[str, str], size: int
) -> Iterator[List[Dict[str, Any]]]:
    """The pages of a list, each asked for as it is needed; `ask` fetches one for its query parameters.

    Raises:
        Fault: an answer is not a list of objects, or the pages do not end.
    """
    # Some endpoints know `limit`, some `per_page`, and each ignores the other.
    query = {**parameters, "limit": str(size), "per_page": str(size)}
    count = 0
    for _ in range(_MOST_PAGES):
        answer = ask(query)
        if not isinstance(answer.data, list) or not all(isinstance(item, dict) for item in answer.data):
            raise Fault("body", "Sentry sent something else than a list of objects", answer.status)
        yield answer.data
        count += len(answer.data)
        cursor = next_cursor(answer.headers.get("link", ""))
        if cursor is None:
            return
        if cursor == query.get("cursor"):
            raise Fault("body", f"Sentry's list does not go on: its pages repeat after {count} items")
        query["cursor"] = cursor
    raise Fault("body", f"Sentry's list does not end: {_MOST_PAGES} pages, {count} items")


def collect(
    ask: Callable[[Mapping[str, str]], Answer], parameters: Mapping[str, str], limit: Optional[int] = None
) -> List[Dict[str, Any]]:
    """All items of a list, or the first `limit`.

    Raises:
        Fault: as `pages` does.
    """
    items: List[Dict[str, Any]] = []
    for page in pages(ask, parameters, LARGEST_PAGE if limit is None else max(1, min(limit, LARGEST_PAGE))):
        items += page
        if limit is not None and len(items) >= limit:
            break
    return items[:limit]
