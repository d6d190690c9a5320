"""The library `json` of workflows: `json.decode(text)` and `json.encode(value)`.

null is nil: a null in an array leaves a hole, as assigning nil would. Integers stay integers, those beyond 64 bits
become floats, as Lua reads such numerals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, Union

from minilua import LuaFunction
from minilua.host.boundary import placed
from minilua.host.data import to_data
from minilua.host.errors import HostError
from minilua.host.json_decoding import decode
from minilua.host.json_text import pretty

if TYPE_CHECKING:
    from minilua import LuaRuntime


def library(runtime: LuaRuntime) -> Dict[str, Union[LuaFunction, Callable[..., Any]]]:
    """Return the functions of the library by name."""
    return {"decode": LuaFunction(decode, runtime), "encode": placed(encode)}


def encode(value: Any = None, *_: Any) -> str:
    """Return a value as indented JSON text. An empty table is an empty array."""
    try:
        return pretty(to_data(value))
    except HostError as error:
        raise HostError(f"json.encode: {error}") from None
