"""The thread type."""

from __future__ import annotations

import threading
from typing import Any, Generator, Optional


class Coroutine:
    """A Lua thread: the function that it runs, and once started the generator that the function became."""

    __slots__ = ("function", "generator", "status", "failure", "__weakref__")

    def __init__(self, function: Any) -> None:
        self.function = function
        self.generator: Optional[Generator[Any, Any, Any]] = None
        self.status = "suspended"
        self.failure: Optional[BaseException] = None


class Running(threading.local):
    """What runs in this Python thread: the innermost coroutine, and how many are around it."""

    coroutine: Optional[Coroutine] = None
    depth = 0


running = Running()
