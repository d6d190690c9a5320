"""Running Lua in generators: how a coroutine suspends from wherever it is (manual §2.6).

A Lua function runs in a coroutine as its twin (`compiler.twins`), a generator that delegates to the twins of what it
calls, so that a `yield` in the innermost one suspends them all. What has no twin is called as it is, and a yield
inside it is refused, as PUC-Rio refuses it across C.
"""

from __future__ import annotations

import sys
from itertools import repeat
from types import FunctionType

from . import blame
from .compiler.marks import GENERATOR, marks_of
from .compiler.program import twin_code
from .errors import Fault
from .limits import check, reserve
from .recursion import C_LEVELS, LIGHT_LEVEL, c_level
from .values import operations
from .values.closing import Closing, follow
from .values.coroutines import Coroutine
from .values.iteration import each, ipairs_step, lua_next
from .values.operations import metamethod, one, truth
from .values.table import BaseTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Generator, Iterable, Iterator, List, Optional, Tuple

    Steps = Generator[Any, Any, Any]


class Closed(BaseException):
    """Thrown into a suspended coroutine to close it."""


def lua_yield(*values: Any) -> Any:
    """`coroutine.yield` where it is called by anything but a twin."""
    if current() is None:
        raise blame.Thrown("attempt to yield from outside a coroutine")
    raise blame.Thrown("attempt to yield across a C-call boundary")


def sent(yielded: Any) -> Tuple[None, Any]:
    """What `yield` returns where a generic `for` goes on with the coroutine, and not `resume` with its arguments.

    Such a loop calls its iterator with its state, which is nil, and with the value that it got last.
    """
    return None, one(yielded)


def twin(function: Any) -> Optional[Callable[..., Steps]]:
    """The generator function that stands for `function` in a coroutine; None where it is called as it is."""
    if function.__class__ is not FunctionType:
        if metamethod(function, "__call") is None:
            return None
        return lambda *arguments: steps(*operations.callee(function, arguments))
    try:
        return function.λtwin  # type: ignore[attr-defined, no-any-return]
    except AttributeError:
        made = None
    if marks_of(function.__code__) is not None:
        code = twin_code(function.__code__)
        if code is not None:
            made = FunctionType(
                code, function.__globals__, function.__name__, function.__defaults__, function.__closure__
            )
    function.λtwin = made  # type: ignore[attr-defined]
    return made


def steps(function: Any, arguments: Tuple[Any, ...]) -> Steps:
    """A call of a function as a generator, which may return a tail call still to be made."""
    made = twin(function)
    return run(function, arguments) if made is None else made(*arguments)


def run(function: Any, arguments: Tuple[Any, ...]) -> Steps:
    """Call a Lua value in a coroutine."""
    while True:
        if function is lua_yield:
            results = yield arguments
            return sent(arguments) if results is None else results
        made = twin(function)
        if made is None:
            return operations.call(function, *arguments)
        results = yield from made(*arguments)
        if not is_pending(results):
            return results
        _, function, arguments = results


def is_pending(results: Any) -> bool:
    """Whether what a call returned is a tail call still to be made."""
    return results.__class__ is tuple and len(results) > 0 and results[0] is operations.TAIL_CALL


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
    # An operator does nothing after it has called a metamethod, so it need not be left by an exception: to raise one
    # takes as long as generators are nested.
    wanted: List[Any] = []
    result = operation(*operands, invoke=lambda *call: wanted.append(call))
    if not wanted:
        return result
    handler, *arguments = wanted[0]
    result = one((yield from run(handler, tuple(arguments))))
    return truth(result) if operation in COMPARISONS else result


def close_variable(manager: Closing, error: Optional[BaseException]) -> Steps:
    """Leave the block of a to-be-closed variable, perhaps because of an error."""
    if error is not None and (not isinstance(error, (Exception, Closed)) or leave_open(manager, error)):
        return
    try:
        call = manager.call_for(error if isinstance(error, Exception) else None)
        if call is not None:
            yield from run(*call)
    except Exception as successor:
        follow(successor, error)
        raise


def leave_open(manager: Closing, error: BaseException) -> bool:
    """Whether a to-be-closed variable is left for `close`, since its coroutine dies of the error (lua_resume).

    If it is not, a message handler has its turn before the variable has.
    """
    if not isinstance(error, Exception) or manager.value is None or manager.value is False:
        return False
    notes = vars(error)
    if "λdying" not in notes:
        notes["λdying"] = dies_of(error, sys._getframe(2))
    coroutine = notes["λdying"]
    if coroutine is None:
        return False
    coroutine.λopen.append(manager)
    return True


def dies_of(error: Exception, leaving: Any) -> Optional[Coroutine]:
    """The coroutine that an error ends, which is about to leave a frame; None where something catches it before."""
    frame = leaving
    while frame is not None:
        role = blame.roles.get(id(frame.f_code))
        if role is blame.CAUGHT_IN:
            if "handler" in frame.f_locals:
                blame.handle_early(frame.f_locals["handler"], error, leaving)
            return None
        if role is blame.RESUMED_IN:
            return None if frame.f_code is close.__code__ else frame.f_locals["coroutine"]
        frame = frame.f_back
    return None


PENDING: Any = object()


def direct(function: Any, state: Any, control: Any, count: int) -> Iterable[Any]:
    """The turns of a generic `for`, or PENDING over and over where the loop has to call its iterator."""
    if control is None and function is lua_next and isinstance(state, BaseTable):
        return each((function, state, control), count)
    if control == 0 and function is ipairs_step and control.__class__ is int:
        return each((function, state, control), count)
    if control is None and state is None and hasattr(function, "λdrive"):
        return function.λdrive() if count == 1 else each((function, state, control), count)
    return repeat(PENDING)


# ---------------------------------------------------------------- resuming


def start(coroutine: Coroutine, arguments: Tuple[Any, ...]) -> Steps:
    if coroutine.λfunction is None:  # it stands for what is no coroutine
        raise CannotResume("cannot resume non-suspended coroutine")
    coroutine.λgenerator = steps(coroutine.λfunction, arguments)
    return coroutine.λgenerator


def resume(coroutine: Coroutine, arguments: Tuple[Any, ...]) -> Any:
    """Go on with a coroutine until it yields or returns; what it gives, or the error that it died of, raised.

    Raises:
        CannotResume: the coroutine is dead, or running already.
    """
    nesting = coroutine.λnesting
    if nesting.depth >= C_LEVELS:
        check_levels(coroutine)
    nesting.depth += 1
    try:
        generator = coroutine.λgenerator
        if generator is None:
            if coroutine.λis_dead:
                raise StopIteration
            return start(coroutine, arguments).send(None)
        # A generator that None is sent is one that a loop goes on with: see `drive`.
        return generator.send(arguments[0] if len(arguments) == 1 and arguments[0] is not None else arguments)
    except StopIteration as stop:
        if coroutine.λis_dead:
            raise CannotResume("cannot resume dead coroutine") from None
        if is_pending(stop.value):
            return go_on(coroutine, stop.value)
        coroutine.λis_dead = True
        return stop.value
    except BaseException as error:
        fail(coroutine, error)
        raise
    finally:
        nesting.depth -= 1


def check_levels(coroutine: Coroutine) -> None:
    """Refuse to begin a coroutine where no level is left; one that is suspended may go on in the last (lua_resume)."""
    generator = coroutine.λgenerator
    if coroutine.λis_dead or coroutine.λfunction is None:
        return
    if generator is None:
        coroutine.λis_dead = True  # it has begun, and fails at once
    elif generator.gi_running or coroutine.λnesting.depth == C_LEVELS:  # type: ignore[attr-defined]
        return
    raise CannotResume("C stack overflow")


def go_on(coroutine: Coroutine, results: Any) -> Any:
    """Make the tail call that the function of a coroutine has left."""
    _, function, arguments = results
    coroutine.λgenerator = generator = run(function, arguments)
    try:
        return generator.send(None)
    except StopIteration as stop:
        coroutine.λis_dead = True
        return stop.value
    except BaseException as error:
        fail(coroutine, error)
        raise


def fail(coroutine: Coroutine, error: BaseException) -> None:
    """Note what a coroutine died of; raises CannotResume if the error is that it is running already."""
    generator = coroutine.λgenerator
    if error.__class__ is ValueError and generator is not None and generator.gi_running:  # type: ignore[attr-defined]
        raise CannotResume("cannot resume non-suspended coroutine") from None
    if coroutine.λfunction is None:  # it stands for what is no coroutine, and did not begin
        return
    coroutine.λis_dead = True
    coroutine.λfailure = error if isinstance(error, Exception) else None


class CannotResume(Fault):
    """A message that `resume` reports without a place."""


def first_turn(coroutine: Coroutine, generator: Steps) -> Any:
    """Begin a generator for a loop, which takes two levels of PUC-Rio's C stack: the loop's call, and the coroutine.

    Later turns are not counted, so that they cost nothing: what recurses without end does so in the first.
    """
    nesting = coroutine.λnesting
    if nesting.depth + 2 * LIGHT_LEVEL > C_LEVELS:
        raise CannotResume("C stack overflow")
    nesting.depth += 2 * LIGHT_LEVEL
    try:
        return generator.send(None)
    finally:
        nesting.depth -= 2 * LIGHT_LEVEL


def drive(coroutine: Coroutine) -> Steps:
    """The turns of the loops over a wrapped coroutine: it goes on at the speed of Python's generators.

    Yields what the coroutine yields, as it is. A loop that is left leaves the coroutine suspended, so this generator
    lives as long as the coroutine and is used by all loops over it.
    """
    while True:
        try:
            if coroutine.λis_dead:
                raise CannotResume("cannot resume dead coroutine")
            is_new = coroutine.λgenerator is None
            generator = coroutine.λgenerator or start(coroutine, (None, None))
            while True:
                try:
                    if is_new:
                        yield first_turn(coroutine, generator)
                    results = yield from generator
                except StopIteration as stop:
                    results = stop.value
                if coroutine.λis_dead:
                    raise CannotResume("cannot resume dead coroutine")
                if not is_pending(results):
                    break
                coroutine.λgenerator = generator = run(*results[1:])
                is_new = True
            coroutine.λis_dead = True
        except Exception as error:
            failure = error
            try:
                if error.__class__ is not CannotResume:
                    fail(coroutine, error)
            except CannotResume as refusal:
                failure = refusal
            coroutine.λdriver = None
            raise wrapped_error(coroutine, failure, blame.where_looping(sys._getframe())) from failure.__cause__
        yield results


def turns(coroutine: Coroutine) -> Iterator[Any]:
    """What a generic `for` over a wrapped coroutine iterates over."""
    driver = coroutine.λdriver
    if driver is None or driver.gi_running:  # type: ignore[attr-defined]
        driver = drive(coroutine)
        if coroutine.λdriver is None:
            coroutine.λdriver = driver
    return driver


def wrapped_error(coroutine: Coroutine, failure: Exception, place: str) -> blame.Thrown:
    """The error that the caller of a wrapped coroutine gets (`auxwrap` of PUC-Rio's): texts get a place in front."""
    value = error_value(failure)
    if coroutine.λis_dead:
        closing = close(coroutine)
        if closing is not None and closing is not failure:
            value = error_value(closing)
    if value.__class__ is str:
        check()  # coroutines may be many inside one another, and the text longer with each
        reserve(len(value))
        value = place + value
    return blame.Thrown(value)


def current() -> Optional[Coroutine]:
    """The coroutine that is running in this Python thread, the innermost; None outside all."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        if frame.f_code in RESUMERS:
            return frame.f_locals["coroutine"]  # type: ignore[no-any-return]
        frame = frame.f_back
    return None


def may_yield() -> bool:
    """Whether the Lua function that asks runs as a twin, which may yield."""
    frame: Any = sys._getframe(1)
    while frame is not None and frame.f_code not in RESUMERS:
        if marks_of(frame.f_code) is not None:
            return bool(frame.f_code.co_flags & GENERATOR)
        frame = frame.f_back
    return frame is not None


def status(coroutine: Coroutine) -> str:
    """What `coroutine.status` answers."""
    generator = coroutine.λgenerator
    if coroutine.λis_dead:
        return "dead"
    if generator is None or not generator.gi_running:  # type: ignore[attr-defined]
        return "suspended"
    return "running" if current() is coroutine else "normal"


def close(coroutine: Coroutine) -> Optional[Exception]:
    """Kill a suspended or dead coroutine, closing its variables; the error that it or they ended with, if any."""
    failure, coroutine.λfailure = coroutine.λfailure, None
    if coroutine.λis_dead:
        left, coroutine.λopen = coroutine.λopen, []
        for manager in left:
            try:
                call = manager.call_for(failure)
                if call is not None:
                    operations.call(call[0], *call[1])
            except Exception as error:
                failure = error
        return failure
    generator = coroutine.λgenerator
    try:
        if generator is not None:
            with c_level:
                generator.throw(Closed())
                generator.throw(blame.Thrown("attempt to yield across a C-call boundary"))
    except (Closed, StopIteration):
        return None
    except Exception as error:
        return error
    finally:
        coroutine.λis_dead = True
        coroutine.λgenerator = None
    return None


RESUMERS = (resume.__code__, drive.__code__, close.__code__)
for resumer in (resume, drive, close):
    blame.register_role(resumer, blame.RESUMED_IN)
blame.register_role(close_variable, blame.CLOSED_IN)
blame.register_role(Closing.__exit__, blame.CLOSED_IN)


def error_value(error: BaseException) -> Any:
    """What `coroutine.resume` reports for an error."""
    return error.message if isinstance(error, CannotResume) else blame.error_value(error)
