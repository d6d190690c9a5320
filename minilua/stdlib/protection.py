"""`pcall` and `xpcall` (manual §6.1)."""

from __future__ import annotations

from types import FunctionType
from typing import Any, Dict

from .. import blame
from ..blame import Thrown
from ..coroutines import run
from ..recursion import C_LEVELS, LIGHT_LEVEL, Nesting
from ..values import operations
from .arguments import NO_VALUE, check_any, check_function

OVERFLOW = "C stack overflow"


def successful(results: Any) -> Any:
    if len(results) > operations.MANY:
        operations.reserve_many(results)
    return (True, *results)


def protected_calls(nesting: Nesting) -> Dict[str, object]:
    """The functions for a runtime, whose nesting each of them deepens."""

    def pcall(function: Any = NO_VALUE, *arguments: Any) -> Any:
        if function.__class__ is not FunctionType:
            check_any(function, 1)
            function = operations.callable_of(function)
        depth = nesting.depth
        if depth >= C_LEVELS:
            return False, OVERFLOW
        nesting.depth = depth + LIGHT_LEVEL
        try:
            results = function(*arguments)
            if results.__class__ is not tuple:
                return True, results
            results = operations.finish(results)
        except Thrown as error:
            return False, error.args[0]
        except Exception as error:
            return False, blame.error_value(error)
        finally:
            nesting.depth = depth
        return successful(results) if results.__class__ is tuple else (True, results)

    def xpcall(function: Any = NO_VALUE, handler: Any = NO_VALUE, *arguments: Any) -> Any:
        check_function(handler, 2)
        nesting.depth += LIGHT_LEVEL
        try:
            if nesting.depth > C_LEVELS:
                raise Thrown(OVERFLOW)
            results = operations.call(function, *arguments)
        except Exception as error:
            return False, blame.handled(handler, error)
        finally:
            nesting.depth -= LIGHT_LEVEL
        return successful(results) if results.__class__ is tuple else (True, results)

    pcall.λtwin = pcall_in_coroutine  # type: ignore[attr-defined]
    xpcall.λtwin = xpcall_in_coroutine  # type: ignore[attr-defined]
    return {"pcall": pcall, "xpcall": xpcall}


# In a coroutine they may be yielded across. A level of PUC-Rio's C stack is theirs no more when they have been, so they
# do not count.


def pcall_in_coroutine(function: Any = NO_VALUE, *arguments: Any) -> Any:
    check_any(function, 1)
    try:
        results = yield from run(function, arguments)
    except Exception as error:
        return False, blame.error_value(error)
    return successful(results) if results.__class__ is tuple else (True, results)


def xpcall_in_coroutine(function: Any = NO_VALUE, handler: Any = NO_VALUE, *arguments: Any) -> Any:
    check_function(handler, 2)
    try:
        results = yield from run(function, arguments)
    except Exception as error:
        return False, blame.handled(handler, error)
    return successful(results) if results.__class__ is tuple else (True, results)


for twin, name in ((pcall_in_coroutine, "pcall"), (xpcall_in_coroutine, "xpcall")):
    blame.register_library(twin, name)
for catcher in (*protected_calls(Nesting()).values(), pcall_in_coroutine, xpcall_in_coroutine):
    blame.register_role(catcher, blame.CAUGHT_IN)
