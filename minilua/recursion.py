"""How deep Lua may call: Python's recursion limit while Lua runs.

CPython since 3.11 calls Python functions without C stack, so the limit is Lua's own (about LUAI_MAXSTACK / 5 frames);
earlier versions and PyPy use C stack for every call and die where it ends, well beyond the limit set here.
"""

from __future__ import annotations

import platform
import sys
from types import TracebackType
from typing import Optional, Type

CALL_DEPTH = 190_000 if sys.version_info >= (3, 11) and platform.python_implementation() == "CPython" else 6_000


class DeepCalls:
    """A context in which the recursion limit is Lua's; contexts nest."""

    def __init__(self) -> None:
        self.entered = 0
        self.usual = 0

    def __enter__(self) -> None:
        if self.entered == 0:
            self.usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(CALL_DEPTH, self.usual))
        self.entered += 1

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.entered -= 1
        if self.entered == 0:
            sys.setrecursionlimit(self.usual)


deep_calls = DeepCalls()
