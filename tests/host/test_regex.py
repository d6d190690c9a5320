from __future__ import annotations

import sys
from typing import Any

import pytest
from conftest import Kosmo

from minilua.host.deadline import HAS_TIMERS


@pytest.fixture
def lua(kosmo: Kosmo) -> Any:
    """Run a chunk and return what it returns, or the text of the error that it fails with."""

    def run(code: str) -> Any:
        envelope = kosmo.eval(code, "--json").json
        return envelope["result"] if envelope["success"] else envelope["error"]

    return run


def test_match_returns_the_whole_and_the_groups(lua: Any) -> None:
    assert lua(r'return regex.match("level=error id=7", "(\\w+)=(\\d+)")') == [["id=7", "id", "7"]]
    assert lua('return regex.match("abc", "x") == nil') == [True]
    assert lua('return #regex.match("abc", "b")') == [1]


def test_named_groups_are_found_by_name_too(lua: Any) -> None:
    for spelling in (r"(?<key>\\w+)=", r"(?P<key>\\w+)=", r"(?'key'\\w+)="):
        assert lua(f'local m = regex.match("id=7", "{spelling}") return m.key, m[2], m[1]') == ["id", "id", "id="]
    assert lua(r'return regex.match("aa bb", "(?<c>b)\\k<c>")[1]') == ["bb"]


def test_groups_that_took_no_part(lua: Any) -> None:
    assert lua('local m = regex.match("b", "(a)?(b)(c)?") return m[2], m[3], m[4] == nil, #m') == ["", "b", True, 3]
    assert lua('local m = regex.match("b", "(a)?(b)", 512) return m[2] == nil, m[3]') == [True, "b"]


@pytest.mark.parametrize("pattern", ["/B/i", "~B~i", "#B#i"])
def test_patterns_may_stand_in_delimiters(lua: Any, pattern: str) -> None:
    assert lua(f'return regex.match("abc", "{pattern}")[1]') == ["b"]


def test_a_path_is_no_delimited_pattern(lua: Any) -> None:
    assert lua('return regex.match("x/api/0/y", "/api/0/y")[1]') == ["/api/0/y"]
    assert lua(r'return regex.match("a/b", "/a\\/b/")[1]') == ["a/b"]


@pytest.mark.parametrize(
    "subject, pattern, flags, found",
    [
        ("ABC", "b", "i", "B"),
        ("a\\nb", "^b", "m", "b"),
        ("a\\nb", "a.b", "s", "a\nb"),
        ("ab", "a  b # both", "x", "ab"),
        ("größe", "[[:alpha:]]+$", "u", "e"),
        ("größe", "\\\\w+", "", "größe"),
        ("GRÖSSE", "ö", "i", "Ö"),
    ],
)
def test_flags(lua: Any, subject: str, pattern: str, flags: str, found: str) -> None:
    assert lua(f'return regex.match("{subject}", "{pattern}", "{flags}")[1]') == [found]


@pytest.mark.parametrize(
    "subject, pattern, found",
    [
        ("a\\tb", "a\\\\hb", "a\tb"),
        ("a\\r\\nb", "a\\\\Rb", "a\r\nb"),
        ("ab\\n", "b\\\\Z", "b"),
        ("7f", "^[[:xdigit:]]+\\\\z", "7f"),
        ("-]", "[]-]+", "-]"),
        ("a[b", "[[]b", "[b"),
        ("xay", "(?<=x)a(?!z)", "a"),
    ],
)
def test_what_pcre_spells_otherwise_than_python(lua: Any, subject: str, pattern: str, found: str) -> None:
    assert lua(f'return regex.match("{subject}", "{pattern}")[1]') == [found]


def test_match_all_gives_one_list_for_each_group(lua: Any) -> None:
    code = 'local a = regex.match_all("k=1 l=2", "(?<key>\\\\w)=(\\\\d)") return a[1], a[2], a[3], a.key'
    assert lua(code) == [["k=1", "l=2"], ["k", "l"], ["1", "2"], ["k", "l"]]
    assert lua('return #regex.match_all("", "x")') == [0]


def test_match_all_in_the_order_of_matches(lua: Any) -> None:
    assert lua('return regex.match_all("k=1 l=2", "(\\\\w)=(\\\\d)", 2)') == [[["k=1", "k", "1"], ["l=2", "l", "2"]]]


@pytest.mark.parametrize(
    "call, result",
    [
        (r'"a1b22", "\\d+", "<$0>"', "a<1>b<22>"),
        (r'"John Smith", "(\\w+) (\\w+)", "$2, ${1}"', "Smith, John"),
        (r'"x7", "(?<n>\\d)", "${n}${n}"', "x77"),
        (r'"aaa", "a", "b", 2', "bba"),
        (r'"aaa", "a", "b", 0', "aaa"),
        (r'"aaa", "a", "b", -1', "bbb"),
        (r'"price", "price", "\\$1 $"', "$1 $"),
        (r'"b", "(a)?b", "[$1]"', "[]"),
        (r'"naïve", "ï", "i"', "naive"),
        (r'"a.b", "/\\./", "\\n"', "a\\nb"),
    ],
)
def test_gsub(lua: Any, call: str, result: str) -> None:
    assert lua(f"return regex.gsub({call})") == [result]


@pytest.mark.parametrize(
    "call, why",
    [
        ('match("a", "(")', "regex.match: invalid pattern '(': missing ), unterminated subpattern"),
        ('match("a", "a", "q")', "regex.match: unknown modifier 'q' (known: i m s x u)"),
        ('match("a", "a", 3.5)', "regex.match: expected string or integer flags, got number"),
        ('match("a", "a", 64)', "regex.match: unknown flags 64"),
        ('match("a", "[[:word:][:none:]]")', "regex.match: unknown POSIX class name 'none'"),
        ("match()", "regex.match: expected string subject, got nil"),
        ('match_all("a")', "regex.match_all: expected string pattern, got nil"),
        ('gsub("a", "a", {})', "regex.gsub: expected string replacement, got table"),
        ('gsub("a", "a", "b", "c")', "regex.gsub: expected integer limit, got string"),
        ('gsub("a", "a", "b", 0/0)', "regex.gsub: expected integer limit, got number"),
        ('gsub("a", "(a)", "$2")', "regex.gsub: no group '2' in the pattern, which has 1 group"),
        ('gsub("a", "a", "${x}")', "regex.gsub: no group 'x' in the pattern, which has 0 groups"),
    ],
)
def test_mistakes_are_lua_errors(lua: Any, call: str, why: str) -> None:
    fine, message = lua(f"return pcall(function() return regex.{call} end)")
    assert fine is False and why in message


@pytest.mark.skipif(not HAS_TIMERS or sys.implementation.name != "cpython", reason="needs timers that re looks for")
@pytest.mark.parametrize("call", ["match(s, p)", "match_all(s, p)", "gsub(s, p, '')"])
def test_patterns_that_would_take_years_have_a_deadline(lua: Any, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    monkeypatch.setattr("minilua.host.deadline.SECONDS", 0.05)
    code = f'local s, p = ("a"):rep(50) .. "b", "(a+)+$" return pcall(function() return regex.{call} end)'
    fine, message = lua(code)
    assert fine is False and "takes more than 0.05 seconds" in message
    assert lua('return regex.match("ab", "b")') == [["b"]]


def test_bytes_that_are_no_utf_8_survive(lua: Any) -> None:
    assert lua(r'return regex.gsub("\xff=1", "\\d", "2") == "\xff=2", regex.match("\xff\xfe", ".")[1] == "\xff"') == [
        True,
        True,
    ]
