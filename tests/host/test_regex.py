from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import Kosmo

from minilua.host.regex_cost import Analysis
from minilua.host.regex_engine import Code, Matching
from minilua.host.regex_library import STEPS
from minilua.host.regex_tree import Tree


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


ENDLESS = ["(a+)+$", "(a|a)+$", "^(a|aa)+$", "(x+x+)+y|(a+a+)+c", "(?=(a+)+$)x", "(.*)*c", "([a-z]+)*=", "(a?){40}c"]


@pytest.mark.parametrize("pattern", ENDLESS)
@pytest.mark.parametrize("call", ["match(s, p) == nil", "#match_all(s, p) == 0", "gsub(s, p, '') == s"])
def test_patterns_that_would_take_years_are_matched_in_another_way(lua: Any, pattern: str, call: str) -> None:
    call = call.replace("match", "regex.match", 1).replace("gsub", "regex.gsub")
    assert lua(f'local s, p = ("a"):rep(100) .. "b", "{pattern}" return {call}') == [True]


def test_what_takes_too_many_steps_is_an_error(lua: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minilua.host.regex_engine.STEPS", 20_000)
    fine, message = lua(r'return pcall(regex.match, ("a"):rep(300), "(.*)(.*)(.*)\\1\\2\\3b")')
    assert fine is False and "regex.match: the pattern takes more than 20000 steps on this subject" in message
    assert lua('return regex.match("ab", "b")') == [["b"]]


@pytest.mark.parametrize(
    "pattern, why",
    [
        ('("["):rep(100000)', "the pattern has more than 8192 characters"),
        ('("((a{0,100}){0,100}){0,100}")', "the pattern has more than 20000 operations"),
        (r'("/" .. ("[\\x00-\\U0010ffff]"):rep(300) .. "/i")', "classes too wide for the modifier i"),
        ('("("):rep(8000)', "invalid pattern"),
    ],
)
def test_patterns_have_a_size(lua: Any, pattern: str, why: str) -> None:
    fine, message = lua(f'return pcall(regex.match, ("a"):rep(1000), {pattern})')
    assert fine is False and why in message


PARTS = [
    "a", "b", ".", "[ab]", "[^a]", r"\w", r"\s", "^", "$", r"\b", r"\B", r"\Z",
    "a*", "b+", "a?", "b*?", "a+?", "b??", "a{1,2}",
    "b{2}", "a{0,3}?", "a{2,}", "(a)",
    "(a|b)", "(?:a|ab)", "(?:b|)", "(ab)*", "(?:a|b)+", "(a*)b", "(?:ab?)*?", "(?:a.){1,3}",
    "(?=a)", "(?!b)", "(?=(a))", r"(?!\w)", "(?<=a)", "(?<!ab)", "(?i:a)", "(?i:[b-c])", r"(a|b)\1", "(a)?(?(1)b|c)",
    "((a+)b)+",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join),
    st.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.DOTALL]),
    st.text("aabbc \nAB1é", max_size=9),
)
def test_the_other_way_finds_what_re_finds(pattern: str, flags: int, subject: str) -> None:
    try:
        tree = Tree(pattern, flags)
    except re.error:  # groups of several parts have clashed
        return
    compiled = tree.compiled()
    found = Matching(Code(tree, compiled, Analysis(tree)), subject, "regex.match").matches()
    expected = compiled.finditer(subject)
    assert [(one.start(), one.end(), one.groups()) for one in found] == [
        (one.start(), one.end(), one.groups()) for one in expected
    ]


@pytest.mark.parametrize(
    "pattern, subject",
    [
        (r"(\w+)=(\w+)", "key=value other=1 " * 4000),
        (r"^\s*(.*?)\s*$", "  a line of text  "),
        (r"\d{4}-\d\d-\d\dT[\d:]+", "at 2026-11-23T10:20:30 " * 3000),
        (r"ERROR: (.*?) at (.*)", "INFO: all is well at home\nERROR: x at y\n" * 2000),
        (r'"([^"\\]|\\.)*"', '{"name": "a \\"quoted\\" text"}' * 300),
        (r"[\w.+-]+@[\w-]+\.[\w.]+", "write to someone@example.com " * 500),
        (r"https?://[^\s/]+(/[^\s?]*)?(\?\S*)?", "see https://sentry.io/api/0/?a=b " * 2000),
    ],
)
def test_usual_patterns_are_left_to_re(pattern: str, subject: str) -> None:
    assert Analysis(Tree(pattern, 0)).steps(subject) <= STEPS


@pytest.mark.parametrize("pattern", [*ENDLESS, r"\w+=", ".*.*=", r"(\w+\s*)+:", r"^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_patterns_that_may_take_long_are_known(pattern: str) -> None:
    assert Analysis(Tree(pattern, 0)).steps("a" * 100_000) > STEPS


def test_bytes_that_are_no_utf_8_survive(lua: Any) -> None:
    assert lua(r'return regex.gsub("\xff=1", "\\d", "2") == "\xff=2", regex.match("\xff\xfe", ".")[1] == "\xff"') == [
        True,
        True,
    ]
