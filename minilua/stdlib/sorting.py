"""The order of `table.sort`: that of PUC-Rio's quicksort, also of values that are equal, and with the same comparisons.

Where nothing tells which way values were sorted, Python sorts them: there are no equal ones that could be told apart,
and no function is called that could see the comparisons.
"""

from __future__ import annotations

from operator import lt, ne
from types import FunctionType
from typing import Any, Callable, List, Optional, Tuple

from ..compiler.marks import marks_of
from ..errors import Fault
from ..limits import POINTER, check, reserve
from ..recursion import c_level
from ..values import operations
from ..values.operations import less_than, one, truth

NUMBERS = {int, float}

PART = 1 << 17
"""How many numbers are sorted at once: some hundredths of a second."""

LONG_COMPARISONS = 1 << 31
"""Bytes that may be compared at once: some tenths of a second."""


def sort_values(values: List[Any], comparator: Any) -> None:
    """Sort as `table.sort` does. When a comparison fails, what has been exchanged before stays so."""
    if comparator is not None:
        with c_level:
            sort_by(comparator, values)
    elif is_plain(values):
        sort_in_parts(values)
    else:
        with c_level:
            quicksort(values, compare, 0, len(values) - 1)


class Elements:
    """The elements of what reads and stores them by metamethods."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __getitem__(self, position: int) -> Any:
        return operations.index(self.table, position)

    def __setitem__(self, position: int, value: Any) -> None:
        operations.setindex(self.table, position, value)


def sort_elements(table: Any, end: int, comparator: Any) -> None:
    """Sort in place, every access as PUC-Rio's makes it."""
    with c_level:
        quicksort(Elements(table), compare if comparator is None else order_of(comparator), 1, end)


def is_plain(values: List[Any]) -> bool:
    """Whether there is one order in which values can be that Python and Lua agree on."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return True
    if kinds == {str}:
        return not takes_long(values)
    if not kinds <= NUMBERS or any(map(ne, values, values)):  # NaN
        return False
    if kinds == {float}:
        return len({str(value) for value in values if not value}) < 2  # 0.0 and -0.0
    return len(set(values)) == len(values)  # 1 and 1.0


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


def compare(first: Any, second: Any) -> Any:
    check()
    return less_than(first, second)


def sort_by(comparator: Any, values: List[Any]) -> None:
    may_have_keys = is_lua(comparator) and "λORDER" in comparator.__code__.co_names
    if may_have_keys and sort_by_keys(comparator(operations.ORDER, None), values):
        return
    quicksort(values, order_of(comparator), 0, len(values) - 1)


def is_lua(function: Any) -> bool:
    return function.__class__ is FunctionType and marks_of(function.__code__) is not None


def order_of(comparator: Any) -> Callable[[Any, Any], bool]:
    stops_itself = is_lua(comparator)

    def less(first: Any, second: Any) -> bool:
        if not stops_itself:
            check()
        result = comparator(first, second)
        return result is True or (result is not False and truth(one(result)))

    return less


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
    for keys, descends in reversed(levels):
        sort_in_parts(places, keys.__getitem__, descends)
    rows = list(zip(*(keys for keys, _ in levels)))
    if len(set(rows)) < len(rows):  # some are equal
        places = sort_by_rows(places, rows)
    values[:] = [values[place] for place in places]
    return True


class Ranked(int):
    """A number that stands for what was in a place."""

    place: int


def sort_by_rows(places: List[int], rows: List[Tuple[Any, ...]]) -> List[int]:
    """What quicksort makes of the order of values, of which rows of keys some are equal; `places` is their order."""
    ranked: List[Any] = [None] * len(rows)
    rank = 0
    previous = rows[places[0]]
    for place in places:
        if rows[place] != previous:
            previous = rows[place]
            rank += 1
        ranked[place] = made = Ranked(rank)
        made.place = place
    quicksort(ranked, lt, 0, len(rows) - 1)
    return [made.place for made in ranked]


LARGE, IMBALANCED = 100, 128
SPREAD = 0x9E3779B9
"""Where PUC-Rio's takes a random pivot: where the two partitions of a large interval are of very different size."""


def quicksort(values: Any, less: Callable[[Any, Any], Any], low: int, high: int, spread: int = 0) -> None:
    """Sort values[low..high] with PUC-Rio's accesses and comparisons, which also find some orders to be none."""
    while low < high:
        if high - low > LARGE:
            check()
        first, last = values[low], values[high]
        if less(last, first):
            values[low], values[high] = last, first
        if high - low == 1:
            return
        middle = (low + high) // 2
        if spread and high - low >= LARGE:
            quarter = (high - low) // 4
            middle = spread % (quarter * 2) + low + quarter
        center, first = values[middle], values[low]
        if less(center, first):
            values[middle], values[low] = first, center
        else:
            last = values[high]
            if less(last, center):
                values[middle], values[high] = last, center
        if high - low == 2:
            return
        pivot = values[middle]
        values[middle], values[high - 1] = values[high - 1], pivot
        left, right = low, high - 1
        while True:
            left += 1
            while less(upper := values[left], pivot):
                if left == high - 1:
                    raise Fault("invalid order function for sorting")
                left += 1
            right -= 1
            while less(pivot, lower := values[right]):
                if right < left:
                    raise Fault("invalid order function for sorting")
                right -= 1
            if right < left:
                break
            values[left], values[right] = lower, upper
        values[high - 1], values[left] = upper, pivot
        if left - low < high - left:
            quicksort(values, less, low, left - 1, spread)
            smaller, low = left - low, left + 1
        else:
            quicksort(values, less, left + 1, high, spread)
            smaller, high = high - left, left - 1
        if (high - low) // IMBALANCED > smaller:
            spread = SPREAD
