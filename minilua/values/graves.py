"""Letting go of chains where the stack is small.

On WebAssembly the stack is the browser's, and Python does not see its end coming: what is let go of from inside
something that is let go of, and so on through some thousand links, kills it. So the contents of tables, closures and
coroutines are put into graves, and let go of one after the other.
"""

from __future__ import annotations

from types import FunctionType

from ..recursion import IS_WASM
from .coroutines import Coroutine
from .table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, List


class Graves:
    """The contents of what is gone, which are held until the next of its kind goes."""

    contents: List[Any] = []
    busy = False


def empty() -> None:
    """Let go of what is in the graves, and of what that brings there."""
    contents = Graves.contents
    if not Graves.busy:
        Graves.busy = True
        try:
            while contents:
                contents.pop()
        finally:
            Graves.busy = False


def bury(contents: Any) -> None:
    """Hold the contents of something that is about to let go of them."""
    if not Graves.busy:
        empty()
    Graves.contents.append(contents)


def bury_table(table: Any) -> None:
    """`__del__` of tables without finalizers."""
    try:
        contents = table.λhash, table.λarray
    except AttributeError:  # it was never filled
        return
    bury(contents)


class Grave:
    """An attribute of a function, which is let go of before the variables that the function has captured."""

    __slots__ = ("closure",)

    def __init__(self, closure: Any) -> None:
        self.closure = closure

    def __del__(self) -> None:
        bury(self.closure)


def give_grave(function: FunctionType) -> None:
    function.λgrave = Grave(function.__closure__)  # type: ignore[attr-defined]


def bury_coroutine(coroutine: Coroutine) -> None:
    """`__del__` of coroutines."""
    bury((coroutine.λgenerator, coroutine.λdriver, coroutine.λfailure, coroutine.λopen))


if IS_WASM:
    Table.__del__ = bury_table  # type: ignore[attr-defined]
    Coroutine.__del__ = bury_coroutine  # type: ignore[attr-defined]
