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
            wanted = self.call_for(error if isinstance(error, Exception) else None)
            if wanted is not None:
                handler, arguments = wanted
                with closing_level:  # Python's `with` calls this from C
                    call(handler, *arguments)

    def call_for(self, error: Optional[Exception]) -> Optional[Tuple[Any, Tuple[Any, Any]]]:
        """The metamethod to call when the block is left, and its arguments."""
        value = self.value
        if value is None or value is False:
            return None
        from ..blame import Thrown, error_value

        handler = metamethod(value, "__close") if error is not None else handler_of(value, "__close")
        if error is not None and not is_callable(handler):
            raise Thrown(f"attempt to call a {described_type(handler)} value")  # no function of Lua's makes the call
        if handler is None:
            raise Fault("attempt to call a nil value (metamethod 'close')")
        return handler, (value, None if error is None else error_value(error))
