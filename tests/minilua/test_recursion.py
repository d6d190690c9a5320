"""How deep library functions and coroutines may be inside one another: as deep as in PUC-Rio's Lua, with its words.

The script is none of `programs/`, which run on Pyodide too: there is less C stack.
"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("lupa.lua54")

import oracle

from minilua import LuaRuntime

SCRIPT = Path(__file__).parent / "recursion_in_c.lua"


def test_levels_of_c() -> None:
    real, ours = [engine.run(SCRIPT.read_bytes(), SCRIPT.name) for engine in (oracle.lua(), oracle.minilua())]
    assert ours.output.splitlines() == real.output.splitlines()
    assert ours.error is real.error is None


def test_levels_are_left_again() -> None:
    """Also by what fails, and by a call from the host that is inside another."""
    from lupa import lua54

    lua = LuaRuntime()
    lua.globals().inner = lambda: lua.execute("return pcall(string.gsub, 'a', 'a', error)")
    run = "for i = 1, 1000 do pcall(string.gsub, 'a', 'a', error) coroutine.wrap(pcall)(error) inner() end return ok"
    lua.execute(run)
    depth = "local n = 0 local function f() n = n + 1 pcall(f) end f() return n"
    assert lua.execute(depth) == lua54.LuaRuntime().execute(depth)
