"""What can go wrong, as the embedder sees it and as the runtime tells itself.

The embedder's tree::

    Exception
     └── LuaError               a script failed; `.value` is the Lua error value, `.traceback` Lua's own
          ├── LuaSyntaxError    a chunk could not be compiled
          └── LuaLimitError     a budget of the embedder's was used up

Inside, a library function does not know what it was called as, nor an operator what its operand is named: it
raises one of the incomplete errors below, and `minilua.blame` completes the message from the place in the Lua
source where the error passes::

    Incomplete
     ├── BadArgument            bad argument #1 to 'insert' (table expected, got nil)
     ├── OperandError           attempt to index a nil value (field 'x')
     └── Fault                  any other message that starts with its place
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional


class LuaError(Exception):
    """A Lua script failed.

    Attributes:
        value: the Lua error value as Python sees it: a str for ordinary messages, whatever `error` was given else.
        traceback: Lua's stack traceback as text, or None where the error has not crossed the boundary.

    The Python exception behind it, if a host function raised one, is `__cause__`.

    >>> try:
    ...     LuaRuntime().execute('error("boom")')
    ... except LuaError as error:
    ...     print(error)
    [string "error("boom")"]:1: boom
    """

    traceback: Optional[str] = None
    # The value as the script knows it, for when the error passes through Python back into a script.
    lua_value: Any = None
    has_lua_value = False

    def __init__(self, value: Any = None, traceback: Optional[str] = None) -> None:
        # Errors are raised often, so what is not said is the class's, and `args` is what `__new__` made of it.
        self.value = value
        if traceback is not None:
            self.traceback = traceback

    def __str__(self) -> str:
        return str(self.value)


class LuaSyntaxError(LuaError):
    """A chunk is not Lua: `.value` is PUC-Rio's message with the chunk's name, the line and the token."""


class LuaLimitError(LuaError):
    """A script used up its budget; `.limit` names which: 'seconds', 'memory', 'depth' or 'output'."""

    def __init__(self, value: Any = None, traceback: Optional[str] = None, limit: str = "") -> None:
        super().__init__(value, traceback)
        self.limit = limit


class Incomplete(Exception):
    """An error of the runtime's own that still lacks its place or its names."""


class BadArgument(Incomplete):
    """An argument that a library function cannot take: its position from 1, and why."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(position, why)
        self.position = position
        self.why = why


class OperandError(Incomplete):
    """An operation on a value of the wrong type.

    `action` completes "attempt to ..."; `operand` says which operand of the operator is to blame, from 0, and
    `type_name` is its type; `action` may hold the whole message when `type_name` is empty.
    """

    def __init__(self, action: str, operand: int = 0, type_name: str = "") -> None:
        super().__init__(action, operand, type_name)
        self.action = action
        self.operand = operand
        self.type_name = type_name


class Fault(Incomplete):
    """A message that is to start with the place of the caller, as `luaL_error` does it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
