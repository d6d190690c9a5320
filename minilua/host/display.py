"""The text of values for `print`, `tostring` and `dump`: tables show what they hold.

A table reads as `[ ... ]` when it is an array, else as `{ key: value }`, one item a line; `{}` when it is empty and
`<circular>` where it contains itself. A metatable's `__tostring` and `__name` count as they do in Lua.
"""

from __future__ import annotations

from typing import Any, Callable, List

from minilua import LuaTable
from minilua.host.data import is_sequence
from minilua.host.errors import HostError

#: How deep the text goes: below that stands `...`.
DEEPEST = 100

#: The longest text in characters. Tables can share parts, so that a small table may stand for a huge text.
LONGEST = 10_000_000


class Display:
    """The text of values; `tostring` is Lua's own, which serves for all that is not a plain table."""

    def __init__(self, tostring: Callable[[Any], str]) -> None:
        self._tostring = tostring

    def text(self, value: Any) -> str:
        """Return the text of a value."""
        kind = value.__class__
        if kind is str:
            return value  # type: ignore[no-any-return]
        if kind is int:
            return int.__repr__(value)
        if kind is not LuaTable:
            return self._tostring(value)
        return _Writing(self._tostring).text(value)


class _Writing:
    """One table on its way to text."""

    def __init__(self, tostring: Callable[[Any], str]) -> None:
        self._tostring = tostring
        self._open: List[LuaTable] = []
        self._parts: List[str] = []
        self._length = 0

    def text(self, table: LuaTable) -> str:
        self._value(table, "\n")
        return "".join(self._parts)

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            raise HostError(f"table too large to show: its text has more than {LONGEST} characters")
        self._parts.append(text)

    def _value(self, value: Any, newline: str) -> None:
        if value.__class__ is not LuaTable:
            self._write(value if value.__class__ is str else self._tostring(value))
            return
        metatable = value.metatable
        if metatable is not None and (metatable["__tostring"] is not None or metatable["__name"] is not None):
            self._write(self._tostring(value))
        elif value in self._open:
            self._write("<circular>")
        elif len(self._open) >= DEEPEST:
            self._write("...")
        else:
            self._table(value, newline)

    def _table(self, table: LuaTable, newline: str) -> None:
        items = list(table.items())
        if not items:
            self._write("{}")
            return
        self._open.append(table)
        inner = newline + "  "
        sequence = is_sequence(items)
        if sequence:
            items.sort(key=_key)
        before = ("[" if sequence else "{") + inner
        for key, value in items:
            self._write(before)
            if not sequence:
                self._write((key if key.__class__ is str else self._tostring(key)) + ": ")
            self._value(value, inner)
            before = "," + inner
        self._write(newline + ("]" if sequence else "}"))
        self._open.pop()


def _key(item: Any) -> Any:
    return item[0]
