"""The generic `for`: what a loop asks for, as a Python iterator (manual §3.3.5).

The iterators of `pairs` and `ipairs` are recognised by identity and walked directly; any other is called.
"""

from __future__ import annotations

from ..errors import BadArgument, OperandError
from .closing import Closing
from .numbers import MAX_INTEGER, MIN_INTEGER
from .operations import TAIL_CALL, call, described_type, index, many, one
from .table import BaseTable, Table, next_pair, touch, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable, Iterator, Tuple

ABSENT: Any = object()


def lua_next(table: Any = ABSENT, key: Any = None, *_: Any) -> Any:
    """`next` of the base library."""
    if not isinstance(table, BaseTable):
        raise BadArgument(1, f"table expected, got {'no value' if table is ABSENT else described_type(table)}")
    return next_pair(table, key)


def ipairs_step(table: Any = None, position: Any = 0, *_: Any) -> Any:
    """The iterator that `ipairs` returns."""
    position = position + 1 if position < MAX_INTEGER else MIN_INTEGER
    value = index(table, position)
    return None if value is None else (position, value)


def sequence(table: Any) -> Iterator[Tuple[int, Any]]:
    """(1, t[1]), (2, t[2]) ... up to the first nil."""
    touch(table)
    if table.__class__ is not Table:
        yield from sequence_of_anything(table)
        return
    for pair in each_item(table)[0]:
        if pair[1] is None:
            return
        yield pair


def each_item(table: Table) -> Tuple[Iterable[Any], bool]:
    """`each_indexed` of what `ipairs` gives for a table without a metatable."""
    pairs = enumerate(table.λarray)
    next(pairs)
    return pairs, True


def each_indexed(results: Any) -> Tuple[Iterable[Any], bool]:
    """`each` of two variables for what a call of `ipairs` gave, and whether the loop must stop at a nil by itself."""
    if results.__class__ is tuple and len(results) == 3 and results[0] is ipairs_step:
        touch(results[1])
        if results[1].__class__ is Table and results[2] == 0:
            return each_item(results[1])
    return each(results, 2), False


def sequence_of_anything(table: Any) -> Iterator[Tuple[int, Any]]:
    position = 0
    while True:
        pair = ipairs_step(table, position)
        if pair is None:
            return
        yield pair
        position += 1


def adjust(results: Any, count: int) -> Tuple[Any, ...]:
    """What a call returned, as exactly `count` values."""
    values = many(results)
    size = len(values)
    if size == count:
        return values
    return values[:count] if size > count else values + (None,) * (count - size)


def each(results: Any, count: int) -> Iterable[Any]:
    """The values of `count` variables for every turn of a loop over what the explist of a `for` gave."""
    is_exact = results.__class__ is tuple and len(results) == 3 and results[0] is not TAIL_CALL
    function, state, control = results if is_exact else adjust(results, 3)
    if control is None and function is lua_next and isinstance(state, BaseTable):
        if count == 2:
            return walk(state)
        return (adjust(pair, count) if count > 1 else pair[0] for pair in walk(state))
    if control == 0 and function is ipairs_step:
        if count == 2:
            return sequence(state)
        return (adjust(pair, count) if count > 1 else pair[0] for pair in sequence(state))
    if control is None and state is None and hasattr(function, "λdrive"):
        return adjusted(function.λdrive(), count)
    return steps(function, state, control, count)


def adjusted(turns: Iterable[Any], count: int) -> Iterator[Any]:
    """The turns of a loop whose iterator can be driven, as its variables, up to the first nil."""
    for values in turns:
        if values.__class__ is not tuple or len(values) != count or values[0] is TAIL_CALL:
            values = adjust(values, count)
        if values[0] is None:
            return
        yield values if count > 1 else values[0]


def steps(function: Any, state: Any, control: Any, count: int) -> Iterator[Any]:
    if not callable(function):
        from .operations import metamethod

        if metamethod(function, "__call") is None:
            raise OperandError("call", 0, described_type(function))
        function = calling(function)
    if count == 1:
        while True:
            control = function(state, control)
            if control.__class__ is tuple:
                control = one(control)
            if control is None:
                return
            yield control
    while True:
        values = function(state, control)
        if values.__class__ is not tuple or len(values) != count or values[0] is TAIL_CALL:
            values = adjust(values, count)
        control = values[0]
        if control is None:
            return
        yield values


def calling(value: Any) -> Any:
    return lambda state, control: call(value, state, control)


def each_closing(results: Any, count: int) -> Tuple[Iterable[Any], Closing]:
    """`each`, and the closing value of the loop, to be closed when the loop is left."""
    function, state, control, closing = adjust(results, 4)
    return each((function, state, control), count), Closing(closing, "(for state)")


def each_raw(results: Any) -> Tuple[Iterable[Any], Closing]:
    """`each_closing` of one variable, where the loop itself adjusts what it gets and stops at a nil."""
    function, state, control, closing = adjust(results, 4)
    if control is None and state is None and hasattr(function, "λdrive"):
        return function.λdrive(), Closing(closing, "(for state)")
    return each((function, state, control), 1), Closing(closing, "(for state)")
