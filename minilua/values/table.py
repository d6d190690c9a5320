"""The table, and the class that a metatable gives to the tables that carry it.

Layout. A table is a Python object whose instance `__dict__` is an ordinary dict that also stands in the slot
`λhash`: a field with a constant name is Python's own attribute access (`t.name`), any other key goes through
`t.λhash`. The values of 1..n are a list in `λarray`, at their own index: `λarray[0]` holds t[0], so the integers
0 and 1 are never keys of the dict, where they would meet `false` and `true`. Some may be None: what was taken out,
or was missing when more than half were there (`gather`); in a table with a metatable none is. A table without such
values shares the tuple `EMPTY`, which refuses to be written.

Names with `λ` in them belong to the runtime. A Lua string has one character a byte, none above U+00FF, so no key
of a script can ever be spelled like one of them. Names that start with two underscores mean something to Python;
generated code never uses them as attributes, it asks `operations.index`.

A field that is absent is nil: the class `Table` answers None for every name that a program uses as a constant
field (`register_names`, `NAMES_ON_CLASSES`). A metatable is a subclass (`metatable_class`): what its `__index`
reaches is mirrored in the subclass, so a method is found by Python's own lookup; tables that are mirrored from are
`observed`, and a store into them mends the mirrors.
"""

from __future__ import annotations

import sys
import threading
import weakref
from collections import deque
from itertools import count, islice
from types import FunctionType

from ..errors import LuaError, OperandError
from ..recursion import IS_WASM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Deque, Dict, Iterator, List, Optional, Tuple

EMPTY: Any = (None,)
"""The array part of a table that has none."""

set_attribute = object.__setattr__


class Side:
    """What only few tables have: their part in other tables' lookups, and the order of a walk with `next`."""

    __slots__ = ("dependents", "keys", "last", "metaclass", "number", "places", "plain_class", "watcher")

    def __init__(self) -> None:
        self.metaclass: Optional[type] = None  # the class of the tables that have this one as metatable
        self.plain_class: Any = None  # the same if there is nothing to be done with its tables but to make them
        self.dependents: "weakref.WeakSet[type]" = weakref.WeakSet()  # classes that mirror this table
        self.number = 0  # among the tables with finalizers, in the order in which they got them
        self.keys: List[Any] = []
        self.places: Dict[Any, int] = {}
        self.watcher: Optional[Callable[[str], None]] = None  # called with each field that is assigned
        self.last = 0  # the place in the array part that the walk has come to


class Ordered:
    """A value whose order metamethods decide, also where generated code leaves it to Python's operators."""

    __slots__ = ()

    def __lt__(self, other: Any) -> bool:
        from .operations import less_than

        return less_than(self, other)

    def __le__(self, other: Any) -> bool:
        from .operations import less_equal

        return less_equal(self, other)

    def __gt__(self, other: Any) -> bool:
        from .operations import less_than

        return less_than(other, self)

    def __ge__(self, other: Any) -> bool:
        from .operations import less_equal

        return less_equal(other, self)


class BaseTable(Ordered):
    """What all tables are; a name that no subclass answers is looked up by the rules of metatables."""

    __slots__ = ("__dict__", "__weakref__", "λarray", "λhash", "λside")

    λhash: Dict[Any, Any]
    λarray: Any
    λside: Side

    λmetatable: Optional[BaseTable] = None
    λobserved = False
    λis_weak = False
    λis_special = False  # weak, or with a finalizer
    λis_replaceable = False  # what is left for another class has nothing more to do

    def __call__(self, *arguments: Any) -> Any:
        handler = None if self.λmetatable is None else self.λmetatable.λhash.get("__call")
        if IS_WASM:  # whose stack is used up by calls that come from Python's own operations
            from ..recursion import c_level
            from .operations import call

            with c_level:
                return call(handler or self, *((self, *arguments) if handler else arguments))
        if handler.__class__ is FunctionType:
            return handler(self, *arguments)
        from .operations import callee

        handler, arguments = callee(self, arguments)
        return handler(*arguments)


class Table(BaseTable):
    """A table without a metatable."""

    __slots__ = ()
    λis_replaceable = True


def absent_field(table: Any, name: str) -> Any:
    """What `t.name` is where `t` has no such field, and its `__index` is not only tables."""
    if table.__class__ is PendingTable:
        origin, source = table.λside  # type: ignore[misc]
        return origin.field(table, source, name)  # type: ignore[has-type]
    from .operations import index

    return None if table.λarray is STAND_IN else index(table, name)


class Absent:
    """The descriptor behind a name that an instance lacks."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, table: Any, owner: type) -> Any:
        return absent_field(table, self.name)


def stand_in(metatable: Optional[BaseTable]) -> Table:
    """A table whose attributes are the fields that `metatable` gives by tables alone, for values of other types.

    A field that takes a function to find is None: it wants the value itself.
    """
    table = new_table()
    set_attribute(table, "λarray", STAND_IN)
    set_metatable(table, metatable)
    return table


STAND_IN: Tuple[Any, ...] = tuple([None])  # noqa: C409  a literal would be the same object as `EMPTY`


names_in_use: Dict[str, int] = {}
"""How many chunks read a name as an attribute."""

names_given_up: Deque[Tuple[str, ...]] = deque()
"""The names of the chunks that are gone, to be taken from `names_in_use`."""

NAMES_ON_CLASSES = sys.implementation.name != "cpython" or not (3, 12) <= sys.version_info < (3, 14)
"""Whether these names are attributes of the classes, which is how a table that lacks one answers fastest.

CPython 3.12 and 3.13 read and store a field of an instance in three times the time where its class has the name too, so
there the classes have a `__getattr__`, which takes three times as long only for what is absent.
"""


def absent_name(table: BaseTable, name: str) -> Any:
    if name not in names_in_use:
        raise AttributeError(name)
    return absent_field(table, name)


if not NAMES_ON_CLASSES:

    def nothing(table: Table, name: str) -> None:
        if name not in names_in_use:
            raise AttributeError(name)

    Table.__getattr__ = nothing  # type: ignore[attr-defined]
    BaseTable.__getattr__ = absent_name  # type: ignore[attr-defined]

registering = threading.Lock()

MOST_GIVEN_UP = 500
"""How many chunks may be gone before their names are: each change of the classes makes Python forget what it knew."""


def register_names(names: Tuple[str, ...], chunk: object) -> None:
    """Make `t.name` answer nil, or what a metatable says, on tables that lack the field, as long as a chunk lives."""
    with registering:
        for name in names:
            if name not in names_in_use:
                names_in_use[name] = 0
                if NAMES_ON_CLASSES:
                    setattr(BaseTable, name, Absent(name))
                    setattr(Table, name, None)
            names_in_use[name] += 1
        if len(names_given_up) > MOST_GIVEN_UP:
            forget_names()
    weakref.finalize(chunk, names_given_up.append, names).atexit = False


def forget_names() -> None:
    """Scripts that are loaded without end would fill the classes with names."""
    while names_given_up:
        for name in names_given_up.popleft():
            names_in_use[name] -= 1
            if not names_in_use[name]:
                del names_in_use[name]
                if NAMES_ON_CLASSES:
                    delattr(BaseTable, name)
                    delattr(Table, name)


# ---------------------------------------------------------------- making


def new_table(hash: Optional[Dict[Any, Any]] = None, items: Optional[List[Any]] = None) -> Table:
    """A table of fields (string keys, or others that are not 0, 1 or a float) and of the values t[1], t[2] ..."""
    table = Table()
    table.__dict__ = table.λhash = {} if hash is None else hash
    if items:
        array = [None]
        array += items
        table.λarray = array
        if array[-1] is None:
            trim(table)
    else:
        table.λarray = EMPTY
    return table


def make_record(hash: Dict[Any, Any]) -> Table:
    table = Table()
    table.__dict__ = table.λhash = hash
    table.λarray = EMPTY
    return table


def make_array(array: List[Any]) -> Table:
    """A table of a list that starts with the place of t[0] and has at least one value more."""
    table = Table()
    table.__dict__ = table.λhash = {}
    table.λarray = array
    if array[-1] is None:
        trim(table)
    return table


def make_table(hash: Dict[Any, Any], array: List[Any]) -> Table:
    table = Table()
    table.__dict__ = table.λhash = hash
    table.λarray = array
    if array[-1] is None:
        trim(table)
    return table


def set_items(table: BaseTable, values: Tuple[Any, ...]) -> None:
    """The positional fields of a constructor that has others as well: as long as they are many, with holes or not."""
    hash = table.λhash
    for position in range(2, len(values) + 1):
        hash.pop(position, None)
    before = table.λarray
    table.λarray = array = [before[0], *values, *before[len(values) + 1 :]]
    if array[-1] is None:
        trim(table)
    if hash and len(array) > 1:  # to the dict, 1 would be the same as true
        settle(table)


def trim(table: BaseTable) -> None:
    """The last value of the array part is never nil, so that its length is a border."""
    array = table.λarray
    if array.__class__ is list:
        while len(array) > 1 and array[-1] is None:
            array.pop()


# ---------------------------------------------------------------- tables that are filled as they are read


class PendingTable(BaseTable):
    """A table whose contents still are the host's. It turns into a `Table` when more than a field of it is asked for.

    Of the slots of a `Table` it has `λside` alone, a pair: where it is from, which knows how to make its `field` and
    to `fill` it, and what it is to be made from. Its attributes are the fields that have been read so far.
    """

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name == "λhash" or name == "λarray":
            touch(self)
            return getattr(self, name)
        return absent_name(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        touch(self)
        setattr(self, name, value)


set_side: Callable[[BaseTable, Any], None] = BaseTable.λside.__set__  # type: ignore[attr-defined]
set_class: Callable[[BaseTable, type], None] = object.__dict__["__class__"].__set__


def touch(table: Any) -> None:
    """Fill a table that is pending; any other stays as it is."""
    if table.__class__ is PendingTable:
        origin, source = table.λside  # type: ignore[misc]
        origin.fill(table, source)  # type: ignore[has-type]


def set_contents(table: Any, hash: Dict[Any, Any], array: List[Any]) -> None:
    """Give a table that was pending its contents; `array` starts with the place of t[0]."""
    set_class(table, Table)
    del table.λside
    table.__dict__ = table.λhash = hash
    if len(array) > 1:
        table.λarray = array
        if array[-1] is None:
            trim(table)
    else:
        table.λarray = EMPTY


# ---------------------------------------------------------------- raw access


def integer_key(key: float) -> Any:
    """A float key as the integer that it equals, where there is one (manual §2.1)."""
    return int(key) if key.is_integer() and -(2.0**63) <= key < 2.0**63 else key


def rawget(table: BaseTable, key: Any) -> Any:
    kind = key.__class__
    if kind is float:
        key = integer_key(key)
        kind = key.__class__
    if kind is int:
        array = table.λarray
        if 0 <= key < len(array):
            return array[key]
        if key == 0 or key == 1:  # to a dict they are the same as the booleans
            return None
    return table.λhash.get(key)


def rawset(table: BaseTable, key: Any, value: Any) -> None:
    kind = key.__class__
    if kind is float:
        if key != key:
            raise OperandError("table index is NaN")
        key = integer_key(key)
        kind = key.__class__
    if kind is int:
        set_integer(table, key, value)
    elif key is None:
        raise OperandError("table index is nil")
    else:
        if value is None:
            table.λhash.pop(key, None)
        else:
            table.λhash[key] = value
        if table.λobserved:
            notify(table, key)


def set_integer(table: BaseTable, key: int, value: Any) -> None:
    array = table.λarray
    size = len(array)
    if 0 < key < size:
        array[key] = value
        if value is None:
            if key == size - 1:
                trim(table)
            elif table.λmetatable is not None:
                split(table)
    elif key == size:
        if value is not None:
            if array is EMPTY:
                set_attribute(table, "λarray", [None, value])
            else:
                array.append(value)
            if table.λhash:
                settle(table)
    elif key == 0:
        if array is EMPTY:
            if value is not None:
                set_attribute(table, "λarray", [value])
        else:
            array[0] = value
    elif value is None:
        table.λhash.pop(key, None)
    else:
        is_asked = key > 3 and not key & (key - 1) and key not in table.λhash
        table.λhash[key] = value
        if is_asked:
            gather(table, key)


def gather(table: BaseTable, last: int) -> None:
    """Let the array part reach to `last`, with holes, if more than half of the places up to there are in use.

    PUC-Rio does so as well (`computesizes`), where a dict that is full grows; here it is asked at the powers of two.
    """
    array, hash = table.λarray, table.λhash
    size = len(array)
    if table.__class__ is not Table or 2 * (size - 1 + len(hash)) <= last:
        return
    places = range(size + 1, last + 1)  # the one after the last is never in the dict
    used = sum(value is not None for value in islice(array, 1, None)) + sum(map(hash.__contains__, places))
    if 2 * used > last:
        if array is EMPTY:
            table.λarray = array = [None]
        array.append(None)  # the same list, for the loops that go through it
        array += [hash.pop(place, None) for place in places]
        settle(table)


def settle(table: BaseTable) -> None:
    """Move to the array part what now follows it: the dict never holds the index after its last."""
    array = table.λarray
    hash = table.λhash
    while len(array) in hash:
        array.append(hash.pop(len(array)))


def split(table: BaseTable) -> None:
    """Move to the dict what follows a hole: with `__newindex`, a store in the array part must find a value there."""
    array = table.λarray
    if array.__class__ is list and None in array[1:]:
        hole = array.index(None, 1)
        for key in range(hole + 1, len(array)):
            if array[key] is not None:
                table.λhash[key] = array[key]
        del array[hole:]


def remove_key(table: BaseTable, name: str) -> None:
    """`t.name = nil` of a table without `__newindex`."""
    if table.λhash.pop(name, None) is not None and table.λobserved:
        notify(table, name)


def length(table: BaseTable) -> int:
    """A border (manual §3.4.7), metamethods aside."""
    return len(table.λarray) - 1


# ---------------------------------------------------------------- walking


def side_of(table: BaseTable) -> Side:
    try:
        return table.λside
    except AttributeError:
        side = Side()
        set_attribute(table, "λside", side)
        return side


def next_pair(table: BaseTable, key: Any) -> Optional[Tuple[Any, Any]]:
    """The pair after `key`, in the order of the array part and then of insertion; None after the last.

    A key removed since the walk began keeps its place in it, so clearing fields on the way is safe.
    """
    array = table.λarray
    size = len(array)
    if key.__class__ is float and integer_key(key).__class__ is int:  # which no key ever is
        raise LuaError("invalid key to 'next'")
    if key is None or (key.__class__ is int and 0 <= key < size):
        position = 0 if key is None else key + 1
        while position < size:
            if array[position] is not None:
                if position > 1:
                    side_of(table).last = position
                return position, array[position]
            position += 1
        place = 0
        side = side_of(table)
        side.keys = list(table.λhash)
        side.places = {}
    else:
        side = side_of(table)
        places = side.places
        if key not in places:
            was_here = key.__class__ is int and key in (1, side.last) and array.__class__ is list
            if key not in table.λhash and not was_here:
                raise LuaError("invalid key to 'next'")
            if not side.keys or (key in table.λhash and key not in side.keys):
                side.keys = list(table.λhash)
            side.places = places = {name: place for place, name in enumerate(side.keys)}
        # An integer that is nowhere stood at the end of the array part until it was cleared on the way.
        place = 0 if key.__class__ is int and key in (0, 1) else places.get(key, -1) + 1
    hash = table.λhash
    keys = side.keys
    while place < len(keys):
        value = hash.get(keys[place])
        if value is not None:
            return keys[place], value
        place += 1
    side.keys, side.places = [], {}
    return None


def walk(table: BaseTable) -> Iterator[Tuple[Any, Any]]:
    """The pairs that `pairs` visits, while the body may assign to existing fields and clear them."""
    position = 0
    while position < len(table.λarray):
        value = table.λarray[position]
        if value is not None:
            yield position, value
        position += 1
    hash = table.λhash
    for key in list(hash):
        value = hash.get(key)
        if value is not None:
            yield key, value


# ---------------------------------------------------------------- metatables


def metatable_class(metatable: BaseTable) -> type:
    """The class of the tables that have `metatable`."""
    observe(metatable)
    side = side_of(metatable)
    if side.metaclass is None:
        members: Dict[str, Any] = {"__slots__": (), "λmetatable": metatable}
        if metatable.λhash.get("__gc") is not None:  # later would be too late, as in PUC-Rio
            from .finalizers import finalize

            members["__del__"] = finalize
            members["λis_special"] = True
        elif IS_WASM:  # also where `Table` is no base of it
            from .graves import bury_table

            members["__del__"] = bury_table
        side.metaclass = type("Metatable", (Table,), members)
        mend(side.metaclass)
    return side.metaclass


class TypeMetatables(threading.local):
    """The metatables of types other than table, in the runtime that this thread is in."""

    by_class: Dict[type, BaseTable] = {}


type_metatables = TypeMetatables()


def metatable_of(value: Any) -> Optional[BaseTable]:
    if isinstance(value, BaseTable):
        return value.λmetatable
    return type_metatables.by_class.get(value.__class__)


def set_metatable(table: BaseTable, metatable: Optional[BaseTable]) -> None:
    carry = getattr(table, "λcarry", None)
    if carry is not None:
        carry(metatable)
        return
    kind: Any = Table if metatable is None else metatable_class(metatable)
    hash = table.λhash  # before the class, which is how a pending table is known
    if table.λobserved:
        kind = observed_variant(kind)
    set_attribute(table, "__class__", kind)
    if kind.λis_special and hasattr(kind, "__del__"):
        side = side_of(table)
        side.number = side.number or next(numbers)
    if kind.λis_weak or hash.__class__ is not dict:
        from .weak import set_mode

        set_mode(table, None if metatable is None else metatable.λhash.get("__mode"))
    if None in hash.values():  # a constructor may leave nil fields, which `__index` must see as absent
        for key in [key for key, value in hash.items() if value is None]:
            del hash[key]
    if len(table.λarray) > 1:
        split(table)
    if table.λobserved:
        for dependent in list(side_of(table).dependents):
            mend(dependent)


def join(table: Any, metatable: Any) -> bool:
    """Do `setmetatable` for a new object, mostly: a table of fields, and a metatable that others have already."""
    try:
        if not table.__class__.λis_replaceable:
            return False
        kind = metatable.λside.plain_class
    except AttributeError:
        return False
    hash = table.λhash
    if kind is None or len(table.λarray) > 1 or hash.__class__ is not dict or None in hash.values():
        return False
    table.__class__ = kind
    return True


def make_object(hash: Dict[Any, Any], metatable: Any) -> Optional[BaseTable]:
    """A new table of fields, none of which is nil, with a metatable; None if there is more to do than make it."""
    try:
        kind = metatable.λside.plain_class
    except AttributeError:
        return None
    if kind is None:
        return None
    table = kind()
    table.__dict__ = table.λhash = hash
    table.λarray = EMPTY
    return table  # type: ignore[no-any-return]


def observe(table: BaseTable) -> None:
    """From now on a store into the table mends the classes that depend on it."""
    table.λhash  # noqa: B018  a table that is pending becomes one of these first
    if not table.λobserved and not hasattr(table, "λcarry"):
        set_attribute(table, "__class__", observed_variant(table.__class__))


def watch(table: BaseTable, watcher: Callable[[str], None]) -> None:
    """Call `watcher` with the name of each field that is assigned in a table from now on."""
    observe(table)
    side_of(table).watcher = watcher


def observed_variant(kind: Any) -> type:
    variant: Optional[type] = kind.__dict__.get("λvariant")
    if variant is None:
        variant = type(
            "Observed",
            (kind,),
            {"__slots__": (), "λobserved": True, "λis_replaceable": False, "__setattr__": store_field},
        )
        kind.λvariant = variant
    return variant


def store_field(table: BaseTable, name: str, value: Any) -> None:
    """`__setattr__` of the classes whose stores do more than store."""
    if name[0] == "λ":
        set_attribute(table, name, value)
    else:
        from .operations import setindex

        setindex(table, name, value)


def notify(table: BaseTable, key: Any) -> None:
    """An observed table has a new value at `key`."""
    if key.__class__ is not str:
        return
    side = side_of(table)
    if side.watcher is not None:
        side.watcher(key)
    if key[:2] == "__":
        if side.metaclass is not None:
            mend(side.metaclass)
        for dependent in list(side.dependents):
            mend(dependent)
    else:
        for dependent in list(side.dependents):
            if not dependent.λmirrors:  # type: ignore[attr-defined]
                continue
            value = None
            chain, only_tables = index_chain(dependent.λmetatable)  # type: ignore[attr-defined]
            if not only_tables and dependent.__bases__ == (Table,):  # the chain has become too large
                mend(dependent)
                continue
            for link in chain:
                value = link.λhash.get(key)
                if value is not None:
                    break
            if value is not None:
                setattr(dependent, key, mirrored(value))
            elif key in dependent.__dict__:
                delattr(dependent, key)


LONGEST_CHAIN = 50
MOST_FIELDS = 1000
MOST_MIRRORED = 100_000
"""How many tables a class mirrors, how many fields they may have, and how many fields all classes together that mirror
the same table: more are found as the manual has it. So the work that a store into one of them makes is bounded."""


def index_chain(metatable: BaseTable) -> Tuple[List[BaseTable], bool]:
    """The tables that `__index` leads to, one after the other, and whether that is all it leads to.

    Of chains that are too large to be mirrored there are none.
    """
    chain: List[BaseTable] = []
    fields = 0
    link: Optional[BaseTable] = metatable
    while link is not None:
        follow = link.λhash.get("__index")
        if follow is None:
            return chain, True
        # The globals change without telling, so what they hold is never mirrored.
        if not isinstance(follow, BaseTable) or hasattr(follow, "λcarry") or any(table is follow for table in chain):
            return chain, False
        fields += len(follow.λhash)
        if len(chain) == LONGEST_CHAIN or fields > MOST_FIELDS:
            return [], False
        chain.append(follow)
        link = follow.λmetatable
    return chain, True


def dependents_of(table: BaseTable) -> "weakref.WeakSet[type]":
    """The classes that mirror a table."""
    table.λhash  # noqa: B018  a table that is pending becomes one of these first
    return side_of(table).dependents


def mirrored(value: Any) -> Any:
    """`value` as a class attribute: a function must not bind itself to the instance."""
    return staticmethod(value) if isinstance(value, FunctionType) else value


def mend(kind: Any) -> None:
    """Make the class of a metatable say again what the metatable says."""
    metatable = kind.λmetatable
    events = metatable.λhash
    if events.get("__mode") is not None:
        kind.λis_weak = kind.λis_special = True  # for good: some of its tables may be
    chain, only_tables = ([], False) if kind.λis_weak else index_chain(metatable)
    if chain and len(dependents_of(chain[0])) * sum([len(link.λhash) for link in chain]) > MOST_MIRRORED:
        chain, only_tables = [], False
    kind.λmirrors = bool(chain)
    mirror: Dict[str, Any] = {}
    for link in chain:
        for followed in (link, link.λmetatable):
            if followed is not None:
                observe(followed)
                side_of(followed).dependents.add(kind)
        for key, value in link.λhash.items():
            if key.__class__ is str and key not in mirror and value is not None and key[:2] != "__":
                mirror[key] = mirrored(value)
    for name in [name for name in kind.__dict__ if name[0] != "λ" and name[:2] != "__" and name not in mirror]:
        delattr(kind, name)
    base = Table if only_tables else BaseTable
    if kind.__bases__ != (base,):
        kind.__bases__ = (base,)
    for name, value in mirror.items():
        setattr(kind, name, value)
    special: Dict[str, Optional[Callable[..., Any]]] = {
        "__setattr__": store_field if kind.λis_weak or events.get("__newindex") is not None else None,
        "__eq__": equal_tables if events.get("__eq") is not None else None,
        "__hash__": object.__hash__ if events.get("__eq") is not None else None,
    }
    for name, method in special.items():
        if method is not None:
            setattr(kind, name, method)
        elif name in kind.__dict__:
            delattr(kind, name)
    is_plain = not kind.λis_special and special["__setattr__"] is None
    side_of(metatable).plain_class = kind if is_plain else None
    kind.λis_replaceable = is_plain and events.get("__metatable") is None


numbers = count(1)
"""Of tables as they get finalizers."""


def equal_tables(first: Any, second: Any) -> bool:
    """`__eq__` of the classes whose metatable has `__eq`."""
    from .operations import equal

    return equal(first, second)
