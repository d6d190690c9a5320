"""Tables with weak keys or values (manual §2.5.4), on Python's weak references.

A value that nothing else refers to is gone at once where Python counts references, and with the next collection
elsewhere. A value that refers to its own weak key keeps it: Python has no ephemerons.

The two classes stand in for the list and the dict of a table. Whatever is no object (§2.5.4) they hold as it is.
"""

from __future__ import annotations

import gc
import sys
import threading
from types import FunctionType
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple
from weakref import ref

from .coroutines import Coroutine
from .table import BaseTable, set_attribute, set_integer
from .userdata import Userdata


class Reference(ref):  # type: ignore[type-arg]
    """A weak reference, of a class of its own that no value of Lua's has."""

    __slots__ = ()


def weak(value: Any, forget: Optional[Callable[[Any], None]] = None) -> Any:
    """A value to be held weakly: a reference to it if it is an object."""
    if isinstance(value, (BaseTable, FunctionType, Coroutine, Userdata)):
        return Reference(value, forget)
    return value


def alive(held: Any) -> Any:
    """The value that is held; None where it is gone."""
    return held() if held.__class__ is Reference else held


READS_PER_COLLECTION = 10_000 if sys.implementation.name == "pypy" else 0
"""PyPy looks for old garbage when memory grows: a program that waits for a weak value to go would wait for ever."""

reads = 0


def read(held: Any) -> Any:
    """`alive`, for what a program reads."""
    global reads
    if READS_PER_COLLECTION and held.__class__ is Reference:
        reads += 1
        if reads % READS_PER_COLLECTION == 0:
            gc.collect()
    return held() if held.__class__ is Reference else held


class WeakArray(List[Any]):
    """The array part of a table with weak values; what is gone at its end is no part of it."""

    def __init__(self, values: List[Any]) -> None:
        super().__init__([weak(value) for value in values])

    def __len__(self) -> int:
        size = super().__len__()
        while size > 1 and alive(super().__getitem__(size - 1)) is None:
            super().pop()
            size -= 1
        return size

    def __getitem__(self, position: Any) -> Any:
        held = super().__getitem__(position)
        return [alive(value) for value in held] if position.__class__ is slice else read(held)

    def __setitem__(self, position: Any, value: Any) -> None:
        super().__setitem__(position, weak(value))

    def __iter__(self) -> Iterator[Any]:
        return map(alive, super().__iter__())

    def append(self, value: Any) -> None:
        super().append(weak(value))


class Forgetting(threading.local):
    """Takes entries out of dicts when their object dies, one after the other: what one of them held may have been the
    last to hold the object of the next, and so on through a chain that is longer than Python's stack."""

    def __init__(self) -> None:
        self.entries: List[Tuple[Dict[Any, Any], Any]] = []
        self.is_busy = False

    def forget(self, entries: Dict[Any, Any], key: Any) -> None:
        self.entries.append((entries, key))
        if self.is_busy:
            return
        self.is_busy = True
        try:
            while self.entries:
                entries, key = self.entries.pop()
                entries.pop(key, None)
        finally:
            self.is_busy = False


forgetting = Forgetting()


class WeakHash(Dict[Any, Any]):
    """The dict of a table with weak keys or values: `kept` is the dict that holds them."""

    def __init__(self, pairs: List[Tuple[Any, Any]], keys: bool, values: bool) -> None:
        super().__init__()
        self.weak_keys = keys
        self.weak_values = values
        self.kept: Dict[Any, Any] = {}
        for key, value in pairs:
            self[key] = value

    def held_key(self, key: Any) -> Any:
        return weak(key) if self.weak_keys else key

    def forget(self, key: Any) -> None:
        forgetting.forget(self.kept, key)

    def get(self, key: Any, default: Any = None) -> Any:
        value = read(self.kept.get(self.held_key(key)))
        return default if value is None else value

    def __getitem__(self, key: Any) -> Any:
        return self.get(key)

    def __setitem__(self, key: Any, value: Any) -> None:
        kept = self.kept
        held = self.held_key(key)
        if held.__class__ is Reference and held not in kept:
            held = weak(key, self.forget)
        kept[held] = weak(value, lambda _: forgetting.forget(kept, held)) if self.weak_values else value

    def pop(self, key: Any, default: Any = None) -> Any:
        value = alive(self.kept.pop(self.held_key(key), None))
        return default if value is None else value

    def __delitem__(self, key: Any) -> None:
        self.pop(key)

    def __contains__(self, key: Any) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[Any]:
        return iter([key for key, _ in self.items()])

    def __len__(self) -> int:
        return len(self.items())

    def items(self) -> List[Tuple[Any, Any]]:  # type: ignore[override]
        pairs = [(alive(key), alive(value)) for key, value in list(self.kept.items())]
        return [pair for pair in pairs if pair[0] is not None and pair[1] is not None]

    def values(self) -> List[Any]:  # type: ignore[override]
        return [value for _, value in self.items()]

    def keys(self) -> List[Any]:  # type: ignore[override]
        return [key for key, _ in self.items()]


def set_mode(table: BaseTable, mode: Any) -> None:
    """Hold the contents of a table as the `__mode` of its metatable says."""
    text = mode if mode.__class__ is str else ""
    keys, values = "k" in text, "v" in text
    array = list(table.λarray)
    pairs = list(table.λhash.items())
    hash: Any = WeakHash(pairs, keys, values) if keys or values else dict(pairs)
    # Fields of a weak table are no attributes: every read of one asks the dict.
    set_attribute(table, "__dict__", {} if keys or values else hash)
    set_attribute(table, "λhash", hash)
    set_attribute(table, "λarray", WeakArray([None]) if values else [None])
    for position, value in enumerate(array):
        set_integer(table, position, value)
