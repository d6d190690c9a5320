"""What is said of a chunk that is not Lua, against real Lua."""

from __future__ import annotations

import re
from typing import List, Optional, Tuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minilua.errors import LuaSyntaxError
from minilua.syntax import diagnosis
from minilua.syntax.parser import parse

lua54 = pytest.importorskip("lupa.lua54", reason="the reference messages come from real Lua (lupa)")
_load = lua54.LuaRuntime(encoding="latin-1").eval('function(s) return (select(2, load(s, "=chunk", "t"))) end')

# What names and scopes bring about is said after the whole chunk has been read, by the compiler.
_OF_SCOPES = re.compile(
    "<goto |label '.*' already|break outside loop|assign to const|too many|needs too many|jumps into|structure too long"
)


def expected(source: str) -> Optional[str]:
    message = _load(source)
    if message is None or _OF_SCOPES.search(message):
        return None
    return str(message).partition("\nstack traceback:\n\t[C]")[0]  # lupa's handler adds it to this one only


def actual(source: str) -> Optional[str]:
    try:
        parse(source, "chunk")
    except LuaSyntaxError as error:
        return str(error)
    return None


WRONG = [
    "end",
    "x = = y",
    'x = "abc',
    "x = [[abc",
    "--[[abc",
    "x=3x",
    'x="\\q"',
    "if x\nthen",
    "x=[=a",
    'x="a\nb"',
    "x y",
    "f(",
    "x=\x01",
    "x=\xe9",
    'x=1 "a\\nb"',
    "x = 1 [[\nabc\n]]",
    'x="abc\\xzz"',
    'x="\\u{110000000}"',
    'x="\\300"',
    'x="a\x00b" 3 4',
    "local x<foo> = 1",
    "local x <close>,y <close> = 1",
    "function f() return ... end",
    "}",
    "for x do",
    "for 1",
    "goto 1",
    "::a:",
    "local function 1",
    "x={1 2",
    "x={\n1 2",
    "a.1",
    "a:b",
    "a:b.c",
    "return return",
    "return 1 x",
    "break 1",
    "x.y",
    "(x)",
    "x,y",
    "x,1=2",
    "f()=1",
    "f(),x=1",
    '"a".b=1',
    "function(a,...,b)",
    "function f(a,...,b) end",
    "function f(1) end",
    "a=~",
    "x=\\",
    "x='abc\\",
    'x="abc\\z  \n\n',
    "x=0x",
    "x=1e",
    "x=3..2",
    "x=.5.",
    "x=0xep1z",
    'x="\\u{zz}"',
    'x="\\uab"',
    'x="\\u{12"',
    'x="\\xa"',
    'x="\\x\n"',
    'x="\\25g',
    'x="\\256"',
    "x=1   ",
    "   ",
    "",
    "\n\n",
    " \n ",
    "x=\x00",
    'x="a\x00b',
    'x="a\x00b\n',
    'x "a\x00b" "a\x00b"',
    "(x)=1",
    "(f())",
    "(f)()",
    "(a.b)=1",
    "(a).b=1",
    "x=.0x1p3",
    "x=0x.p1",
    "x=0x1p",
    "x=0xA.8",
    "x=1..2",
    "x=a..2",
    "x=1 ..2",
    "x=a...b",
    "x=....",
    "x=..1",
    "local x <close> , y <const>, z <close> = 1",
    "local x <",
    "local x <const",
    "local x <const> y",
    "local <const> x",
    'x="\\u{80000000}"',
    'x="\\u{7fffffff}"',
    'x="\\u{00000000000000000000041}"',
    'x="\\u{}"',
    'x="\\u',
    'x="\\x',
    'x="\\x4',
    'x="\\12',
    'x="\\999',
    'x="\\999"',
    'x="ab\\\ncd\\qe"',
    'x="ab\\z  \n cd\\qe"',
    "--[==[ x ]=] \n",
    "--[=x\ny z",
    "--[\n)",
    "x=[==x",
    "a[=1]=2",
    "a[[1]]",
    "x=a[ [[k]] ]",
    "x='\\'",
    "x=1_",
    "x=1__2",
    "x=5a_",
    "x=0xg",
    "x=08",
    "x=0b1",
    "x=1e+",
    "x=1e+5e",
    "x=3.4.5",
    "goto",
    "goto end",
    "::a",
    "::1::",
    "repeat",
    "repeat x",
    "repeat until",
    "while",
    "while x",
    "while x do",
    "for i",
    "for i=1",
    "for i=1,",
    "for i=1,2",
    "for i=1,2,3,4 do end",
    "for i,j=1,2 do end",
    "for i,j",
    "for i,j in",
    "for i,1 in",
    "for i in x",
    "if",
    "if x",
    "if x then",
    "if x then else",
    "if x then elseif",
    "if x then else elseif",
    "if x then else else",
    "function",
    "function f",
    "function f(",
    "function f(a",
    "function f(a,",
    "function f(a,)",
    "function f.",
    "function f:a.b()",
    "function f:",
    "function f[1]()",
    "local",
    "local function",
    "local function f",
    "local function f.a()",
    "local x=",
    "local x,",
    "local x,1",
    "f(1",
    "f(1,",
    "f(\n1",
    "f{",
    "f{1",
    "f{1,",
    "f{1,,}",
    "f{a=",
    "f{[1",
    "f{[1]",
    "f{[1]=",
    "f{[1]2}",
    "f{\na b}",
    "x={a\n\n$}",
    "x = }",
    "x = function",
    "x = function()",
    "x= function f() end",
    "return",
    "return;",
    "return;;",
    "return 1,",
    "return 1;2",
    "x=not",
    "x=-",
    "x=#",
    "x=a+",
    "x=a..",
    "x=a and",
    "x=a==",
    "x=(",
    "x=()",
    "x=(1",
    "x=(\n1",
    "x=(a,b)",
    "x=a.",
    "x=a[",
    "x=a[1",
    "x=a:",
    "x=a:b",
    "x=a:b+1",
    "x=nil.x",
    "x={}.y",
    "x={}()",
    'x="a":b()',
    'x=("a"):b()',
    ";;;x",
    "!x",
    "x!=1",
    "x=a!=b",
    "x=a~b",
    "x=~=b",
    "x=a=b",
    "a==b",
    "a+b",
    "a.b+c",
    "@",
    "x=$",
    "x=1 \x7f",
    "x=\t\v\f1\x01",
    "x = 'a\\'",
    "x\r\ny\r\nz",
    "x=1\n\r\n\ry",
    "x=[[\r\n\r\n]] y",
    'x = "a\\\r\nb" y',
    'x="a\rb"',
    'x="\\z\r\n\r\n" y',
    "goto a b",
    "local function f() return ... end",
    "function f() return function(...) return ... end, ... end",
    "x = function(...) return function() return ... end end",
    "a.b:c = 1",
    "a:b() = 1",
    "a.b, c:d() = 1",
    "x = {...} y = function() return {...} end",
    "::a:: ::a",
    "return ::a::",
    "do return end end",
    "do",
    "do end end",
    "do\n\nend\nend",
    "while 1 do\n\nx",
    "function f()\n\nx",
    "repeat\n\nx",
    "for i=1,2 do\n",
    "for k in x do\n\n",
    "x=function()\n",
    "f(\n",
    "x=(\n1\n",
    "x={\n",
    "f{\n",
    "x=a(\n",
    "a:b(\n1\n",
    "x={f=function()\n\n",
    'x="abc\\',
    "x='\\\n",
    'x="\\z',
    'x="\\u{7',
    'x="\\u{',
    'x="\\u{7z',
    'x="\\xfg"',
    'x="\\xf',
    'x="\\xf"',
    'x="\\\r\\q"',
    'x="\\0\\q"',
    'x="\\065\\q"',
    "x=9223372036854775807 y",
    "x=9223372036854775808 y",
    "x=0xffffffffffffffffff y",
    "x=1e400 y",
    "x=0x1p99999 y",
]


@pytest.mark.parametrize("source", WRONG)
def test_message(source: str) -> None:
    assert actual(source) == expected(source)


# Each nests a statement or an expression in another one; the second of a pair comes after what is nested. None of them
# meets a limit of PUC-Rio's code generator, such as that of 255 registers, before it meets the parser's.
_STATEMENTS = [
    ("do ", " end"),
    ("if a then ", " end"),
    ("if a then else ", " end"),
    ("while a do ", " end"),
    ("repeat ", " until a"),
    ("function f() ", " end"),
    ("local function f() ", " end"),
]
_EXPRESSIONS = [
    ("(", ")"),
    ("f(", ")"),
    ("{", "}"),
    ("{a = ", "}"),
    ("{[", "] = 1}"),
    ("a[", "]"),
    ("- ", ""),
    ("not ", ""),
    ("2 ^ ", ""),
    ("2 + 3 * (", ") + 1"),
    ("2 | 3 ~ 4 & 5 << 6 + 7 * (", ")"),
    ("function() return ", " end"),
]


def nested(around: List[Tuple[str, str]]) -> str:
    return "".join(start for start, _ in around) + "1" + "".join(end for _, end in reversed(around))


@pytest.mark.parametrize("nesting", [*_STATEMENTS, *_EXPRESSIONS])
def test_depth(nesting: Tuple[str, str]) -> None:
    def source(depth: int) -> str:
        if nesting in _STATEMENTS:
            return nested([*[nesting] * depth, ("x = ", "")])
        return nested([("x = ", ""), *[nesting] * depth])

    deepest, too_deep = 1, 250
    while deepest + 1 < too_deep:
        depth = (deepest + too_deep) // 2
        if expected(source(depth)) is None:
            deepest = depth
        else:
            too_deep = depth
    assert actual(source(deepest)) is None
    assert actual(source(too_deep)) == expected(source(too_deep)) == "C stack overflow"
    assert actual(source(5_000)) == "C stack overflow"


@given(st.lists(st.sampled_from(_STATEMENTS), max_size=120), st.lists(st.sampled_from(_EXPRESSIONS), max_size=120))
@settings(max_examples=100, deadline=None)
def test_mixed_depth(statements: List[Tuple[str, str]], expressions: List[Tuple[str, str]]) -> None:
    source = nested([*statements, ("x = ", ""), *expressions])
    if not _OF_SCOPES.search(_load(source) or ""):
        assert actual(source) == expected(source)


_SOUP = st.sampled_from(
    "and break do else elseif end false for function goto if in local nil not or repeat return then true until while "
    "+ - * / % ^ # & ~ | << >> // == ~= <= >= < > = ( ) { } [ ] :: ; : , . .. ... x f 1 0x1p .5 'a' \" ' [[ ]] [=[ "
    "]=] -- --[[ <const> <close> $ \0 \\ \\z \\x \\u{ \xe9 \x1f".split(" ")
    + ["\n", "\r\n", " ", "f(x)", "x = 1", "function f() ", "for i = 1, 2 do ", "if x then ", "{x, ", "local x "]
)


@given(st.lists(_SOUP, max_size=12), st.sampled_from(["", " ", "\n"]))
@settings(max_examples=1500, deadline=None)
def test_any_tokens(pieces: List[str], between: str) -> None:
    source = between.join(pieces)
    if not _OF_SCOPES.search(_load(source) or ""):
        assert actual(source) == expected(source)


# Not "\r": of a wrong escape PUC-Rio quotes it as it stands, minilua as "\n".
@given(st.text(alphabet="\"'\\xuz{}[=]0aF9\n \0n.", max_size=14), st.sampled_from(["x = ", 'x = "', "x = '", "x = [["]))
@settings(max_examples=1500, deadline=None)
def test_any_literal(text: str, start: str) -> None:
    assert actual(start + text) == expected(start + text)


def test_message_of_right_chunk() -> None:
    assert diagnosis.message("return 1", "chunk") is None


def test_name_of_chunk() -> None:
    with pytest.raises(LuaSyntaxError, match=re.escape("""[string "x ="]:1: unexpected symbol near <eof>""")):
        parse("x =", '[string "x ="]')
