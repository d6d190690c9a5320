# ruff: noqa: E501 (an expression a line)
"""The `utf8` library against real Lua: results and messages."""

from __future__ import annotations

import pytest

pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")

import oracle
from hypothesis import given
from hypothesis import strategies as st

from minilua.errors import BadArgument, Fault
from minilua.stdlib import utf8


@pytest.fixture(scope="module")
def lua():
    from lupa.lua54 import LuaRuntime

    return LuaRuntime(encoding="latin-1").eval("function(name, ...) return table.pack(pcall(utf8[name], ...)) end")


# What each gives must be the same in both, and so must the message where it fails.
EXPRESSIONS = [
    r"utf8.char(-1)",
    r"utf8.char(0x80000000)",
    r'utf8.len("\xff")',
    r'utf8.len("abc",5)',
    r'utf8.len("abc",4)',
    r'utf8.len("abc",1,4)',
    r'utf8.codepoint("abc",1,-1)',
    r'utf8.codepoint("abc",4)',
    r'utf8.codepoint("abc",0)',
    r'utf8.codepoint("\xed\xa0\x80")',
    r'utf8.codepoint("\xed\xa0\x80",1,1,true)',
    r'utf8.codes("\x80")',
    r'utf8.offset("abc",5), utf8.offset("abc",4), utf8.offset("abc",-1)',
    r'utf8.offset("a\x80",1,2)',
    r'utf8.offset("abc",1,6)',
    r"utf8.char(), utf8.char(72, 228, 8364, 128512):byte(1, -1)",
    r"utf8.char(0x7ff, 0x800, 0xffff, 0x10000, 0x1fffff, 0x200000, 0x3ffffff, 0x4000000, 0x7fffffff):byte(1, -1)",
    r'utf8.len("\u{e4}\u{20ac}"), utf8.len("\u{e4}\u{20ac}", 2), utf8.len("\u{e4}\u{20ac}", 3), utf8.len("")',
    r'utf8.len("\u{7fffffff}"), utf8.len("\u{7fffffff}", 1, -1, true), utf8.len("\xed\xa0\x80"), utf8.len("\xf4\x90\x80\x80")',
    r'utf8.len("abc\xe4"), utf8.len("abc\xe4x"), utf8.len("\xc0\x80"), utf8.len("\xfe"), utf8.len("\x80")',
    r'utf8.len("abc", -1), utf8.len("abc", -3, -2), utf8.len("abc", 0)',
    r'utf8.codepoint("h\u{e4}\u{20ac}", 1, -1)',
    r'utf8.codepoint("abc", -1), utf8.codepoint("abc", 3, 2)',
    r'utf8.codepoint("\xff")',
    r'utf8.offset("a\u{e4}b", 3), utf8.offset("a\u{e4}b", -1), utf8.offset("a\u{e4}b", 0, 3), utf8.offset("a\u{e4}b", 2, 2), utf8.offset("", 1)',
    r'(function() local t = {} for p, c in utf8.codes("a\u{e4}\u{20ac}") do t[#t + 1] = p .. ":" .. c end return table.concat(t, ";") end)()',
    r'(function() for p, c in utf8.codes("ab\xff") do end end)()',
    r'(function() for p, c in utf8.codes("a\xe4") do end end)()',
    r'(function() for p, c in utf8.codes("\xed\xa0\x80") do end end)()',
    r'(function() local t = {} for p, c in utf8.codes("\xed\xa0\x80", true) do t[#t + 1] = c end return t[1] end)()',
    r'(function() local t = {} for c in ("a\u{e4}\u{20ac}"):gmatch(utf8.charpattern) do t[#t + 1] = #c end return table.concat(t, ";") end)()',
    r"utf8.charpattern:byte(1, -1)",
    r"utf8.codes()",
    r'utf8.char("x")',
    r"utf8.len({})",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression):
    oracle.compare_values(expression)


@given(
    st.text("a\x80\xbf\xc2\xc3\xe2\xed\xa0\xf0\xf4\x90\xff", max_size=6),
    st.integers(-7, 7),
    st.integers(-7, 7),
    st.booleans(),
)
def test_every_function(lua, text, i, j, lax):
    for name, function, arguments in [
        ("len", utf8.length, (text, i, j, lax)),
        ("len", utf8.length, (text,)),
        ("codepoint", utf8.codepoint, (text, i, j, lax)),
        ("offset", utf8.offset, (text, j, i)),
        ("offset", utf8.offset, (text, j)),
    ]:
        answer = lua(name, *arguments)
        try:
            results = function(*arguments)
            results = (True, *(results if results.__class__ is tuple else (results,)))
        except BadArgument as error:
            results = (False, f"bad argument #{error.position} to 'utf8.{name}' ({error.why})")
        except Fault as error:
            results = (False, error.message)
        assert results == tuple([answer[n] for n in range(1, answer.n + 1)])
