"""What a script may use: limits, and the budget that a call under limits has of them.

A budget that is used up raises a flag among the globals of its runtime. The code of a limited program asks for that
flag in every turn of a loop and in every function (`Generator.safe_point`), and is stopped there by `Stopped`, which is
no `Exception`: nothing of Lua's catches it, and as the flag stays up, whatever still runs is stopped in turn. So a
script ends in a state like any other, and its runtime goes on living.

Time and memory are looked at by a thread (`watchdog`), and where there are no threads, or where they do not get their
turn, by the code itself, every so many safe points. What is allocated in one piece is asked for beforehand (`reserve`).
"""

from __future__ import annotations

import gc
import math
import sys
import threading
import time
from itertools import cycle, repeat
from types import TracebackType

from .memory import in_use
from .values import graves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterable, Iterator, Optional, Tuple, Type, TypeVar

    T = TypeVar("T")

clock = time.monotonic

IS_PYPY = sys.implementation.name == "pypy"
"""There threads take turns where a loop turns back. What recurses without loops, once compiled, lets no other run."""

MECHANISM = "ticks" if IS_PYPY or sys.platform in ("emscripten", "wasi") else "flag"
"""How limited programs are stopped here: by a flag that a thread raises, or by counting, where no thread can do so."""

LOOK_PERIOD = 0.01
"""Seconds between two looks at time and memory."""

TICKS = 100 if IS_PYPY else 20
"""Safe points between two looks, where the code itself looks."""

TURN = 1e-4
"""Seconds that PyPy needs to give another thread its turn."""

SMALL = 1 << 11
"""What is allocated in smaller pieces is not asked for: the looks find it in time."""


BOUNDS = ("seconds", "memory", "depth", "output")


class Limits:
    """What one call into a runtime may use; None is no bound.

    Args:
        seconds: of time, from the moment that the call enters the runtime, what it spends `waiting` aside.
        memory: bytes by which the process may grow meanwhile.
        depth: calls of Lua functions inside one another, give or take 15.
        output: bytes that it prints.

    A script that would use more ends with `LuaLimitError`.

    Raises:
        ValueError: a bound is not a positive number.

    >>> LuaRuntime(limits=Limits(seconds=0.1)).execute("while true do end")
    Traceback (most recent call last):
    minilua.errors.LuaLimitError: [string "while true do end"]:1: the time limit of 0.1 seconds is used up
    """

    __slots__ = ("depth", "memory", "output", "seconds")

    seconds: Optional[float]
    memory: Optional[int]
    depth: Optional[int]
    output: Optional[int]

    def __init__(
        self,
        seconds: Optional[float] = None,
        memory: Optional[int] = None,
        depth: Optional[int] = None,
        output: Optional[int] = None,
    ) -> None:
        if seconds is not None and not (seconds.__class__ in (int, float) and 0 < seconds < math.inf):
            raise ValueError(f"seconds must be a positive number, not {seconds!r}")
        for name, bound in (("memory", memory), ("depth", depth), ("output", output)):
            if bound is not None and not (bound.__class__ is int and bound > 0):
                raise ValueError(f"{name} must be a positive integer, not {bound!r}")
        for name, value in zip(BOUNDS, (seconds, memory, depth, output)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("limits do not change")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Limits) and self._bounds() == other._bounds()

    def __hash__(self) -> int:
        return hash(self._bounds())

    def __repr__(self) -> str:
        bounds = (f"{name}={bound!r}" for name, bound in zip(BOUNDS, self._bounds()))
        return f"Limits({', '.join(bounds)})"

    def _bounds(self) -> Tuple[Optional[float], ...]:
        return self.seconds, self.memory, self.depth, self.output

    def told(self, limit: str) -> str:
        """The sentence about a limit that is used up."""
        if limit == "seconds":
            return f"the time limit of {self.seconds:g} seconds is used up"
        if limit == "memory":
            return f"the memory limit of {self.memory} bytes is used up"
        if limit == "depth":
            return f"the depth limit of {self.depth} calls is used up"
        if limit == "output":
            return f"the output limit of {self.output} bytes is used up"
        return "cancelled by the host"


ticks = cycle([False] * (TICKS - 1) + [True])
"""Counts safe points: true every so many times."""


always = repeat(True)


def raise_flag(flags: Dict[str, Any]) -> None:
    """Have the code over these globals stop at its next safe point. One that counts them looks at each from now on:
    else what swallows the end of an inner loop might always be elsewhere when the count is full."""
    flags["λexhausted"] = True
    flags["λticks"] = always


def lower_flag(flags: Dict[str, Any]) -> None:
    flags["λexhausted"] = False
    flags["λticks"] = ticks


entries = cycle([False] * 15 + [True])
"""Counts functions that are entered, for the depth limit, which so may be exceeded by 15 calls."""


class Stopped(BaseException):
    """Ends a script whose budget is used up, or the one around it."""

    def __init__(self, budget: Budget, limit: str) -> None:
        super().__init__(limit)
        self.budget = budget
        self.limit = limit


class Budget:
    """What is left of the limits of one call.

    Args:
        limits: what the call may use.
        flags: the globals of the runtime that it enters, where the flag is.
        outer: the budget of the call that this one happens in, which it uses up as well.
    """

    def __init__(self, limits: Limits, flags: Dict[str, Any], outer: Optional[Budget]) -> None:
        self.limits = limits
        self.flags = flags
        self.outer = outer
        self.over = ""  # the limit that is used up
        self.suspect = False  # whether memory may be used up, or full of garbage
        self.deadline = math.inf if limits.seconds is None else clock() + limits.seconds
        self.memory = math.inf if limits.memory is None else limits.memory
        self.memory_before: Optional[Tuple[int, ...]] = None
        self.unseen = 0  # bytes that have been asked for since memory was last looked at
        self.written = 0
        self.waiting = 0  # contexts of `waiting` inside one another
        self.since = 0.0, 0  # the time and the growth when the outermost was entered
        self.next_look = 0.0

    # ------------------------------------------------------------ from outside

    def look(self) -> None:
        """Raise the flag if anything is used up; called by any thread."""
        if not self.over and not self.waiting:
            if clock() >= self.deadline:
                self.over = "seconds"
            elif self.growth() > self.memory:
                self.suspect = True
                raise_flag(self.flags)
        self.look_on()

    def look_on(self) -> None:
        """Raise the flag if this budget, or one around it, is known to be used up."""
        budget: Optional[Budget] = self
        while budget is not None:
            if budget.over:
                raise_flag(self.flags)
                return
            budget = budget.outer

    def cancel(self) -> None:
        self.over = "cancel"
        self.look()

    def growth(self) -> int:
        """The bytes by which the process has grown since this was first asked, or since it was smallest."""
        if self.memory is math.inf:
            return 0
        now = in_use()
        before = self.memory_before
        if before is None:
            self.memory_before = now
            return 0
        growth = max([amount - earlier for amount, earlier in zip(now, before)])
        if growth < 0:  # what others had left behind is gone
            self.memory_before = now
            return 0
        return growth

    # ------------------------------------------------------------ from the script's thread

    def check(self) -> None:
        """Stop what runs if this budget, or one around it, is used up."""
        budget: Optional[Budget] = self
        while budget is not None:
            if MECHANISM == "ticks":
                budget.look_again()
            if budget.suspect:
                budget.collect()
            if budget.over:
                raise_flag(self.flags)
                budget.stop(budget.over)
            budget = budget.outer
        lower_flag(self.flags)

    def stop(self, limit: str) -> None:
        self.over = limit
        raise_flag(self.flags)
        raise Stopped(self, limit)

    def look_again(self) -> None:
        now = clock()
        if now >= self.next_look:
            self.next_look = now + LOOK_PERIOD
            if IS_PYPY and threading.active_count() > 1:
                time.sleep(TURN)  # one may want to cancel this
            self.look()

    def collect(self) -> None:
        """Find out whether it is only garbage that the memory is full of."""
        self.suspect = False
        lower_flag(self.flags)  # for what finalizers run
        gc.collect()
        graves.empty()
        if self.growth() > 0.75 * self.memory:
            self.over = "memory"

    def reserve(self, size: int) -> None:
        self.unseen += size
        if self.unseen > self.memory / 16:
            if self.growth() + size > self.memory:
                self.collect()
                if self.growth() + size > self.memory:
                    self.stop("memory")
            self.unseen = size

    def write(self, size: int) -> None:
        self.written += size
        if self.limits.output is not None and self.written > self.limits.output:
            self.stop("output")

    def wait(self) -> None:
        if self.waiting == 0:
            self.since = clock(), self.growth()
        self.waiting += 1

    def go_on(self) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            started, growth = self.since
            self.deadline += clock() - started
            grown = max(0, self.growth() - growth)
            if self.memory_before is not None:
                self.memory_before = tuple([amount + grown for amount in self.memory_before])


class Current(threading.local):
    """The budget of what this thread runs."""

    budget: Optional[Budget] = None


current = Current()


POINTER = 8
"""The bytes that a value takes in a list."""


def reserve(size: int) -> None:
    """Ask for `size` bytes before they are allocated in one piece.

    Raises:
        Stopped: they are more than what is left, or the budget is used up anyway.
    """
    if size >= SMALL:
        check()
        budget = current.budget
        while budget is not None:
            if budget.memory is not math.inf:
                budget.reserve(size)
            budget = budget.outer


def is_bounded() -> bool:
    """Whether anybody asks what is reserved here: to reckon it may take time as well."""
    return current.budget is not None


def check() -> None:
    """Stop here if the budget is used up: for what takes long outside of Lua code.

    Raises:
        Stopped: it is.
    """
    budget = current.budget
    if budget is not None and (budget.flags["λexhausted"] or MECHANISM == "ticks"):
        budget.check()


def may_run(finalizer: Any) -> bool:
    """Whether a finalizer may run now: one of a runtime with limits only inside a call that has a budget of them."""
    values = getattr(finalizer, "__globals__", {})
    budget = current.budget
    return not values.get("λlimited") or (budget is not None and budget.flags is values and not budget.over)


PACE = 500


def paced(values: Iterable[T]) -> Iterator[T]:
    """The values, for a loop that may take long outside of Lua code: it is stopped when the budget is used up."""
    turn = 0
    for value in values:
        turn += 1
        if turn == PACE:
            turn = 0
            check()
        yield value


def wrote(size: int) -> None:
    """Count what a script has printed.

    Raises:
        Stopped: it is more than the script may.
    """
    budget = current.budget
    while budget is not None:
        budget.write(size)
        budget = budget.outer


class Waiting:
    """A context in which neither time nor memory is the script's: the host waits for something, or loads it.

    >>> with waiting:
    ...     response = fetch(address)
    """

    def __enter__(self) -> None:
        budget = current.budget
        while budget is not None:
            budget.wait()
            budget = budget.outer

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        budget = current.budget
        while budget is not None:
            budget.go_on()
            budget = budget.outer


waiting = Waiting()
