"""Limits: what ends a script that uses more than it may, and what remains of the runtime."""

from __future__ import annotations

import threading
from typing import Any, Callable, Iterator, List

import pytest

import minilua.limits
from minilua import Limits, LuaError, LuaFunction, LuaLimitError, LuaRuntime

MEBIBYTE = 1 << 20

ENDLESS = {
    "while": "while true do end",
    "repeat": "repeat until false",
    "for": "for i = 1, math.huge do end",
    "for of floats": "for i = 1.0, math.huge do end",
    "goto": "::again:: goto again",
    "continue": "while true do goto next ::next:: end",
    "iterator": "for x in function() return 1 end do end",
    "tail calls": "local function f() return f() end f()",
    "recursion": "local function f() f() end while true do pcall(f) end",
    "tree of calls": "local function f(n) if n > 0 then f(n - 1) f(n - 1) end end f(100)",
    "pcall": "while true do pcall(function() while true do end end) end",
    "pcall of error": "while true do pcall(error) end",
    "xpcall handler": "while true do xpcall(error, function() while true do end end) end",
    "coroutine": "while true do coroutine.wrap(function() pcall(function() while true do end end) end)() end",
    "coroutine that yields": """
        local f = coroutine.wrap(function() while true do coroutine.yield() end end)
        while true do f() end""",
    "__index": "setmetatable({}, {__index = function() while true do end end}).x()",
    "__index again and again": """
        local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end})
        while true do pcall(function() return t[1] end) end""",
    "__add": "return setmetatable({}, {__add = function() while true do end end}) + 1",
    "__close": "local t <close> = setmetatable({}, {__close = function() while true do end end})",
    "__close of a coroutine": """
        local function f()
            local t <close> = setmetatable({}, {__close = function() while true do end end})
            coroutine.yield()
        end
        local thread = coroutine.create(f)
        coroutine.resume(thread)
        coroutine.close(thread)""",
    "__close on the way out": """
        local t <close> = setmetatable({}, {__close = function() while true do end end})
        while true do end""",
    "__tostring": "tostring(setmetatable({}, {__tostring = function() while true do end end}))",
    "__eq": "return setmetatable({}, {__eq = function() while true do end end}) == setmetatable({}, {})",
    "__lt": "return setmetatable({}, {__lt = function() while true do end end}) < 1",
    "__pairs": "for x in pairs(setmetatable({}, {__pairs = function() while true do end end})) do end",
    "__len": "return #setmetatable({}, {__len = function() while true do end end})",
    "__concat": "return setmetatable({}, {__concat = function() while true do end end}) .. 1",
    "__call": "setmetatable({}, {__call = function() while true do end end})()",
    "sort": "table.sort({3, 1, 2}, function() while true do end end)",
    "gsub": "('abc'):gsub('.', function() while true do end end)",
    "load": "load('while true do end')()",
    "load of an endless text": "load(function() return ' ' end)",
    "load in load": "while true do load('pcall(load, \"while true do end\")')() end",
}


def ends(function: Callable[..., Any], *arguments: Any, **options: Any) -> LuaLimitError:
    with pytest.raises(LuaLimitError) as caught:
        function(*arguments, **options)
    return caught.value


@pytest.fixture(params=["flag", "ticks"])
def mechanism(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways of stopping: by a thread, and where there is none."""
    monkeypatch.setattr(minilua.limits, "MECHANISM", request.param)
    yield request.param


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_never_ends_ends_at_its_time(script: str, mechanism: str) -> None:
    lua = LuaRuntime(limits=Limits(seconds=0.05, memory=64 * MEBIBYTE))
    error = ends(lua.execute, script)
    assert error.limit == ("memory" if "endless text" in script else "seconds")
    assert lua.eval("1 + 1") == 2


def test_the_error_tells_the_limit_the_place_and_the_way() -> None:
    lua = LuaRuntime(limits=Limits(seconds=0.05))
    error = ends(lua.execute, "local function spin()\n  while true do end\nend\nspin()", name="job.lua")
    assert str(error) == "job.lua:2: the time limit of 0.05 seconds is used up"
    assert error.traceback == (
        "stack traceback:\n\tjob.lua:2: in upvalue 'spin'\n\tjob.lua:4: in main chunk\n\t[C]: in ?"
    ).replace("upvalue", "local")
    assert error.limit == "seconds" and isinstance(error, LuaError)


@pytest.mark.parametrize(
    "script",
    [
        "local t = {} while true do t[#t + 1] = {} end",
        "local t = {} for i = 1, math.huge do t[i] = 'x' .. i end",
        "local t = {} for i = 1, math.huge do t['k' .. i] = i end",
        "local s = 'x' while true do s = s .. s end",
        "local s = 'x' " + "s = s .. s .. s .. s " * 40,
        "local s = 'x' while true do s = s:rep(10) end",
        "local s = ('x'):rep(1 << 20) local t = {} while true do t[#t + 1] = s:upper() .. #t end",
        "local t = {} while true do t[#t + 1] = function() return t end end",
        "local t = {} while true do t[#t + 1] = coroutine.wrap(function() coroutine.yield() end) t[#t]() end",
        "local t = {} while true do t = {t} end",
        "local t = {} while true do setmetatable(t, {}) t = {t} end",
        "local function f() return 1, f() end f()",
        "return ('x'):rep(1 << 30)",
        "local s = ('x'):rep(1 << 20) return table.concat({s, s, s, s, s, s, s, s, s, s}, s):rep(8)",
    ],
)  # fmt: skip
def test_memory_without_end_ends_at_its_limit(script: str, mechanism: str) -> None:
    lua = LuaRuntime(limits=Limits(seconds=20, memory=20 * MEBIBYTE))
    try:
        error = ends(lua.execute, script)
        # Metatables are slow to make on PyPy: the time may be over before the memory is.
        assert error.limit == "memory" or (error.limit == "seconds" and "setmetatable" in script)
    except LuaError as other:
        assert "stack overflow" in str(other)
    assert lua.eval("1 + 1") == 2


def test_garbage_is_not_memory_in_use() -> None:
    lua = LuaRuntime(limits=Limits(memory=64 * MEBIBYTE))
    lua.execute("for i = 1, 400000 do local t = {} t.self = t end")


def test_output_is_counted() -> None:
    class Sink:
        written: List[str] = []

        def write(self, text: str) -> None:
            self.written.append(text)

    lua = LuaRuntime(stdout=Sink(), limits=Limits(output=10))  # type: ignore[arg-type]
    error = ends(lua.execute, "print('12345') pcall(print, '67890') print('more')")
    assert error.limit == "output" and Sink.written == ["12345\n"]
    lua.execute("print('again')")


def test_limits_of_a_call_take_the_place_of_the_runtimes() -> None:
    lua = LuaRuntime(limits=Limits(seconds=1000))
    assert ends(lua.execute, "while true do end", limits=Limits(seconds=0.05)).limit == "seconds"
    assert ends(lua.eval, "(function() while true do end end)()", limits=Limits(seconds=0.05)).limit == "seconds"
    spin = lua.eval("function() while true do end end")
    with lua.limited(Limits(seconds=0.05)):
        assert ends(spin).limit == "seconds"


def test_a_runtime_without_limits_can_be_given_some_later() -> None:
    lua = LuaRuntime()
    spin = lua.eval("function() local t = {} return (function() while t do end end)() end")
    lua.execute("function forever() while true do end end object = {f = function(self) while self do end end}")
    lua.execute("thread = coroutine.wrap(forever)")
    for script in ("forever()", "object:f()", "thread()"):
        assert ends(lua.execute, script, limits=Limits(seconds=0.05)).limit == "seconds"
    with lua.limited(Limits(seconds=0.05)):
        ends(spin)


def test_each_call_has_a_budget_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(minilua.limits, "clock", lambda: now[0])
    lua = LuaRuntime(limits=Limits(seconds=10))

    def later(seconds: float) -> None:
        now[0] += seconds
        for budget in lua._budgets:
            budget.look()

    lua.globals()["later"] = later
    for _ in range(3):
        lua.execute("later(9)")
    assert ends(lua.execute, "later(9) pcall(later, 9) while true do end").limit == "seconds"


def test_waiting_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(minilua.limits, "clock", lambda: now[0])
    lua = LuaRuntime(limits=Limits(seconds=10))

    def fetch() -> None:
        with minilua.limits.waiting:
            now[0] += 60
            for budget in lua._budgets:
                budget.look()

    lua.globals()["fetch"] = fetch
    lua.execute("for i = 1, 3 do fetch() end")


def test_calls_inside_one_another_use_up_both_budgets() -> None:
    lua = LuaRuntime(limits=Limits(seconds=1000))
    inner = lua.eval("function() while true do end end")
    seen: List[str] = []

    def limited() -> None:
        with lua.limited(Limits(seconds=0.05)):
            seen.append(ends(inner).limit)

    lua.globals()["limited"] = limited
    lua.globals()["inner"] = inner
    lua.execute("limited()")
    assert seen == ["seconds"]

    def unlimited() -> None:
        with lua.limited(Limits(seconds=1000)):
            inner()

    lua.globals()["unlimited"] = unlimited
    error = ends(lua.execute, "pcall(unlimited) while true do end", limits=Limits(seconds=0.05))
    assert "0.05" in str(error)


def test_a_function_of_the_hosts_cannot_swallow_the_end() -> None:
    lua = LuaRuntime(limits=Limits(seconds=0.05))

    def stubborn(function: LuaFunction) -> None:
        try:
            function()
        except BaseException:
            pass

    lua.globals()["stubborn"] = stubborn
    ends(lua.execute, "while true do stubborn(function() while true do end end) end")


def test_cancel_from_another_thread() -> None:
    lua = LuaRuntime(limits=Limits())
    started = threading.Event()
    lua.globals()["started"] = started.set
    thread = threading.Thread(target=lambda: (started.wait(), lua.cancel()))
    thread.start()
    error = ends(lua.execute, "started() while true do pcall(function() while true do end end) end")
    thread.join()
    assert error.limit == "cancel" and "cancelled" in str(error)
    assert lua.eval("1 + 1") == 2
    lua.cancel()
    assert lua.eval("1 + 1") == 2


def test_limits_are_values() -> None:
    limits = Limits(seconds=1.5, memory=2, depth=3, output=4)
    assert (limits.seconds, limits.memory, limits.depth, limits.output) == (1.5, 2, 3, 4)
    assert limits == Limits(1.5, 2, 3, 4) and hash(limits) == hash(Limits(1.5, 2, 3, 4)) and limits != Limits()
    assert repr(limits) == "Limits(seconds=1.5, memory=2, depth=3, output=4)"


def test_cancel_needs_limits() -> None:
    with pytest.raises(RuntimeError, match="without limits"):
        LuaRuntime().cancel()


@pytest.mark.parametrize(
    "bounds",
    [
        {"seconds": 0}, {"seconds": -1.0}, {"seconds": float("nan")}, {"seconds": float("inf")}, {"seconds": "1"},
        {"seconds": True}, {"memory": 0}, {"memory": 1.5}, {"memory": True}, {"depth": -1}, {"output": "10"},
    ],
)  # fmt: skip
def test_bounds_are_checked(bounds: Any) -> None:
    (name,) = bounds
    with pytest.raises(ValueError, match=f"^{name} must be a positive"):
        Limits(**bounds)


def test_one_runtime_runs_in_one_thread_at_a_time() -> None:
    lua = LuaRuntime()
    outcome: List[BaseException] = []

    def intrude() -> None:
        try:
            lua.execute("x = 1")
        except BaseException as error:
            outcome.append(error)

    def from_another_thread() -> None:
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()

    lua.globals()["from_another_thread"] = from_another_thread
    lua.execute("from_another_thread()")
    assert isinstance(outcome[0], RuntimeError) and "another thread" in str(outcome[0])
    lua.execute("x = 2")


def test_the_interrupt_of_the_user_passes() -> None:
    lua = LuaRuntime(limits=Limits(seconds=100))

    def interrupt() -> None:
        raise KeyboardInterrupt

    lua.globals()["interrupt"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        lua.execute("pcall(interrupt) coroutine.wrap(interrupt)()")
    assert lua.eval("1 + 1") == 2


@pytest.mark.parametrize("later", [False, True])
def test_depth_is_counted(mechanism: str, later: bool) -> None:
    lua = LuaRuntime() if later else LuaRuntime(limits=Limits(depth=100))
    lua.execute("function deep(n) if n > 0 then return 1 + deep(n - 1) end return 0 end")
    with lua.limited(Limits(depth=100)):
        assert lua.eval("deep(90)") == 90
        assert ends(lua.eval, "pcall(deep, 120)").limit == "depth"
        lua.execute("local function loop(n) if n > 0 then return loop(n - 1) end end loop(100000)")
        assert ends(lua.execute, "coroutine.wrap(function() return 1 + deep(120) end)()").limit == "depth"
