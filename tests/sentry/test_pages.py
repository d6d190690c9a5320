"""Pages: cursors in the headers of live servers, limits, and lists that do not end."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

import pytest

from sentry_integration.faults import Fault
from sentry_integration.http import Answer
from sentry_integration.pages import collect, lacks_cursor, next_cursor

SENTRY_9 = (
    '<http://127.0.0.1:8813/api/0/projects/?per_page=1&cursor=1795422993157:0:1>; rel="previous"; results="false"; '
    'cursor="1795422993157:0:1", <http://127.0.0.1:8813/api/0/projects/?per_page=1&cursor=1795422993033:0:0>; '
    'rel="next"; results="true"; cursor="1795422993033:0:0"'
)


@pytest.mark.parametrize(
    "link, cursor",
    [
        (SENTRY_9, "1795422993033:0:0"),
        (SENTRY_9.replace('results="true"', 'results="false"'), None),
        ("{'" + SENTRY_9.replace('"; cursor="1795422993033:0:0"', '"') + "'}", "1795422993033:0:0"),
        ('<https://x/?cursor=a%3D%3D&limit=1>; rel="next"; results="true"', "a=="),
        ('<https://x/>; rel="next"; results="true"; cursor="0:25:0"', "0:25:0"),
        ('<https://x/?cursor=>; rel="next"; results="true"', None),
        ('<http://[?cursor=7>; rel="next"', "7"),
        ("<https://x/?cursor=1>; rel=next; results=true", "1"),
        ("<https://x/?cursor=1>; rel='next'; results='false'", None),
        ('<https://x/?cursor=1> ; REL = "Last  NEXT" ;Results = "TRUE"', "1"),
        ('<https://x/?cursor=1>; title="a, <b>; rel=c"; rel="next"; rel="last"', "1"),
        ('<https://x/?cursor=1>; title="a \\" <b>; rel=c"; rel="next"', "1"),
        ('<https://x/?cursor=0:1#f>; rel="next"', "0:1"),
        ('<https://x/?query=a,b;c&cursor=0:0:1>; rel="previous",</?cursor=0:1:0>;results="true";rel="next"', "0:1:0"),
        ('<https://x/?cursor=1>; rel="next; results="true"', None),
        ("", None),
        ("nonsense", None),
        (";;;,,,<<>>", None),
        ('<https://x/?cursor=1>; rel="previous"; results="true"', None),
    ],
)
def test_cursors(link: str, cursor: Optional[str]) -> None:
    assert next_cursor(link) == cursor


@pytest.mark.parametrize(
    "link, lacking",
    [
        (SENTRY_9, False),
        (SENTRY_9.replace('"true"', '"false"'), False),
        ('<https://x/>; rel="previous"; results="false", <https://x/>; rel="next"; results="false"', True),
        ('{\'<https://x/>; rel="previous"; results="false", <https://x/>; rel="next"; results="false"\'}', True),
        ('<https://x/>; rel="previous"; results="false", <https://x/?cursor=7>; rel="next"; results="true"', True),
        ("</style.css>; rel=preload", False),
        ("", False),
    ],
)
def test_links_without_cursors(link: str, lacking: bool) -> None:
    assert lacks_cursor(link) is lacking


class Numbers:
    """A list of `total` items in pages of `size` at most."""

    def __init__(self, total: int, size: int) -> None:
        self.total, self.size = total, size
        self.asked: List[Mapping[str, str]] = []

    def __call__(self, query: Mapping[str, str]) -> Answer:
        self.asked.append(dict(query))
        start = int(query.get("cursor", "0"))
        end = min(start + min(self.size, int(query["per_page"])), self.total)
        link = f'<https://x/?cursor={end}>; rel="next"; results="{"true" if end < self.total else "false"}"'
        return Answer(200, {"link": link}, b"", [{"n": n} for n in range(start, end)])


def numbers(items: List[Dict[str, Any]]) -> List[int]:
    return [item["n"] for item in items]


def test_all_pages_of_a_list() -> None:
    server = Numbers(250, 100)
    assert numbers(collect(server, {"query": "x"})) == list(range(250))
    assert [asked.get("cursor") for asked in server.asked] == [None, "100", "200"]
    assert all(asked["query"] == "x" and asked["limit"] == asked["per_page"] == "100" for asked in server.asked)


@pytest.mark.parametrize("limit, pages", [(1, 1), (25, 1), (99, 1), (100, 1)])
def test_a_limit_is_the_page_size(limit: int, pages: int) -> None:
    server = Numbers(1000, 100)
    assert numbers(collect(server, {}, limit)) == list(range(limit))
    assert len(server.asked) == pages and server.asked[0]["per_page"] == server.asked[0]["limit"] == str(limit)


def test_a_limit_over_small_pages() -> None:
    server = Numbers(1000, 10)
    assert numbers(collect(server, {}, 25)) == list(range(25))
    assert len(server.asked) == 3


def test_a_server_that_ignores_the_limit() -> None:
    assert len(collect(lambda query: Answer(200, {}, b"", [{}] * 7), {}, 2)) == 2


@pytest.mark.parametrize("limit, sent", [(0, "1"), (-5, "1"), (101, "100"), (10**9, "100")])
def test_what_servers_choke_on_is_never_sent(limit: int, sent: str) -> None:
    server = Numbers(3, 100)
    collect(server, {}, limit)
    assert server.asked[0]["limit"] == sent


def test_an_empty_page_is_not_the_end() -> None:
    pages = [
        Answer(200, {"link": '<https://x/?cursor=1>; rel="next"; results="true"'}, b"", []),
        Answer(200, {}, b"", [{"n": 7}]),
    ]
    assert numbers(collect(lambda query: pages.pop(0), {})) == [7]


def test_a_repeated_cursor_is_a_fault_and_not_a_list_with_repetitions() -> None:
    same = Answer(200, {"link": '<https://x/?cursor=1>; rel="next"; results="true"'}, b"", [{"n": 1}])
    with pytest.raises(Fault, match="does not go on: its pages repeat after 2 items"):
        collect(lambda query: same, {})
    assert len(collect(lambda query: same, {}, 2)) == 2, "no more is asked for"


def test_a_list_without_end_is_a_fault_and_not_a_part_of_it() -> None:
    asked = []

    def endless(query: Mapping[str, str]) -> Answer:
        asked.append(query)
        return Answer(200, {"link": f'<https://x/?cursor={len(asked)}>; rel="next"; results="true"'}, b"", [{}])

    with pytest.raises(Fault, match="does not end"):
        collect(endless, {})
    assert len(asked) == 100


@pytest.mark.parametrize("data", [{}, {"results": []}, None, "x", 3, [1], [{}, None], [[]]])
def test_what_is_no_list_of_objects(data: Any) -> None:
    with pytest.raises(Fault) as fault:
        collect(lambda query: Answer(200, {}, b"", data), {})
    assert fault.value.kind == "body"
