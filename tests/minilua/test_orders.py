"""Which functions are known to compare by keys. That they sort as they compare, `programs/sort_orders.lua` tells."""

from __future__ import annotations

from typing import List, Optional

import pytest

from minilua.compiler.orders import find_order
from minilua.compiler.resolve import resolve
from minilua.syntax import nodes as n
from minilua.syntax.parser import parse


def directions(body: str, prelude: str = "") -> Optional[List[bool]]:
    """For each key whether larger ones come first; None for what is no order of keys."""
    main = parse(f"{prelude} return function(a, b) {body} end", "=test")
    resolve(main, "=test", False)
    returned = main.body.statements[-1]
    assert isinstance(returned, n.Return) and isinstance(returned.values[0], n.Function)
    order = find_order(returned.values[0])
    return None if order is None else [descends for _, descends in order[0]]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("return a < b", [False]),
        ("return b < a", [True]),
        ("return a.x > b.x", [True]),
        ("return b.x > a.x", [False]),
        ("if a.x ~= b.x then return a.x > b.x end return a.y < b.y", [True, False]),
        ("if a.x == b.x then return a.y < b.y end return b.x < a.x", [True, False]),
        ("if a.x ~= b.x then return a.x < b.x else return a.y < b.y end", [False, False]),
        ("return a.x < b.x or a.x == b.x and a.y > b.y", [False, True]),
        ("local x, y = tonumber(a.x), tonumber(b.x) if x ~= y then return x > y end return a < b", [True, False]),
        ("local x = a.x return x < b.x", [False]),
    ],
)
def test_orders(body: str, expected: List[bool]) -> None:
    assert directions(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "return a.x < b.y",
        "return a.x < a.x",
        "return a.x <= b.x",
        "return a.x < 3",
        "return f(a) < f(b)",
        "return a.x < b.x, 1",
        "return a:key() < b:key()",
        "return not (a.x < b.x)",
        "if a.x ~= b.x then return a.y < b.y end return a.z < b.z",
        "if a.x ~= b.y then return a.x < b.x end return a.z < b.z",
        "if a.x < b.x then return true end return a.y < b.y",
        "if a.x ~= b.x then return a.x < b.x end",
        "if a.x ~= b.x then f() return a.x < b.x end return a.y < b.y",
        "a = a.x return a < b",
        "local x = a.x x = 1 return x < b.x",
        "local x, y = f() return x < y",
        "",
    ],
)
def test_what_is_no_order_of_keys(body: str) -> None:
    assert directions(body) is None


def test_a_local_function_is_not_the_library_s() -> None:
    assert directions("return tonumber(a) < tonumber(b)") == [False]
    assert directions("return tonumber(a) < tonumber(b)", "local tonumber = f") is None
