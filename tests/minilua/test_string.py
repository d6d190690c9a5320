# ruff: noqa: E501 (an expression a line)
"""The `string` library against real Lua: results and messages."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")

import oracle
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minilua.errors import BadArgument, Fault
from minilua.stdlib import packing, string
from minilua.stdlib.formatting import format_string

# What each gives must be the same in both, and so must the message where it fails.
EXPRESSIONS = [
    r'string.format("%y",1)',
    r'string.format("%10.3q",1)',
    r'string.format("%d")',
    r'string.format("%d","x")',
    r'string.format("%d",1.5)',
    r'string.format("%0100d",1)',
    r'string.format("%-#d",1)',
    r'string.format("%.3c",65)',
    r'string.format("%F",1)',
    r'string.format("%")',
    r'string.format("%",1)',
    r'string.format("%123d",1)',
    r'string.format("%.123d",1)',
    r'string.format("%u",-1)',
    r'string.format("%.0a", 1.999), string.format("%.0a", 1.5), string.format("%.3a", 0.1), string.format("%a", 5e-324), string.format("%.2a", 5e-324)',
    r'string.format("%020a|%-20a|%+a", 1.5, 1.5, 1.5)',
    r'string.format("%#x %#o %#X %#x", 255, 8, 255, 0)',
    r'string.format("%5s|%-5s|%.2s", "a","b","xyz")',
    r'string.format("%5s", "a\0b")',
    r'string.format("%s", "a\0b")',
    r'string.format("%s", setmetatable({}, {__tostring=function() return 5 end}))',
    r'string.format("%s", setmetatable({}, {__tostring=function() return {} end}))',
    r'string.format("%q", {})',
    r'string.format("%q", 1/3), string.format("%q", 0/0), string.format("%q", 255), string.format("%q", math.mininteger), string.format("%q", 1e100)',
    r'string.format("%p", 1), string.format("%p", nil), string.format("%10p|", true)',
    r'string.format("%f %5.1f %e %g %g", 1/0, -1/0, 0/0, -(0/0), 1e20)',
    r'string.format("%05f|%+f|% f", 1/0, 1/0, 1/0)',
    r'string.format("%c%c", 65, 321)',
    r'string.format("%c", "x")',
    r"string.format({})",
    r"string.format(5)",
    r'string.format("%5%")',
    r'string.format("%i", 3)',
    r'string.gsub("a","a","%")',
    r'string.gsub("a","a","%2")',
    r'string.gsub("a","a","%x")',
    r'string.gsub("a","b","%x")',
    r'string.gsub("a","(a","x")',
    r'string.gsub("a","(a","%1")',
    r'string.gsub("a","(a",{})',
    r'string.gsub("abc","b",true)',
    r'string.gsub("abc","b",function() return {} end)',
    r'string.gsub("abc","b",function() return true end)',
    r'string.gsub("abc","b",function() return false end)',
    r'string.gsub("abc","","-")',
    r'string.gsub("abc","^a","-")',
    r'string.gsub("aaa","^a","-")',
    r'string.gsub("abc","()",{"x","y",4})',
    r'string.gsub("abc",".","%0%0",2)',
    r'string.gsub("abc",".","%1",-1)',
    r'string.gsub("abc",".")',
    r'string.gsub("abc")',
    r'string.gsub("abc",".","x","y")',
    r'string.rep("x",1e10)',
    r'string.rep("x",1<<31)',
    r'string.rep("ab",3,",")',
    r'string.rep("",1e8)',
    r"string.char(256)",
    r"string.char(-1)",
    r'string.char("65",66.0)',
    r'string.byte("abc",0), string.byte("abc",-1), string.byte("abc",10)',
    r'string.byte("abc",-10,10)',
    r'string.sub("hello",2,-2), string.sub("hello",-100,100), string.sub("hello",math.mininteger,math.maxinteger), string.sub("hello",3,math.mininteger)',
    r'string.sub("hello")',
    r'string.sub("hello","2")',
    r"string.len()",
    r"string.dump(string.len)",
    r"string.dump(1)",
    r'string.find("abc","b",-1), string.find("abc","",10), string.find("abc","",4), string.find("a.c",".",2,true)',
    r'string.match("abc","^b",2)',
    r'string.gmatch("abc","b")()',
    r'string.gmatch("abc","^b")()',
    r'string.gmatch("a^b","^b")()',
    r'string.gmatch("abc","c",-1)()',
    r'string.gmatch("abc","()",10)()',
    r"""select('#', string.gmatch("abc","x")())""",
    r'string.gmatch("abc")',
    r'string.pack("i17",1)',
    r'string.pack("i0",1)',
    r'string.pack("y",1)',
    r'string.pack("c",1)',
    r'string.pack("i1",128)',
    r'string.pack("I1",-1)',
    r'string.pack("!3i4",1)',
    r'string.pack("X")',
    r'string.pack("Xz")',
    r'string.pack("z","a\0")',
    r'string.pack("s1",("x"):rep(256))',
    r'string.pack("c2","abc")',
    r'string.unpack("i4","abc")',
    r'string.unpack("z","abc")',
    r'string.unpack("i16",("\xff"):rep(16))',
    r'string.unpack("i9","\xff\xff\xff\xff\xff\xff\xff\xff\1")',
    r'string.unpack("I9","\xff\xff\xff\xff\xff\xff\xff\xff\0")',
    r'string.unpack("i9","\xff\xff\xff\xff\xff\xff\xff\x7f\0")',
    r'string.unpack("i9","\xff\xff\xff\xff\xff\xff\xff\xff\0")',
    r'string.unpack("i1","a",3)',
    r'string.unpack("i1","a",-5)',
    r'string.packsize("s")',
    r'string.packsize("c2147483647c1")',
    r'string.packsize("c21474836470")',
    r'string.packsize("!8 b d i8")',
    r'string.pack("d","x")',
    r'string.pack("i4")',
    r'("x"):rep(3, 5)',
    r'("x"):rep("2")',
    r"(5):rep(2)",
    r'("abc"):upper(), ("ABC\xe9\xc9"):lower(), ("stra\xdfe\xff"):upper()',
    r'("abc"):reverse(), (""):reverse()',
    r'#("x"):rep(1000, "ab")',
    r'("hello world from lua"):find("(o)(r)")',
    r'("a,b,,c"):find(",", 1, true), ("a.b"):find(".", 1, true), ("a.b"):find("%.")',
    r'("abc"):find("b", -2), ("abc"):find("b", -1), ("abc"):find("", 4), ("abc"):find("", 5)',
    r'("abc"):find("b", nil, true), ("abc"):find("b", "2")',
    r'("key = value"):match("^(%w+)%s*=%s*(%w+)$")',
    r'("  trim  "):match("^%s*(.-)%s*$")',
    r'("abc"):match("()b()")',
    r'("abc"):match(".", -1), ("abc"):match("^c", -1), ("abc"):match("x?", 4)',
    r'("hello"):gsub("l+", string.upper)',
    r'("hello"):gsub("(h)(e)", "%2%1")',
    r'("hello"):gsub("", "-")',
    r'("hello"):gsub("x*", "-")',
    r'("abc d"):gsub("%w*", "<%0>")',
    r'("hello"):gsub(".", {h = 1, e = true, l = false})',
    r'("hello"):gsub(".", {h = 1, e = 2.5, l = "L"})',
    r'("hello"):gsub(".", setmetatable({}, {__index = function(_, k) return k .. k end}))',
    r'("hello"):gsub("()l", "%1")',
    r'("hello"):gsub("()l()", function(a, b) return a .. "-" .. b end)',
    r'("hello"):gsub("l", "%%")',
    r'("a\\b"):gsub("b", "\\\\")',
    r'("hello"):gsub("l", 7), ("hello"):gsub("l", 1.5)',
    r'("hello"):gsub("l", print, 0)',
    r'("hello"):gsub("l", function() return nil end)',
    r'("hello"):gsub("l", function() error("inside") end)',
    r'("hello"):gsub("l", "x", "1")',
    r'("abc"):gsub("^a*", "x"), ("abc"):gsub("c$", "x"), ("abc"):gsub("$", "x"), ("abc"):gsub("^", "x")',
    r'("$name is $age"):gsub("%$(%w+)", {name = "x", age = 3})',
    r'("a.b.c"):gsub("%.", "%%")',
    r'("%d"):gsub("%%d", "%%s")',
    r'("x"):format(), ("%s %s"):format(1, {} ~= nil)',
    r'("%s|%s|%s"):format(nil, true, 1.0)',
    r'("%d|%5d|%-5d|%05d|%+d|% d"):format(3, 4, 5, 6, 7, 8)',
    r'("%.3d|%+.2d|%05.1d|%.0d|%5.0d"):format(5, 5, 5, 0, 0)',
    r'("%d"):format("10"), ("%d"):format(3.0), ("%s"):format(3.0)',
    r'("%x %X %#x %o"):format(-1, 255, 255, 8)',
    r'("%5.1f|%-8.3f|%08.2f|%+.0f|%#.0f"):format(1.25, 2.5, -3.14159, 2.5, 3)',
    r'("%g %g %g %g"):format(0.1, 100000, 1e20, 1e-5)',
    r'("%e %E %G"):format(12345.678, 0.00012, 1e-10)',
    r'("%.99f"):format(0.1)',
    r'("%.20s|%.0s|%10.2s|%-10.2s|"):format("abc", "abc", "abc", "abc")',
    r'("%10s|"):format(("x"):rep(120))',
    r'("%q"):format("a\nb\r\0c\0001\"\\\127\200")',
    r'("%q %q %q %q"):format(true, nil, 1.5, -7)',
    r'("%-5c|%5c|"):format(65, 66)',
    r'("%5%"):format(1)',
    r'("%s"):format()',
    r'("%d %d"):format(1)',
    r'("%.5q"):format("x")',
    r'("%0-+ #12.12f"):format(1)',
    r'("%00000000000000000000005d"):format(1)',
    r'("%a %A %.1a %.0a"):format(1, 0.5, 1.96875, 0)',
    r'("x"):pack(1)',
    r'string.pack(">I2 <i2 =i4 !4 i1 !4 i4", 1, 2, 3, 4, 5):byte(1, -1)',
    r'string.unpack("<i2 >i2 z s1 c2", "\1\0\0\1ab\0\3xyzqq")',
    r'string.pack("f", 1e300):byte(1, -1)',
    r'string.unpack("<f", "\0\0\xc0\x7f") ~= string.unpack("<f", "\0\0\xc0\x7f")',
    r'string.unpack("b B h H l L j J T", ("\xff"):rep(60))',
    r'string.packsize("<!4 i1 i4 Xi4 x c3 b")',
    r'string.pack("i4\0zzz", 1):byte(1, -1)',
    r'string.unpack("s8", "\xff\xff\xff\xff\xff\xff\xff\xff")',
    r'string.unpack("I16", ("\1"):rep(16))',
    r'select("#", ("x"):byte(2)), select("#", ("x"):gmatch("y")())',
    r'(function() local t = {} for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do t[#t + 1] = k .. v end return table.concat(t, ";") end)()',
    r'(function() local t = {} for p in ("abc"):gmatch("()") do t[#t + 1] = p end return table.concat(t, ";") end)()',
    r'(function() local t = {} for w in ("one two"):gmatch("%a*") do t[#t + 1] = w end return table.concat(t, ";") end)()',
    r'(function() local t = {} for w in ("one two"):gmatch("%a+", 3) do t[#t + 1] = w end return table.concat(t, ";") end)()',
    r'(function() local t = {} for w in ("f(a(b)c)(d)"):gmatch("%b()") do t[#t + 1] = w end return table.concat(t, ";") end)()',
    r'("THE (quick) fox"):gsub("%f[%a]%a+", string.lower)',
    r'("x = \"a\" .. \'b\'"):match("([\"\'])(.-)%1")',
    r"tostring(1e15), tostring(-0.0), 2^53, 1e100, 0.1, 1/3",
    r'("10" + 5), ("0x10" * "2"), "3" // 2, -"2", "1e1" % 3',
    r'("a" < "b"), ("a" < "B"), ("" < "\0"), ("\xff" > "a")',
    r'#"\xe9\u{e9}"',
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression):
    oracle.compare_values(expression)


# ---------------------------------------------------------------- whatever hypothesis writes


@pytest.fixture(scope="module")
def real():
    """Real Lua's `string` functions: what they return, or their message."""
    from lupa.lua54 import LuaRuntime

    lua = LuaRuntime(encoding="latin-1", unpack_returned_tuples=True)
    protected = lua.eval("function(name, ...) return table.pack(pcall(string[name], ...)) end")

    def call(name, *arguments):
        answer = protected(name, *arguments)
        results = tuple([answer[n] for n in range(2, answer.n + 1)])
        if answer[1]:
            return results
        return re.sub(r"^bad argument #(\d+) to '[^']*'", r"#\1", results[0])

    return call


def ours(function, *arguments):
    """The same of our function."""
    try:
        results = function(*arguments)
    except BadArgument as error:
        return f"#{error.position} ({error.why})"
    except Fault as error:
        return error.message
    return results if results.__class__ is tuple else (results,)


def shown(results):
    """Results so that they can be compared: types count, and so do the sign of zero and nan."""
    return [(type(value).__name__, repr(value)) for value in results] if results.__class__ is tuple else results


SPECIFICATIONS = st.builds(
    lambda flags, width, precision, conversion: f"%{flags}{width}{precision}{conversion}",
    st.text("-+#0 ", max_size=3),
    st.sampled_from(["", "", "1", "5", "12", "99", "100"]),
    st.sampled_from(["", "", ".", ".0", ".1", ".3", ".20", ".99", ".100"]),
    st.sampled_from(list("diuoxXcaAeEfgGqspyF%")),
)
NUMBERS = st.one_of(
    st.integers(-300, 300),
    st.sampled_from([2**63 - 1, -(2**63), 2**53 + 1]),
    st.floats(allow_nan=False),
    st.sampled_from([0.0, -0.0, 1.0, 0.5, 1e15, 1e-5, 123456.0, 5e-324, 2.0**63]),
)
VALUES = st.one_of(NUMBERS, NUMBERS, st.text("ab0 1\0%\n\xe9", max_size=5), st.sampled_from(["x" * 120, "10", "0x10"]))


@settings(max_examples=700, deadline=None)
@given(st.lists(st.one_of(SPECIFICATIONS, st.sampled_from(["", " a", "%%"])), max_size=3), st.lists(VALUES, max_size=3))
@example(["%5.2f", "%d", "%s"], [1.0, 2, "x"])
@example(["%05d"], [float("inf")])
@example(["%#.3x"], [255])
@example(["%#.0e"], [1.0])
@example(["%.14g"], [0.1])
@example(["%-+5d|"], [3])
@example(["% 05d"], [3])
def test_format(real, specifications, values):
    text = "".join(specifications)
    if "%p" not in re.sub("[-+# .0-9]", "", text) or not any(isinstance(value, str) for value in values):
        assert ours(format_string, text, *values) == real("format", text, *values)


ITEMS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        "%a",
        "[ab]",
        "%s",
        "a*",
        "b-",
        "a+",
        "a?",
        ".-",
        ".*",
        "(a)",
        "(b*)",
        "()",
        "%b()",
        "%f[%a]",
        "%1",
        "$",
        "^",
    ]
)
PATTERNS = st.lists(ITEMS, max_size=4).map("".join)
SUBJECTS = st.text("aab ()", max_size=10)
REPLACEMENTS = st.lists(
    st.sampled_from(["x", "%0", "%1", "%2", "%%", "%", "\\", "\\1", "\\g<0>", "$1"]), max_size=3
).map("".join)


@example(subject="()", pattern="%b()", replacement="%0%0", most=None)
@settings(max_examples=700, deadline=None)
@given(SUBJECTS, PATTERNS, REPLACEMENTS, st.one_of(st.none(), st.integers(-1, 4)))
@example("abc", "", "-", None)
@example("aaa", "a-", "-", None)
@example("a b", "%a*", "<%0>", 2)
def test_gsub(real, subject, pattern, replacement, most):
    arguments = (subject, pattern, replacement) if most is None else (subject, pattern, replacement, most)
    assert ours(string.gsub, *arguments) == real("gsub", *arguments)


@settings(max_examples=500, deadline=None)
@given(SUBJECTS, PATTERNS, st.one_of(st.none(), st.integers(-12, 12)))
def test_gmatch_find_and_match(real, subject, pattern, init):
    arguments = (subject, pattern) if init is None else (subject, pattern, init)
    assert ours(string.find, *arguments) == real("find", *arguments)
    assert ours(string.match, *arguments) == real("match", *arguments)
    mine = ours(string.gmatch, *arguments)[0]
    theirs = real("gmatch", *arguments)[0]
    for _ in range(len(subject) + 2):
        try:
            expected = theirs()
        except Exception as error:
            expected = re.search(r"^(?:.*\]:\d+: )?(.*)", str(error))[1]
            assert ours(mine) == expected
            break
        results = ours(mine)
        assert results == (expected if isinstance(expected, tuple) else () if expected is None else (expected,))


@given(
    st.text("abc\0\xe9", max_size=8),
    *[st.one_of(st.none(), st.integers(-10, 10), st.just(2**63 - 1), st.just(-(2**63)))] * 2,
)
def test_sub_and_byte(real, text, i, j):
    if i is not None:
        assert ours(string.sub, text, i, j) == real("sub", text, i, j)
    assert ours(string.byte, text, i, j) == real("byte", text, i, j)


@given(st.text(st.characters(max_codepoint=255), max_size=20))
def test_bytes(real, text):
    for name, function in [
        ("upper", string.upper),
        ("lower", string.lower),
        ("reverse", string.reverse),
        ("len", string.length),
    ]:
        assert ours(function, text) == real(name, text)
    assert ours(format_string, "%q", text) == real("format", "%q", text)


PACK_ITEMS = st.sampled_from(
    [
        "b",
        "B",
        "h",
        "H",
        "l",
        "L",
        "j",
        "J",
        "T",
        "f",
        "d",
        "n",
        "i",
        "I",
        "i1",
        "i3",
        "I3",
        "i7",
        "i8",
        "I8",
        "i9",
        "i16",
        "I16",
        "i17",
        "i0",
        "s",
        "s1",
        "s2",
        "c",
        "c0",
        "c3",
        "c5",
        "z",
        "x",
        "X",
        "Xi4",
        "Xs",
        "Xd",
        "!",
        "!1",
        "!2",
        "!3",
        "!8",
        "<",
        ">",
        "=",
        "y",
    ]
)
PACK_VALUES = st.one_of(
    st.integers(-200, 200),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(width=32),
    st.text("ab\0", max_size=6),
    st.just("7"),
)


@settings(max_examples=700, deadline=None)
@given(st.lists(PACK_ITEMS, max_size=5), st.lists(PACK_VALUES, min_size=5, max_size=5))
def test_pack(real, items, values):
    form = " ".join(items)
    packed = ours(packing.pack, form, *values)
    assert packed == real("pack", form, *values)
    assert ours(packing.packsize, form) == real("packsize", form)
    if isinstance(packed, tuple):
        assert shown(ours(packing.unpack, form, packed[0])) == shown(real("unpack", form, packed[0]))


@settings(max_examples=500, deadline=None)
@given(st.lists(PACK_ITEMS, max_size=4), st.text("\0\1\xffa", max_size=24), st.integers(-5, 8))
def test_unpack(real, items, data, init):
    form = " ".join(items)
    assert shown(ours(packing.unpack, form, data, init)) == shown(real("unpack", form, data, init))


def test_large_results_are_refused_at_once():
    with pytest.raises(Fault):
        string.repeat("x" * 2**20, 2**20)
    with pytest.raises(Fault):
        string.repeat("", 2**40, "x")
