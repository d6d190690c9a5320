"""Lua values as JSON-like data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, List, Set, Tuple

from minilua import LuaTable
from minilua.convert import text_to_python, to_python
from minilua.host.json_text import NotData
from minilua.limits import check, paced, reserve
from minilua.values.table import BaseTable, walk

if TYPE_CHECKING:
    from minilua import LuaRuntime

#: How deeply tables may be nested: less than any JSON decoder takes.
DEEPEST = 100

#: How many values one piece of data may hold. Tables can share parts, so that a small table may stand for a huge tree.
LARGEST = 1_000_000

#: How many bytes its strings may have in all, wherever they stand: they can be shared as well.
LONGEST = 1 << 26

#: About what one value of data occupies, for the memory budget.
BYTES_PER_VALUE = 64


def refuse(value: Any) -> Any:
    """Raise `NotData` for a value that is not data: what `to_data` does with functions unless told otherwise."""
    if value.__class__ is float:
        raise NotData(f"cannot encode {value}: JSON has no such number")
    raise NotData(f"cannot encode a {lua_type(value)}")


def keep(value: Any) -> Any:
    """Return the value as it is, so that the receiver of the data can say what is wrong with it."""
    return value


def to_data(value: Any, other: Callable[[Any], Any] = refuse) -> Any:
    """Return a value that came out of Lua as lists, dicts and plain values.

    A table with exactly the keys 1..n is a list, and so is the empty table; any other is a dict, whose numeric keys
    become strings. `other` turns what is no data, a function or an infinite number, into something that is. Raises
    `NotData` for cycles, for keys that are neither strings nor numbers, and beyond `DEEPEST`, `LARGEST` and `LONGEST`.
    """
    if value.__class__ is LuaTable:
        return _Conversion(value._runtime, other).table(value._table, 0)
    return value if _is_plain(value) else other(value)


def _is_plain(value: Any) -> bool:
    kind = value.__class__
    return value is None or kind in (str, int, bool) or (kind is float and value - value == 0)


class _Conversion:
    """The conversion of one table, from Lua's own values: going through `LuaTable` takes many times as long."""

    def __init__(self, runtime: LuaRuntime, other: Callable[[Any], Any]) -> None:
        self._runtime = runtime
        self._other = other
        self._left = LARGEST
        self._room = LONGEST
        self._around: Set[int] = set()  # the ids of the tables that the conversion is inside of

    def table(self, table: BaseTable, depth: int) -> Any:
        if id(table) in self._around:
            raise NotData("cannot encode a table that contains itself")
        if depth >= DEEPEST:
            raise NotData(f"cannot encode tables nested more than {DEEPEST} levels deep")
        check()
        pairs = list(paced(walk(table)))
        self._left -= len(pairs)
        if self._left < 0:
            raise NotData(f"cannot encode more than {LARGEST} values")
        reserve(len(pairs) * BYTES_PER_VALUE)
        self._around.add(id(table))
        data: Any
        if is_sequence(pairs):
            data = [self._value(item, depth) for _, item in paced(pairs)]
        else:
            data = {self._key(key): self._value(item, depth) for key, item in paced(pairs)}
        self._around.remove(id(table))
        return data

    def _value(self, value: Any, depth: int) -> Any:
        if value.__class__ is str:
            return self._text(value)
        if isinstance(value, BaseTable):
            return self.table(value, depth + 1)
        return value if _is_plain(value) else self._other(to_python(value, self._runtime))

    def _text(self, text: str) -> str:
        self._room -= len(text)
        if self._room < 0:
            raise NotData(f"cannot encode more than {LONGEST} bytes of text")
        return text if text.isascii() else text_to_python(text)

    def _key(self, key: Any) -> str:
        if key.__class__ is str:
            return self._text(key)
        if key.__class__ in (int, float):
            return str(key)
        raise NotData("cannot encode a table with keys that are neither strings nor numbers")


def is_sequence(pairs: List[Tuple[Any, Any]]) -> bool:
    """Tell whether pairs are those of an array, exactly the keys 1..n or none, and put them in that order."""
    for position, (key, _) in enumerate(pairs, 1):
        if key.__class__ is not int or key != position:
            break
    else:
        return True
    if not all(key.__class__ is int and 0 < key <= len(pairs) for key, _ in pairs):
        return False
    pairs.sort(key=_first)  # an array that was filled in another order
    return True


def _first(pair: Tuple[Any, Any]) -> Any:
    return pair[0]


def lua_type(value: Any) -> str:
    """Return Lua's name for the type of a value that came out of Lua."""
    if value is None:
        return "nil"
    names = {bool: "boolean", int: "number", float: "number", str: "string", LuaTable: "table"}
    return names.get(value.__class__, "function" if callable(value) else "userdata")
