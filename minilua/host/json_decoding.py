"""JSON text to Lua values, with nothing in between: what the decoder of Python's library makes becomes the tables.

A Lua string is the bytes of UTF-8, each a character, and none of JSON's own characters is beyond ASCII: so the text
is decoded as it is, and its strings are Lua's already once its escapes are. The dicts and lists that come of it
belong to nobody else: they are not copied, they become the parts of the tables.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from json.decoder import JSONDecoder
from typing import Any, Match

from minilua.convert import CONTAINERS, text_to_lua, text_to_python
from minilua.errors import Fault
from minilua.garbage import Uncollected
from minilua.host.json_text import without_surrogates
from minilua.limits import IS_PYPY, is_bounded, reserve
from minilua.values import operations
from minilua.values.numbers import MAX_INTEGER, MIN_INTEGER
from minilua.values.table import EMPTY, Table, trim

#: How deeply JSON text may be nested: PHP's limit, which scripts of this kind were written against.
DEEPEST = 512

#: About what a list or dict occupies, the table around it, and a value in it, for the memory budget.
BYTES_PER_CONTAINER = 100
BYTES_PER_TABLE = 250
BYTES_PER_VALUE = 250 if IS_PYPY else 64

#: What an escape may become on its way, where decoders are written in Python and in C.
BYTES_PER_ESCAPE = 200 if IS_PYPY else 40

#: Escapes of characters beyond ASCII, all that follow one another: two may be the halves of one character.
_ESCAPES = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}(?:\\u(?!00[0-7])[0-9a-fA-F]{4})*")


def decode(text: Any = None, *_: Any) -> Any:
    """Return what JSON text says, a Lua function: objects and arrays as tables, null as nil."""
    if text.__class__ is not str:
        raise Fault(f"json.decode: expected string, got {operations.type_name(text)}")
    reserve(3 * len(text))
    containers = 0
    if is_bounded():
        containers = _containers(text)
        values, escapes = text.count(","), text.count("\\") + 3 * text.count("\\u")
        reserve(BYTES_PER_CONTAINER * containers + BYTES_PER_VALUE * values + BYTES_PER_ESCAPE * escapes)
    try:
        with Uncollected():
            data = _parsed(_ESCAPES.sub(_unescaped, text) if "\\u" in text else text)
            reserve(BYTES_PER_TABLE * containers)
            return _table(data, 1) if data.__class__ in CONTAINERS else _number(data) if data.__class__ is int else data
    except RecursionError:
        if _containers(text) <= DEEPEST:  # it is the script that has called so deep
            raise
        raise _too_deep() from None
    except ValueError:
        raise Fault(f"json.decode: {text_to_lua(_failure(text_to_python(text)))}") from None


def _containers(text: str) -> int:
    """How many lists and dicts may come of a text, valid or not.

    What is never closed ends the decoding, at the latest where it is nested too deep.
    """
    return min(text.count("[") + text.count("{"), text.count("]") + text.count("}") + DEEPEST + 1)


def _too_deep() -> Fault:
    return Fault(f"json.decode: nested more than {DEEPEST} levels deep")


def _parsed(text: str) -> Any:
    """What Python's decoder makes of a text; PyPy's has no options in its own core."""
    try:
        if not IS_PYPY:
            return _decoder.decode(text)
        if "NaN" not in text and "Infinity" not in text:
            return json.loads(text)
    except ValueError:  # perhaps an integer of more digits than Python's `int` takes
        pass
    return _exact.decode(text)


def _table(data: Any, depth: int) -> Table:
    """The table that a list or a dict turns into, and those in it.

    One after the other as they stand in the text, which is how they lie in memory: level by level takes a fifth longer.
    """
    if depth > DEEPEST:
        raise _too_deep()
    table: Any = Table()
    if data.__class__ is dict:
        table.__dict__ = table.λhash = data
        table.λarray = EMPTY
    else:
        data.insert(0, None)
        table.__dict__ = table.λhash = {}
        table.λarray = data if len(data) > 1 else EMPTY
        if data[-1] is None:
            trim(table)
    for key, value in data.items() if data.__class__ is dict else enumerate(data):
        kind = value.__class__
        if kind is str:
            continue
        if kind is dict or kind is list:
            data[key] = _table(value, depth + 1)
        elif kind is int and not MIN_INTEGER <= value <= MAX_INTEGER:
            data[key] = _number(value)
    return table  # type: ignore[no-any-return]


def _number(value: int) -> Any:
    """An integer, or the float that is nearest where Lua has no such integer."""
    if MIN_INTEGER <= value <= MAX_INTEGER:
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _failure(text: str) -> str:
    """What is wrong with a text, its places counted in characters."""
    try:
        _exact.decode(text)
    except ValueError as error:
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
    return float(digits) if len(digits) > 20 else int(digits)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_decoder = JSONDecoder(parse_constant=_no_constant)
_exact = JSONDecoder(parse_constant=_no_constant, parse_int=_integer)
