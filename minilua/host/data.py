"""Lua values as JSON-like data."""

from __future__ import annotations

from typing import Any, Callable, List

from minilua import LuaTable
from minilua.host.json_text import NotData

#: How deeply tables may be nested: what PHP's and most other JSON decoders take, and far from Python's own limits.
DEEPEST = 100

#: How many values one piece of data may hold. Tables can share parts, so that a small table may stand for a huge tree.
LARGEST = 2_000_000


def refuse(value: Any) -> Any:
    """Raise `NotData` for a value that is not data: what `to_data` does with functions unless told otherwise."""
    raise NotData(
        f"cannot encode {value}: JSON has no such number"
        if value.__class__ is float
        else f"cannot encode a {lua_type(value)}"
    )


def keep(value: Any) -> Any:
    """Return the value as it is, so that the receiver of the data can say what is wrong with it."""
    return value


def to_data(value: Any, other: Callable[[Any], Any] = refuse) -> Any:
    """Return a Lua value as lists, dicts and plain values.

    A table with exactly the keys 1..n is a list, and so is the empty table; any other is a dict, whose numeric keys
    become strings. `other` turns what is no data, a function or an infinite number, into something that is. Raises
    `NotData` for cycles, for keys that are neither strings nor numbers, and beyond `DEEPEST` and `LARGEST`.
    """
    return _Conversion(other).convert(value, 0)


class _Conversion:
    def __init__(self, other: Callable[[Any], Any]) -> None:
        self._other = other
        self._left = LARGEST
        self._open: List[LuaTable] = []

    def convert(self, value: Any, depth: int) -> Any:
        kind = value.__class__
        if kind is not LuaTable:
            plain = value is None or kind in (str, int, bool) or (kind is float and value - value == 0)
            return value if plain else self._other(value)
        if value in self._open:
            raise NotData("cannot encode a table that contains itself")
        if depth >= DEEPEST:
            raise NotData(f"cannot encode tables nested more than {DEEPEST} levels deep")
        items = list(value.items())
        self._left -= len(items)
        if self._left < 0:
            raise NotData(f"cannot encode more than {LARGEST} values")
        self._open.append(value)
        try:
            if is_sequence(items):
                return [self.convert(item, depth + 1) for _, item in sorted(items, key=_position)]
            return {self._key(key): self.convert(item, depth + 1) for key, item in items}
        finally:
            self._open.pop()

    def _key(self, key: Any) -> str:
        if key.__class__ in (int, float):
            return str(key)
        if key.__class__ is not str:
            raise NotData(f"cannot encode a table with {'a boolean' if key.__class__ is bool else 'such'} keys")
        return key  # type: ignore[no-any-return]


def _position(item: Any) -> Any:
    return item[0]


def is_sequence(items: List[Any]) -> bool:
    """Tell whether the key-value pairs of a table are those of an array: exactly the keys 1..n, or none."""
    keys = [key for key, _ in items]
    return all(key.__class__ is int and 0 < key <= len(keys) for key in keys)


def lua_type(value: Any) -> str:
    """Return Lua's name for the type of a value that a script passed."""
    if value is None:
        return "nil"
    names = {bool: "boolean", int: "number", float: "number", str: "string", LuaTable: "table"}
    return names.get(value.__class__, "function" if callable(value) else "userdata")
