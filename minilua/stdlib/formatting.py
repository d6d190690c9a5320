"""`string.format` (manual §6.4), conversion by conversion as C's printf does it.

A format is read once and kept. Where Python's `%` operator writes the same as C and every argument has just the type
that its conversion asks for, the whole format is one `%` operation.
"""

from __future__ import annotations

import math
import re
import sys
from typing import TYPE_CHECKING, Any, Callable

from minilua.errors import BadArgument, Fault
from minilua.limits import check, reserve
from minilua.stdlib.arguments import NO_VALUE, check_integer, check_number, check_string
from minilua.values import operations
from minilua.values.numbers import MIN_INTEGER

if TYPE_CHECKING:
    from minilua.values.numbers import Number

_MASK = 2**64 - 1
_MAX_SPECIFICATION = 22  # MAX_FORMAT less what PUC-Rio adds to a specification
_SHORT = 40  # PUC-Rio keeps one copy of a string of up to so many bytes
_LARGE = 2**16  # the size of text that `reserve` is asked for

# The flags, width and precision, and the character that follows.
_SPECIFICATION = re.compile(r"([-+#0 1-9.]*)(.?)", re.DOTALL)
_FIELDS = re.compile(r"([-+#0 ]*)([0-9]{0,2})(?:(\.)([0-9]{0,2}))?\Z")

# The flags that each conversion takes, and whether it takes a precision.
_FLAGS = {
    **dict.fromkeys("aAeEfgG", ("-+#0 ", True)),
    **dict.fromkeys("di", ("-+0 ", True)),
    **dict.fromkeys("oxX", ("-#0", True)),
    "u": ("-0", True),
    **dict.fromkeys("cp", ("-", False)),
    "s": ("-", True),
}

Convert = Callable[[Any, int], str]


def _check_specification(fields: str, conversion: str) -> tuple[str, int, int | None]:
    """The flags, width and precision of a specification that is valid for its conversion."""
    allowed, has_precision = _FLAGS[conversion]
    match = _FIELDS.match(fields)
    if match is not None:
        flags, width, dot, precision = match.groups()
        if not flags.strip(allowed) and (has_precision or not dot):
            return flags, int(width or 0), int(precision or 0) if dot else None
    raise Fault(f"invalid conversion specification: '%{fields}{conversion}'")


def _pad(sign: str, digits: str, flags: str, width: int) -> str:
    """A number's text in its width: zeros go after the sign, spaces before it."""
    if "-" in flags:
        return (sign + digits).ljust(width)
    if "0" in flags:
        return sign + digits.rjust(width - len(sign), "0")
    return (sign + digits).rjust(width)


def _sign_of(negative: bool, flags: str) -> str:
    return "-" if negative else "+" if "+" in flags else " " if " " in flags else ""


def _format_integer(n: int, conversion: str, flags: str, width: int, precision: int | None) -> str:
    if conversion in "di":
        sign = _sign_of(n < 0, flags)
        digits = str(abs(n))
    else:
        sign = ""
        n &= _MASK
        digits = str(n) if conversion == "u" else format(n, conversion)
    if precision is not None:
        digits = digits.rjust(precision, "0") if n or precision else ""
        flags = flags.replace("0", "")
    if "#" in flags:
        if conversion == "o":
            digits = digits if digits.startswith("0") else "0" + digits
        elif n:
            sign = "0" + conversion
    return _pad(sign, digits, flags, width)


def hexadecimal(x: float, precision: int | None = None, point: bool = False) -> str:
    """The digits of a finite number that is not negative, as "%a" writes them."""
    mantissa, exponent = math.frexp(x)
    if x == 0:
        bits, exponent = 0, 0
    elif exponent < -1021:  # subnormal
        bits, exponent = int(math.ldexp(x, 1074)), -1022
    else:
        bits, exponent = int(math.ldexp(mantissa, 53)), exponent - 1
    length = 13
    if precision is None:
        while length and bits & 15 == 0:
            bits >>= 4
            length -= 1
    elif precision < length:
        drop = 4 * (length - precision)
        half = 1 << drop - 1
        rest = bits & (2 * half - 1)
        bits >>= drop
        bits += rest > half or (rest == half and bits & 1)
        length = precision
    digits = f"{bits:0{length + 1}x}"
    fraction = digits[-length:] if length else ""
    if precision is not None:
        fraction = fraction.ljust(precision, "0")
    dot = "." if fraction or point else ""
    return f"0x{digits[: len(digits) - length]}{dot}{fraction}p{exponent:+d}"


def _format_float(x: Number, conversion: str, flags: str, width: int, precision: int | None) -> str:
    x = float(x)
    sign = _sign_of(math.copysign(1.0, x) < 0, flags)
    if x - x != 0:
        digits = "nan" if math.isnan(x) else "inf"
        flags = flags.replace("0", "")
    elif conversion in "aA":
        digits = hexadecimal(abs(x), precision, "#" in flags)
        if "0" in flags:
            sign, digits = sign + digits[:2], digits[2:]
    else:
        alternate = "#" if "#" in flags else ""
        digits = format(abs(x), f"{alternate}.{6 if precision is None else precision}{conversion}")
    text = _pad(sign, digits, flags, width)
    return text.upper() if conversion.isupper() else text


def _quote(match: re.Match[str]) -> str:
    character = match[0][0]
    if character in '"\\\n':
        return "\\" + match[0]
    followed_by_digit = len(match[0]) > 1
    return f"\\{ord(character):03d}{match[0][1]}" if followed_by_digit else f"\\{ord(character)}"


_QUOTED = re.compile(r'["\\\n]|[\x00-\x1f\x7f][0-9]?')


_QUOTED_AT_ONCE = 1 << 16


def _quoted(text: str) -> str:
    """The text between quotes, with escapes where a Lua string needs them."""
    if len(text) <= _QUOTED_AT_ONCE:
        return '"' + _QUOTED.sub(_quote, text) + '"'
    pieces = []
    size = 0
    start = 0
    while start < len(text):
        check()
        end = start + _QUOTED_AT_ONCE
        if text[end : end + 1].isdigit():
            end += 1  # it may belong to the escape before it
        pieces.append(_QUOTED.sub(_quote, text[start:end]))
        reserve(len(pieces[-1]))
        size += len(pieces[-1])
        start = end
    reserve(size)
    return '"' + "".join(pieces) + '"'


def literal(v: Any, n: int) -> str:
    """What "%q" makes of a value: text that reads as this value in Lua source."""
    if v.__class__ is str:
        return _quoted(v)
    if v.__class__ is int:
        return str(v) if v != MIN_INTEGER else "0x8000000000000000"
    if v.__class__ is float:
        if math.isnan(v):
            return "(0/0)"
        if math.isinf(v):
            return "1e9999" if v > 0 else "-1e9999"
        return _sign_of(math.copysign(1.0, v) < 0, "") + hexadecimal(abs(v))
    if v is None or v.__class__ is bool:
        return operations.tostring(v)
    raise BadArgument(n, "value has no literal form")


def _pointer(v: Any) -> str:
    """The identity of a value that has one."""
    if v is None or v.__class__ in (bool, int, float):
        return "(null)"
    if v.__class__ is str and len(v) <= _SHORT:
        v = sys.intern(v)
    return operations.address(v)


def _integer_conversion(fields: str, conversion: str) -> Convert:
    def convert(v: Any, n: int) -> str:
        integer = check_integer(v, n)
        return _format_integer(integer, conversion, *_check_specification(fields, conversion))

    return convert


def _float_conversion(fields: str, conversion: str) -> Convert:
    def convert(v: Any, n: int) -> str:
        if conversion in "aA":
            specification = _check_specification(fields, conversion)
            return _format_float(check_number(v, n), conversion, *specification)
        number = check_number(v, n)
        return _format_float(number, conversion, *_check_specification(fields, conversion))

    return convert


def _text_conversion(fields: str) -> Convert:
    def convert(v: Any, n: int) -> str:
        text = v if v.__class__ is str else operations.tostring(v)
        if "\0" in text:
            raise BadArgument(n, "string contains zeros")
        flags, width, precision = _check_specification(fields, "s")
        if precision is None and len(text) >= 100:
            return text
        text = text[:precision]
        return text.ljust(width) if "-" in flags else text.rjust(width)

    return convert if fields else lambda v, _n: v if v.__class__ is str else operations.tostring(v)


def _other_conversion(fields: str, conversion: str) -> Convert:
    def character(v: Any, n: int) -> str:
        flags, width, _ = _check_specification(fields, "c")
        text = chr(check_integer(v, n) & 255)
        return text.ljust(width) if "-" in flags else text.rjust(width)

    def pointer(v: Any, _n: int) -> str:
        flags, width, _ = _check_specification(fields, "p")
        text = _pointer(v)
        return text.ljust(width) if "-" in flags else text.rjust(width)

    def quoted(v: Any, n: int) -> str:
        if fields:
            raise Fault("specifier '%q' cannot have modifiers")
        return literal(v, n)

    def invalid(_v: Any, _n: int) -> str:
        shown = "" if conversion == "\0" else conversion  # where C's strings end
        raise Fault(f"invalid conversion '%{fields}{shown}' to 'format'")

    return {"c": character, "p": pointer, "q": quoted}.get(conversion, invalid)


def _conversion(fields: str, conversion: str) -> Convert:
    if len(fields) + 1 >= _MAX_SPECIFICATION:

        def too_long(_v: Any, _n: int) -> str:
            raise Fault("invalid format (too long)")

        return too_long
    if conversion and conversion in "diuoxX":
        return _integer_conversion(fields, conversion)
    if conversion and conversion in "aAeEfgG":
        return _float_conversion(fields, conversion)
    if conversion == "s":
        return _text_conversion(fields)
    return _other_conversion(fields, conversion)


class Format:
    """A format that was read.

    Attributes:
        template: the same for Python's `%` operator, if that can write it.
        types: the classes that the arguments must have for that.
        texts, floats, unsigned: the positions of the arguments that are strings and floats, and those of integers
            that must not be negative.
    """

    __slots__ = ("_pieces", "floats", "template", "texts", "types", "unsigned")

    def __init__(self, text: str) -> None:
        self._pieces: list[str | Convert] = []
        template = ""
        types: list[type] = []
        self.unsigned: list[int] = []
        simple = True
        at = 0
        while at < len(text):
            if not len(self._pieces) % 1000:
                check()
            percent = text.find("%", at)
            piece = text[at:] if percent < 0 else text[at:percent]
            self._pieces.append(piece)
            template += piece
            if percent < 0:
                break
            if text.startswith("%", percent + 1):
                self._pieces.append("%")
                template += "%%"
                at = percent + 2
                continue
            match = _SPECIFICATION.match(text, percent + 1)
            fields, conversion = match.groups()  # type: ignore[union-attr]
            at = percent + 1 + len(fields) + len(conversion)
            self._pieces.append(_conversion(fields, conversion))
            python_type = _same_in_python(fields, conversion)
            simple = simple and python_type is not None
            if python_type is not None:
                if conversion in "xX":
                    self.unsigned.append(len(types))
                types.append(python_type)
                template += f"%{fields}{conversion}"
        self.types = tuple(types) if simple else None
        self.template = template
        self.texts = [number for number, kind in enumerate(types) if kind is str]
        self.floats = [number for number, kind in enumerate(types) if kind is float]

    def write(self, arguments: tuple[Any, ...]) -> str:
        """The text with each conversion applied to its argument."""
        pieces: list[str] = []
        number = 0
        for piece in self._pieces:
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            number += 1
            if not number % 1000:
                check()
            if number > len(arguments):
                raise BadArgument(number + 1, "no value")
            pieces.append(piece(arguments[number - 1], number + 1))
        size = sum(map(len, pieces))
        if size > _LARGE:
            reserve(size)
        return "".join(pieces)


_POINT = "f" if format(1e60, ".0f") == "%.0f" % 1e60 else ""  # noqa: UP031  it is what is asked about
"""The conversion without exponent, where `%` does it for numbers of any size: PyPy's writes large ones as "%g"."""

# What C and Python write alike, given an argument of the class.
_ALIKE = re.compile(
    r"""(?P<int> (?:[-+\ ]*|[+\ ]*0[+\ ]*) (?:[1-9][0-9]?)? [di] | -?(?:[1-9][0-9]?)?[xX] | 0[1-9][0-9]?[xX] )
      | (?P<float> [-+\ ]* (?:[1-9][0-9]?)? (?:\.[0-9]{1,2})? [eEgGP] | 0[1-9][0-9]?(?:\.[0-9]{1,2})?[eEgGP] )
      | (?P<str> s )""".replace("P]", _POINT + "]"),
    re.VERBOSE,
)
_CLASSES = {"int": int, "float": float, "str": str}


def _same_in_python(fields: str, conversion: str) -> type | None:
    match = _ALIKE.fullmatch(fields + conversion)
    return _CLASSES[match.lastgroup or ""] if match else None


_CACHE_SIZE = 500
_LONGEST_KEPT = 1000
_cache: dict[str, Format] = {}


def _read(text: str) -> Format:
    """The format, kept in a cache that forgets the oldest."""
    known = Format(text)
    if len(text) <= _LONGEST_KEPT:
        if len(_cache) >= _CACHE_SIZE:
            del _cache[next(iter(_cache))]
        _cache[text] = known
    return known


def format_string(text: Any = NO_VALUE, *values: Any) -> str:
    """`string.format(formatstring, ...)`."""
    if text.__class__ is not str:
        text = check_string(text, 1)
    known = _cache.get(text) or _read(text)
    types = known.types
    if types is None:
        return known.write(values)
    if tuple(map(type, values)) != types:
        values = _adapted(values, types)
    size = 0
    for number in known.texts:
        size += len(values[number])
    for number in known.floats:
        x = values[number]
        if x - x != 0.0:  # inf and nan are not written alike
            return known.write(values)
    for number in known.unsigned:
        if values[number] < 0:
            return known.write(values)
    if size > _LARGE:
        reserve(size + len(text))
    return known.template % values


def _adapted(values: tuple[Any, ...], types: tuple[type, ...]) -> tuple[Any, ...]:
    """The arguments converted to the types that the conversions ask for."""
    adapted: list[Any] = []
    for number, kind in enumerate(types):
        if number >= len(values):
            raise BadArgument(number + 2, "no value")
        value = values[number]
        if kind is str:
            adapted.append(value if value.__class__ is str else operations.tostring(value))
        elif kind is int:
            adapted.append(value if value.__class__ is int else check_integer(value, number + 2))
        else:
            adapted.append(float(check_number(value, number + 2)))
    return tuple(adapted)
