"""Values across the boundary: Python's into Lua, and Lua's out (see "Values" in docs/architecture.md).

Text is UTF-8 on the Lua side. A Lua string that is not UTF-8 comes out with surrogate escapes, which go back in as
the bytes that they stand for, so nothing is lost on the way.
"""

from __future__ import annotations

import codecs
import math
import re
import sys
import weakref
from collections.abc import Mapping
from types import FunctionType

from .errors import Fault
from .host_calls import host_function
from .limits import IS_PYPY, check, paced, reserve
from .values import operations, utf8
from .values.coroutines import Coroutine
from .values.numbers import MAX_INTEGER, MIN_INTEGER
from .values.table import (
    EMPTY,
    BaseTable,
    PendingTable,
    next_pair,
    rawset,
    set_attribute,
    set_contents,
    set_metatable,
    set_side,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

    from .runtime import LuaRuntime

PLAIN = frozenset((type(None), bool, float))
"""The classes all of whose values are the same in Lua and in Python."""

CONTAINERS = frozenset((dict, list))
"""The classes that JSON-like data is made of, and what `Crossing.table` need not look at again."""


SURROGATES = re.compile("([\ud800-\udfff]+)")

ESCAPED_BYTES = "strict" if IS_PYPY else "surrogateescape"
"""How bytes that are no UTF-8 are encoded at once; PyPy's time for them grows with the square of their number."""


def text_to_lua(text: str) -> str:
    if text.isascii():
        return text
    reserve(WIDEST * len(text))
    try:
        return text.encode("utf-8", ESCAPED_BYTES).decode("latin-1")
    except UnicodeEncodeError:  # perhaps half a pair, which JSON can hold: the bytes that utf8.char makes of it
        reserve(PART_SIZE * len(text))
        parts = SURROGATES.split(text)
        for place in paced(range(len(parts))):
            part = parts[place]
            parts[place] = surrogates_to_lua(part) if place % 2 else part.encode().decode("latin-1")
        return "".join(parts)


def surrogates_to_lua(text: str) -> str:
    codes = paced(map(ord, text))
    return "".join([chr(code - 0xDC00) if 0xDC80 <= code <= 0xDCFF else utf8.encode(code) for code in codes])


def integer_to_lua(value: int) -> Union[int, float]:
    if MIN_INTEGER <= value <= MAX_INTEGER:
        return int(value)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


WIDEST = 4
"""How many bytes a character of text takes at most, be it in UTF-8 or in Python's memory."""


PART_SIZE = 60
"""About how many bytes a part of a text takes while it is joined."""

AT_ONCE = 1 << 16
"""How many bytes are decoded at once: PyPy takes long for those that are no UTF-8."""


def text_to_python(text: str) -> str:
    if text.isascii():
        return text
    reserve(WIDEST * len(text))
    if len(text) <= AT_ONCE:
        return text.encode("latin-1").decode("utf-8", "surrogateescape")
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    parts = []
    for start in range(0, len(text), AT_ONCE):
        check()
        parts.append(decoder.decode(text[start : start + AT_ONCE].encode("latin-1")))
    return "".join([*parts, decoder.decode(b"", True)])


class HostObject:
    """A Python object that Lua can hold and pass on, and look into only as an attribute filter allows."""

    __slots__ = ("λobject", "λruntime", "__weakref__")

    def __init__(self, object: Any, runtime: LuaRuntime) -> None:
        self.λobject = object
        self.λruntime = runtime

    def __eq__(self, other: object) -> bool:
        return other.__class__ is HostObject and other.λobject is self.λobject

    def __hash__(self) -> int:
        return id(self.λobject)


class LuaFunction:
    """A Lua function as Python sees it: call it.

    One result is returned as it is, several as a tuple, none as None. Raises LuaError when the function fails.
    """

    __slots__ = ("_function", "_runtime")

    def __init__(self, function: Any, runtime: LuaRuntime) -> None:
        self._function = function
        self._runtime = runtime

    def __call__(self, *arguments: Any) -> Any:
        runtime = self._runtime
        return runtime._enter(self._function, [runtime._to_lua(argument) for argument in arguments])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LuaFunction) and other._function is self._function

    def __hash__(self) -> int:
        return id(self._function)

    def __repr__(self) -> str:
        return f"<LuaFunction {operations.address(self._function)}>"


class LuaThread:
    """A Lua coroutine as Python sees it: something to hand back."""

    __slots__ = ("_coroutine",)

    def __init__(self, coroutine: Coroutine) -> None:
        self._coroutine = coroutine

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LuaThread) and other._coroutine is self._coroutine

    def __hash__(self) -> int:
        return id(self._coroutine)

    def __repr__(self) -> str:
        return f"<LuaThread {operations.address(self._coroutine)}>"


class LuaTable:
    """A Lua table as Python sees it.

    Keys and fields are read and written with `t[key]` and, for names, `t.name`; both respect metamethods. An absent
    key reads as None; storing None removes one. Iteration gives the keys, `len` the border.

    >>> t = LuaRuntime().table_from({"a": 1})
    >>> t.a, t["b"], list(t)
    (1, None, ['a'])
    """

    __slots__ = ("_runtime", "_table")
    _runtime: LuaRuntime
    _table: BaseTable

    def __init__(self, table: BaseTable, runtime: LuaRuntime) -> None:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_runtime", runtime)

    def __getitem__(self, key: Any) -> Any:
        runtime = self._runtime
        return runtime._enter(operations.index, [self._table, runtime._to_lua(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        runtime = self._runtime
        arguments = [self._table, runtime._to_lua(key), runtime._to_lua(value)]
        if self._table.λmetatable is None:  # nothing of a script's runs
            runtime._enter_unlimited(operations.setindex, arguments)
        else:
            runtime._enter(operations.setindex, arguments)

    def __delitem__(self, key: Any) -> None:
        self[key] = None

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "metatable":
            object.__setattr__(self, name, value)
        else:
            self[name] = value

    def __delattr__(self, name: str) -> None:
        self[name] = None

    def __len__(self) -> int:
        return int(self._runtime._enter(operations.size, [self._table]))

    def __contains__(self, key: Any) -> bool:
        return self[key] is not None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.keys())

    def _pairs(self) -> Iterator[Tuple[Any, Any]]:
        key = None
        while True:
            pair = next_pair(self._table, key)
            if pair is None:
                return
            key = pair[0]
            yield pair

    def keys(self) -> List[Any]:
        """The keys: those of the array part first, then in the order of insertion."""
        return [self._runtime._to_python(key) for key, _ in self._pairs()]

    def values(self) -> List[Any]:
        """The values, in the order of `keys`."""
        return [self._runtime._to_python(value) for _, value in self._pairs()]

    def items(self) -> List[Tuple[Any, Any]]:
        """The pairs of key and value, in the order of `keys`."""
        to_python = self._runtime._to_python
        return [(to_python(key), to_python(value)) for key, value in self._pairs()]

    @property
    def metatable(self) -> Optional[LuaTable]:
        """The table's metatable, or None; assign a LuaTable or None to set it."""
        metatable = self._table.λmetatable
        return None if metatable is None else LuaTable(metatable, self._runtime)

    @metatable.setter
    def metatable(self, value: Optional[LuaTable]) -> None:
        set_metatable(self._table, None if value is None else value._table)

    def to_python(self) -> Union[List[Any], Dict[Any, Any]]:
        """The table and all tables in it as lists and dicts.

        A table whose keys are exactly 1..n, n at least 1, is a list; any other a dict, `{}` when empty. What is one
        table in Lua is one list or dict here, wherever it stands.

        Raises:
            ValueError: if a table contains itself, or tables are nested more than 200 levels deep.
        """
        return Plain(self._runtime).form(self._table, 0)  # type: ignore[no-any-return]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LuaTable) and other._table is self._table

    def __hash__(self) -> int:
        return id(self._table)

    def __repr__(self) -> str:
        return f"<LuaTable {operations.address(self._table)}>"


DEEPEST = 200
"""How deeply tables may be nested that are to become lists and dicts: each level is one of Python's recursion."""


class Plain:
    """Tables as lists and dicts. Each is made once: a few tables that share parts may stand for a huge tree."""

    def __init__(self, runtime: LuaRuntime) -> None:
        self.runtime = runtime
        self.made: Dict[int, Any] = {}  # by the `id` of the table; None while it is being made

    def form(self, value: Any, depth: int) -> Any:
        if not isinstance(value, BaseTable):
            return self.runtime._to_python(value)
        if id(value) in self.made:
            known = self.made[id(value)]
            if known is None:
                raise ValueError("a table that contains itself has no plain form")
            return known
        if depth >= DEEPEST:
            raise ValueError(f"tables nested more than {DEEPEST} levels deep have no plain form")
        self.made[id(value)] = None
        depth += 1
        array = value.λarray
        fields = {key: item for key, item in value.λhash.items() if item is not None}
        result: Any
        if len(array) > 1 and not fields and array[0] is None and None not in array[1:]:
            result = [self.form(item, depth) for item in paced(array[1:])]
        else:
            items = enumerate(paced(array))
            result = {position: self.form(item, depth) for position, item in items if item is not None}
            for key, item in paced(fields.items()):
                result[self.runtime._to_python(key)] = self.form(item, depth)
        self.made[id(value)] = result
        return result


def to_python(value: Any, runtime: LuaRuntime) -> Any:
    """A Lua value as Python sees it."""
    kind = value.__class__
    if kind is str:
        return value if value.isascii() else text_to_python(value)
    if kind is int or kind in PLAIN:
        return value
    if isinstance(value, BaseTable):
        return LuaTable(value, runtime)
    if kind is FunctionType:
        return getattr(value, "λhost", None) or LuaFunction(value, runtime)
    if kind is HostObject:
        return value.λobject
    return LuaThread(value)


def to_lua(value: Any, runtime: LuaRuntime, crossing: Optional[Crossing] = None) -> Any:
    """A Python value as Lua sees it; `crossing` is that of the container that it is in."""
    kind = value.__class__
    if kind is str:
        return value if value.isascii() else text_to_lua(value)
    if kind in PLAIN:
        return value
    if isinstance(value, int):
        return integer_to_lua(value)
    if kind is LuaTable:
        return value._table
    if kind is LuaFunction:
        return value._function
    if kind is LuaThread:
        return value._coroutine
    if kind in CONTAINERS or isinstance(value, (dict, Mapping, list, tuple)):
        return (Crossing(runtime) if crossing is None else crossing).table(value)
    if isinstance(value, str):
        return text_to_lua(str(value))
    if isinstance(value, float):
        return float(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("latin-1")
    if callable(value) and not isinstance(value, type):
        return host_function(value, runtime._to_python, runtime._to_lua)
    return HostObject(value, runtime)


class Crossing:
    """One value's way from Python into Lua: containers become tables as Lua reads them.

    It is the origin of the tables that are pending, and so knows how to fill them (see `PendingTable`). A container
    that is met twice is one table, so a list that contains itself becomes such a table. The containers are kept, lest
    an `id` be given to another; their tables only as long as the script holds them, or they would hold each other
    through this until a garbage collection. Where it can be seen that a container is held by one other alone, it
    cannot be met twice.
    """

    __slots__ = ("made", "runtime")

    def __init__(self, runtime: LuaRuntime) -> None:
        self.runtime = runtime
        self.made: Dict[int, Tuple[Callable[[], Optional[BaseTable]], Any]] = {}

    def table(self, value: Any, held_once: int = -1) -> BaseTable:
        """The table of a container; `held_once` is how many references are seen here when one other holds it."""
        if references(value) == held_once:
            table = PendingTable()
            set_side(table, (self, value))
            return table
        known = self.made.get(id(value))
        made = None if known is None else known[0]()
        if made is not None:
            return made
        table = PendingTable()
        self.made[id(value)] = reference(table), value
        source = value if isinstance(value, (list, tuple)) or value.__class__ is dict else dict(value)
        set_side(table, (self, source))
        return table

    def field(self, table: PendingTable, source: Any, name: str) -> Any:
        """The field of a table that is pending, made and kept there; `name` is an ASCII name."""
        if source.__class__ is not dict:
            return None
        value: Any = source.get(name)
        kind = value.__class__
        if kind is str:
            if not value.isascii():
                value = text_to_lua(value)
        elif value is None:
            return None
        elif kind is int:
            if not -(2**30) < value < 2**30:
                value = integer_to_lua(value)
        elif kind in CONTAINERS:
            value = self.table(value, HELD_AS_FIELD)
        elif kind not in PLAIN:
            value = to_lua(value, self.runtime, self)
        set_attribute(table, name, value)
        return value

    def fill(self, table: PendingTable, source: Any) -> None:
        """Make a pending table whole."""
        if source.__class__ is dict:
            self._fill_with_pairs(table, source)
        else:
            set_contents(table, {}, self._array(source))

    def _array(self, source: Any) -> List[Any]:
        """The items of a sequence, with the place of t[0] before them."""
        array: List[Any] = [None, *source]
        for position, value in enumerate(array):
            kind = value.__class__
            if kind is str:
                if not value.isascii():
                    array[position] = text_to_lua(value)
            elif kind is int:
                if not -(2**30) < value < 2**30:
                    array[position] = integer_to_lua(value)
            elif kind in CONTAINERS:
                array[position] = self.table(value, HELD_AS_ITEM)
            elif kind not in PLAIN:
                array[position] = to_lua(value, self.runtime, self)
        return array

    def _fill_with_pairs(self, table: PendingTable, source: Dict[Any, Any]) -> None:
        hash = source.copy()
        for key, value in hash.items():
            if key.__class__ is not str or not key.isascii():
                break
            kind = value.__class__
            if kind is str:
                if not value.isascii():
                    hash[key] = text_to_lua(value)
            elif kind is int:
                if not -(2**30) < value < 2**30:
                    hash[key] = integer_to_lua(value)
            elif kind in CONTAINERS:
                hash[key] = self.table(value, HELD_AS_ITEM)
            elif kind not in PLAIN:
                hash[key] = to_lua(value, self.runtime, self)
        else:
            hash.update(table.__dict__)  # the fields that have been read already
            set_contents(table, hash, EMPTY)
            return
        # Other keys may stand for others in Lua, or for none.
        pairs = []
        for key, value in source.items():
            key = to_lua(key, self.runtime, self)
            if key is None or key != key:
                raise Fault("a key of a table cannot be None or NaN")
            pairs.append((key, to_lua(value, self.runtime, self)))
        pairs += table.__dict__.items()
        set_contents(table, {}, EMPTY)
        for key, value in pairs:
            rawset(table, key, value)


def complete(table: BaseTable) -> None:
    """Convert at once what is still to be converted of a table that was made from containers."""
    waiting: List[Any] = [table]
    while waiting:
        found = waiting.pop()
        waiting += [value for value in found.λarray if value.__class__ is PendingTable]
        waiting += [value for value in found.λhash.values() if value.__class__ is PendingTable]


class Witness(Crossing):
    """Counts the references that `table` sees to a container that one other holds."""

    __slots__ = ("seen",)

    def table(self, value: Any, held_once: int = -1) -> BaseTable:
        self.seen = references(value)
        return PendingTable()


HELD_AS_FIELD = HELD_AS_ITEM = -1  # not to be known
try:
    references: Callable[[Any], int] = sys.getrefcount
except AttributeError:  # PyPy does not count: any container may be met again, and cycles cost no more than others

    def references(value: Any) -> int:
        return 0

    def reference(table: BaseTable) -> Callable[[], Optional[BaseTable]]:
        return lambda: table

else:
    reference = weakref.ref  # type: ignore[assignment]
    witness = Witness(None)  # type: ignore[arg-type]
    witness.field(PendingTable(), {"": {}}, "")
    HELD_AS_FIELD = witness.seen
    witness._array([{}])
    HELD_AS_ITEM = witness.seen
