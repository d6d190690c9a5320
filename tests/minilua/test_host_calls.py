"""Calls of Python's callables from Lua: every number of arguments, every kind of value."""

from __future__ import annotations

import functools
import math
from typing import Any, Callable, List, Tuple

import pytest

from minilua import LuaError, LuaFunction, LuaRuntime, LuaTable


@pytest.fixture
def lua() -> LuaRuntime:
    return LuaRuntime()


class Adder:
    def __init__(self, start: int) -> None:
        self.start = start

    def add(self, a: int, b: int = 10) -> int:
        return self.start + a + b

    def __call__(self, a: int) -> int:
        return self.start + a

    @staticmethod
    def fixed() -> str:
        return "fixed"


def many(a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any, i: Any, j: Any) -> Any:
    return [a, b, c, d, e, f, g, h, i, j]


def keyword(a: int, *, b: int = 5) -> int:
    return a + b


CALLS: List[Tuple[Callable[..., Any], str, Any]] = [
    (lambda: 1, "f()", 1),
    (lambda a: a, "f(nil)", None),
    (lambda a, b=2: (a, b), "f(1)[2]", 2),
    (lambda a, b=2: (a, b), "f(1, nil)[2]", None),
    (lambda *a: len(a), "f()", 0),
    (lambda *a: len(a), "f(nil, nil)", 2),
    (lambda a, *b: len(b), "f(1, 2, nil)", 2),
    (lambda a, b, c: a + b + c, "f(1, 2.5, 3)", 6.5),
    (lambda a, b: f"{a}{b}", "f('é', '—')", "é—"),
    (lambda a: a.encode("utf-8", "surrogateescape"), "f('\\xe9') == '\\xe9'", True),
    (lambda a, b: a is True and b is False, "f(true, false)", True),
    (lambda a: 2**62 * a, "math.type(f(2))", "float"),
    (lambda a: -(2**63) * a, "f(1) == math.mininteger", True),
    (lambda a: {"x": a}, "f(3).x", 3),
    (lambda a: a["x"], "f({x = 4})", 4),
    (lambda a: a(2), "f(function(n) return n * 2 end)", 4),
    (many, "#f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)", 10),
    (keyword, "f(1)", 6),
    (Adder(1).add, "f(2)", 13),
    (Adder(1).add, "f(2, 3)", 6),
    (Adder(1), "f(2)", 3),
    (Adder(1).fixed, "f()", "fixed"),
    (functools.partial(Adder(1).add, 5), "f(6)", 12),
    (max, "f(3, 9, 4)", 9),
    (math.floor, "f(2.5)", 2),
    ("a-b".replace, "f('-', '+')", "a+b"),
]


@pytest.mark.parametrize(("function", "call", "expected"), CALLS)
def test_calls(lua: LuaRuntime, function: Callable[..., Any], call: str, expected: Any) -> None:
    result = lua.execute(f"local f = ... return {call}", function)
    assert result == expected and type(result) is type(expected)


def test_arguments_arrive_as_python_knows_them(lua: LuaRuntime) -> None:
    def see(a: Any, b: Any, c: Any, d: Any) -> str:
        return " ".join(type(value).__name__ for value in (a, b, c, d))

    assert lua.execute("return (...)({}, print, coroutine.create(print), 'x')", see) == (
        "LuaTable LuaFunction LuaThread str"
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("f()", "missing 2 required positional arguments"),
        ("f(1)", "missing 1 required positional argument"),
        ("f(1, 2, 3)", "takes 2 positional arguments but 3 were given"),
        ("f(nil, 1)", "unsupported operand"),
        ("f({}, 1)", "unsupported operand"),
    ],
)
def test_what_python_refuses(lua: LuaRuntime, call: str, message: str) -> None:
    def f(a: int, b: int) -> int:
        return a + b

    with pytest.raises(LuaError, match=message) as caught:
        lua.execute(f"local f = ... return {call}", f)
    assert isinstance(caught.value.__cause__, TypeError)


def test_a_failing_function_stands_in_the_traceback_as_functions_of_c_do(lua: LuaRuntime) -> None:
    def f(a: int) -> None:
        raise KeyError("lost")

    with pytest.raises(LuaError) as caught:
        lua.execute("local f = ...\nlocal function g() f(1) end\ng()", f, name="t.lua")
    assert caught.value.traceback is not None
    lines = caught.value.traceback.splitlines()
    assert (
        lines[1].startswith("\t[C]: in ")
        and lines[2].startswith("\tt.lua:2: in ")
        and lines[3].startswith("\tt.lua:3: in ")
    )
    assert isinstance(caught.value.__cause__, KeyError)


def test_functions_come_back_as_themselves(lua: LuaRuntime) -> None:
    adder = Adder(1)
    for function in (max, adder, adder.add, keyword):
        assert lua.execute("return ...", function) == function
    inner = lua.execute("return function() end")
    assert isinstance(inner, LuaFunction)
    assert lua.execute("return (...)(1)", lambda _: inner) == inner


def test_one_wrapper_for_functions_of_as_many_parameters_keeps_them_apart(lua: LuaRuntime) -> None:
    results = lua.execute(
        "local f, g = ... local t = {} for i = 1, 3 do t[#t + 1] = f(i) t[#t + 1] = g(i) end return t",
        lambda a: a * 10,
        lambda a: f"<{a}>",
    )
    assert isinstance(results, LuaTable)
    assert results.to_python() == [10, "<1>", 20, "<2>", 30, "<3>"]


def test_in_coroutines_too(lua: LuaRuntime) -> None:
    assert lua.execute("return coroutine.wrap(function(f) coroutine.yield(f(1, 2)) end)(...)", lambda a, b: a + b) == 3
