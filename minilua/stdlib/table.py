"""The `table` library (manual §6.6).

Tables without a metatable and with all their values in the array part, which is nearly all of them, are worked on as
the Python lists that they hold; any other goes through the operators, as the manual has it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Dict, List

from ..errors import BadArgument, Fault
from ..limits import POINTER, paced, reserve
from ..values import operations
from ..values.numbers import MAX_INTEGER, number_text, to_integer, wrap
from ..values.operations import index, setindex, size
from ..values.table import BaseTable, Table, new_table, set_integer, trim
from .arguments import NO_VALUE, check_function, check_integer, check_string, check_table, opt_integer
from .sorting import sort_elements, sort_values

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
    values: Any
    if table.__class__ is Table and start >= 1 and 0 <= end < len(table.λarray):
        values = table.λarray[start : end + 1]
        if set(map(type, values)) == {str}:
            reserve(sum(map(len, values)) + len(text) * len(values))
            return text.join(values)
    else:
        values = (index(table, position) for position in paced(range(start, end + 1)))
    pieces = []
    for position, value in enumerate(values, start):
        if value.__class__ is not str:
            if value.__class__ is not int and value.__class__ is not float:
                raise Fault(f"invalid value ({operations.type_name(value)}) at index {position} in table for 'concat'")
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
    if first is None and last is None and table.__class__ is Table and len(table.λarray) < 100:
        return tuple(table.λarray[1:])
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
    if table.__class__ is not Table and not holds_all(table, end):
        sort_elements(table, end, comparator)
        return ()
    reserve(POINTER * end)
    values = table.λarray[1 : end + 1]
    try:
        sort_values(values, comparator)
    finally:  # they stay where they were when it failed
        put(table, values, end)
    return ()


def holds_all(table: Any, end: int) -> bool:
    """Whether a list has the values 1..end of a table, so that no metamethod is asked for them."""
    array = table.λarray if isinstance(table, BaseTable) else None
    return array.__class__ is list and len(array) > end and None not in array[1 : end + 1]


def put(table: BaseTable, values: List[Any], end: int) -> None:
    """Give a table the values 1..end."""
    if table.λarray.__class__ is list and len(table.λarray) > end:
        table.λarray[1 : end + 1] = values
        trim(table)
    else:
        for position, value in enumerate(paced(values), 1):
            setindex(table, position, value)


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
