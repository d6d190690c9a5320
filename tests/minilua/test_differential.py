"""Random Lua in minilua and in PUC-Rio's: whatever hypothesis writes, both say the same of it.

`DIFFERENTIAL_EXAMPLES=20000 pytest tests/minilua/test_differential.py` looks longer; `-k programs` is the part of it
that finds most.
"""

from __future__ import annotations

import functools
import os
from random import Random

import pytest

pytest.importorskip("lupa.lua54")
pytest.importorskip("hypothesis")

import oracle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lua_writer import Writer

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "300"))
compare_settings = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES <= 300, suppress_health_check=list(HealthCheck)
)

INTEGERS = st.one_of(
    st.integers(-5, 20),
    st.sampled_from(
        ["math.maxinteger", "math.mininteger", "(1 << 31)", "(1 << 53)", "0x7fffffff", "9223372036854775807"]
    ),
    st.integers(-(2**63) + 1, 2**63 - 1),
).map(str)
FLOATS = st.one_of(
    st.sampled_from(["0.0", "-0.0", "1.5", "-2.5", "0.1", "1e15", "1e16", "2^53", "2^63", "-2^63", "1e308", "5e-324"]),
    st.sampled_from(["math.huge", "-math.huge", "3.0", "1e100"]),
    st.floats(-1e6, 1e6).map(repr),
)
TEXTS = st.one_of(
    st.sampled_from(['"10"', '"0x10"', '" 5 "', '"1e2"', '"abc"', '""', '"a b"', '"-3.5"', '"\\0x"', '"\\xff\\u{e9}"']),
    st.text("ab%.-1 \n", max_size=6).map(lambda text: '"' + text.replace("\n", "\\n") + '"'),
)
CONSTANTS = st.one_of(st.sampled_from(["nil", "true", "false"]), INTEGERS, FLOATS, TEXTS)
NAMES = st.sampled_from(["a", "b", "c", "i", "s", "t", "f", "g", "t.x", "t[1]", "t.nope", "o", "o.v"])
BINARY = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or", "&", "|", "~", "<<", ">>"]
)
CALLS = st.sampled_from(
    [
        "f({0})",
        "f({0}, {1})",
        "(f({0}, {1}))",
        "g({0})",
        "tostring({0})",
        "tonumber({0})",
        "type({0})",
        "select('#', {0}, {1})",
        "math.type({0})",
        "math.tointeger({0})",
        "math.floor({0})",
        "math.max({0}, {1})",
        "rawequal({0}, {1})",
        "#{0}",
        "({0})[{1}]",
        "({{{0}, {1}}})[{2}]",
        "#{{{0}, {1}, f({2})}}",
        "o:m({0})",
        "o + {0}",
        "{0} .. o",
        "t[{0}]",
        "(function(...) return ... end)({0}, {1})",
    ]
)


def _expressions(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} {} {})".format, parts, BINARY, parts),
        st.builds("({} {} {})".format, parts, BINARY, parts),
        st.builds("{} {} {} {} {}".format, parts, BINARY, parts, BINARY, parts).map("({})".format),
        st.builds("({} {})".format, st.sampled_from(["-", "not", "~", "#"]), parts),
        st.builds(lambda form, *of: form.format(*of), CALLS, parts, parts, parts),
    )


EXPRESSIONS = st.recursive(st.one_of(CONSTANTS, NAMES), _expressions, max_leaves=8)

PRELUDE = """
local function nan(v) if v ~= v then return "nan" end return v end
local function show(ok, ...)
  local parts = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    parts[i] = type(v) == "table" and "table" or type(v) == "function" and "function" or tostring(nan(v))
  end
  print(ok, table.concat(parts, " "))
end
local a, b, c, i, s = 7, -2.5, nil, 3, "text"
local t = {10, 20, 30, x = 1.5, y = "why"}
local function f(p, q) return q, p end
local function g(p) return p end
local function cut(v) return type(v) == "string" and v:sub(1, 40) or v end
local o = setmetatable({v = 4}, {
  __add = function(l, r) return "added" end, __concat = function() return "joined" end,
  __index = function(_, k) return k end,
})
function o:m(p) return self.v, p end
"""


@functools.cache
def engines() -> "tuple[oracle.Engine, oracle.Engine]":
    return oracle.lua(), oracle.minilua()


def compare(source: str) -> None:
    lua, minilua = engines()
    text = (PRELUDE + source).encode()
    actual, expected = (engine.run(text, "random.lua", fenced=True) for engine in (minilua, lua))
    # the sign of a NaN is the machine's affair
    assert actual.output.replace("-nan", "nan") == expected.output.replace("-nan", "nan")
    assert actual.error == expected.error


@compare_settings
@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_expressions(expressions: "list[str]") -> None:
    compare("\n".join(f"show(pcall(function() return {expression} end))" for expression in expressions))


@compare_settings
@given(st.lists(EXPRESSIONS, min_size=1, max_size=3))
def test_expressions_where_variables_are_not_captured(expressions: "list[str]") -> None:
    compare("\n".join(f"show(true, {expression})" for expression in expressions))


SIMPLE = st.one_of(
    st.builds(
        "{} = {}".format,
        st.sampled_from(["a", "b", "c", "i", "s", "t.x", "t[1]", "t[#t + 1]", "u", "o.v"]),
        EXPRESSIONS,
    ),
    st.builds("a, b = {}, {}".format, EXPRESSIONS, EXPRESSIONS),
    st.builds("t[{}] = {}".format, EXPRESSIONS, EXPRESSIONS),
    st.builds("local a, b = {}".format, EXPRESSIONS),
    st.builds("show(true, {})".format, EXPRESSIONS),
    st.builds("local k = {} h[#h + 1] = function() k = k == nil and 1 or k return k end".format, EXPRESSIONS),
    st.sampled_from(
        ["i = i + 1", "a = (tonumber(a) or 0) + i", "s = s .. i", "t[#t] = nil", "if i > 5 then goto stop end"]
    ),
)


# at the head of a loop: strings that double at every round would outgrow memory
CUT = (
    "a, b, c, i, s, u, o.v, t.x = cut(a), cut(b), cut(c), cut(i), cut(s), cut(u), cut(o.v), cut(t.x) t[1] = cut(t[1])\n"
)


def _blocks(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(block, min_size=1, max_size=3).map("\n".join)
    looped = several.map(CUT.__add__)
    return st.one_of(
        st.builds("if {} then\n{}\nelse\n{}\nend".format, EXPRESSIONS, several, several),
        st.builds("for i = {}, {} do\n{}\nend".format, st.integers(-2, 3), st.integers(-2, 5), looped),
        st.builds(
            "for i = {}, {}, {} do\nn = n + 1 if n > 9 then break end\n{}\nend".format,
            EXPRESSIONS,
            EXPRESSIONS,
            st.sampled_from(["1", "-1", "0.5", "2", "0", "i"]),
            looped,
        ),
        st.builds("for k, v in ipairs(t) do\n{}\nif k > 4 then break end\nend".format, looped),
        st.builds(
            "do local n = 0 while n < 3 do\nn = n + 1\nif {} then goto continue end\n{}\n::continue::\nend end".format,
            EXPRESSIONS,
            looped,
        ),
        st.builds(
            "do local n = 0 repeat local m = n n = n + 1\n{}\nuntil m >= 2 or {} end".format, looped, EXPRESSIONS
        ),
        st.builds("show(pcall(function(...)\ndo\n{}\nend\n::stop::\nend, i, a))".format, several),
        st.builds("do\n{}\nend".format, several),
    )


STATEMENTS = st.recursive(SIMPLE, _blocks, max_leaves=8)


@compare_settings
@given(st.lists(STATEMENTS, min_size=1, max_size=6))
def test_statements(statements: "list[str]") -> None:
    body = "\n".join(statements)
    compare(
        f"local h, n = {{}}, 0\nlocal function main()\nlocal u\ndo\n{body}\nend\n::stop::\nend\nshow(pcall(main))\n"
        "show(true, a, b, c, i, s, #t, t.x, t[1], n) for _, k in ipairs(h) do show(pcall(k)) end"
    )


@compare_settings
@given(st.lists(STATEMENTS, min_size=1, max_size=5))
def test_statements_in_a_coroutine(statements: "list[str]") -> None:
    body = "\nshow(true, coroutine.yield(i))\n".join(statements)
    compare(
        "local h, n = {}, 0\nlocal co = coroutine.create(function(...)\n"
        f"local u\ndo\n{body}\nend\n::stop::\nreturn a, b\nend)\n"
        'for round = 1, 8 do show(coroutine.resume(co, round, "r")) end show(true, coroutine.status(co), a, b, s)'
    )


@settings(parent=compare_settings, max_examples=EXAMPLES if EXAMPLES > 300 else 100)
@given(st.integers(0, 2**32))
def test_programs(seed: int) -> None:
    lua, minilua = engines()
    text = Writer(Random(seed)).program().encode()
    expected, actual = (engine.run(text, "random.lua", fenced=seed % 2 == 0) for engine in (lua, minilua))
    assert actual.output.replace("-nan", "nan") == expected.output.replace("-nan", "nan")
    assert actual.error == expected.error


SUBJECTS = st.text("aAbB1 2.%-()[]x\xe9\n", max_size=10)
ITEMS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "%a",
        "%d",
        "%w",
        "%s",
        "%p",
        "%S",
        "%.",
        "%%",
        "[ab]",
        "[^a]",
        "[%w_]",
        "[a-c1]",
        "x",
        " ",
        "%b()",
        "%f[%w]",
        "%1",
        "[]]",
        "1",
    ]
)
PIECES = st.builds("{}{}".format, ITEMS, st.sampled_from(["", "", "*", "+", "-", "?"]))


def _captures(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.builds("({})".format, inner), st.builds("{}{}".format, inner, inner), st.just("()"))


PATTERNS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "^"]),
    st.recursive(PIECES, _captures, max_leaves=5),
    st.sampled_from(["", "", "$"]),
)
WILD_PATTERNS = st.text("ab%()[]^$*+-?.1fdw", max_size=8)


def quoted(text: str) -> str:
    """A Lua string literal of the text's Latin-1 bytes."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in text.encode("latin-1")) + '"'


@compare_settings
@given(
    SUBJECTS,
    st.one_of(PATTERNS, PATTERNS, WILD_PATTERNS),
    st.integers(-4, 12),
    st.sampled_from(["<%0>", "%1", "%%", "x", "%2%1", ""]),
)
def test_patterns(subject: str, pattern: str, start: int, replacement: str) -> None:
    compare(
        f"local s, p, r = {quoted(subject)}, {quoted(pattern)}, {quoted(replacement)}\n"
        f"show(pcall(string.find, s, p, {start})) show(pcall(string.match, s, p)) show(pcall(string.gsub, s, p, r))\n"
        "show(pcall(string.gsub, s, p, function(...) return select('#', ...) .. '' end))\n"
        "show(pcall(string.gsub, s, p, {a = 'T', b = false}, 2))\n"
        "local function all(l)\n"
        "for x, y in s:gmatch(p) do l[#l + 1] = tostring(x) .. '/' .. tostring(y) end return l\nend\n"
        "show(pcall(function() return table.concat(all {}, ',') end))"
    )


FORMATS = st.builds(
    "%{}{}{}{}".format,
    st.sampled_from(["", "", "-", "0", "+", " ", "#", "-0", "+ "]),
    st.sampled_from(["", "", "5", "12", "1"]),
    st.sampled_from(["", "", ".0", ".3", ".10", "."]),
    st.sampled_from("ddiisscxXoeEfgGaAqq%u"),
)


@compare_settings
@given(st.lists(FORMATS, min_size=1, max_size=2), CONSTANTS, CONSTANTS)
def test_format(formats: "list[str]", first: str, second: str) -> None:
    compare(f"show(pcall(string.format, {quoted('|'.join(formats))}, {first}, {second}))")


STRING_CALLS = st.sampled_from(
    [
        "s:sub({0})",
        "s:sub({0}, {1})",
        "s:byte({0}, {1})",
        "s:rep({2}, {3})",
        "s:find({3}, {0}, true)",
        "s:upper()",
        "s:reverse()",
        "#s",
        "s .. {3}",
        "s < {3}",
        "s <= {3}",
        "s == {3}",
        "string.char({2}, {2})",
        "tostring({0})",
        "tonumber(s)",
        "tonumber(s, {2})",
        "utf8.len(s)",
        "utf8.len(s, {0})",
        "utf8.offset(s, {0})",
        "utf8.codepoint(s, {0})",
        "s:len() + {0}",
        "s + {0}",
        "-s",
        "s:lower():upper()",
    ]
)


@compare_settings
@given(
    SUBJECTS,
    st.lists(STRING_CALLS, min_size=1, max_size=4),
    st.integers(-12, 12),
    st.integers(-12, 12),
    st.integers(-1, 40),
    SUBJECTS,
)
def test_strings(subject: str, calls: "list[str]", first: int, second: int, small: int, other: str) -> None:
    lines = [call.format(first, second, small, quoted(other)) for call in calls]
    compare(
        f"local s = {quoted(subject)}\n" + "\n".join(f"show(pcall(function() return {line} end))" for line in lines)
    )


ITEM_VALUES = st.one_of(st.integers(-9, 9).map(str), st.sampled_from(["1.5", '"a"', '"b"', "true", "false", "2.0"]))
KEYS = st.one_of(
    st.integers(-1, 7).map(str), st.sampled_from(["1.0", "2.5", '"k"', "true", "false", '"1"', "#l", "#l + 1"])
)
TABLE_STEPS = st.one_of(
    st.builds("l[{}] = {}".format, KEYS, ITEM_VALUES),
    st.builds("l[{}] = nil".format, KEYS),
    st.builds("show(true, l[{}])".format, KEYS),
    st.builds("show(pcall(table.insert, l, {}))".format, ITEM_VALUES),
    st.builds("show(pcall(rawset, l, {}, {}))".format, KEYS, ITEM_VALUES),
    st.just("l[#l + 1] = #l"),
    st.sampled_from(
        [
            "l.k = (l.k or 0) and 1",
            "for k, v in pairs(l) do l[k] = v end",
            "for k in pairs(l) do if k == 2 then l[k] = nil end end",
        ]
    ),
)


@compare_settings
@given(st.lists(ITEM_VALUES, max_size=5), st.lists(TABLE_STEPS, min_size=1, max_size=10))
def test_tables(items: "list[str]", steps: "list[str]") -> None:
    """Holes make `#` and what hangs on it a matter of layout: lengths count only where the keys 1..n leave no doubt."""
    guard = (
        "local top = 0 for k in pairs(l) do if math.type(k) == 'integer' and k > top then top = k end end\n"
        "for k = 1, top do if l[k] == nil then goto holes end end"
    )
    listing = (
        "local list = {} for k, v in pairs(l) do list[#list + 1] = tostring(k) .. type(k) .. '=' .. tostring(v) end "
        "table.sort(list) show(true, table.concat(list, ' '))"
    )
    guarded = "\n".join(f"do {guard} {step} end" for step in steps)
    lengths = f"do {guard} show(true, #l, table.unpack(l)) end"
    compare(f"local l = {{{', '.join(items)}}}\ndo\n{guarded}\nend\n{lengths}\n::holes::\n{listing}")


COMPARATORS = st.sampled_from(
    [
        *("nil", "function(x, y) return x > y end", "function(x, y) return x // 3 < y // 3 end"),
        *("function(x, y) if x % 2 ~= y % 2 then return x % 2 > y % 2 end return x // 4 < y // 4 end", "math.max"),
        *("function(x, y) show(true, x, y) return x < y end", "function(x, y) return tostring(x) < tostring(y) end"),
        *("function(x, y) return x <= y end", "function(x, y) return not (x < 1) and 0 end"),
    ]
)


@compare_settings
@given(
    st.one_of(
        st.lists(ITEM_VALUES, max_size=12),
        st.lists(st.one_of(INTEGERS, st.sampled_from(["0.0", "-0.0", "2.0", "0/0", "-7.5"])), max_size=40),
    ),
    COMPARATORS,
)
def test_sort(items: "list[str]", comparator: str) -> None:
    """Every comparison is PUC-Rio's, and so is what comes of values that are equal, or of an error in the middle."""
    shown = "for i = 1, #l do l[i] = l[i] == l[i] and tostring(l[i]) or 'nan' end show(true, table.concat(l, ','))"
    compare(f"local l = {{{', '.join(items)}}}\nshow(pcall(table.sort, l, {comparator})) {shown}")


NUMERAL = r"\A[ ]?[-+]?(0[xX])?[0-9a-fA-F]{0,4}\.?[0-9]{0,3}([eEpP][-+]?[0-9]{0,3})?[ ]?\Z"
NUMERALS = st.one_of(st.from_regex(NUMERAL), st.floats().map(repr))


@compare_settings
@given(NUMERALS)
def test_numerals(numeral: str) -> None:
    compare(
        f"local s = {quoted(numeral)}\nlocal n = tonumber(s) show(true, n, math.type(n))\n"
        f"local f = load('return ' .. s) show(pcall(f or type, nil))\nshow(pcall(function() return s + 0 end))"
    )
