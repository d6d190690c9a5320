"""The `debug` library (manual §6.10): tracebacks always, and apart from them what looks into functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, NamedTuple, Optional, Tuple

from .. import blame
from ..limits import check, reserve
from ..values import operations
from ..values.coroutines import Coroutine
from ..values.table import BaseTable
from . import stack
from .arguments import NO_VALUE, opt_integer

if TYPE_CHECKING:
    from ..runtime import LuaRuntime


class Call(NamedTuple):
    """The arguments of a function that takes a thread before all others, if it likes."""

    thread: Optional[Coroutine]
    first: int  # the position of the argument after the thread
    rest: Tuple[Any, ...]

    def argument(self, number: int) -> Any:
        return self.rest[number] if number < len(self.rest) else NO_VALUE


def split_thread(arguments: Tuple[Any, ...]) -> Call:
    if arguments and arguments[0].__class__ is Coroutine:
        return Call(arguments[0], 2, arguments[1:])
    return Call(None, 1, arguments)


def traceback(*arguments: Any) -> Any:
    call = split_thread(arguments)
    message = call.rest[0] if call.rest else None
    if message is not None and message.__class__ not in (str, int, float):
        return message
    skipped = opt_integer(call.argument(1), call.first + 1, 1 if call.thread is None else 0)
    check()  # it looks for the names of functions in all modules
    levels = stack.levels_of(call.thread)
    text = blame.traceback_text(levels[max(skipped, 0) :])
    if message is None:
        return text
    shown = operations.tostring(message)
    reserve(len(shown))
    return f"{shown}\n{text}"


def library(runtime: LuaRuntime) -> Dict[str, object]:
    """What every script gets."""
    return {"traceback": traceback}


def unsafe(runtime: LuaRuntime, loaded: BaseTable) -> Dict[str, object]:
    """What looks into functions, and changes what they rely on."""
    from .inspection import library

    return library(runtime, loaded)
