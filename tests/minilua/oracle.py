"""What real Lua 5.4 says of a script: PUC-Rio's own, inside lupa, is the reference that minilua is compared with.

Both engines are driven by the same few lines of Lua, so a difference is a difference of the engines: `print` collects
what a script prints, `load` names the chunk `@NAME`, and `pcall` gives the error value of a script that fails.

>>> lua().run(b"print(1 // 0.0)", "division.lua")
Outcome(output='inf\\n', error=None)
"""

from __future__ import annotations

import functools
from typing import Any, Callable, List, NamedTuple, Optional

DRIVER = b"""
local emit = ...
local load, pcall, select, setmetatable, tostring, type = load, pcall, select, setmetatable, tostring, type
local concat, globals = table.concat, _G

local function print(...)
  local parts = {}
  for i = 1, select("#", ...) do
    parts[i] = tostring((select(i, ...)))
  end
  emit(concat(parts, "\\t") .. "\\n")
end
globals.print = print

return function(source, name, fenced)
  local chunk, message
  if fenced then
    chunk, message = load(source, name, "t", setmetatable({}, {__index = globals}))
  else
    chunk, message = load(source, name)
  end
  if not chunk then
    return message
  end
  local fine, failure = pcall(chunk)
  if fine then
    return nil
  elseif type(failure) == "string" then
    return failure
  end
  return "(" .. type(failure) .. ") " .. tostring(failure)
end
"""


VALUES = """
local results = table.pack(pcall(function() return %s end))
for i = 1, results.n do results[i] = tostring(results[i]) end
print(table.concat(results, " | "))
"""


class Outcome(NamedTuple):
    """What a script printed, and the error that ended it, if one did."""

    output: str
    error: Optional[str]


class Engine:
    """One Lua that runs scripts; what a script does to its globals stays."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self._printed: List[bytes] = []
        self._run = execute(DRIVER, self._emit)

    def run(self, source: bytes, name: str, fenced: bool = False) -> Outcome:
        """Runs a script under a name; `fenced`, it gets globals of its own that fall back on the engine's."""
        self._printed.clear()
        error = self._run(source, b"@" + name.encode(), fenced)
        return Outcome(_text(b"".join(self._printed)), None if error is None else _text(_bytes(error)))

    def _emit(self, line: object) -> None:
        self._printed.append(_bytes(line))


def lua() -> Engine:
    """PUC-Rio's Lua 5.4; raises ImportError where lupa is not installed."""
    from lupa.lua54 import LuaRuntime

    return Engine(LuaRuntime(encoding=None).execute)


def minilua() -> Engine:
    """This project's Lua."""
    from minilua import LuaRuntime

    return Engine(LuaRuntime().execute)


def limited() -> Engine:
    """This project's Lua, its code compiled to be stopped; `run` is the call that the limits are for."""
    from minilua import Limits, LuaRuntime

    return Engine(LuaRuntime(limits=Limits(seconds=120, memory=1 << 30)).execute)


lua_of_all, minilua_of_all = functools.cache(lua), functools.cache(minilua)
"""Engines for scripts that leave nothing behind."""


def compare(script: str) -> None:
    """Asserts that a script, which must not fail, prints the same in both."""
    real, ours = [engine.run(script.encode(), "test.lua") for engine in (lua_of_all(), minilua_of_all())]
    assert real.error is None, "the script itself is wrong"
    assert ours == real


def compare_values(expression: str) -> None:
    """Asserts that an expression has the same values in both, or fails with the same words."""
    compare(VALUES % expression)


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    assert isinstance(value, str), value
    return value.encode("utf-8", "surrogateescape")


def _text(printed: bytes) -> str:
    return printed.decode("utf-8", "backslashreplace")
