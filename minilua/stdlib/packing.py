"""`string.pack`, `string.packsize` and `string.unpack` (manual §6.4.2), with the sizes of a 64-bit Linux."""

from __future__ import annotations

import struct
import sys
from typing import Any, NamedTuple

from minilua.errors import BadArgument, Fault
from minilua.limits import check, reserve
from minilua.stdlib.arguments import NO_VALUE, check_integer, check_number, check_string, opt_integer
from minilua.values.numbers import wrap

_MAX_INTEGER_SIZE = 16
_MAX_SIZE = 2**31 - 1
_MAX_RESULTS = 999_900  # what fits on PUC-Rio's stack
_NATIVE_ALIGNMENT = 8
_SIZES = {"b": 1, "h": 2, "l": 8, "j": 8, "i": 4}
_FLOATS = {"f": 4, "d": 8, "n": 8}


class Option(NamedTuple):
    """One option of a format, with the padding before it that alignment asks for."""

    kind: str  # "signed", "unsigned", "float", "chars", "string", "zero", "padding" or "nothing"
    size: int
    padding: int
    little: bool


class _Reader:
    """Reads the options of a format; what it knows of byte order and alignment changes as it goes."""

    def __init__(self, format: str) -> None:
        self._format = format.partition("\0")[0]  # a C string in PUC-Rio's hands
        self._at = 0
        self._little = sys.byteorder == "little"
        self._alignment = 1

    def more(self) -> bool:
        """Whether there is another option."""
        if not self._at & 255:
            check()
        return self._at < len(self._format)

    def _number(self, default: int) -> int:
        start = self._at
        number = 0
        while self._at < len(self._format) and self._format[self._at] in "0123456789":
            if self._at > start and number > (_MAX_SIZE - 9) // 10:
                break
            number = number * 10 + int(self._format[self._at])
            self._at += 1
        return number if self._at > start else default

    def _integer_size(self, default: int) -> int:
        size = self._number(default)
        if not 1 <= size <= _MAX_INTEGER_SIZE:
            raise Fault(f"integral size ({size}) out of limits [1,{_MAX_INTEGER_SIZE}]")
        return size

    def _option(self) -> tuple[str, int]:
        """The kind and the size of the next option."""
        letter = self._format[self._at]
        self._at += 1
        if letter in "iI":
            return ("signed" if letter == "i" else "unsigned"), self._integer_size(4)
        if letter in "bhlj":
            return "signed", _SIZES[letter]
        if letter in "BHLJ":
            return "unsigned", _SIZES[letter.lower()]
        if letter == "T":
            return "unsigned", 8
        if letter in "fdn":
            return "float", _FLOATS[letter]
        if letter == "s":
            return "string", self._integer_size(8)
        if letter == "c":
            size = self._number(-1)
            if size == -1:
                raise Fault("missing size for format option 'c'")
            return "chars", size
        if letter == "z":
            return "zero", 0
        if letter == "x":
            return "padding", 1
        if letter == "X":
            return "align", 0
        if letter == "!":
            self._alignment = self._integer_size(_NATIVE_ALIGNMENT)
        elif letter in "<>=":
            self._little = letter == "<" or (letter == "=" and sys.byteorder == "little")
        elif letter != " ":
            raise Fault(f"invalid format option '{letter}'")
        return "nothing", 0

    def next(self, position: int) -> Option:
        """The next option; `position` is where in the data it stands."""
        kind, size = self._option()
        alignment = size
        if kind == "align":
            kind = "nothing"
            following = self._option() if self.more() else ("chars", 0)
            alignment = following[1]
            if following[0] == "chars" or alignment == 0:
                raise BadArgument(1, "invalid next option for option 'X'")
        padding = 0
        if alignment > 1 and kind != "chars":
            alignment = min(alignment, self._alignment)
            if alignment & (alignment - 1):
                raise BadArgument(1, "format asks for alignment not power of 2")
            padding = -position & (alignment - 1)
        return Option(kind, size, padding, self._little)


def _integer_bytes(n: int, option: Option) -> bytes:
    size = option.size
    return (n & ((1 << 8 * size) - 1)).to_bytes(size, "little" if option.little else "big")


def _float_bytes(x: float, option: Option) -> bytes:
    code = ("<" if option.little else ">") + ("f" if option.size == 4 else "d")
    try:
        return struct.pack(code, x)
    except OverflowError:  # a double that is no C float becomes infinite
        return struct.pack(code, float("inf") if x > 0 else float("-inf"))


def _packed(option: Option, v: Any, n: int) -> str:
    """The bytes of one value."""
    kind, size = option.kind, option.size
    if kind in ("signed", "unsigned"):
        integer = check_integer(v, n)
        if size < 8:
            if kind == "signed":
                if not -(1 << 8 * size - 1) <= integer < 1 << 8 * size - 1:
                    raise BadArgument(n, "integer overflow")
            elif not 0 <= integer < 1 << 8 * size:
                raise BadArgument(n, "unsigned overflow")
        elif kind == "unsigned":
            integer &= 2**64 - 1
        return _integer_bytes(integer, option).decode("latin-1")
    if kind == "float":
        return _float_bytes(float(check_number(v, n)), option).decode("latin-1")
    text = check_string(v, n)
    if kind == "chars":
        if len(text) > size:
            raise BadArgument(n, "string longer than given size")
        reserve(size)
        return text.ljust(size, "\0")
    if kind == "string":
        if size < 8 and len(text) >= 1 << 8 * size:
            raise BadArgument(n, "string length does not fit in given size")
        return _integer_bytes(len(text), option).decode("latin-1") + text
    if "\0" in text:
        raise BadArgument(n, "string contains zeros")
    return text + "\0"


def pack(format: Any = NO_VALUE, *values: Any) -> str:
    """`string.pack(fmt, v1, v2, ...)`."""
    reader = _Reader(check_string(format, 1))
    pieces: list[str] = []
    position = 0
    number = 0
    while reader.more():
        option = reader.next(position)
        text = "\0" * option.padding
        if option.kind == "padding":
            text += "\0"
        elif option.kind != "nothing":
            text += _packed(option, values[number] if number < len(values) else None, number + 2)
            number += 1
        reserve(len(text))
        pieces.append(text)
        position += len(text)
    reserve(position)
    return "".join(pieces)


def packsize(format: Any = NO_VALUE, *_: Any) -> int:
    """`string.packsize(fmt)`."""
    reader = _Reader(check_string(format, 1))
    total = 0
    while reader.more():
        option = reader.next(total)
        if option.kind in ("string", "zero"):
            raise BadArgument(1, "variable-length format")
        size = option.size + option.padding
        if total > _MAX_SIZE - size:
            raise BadArgument(1, "format result too large")
        total += size
    return total


def _integer_of(data: str, option: Option, signed: bool) -> int:
    """The integer that the bytes of `data` are."""
    size = option.size
    order: Any = "little" if option.little else "big"
    raw = data.encode("latin-1")
    n = int.from_bytes(raw, order, signed=signed)
    if size > 8 and not (-(2**63) if signed else 0) <= n < 2**64:
        raise Fault(f"{size}-byte integer does not fit into Lua Integer")
    if size > 8 and signed and n >= 2**63:
        raise Fault(f"{size}-byte integer does not fit into Lua Integer")
    return wrap(n)


def unpack(format: Any = NO_VALUE, data: Any = NO_VALUE, init: Any = None, *_: Any) -> Any:
    """`string.unpack(fmt, s [, pos])`."""
    reader = _Reader(check_string(format, 1))
    data = check_string(data, 2)
    position = opt_integer(init, 3, 1)
    if position <= 0:
        position = 1 if position == 0 else max(len(data) + position + 1, 1)
    position -= 1
    if position > len(data):
        raise BadArgument(3, "initial position out of string")
    results: list[Any] = []
    while reader.more():
        option = reader.next(position)
        kind, size = option.kind, option.size
        if option.padding + size > len(data) - position:
            raise BadArgument(2, "data string too short")
        position += option.padding
        end = position + size
        if kind in ("signed", "unsigned"):
            results.append(_integer_of(data[position:end], option, kind == "signed"))
        elif kind == "float":
            code = ("<" if option.little else ">") + ("f" if size == 4 else "d")
            results.append(struct.unpack(code, data[position:end].encode("latin-1"))[0])
        elif kind == "chars":
            results.append(data[position:end])
        elif kind == "string":
            length = _integer_of(data[position:end], option, False) & (2**64 - 1)
            if length > len(data) - end:
                raise BadArgument(2, "data string too short")
            results.append(data[end : end + length])
            end += length
        elif kind == "zero":
            zero = data.find("\0", position)
            if zero < 0:
                raise BadArgument(2, "unfinished string for format 'z'")
            results.append(data[position:zero])
            end = zero + 1
        if len(results) > _MAX_RESULTS:
            raise Fault("stack overflow (too many results)")
        position = end
    return (*results, position + 1) if results else position + 1
