"""What library functions ask of their arguments, in the words of PUC-Rio's auxiliary library.

A checker takes a value and its position from 1, and returns the value as the type it asked for, or raises
`BadArgument`. A library function on a hot path first tests `value.__class__` itself and comes here for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import BuiltinFunctionType, FunctionType

from minilua.errors import BadArgument
from minilua.values.coroutines import Coroutine
from minilua.values.numbers import float_to_integer, number_text, to_number
from minilua.values.table import BaseTable, metatable_of, rawget

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from minilua.values.numbers import Number


class _NoValue:
    """The class of `NO_VALUE`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_VALUE"


# The default of a required parameter: Lua tells an absent argument from nil in its messages.
NO_VALUE: Any = _NoValue()

_TYPE_NAMES: dict[type, str] = {
    _NoValue: "no value",
    type(None): "nil",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    FunctionType: "function",
    BuiltinFunctionType: "function",
}


def type_name_for_argument(v: Any) -> str:
    """How a message names the type of `v`: "no value", the `__name` of its metatable, or the name of the Lua type."""
    metatable = metatable_of(v)
    if metatable is not None:
        given = rawget(metatable, "__name")
        if given.__class__ is str:
            return str(given)
    name = _TYPE_NAMES.get(v.__class__)
    if name is not None:
        return name
    if isinstance(v, BaseTable):
        return "table"
    return "thread" if isinstance(v, Coroutine) else "userdata"


def type_error(v: Any, n: int, expected: str) -> BadArgument:
    """The error of an argument that has the wrong type."""
    return BadArgument(n, f"{expected} expected, got {type_name_for_argument(v)}")


def check_integer(v: Any, n: int) -> int:
    """An integer, a float that equals one, or a string that spells one of the two."""
    if v.__class__ is int:
        return v
    number = to_number(v) if v.__class__ is str else v
    if number.__class__ is int:
        return number
    if number.__class__ is not float:
        raise type_error(v, n, "number")
    integer = float_to_integer(number)
    if integer is None:
        raise BadArgument(n, "number has no integer representation")
    return integer


def check_number(v: Any, n: int) -> Number:
    """A number, or a string that spells one."""
    if v.__class__ is float or v.__class__ is int:
        return v
    number = to_number(v) if v.__class__ is str else None
    if number is None:
        raise type_error(v, n, "number")
    return number


def check_string(v: Any, n: int) -> str:
    """A string, or the text of a number."""
    if v.__class__ is str:
        return v
    if v.__class__ is int or v.__class__ is float:
        return number_text(v)
    raise type_error(v, n, "string")


def check_table(v: Any, n: int) -> Any:
    """A table."""
    if isinstance(v, BaseTable):
        return v
    raise type_error(v, n, "table")


def check_function(v: Any, n: int) -> Any:
    """A function; a callable table is none."""
    if v.__class__ is FunctionType or v.__class__ is BuiltinFunctionType:
        return v
    raise type_error(v, n, "function")


def check_any(v: Any, n: int) -> Any:
    """Any value, nil included."""
    if v is NO_VALUE:
        raise BadArgument(n, "value expected")
    return v


def opt_integer(v: Any, n: int, default: int) -> int:
    """`check_integer`, or `default` for nil and no value."""
    return default if v is None or v is NO_VALUE else check_integer(v, n)


def opt_number(v: Any, n: int, default: Number) -> Number:
    """`check_number`, or `default` for nil and no value."""
    return default if v is None or v is NO_VALUE else check_number(v, n)


def opt_string(v: Any, n: int, default: str) -> str:
    """`check_string`, or `default` for nil and no value."""
    return default if v is None or v is NO_VALUE else check_string(v, n)


def check_option(v: Any, n: int, options: Sequence[str], default: str | None = None) -> str:
    """One of `options`, `default` (if there is one) for nil and no value; what C reads ends at a zero byte."""
    text = check_string(v, n) if default is None else opt_string(v, n, default)
    name = text.partition("\0")[0]
    if name not in options:
        raise BadArgument(n, f"invalid option '{name}'")
    return name
