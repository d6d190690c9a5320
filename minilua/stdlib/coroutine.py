"""The `coroutine` library (manual §6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict

from .. import blame, coroutines
from ..errors import Fault
from ..values.coroutines import Coroutine, running
from .arguments import NO_VALUE, type_error

if TYPE_CHECKING:
    from ..runtime import LuaRuntime


def check_coroutine(value: Any, position: int) -> Coroutine:
    if value.__class__ is not Coroutine:
        raise type_error(value, position, "coroutine")
    return value  # type: ignore[no-any-return]


def create(function: Any = NO_VALUE, *_: Any) -> Coroutine:
    if not callable(function) or blame.LUA_TYPES.get(function.__class__.__name__) == "table":
        raise type_error(function, 1, "function")
    return Coroutine(function)


def resume(coroutine: Any = NO_VALUE, *arguments: Any) -> Any:
    check_coroutine(coroutine, 1)
    try:
        results = coroutines.resume(coroutine, arguments)
    except Exception as error:
        return False, coroutines.error_value(error)
    return (True, *results) if results.__class__ is tuple else (True, results)


def wrap(function: Any = NO_VALUE, *_: Any) -> Any:
    coroutine = create(function)
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

    return wrapped


def status(coroutine: Any = NO_VALUE, *_: Any) -> str:
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
    if coroutine.status not in ("suspended", "dead") or coroutine is MAIN:
        raise Fault(f"cannot close a {coroutine.status} coroutine")
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


