"""The `math` library against real Lua: results and messages."""

from __future__ import annotations

import pytest

pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")

import oracle

# What each gives must be the same in both, and so must the message where it fails.
EXPRESSIONS = [
    r'math.min("a","b")',
    r"math.max()",
    r"math.max({},1)",
    r'math.max("10",9)',
    r'math.min(1,"x")',
    r"math.modf(3.5)",
    r"math.modf(-3.5)",
    r"math.modf(5)",
    r"math.modf(-0.0)",
    r"math.modf(1/0)",
    r'math.modf("7")',
    r"math.randomseed(1.5)",
    r"math.randomseed(2.0)",
    r'math.randomseed("5")',
    r"math.randomseed(nil)",
    r"math.randomseed(1, 2)",
    r"math.random(0.5)",
    r"math.random(2,1)",
    r"math.random(-3)",
    r"math.random(1,2,3)",
    r"math.fmod(1,0)",
    r"math.fmod(1,0.0)",
    r"math.fmod(-6,2)",
    r"math.fmod(-6.0,2)",
    r"math.fmod(3,-1)",
    r'math.fmod("7","4")',
    r"math.log(-1)",
    r"math.log(0)",
    r"math.log(2,0)",
    r'math.log(8,2), math.log(8,"2"), math.log(100,10)',
    r"math.log(2,1)",
    r"math.sqrt(-1)",
    r"math.acos(2)",
    r"math.asin(2)",
    r"math.sin(1/0)",
    r"math.cos(1/0)",
    r"math.tan(1/0)",
    r"math.exp(1000)",
    r"math.abs(math.mininteger)",
    r"math.abs(-0.0)",
    r'math.abs("-5")',
    r'math.abs("-0x5")',
    r'math.floor("3.7")',
    r"math.floor(1e300)",
    r"math.floor(0/0)",
    r"math.ceil(-0.5)",
    r"math.floor(-0.0)",
    r'math.tointeger("8")',
    r'math.tointeger("x")',
    r"math.tointeger({})",
    r"math.tointeger()",
    r'math.tointeger("3.0")',
    r"math.type()",
    r"math.ult(-1,1)",
    r"math.deg(1), math.rad(180)",
    r'math.atan(1,0), math.atan("1")',
    r"math.pi, math.huge, -math.huge, math.maxinteger, math.mininteger",
    r'math.type(1), math.type(1.0), math.type("1"), math.type(nil)',
    r"math.tointeger(3.0), math.tointeger(3.5), math.tointeger(2^63), math.tointeger(-2^63), math.tointeger(0/0)",
    r"math.floor(2.5), math.floor(-2.5), math.ceil(2.5), math.ceil(-2.5), math.floor(5), math.ceil(-7)",
    r"math.floor(2^62), math.floor(2^63), math.ceil(-2^63), math.floor(-1/0)",
    r"math.max(1, 2.5, -1), math.min(3, 1.0, 1), math.max(1, 1.0), math.max(1.0, 1), math.min(-0.0, 0.0)",
    r"math.max(0/0, 1), math.max(1, 0/0)",
    r"math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7, -3), math.fmod(7.5, -2), math.fmod(1/0, 2)",
    r"math.fmod(math.mininteger, -1), math.fmod(math.mininteger, 10), math.fmod(5, 1/0)",
    r"math.sqrt(2), math.exp(1), math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1, -2)",
    r"math.atan(0, -1), math.atan(-0.0, -1), math.atan(1/0, 1/0)",
    r"math.log(2), math.log(8, 2), math.log(1000, 10), math.log(9, 3), math.log(1/0), math.log(0, 10), math.log(-1, 2)",
    r"math.abs(-5), math.abs(-5.5), math.abs(0/0), math.abs(-1/0)",
    r"math.ult(1, 2), math.ult(2, 1), math.ult(-1, 0), math.ult(0, -1)",
    r"math.modf(1e300), math.modf(-1/0), math.modf(0/0), math.modf(-5.25), math.modf(2^53)",
    r'math.sin("x")',
    r"math.floor()",
    r"math.floor({})",
    r"math.abs(nil)",
    r"math.ult(1.5, 2)",
    r"math.ult(1)",
    r"math.fmod(1)",
    r"math.random(0) ~= nil, math.random(5, 5), math.random(1)",
    r"math.random(math.mininteger, math.maxinteger) ~= nil",
    r'math.random("3.5")',
    r"math.random(nil)",
    r"math.random(1, nil)",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression):
    oracle.compare_values(expression)


@pytest.mark.parametrize(
    "script",
    [
        "math.randomseed(42) for _ = 1, 20 do print(math.random()) end",
        "math.randomseed(42) for _ = 1, 20 do print(math.random(6)) end",
        "math.randomseed(-7, 3) for _ = 1, 20 do print(math.random(-100, 1000)) end",
        "math.randomseed(2^53) for _ = 1, 20 do print(math.random(0)) end",
        "math.randomseed(1, -1) for _ = 1, 20 do print(math.random(math.mininteger, math.maxinteger)) end",
        "math.randomseed('9') for i = 1, 20 do print(math.random(i), math.random(i * 1000)) end",
        "print(math.randomseed(5)) print(math.randomseed(5, 6)) print(select('#', math.randomseed()))",
    ],
)
def test_random_numbers_are_those_of_lua(script):
    oracle.compare(script)


def test_each_runtime_has_its_own_random_numbers():
    first, second = oracle.minilua(), oracle.minilua()
    first.run(b"math.randomseed(1)", "test.lua")
    expected = oracle.minilua()
    expected.run(b"math.randomseed(1)", "test.lua")
    second.run(b"math.randomseed(2) math.random()", "test.lua")
    script = b"print(math.random())"
    assert first.run(script, "test.lua") == expected.run(script, "test.lua")
