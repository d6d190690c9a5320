"""What literals stand for, against real Lua."""

from __future__ import annotations

import re
from typing import Any, Tuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minilua.errors import LuaSyntaxError
from minilua.syntax.parser import parse

lua54 = pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")
_evaluate = lua54.LuaRuntime(encoding="latin-1").eval(
    """function(s)
        local chunk = load("return " .. s)
        if chunk then return "value", chunk() end
        return "error", nil
    end"""
)


def expected(literal: str) -> Tuple[str, object, type]:
    kind, value = _evaluate(literal)
    return kind, value, value.__class__


def actual(literal: str) -> Tuple[str, object, type]:
    try:
        statement: Any = parse("return " + literal, "test").body.statements[0]
    except LuaSyntaxError:
        return "error", None, type(None)
    (literal_node,) = statement.values
    return "value", literal_node.value, literal_node.value.__class__


NUMERALS = [
    "0",
    "3",
    "007",
    "345",
    "0xff",
    "0XBEBADA",
    "3.0",
    "3.",
    ".5",
    "3.1416",
    "314.16e-2",
    "0.31416E1",
    "34e1",
    "1e+10",
    "0x0.1E",
    "0xA23p-4",
    "0X1.921FB54442D18P+1",
    "0x.8p1",
    "0x8.",
    "9223372036854775807",
    "9223372036854775808",
    "00000000000000000000000000000000012",
    "18446744073709551616",
    "0x7fffffffffffffff",
    "0x8000000000000000",
    "0xffffffffffffffff",
    "0x1ffffffffffffffff",
    "0x" + "f" * 400,
    "1" * 400,
    "1" * 5000,
    "1e308",
    "1e309",
    "5e-324",
    "1e-400",
    "0x1p1023",
    "0x1p1024",
    "0x1p-1080",
    "0x.00000000000000000000000000000000001",
    "0x1.00000000000008p0",
    "0x1.000000000000081p0",
    "1e",
    "1e+",
    "0x",
    "0x.",
    "0xp1",
    "0x1p",
    "1_000",
    "3..2",
]


@pytest.mark.parametrize("numeral", NUMERALS)
def test_numeral(numeral: str) -> None:
    assert actual(numeral) == expected(numeral)


STRINGS = [
    r'"a\nb\tc\\d\"e\'f"',
    r"'a\nb\tc\\d\"e\'f'",
    r'"\a\b\f\n\r\t\v"',
    r'"\0\00\000\9\255\0651"',
    r'"\x41\x7a\xFf"',
    r'"\u{41}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{1fffff}"',
    r'"\u{200000}\u{3ffffff}\u{4000000}\u{7fffffff}\u{000000000041}"',
    '"a\\z  \n\t b\\z"',
    '"\\z\\z  \\65"',
    '"a\\\nb"',
    "'\\\n\\\n'",
    '"\xe9\xff\x80"',
    '"--[[no comment]]"',
    "[[]]",
    "[[a]b]]",
    "[[\na]]",
    "[[\n\na\\n]]",
    "[=[a]]b]=]",
    "[==[a]=]b]]]==]",
    "[=[]]]=]",
    "[[a]=]]",
    '""',
    "''",
    "'\"'",
    '"\x1f\x7f"',
]


@pytest.mark.parametrize("string", STRINGS)
def test_string(string: str) -> None:
    assert actual(string) == expected(string)


@given(st.text(alphabet="0123456789.eExXpPabfF+-", min_size=1, max_size=20))
@settings(max_examples=1000, deadline=None)
def test_any_numeral(text: str) -> None:
    exponent = "pP" if text[:2] in ("0x", "0X") else "eE"
    is_one_token = text.lstrip(".")[:1].isdigit() and not re.search(f"^[.][.]|(?<![{exponent}])[+-]", text)
    if is_one_token:
        assert actual(text) == expected(text)


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=10), st.sampled_from(["", "z", "x", "u{", "1"]))
@settings(max_examples=1000, deadline=None)
def test_any_string(text: str, escape: str) -> None:
    literal = '"a\\' + escape + text + '"'
    if literal.count('"') == 2:
        assert actual(literal) == expected(literal)


@given(st.text(alphabet="[]=\n\r a", max_size=12), st.integers(0, 2))
@settings(max_examples=500, deadline=None)
def test_any_long_string(text: str, level: int) -> None:
    literal = "[" + "=" * level + "[" + text + "]" + "=" * level + "]"
    if text.find("]" + "=" * level + "]") < 0 and not (text + "]").endswith("]" + "=" * level + "]"):
        assert actual(literal) == expected(literal)
