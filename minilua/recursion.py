"""How deep Lua may call: Python's recursion limit while Lua runs.

CPython from 3.12 on calls Python functions without C stack and guards its C stack by itself. PUC-Rio's own limit
there, some 190 000 calls (LUAI_MAXSTACK), would do but for errors: each that is raised while others are being handled
looks through all of them, so what fails in every one of so many calls takes minutes. CPython 3.11 still uses C stack
for calls with `*arguments`, earlier versions and PyPy for every call, and they die where it ends: of 8 MiB 3.11 has
been seen to use up all at 24 000 such calls, 3.9 and PyPy at 16 000 to 24 000, at 8 000 of those that cross `pcall`.
"""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from .errors import Fault, LuaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import List, Optional, Type


IS_WASM = sys.platform in ("emscripten", "wasi")
"""There the stack is the browser's. It ends without a word, and takes 250 to 400 crossings between Python and C."""


def call_depth() -> int:
    if IS_WASM:
        return 1_000
    if sys.implementation.name == "cpython" and sys.version_info >= (3, 12):
        return 40_000
    if sys.platform == "win32":  # 1 MiB of stack
        return 1_500
    return 14_000 if sys.version_info >= (3, 11) else 7_000


CALL_DEPTH = call_depth()

COMPILER_DEPTH = 7_000 if sys.implementation.name == "pypy" else 4_000 if IS_WASM else 12_000
"""Python's recursion limit while a chunk is compiled: Lua allows 200 levels of nesting (LUAI_MAXCCALLS), each of which
is several of Python's. To PyPy it is the size of the stack, 768 bytes each: 12 000 are more than 8 MiB."""

C_LEVELS = 60 if IS_WASM else 199
"""How many library functions that call back, variables that are closed, calls into runtimes, and coroutines, may be
inside one another: as many as PUC-Rio's C stack takes (LUAI_MAXCCALLS, of which the last is refused)."""

LIGHT_LEVEL = 0 if IS_WASM else 1
"""What a `pcall` or the beginning of a loop over a coroutine counts: they do without Python's own C stack."""

ERROR_LEVELS = 20
"""How many more levels there are for message handlers, which are called where the error is, each inside the one before
that failed (luaE_checkcstack)."""


class Nesting:
    """How deep a runtime is in such functions. What reaches a runtime anyway counts there; all else asks `levels`."""

    __slots__ = ("depth",)

    def __init__(self) -> None:
        self.depth = 0


class Levels(threading.local):
    """What counts for this Python thread: the nesting of the runtime that it runs."""

    def __init__(self) -> None:
        self.nesting = Nesting()


levels = Levels()


class CLevel:
    """A context for what calls back; contexts nest.

    Raises:
        error: they are nested too deep.
    """

    def __init__(self, error: Type[Exception]) -> None:
        self.error = error

    def __enter__(self) -> None:
        nesting = levels.nesting
        if nesting.depth >= C_LEVELS:
            raise self.error("C stack overflow")
        nesting.depth += 1

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        levels.nesting.depth -= 1


c_level = CLevel(LuaError)
"""For library functions, and for what enters a runtime."""

closing_level = CLevel(Fault)
"""For the functions of Lua's that leave the block of a to-be-closed variable."""


class DeepCalls:
    """A context in which Python's recursion limit is at least so much; contexts nest, in all threads at once."""

    lock = threading.Lock()  # the limit is one for all threads
    wanted: List[int] = []  # by the contexts that have been entered
    usual = 0

    def __init__(self, depth: int) -> None:
        self.depth = depth

    def __enter__(self) -> None:
        with self.lock:
            if not self.wanted:
                DeepCalls.usual = sys.getrecursionlimit()
            self.wanted.append(self.depth)
            sys.setrecursionlimit(max(self.usual, *self.wanted))

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        with self.lock:
            self.wanted.remove(self.depth)
            sys.setrecursionlimit(max([self.usual, *self.wanted]))


deep_calls = DeepCalls(CALL_DEPTH)
deep_compilation = DeepCalls(COMPILER_DEPTH)
