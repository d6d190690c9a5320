# ruff: noqa: E501
"""Attacks: whatever a script does, it ends with a result, a LuaError or a LuaLimitError, near its limits.

Each runs under limits that it would pass by hours or gigabytes if nothing stopped it; and no name, however Python means
it, is anything but a name.
"""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, List

import pytest

from minilua import Limits, LuaError, LuaFunction, LuaLimitError, LuaRuntime, LuaTable
from minilua.host import namespaces
from minilua.memory import in_use

MEBIBYTE = 1 << 20

BOMBS = [
    "return (('a'):rep(30000)):find(('a*'):rep(20) .. 'b')",
    "return (('a'):rep(30000)):find('.-.-.-.-.-.-b')",
    "return (('('):rep(20000)):gsub('%b()', '')",
    "return (('a'):rep(50000)):find('(.-)(.-)(.-)%1%2%3b')",
    "return ('x'):rep(1 << 20):gsub('', ('y'):rep(1000))",
    "return ('%99d'):rep(100000):format(table.unpack({}, 1, 100000))",
    "return ('%s'):rep(100):format(table.unpack((function() local t = {} local s = ('x'):rep(1<<20) for i = 1, 100 do t[i] = s end return t end)()))",
    "return string.rep('x', 1 << 31)",
    "return string.rep('ab', 1<<26, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
    "return table.concat({}, 'x', 1, 1 << 40)",
    "return table.concat(setmetatable({}, {__index = function() return 'x' end}), 'x', 1, 1 << 40)",
    'return table.unpack({}, 1, 1 << 40)',
    'return table.unpack({}, 1, 9e6)',
    'return table.move({1}, 1, 1 << 40, 2)',
    'return table.move(setmetatable({}, {__index = function() return 1 end}), 1, 1 << 40, 2)',
    'return table.move({}, -(1 << 62), 1 << 61, 2)',
    'return table.insert(setmetatable({}, {__len = function() return 1 << 40 end}), 1, 2)',
    'return table.remove(setmetatable({}, {__len = function() return 1 << 40 end}), 1)',
    'return table.sort(setmetatable({}, {__len = function() return 1 << 30 end, __index = function(t, i) return -i end, __newindex = function() end}))',
    'local t = {} for i = 1, 500000 do t[i] = (i * 7919) % 500009 end while true do table.sort(t, function(a, b) return a < b end) end',
    "return ('x'):byte(1, -1), #{('x'):rep(1 << 22):byte(1, -1)}",
    'return string.char(table.unpack({}, 1, 1e6))',
    "return utf8.len(('\\u{10FFFF}'):rep(1 << 22))",
    "return utf8.offset(('x'):rep(1 << 24), 1 << 23)",
    "return os and os.date and os.date(('%A'):rep(3000000))",
    'return math.tointeger(2^53) ^ 1000000',
    "return tonumber(('1'):rep(1 << 20), 36)",
    "return string.format('%.99999f', 1)",
    "return string.format(('%'):rep(1<<20))",
    "return string.pack(('i16'):rep(1000000), 1)",
    "return string.packsize(('i16'):rep(1 << 20))",
    "return load(('('):rep(100000) .. '1' .. (')'):rep(100000))",
    "return load('return ' .. ('{'):rep(100000) .. ('}'):rep(100000))",
    "return load('return ' .. ('not '):rep(100000) .. '1')",
    "return load('return ' .. ('-'):rep(100000) .. '1')",
    "return load('return ' .. ('1 .. '):rep(100000) .. '1')",
    "return load('return a' .. ('.a'):rep(100000))",
    "return load('return a' .. ('()'):rep(100000))",
    "return load('if a then ' .. ('elseif a then '):rep(50000) .. 'end')",
    "return load(('x = 1 '):rep(1000000))",
    "return load('x = {' .. ('1,'):rep(2000000) .. '}')",
    "return load(('--\\n'):rep(2000000))",
    "return load(('goto a '):rep(100000) .. '::a::')",
    "local i = 0 return load(function() i = i + 1 return 'x = ' .. i .. ' ' end)",
    "return load(function() return ('x'):rep(1000) end)",
    "return load('local a = 1 return ' .. ('a < '):rep(50000) .. 'a')",
    'return load((\'"\'):rep(1000001))',
    "for i = 1, 1e9 do load('x' .. i .. ' = 1')() end",
    "local function f(n) return load('local f, n = ... return f(n + 1)')(f, n) + 1 end return pcall(f, 1)",
    "return load('\\27Lua' .. ('x'):rep(1000))",
    'local function f() return 1 + f() end return pcall(f)',
    'local t = setmetatable({}, {}) getmetatable(t).__add = function(a, b) return a + b end return pcall(function() return t + 1 end)',
    'local function f() table.sort({1, 2, 3}, function(a, b) f() return a < b end) end return pcall(f)',
    'local function f() return pcall(f) end return f()',
    'local function f() return pcall(pcall, f) end return f()',
    'local function f() return xpcall(f, f) end return f()',
    'local function f() return xpcall(error, f) end return f()',
    'local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return tostring(t) end return pcall(tostring, t)',
    'local function f() return coroutine.wrap(f)() end return pcall(f)',
    'local function f() local co = coroutine.create(f) return coroutine.resume(co) end return pcall(f)',
    'local t = setmetatable({}, {}) getmetatable(t).__call = t return pcall(t)',
    'local t = {} for i = 1, 100000 do t = setmetatable({}, {__index = t}) end return t.x',
    'local t = {} for i = 1, 100000 do t = setmetatable({}, {__call = t}) end return pcall(t)',
    'local t = setmetatable({}, {}) getmetatable(t).__index = t return pcall(function() return t.x end)',
    'local t = setmetatable({}, {}) getmetatable(t).__lt = function(a, b) return a < b end return pcall(function() return t < t end)',
    'local t = setmetatable({}, {}) getmetatable(t).__concat = function(a, b) return a .. b end return pcall(function() return t .. t end)',
    'local t = setmetatable({}, {}) getmetatable(t).__pairs = function(t) return pairs(t) end return pcall(pairs, t)',
    'local t = setmetatable({}, {}) getmetatable(t).__newindex = function(t, k, v) t[k] = v end return pcall(function() t.x = 1 end)',
    'local function f() error(setmetatable({}, {__tostring = f})) end return pcall(f)',
    'local function f() return select(2, pcall(f)) end return f()',
    'local co co = coroutine.wrap(function() return co() end) return pcall(co)',
    'local function gen(n) return coroutine.wrap(function() for x in gen(n + 1) do coroutine.yield(x) end end) end return pcall(gen(1))',
    'local t = {} while true do t[#t+1] = {} end',
    "local s = 'x' while true do s = s .. s end",
    'local t = {} while true do t[#t + 1] = coroutine.wrap(function() coroutine.yield() end) t[#t]() end',
    "local t = {} local i = 0 while true do i = i + 1 t[i .. ''] = i end",
    'local t = {} for i = 1, 1e9 do t[i * 1.5] = i end',
    "local s = ('x'):rep(60000) local t = {} while true do t[#t + 1] = s .. #t end",
    'local function f(...) return ... end local t = {f(table.unpack({}, 1, 900000))} local u = {} while true do u[#u + 1] = {f(table.unpack(t, 1, 900000))} end',
    "for i = 1, 1e9 do _G['v' .. i] = {} end",
    "return ('x'):rep(40 << 20):rep(1) .. ('y'):rep(40 << 20)",
    "local s = ('x'):rep(1 << 16) return s:gsub('x', {x = s})",
    "local s=('x'):rep(30<<20) local t = {s,s,s,s,s,s} return table.concat(t)",
    "while true do print(('x'):rep(1000)) end",
    "return ('x'):rep(1e6):find(('x'):rep(1e6) .. 'y', 1, true)",
    "local s = ('ab'):rep(500000) while true do s:find(('ab'):rep(250000) .. 'c', 1, true) end",
    "return ('a'):rep(1e6):find(('[a-z]'):rep(1000) .. 'Q')",
    "return ('a'):rep(1e5):gsub('a-b', 'x')",
    "for w in ('a'):rep(1e5):gmatch('a-b') do end",
    "return ('a'):rep(2000):match(('(a*)'):rep(30) .. 'b')",
    "return (' '):rep(2e5):gsub('%s+$', '') , ((' '):rep(2e5) .. 'x'):gsub('%s+$', '')",
    'local function f() f() end local co = coroutine.wrap(f) return pcall(co)',
    'coroutine.yield()',
]  # fmt: skip


class Nowhere:
    """A stream for what nobody reads."""

    def write(self, text: str) -> None:
        pass


def outcome(lua: LuaRuntime, script: Any) -> str:
    """How a script ended; any exception but LuaError fails the test."""
    try:
        lua.execute(script)
    except LuaError as error:
        assert "Traceback" not in str(error) and "object at 0x" not in str(error)
        return type(error).__name__
    return "result"


def fresh_peak() -> int:
    """Forget the most memory that the process has had, where the system can; the bytes that it has now."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass
    return peak()


def peak() -> int:
    """The most bytes of memory that the process has had."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return max(in_use())
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024


def attack(script: str, is_workflow: bool, limits: Limits) -> str:
    """How a script ended, which may take neither long nor much, and leaves the runtime usable."""
    lua = LuaRuntime(stdout=Nowhere(), limits=limits)  # type: ignore[arg-type]
    if is_workflow:
        namespaces.install(lua, lambda text: None, None)
    before = fresh_peak()
    start = time.process_time()
    how = outcome(lua, script)
    assert time.process_time() - start < 3  # others may be busy: how late the clock finds it, is measured elsewhere
    assert peak() - before < 128 * MEBIBYTE
    assert lua.eval("1 + 1", limits=Limits(seconds=60)) == 2
    return how


@pytest.mark.parametrize("script", BOMBS)
def test_bombs_end(script: str) -> None:
    attack(script, False, Limits(seconds=0.1, memory=48 * MEBIBYTE))


ATTACKS = dict(
    part.split("\n", 1) for part in ("\n" + (Path(__file__).parent / "attacks.lua").read_text()).split("\n--- ")[1:]
)


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_end(name: str) -> None:
    attack(ATTACKS[name], name.startswith("host: "), Limits(seconds=0.1, memory=48 * MEBIBYTE))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no file without an end")
@pytest.mark.parametrize("read", ["f:read('a')", "f:read('l')", "f:read('L')", "f:read(1 << 40)", "f:lines()()"])
def test_files_without_an_end_end(read: str) -> None:
    lua = LuaRuntime(libraries=("io",), limits=Limits(seconds=100, memory=16 * MEBIBYTE))
    before = fresh_peak()
    with pytest.raises(LuaLimitError):
        lua.execute(f"local f = io.open('/dev/zero') return {read}")
    assert peak() - before < 64 * MEBIBYTE


PYTHON_NAMES = """
    __class__ __globals__ __builtins__ __dict__ __init__ __del__ __slots__ __mro__ __subclasses__ __code__
    __closure__ __reduce__ __getattribute__ __setattr__ __hash__ __eq__ __call__ __weakref__ __module__ __name__
    __import__ __debug__ mro real imag items keys get pop format join encode f_globals gi_frame generator driver
    failure function_ None True False def class lambda import exec eval open self hash array side metatable carry _
    __ yield await async nonlocal is pass try except raise del with as from global match case len int tuple str dict
    globals locals getattr compile object super
""".split()

USES = [
    "NAME = 5 return NAME", "local NAME = 5 return NAME", "local function NAME() return 5 end return NAME()",
    "local function f(NAME) return NAME end return f(5)", "local t = {NAME = 5} return t.NAME",
    "function NAME() return 5 end return NAME()", "local t = {} function t:NAME() return 5 end return t:NAME()",
    "for NAME = 5, 5 do return NAME end", "local NAME <const> = 5 return NAME", "_G['NAME'] = 5 return _G.NAME",
    "local function g() local NAME = 4 return function() NAME = NAME + 1 return NAME end end return g()()",
    "local _ENV = {NAME = 5} return NAME", "goto NAME do return 1 end ::NAME:: return 5",
    "local t = setmetatable({}, {__index = {NAME = 5}}) return t.NAME",
    "local t = setmetatable({}, {__index = function(t, k) return #k end}) return t.NAME - #'NAME' + 5",
    "local t = {} t.NAME = 5 t.NAME = nil return t.NAME == nil and next(t) == nil and 5",
    "return coroutine.wrap(function() local t = {NAME = 5} local NAME = t.NAME return NAME end)()",
    "local t = {} if t.NAME == nil and rawget(t, 'NAME') == nil and _G.NAME == nil then return 5 end",
]  # fmt: skip

VALUES = [
    "1", "1.5", "true", "nil", "print", "function() end", "coroutine.create(print)", "coroutine.wrap(print)", "object",
    "callback", "'text'", "coroutine.running()",
]  # fmt: skip


@pytest.mark.parametrize("name", PYTHON_NAMES)
def test_names_of_pythons_are_names(name: str) -> None:
    for use in USES:
        assert LuaRuntime().execute(use.replace("NAME", name)) == 5, use


@pytest.mark.parametrize("value", VALUES)
def test_no_value_has_attributes(value: str) -> None:
    lua = LuaRuntime()
    lua.globals()["object"] = object()
    lua.globals()["callback"] = print
    lua.execute(f"value = {value}")
    for name in PYTHON_NAMES:
        for use in ("return value.NAME", "return value:NAME()", "value.NAME = 1", "local v = value return v.NAME",
                    "return coroutine.wrap(function(v) return v.NAME end)(value)"):  # fmt: skip
            if value == "'text'" and name in ("format", "len", "match"):  # which strings do have
                continue
            try:
                found = lua.execute(use.replace("NAME", name))
            except LuaError as error:
                assert "attempt to" in str(error)
            else:
                assert found is None


def test_strings_of_one_runtime_are_not_those_of_another() -> None:
    first, second = LuaRuntime(), LuaRuntime()
    first.execute("getmetatable('').__index = function() return 'changed' end string.upper = nil")
    assert first.eval("('x').anything") == "changed"
    assert second.eval("('x').anything") is None and second.eval("('x'):upper()") == "X"


def test_load_takes_no_code_of_pythons() -> None:
    lua = LuaRuntime()
    code = compile("1 + 1", "x", "eval").co_code
    for chunk in (b"\x1bLua" + code, b"\x1bLuaT\x00minilua\n0\n1\n1\nx" + code, code):
        lua.globals()["chunk"] = chunk
        assert lua.execute("return (load(chunk))") is None


def texts_of(value: Any, depth: int = 0) -> List[str]:
    if isinstance(value, LuaTable) and depth < 4:
        return [text for pair in value.items() for part in pair for text in texts_of(part, depth + 1)]
    return [str(value)] if isinstance(value, str) else []


def test_globals_show_nothing_of_pythons() -> None:
    names = texts_of(LuaRuntime().globals())
    assert "print" in names and not [name for name in names if "__builtins__" in name or "\u03bb" in name]
    for value in ("print", "{}", "function() end", "coroutine.create(print)", "object"):
        lua = LuaRuntime()
        lua.globals()["object"] = object()
        shown = lua.eval(f"tostring({value})")
        lua.globals()["kept"] = lua.eval(value)
        assert hex(id(lua.globals()))[2:] not in shown and "object at" not in shown


def test_what_is_dropped_leaves_nothing_behind() -> None:
    import gc
    import weakref

    runtimes = []
    for _ in range(20):
        lua = LuaRuntime(limits=Limits(seconds=10, memory=1 << 30))
        lua.execute(
            "t = setmetatable({}, {__index = function() end}) c = coroutine.wrap(function() coroutine.yield() end) c()"
        )
        function = lua.eval("function() return t end")
        assert isinstance(function, LuaFunction)
        runtimes.append(weakref.ref(lua))
    del lua, function
    for _ in range(100):
        gc.collect()
        if not any(runtime() for runtime in runtimes):  # the thread that watches may be looking at the last one still
            break
    assert [runtime for runtime in runtimes if runtime() is not None] == []
