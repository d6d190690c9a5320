"""Random chunks that are not Lua: minilua and PUC-Rio's Lua say the same of them."""

from __future__ import annotations

import pytest

pytest.importorskip("lupa.lua54")
pytest.importorskip("hypothesis")

from hypothesis import given
from hypothesis import strategies as st
from test_differential import compare, compare_settings, quoted

SIMPLE_STATEMENTS = st.sampled_from(
    [
        *("goto a", "goto b", "goto continue", "::a::", "::b::", "::continue::", "break", ";", "x = 1", "x, y = y, x"),
        *("local x", "local x <const> = 1", "local y <const>, x = 2", "local y <close> = nil", "local z <odd> = 1"),
        *("x = = 1", "x.y = x", "f()", "x", "local function x() y = 2 end", "function y() end", "function y.z() end"),
        *("return", "return ...", "'open", "--[[ open", "x = 0xg", "x = '\\q'", "x = 3 'abc'", "(x) = 2", "x() = 2"),
    ]
)


def _nested(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    block = st.lists(parts, min_size=1, max_size=4).map("\n".join)
    forms = st.sampled_from(
        [
            *("do {0} end", "while x do {0} end", "repeat {0} until x", "for x = 1, 2 do {0} end"),
            *("for y, z in x do {0} end", "if x then {0} else {1} end", "local function x(y) {0} end"),
            *("function x(...) {0} end", "x = function(y) {0} end", "if x then {0}", "do {0} until x", "{0} end"),
        ]
    )
    return st.builds(lambda form, first, second: form.format(first, second), forms, block, block)


STATEMENTS = st.recursive(SIMPLE_STATEMENTS, _nested, max_leaves=8)


@compare_settings
@given(st.lists(STATEMENTS, min_size=1, max_size=6).map("\n".join))
def test_the_first_of_the_errors_in_a_chunk(source: str) -> None:
    compare(f'local f, message = load({quoted(source)}, "=text") show(f ~= nil, message)')
