"""The `utf8` library (manual §6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, List

from minilua.errors import BadArgument, Fault
from minilua.limits import PACE, POINTER, check, paced, reserve
from minilua.stdlib.arguments import NO_VALUE, check_integer, check_string, opt_integer
from minilua.values.numbers import to_integer
from minilua.values.utf8 import continues, decode, encode

if TYPE_CHECKING:
    from minilua.runtime import LuaRuntime

CHARPATTERN = "[\0-\x7f\xc2-\xfd][\x80-\xbf]*"
MAX_CODE = 0x7FFFFFFF
_MAX_RESULTS = 999_900  # what fits on PUC-Rio's stack


PIECE_SIZE = 64
"""About how many bytes the text of one code point takes before it is joined to others."""


def char(*codes: Any) -> str:
    """`utf8.char(...)`."""
    values: Iterable[Any] = codes
    if len(codes) > PACE:
        reserve(PIECE_SIZE * len(codes))
        values = paced(codes)
    pieces = []
    for n, value in enumerate(values, 1):
        code = check_integer(value, n)
        if not 0 <= code <= MAX_CODE:
            raise BadArgument(n, "value out of range")
        pieces.append(encode(code))
    return "".join(pieces)


def _position(position: int, length: int) -> int:
    """A position that counts from the end if negative; 0 for one before the beginning."""
    if position >= 0:
        return position
    return length + position + 1 if -position <= length else 0


def _truth(value: Any) -> bool:
    return value is not None and value is not False


def length(s: Any = NO_VALUE, i: Any = None, j: Any = None, lax: Any = None, *_: Any) -> Any:
    """`utf8.len(s [, i [, j [, lax]]])`."""
    s = check_string(s, 1)
    if i is None and j is None:
        if s.isascii():
            return len(s)
        if not _truth(lax):
            try:
                return len(s.encode("latin-1").decode("utf-8"))
            except UnicodeDecodeError:
                pass  # where, is found below
    at = _position(opt_integer(i, 2, 1), len(s)) - 1
    last = _position(opt_integer(j, 3, -1), len(s)) - 1
    if not 0 <= at <= len(s):
        raise BadArgument(2, "initial position out of bounds")
    if last >= len(s):
        raise BadArgument(3, "final position out of bounds")
    count = 0
    while at <= last:
        if not count & 1023:
            check()
        decoded = decode(s, at, _truth(lax))
        if decoded is None:
            return None, at + 1
        at = decoded[1]
        count += 1
    return count


def codepoint(s: Any = NO_VALUE, i: Any = None, j: Any = None, lax: Any = None, *_: Any) -> Any:
    """`utf8.codepoint(s [, i [, j [, lax]]])`."""
    s = check_string(s, 1)
    first = _position(opt_integer(i, 2, 1), len(s))
    last = _position(opt_integer(j, 3, first), len(s))
    if first < 1:
        raise BadArgument(2, "out of bounds")
    if last > len(s):
        raise BadArgument(3, "out of bounds")
    if last - first >= _MAX_RESULTS:
        raise Fault("stack overflow (string slice too long)")
    results: List[int] = []
    at = first - 1
    while at < last:
        if not len(results) & 1023:
            reserve(1024 * 2 * POINTER)
        decoded = decode(s, at, _truth(lax))
        if decoded is None:
            raise Fault("invalid UTF-8 code")
        results.append(decoded[0])
        at = decoded[1]
    return results[0] if len(results) == 1 else tuple(results)


def _iterator(lax: bool) -> Callable[..., Any]:
    def codes_iterator(s: Any = NO_VALUE, i: Any = None, *_: Any) -> Any:
        s = check_string(s, 1)
        at = to_integer(i) or 0
        if at < 0:
            return ()
        while continues(s, at):
            at += 1
        if at >= len(s):
            return ()
        decoded = decode(s, at, lax)
        if decoded is None or continues(s, decoded[1]):
            raise Fault("invalid UTF-8 code")
        return at + 1, decoded[0]

    return codes_iterator


_strict_iterator = _iterator(False)
_lax_iterator = _iterator(True)


def codes(s: Any = NO_VALUE, lax: Any = None, *_: Any) -> Any:
    """`utf8.codes(s [, lax])`."""
    s = check_string(s, 1)
    if continues(s, 0):
        raise BadArgument(1, "invalid UTF-8 code")
    return _lax_iterator if _truth(lax) else _strict_iterator, s, 0


def offset(s: Any = NO_VALUE, n: Any = NO_VALUE, i: Any = None, *_: Any) -> Any:
    """`utf8.offset(s, n [, i])`."""
    s = check_string(s, 1)
    n = check_integer(n, 2)
    at = _position(opt_integer(i, 3, 1 if n >= 0 else len(s) + 1), len(s)) - 1
    if not 0 <= at <= len(s):
        raise BadArgument(3, "position out of bounds")
    if n == 0:
        while at > 0 and continues(s, at):
            at -= 1
        return at + 1
    if continues(s, at):
        raise Fault("initial position is a continuation byte")
    if n < 0:
        while n < 0 and at > 0:
            at -= 1
            while at > 0 and continues(s, at):
                at -= 1
            n += 1
            if not n & 1023:
                check()
    else:
        n -= 1
        while n > 0 and at < len(s):
            at += 1
            while continues(s, at):
                at += 1
            n -= 1
            if not n & 1023:
                check()
    return at + 1 if n == 0 else None


def library(_runtime: LuaRuntime) -> dict[str, object]:
    """The names of the `utf8` table."""
    return {
        "char": char,
        "charpattern": CHARPATTERN,
        "codepoint": codepoint,
        "codes": codes,
        "len": length,
        "offset": offset,
    }
