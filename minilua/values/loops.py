"""The numeric `for` (manual §3.3.5): its values as a Python iterator."""

from __future__ import annotations

import math
from typing import Any, Iterable, Iterator

from ..errors import Fault
from .numbers import MAX_INTEGER, MIN_INTEGER


def for_bound(limit: Any) -> int:
    """Where a Python range from an integer upwards by a positive step ends."""
    if limit.__class__ is int:
        return limit + 1  # type: ignore[no-any-return]
    if limit.__class__ is float:
        if limit != limit or limit < MIN_INTEGER:
            return MIN_INTEGER
        return MAX_INTEGER + 1 if limit > MAX_INTEGER else math.floor(limit) + 1
    raise not_a_number("limit")


def not_a_number(what: str) -> Fault:
    return Fault(f"'for' {what} must be a number")


def for_range(start: Any, limit: Any, step: Any) -> Iterable[Any]:
    if start.__class__ is int and step.__class__ is int:
        if step == 0:
            raise Fault("'for' step is zero")
        if step > 0:
            return range(start, for_bound(limit), step)
        if limit.__class__ is int:
            return range(start, limit - 1, step)
        if limit.__class__ is float:
            if limit != limit or limit > MAX_INTEGER:
                return ()
            return range(start, MIN_INTEGER - 1 if limit < MIN_INTEGER else math.ceil(limit) - 1, step)
        raise not_a_number("limit")
    for what, value in (("limit", limit), ("step", step), ("initial value", start)):
        if value.__class__ is not int and value.__class__ is not float:
            raise not_a_number(what)
    if step == 0:
        raise Fault("'for' step is zero")
    return float_steps(float(start), float(limit), float(step))


def float_steps(value: float, limit: float, step: float) -> Iterator[float]:
    if step > 0:
        while value <= limit:
            yield value
            value += step
    else:
        while limit <= value:
            yield value
            value += step
