"""The numeric `for` (manual §3.3.5): its values as a Python iterator, and loops that only fill a table."""

from __future__ import annotations

import math

from ..errors import Fault
from ..limits import reserve
from .numbers import MAX_INTEGER, MIN_INTEGER, to_number
from .operations import described_type
from .table import EMPTY, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable, Iterator


def for_bound(limit: Any) -> int:
    """Where a Python range from an integer upwards by a positive step ends."""
    if limit.__class__ is int:
        return limit + 1
    number = checked("limit", limit)
    if number.__class__ is int:
        return for_bound(number)
    if number != number or number < MIN_INTEGER:
        return MIN_INTEGER
    return MAX_INTEGER + 1 if number > MAX_INTEGER else math.floor(number) + 1


def checked(what: str, value: Any) -> Any:
    """A number, or what a string spells, for a part of a loop."""
    number = to_number(value) if value.__class__ is str else value
    if number.__class__ is not int and number.__class__ is not float:
        raise Fault(f"bad 'for' {what} (number expected, got {described_type(value)})")
    return number


def for_range(start: Any, limit: Any, step: Any) -> Iterable[Any]:
    if start.__class__ is int and step.__class__ is int:
        if step == 0:
            raise Fault("'for' step is zero")
        if step > 0:
            return range(start, for_bound(limit), step)
        number = checked("limit", limit)
        if number.__class__ is int:
            return range(start, number - 1, step)
        if number > MAX_INTEGER:
            return ()
        # A limit that is NaN is not above zero, which is what `forlimit` asks for: it bounds no loop downwards.
        return range(start, math.ceil(number) - 1 if number >= MIN_INTEGER else MIN_INTEGER - 1, step)
    limit, step = checked("limit", limit), checked("step", step)
    start = checked("initial value", start)
    if step == 0:
        raise Fault("'for' step is zero")
    return float_steps(float(start), float(limit), float(step))


def float_steps(value: float, limit: float, step: float) -> Iterator[float]:
    if limit < value if step > 0 else value < limit:  # what is not a number is neither (forprep)
        return
    yield value
    value += step
    if step > 0:
        while value <= limit:
            yield value
            value += step
    else:
        while limit <= value:
            yield value
            value += step


LARGEST_FILL = 1_000_000
"""As many places are filled at once: a program under limits is to be stopped soon."""


def fill(table: Any, places: Any, value: Any) -> bool:
    """Do `t[i] = value` for the places of a loop, or `t[i] = i` where the places are the value, if a list takes it all.

    Otherwise nothing is done.
    """
    if table.__class__ is not Table or value is None or places.__class__ is not range:
        return False
    count = len(places)
    if count == 0:
        return True
    first, last, step = places[0], places[-1], places.step
    if count > LARGEST_FILL or first <= 0 or last <= 0:
        return False
    array = table.λarray
    size = len(array)
    values = list(places) if value is places else [value] * count
    if first < size and last < size:
        array[first : last + (1 if step > 0 else -1) : step] = values
    elif step == 1 and (first <= size or array is EMPTY and 2 * count > last) and not table.λhash:
        reserve(8 * last)
        if array is EMPTY:
            table.λarray = [None] * first + values
        else:
            array[first:] = values
    else:
        return False
    return True
