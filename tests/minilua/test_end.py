"""How a program ends in the command `minilua`: finalizers are called, and variables closed, as `lua` does it."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import List, Optional, Tuple

import pytest

from minilua import Limits, LuaRuntime
from minilua.command import main

SCRIPT = """
local function made(number)
  return setmetatable({number}, {__gc = function(object)
    print("gc", object[1])
    if object[1] == 2 then error("refused", 0) end
    if object[1] == 3 then setmetatable({"another"}, getmetatable(object)) end
  end})
end
local function closing(name)
  return setmetatable({}, {__close = function(_, failure) print("close", name, failure) end})
end
first, second = made(1), made(2)
list = {made(3), made(4)}
list[1].list = list
suspended = coroutine.wrap(function() local own <close> = closing("suspended") coroutine.yield(made(5)) end)
fifth = suspended()
warn("@on")
local outer <close> = closing("outer")
local function leave(...) local inner <close> = closing("inner") os.exit(...) end
if ... == "error" then error("failed")
elseif ... == "exit" then leave(3)
elseif ... == "close" then leave(true, true)
elseif ... == "pcall" then pcall(leave, false, true)
elseif ... == "coroutine" then coroutine.wrap(leave)(7, true) end
"""

FINALIZED = ["gc\t5", "gc\t4", "gc\t3", "gc\t2", "gc\t1"]


@pytest.mark.parametrize(
    ("how", "status", "printed"),
    [
        ("end", 0, ["close\touter\tnil", *FINALIZED]),
        ("error", 1, ["close\touter\tscript.lua:20: failed", *FINALIZED]),
        ("exit", 3, []),
        ("close", 0, ["close\tinner\tnil", "close\touter\tnil", *FINALIZED]),
        ("pcall", 1, ["close\tinner\tnil", "close\touter\tnil", *FINALIZED]),
        ("coroutine", 7, ["close\touter\tnil", *FINALIZED]),
    ],
)
def test_the_end_of_a_program(
    how: str,
    status: int,
    printed: List[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gc.collect()  # what other programs of this process left, or its finalizers would print in this one
    monkeypatch.chdir(tmp_path)
    Path("script.lua").write_text(SCRIPT)
    assert run("--no-cache", "script.lua", how) == status
    output, errors = capsys.readouterr()
    assert output.splitlines() == printed
    warned = "Lua warning: error in __gc (refused)" in errors.splitlines()
    assert warned == bool(printed)


def run(*arguments: str) -> int:
    try:
        return main(list(arguments))
    except SystemExit as left:
        assert isinstance(left.code, int)
        return left.code


def test_closing_a_runtime_calls_its_own_finalizers_once() -> None:
    called: List[Tuple[str, float]] = []
    runtimes = []
    for name in ("first", "second"):
        lua = LuaRuntime()
        lua.globals()["note"] = lambda number, name=name: called.append((name, number))
        lua.execute("kept = {} for i = 1, 3 do kept[i] = setmetatable({i}, {__gc = function(o) note(o[1]) end}) end")
        runtimes.append(lua)
    runtimes[1].close()
    assert called == [("second", 3), ("second", 2), ("second", 1)]
    runtimes[1].execute("kept = nil")
    del lua, runtimes
    gc.collect()
    assert called[3:] == []


@pytest.mark.parametrize("limits", [None, Limits(seconds=100)])
def test_a_finalizer_runs_in_its_own_runtime(limits: Optional[Limits]) -> None:
    """Python's collector finds the garbage of all of them, in a thread that may run any."""
    first, second = LuaRuntime(limits=limits), LuaRuntime(limits=limits)
    first.execute("""
        called, strings = 0, nil
        getmetatable('').__index = function() return 'strings of the first' end
        local object = setmetatable({}, {__gc = function() called, strings = called + 1, ('x').y end})
        object.itself = object""")
    second.execute("collectgarbage()")
    assert first.eval("called") == 0
    first.execute("collectgarbage()")
    assert first.eval("called, strings") == (1, "strings of the first")
