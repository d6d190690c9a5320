"""To-be-closed variables (manual §3.3.8) as a context manager."""

from __future__ import annotations

from ..errors import Fault
from ..recursion import closing_level
from .operations import call, described_type, handler_of, is_callable, metamethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional, Tuple


class ProgramLeft(SystemExit):
    """What `os.exit` raises when it is to close the state: variables on the way out are closed, without an error."""


class Closing:
    """Calls `__close` of a value when its block is left, with the error value if an error leaves it."""

    __slots__ = ("value",)

    def __init__(self, value: Any, name: str) -> None:
        if value is not None and value is not False and metamethod(value, "__close") is None:
            raise Fault(f"variable '{name}' got a non-closable value")
        self.value = value

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Optional[BaseException], trace: Any) -> None:
        if error is None or isinstance(error, (Exception, ProgramLeft)):
            if error is not None:
                from ..coroutines import leave_open

                if leave_open(self, error):
                    return
            try:
                wanted = self.call_for(error if isinstance(error, Exception) else None)
                if wanted is not None:
                    handler, arguments = wanted
                    with closing_level:  # Python's `with` calls this from C
                        call(handler, *arguments)
            except Exception as successor:
                follow(successor, error)
                raise

    def call_for(self, error: Optional[Exception]) -> Optional[Tuple[Any, Tuple[Any, Any]]]:
        """The metamethod to call when the block is left, and its arguments."""
        value = self.value
        if value is None or value is False:
            return None
        from ..blame import Thrown

        handler = metamethod(value, "__close") if error is not None else handler_of(value, "__close")
        if error is not None and not is_callable(handler):
            raise Thrown(f"attempt to call a {described_type(handler)} value")  # no function of Lua's makes the call
        if handler is None:
            raise Fault("attempt to call a nil value (metamethod 'close')")
        return handler, (value, None if error is None else value_of(error))


def value_of(error: Exception) -> Any:
    """The error value, which is worked out once: of a deep stack, each function may close a variable."""
    from ..blame import error_value

    notes = vars(error)
    if "λhandled" in notes:
        return error_value(error)
    known = notes.get("λvalue")
    if known is None:
        known = notes["λvalue"] = (error_value(error),)
    return known[0]


def follow(successor: Exception, error: Optional[BaseException]) -> None:
    """Note on an error in `__close` what is known of the one that it takes the place of: it leads to the same `pcall`.

    To find that takes as long as the stack is deep, and each of its functions may close a variable.
    """
    if error is not None:
        notes = vars(error)
        if "λdying" in notes and "λhandled" not in notes:  # else a message handler has its turn once more
            vars(successor).setdefault("λdying", notes["λdying"])
