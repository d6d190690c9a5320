"""Lua patterns against real Lua: what they match, what they say of malformed ones, and how long they take."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minilua.errors import Fault
from minilua.stdlib import matching, patterns

lua54 = pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")
lua = lua54.LuaRuntime(encoding="latin-1")
REAL_FIND = lua.eval("function(s, p, init) return {pcall(string.find, s, p, init)} end")

SETS = st.builds(
    lambda negated, body: f"[{negated}{body}]",
    st.sampled_from(["", "", "^"]),
    st.text(alphabet="ab%w%s-]^[", max_size=5),
)
SINGLES = st.one_of(
    st.sampled_from(
        list("aabbbc. xY1-$^*+?") + ["%a", "%d", "%s", "%S", "%w", "%W", "%p", "%%", "%.", "%u", "%x", "%g"]
    ),
    SETS,
)
ITEMS = st.one_of(
    st.builds(lambda single, suffix: single + suffix, SINGLES, st.sampled_from(["", "", "*", "+", "-", "?"])),
    st.sampled_from(
        ["(", ")", "()", "%bab", "%b()", "%baa", "%f[%w]", "%f[^a]", "%f[%W]", "%f[%z]", "%1", "%2", "(a*)", "(.-)"]
    ),
)
PATTERNS = st.builds(
    lambda start, items, end: start + "".join(items) + end,
    st.sampled_from(["", "", "^"]),
    st.lists(ITEMS, max_size=6),
    st.sampled_from(["", "", "$"]),
)
SUBJECTS = st.text(alphabet="aaabbbc xY1()-]%\n\0\xe9", max_size=12)


def groups(match, positions):
    """The captures as Lua has them: positions count from 1."""
    texts = match.groups()
    return [match.start(n) + 1 if n in positions else text for n, text in enumerate(texts, 1)]


def ours(subject, pattern, init, engine):
    """What `engine` finds: (True, start, end, captures...) or (False, message)."""
    compiled = matching.Pattern(pattern)
    if engine == "ours":
        compiled.limit = -1
    matcher = compiled.matcher(subject)
    try:
        match = (matcher.match if compiled.anchored else matcher.search)(subject, init - 1)
        if match is None:
            return [True, None]
        return [True, match.start() + 1, match.end(), *groups(match, compiled.positions)]
    except Fault as error:
        return [False, error.message]


def theirs(subject, pattern, init):
    """What real Lua finds."""
    answer = REAL_FIND(subject, pattern, init)
    return [answer[n] for n in range(1, max(2, len(answer)) + 1)]


@pytest.mark.parametrize("engine", ["either", "ours"])
@settings(max_examples=1000, deadline=None)
@given(subject=SUBJECTS, pattern=PATTERNS, init=st.integers(1, 4))
@example(subject="a", pattern="[a-]", init=1)
@example(subject="  a b  ", pattern="^%s*(.-)%s*$", init=1)
@example(subject="  a b  ", pattern="(.-)()%s*()$", init=2)
@example(subject="  a b  ", pattern="a[ b]-%s*$", init=1)
@example(subject="  a b  ", pattern="(.*)%s*$", init=1)
@example(subject="%]", pattern="[a-%%]+", init=1)
@example(subject="]", pattern="[]]", init=1)
@example(subject="^", pattern="[]^]", init=1)
@example(subject="x", pattern="[^]", init=1)
@example(subject="x", pattern="[%", init=1)
@example(subject="x", pattern="[a%", init=1)
@example(subject="x", pattern="%", init=1)
@example(subject="x", pattern="%f", init=1)
@example(subject="x", pattern="y%f", init=1)
@example(subject="x", pattern="%b", init=1)
@example(subject="x", pattern="%bx", init=1)
@example(subject="x", pattern="(()", init=1)
@example(subject="x", pattern="(x", init=1)
@example(subject="x", pattern="x)", init=1)
@example(subject="x", pattern="%0", init=1)
@example(subject="x", pattern="%1", init=1)
@example(subject="x", pattern="()%1", init=1)
@example(subject="x", pattern="(x%1)", init=1)
@example(subject="xx1", pattern="(x)%11", init=1)
@example(subject="aXb", pattern="%f[%u]", init=2)
@example(subject="THE (quick) fox", pattern="%f[%a]%a+%f[%A]", init=1)
@example(subject="x" * 40, pattern="(x)" * 33, init=1)
@example(subject="x" * 40, pattern="(x)" * 32, init=1)
@example(subject="x" * 300, pattern="x?" * 199, init=1)
@example(subject="x" * 300, pattern="x?" * 200, init=1)
@example(subject="x" * 300, pattern="x*" * 199, init=1)
@example(subject="x" * 300, pattern="(x)" * 20 + "x?" * 160, init=1)
def test_find(engine, subject, pattern, init):
    if init > len(subject) + 1:
        init = 1
    if not set(pattern) & set("^$*+?.([%-"):  # string.find would not treat it as a pattern
        pattern += ".-"
    result = ours(subject, pattern, init, engine)
    expected = theirs(subject, pattern, init)
    if not expected[0]:
        expected[1] = expected[1].rsplit('<python>"]:1: ')[-1]
    assert result == expected


def test_classes_mean_ascii():
    test = lua.eval("function(c, p) return string.find(c, p) ~= nil end")
    for letter in "acdglpsuwxzACDGLPSUWXZ":
        for code in range(256):
            found = matching.compiled("%" + letter).matcher(chr(code)).search(chr(code), 0) is not None
            assert found == test(chr(code), "%" + letter), (letter, code)


@given(st.integers(0, 2**256 - 1) | st.lists(st.integers(0, 255)).map(lambda codes: sum({1 << code for code in codes})))
def test_class_text(mask):
    matching_all = matching._regex(patterns.class_text(mask)).match
    assert [code for code in range(256) if matching_all(chr(code))] == [code for code in range(256) if mask >> code & 1]


LOCAL_ITEMS = st.sampled_from(
    ["a", "b", "%s", "[ab]", "a*", "b+", "%s*", "a?", "%w+", "(%a*)", "(.-)", "a-", "()", "%f[%w]", "$"]
)


@settings(max_examples=2000, deadline=None)
@given(st.text(alphabet="aab x\0", max_size=20), st.lists(LOCAL_ITEMS, min_size=1, max_size=6).map("".join))
@example("aaab aab x", ".-b")
@example("aaaaaaa b", "(a*) b")
def test_looking_no_further_than_a_window_finds_the_same(subject, pattern):
    found = {}
    for window in (1, 3, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(matching, "_WINDOW", window)
            compiled = matching.Pattern(pattern)
            compiled.limit = -1
            match = compiled.matcher(subject).search(subject, 0)
            found[window] = match and (match.start(), match.end(), match.groups())
    compiled.limit = 1000
    match = compiled.matcher(subject).search(subject, 0)
    assert set(found.values()) == {match and (match.start(), match.end(), match.groups())}


@given(st.lists(st.tuples(SUBJECTS, st.integers(0, 12)), max_size=4), PATTERNS)
def test_what_a_matcher_remembers_changes_nothing(queries, pattern):
    compiled = matching.Pattern(pattern)
    compiled.limit = -1
    for subject, _ in queries:
        used = compiled.matcher(subject)
        for _, position in queries:
            if position <= len(subject):
                answers = []
                for matcher in (used, compiled.matcher(subject)):
                    try:
                        match = matcher.search(subject, position)
                        answers.append(match and (match.start(), match.end(), match.groups()))
                    except Fault as error:
                        answers.append(error.message)
                assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "pattern, subject, found",
    [
        ("a?" * 30 + "a" * 30, "a" * 30, (0, 30)),
        ("a?" * 30 + "a" * 30, "a" * 29, None),
        ("a*" * 20 + "b", "a" * 20_000, None),
        ("a-" * 20 + "b", "a" * 20_000, None),
        ("a+" * 20 + "b", "a" * 20_000, None),
        ("^%s*(.-)%s*$", " " * 100_000, (0, 100_000)),
        ("^%s*(.-)%s*$", "x" + " " * 100_000 + "x", (0, 100_002)),
        ("^(.-)%s*$", " " * 100_000 + "x", (0, 100_001)),
        ("%s+$", " " * 100_000 + "x", None),
        ("%s*$", " " * 100_000 + "x", (100_001, 100_001)),
        (".-.-.-.-x", "a" * 50_000, None),
        (".*.*.*.*x", "a" * 50_000, None),
        ("(.-)=(.-)=(.-)=(.-)=x", "=" * 50_000, None),
        ("<[^>]*>", "<" * 100_000, None),
        ("a.-b", "a" * 100_000, None),
        ("%b()", "(" * 100_000, None),
        ("%b()", ")" * 100_000, None),
        ("%b<>x", "<>" * 50_000, None),
        ("(%w+)=(%w+)", "a" * 100_000, None),
        ("[ab]*[bc]*[ac]*d", "abcabc" * 10_000, None),
        ("[ab]-[bc]-[ac]-d", "abcabc" * 10_000, None),
        ("(a*)(a*)(a*)%1b", "a" * 150, None),
        ("(.-)%1%1x", "ab" * 100, None),
        ("%f[%w]%w+%f[%W]x", "a" * 100_000, None),
    ],
)
def test_no_pattern_takes_forever(pattern, subject, found):
    start = time.process_time()
    compiled = matching.Pattern(pattern)
    matcher = compiled.matcher(subject)
    match = (matcher.match if compiled.anchored else matcher.search)(subject, 0)
    elapsed = time.process_time() - start
    assert (match and (match.start(), match.end())) == found
    assert elapsed < 5  # each takes well under a second on an idle machine, and without memory at least minutes


@pytest.mark.parametrize(
    "pattern, steps",
    [("%w+", 1), ("^%s*(.-)%s*$", 2), ("(%w+)=(%w+)", 2), ("%s+$", 2), ("^(%d+)-(%d+)$", 1), (".-x", 2), (".*.*x", 3)],
)
def test_weights(pattern, steps):
    limit = matching.Pattern(pattern).limit
    assert limit > 10**7 if steps == 1 else 10 ** (6 // steps) < limit < 10**4


def test_the_cache_is_bounded():
    for number in range(2 * matching._CACHE_SIZE):
        matching.compiled(f"x{number}")
    assert len(matching.cache) <= matching._CACHE_SIZE
    assert matching.compiled("x1") is matching.compiled("x1")
