"""Python callables as Lua functions, at as little above a call of Python's as can be.

A function is wrapped in one of as many parameters, so that arguments and result cross by tests of their classes
alone and no tuple or list is made; the wrapper's text is written for the number of parameters (see "Host data" in
docs/architecture.md).
"""

from __future__ import annotations

from functools import cache
from types import FunctionType, MethodType

from .blame import register_library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

ABSENT: Any = object()
"""What stands for an argument that the script did not give."""

MOST_PARAMETERS = 8

VARARGS = 4
"""The flag of code that takes `*arguments` (inspect.CO_VARARGS, whose module takes long to import)."""

SAME = frozenset((type(None), bool, int, float))
"""The classes of Lua values that are the same in Python; ASCII strings are too."""

WRAPPER = """
def wrapper(function, to_python, to_lua):
    def host({parameters}*rest):
        if {plain}not rest:
            result = function({arguments})
        else:
            result = function(*[to_python(argument) for argument in ({arguments}*rest,) if argument is not ABSENT])
        if result.__class__ is int:
            if result < 1073741823 and result > -1073741823:
                return result
        elif result.__class__ is str:
            if result.isascii():
                return result
        elif result is None:
            return None
        return to_lua(result)
    return host
"""


@cache
def wrapper(count: int) -> Callable[..., FunctionType]:
    """What makes the wrappers of functions of `count` parameters."""
    names = [f"argument{position}" for position in range(count)]
    plain = "({0}.__class__ is int or {0}.__class__ is str and {0}.isascii() or {0}.__class__ in SAME) and "
    text = WRAPPER.format(
        parameters="".join(f"{name}=ABSENT, " for name in names),
        plain="".join(plain.format(name) for name in names),
        arguments="".join(f"{name}, " for name in names),
    )
    made: Any = {"ABSENT": ABSENT, "SAME": SAME, "__name__": __name__}
    exec(compile(text, f"<calls of host functions of {count}>", "exec"), made)
    return made["wrapper"]  # type: ignore[no-any-return]


def parameter_count(function: Any) -> int:
    """How many parameters a callable takes by position, as far as they are worth a wrapper of their own."""
    bound = 0
    if function.__class__ is MethodType:
        function, bound = function.__func__, 1
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & VARARGS or code.co_argcount - bound > MOST_PARAMETERS:
        return 0
    return int(max(code.co_argcount - bound, 0))


def host_function(
    function: Callable[..., Any], to_python: Callable[[Any], Any], to_lua: Callable[[Any], Any]
) -> FunctionType:
    """A Python callable as a Lua function: its arguments come converted, its result goes back so."""
    host: Any = wrapper(parameter_count(function))(function, to_python, to_lua)
    register_library(host, "?")
    host.λhost = function
    return host  # type: ignore[no-any-return]
