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


@pytest.mark.parametrize("closing", ["", "error('closing')"])
@pytest.mark.parametrize("failing", ["local x = nil .. 1", "f(f)", "error({})"])
def test_variables_closed_on_the_way_out_do_not_each_look_through_the_stack(
    closing: str, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time to leave a deep stack by an error grows with the square of its depth."""
    from minilua import blame, coroutines

    looks = []
    for module, name in ((blame, "levels_of_error"), (coroutines, "dies_of")):
        look = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, look=look: looks.append(1) or look(*given))
    lua = LuaRuntime()
    source = f"""
        local function f(n)
            local v <close> = setmetatable({{}}, {{__close = function() {closing} end}})
            if n == 0 then {failing} else f(n - 1) end
            return 1
        end
        return pcall(f, 300), coroutine.wrap(function() return pcall(f, 300) end)()
    """
    assert lua.execute(source)[0] is False
    assert len(looks) < 20
