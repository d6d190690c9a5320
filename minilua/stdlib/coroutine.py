"""The `coroutine` library (manual §6.2)."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any, Dict

from .. import blame, coroutines
from ..errors import Fault
from ..values.coroutines import Coroutine, running
from .arguments import NO_VALUE, type_error

if TYPE_CHECKING:
    from ..runtime import LuaRuntime


def check_coroutine(value: Any, position: int) -> Coroutine:
    if value.__class__ is not Coroutine:
        raise type_error(value, position, "thread")
    return value  # type: ignore[no-any-return]


def new_coroutine(function: Any) -> Coroutine:
    if function.__class__ is not FunctionType:
        raise type_error(function, 1, "function")
    return Coroutine(function)


def create(function: Any = NO_VALUE, *_: Any) -> Coroutine:
    return new_coroutine(function)


def resume(coroutine: Any = NO_VALUE, *arguments: Any) -> Any:
    check_coroutine(coroutine, 1)
    try:
        results = coroutines.resume(coroutine, arguments)
    except Exception as error:
        return False, coroutines.error_value(error)
    return (True, *results) if results.__class__ is tuple else (True, results)


def wrap(function: Any = NO_VALUE, *_: Any) -> Any:
    coroutine = new_coroutine(function)
    resume = coroutines.resume

    def wrapped(*arguments: Any) -> Any:
        try:
            return resume(coroutine, arguments)
        except Exception as error:
            failure: Exception = error
        value = coroutines.error_value(failure)
        if coroutine.status == "dead":
            closing = coroutines.close(coroutine)
            if closing is not None and closing is not failure:
                value = coroutines.error_value(closing)
        if value.__class__ is str:
            value = blame.where(1) + value
        raise blame.Thrown(value) from failure.__cause__

    blame.register_library(wrapped, "?")
    return wrapped


def status(coroutine: Any = NO_VALUE, *_: Any) -> str:
    if coroutine is MAIN:
        return "running" if running.coroutine is None else "normal"
    return check_coroutine(coroutine, 1).status


def isyieldable(coroutine: Any = None, *_: Any) -> bool:
    return running.coroutine is not None if coroutine is None else coroutine is not MAIN


MAIN = Coroutine(None)
"""What `running` answers outside every coroutine."""
MAIN.status = "running"


def running_(*_: Any) -> Any:
    coroutine = running.coroutine
    return (MAIN, True) if coroutine is None else (coroutine, False)


def close(coroutine: Any = NO_VALUE, *_: Any) -> Any:
    check_coroutine(coroutine, 1)
    state = status(coroutine)
    if state not in ("suspended", "dead"):
        raise Fault(f"cannot close a {state} coroutine")
    failure = coroutines.close(coroutine)
    return True if failure is None else (False, coroutines.error_value(failure))


def library(runtime: LuaRuntime) -> Dict[str, object]:
    return {
        "close": close,
        "create": create,
        "isyieldable": isyieldable,
        "resume": resume,
        "running": running_,
        "status": status,
        "wrap": wrap,
        "yield": coroutines.lua_yield,
    }


