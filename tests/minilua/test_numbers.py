"""Numbers and their text, against real Lua."""

from __future__ import annotations

import math
import operator
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minilua.errors import BadArgument, Fault
from minilua.stdlib.arguments import NO_VALUE, check_integer, check_number, check_option, check_string
from minilua.values import numbers

lua54 = pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")
lua = lua54.LuaRuntime(encoding="latin-1")

INTEGERS = st.one_of(
    st.integers(-10, 10),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([-(2**63), 2**63 - 1, 2**53, 2**53 + 1, -(2**53) - 1, 63, 64, -63, -64]),
)
FLOATS = st.one_of(
    st.floats(),
    st.sampled_from(
        [0.0, -0.0, 0.1, 0.5, -0.5, 1.0, -1.0, 2.0, 3.0, -3.0, 2.0**53, 2.0**63, -(2.0**63), 1e308, 5e-324]
    ),
    st.integers(-20, 20).map(lambda n: n / 4),
    st.sampled_from([math.inf, -math.inf, math.nan, -math.nan]),
)
NUMERALS = st.one_of(
    st.text(alphabet=" \t+-0123456789.eExXpPabcfn_\0", max_size=12),
    st.from_regex(r"\A *[-+]?0[xX][0-9a-f]{0,18}(\.[0-9a-f]{0,4})?(p[-+]?[0-9]{1,4})? *\Z"),
    st.from_regex(r"\A *[-+]?[0-9]{0,21}(\.[0-9]{0,4})?([eE][-+]?[0-9]{1,3})? *\Z"),
    st.sampled_from(
        ["inf", "nan", "0x", "0x.p1", ".", "1e", "\v1\f", "1 2", "١", "1\0", "-0", "-0.0", "0x8000000000000000"]
    ),
)


def same(ours: object, theirs: object) -> bool:
    """Equal, of the same Python type, and with the same sign of zero; nan equals nan."""
    if ours.__class__ is not theirs.__class__:
        return False
    if ours.__class__ is float:
        if math.isnan(ours) or math.isnan(theirs):
            return math.isnan(ours) and math.isnan(theirs)
        return ours == theirs and math.copysign(1, ours) == math.copysign(1, theirs)
    return ours == theirs


@pytest.fixture(scope="module")
def real():
    """Real Lua's functions, by expression."""
    cache = {}

    def function(expression):
        if expression not in cache:
            cache[expression] = lua.eval(f"function(a, b) return {expression} end")
        return cache[expression]

    return function


@given(NUMERALS)
@example("0x" + "f" * 40)
@example("1" * 400)
@example("9223372036854775808")
@example("-9223372036854775808")
@example("-9223372036854775809")
@example("0" * 30 + "7")
@example("0x1p99999")
@example("-0xA.8p-1")
@example("0x10p")
def test_numerals(real, text):
    if text.isascii() and "\0" not in text:
        assert same(numbers.to_number(text), real("tonumber(a)")(text))
    else:
        assert numbers.to_number(text) is None


@given(
    st.one_of(st.text(alphabet=" -+0123456789abfxzAZ_.", max_size=8), st.text("01", max_size=90)), st.integers(2, 36)
)
@example("0x10", 16)
@example("0b1", 2)
@example("1_0", 10)
@example("7" * 70, 8)
def test_numerals_with_a_base(real, text, base):
    assert same(numbers.to_number_base(text, base), real("tonumber(a, b)")(text, base))


@given(st.one_of(INTEGERS, FLOATS))
@example(-math.nan)
@example(1e15)
@example(123456789012345.0)
@example(-0.0)
def test_text(real, number):
    if math.isnan(number):  # Python's nan keeps its sign through lupa, too
        assert numbers.number_text(number) == ("-nan" if math.copysign(1, number) < 0 else "nan")
    assert numbers.number_text(number) == real("tostring(a)")(number)


def test_text_of_zero_divided_by_zero(real):
    assert numbers.number_text(numbers.float_divide(0, 0)) == real("tostring(0/0)")()
    assert numbers.number_text(-numbers.float_divide(0, 0)) == real("tostring(-(0/0))")()


@given(FLOATS)
def test_float_to_integer(real, number):
    assert numbers.float_to_integer(number) == real("math.tointeger(a)")(number)


@pytest.mark.parametrize("value", ["10", " 0x10 ", "1e1", "1.5", "x", 7, 7.0, 7.5, None, True, [], 2.0**63])
def test_to_integer(value):
    expected = (
        {"10": 10, " 0x10 ": 16, "1e1": 10}.get(value) if isinstance(value, str) else 7 if value in (7, 7.0) else None
    )
    assert same(numbers.to_integer(value), expected)


@given(st.integers(-(2**130), 2**130))
def test_wrap(number):
    wrapped = numbers.wrap(number)
    assert -(2**63) <= wrapped < 2**63
    assert (wrapped - number) % 2**64 == 0


@pytest.mark.parametrize(
    "name, expression",
    [
        ("int_floordiv", "a // b"),
        ("int_mod", "a % b"),
        ("shift_left", "a << b"),
        ("power", "a ^ b"),
        ("float_divide", "a / b"),
    ],
)
@given(INTEGERS, INTEGERS)
def test_integer_operators(real, name, expression, a, b):
    if b == 0 and name in ("int_floordiv", "int_mod"):
        with pytest.raises(Fault) as ours:
            getattr(numbers, name)(a, b)
        with pytest.raises(lua54.LuaError) as theirs:
            real(expression)(a, b)
        assert ours.value.message in str(theirs.value)
    else:
        assert same(getattr(numbers, name)(a, b), real(expression)(a, b))


@pytest.mark.parametrize(
    "name, expression",
    [("float_floordiv", "a // b"), ("float_mod", "a % b"), ("power", "a ^ b"), ("float_divide", "a / b")],
)
@given(FLOATS, FLOATS)
@example(1.0, 0.1)
@example(-6.0, 3.0)
@example(-1.0, math.inf)
@example(1.0, -math.inf)
@example(-0.0, -1.0)
@example(-0.0, -2.0)
@example(-0.0, 5.0)
@example(-8.0, 1 / 3)
@example(-1e300, 3.0)
@example(5e-324, -math.inf)
@example(-5e-324, 3.0)
def test_float_operators(real, name, expression, a, b):
    assert same(getattr(numbers, name)(a, b), real(expression)(a, b))


def test_shift_right_is_a_shift_left_by_a_negative_number(real):
    for a in (-1, 1, 2**63 - 1, -(2**63)):
        for b in range(-70, 71):
            assert numbers.shift_left(a, -b) == real("a >> b")(a, b)


@pytest.mark.parametrize(
    "text", ["1" * 10**6, "0x" + "1" * 10**6, " " * 10**6, "1" * 10**6 + "x", "0" * 10**6, "1e" + "9" * 10**6]
)
def test_long_numerals_take_no_long_time(text):
    start = time.process_time()
    numbers.to_number(text)
    assert time.process_time() - start < 1


def test_arguments_in_the_words_of_lua():
    assert check_integer(3.0, 1) == 3 and check_integer(" 0x10", 1) == 16 and check_integer("1e1", 1) == 10
    assert check_number("1e1", 1) == 10.0 and check_string(1.0, 1) == "1.0"
    for check, value, why in [
        (check_integer, 1.5, lua.eval("select(2, pcall(string.rep, 'x', 1.5))")),
        (check_integer, "1.5", lua.eval("select(2, pcall(string.rep, 'x', '1.5'))")),
        (check_integer, None, lua.eval("select(2, pcall(string.rep, 'x', nil))")),
        (check_integer, NO_VALUE, lua.eval("select(2, pcall(string.rep, 'x'))")),
        (check_integer, True, lua.eval("select(2, pcall(string.rep, 'x', true))")),
        (check_integer, len, lua.eval("select(2, pcall(string.rep, 'x', print))")),
        (check_integer, "x", lua.eval("select(2, pcall(string.rep, 'x', 'x'))")),
    ]:
        with pytest.raises(BadArgument) as error:
            check(value, 2)
        assert f"bad argument #2 to 'string.rep' ({error.value.why})" == why
    with pytest.raises(BadArgument) as error:
        check_option("x", 1, ("collect", "count"))
    assert f"({error.value.why})" in lua.eval("select(2, pcall(collectgarbage, 'x'))")
    assert check_option(None, 1, ("collect", "count"), "count") == "count"
    assert operator.is_(NO_VALUE, NO_VALUE)
