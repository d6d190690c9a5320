"""The text of values for `print`, `tostring` and `dump`: tables show what they hold.

A table reads as `[ ... ]` when it is an array, else as `{ key: value }`, one item a line; `{}` when it is empty and
`<circular>` where it contains itself. A metatable's `__tostring` and `__name` count as they do in Lua.

The functions here are Lua's own kind: they take and give Lua's strings, bytes in all but name, so that what a script
prints is converted once and not value by value.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Set

from minilua.convert import text_to_python
from minilua.errors import BadArgument, Fault
from minilua.host.data import is_sequence
from minilua.limits import check, paced, reserve, wrote
from minilua.stdlib.arguments import NO_VALUE
from minilua.values import operations
from minilua.values.table import BaseTable, walk

#: How deep the text goes: below that stands `...`.
DEEPEST = 100

#: The longest text in bytes. Tables can share parts, so that a small table may stand for a huge text.
LONGEST = 10_000_000


def library(write: Callable[[str], object]) -> Dict[str, Callable[..., Any]]:
    """Return `print`, `tostring` and `dump`, the first and the last writing to `write`."""

    def print(*values: Any) -> Any:
        texts = [value if value.__class__ is str else text(value) for value in values]
        reserve(2 * sum(map(len, texts)))
        line = "\t".join(texts) + "\n"
        wrote(len(line))
        write(line if line.isascii() else text_to_python(line))
        return ()

    def tostring(value: Any = NO_VALUE, *_: Any) -> str:
        if value is NO_VALUE:
            raise BadArgument(1, "value expected")
        return text(value)

    def dump(value: Any = None, *_: Any) -> Any:
        print(value)
        return value

    return {"print": print, "tostring": tostring, "dump": dump}


def text(value: Any) -> str:
    """Return the text of a Lua value as a Lua string."""
    if isinstance(value, BaseTable):
        return _Writing().text(value)
    return operations.tostring(value)


class _Writing:
    """One table on its way to text."""

    def __init__(self) -> None:
        self._around: Set[int] = set()  # the ids of the tables that the text is inside of
        self._parts: List[str] = []
        self._length = 0

    def text(self, table: BaseTable) -> str:
        self._table(table, "\n")
        reserve(self._length)
        return "".join(self._parts)

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            raise Fault(f"table too large to show: its text has more than {LONGEST} bytes")
        self._parts.append(text)

    def _table(self, table: BaseTable, newline: str) -> None:
        metatable = table.λmetatable
        if metatable is not None and ("__tostring" in metatable.λhash or "__name" in metatable.λhash):
            self._write(operations.tostring(table))
            return
        if id(table) in self._around:
            self._write("<circular>")
            return
        if len(self._around) >= DEEPEST:
            self._write("...")
            return
        check()
        pairs = list(paced(walk(table)))
        if not pairs:
            self._write("{}")
            return
        self._around.add(id(table))
        inner = newline + "  "
        sequence = is_sequence(pairs)
        before = ("[" if sequence else "{") + inner
        for key, value in paced(pairs):
            self._write(before if sequence else f"{before}{operations.tostring(key)}: ")
            if isinstance(value, BaseTable):
                self._table(value, inner)
            else:
                self._write(value if value.__class__ is str else operations.tostring(value))
            before = "," + inner
        self._write(newline + ("]" if sequence else "}"))
        self._around.remove(id(table))
