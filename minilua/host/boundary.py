"""Host functions as Lua's own: their errors start with the place of the call."""

from __future__ import annotations

from typing import Any, Callable

from minilua.convert import text_to_lua
from minilua.errors import Fault
from minilua.host.catalog import ProviderError
from minilua.host.errors import HostError


def placed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose errors say where in the script it was called, as those of Lua's libraries do.

    >>> LuaRuntime().globals()["encode"] = placed(json_library.encode)  # encode(print) fails with
    workflow.lua:7: json.encode: cannot encode a function
    """

    def call(*values: Any) -> Any:
        try:
            return function(*values)
        except (HostError, ProviderError) as error:
            raise Fault(text_to_lua(str(error))) from error

    return call
