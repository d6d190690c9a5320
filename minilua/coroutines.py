"""Running Lua in generators: how a coroutine suspends from wherever it is (manual §2.6).

A Lua function runs in a coroutine as its twin (`compiler.twins`), a generator that delegates to the twins of what it
calls, so that a `yield` in the innermost one suspends them all. What has no twin is called as it is, and a yield
inside it is refused, as PUC-Rio refuses it across C.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any, Callable, Generator, Iterator, Optional, Tuple

from . import blame
from .compiler.program import twin_code
from .compiler.python import marks_of
from .errors import Fault
from .values import operations
from .values.closing import Closing
from .values.coroutines import Coroutine, running
from .values.iteration import adjust, each, ipairs_step, lua_next
from .values.operations import metamethod, one, truth
from .values.table import BaseTable

NESTING_LIMIT = 190
"""Coroutines inside one another: about as many as PUC's C stack takes (LUAI_MAXCCALLS)."""

Steps = Generator[Any, Any, Any]


class Captured(BaseException):
    """An operator in full wants to call a metamethod, which is to run in the coroutine."""

    def __init__(self, handler: Any, arguments: Tuple[Any, ...]) -> None:
        self.handler = handler
        self.arguments = arguments


class Closed(BaseException):
    """Thrown into a suspended coroutine to close it."""


def capture(handler: Any, *arguments: Any) -> Any:
    raise Captured(handler, arguments)


def lua_yield(*values: Any) -> Any:
    """`coroutine.yield` where it is called by anything but a twin."""
    if running.coroutine is None:
        raise blame.Thrown("attempt to yield from outside a coroutine")
    raise blame.Thrown("attempt to yield across a C-call boundary")


def twin(function: Any) -> Optional[Callable[..., Steps]]:
    """The generator function that stands for `function` in a coroutine; None where it is called as it is."""
    try:
        return function.λtwin  # type: ignore[no-any-return]
    except AttributeError:
        pass
    if function.__class__ is not FunctionType:
        handler = metamethod(function, "__call") if isinstance(function, BaseTable) else None
        if handler is None:
            return None
        return lambda *arguments: run(handler, (function, *arguments))
    made = None
    if marks_of(function.__code__) is not None:
        code = twin_code(function.__code__)
        if code is not None:
            made = FunctionType(
                code, function.__globals__, function.__name__, function.__defaults__, function.__closure__
            )
    function.λtwin = made
    return made


def run(function: Any, arguments: Tuple[Any, ...]) -> Steps:
    """Call a Lua value in a coroutine."""
    if function is lua_yield:
        return (yield arguments)
    made = twin(function)
    if made is not None:
        return (yield from made(*arguments))
    return operations.call(function, *arguments)


COMPARISONS = (
    operations.equal, operations.less_than, operations.less_equal, operations.greater_than, operations.greater_equal,
)  # fmt: skip


def in_coroutine(operation: Callable[..., Any], *operands: Any) -> Steps:
    """An operator in full, whose metamethod may yield."""
    if operation is operations.concat and len(operands) > 2:
        right = operands[-1]
        for left in reversed(operands[:-1]):
            right = yield from in_coroutine(operation, left, right)
        return right
    try:
        return operation(*operands, invoke=capture)
    except Captured as wanted:
        handler, arguments = wanted.handler, wanted.arguments
    result = one((yield from run(handler, arguments)))
    return truth(result) if operation in COMPARISONS else result


def close_variable(manager: Closing, error: Optional[BaseException]) -> Steps:
    """Leave the block of a to-be-closed variable, perhaps because of an error."""
    if error is not None and not isinstance(error, (Exception, Closed)):
        return
    call = manager.call_for(error if isinstance(error, Exception) else None)
    if call is not None:
        yield from run(*call)


def direct(function: Any, state: Any, control: Any, count: int) -> Optional[Iterator[Tuple[Any, ...]]]:
    """The turns of a generic `for` that needs no call, as tuples of `count`; None if it calls its iterator."""
    if control is None and function is lua_next and isinstance(state, BaseTable):
        pairs = each((function, state, control), 2)
    elif control == 0 and function is ipairs_step and control.__class__ is int:
        pairs = each((function, state, control), 2)
    else:
        return None
    return iter(pairs) if count == 2 else (adjust(pair, count) for pair in pairs)


# ---------------------------------------------------------------- resuming


def resume(coroutine: Coroutine, arguments: Tuple[Any, ...]) -> Any:
    """Go on with a coroutine until it yields or returns; what it gives, or the error that it died of, raised.

    Raises:
        Fault: the coroutine is dead, or running already.
    """
    if coroutine.status != "suspended":
        kind = "dead" if coroutine.status == "dead" else "non-suspended"
        raise CannotResume(f"cannot resume {kind} coroutine")
    if running.depth >= NESTING_LIMIT:
        raise CannotResume("C stack overflow")
    outer = running.coroutine
    if outer is not None:
        outer.status = "normal"
    coroutine.status = "running"
    running.coroutine = coroutine
    running.depth += 1
    try:
        generator = coroutine.generator
        if generator is None:
            made = twin(coroutine.function)
            coroutine.generator = generator = (
                run(coroutine.function, arguments) if made is None else made(*arguments)
            )
            results = generator.send(None)
        else:
            results = generator.send(arguments[0] if len(arguments) == 1 else arguments)
        coroutine.status = "suspended"
        return results
    except StopIteration as stop:
        coroutine.status = "dead"
        return operations.finish(stop.value)
    except BaseException as error:
        coroutine.status = "dead"
        coroutine.failure = error
        raise
    finally:
        running.coroutine = outer
        running.depth -= 1
        if outer is not None:
            outer.status = "running"


class CannotResume(Fault):
    """A message that `resume` reports without a place."""


def close(coroutine: Coroutine) -> Optional[BaseException]:
    """Kill a suspended or dead coroutine, closing its variables; the error that it or they ended with, if any."""
    failure, coroutine.failure = coroutine.failure, None
    if coroutine.status == "dead":
        return failure
    coroutine.status = "dead"
    generator, coroutine.generator = coroutine.generator, None
    if generator is None:
        return None
    try:
        generator.throw(Closed())
        generator.throw(blame.Thrown("attempt to yield across a C-call boundary"))
    except (Closed, StopIteration):
        return None
    except Exception as error:
        return error
    return None


def error_value(error: BaseException) -> Any:
    """What `coroutine.resume` reports for an error."""
    return error.message if isinstance(error, CannotResume) else blame.error_value(error)
