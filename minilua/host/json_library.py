"""The library `json` of workflows: `json.decode(text)` and `json.encode(value)`.

null is nil: a null in an array leaves a hole, as assigning nil would. Integers stay integers, those beyond 64 bits
become floats, as Lua reads such numerals.
"""

from __future__ import annotations

import json
import re
from typing import Any, Callable, Dict

from minilua.host.data import lua_type, to_data
from minilua.host.errors import HostError
from minilua.host.json_text import pretty, without_surrogates

#: How deeply JSON text may be nested: PHP's limit, which scripts of this kind were written against.
DEEPEST = 512


def library() -> Dict[str, Callable[..., Any]]:
    """Return the functions of the library by name."""
    return {"decode": decode, "encode": encode}


def decode(text: Any = None, *_: Any) -> Any:
    """Return what JSON text says: objects and arrays as tables, null as nil."""
    if text.__class__ is not str:
        raise HostError(f"json.decode: expected string, got {lua_type(text)}")
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise HostError(f"json.decode: nested more than {DEEPEST} levels deep")
    try:
        data = json.loads(text, parse_int=_integer, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise HostError(f"json.decode: {error}") from None
    return _whole(data) if "\\ud" in text.lower() else data


def encode(value: Any = None, *_: Any) -> str:
    """Return a value as indented JSON text. An empty table is an empty array."""
    try:
        return pretty(to_data(value))
    except HostError as error:
        raise HostError(f"json.encode: {error}") from None


def _integer(digits: str) -> Any:
    if len(digits) > 20:
        return float(digits)
    value = int(digits)
    return value if -(2**63) <= value < 2**63 else float(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _depth(text: str) -> int:
    deepest = depth = 0
    for bracket in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text, re.DOTALL):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest


def _whole(data: Any) -> Any:
    if isinstance(data, str):
        return without_surrogates(data)
    if isinstance(data, dict):
        return {_whole(key): _whole(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_whole(item) for item in data]
    return data
