"""The `math` library (manual §6.7). Where Python raises, C's functions answer inf or nan, and so do these."""

from __future__ import annotations

import math
import os
import time
from typing import TYPE_CHECKING, Any, Callable

from minilua.errors import BadArgument, Fault
from minilua.stdlib.arguments import NO_VALUE, check_any, check_integer, check_number, opt_integer, opt_number
from minilua.values import numbers
from minilua.values.numbers import INF, MAX_INTEGER, MIN_INTEGER, NAN, wrap
from minilua.values.operations import less_than

if TYPE_CHECKING:
    from minilua.runtime import LuaRuntime
    from minilua.values.numbers import Number

_MASK = 2**64 - 1


def absolute(x: Any = NO_VALUE, *_: Any) -> Number:
    """`math.abs(x)`: an integer wraps around."""
    if x.__class__ is int:
        return wrap(abs(x))
    number = check_number(x, 1)
    return abs(float(number))


def _of_one(function: Callable[[float], float], error: float = NAN) -> Callable[..., float]:
    """A function of C's for one number, from Python's; where that raises C's is nan (of a sign that is glibc's)."""

    def of_one(x: Any = NO_VALUE, *_: Any) -> float:
        try:
            return function(x if x.__class__ is float else check_number(x, 1))
        except ValueError:
            return error

    return of_one


def arctangent(y: Any = NO_VALUE, x: Any = None, *_: Any) -> float:
    """`math.atan(y [, x])`."""
    return math.atan2(check_number(y, 1), opt_number(x, 2, 1))


def _to_lua(x: float, integral: Callable[[float], int]) -> Number:
    """The integer that `integral` makes of `x`, or as a float where it does not fit."""
    if -9223372036854775808.0 <= x < 9223372036854775808.0:
        return integral(x)
    return x


def floor(x: Any = NO_VALUE, *_: Any) -> Number:
    """`math.floor(x)`."""
    if x.__class__ is int:
        return x
    return _to_lua(x if x.__class__ is float else float(check_number(x, 1)), math.floor)


def ceiling(x: Any = NO_VALUE, *_: Any) -> Number:
    """`math.ceil(x)`."""
    if x.__class__ is int:
        return x
    return _to_lua(x if x.__class__ is float else float(check_number(x, 1)), math.ceil)


def exponential(x: Any = NO_VALUE, *_: Any) -> float:
    """`math.exp(x)`."""
    try:
        return math.exp(check_number(x, 1))
    except OverflowError:
        return INF


def remainder(a: Any = NO_VALUE, b: Any = NO_VALUE, *_: Any) -> Number:
    """`math.fmod(x, y)`: the remainder of a division that rounds towards zero."""
    if a.__class__ is int and b.__class__ is int:
        if b == 0:
            raise BadArgument(2, "zero")
        result: int = abs(a) % abs(b)
        return -result if a < 0 else result
    second, first = check_number(b, 2), check_number(a, 1)  # C leaves the order open, and GCC chose this one
    try:
        return math.fmod(first, second)
    except ValueError:
        return NAN


def logarithm(x: Any = NO_VALUE, base: Any = None, *_: Any) -> float:
    """`math.log(x [, base])`."""
    number = check_number(x, 1)
    if base is None:
        return _log(math.log, number)
    of_base = check_number(base, 2)
    if of_base == 2:
        return _log(math.log2, number)
    if of_base == 10:
        return _log(math.log10, number)
    return numbers.float_divide(_log(math.log, number), _log(math.log, of_base))


def _log(function: Callable[[float], float], x: Number) -> float:
    try:
        return function(float(x))
    except ValueError:
        return -INF if x == 0 else math.nan


def modf(x: Any = NO_VALUE, *_: Any) -> tuple[Number, float]:
    """`math.modf(x)`: the integral part, an integer where it fits, and the fraction, a float."""
    number = check_number(x, 1)
    if number.__class__ is int or math.isinf(number):
        return number, 0.0
    if math.isnan(number):
        return number, number
    whole = float(math.trunc(number))
    return _to_lua(whole, int), number - whole if number != whole else 0.0


def tointeger(x: Any = NO_VALUE, *_: Any) -> int | None:
    """`math.tointeger(x)`."""
    return numbers.to_integer(check_any(x, 1))


def kind_of_number(x: Any = NO_VALUE, *_: Any) -> str | None:
    """`math.type(x)`."""
    if x.__class__ is int:
        return "integer"
    if x.__class__ is float:
        return "float"
    check_any(x, 1)
    return None


def unsigned_less_than(a: Any = NO_VALUE, b: Any = NO_VALUE, *_: Any) -> bool:
    """`math.ult(m, n)`."""
    return check_integer(a, 1) & _MASK < check_integer(b, 2) & _MASK


_NUMBERS = (int, float)


def maximum(x: Any = NO_VALUE, *others: Any) -> Any:
    """`math.max(x, ...)`."""
    greatest = check_any(x, 1)
    for other in others:
        if greatest.__class__ in _NUMBERS and other.__class__ in _NUMBERS:
            if greatest < other:
                greatest = other
        elif less_than(greatest, other):
            greatest = other
    return greatest


def minimum(x: Any = NO_VALUE, *others: Any) -> Any:
    """`math.min(x, ...)`."""
    least = check_any(x, 1)
    for other in others:
        if least.__class__ in _NUMBERS and other.__class__ in _NUMBERS:
            if other < least:
                least = other
        elif less_than(other, least):
            least = other
    return least


def random_functions() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """`math.random` and `math.randomseed` over a state of their own.

    PUC-Rio's random numbers: xoshiro256** (Blackman and Vigna), with its way of seeding and of taking intervals.
    """
    s0 = s1 = s2 = s3 = 0

    def next_bits() -> int:
        nonlocal s0, s1, s2, s3
        x = s1 * 5 & _MASK
        s2 ^= s0
        s3 ^= s1
        shifted = s1 << 17 & _MASK
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << 45 | s3 >> 19) & _MASK
        return ((x << 7 | x >> 57) & _MASK) * 9 & _MASK

    def random(*limits: Any) -> Number:
        """`math.random([m [, n]])`."""
        bits = next_bits()
        if not limits:
            return (bits >> 11) * 2.0**-53
        if len(limits) > 2:
            raise Fault("wrong number of arguments")
        low, high = 1, check_integer(limits[0], 1)
        if len(limits) == 2:
            low, high = high, check_integer(limits[1], 2)
        elif high == 0:
            return wrap(bits)
        if low > high:
            raise BadArgument(1, "interval is empty")
        span = high - low
        mask = (1 << span.bit_length()) - 1
        bits &= mask
        while bits > span:
            bits = next_bits() & mask
        return low + bits

    def randomseed(*seeds: Any) -> tuple[int, int]:
        """`math.randomseed([x [, y]])`."""
        nonlocal s0, s1, s2, s3
        if seeds:
            first = check_integer(seeds[0], 1)
            second = opt_integer(seeds[1] if len(seeds) > 1 else None, 2, 0)
        else:
            first, second = time.time_ns() & _MASK, int.from_bytes(os.urandom(8), "little")
        s0, s1, s2, s3 = first & _MASK, 0xFF, second & _MASK, 0
        for _ in range(16):
            next_bits()
        return wrap(first), wrap(second)

    randomseed()
    return random, randomseed


def library(_runtime: LuaRuntime) -> dict[str, object]:
    """The names of the `math` table, with random numbers of its own."""
    random, randomseed = random_functions()
    return {
        "abs": absolute,
        "acos": _of_one(math.acos, math.nan),
        "asin": _of_one(math.asin, math.nan),
        "atan": arctangent,
        "ceil": ceiling,
        "cos": _of_one(math.cos),
        "deg": _of_one(lambda x: x * (180.0 / math.pi)),
        "exp": exponential,
        "floor": floor,
        "fmod": remainder,
        "huge": INF,
        "log": logarithm,
        "max": maximum,
        "maxinteger": MAX_INTEGER,
        "min": minimum,
        "mininteger": MIN_INTEGER,
        "modf": modf,
        "pi": math.pi,
        "rad": _of_one(lambda x: x * (math.pi / 180.0)),
        "random": random,
        "randomseed": randomseed,
        "sin": _of_one(math.sin),
        "sqrt": _of_one(math.sqrt),
        "tan": _of_one(math.tan),
        "tointeger": tointeger,
        "type": kind_of_number,
        "ult": unsigned_less_than,
    }
