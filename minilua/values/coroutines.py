"""The thread type."""

from __future__ import annotations

from ..recursion import Nesting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generator, List, Optional


class Coroutine:
    """A Lua thread: the function that it runs, and once started the generator that the function became.

    Whether it runs, waits or has ended is the generator's to say, so that a resumption has nothing to write down.
    Code that indexes a thread meets Python's attributes, so none has a name that Lua can spell.
    """

    __slots__ = ("λfunction", "λnesting", "λgenerator", "λdriver", "λis_dead", "λfailure", "λopen", "__weakref__")

    def __init__(self, function: Any, nesting: Nesting) -> None:
        self.λfunction = function
        self.λnesting = nesting
        self.λgenerator: Optional[Generator[Any, Any, Any]] = None
        self.λdriver: Optional[Generator[Any, Any, Any]] = None  # through which the loops go on that iterate over it
        self.λis_dead = False
        self.λfailure: Optional[Exception] = None
        self.λopen: List[Any] = []  # the to-be-closed variables that the failure left, the innermost first
