"""The `coroutine` library (manual §6.2)."""

from __future__ import annotations

from functools import partial
from types import FunctionType
from typing import TYPE_CHECKING, Any, Dict

from .. import blame, coroutines
from ..coroutines import resume as resume_coroutine
from ..errors import Fault
from ..recursion import Nesting
from ..values.coroutines import Coroutine
from .arguments import NO_VALUE, type_error

if TYPE_CHECKING:
    from ..runtime import LuaRuntime


def check_coroutine(value: Any, position: int) -> Coroutine:
    if value.__class__ is not Coroutine:
        raise type_error(value, position, "thread")
    return value


def resume(coroutine: Any = NO_VALUE, *arguments: Any) -> Any:
    check_coroutine(coroutine, 1)
    try:
        results = coroutines.resume(coroutine, arguments)
    except Exception as error:
        return False, coroutines.error_value(error)
    return (True, *results) if results.__class__ is tuple else (True, results)


def status(coroutine: Any = NO_VALUE, *_: Any) -> str:
    if coroutine is MAIN:
        return "running" if coroutines.current() is None else "normal"
    return coroutines.status(check_coroutine(coroutine, 1))


def isyieldable(coroutine: Any = NO_VALUE, *_: Any) -> bool:
    return coroutines.may_yield() if coroutine is NO_VALUE else check_coroutine(coroutine, 1) is not MAIN


MAIN = Coroutine(None, Nesting())
"""What `running` answers outside every coroutine."""


def running(*_: Any) -> Any:
    coroutine = coroutines.current()
    return (MAIN, True) if coroutine is None else (coroutine, False)


def close(coroutine: Any = NO_VALUE, *_: Any) -> Any:
    check_coroutine(coroutine, 1)
    state = status(coroutine)
    if state not in ("suspended", "dead"):
        raise Fault(f"cannot close a {state} coroutine")
    failure = coroutines.close(coroutine)
    return True if failure is None else (False, coroutines.error_value(failure))


def library(runtime: LuaRuntime) -> Dict[str, object]:
    nesting = runtime._nesting

    def create(function: Any = NO_VALUE, *_: Any) -> Coroutine:
        if function.__class__ is not FunctionType:
            raise type_error(function, 1, "function")
        return Coroutine(function, nesting)

    def wrap(function: Any = NO_VALUE, *_: Any) -> Any:
        if function.__class__ is not FunctionType:
            raise type_error(function, 1, "function")
        coroutine = Coroutine(function, nesting)

        def wrapped(*arguments: Any) -> Any:
            try:
                return resume_coroutine(coroutine, arguments)
            except Exception as error:
                failure = error
            raise coroutines.wrapped_error(coroutine, failure, blame.where(1)) from failure.__cause__

        wrapped.λdrive = partial(coroutines.turns, coroutine)  # type: ignore[attr-defined]
        blame.register_library(wrapped, "?")
        return wrapped

    return {
        "close": close,
        "create": create,
        "isyieldable": isyieldable,
        "resume": resume,
        "running": running,
        "status": status,
        "wrap": wrap,
        "yield": coroutines.lua_yield,
    }
