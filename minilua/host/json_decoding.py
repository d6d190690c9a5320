"""JSON text to Lua values, with nothing in between: what the decoder of Python's library makes becomes the tables.

A Lua string is the bytes of UTF-8, each a character, and none of JSON's own characters is beyond ASCII: so the text
is decoded as it is, and its strings are Lua's already once its escapes are. The dicts and lists that come of it
belong to nobody else: they are not copied, they become the parts of the tables.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from itertools import accumulate
from json.decoder import JSONDecoder
from typing import Any, Match

from minilua.convert import CONTAINERS, text_to_lua, text_to_python
from minilua.errors import Fault
from minilua.garbage import Uncollected
from minilua.host.json_text import without_surrogates
from minilua.limits import IS_PYPY, is_bounded, paced, reserve
from minilua.values import operations
from minilua.values.table import EMPTY, Table, trim

#: How deeply JSON text may be nested: PHP's limit, which scripts of this kind were written against.
DEEPEST = 512

_NO_BRACKETS_OR_QUOTES = bytes(set(range(256)) - set(b'[]{}"'))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}

#: Where an integer of 19 digits starts, once all digits are zeros: one of fewer fits into 64 bits.
_LONG_INTEGERS = [before + b"0" * 19 for before in (b":", b",", b"[", b"-", b" ", b"\t", b"\n", b"\r")]
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")

#: About what a table occupies, and a value in it, for the memory budget.
BYTES_PER_CONTAINER = 350
BYTES_PER_VALUE = 64

#: What an escape may become on its way, where decoders are written in Python and in C.
BYTES_PER_ESCAPE = 200 if IS_PYPY else 40

#: Escapes of characters beyond ASCII, all that follow one another: two may be the halves of one character.
_ESCAPES = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}(?:\\u(?!00[0-7])[0-9a-fA-F]{4})*")


def decode(text: Any = None, *_: Any) -> Any:
    """Return what JSON text says, a Lua function: objects and arrays as tables, null as nil."""
    if text.__class__ is not str:
        raise Fault(f"json.decode: expected string, got {operations.type_name(text)}")
    raw = text.encode("latin-1")
    containers = raw.count(b"[") + raw.count(b"{")
    reserve(3 * len(raw))
    if containers > DEEPEST and _depth(raw) > DEEPEST:
        raise Fault(f"json.decode: nested more than {DEEPEST} levels deep")
    if is_bounded():
        values, escapes = raw.count(b","), raw.count(b"\\") + 3 * raw.count(b"\\u")
        reserve(BYTES_PER_CONTAINER * containers + BYTES_PER_VALUE * values + BYTES_PER_ESCAPE * escapes)
    zeros = b" " + raw.translate(_DIGITS_AS_ZEROS)
    is_long = b"0" * 19 in zeros and any(start in zeros for start in _LONG_INTEGERS)
    decoder = _exact if is_long else _plain
    try:
        with Uncollected():
            data = decoder.decode(_ESCAPES.sub(_unescaped, text) if "\\u" in text else text)
            return _table(data) if data.__class__ in CONTAINERS else data
    except (ValueError, RecursionError):
        raise Fault(f"json.decode: {text_to_lua(_failure(text_to_python(text)))}") from None


def _table(data: Any) -> Table:
    """The table that a list or a dict turns into, and those in it."""
    table: Any = Table()
    if data.__class__ is dict:
        for key, value in data.items():
            kind = value.__class__
            if kind is not str and (kind is dict or kind is list):
                data[key] = _table(value)
        table.__dict__ = table.λhash = data
        table.λarray = EMPTY
        return table  # type: ignore[no-any-return]
    data.insert(0, None)
    for position, value in enumerate(data):
        kind = value.__class__
        if kind is not str and (kind is dict or kind is list):
            data[position] = _table(value)
    table.__dict__ = table.λhash = {}
    table.λarray = data if len(data) > 1 else EMPTY
    if data[-1] is None:
        trim(table)
    return table  # type: ignore[no-any-return]


def _failure(text: str) -> str:
    """What is wrong with a text, its places counted in characters."""
    try:
        _exact.decode(text)
    except (ValueError, RecursionError) as error:
        return str(error)
    raise AssertionError(text)


def _unescaped(match: Match[str]) -> str:
    start = backslash = match.start()
    while backslash > 0 and match.string[backslash - 1] == "\\":
        backslash -= 1
    if (start - backslash) % 2:  # the first one is no escape: its backslash is itself escaped
        return match[0][:6] + _characters(match[0][6:])
    return _characters(match[0])


def _characters(escapes: str) -> str:
    known = _known_characters if len(escapes) <= LONGEST_KEPT else _known_characters.__wrapped__
    return known(escapes)


#: The longest escapes in a row that are kept for the next text.
LONGEST_KEPT = 60


@lru_cache(maxsize=1024)
def _known_characters(escapes: str) -> str:
    return text_to_lua(without_surrogates(json.loads(f'"{escapes}"')))


def _integer(digits: str) -> Any:
    if len(digits) > 20:
        return float(digits)
    value = int(digits)
    return value if -(2**63) <= value < 2**63 else float(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_plain = JSONDecoder(parse_constant=_no_constant)
_exact = JSONDecoder(parse_constant=_no_constant, parse_int=_integer)


def _depth(text: bytes) -> int:
    """How deeply the brackets outside of strings are nested, found by few passes at the speed of C."""
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    text = text.translate(None, _NO_BRACKETS_OR_QUOTES)
    text = text.replace(b'""', b"")  # with what has no brackets in it, most strings go
    left = brackets = b"".join(text.split(b'"')[::2])
    for levels in range(16):
        if not left:
            return levels
        left = left.replace(b"[]", b"").replace(b"{}", b"")
    return max(accumulate(map(_STEPS.__getitem__, paced(brackets))))
