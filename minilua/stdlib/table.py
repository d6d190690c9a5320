"""The `table` library (manual §6.6).

Tables without a metatable and with all their values in the array part, which is nearly all of them, are worked on as
the Python lists that they hold; any other goes through the operators, as the manual has it.
"""

from __future__ import annotations

from functools import cmp_to_key
from itertools import islice
from operator import ne
from types import FunctionType
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, List, Optional, Tuple

from ..compiler.marks import marks_of
from ..errors import BadArgument, Fault
from ..limits import POINTER, check, paced, reserve
from ..recursion import c_level
from ..values import operations
from ..values.numbers import MAX_INTEGER, number_text, to_integer, wrap
from ..values.operations import index, less_than, one, setindex, size, truth
from ..values.table import BaseTable, Table, new_table, set_integer, trim
from .arguments import NO_VALUE, check_function, check_integer, check_string, check_table, opt_integer

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

UNPACK_LIMIT = 999_900
"""As many results as PUC's stack takes."""


def check_list(value: Any, position: int, *events: str) -> None:
    """A table, or what has the metamethods to stand for one (`checktab`)."""
    if isinstance(value, BaseTable):
        return
    if not events or any(operations.metamethod(value, event) is None for event in events):
        check_table(value, position)


def border(value: Any) -> int:
    if value.__class__ is Table:
        return len(value.λarray) - 1
    found = to_integer(size(value))
    if found is None:
        raise Fault("object length is not an integer")
    return found


def insert(table: Any = NO_VALUE, *arguments: Any) -> Any:
    check_list(table, 1, "__index", "__newindex", "__len")
    end = border(table) + 1
    if len(arguments) == 1:
        value = arguments[0]
        end = wrap(end)
        if table.__class__ is Table:
            set_integer(table, end, value)
        else:
            setindex(table, end, value)
        return ()
    if len(arguments) != 2:
        raise Fault("wrong number of arguments to 'insert'")
    position, value = check_integer(arguments[0], 2), arguments[1]
    if not 1 <= position <= end:
        raise BadArgument(2, "position out of bounds")
    if table.__class__ is Table and end > 1 and value is not None:
        table.λarray.insert(position, value)
        if table.λhash:
            from ..values.table import settle

            settle(table)
        return ()
    for place in paced(range(end, position, -1)):
        setindex(table, place, index(table, place - 1))
    setindex(table, position, value)
    return ()


def remove(table: Any = NO_VALUE, position: Any = None, *_: Any) -> Any:
    check_list(table, 1, "__index", "__newindex", "__len")
    end = border(table)
    position = end if position is None else check_integer(position, 2)
    if position != end and not 1 <= position <= end + 1:
        raise BadArgument(2, "position out of bounds")
    if table.__class__ is Table and 1 <= position <= end:
        value = table.λarray.pop(position)
        trim(table)
        return value
    value = index(table, position)
    for place in paced(range(position, end)):
        setindex(table, place, index(table, place + 1))
    position = max(position, end)
    setindex(table, position, None)
    return value


def concat(table: Any = NO_VALUE, separator: Any = None, first: Any = None, last: Any = None, *_: Any) -> str:
    check_list(table, 1, "__index", "__len")
    length = border(table)
    text = check_string(separator, 2) if separator is not None else ""
    start = opt_integer(first, 3, 1)
    end = opt_integer(last, 4, length)
    values: Iterable[Any]
    if table.__class__ is Table and start >= 1 and end < len(table.λarray):
        values = table.λarray[start : end + 1]
    else:
        values = (index(table, position) for position in paced(range(start, end + 1)))
    pieces = []
    for position, value in enumerate(values, start):
        if value.__class__ is not str:
            if value.__class__ is not int and value.__class__ is not float:
                shown = operations.described_type(value)
                raise Fault(f"invalid value ({shown}) at index {position} in table for 'concat'")
            value = number_text(value)
        pieces.append(value)
    reserve(sum(map(len, pieces)) + len(text) * len(pieces))
    return text.join(pieces)


def pack(*values: Any) -> Table:
    reserve(POINTER * len(values))
    table = new_table({}, list(values))
    table.λhash["n"] = len(values)
    return table


def unpack(table: Any = None, first: Any = None, last: Any = None, *_: Any) -> Any:
    start = 1 if first is None else check_integer(first, 2)
    end = (border(table) if isinstance(table, BaseTable) else size(table)) if last is None else check_integer(last, 3)
    if start > end:
        return ()
    if end - start >= UNPACK_LIMIT:
        raise Fault("too many results to unpack")
    reserve(2 * POINTER * (end - start))
    if table.__class__ is Table and start >= 1 and end < len(table.λarray):
        return tuple(islice(table.λarray, start, end + 1))
    return tuple([index(table, position) for position in paced(range(start, end + 1))])


def move(
    source: Any = NO_VALUE, first: Any = NO_VALUE, last: Any = NO_VALUE, to: Any = NO_VALUE, target: Any = None, *_: Any
) -> Any:
    start, end, place = check_integer(first, 2), check_integer(last, 3), check_integer(to, 4)
    check_list(source, 1, "__index")
    if target is None:
        target = source
    check_list(target, 5 if target is not source else 1, "__newindex")
    if end >= start:
        if not (start > 0 or end < MAX_INTEGER + start):
            raise BadArgument(3, "too many elements to move")
        if place > MAX_INTEGER - (end - start + 1) + 1:
            raise BadArgument(4, "destination wrap around")
        offset = place - start
        if place > end or place <= start or target is not source:
            for position in paced(range(start, end + 1)):
                setindex(target, position + offset, index(source, position))
        else:
            for position in paced(range(end, start - 1, -1)):
                setindex(target, position + offset, index(source, position))
    return target


def sort(table: Any = NO_VALUE, comparator: Any = None, *_: Any) -> Any:
    check_list(table, 1, "__index", "__newindex", "__len")
    end = border(table)
    if end < 2:
        return ()
    if end >= 2**31 - 1:
        raise BadArgument(1, "array too big")
    if comparator is not None:
        check_function(comparator, 2)
    plain = table.__class__ is Table
    if plain:
        reserve(POINTER * len(table.λarray))
    values = table.λarray[1:] if plain else [index(table, position) for position in paced(range(1, end + 1))]
    if comparator is not None:
        with c_level:
            sort_by(comparator, values)
    elif len({value.__class__ for value in values}) == 1 and values[0].__class__ in (int, float, str):
        sort_plain(values)
    else:
        with c_level:
            values.sort(key=cmp_to_key(compare))
    if plain and len(table.λarray) == end + 1:
        table.λarray[1:] = values
        trim(table)
    else:
        for position, value in enumerate(paced(values), 1):
            setindex(table, position, value)
    return ()


PART = 1 << 17
"""How many numbers are sorted at once: some hundredths of a second."""

LONG_COMPARISONS = 1 << 31
"""Bytes that may be compared at once: some tenths of a second."""


def sort_plain(values: List[Any]) -> None:
    """Sort numbers, or strings, at the speed of C as far as that may be stopped."""
    if values[0].__class__ is str and takes_long(values):
        values.sort(key=cmp_to_key(compare))
    else:
        sort_in_parts(values)


def takes_long(texts: List[str]) -> bool:
    """Whether strings may take long to compare: they may stand in many places, and differ at their ends alone."""
    return sum(map(len, texts)) * len(texts).bit_length() > LONG_COMPARISONS


def sort_in_parts(values: List[Any], key: Optional[Callable[[Any], Any]] = None, descends: bool = False) -> None:
    """`values.sort(...)`, which can be stopped between its parts; the last one takes a fraction of the time."""
    if len(values) > PART:
        for start in range(0, len(values), PART):
            check()
            values[start : start + PART] = sorted(values[start : start + PART], key=key, reverse=descends)
    values.sort(key=key, reverse=descends)


def compare(first: Any, second: Any) -> int:
    check()
    return -1 if less_than(first, second) else 0


def checking(function: Any) -> Any:
    """A library function as a comparator: a function of Lua's is stopped by itself."""

    def comparator(first: Any, second: Any) -> Any:
        check()
        return function(first, second)

    return comparator


def sort_by(comparator: Any, values: List[Any]) -> None:
    if comparator.__class__ is not FunctionType or marks_of(comparator.__code__) is None:
        comparator = checking(comparator)
    elif "λORDER" in comparator.__code__.co_names and sort_by_keys(comparator(operations.ORDER, None), values):
        return
    first = values[0]
    comparator(values[-1], first)  # PUC-Rio's first comparison: it fails with the same words
    if truth(one(comparator(first, first))):  # no order: how much of one it takes PUC-Rio's algorithm to see
        quicksort(values, lambda a, b: truth(one(comparator(a, b))), 0, len(values) - 1)
    else:  # list.sort only asks whether one value is less than another

        def order(a: Any, b: Any) -> int:
            less = comparator(a, b)
            if less is True or (less is not False and truth(one(less))):
                return -1
            return 0

        values.sort(key=cmp_to_key(order))


def sort_by_keys(order: Tuple[Tuple[Callable[[Any], Any], bool], ...], values: List[Any]) -> bool:
    """Sort by the keys that a comparator would compare, unless comparing them is more than an order of Python's."""
    levels = []
    for key_of, descends in order:
        check()
        reserve(2 * POINTER * len(values))
        try:
            keys = [key_of(value) for value in values]
        except Exception:  # the comparator will say which value it was, if it comes to that one
            return False
        kinds = {key.__class__ for key in keys}
        if kinds != {str} and (not kinds <= NUMBERS or any(map(ne, keys, keys))):
            return False
        if kinds == {str} and takes_long(keys):
            return False
        levels.append((keys, descends))
    places = list(range(len(values)))
    for keys, descends in reversed(levels):  # the sort is stable: places that are equal keep their order
        sort_in_parts(places, keys.__getitem__, descends)
    values[:] = [values[place] for place in places]
    return True


NUMBERS = {int, float}


def quicksort(values: List[Any], less: Callable[[Any, Any], bool], low: int, high: int) -> None:
    """Sort values[low..high] as PUC-Rio does it, which finds out about some functions that they are no order."""
    while low < high:
        if less(values[high], values[low]):
            values[low], values[high] = values[high], values[low]
        if high - low == 1:
            return
        middle = (low + high) // 2
        if less(values[middle], values[low]):
            values[middle], values[low] = values[low], values[middle]
        elif less(values[high], values[middle]):
            values[middle], values[high] = values[high], values[middle]
        if high - low == 2:
            return
        pivot = values[middle]
        values[middle], values[high - 1] = values[high - 1], pivot
        left, right = low, high - 1
        while True:
            left += 1
            while less(values[left], pivot):
                if left == high - 1:
                    raise Fault("invalid order function for sorting")
                left += 1
            right -= 1
            while less(pivot, values[right]):
                if right < left:
                    raise Fault("invalid order function for sorting")
                right -= 1
            if right < left:
                break
            values[left], values[right] = values[right], values[left]
        values[high - 1], values[left] = values[left], values[high - 1]
        if left - low < high - left:
            quicksort(values, less, low, left - 1)
            low = left + 1
        else:
            quicksort(values, less, left + 1, high)
            high = left - 1


def library(runtime: LuaRuntime) -> Dict[str, object]:
    return {
        "concat": concat,
        "insert": insert,
        "move": move,
        "pack": pack,
        "remove": remove,
        "sort": sort,
        "unpack": unpack,
    }
