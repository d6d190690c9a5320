"""Lua's numbers on Python's: conversions, and the arithmetic where the two languages differ.

An integer is an `int` within signed 64 bits, a float is a `float`. Everything here is a pure function; what Python
would raise from arithmetic (ZeroDivisionError, OverflowError, a complex result) becomes the inf or nan that C computes.
"""

from __future__ import annotations

import math
from functools import cache

from minilua.errors import Fault
from minilua.limits import paced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Pattern, Union

    Number = Union[int, float]

MIN_INTEGER = -(2**63)
MAX_INTEGER = 2**63 - 1
_MASK = 2**64 - 1

# What C computes for 0/0 on x86 has the sign bit set, and PUC-Rio prints it as "-nan".
NAN = -math.nan
INF = math.inf


def wrap(i: int) -> int:
    """The integer within signed 64 bits that is congruent to `i` (manual §3.4.1).

    >>> wrap(2**63)
    -9223372036854775808
    """
    if -0x8000000000000000 <= i <= 0x7FFFFFFFFFFFFFFF:
        return i
    return ((i + 0x8000000000000000) & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000


# Numerals of manual §3.1, with a sign and white space around. No two parts of it can match the same character at the
# same place, so that matching is linear in the length of the text.
_NUMERAL = r"""[ \t\n\v\f\r]*
    (?P<sign>[-+]?)
    (?: 0[xX] (?P<hex> [0-9a-fA-F]+ (?![0-9a-fA-F.pP]) )
      | (?P<hexfloat> 0[xX] (?: [0-9a-fA-F]+ (?:\.[0-9a-fA-F]*)? | \.[0-9a-fA-F]+ ) (?:[pP][-+]?[0-9]+)? )
      | (?P<int> [0-9]+ (?![0-9.eE]) )
      | (?P<float> (?: [0-9]+ (?:\.[0-9]*)? | \.[0-9]+ ) (?:[eE][-+]?[0-9]+)? )
    )[ \t\n\v\f\r]*\Z"""


@cache
def _numeral() -> Pattern[str]:
    import re  # which takes longer than all of a small script

    return re.compile(_NUMERAL, re.VERBOSE)


def to_number(s: str) -> Number | None:
    """The number that the whole of `s` spells as a Lua numeral (manual §3.4.3), or None.

    Hexadecimal integers wrap around; decimal ones that do not fit in 64 bits become floats.

    >>> to_number(" 0x10 "), to_number("1e1"), to_number("9223372036854775808"), to_number("1_0")
    (16, 10.0, 9.223372036854775808e+18, None)
    """
    if s.isdigit() and len(s) < 19 and s.isascii():
        return int(s)
    match = _numeral().match(s)
    if match is None:
        return None
    sign, hexadecimal, hexadecimal_float, decimal, decimal_float = match.groups()
    if decimal is not None:
        digits = decimal if len(decimal) <= 19 else decimal.lstrip("0")
        if len(digits) <= 19:  # the length is asked first: int() of a long text takes quadratic time
            integer = int(sign + (digits or "0"))
            if MIN_INTEGER <= integer <= MAX_INTEGER:
                return integer
        return float(sign + decimal)
    if decimal_float is not None:
        return float(sign + decimal_float)
    if hexadecimal is not None:
        value = int(hexadecimal[-16:], 16)
        return wrap(-value if sign == "-" else value)
    try:
        return float.fromhex(sign + hexadecimal_float)
    except OverflowError:
        return -INF if sign == "-" else INF


_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_DIGITS = [_LETTERS[:base] + _LETTERS[10:base].upper() for base in range(37)]
"""The digits of each base."""

_DIGITS_AT_ONCE = 500  # int() takes quadratic time, and refuses some thousands
WHITE_SPACE = " \f\n\r\t\v"


def to_number_base(s: str, base: int) -> int | None:
    """The integer that `s` spells in `base` (2 to 36), wrapped around; None if it spells none.

    >>> to_number_base(" -7f ", 16), to_number_base("8", 8)
    (-127, None)
    """
    text = s.strip(WHITE_SPACE)
    negative = text.startswith("-")
    if negative or text.startswith("+"):
        text = text[1:]
    if not text or text.strip(_DIGITS[base]):
        return None
    value = 0
    for start in paced(range(0, len(text), _DIGITS_AT_ONCE)):
        piece = text[start : start + _DIGITS_AT_ONCE]
        value = (value * base ** len(piece) + int(piece, base)) & _MASK
    return wrap(-value if negative else value)


def number_text(x: Number) -> str:
    """What `tostring` makes of a number: "%d", or "%.14g" that always looks like a float.

    >>> number_text(10), number_text(10.0), number_text(0.1), number_text(-1e100)
    ('10', '10.0', '0.1', '-1e+100')
    """
    if x.__class__ is int:
        return str(x)
    text = f"{x:.14g}"
    if "." in text or "e" in text or "inf" in text:
        return text
    if "nan" in text:
        return "-nan" if math.copysign(1.0, x) < 0 else "nan"
    return text + ".0"


def float_to_integer(f: float) -> int | None:
    """The integer that equals `f`, or None where there is none within 64 bits."""
    if -9223372036854775808.0 <= f < 9223372036854775808.0:
        i = int(f)
        if i == f:
            return i
    return None


def to_integer(value: object) -> int | None:
    """The integer that `value` is, equals, or spells; None for everything else (as `lua_tointegerx`)."""
    if value.__class__ is str:
        value = to_number(value)
    if value.__class__ is int:
        return value
    if value.__class__ is float:
        return float_to_integer(value)
    return None


def int_floordiv(a: int, b: int) -> int:
    """`a // b` of integers."""
    if b == 0:
        raise Fault("attempt to divide by zero")
    return wrap(a // b)  # the one that leaves 64 bits is math.mininteger // -1


def int_mod(a: int, b: int) -> int:
    """`a % b` of integers: the result has the sign of `b`, as in Python."""
    if b == 0:
        raise Fault("attempt to perform 'n%0'")
    return a % b


def float_divide(a: Number, b: Number) -> float:
    """`a / b`: a float, and of floats alone: Python divides large integers more exactly than Lua does."""
    try:
        return float(a) / b
    except ZeroDivisionError:
        if a == 0 or math.isnan(a):
            return NAN
        return math.copysign(INF, a) * math.copysign(1.0, b)


def float_floordiv(a: Number, b: Number) -> float:
    """`a // b` of floats: the floor of the quotient. (Python takes the remainder away first: 1 // 0.1 is 9.0.)"""
    quotient = float_divide(float(a), float(b))
    if quotient - quotient != 0.0:  # inf or nan
        return quotient
    return quotient // 1.0  # unlike math.floor it stays a float, with -0.0


def float_mod(a: Number, b: Number) -> float:
    """`a % b` of floats: C's fmod, moved to the sign of `b`; a zero keeps the sign of `a`."""
    try:
        remainder = math.fmod(a, b)
    except ValueError:  # a is infinite or b is zero
        return NAN
    if remainder > 0:
        if b < 0:
            remainder += b
    elif remainder < 0 and b > 0:
        remainder += b
    return remainder


def power(a: Number, b: Number) -> float:
    """`a ^ b` as C's pow: Python's complex results are nan, its errors inf."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -INF if a < 0 and math.fmod(b, 2.0) != 0.0 else INF
    except ValueError:
        if a == 0:  # to a negative power
            return math.copysign(INF, a) if math.fmod(b, 2.0) in (1.0, -1.0) else INF
        return NAN


def shift_left(a: int, b: int) -> int:
    """`a << b` on 64 bits without sign; a negative `b` shifts to the right, which fills with zeros (manual §3.4.2)."""
    if b >= 0:
        return wrap(a << b) if b < 64 else 0
    return wrap((a & _MASK) >> -b) if b > -64 else 0
