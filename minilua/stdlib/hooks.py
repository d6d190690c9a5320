"""Hooks of the debug library, by Python's tracing: what runs under one is slow.

A count is of Python's instructions. A hook that raises an error is removed, since Python stops tracing then.
"""

from __future__ import annotations

import atexit
import dis
import sys
import threading
from typing import Any, Dict, NamedTuple, Optional

from ..blame import library_names
from ..compiler.marks import Marks, marks_of
from ..coroutines import current
from ..values import operations
from ..values.coroutines import Coroutine

YIELD_VALUE = dis.opmap["YIELD_VALUE"]
SUSPENDING = frozenset((YIELD_VALUE, dis.opmap.get("YIELD_FROM", YIELD_VALUE)))
RESUME = dis.opmap.get("RESUME")
"""What follows such an instruction, and is where CPython from 3.12 on says that a frame is when it is suspended."""


class Hook(NamedTuple):
    function: Any
    mask: str
    period: int


class Hooks(threading.local):
    """The hooks of the coroutines in this Python thread (None stands for the main one)."""

    def __init__(self) -> None:
        self.by_thread: Dict[Optional[Coroutine], Hook] = {}
        self.others: Any = None  # the trace function that was there before
        self.waiting: Any = None  # the frame that has called `yield`


hooks = Hooks()


def get_hook(thread: Optional[Coroutine]) -> Optional[Hook]:
    return hooks.by_thread.get(thread)


def set_hook(thread: Optional[Coroutine], hook: Optional[Hook]) -> None:
    if not hooks.by_thread:
        hooks.others = sys.gettrace()
    if hook is None:
        hooks.by_thread.pop(thread, None)
    else:
        hooks.by_thread[thread] = hook
    if not hooks.by_thread:
        sys.settrace(hooks.others)
        return
    sys.settrace(enter)
    frame: Any = sys._getframe(1)
    while frame is not None:
        marks = marks_of(frame.f_code)
        if marks is not None or id(frame.f_code) in library_names:
            frame.f_trace = FrameTrace(frame, marks)
        frame = frame.f_back


@atexit.register
def stop() -> None:
    """A script may end without taking its hook away, and what it needs is gone when Python's modules are."""
    if sys.gettrace() is enter:
        sys.settrace(None)


def enter(frame: Any, event: str, argument: Any) -> Any:
    """Python's trace function: a frame is entered, or gone on with."""
    code = frame.f_code
    marks = marks_of(code)
    if marks is None and id(code) not in library_names:
        return None
    if isinstance(frame.f_trace, FrameTrace):
        if hooks.waiting is frame:
            hooks.waiting = None
            tell("return")
        return frame.f_trace
    tell("call")
    return FrameTrace(frame, marks)


def tell(event: str, line: Optional[int] = None) -> None:
    hook = hooks.by_thread.get(current())
    if hook is None or (event[0] not in hook.mask and event != "count"):
        return
    try:
        operations.call(hook.function, event, line)
    except BaseException:
        hooks.by_thread.clear()
        raise


class FrameTrace:
    """The trace function of one frame."""

    def __init__(self, frame: Any, marks: Optional[Marks]) -> None:
        self.marks = marks
        self.line = 0
        self.instruction = -1
        self.instructions = 0
        self.failing = False
        hook = hooks.by_thread.get(current())
        frame.f_trace_opcodes = hook is not None and hook.period > 0

    def __call__(self, frame: Any, event: str, argument: Any) -> Any:
        if event == "line":
            self.failing = False
            self.reach(frame)
            self.count()
        elif event == "opcode":
            self.count()
        elif event == "exception":
            self.failing = True
        elif event == "return":
            self.leave(frame, argument)
        return self

    def count(self) -> None:
        """An instruction; a line counts as one as well, since CPython 3.13 does not tell of all instructions."""
        self.instructions += 1
        hook = hooks.by_thread.get(current())
        if hook is not None and hook.period > 0 and self.instructions % hook.period == 0:
            tell("count")

    def reach(self, frame: Any) -> None:
        if self.marks is None:
            return
        line = self.marks.find(frame.f_code, frame.f_lasti, frame.f_lineno)[0]
        if line != self.line or frame.f_lasti <= self.instruction:
            self.line = line
            tell("line", line)
        self.instruction = frame.f_lasti

    def leave(self, frame: Any, result: Any) -> None:
        if self.failing and result is None:
            return
        instruction = frame.f_code.co_code[frame.f_lasti]
        if instruction == RESUME and frame.f_lasti > 0:
            instruction = frame.f_code.co_code[frame.f_lasti - 2]
        if instruction in SUSPENDING:
            if hooks.waiting is None and self.marks is not None:
                hooks.waiting = frame
                tell("call")  # of `yield`
        else:
            tell("return")
