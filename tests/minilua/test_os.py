# ruff: noqa: E501 (an expression a line)
"""The `os` library against real Lua: results and messages."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")

import oracle
from hypothesis import given
from hypothesis import strategies as st

from minilua.errors import BadArgument
from minilua.stdlib import os as lua_os

# What each gives must be the same in both, and so must the message where it fails.
EXPRESSIONS = [
    r'os.date("%Ez")',
    r'os.date("%Q")',
    r'os.date("%")',
    r'os.date("!%c",0), os.date("!%x %X %p %r %D %F %T %R %e %h %n %t %U %V %W %G %g %u %w %y %C %j %z %Z %%",0)',
    r'os.date("!%Ec %EC %Ex %EX %Ey %EY %Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy",0)',
    r'os.date("*t", 1<<60)',
    r'os.date("*t", "x")',
    r"os.time({year=2000})",
    r'os.time({year=2000,month="x",day=1})',
    r"os.time({year=2000,month=1.5,day=1})",
    r"os.time({year=2000,month=1,day=1})",
    r'os.time({year=2000,month="2",day=30,hour=25})',
    r"os.time({year=1<<40,month=1,day=1})",
    r"os.time({year=(1<<31)+1899,month=12,day=31})",
    r"os.time({year=(1<<31)+1900,month=12,day=31})",
    r"os.time(5)",
    r"os.difftime(5)",
    r"os.difftime(5,3)",
    r"os.time{year = 2024, month = 2, day = 29, hour = 12, min = 30, sec = 15}",
    r"os.time{year = 2024, month = 14, day = -3, hour = -5, min = 99, sec = -100}",
    r"os.time{year = 1, month = 1, day = 1}, os.time{year = 9999, month = 12, day = 31, isdst = false}",
    r'os.time{year = "2024", month = "0x2", day = 1.0}',
    r"os.time{year = 2024, month = 1, day = 1, hour = {}}",
    r"os.time(setmetatable({}, {__index = {year = 2024, month = 1, day = 1}}))",
    r"(function() local t = {year = 2024, month = 14, day = 35, hour = 30} os.time(t) return t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst end)()",
    r'(function() local t = os.date("!*t", 951827696) return t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst end)()',
    r'(function() local t = os.date("*t", 951827696) return t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst end)()',
    r'os.date("%Y-%m-%d %H:%M:%S", 951827696), os.date("!%A %B %d", -1), os.date("", 0), os.date("!%%%d%%", 0)',
    r'os.date("!%c", -62135596800), os.date("!%F", 253402300800), os.date("!%Y", -99999999999)',
    r'os.date("%d%", 0)',
    r'os.date("%O", 0)',
    r'os.date("%Ed", 0)',
    r'os.date("!%H:%M:%q", 0)',
    r'os.date("%Y", 1.5)',
    r"os.date({})",
    r"type(os.time()), type(os.clock()), type(os.date())",
    r"os.time(nil) - os.time() < 2",
    r'os.difftime(10, 3), os.difftime("5", 2)',
    r"os.difftime()",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression):
    oracle.compare_values(expression)


@pytest.fixture(scope="module", params=["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
def zone(request):
    """The tests that use it run in several time zones."""
    patch = pytest.MonkeyPatch()
    patch.setenv("TZ", request.param)
    time.tzset()
    yield
    patch.undo()
    time.tzset()


@pytest.fixture(scope="module")
def lua():
    from lupa.lua54 import LuaRuntime

    return LuaRuntime(encoding="latin-1")


@given(seconds=st.integers(-(10**11), 4 * 10**11))
def test_dates(zone, lua, seconds):
    real = lua.eval("os.date")
    conversions = "|".join("%" + letter for letter in "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%")
    for form in (conversions, "!" + conversions):
        assert lua_os.date(form, seconds) == real(form, seconds)


@given(
    st.integers(1, 3000),
    st.integers(-20, 40),
    st.integers(-400, 400),
    st.integers(-100, 100),
    st.integers(-100, 100),
    st.integers(-10000, 10000),
)
def test_times(zone, lua, year, month, day, hour, minute, second):
    real = lua.eval(
        "function(y, m, d, h, mi, s) return os.time{year = y, month = m, day = d, hour = h, min = mi, sec = s} end"
    )
    ours = lua_os.current_time(
        lua_os.new_table({"year": year, "month": month, "day": day, "hour": hour, "min": minute, "sec": second})
    )
    assert ours == real(year, month, day, hour, minute, second)


def test_what_touches_the_machine_is_apart():
    names = set(lua_os.library(None))
    assert names == {"clock", "date", "difftime", "time"}
    assert not names & set(lua_os.unsafe(None))


def test_files(tmp_path):
    unsafe = lua_os.unsafe(None)
    name, other = str(tmp_path / "a"), str(tmp_path / "b")
    missing = (None, f"{name}: No such file or directory", 2)
    assert unsafe["remove"](name) == missing
    assert unsafe["rename"](name, other) == (None, "No such file or directory", 2)
    (tmp_path / "a").write_text("x")
    assert unsafe["rename"](name, other) is True
    assert (tmp_path / "b").read_text() == "x"
    assert unsafe["remove"](other) is True
    assert unsafe["remove"](other) == (None, f"{other}: No such file or directory", 2)
    temporary = unsafe["tmpname"]()
    assert unsafe["remove"](temporary) is True


def test_environment_and_processes(monkeypatch):
    unsafe = lua_os.unsafe(None)
    monkeypatch.setenv("MINILUA_TEST", "\u20ac")
    assert unsafe["getenv"]("MINILUA_TEST") == "\xe2\x82\xac"
    monkeypatch.delenv("MINILUA_TEST")
    assert unsafe["getenv"]("MINILUA_TEST") is None
    assert unsafe["execute"]() is True
    assert unsafe["execute"]("exit 3") == (None, "exit", 3)
    assert unsafe["execute"]("true") == (True, "exit", 0)
    assert unsafe["execute"]("kill -9 $$") == (None, "signal", 9)
    for argument, status in [(None, 0), (True, 0), (False, 1), (7, 7)]:
        with pytest.raises(SystemExit) as left:
            unsafe["exit"](argument)
        assert left.value.code == status


def test_there_is_one_locale():
    setlocale = lua_os.unsafe(None)["setlocale"]
    assert [setlocale(), setlocale("C"), setlocale(""), setlocale("de_DE"), setlocale("C", "time")] == [
        "C",
        "C",
        "C",
        None,
        "C",
    ]
    with pytest.raises(BadArgument, match="invalid option 'x'"):
        setlocale("C", "x")
