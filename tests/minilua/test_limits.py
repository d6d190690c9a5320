"""Limits: what ends a script that uses more than it may, and what remains of the runtime."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import weakref
from typing import Any, Callable, Iterator, List

import pytest

import minilua.limits
from minilua import Limits, LuaError, LuaFunction, LuaLimitError, LuaRuntime
from minilua.compiler import codegen, program
from minilua.limits import IS_PYPY
from minilua.recursion import levels
from minilua.stdlib import formatting, matching, string
from minilua.values import finalizers, graves, table
from minilua.values.coroutines import Coroutine
from minilua.values.globals import GlobalsView
from minilua.watchdog import watchdog

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
    assert error.traceback == ("stack traceback:\n\tjob.lua:2: in upvalue 'spin'\n\tjob.lua:4: in main chunk").replace(
        "upvalue", "local"
    )
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


# ---------------------------------------------------------------- what scripts leave behind


def test_names_of_fields_live_as_long_as_the_chunks_that_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "recent", {})
    monkeypatch.setattr(program, "CACHE_SIZE", 4)
    monkeypatch.setattr(table, "MOST_GIVEN_UP", 4)
    lua = LuaRuntime()
    kept = lua.eval("function(t) return t.a_name_that_is_kept end")
    lua.execute("for i = 1, 100 do load('return function(t) return t.a_name_' .. i .. ' end')() end")
    gc.collect()
    lua.execute("return ({}).another_name")
    names = [name for name in table.names_in_use if name.startswith("a_name_")]
    assert "a_name_that_is_kept" in names and len(names) < 20
    on_class = [name for name in table.Table.__dict__ if name.startswith("a_name_")]
    assert sorted(on_class) == (sorted(names) if table.NAMES_ON_CLASSES else [])
    assert kept(lua.table(a_name_that_is_kept=5)) == 5 and kept(lua.table()) is None
    again = lua.eval("function(t) return t.a_name_1, t.a_name_2 end")
    assert again(lua.table(a_name_2=3)) == (None, 3)


def test_a_walk_through_the_globals_goes_on_when_the_runtime_takes_a_name_of_its_own_away() -> None:
    view = GlobalsView({"first": 1, "λpostponed": [], "second": 2})
    walk = iter(view)
    assert next(walk) == "first"
    del view.global_values["λpostponed"]
    assert list(walk) == ["second"]


def test_caches_keep_nothing_that_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "recent", {})
    lua = LuaRuntime()
    lua.execute("for i = 1, 30 do load('return ' .. i .. (' '):rep(50000)) end")
    assert sum(len(source) for source, *_ in program.recent) <= program.CACHED_TEXT
    lua.execute("""
        local long = ('x'):rep(5000)
        for i = 1, 3 do
            local text = long .. i
            local short = ('x'):gsub('x', 'y')
            local a, b, c = text:find(text .. '%d?'), ('x'):gsub('x', text), text:format()
        end""")
    caches = matching.cache, string._replacements, formatting._cache
    assert max(len(key) for cache in caches for key in cache if key.__class__ is str) < 5000
    assert max(len(key[0]) for key in string._replacements) < 5000


def test_the_store_keeps_what_the_host_runs_and_not_what_scripts_load(monkeypatch: pytest.MonkeyPatch) -> None:
    class Store:
        saved: List[str] = []

        def load(self, marks: Any) -> None:
            return None

        def save(self, marks: Any, stored: Any) -> None:
            self.saved.append(marks.source)

    monkeypatch.setattr(program, "store", Store())
    LuaRuntime().execute("return 'main ' .. load('return 1 -- a chunk of a script')()")
    assert [source for source in Store.saved if "-- a chunk" in source] == Store.saved
    assert len(Store.saved) == 1


@pytest.mark.parametrize("length", [3, 49, 50, 51, 300])
def test_chains_of_any_length_are_followed(length: int) -> None:
    lua = LuaRuntime()
    lua.execute("""
        bases = {{x = 1}}
        for i = 2, ... do bases[i] = setmetatable({}, {__index = bases[i - 1]}) end
        last = bases[#bases]""", length)  # fmt: skip
    assert lua.eval("last.x, last.y") == (1, None)
    lua.execute("bases[1].y = 2 bases[2].x = 3")
    assert lua.eval("last.x, last.y") == (3, 2)
    lua.execute("bases[2].x = nil setmetatable(bases[1], {__index = function(t, k) return k .. '!' end})")
    assert lua.eval("last.x, last.z") == (1, "z!")


def test_a_table_that_grows_while_others_inherit_from_it() -> None:
    lua = LuaRuntime()
    lua.execute("base = {} made = {} for i = 1, 150 do made[i] = setmetatable({}, {__index = base}) end")
    lua.execute("for i = 1, 2000 do base['field' .. i] = i end")
    assert lua.eval("made[1].field1, made[150].field2000, made[7].none") == (1, 2000, None)
    lua.execute("base.field1 = 'changed' base.field2 = nil")
    assert lua.eval("made[1].field1, made[1].field2, setmetatable({}, {__index = base}).field3") == ("changed", None, 3)


def test_no_metamethod_is_asked_while_classes_are_mended() -> None:
    lua = LuaRuntime()
    assert lua.execute("""
        local asked, meta = 0, {__eq = function() asked = asked + 1 return true end}
        local a, b = setmetatable({}, meta), setmetatable({v = 1}, meta)
        meta.__index = b
        return setmetatable({}, {__index = a}).v, asked""") == (1, 0)  # fmt: skip


@pytest.mark.parametrize("count", [1000, 300_000])
def test_plain_values_are_sorted_in_parts(count: int) -> None:
    numbers = [(i * 7919) % 1_000_003 for i in range(count)]
    texts = [("x" * 10_000) + str(number) for number in numbers[:700]] * 3
    lua = LuaRuntime(limits=Limits(seconds=60))
    for values in (numbers, texts):
        found = lua.execute("local t = ... table.sort(t) return t", values)
        assert found.to_python() == sorted(values)


IN_64_MEBIBYTES = """
import sys
from minilua import Limits, LuaLimitError, LuaRuntime
try:
    LuaRuntime(limits=Limits(memory=64 << 20)).execute(sys.argv[1])
except LuaLimitError as error:
    print(error.limit)
"""


def limit_in_a_new_process(script: str) -> str:
    """The limit that ends a script in a process that has nothing free from before, which may grow by less."""
    command = [sys.executable, "-c", IN_64_MEBIBYTES, script]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@pytest.mark.parametrize("script", ["error(('\\xff'):rep(30 << 20))", "return ('\\xff'):rep(30 << 20)"])
def test_a_large_text_that_leaves_the_runtime_is_memory_too(script: str) -> None:
    assert limit_in_a_new_process(script) == "memory"


@pytest.mark.skipif(IS_PYPY, reason="where what is free is kept for the next, the process need not grow")
def test_a_message_with_a_place_in_front_is_memory_too() -> None:
    assert limit_in_a_new_process("error(('x'):rep(60 << 20))") == "memory"


# ---------------------------------------------------------------- the host's exceptions, threads and loops


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize("limits", [None, Limits(seconds=100)])
def test_what_ends_the_host_passes(kind: type, limits: Any) -> None:
    def end(*_: Any) -> None:
        raise kind("the host's")

    lua = LuaRuntime(limits=limits)
    lua.globals()["finish"] = end
    for script in (
        "pcall(finish)", "coroutine.wrap(finish)()", "coroutine.wrap(function() pcall(finish) end)()",
        "table.sort({2, 1}, finish)", "return ('x'):gsub('x', finish)", "xpcall(error, finish)",
        "local x <close> = setmetatable({}, {__close = function() finish() end})",
        "tostring(setmetatable({}, {__tostring = finish}))", "load(finish)", "for x in finish do end",
    ):  # fmt: skip
        with pytest.raises(kind, match="the host's"):
            lua.execute(script)
        assert lua.eval("1 + 1") == 2


@pytest.mark.parametrize("kind", [RecursionError, MemoryError, OverflowError, ValueError, UnicodeError, StopIteration])
def test_other_exceptions_of_the_hosts_are_errors_of_luas(kind: type) -> None:
    def fail() -> None:
        raise kind("of the host's")

    lua = LuaRuntime(limits=Limits(seconds=100))
    lua.globals()["fail"] = fail
    for call in (
        "pcall(fail)",
        "coroutine.resume(coroutine.create(function() return fail() end))",
        "pcall(next, {}, fail)",
    ):
        fine, message = lua.execute(f"return {call}")
        assert fine is False and isinstance(message, str) and "Traceback" not in message
    with pytest.raises(LuaError):
        lua.execute("fail()")


def test_limits_hold_under_asyncio_and_in_its_threads() -> None:
    async def main() -> List[str]:
        spin = "while true do pcall(function() while true do end end) end"

        def run() -> str:
            return ends(LuaRuntime(limits=Limits(seconds=0.1)).execute, spin).limit

        loop = asyncio.get_running_loop()
        return [run(), *(await asyncio.gather(*[loop.run_in_executor(None, run) for _ in range(3)]))]

    assert asyncio.run(main()) == ["seconds"] * 4


def test_cancelling_a_task_of_asyncios_ends_its_script() -> None:
    async def main() -> str:
        lua = LuaRuntime(limits=Limits())
        started = threading.Event()
        lua.globals()["started"] = started.set
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(None, lambda: ends(lua.execute, "started() while true do end"))
        await loop.run_in_executor(None, started.wait)
        lua.cancel()
        return (await running).limit

    assert asyncio.run(main()) == "cancel"


def test_one_runtime_in_two_threads_says_so_and_goes_on() -> None:
    lua = LuaRuntime(limits=Limits(seconds=100))
    started, refused = threading.Event(), threading.Event()
    lua.globals()["started"] = started.set
    lua.globals()["wait"] = refused.wait
    results: List[Any] = []
    thread = threading.Thread(target=lambda: results.append(lua.execute("started() wait() return x")))
    lua.execute("x = 'untouched'")
    thread.start()
    started.wait()
    for enter in (lambda: lua.execute("x = 1"), lambda: lua.eval("1"), lambda: lua.globals()["x"]):
        with pytest.raises(RuntimeError, match="another thread"):
            enter()
    refused.set()
    thread.join()
    assert results == ["untouched"] and lua.eval("x") == "untouched"


def test_a_thousand_runtimes_leave_nothing_behind() -> None:
    def use() -> None:
        lua = LuaRuntime(limits=Limits(seconds=100, memory=1 << 30))
        lua.execute("t = setmetatable({}, {__index = {x = 1}, __gc = function() end}) return t.x, ('x'):find('x')")
        lua.execute("c = coroutine.wrap(function() coroutine.yield() end) c() pcall(error, {})")

    def objects() -> int:
        for _ in range(3):
            gc.collect()
        return len(gc.get_objects())

    for _ in range(20):
        use()
    before, threads = objects(), threading.active_count()
    for _ in range(1000):
        use()
    assert objects() - before < 1000 and threading.active_count() == threads  # not one for each
    assert len(watchdog.budgets) == 0 and not levels.nesting.depth


def test_runtimes_that_are_dropped_are_not_held_by_code_that_is_kept() -> None:
    def use(number: int) -> Any:
        lua = LuaRuntime()
        lua.execute(f"x = {number}")
        return weakref.ref(lua)

    runtimes = [use(number) for number in range(100)]
    for _ in range(5):
        gc.collect()
    assert sum(runtime() is not None for runtime in runtimes) <= 1  # Python may still hold the last


def test_calls_into_a_runtime_may_not_be_inside_one_another_without_end() -> None:
    lua = LuaRuntime()
    lua.globals()["execute"] = lua.execute
    lua.execute("n = 0 function f() n = n + 1 return execute('return f()') end")
    assert lua.execute("return pcall(f)") == (False, "C stack overflow")
    assert 150 < lua.eval("n") < 200 and lua.eval("1 + 1") == 2


CHAINS = {
    "tables": "last = {last, next = {last}, [{}] = i}",
    "tables with metatables": "last = setmetatable({last}, {__index = function() end})",
    "tables with finalizers": "last = setmetatable({last}, has_finalizer)",
    "weak tables": "last = setmetatable({last}, is_weak)",
    "closures": "local before = last last = function() return before end",
    "closures of functions": "local function made(before) return function() return before end end last = made(last)",
    "coroutines": "local before = last last = coroutine.create(function() coroutine.yield(before) end) go_on(last)",
    "wrapped coroutines": "local before = last last = coroutine.wrap(function() coroutine.yield(before) end) last()",
    "failed coroutines": "local before = last last = coroutine.create(function() error(before) end) go_on(last)",
}
"""What makes a chain of many links."""


@pytest.mark.skipif(not hasattr(sys, "getrefcount"), reason="there is no chain of what goes where nobody counts")
@pytest.mark.parametrize("link", CHAINS)
def test_what_is_buried_is_not_let_go_of_in_chains(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table.Table, "__del__", graves.bury_table, raising=False)
    monkeypatch.setattr(Coroutine, "__del__", graves.bury_coroutine, raising=False)
    for module in table, codegen, finalizers:
        monkeypatch.setattr(module, "IS_WASM", True)
    monkeypatch.setattr(program, "recent", {})
    lua = LuaRuntime()
    lua.execute(f"""
        go_on, is_weak, has_finalizer = coroutine.resume, {{__mode = "k"}}, {{__gc = function() end}}
        alive = setmetatable({{}}, {{__mode = "k"}})
        for i = 1, 1000 do {CHAINS[link]} alive[last] = true end
        function count() local n = 0 for _ in pairs(alive) do n = n + 1 end return n end""")
    assert lua.eval("count()") == 1000
    lua.execute("last = nil")
    assert lua.eval("count()") > 990  # the first of them are gone
    lua.execute("collectgarbage()")
    assert lua.eval("count()") == 0


@pytest.mark.skipif(IS_PYPY, reason="PyPy calls no finalizer of an object that got one late")
def test_a_finalizer_that_makes_an_object_of_its_kind_is_called_again_with_the_next_garbage() -> None:
    lua = LuaRuntime()
    lua.execute("n = 0 m = {__gc = function(t) n = n + 1 setmetatable({}, getmetatable(t)) end} setmetatable({}, m)")
    called = []
    for _ in range(3):
        called.append(lua.execute("collectgarbage() return n"))
    assert 0 < called[0] < called[1] < called[2] < 200
    lua.execute("for i = 1, 100 do local t = setmetatable({}, {__gc = function() n = n + 1 end}) end")


def test_what_the_host_swallows_ends_where_the_program_counts_too(mechanism: str) -> None:
    lua = LuaRuntime(limits=Limits(seconds=0.05))

    def stubborn(function: LuaFunction) -> None:
        try:
            function()
        except BaseException:
            pass

    lua.globals()["stubborn"] = stubborn
    ends(lua.execute, "while true do stubborn(function() while true do end end) end")
    ends(lua.execute, "local m = {__gc = function() while true do end end} while true do setmetatable({}, m) end")


def test_memory_is_counted_from_where_it_was_least(monkeypatch: pytest.MonkeyPatch) -> None:
    in_use = [300 * MEBIBYTE]
    monkeypatch.setattr(minilua.limits, "in_use", lambda: tuple(in_use))
    lua = LuaRuntime(limits=Limits(memory=64 * MEBIBYTE))
    lua.globals()["uses"] = lambda mebibytes: in_use.__setitem__(0, mebibytes * MEBIBYTE)
    error = ends(
        lua.execute,
        "local s = ('x'):rep(5 << 20) uses(100) s = ('y'):rep(5 << 20) uses(150) return ('x'):rep(20 << 20)",
    )
    assert error.limit == "memory"


FORKED = """
import os, signal
from minilua import Limits, LuaLimitError, LuaRuntime

def fork():
    global child
    child = os.fork()
    if not child:
        signal.alarm(30)  # ends what no limit ends

lua = LuaRuntime(limits=Limits(seconds=0.3))
lua.globals().fork = fork
try:
    lua.execute("fork() while true do end")
except LuaLimitError as error:
    if not child:
        os._exit(error.limit != "seconds")
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_limits_hold_in_a_process_that_a_call_has_forked() -> None:
    assert subprocess.run([sys.executable, "-c", FORKED], timeout=90).returncode == 0
