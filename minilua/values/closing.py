"""To-be-closed variables (manual §3.3.8) as a context manager."""

from __future__ import annotations

from typing import Any, Optional

from ..errors import Fault
from .operations import call, metamethod


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
        value = self.value
        if value is None or value is False or error is not None and not isinstance(error, Exception):
            return
        lua_error = None
        if error is not None:
            from ..blame import error_value

            lua_error = error_value(error)
        handler = metamethod(value, "__close")
        if handler is None:
            raise Fault("metamethod 'close' is not callable")
        call(handler, value, lua_error)
