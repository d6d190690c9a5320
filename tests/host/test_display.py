from __future__ import annotations

import textwrap
from typing import Any

import pytest
from runs import Kosmo


@pytest.fixture
def shown(kosmo: Kosmo) -> Any:
    """Run a chunk and return what it prints."""

    def run(code: str) -> str:
        run = kosmo.eval(code)
        assert run.status == 0, run.err
        return run.out

    return run


def text(lines: str) -> str:
    return textwrap.dedent(lines).lstrip("\n")


def test_plain_values_print_as_lua_prints_them(shown: Any) -> None:
    assert shown('print(nil, true, 1, 1.0, -0.0, 1e15, 1e100, 2^53, "é", 1/0)') == (
        "nil\ttrue\t1\t1.0\t-0.0\t1e+15\t1e+100\t9.007199254741e+15\té\tinf\n"
    )
    assert shown("print()") == "\n"


def test_arrays_and_others(shown: Any) -> None:
    assert shown('print({1, "two", {}, {3}})') == text(
        """
        [
          1,
          two,
          {},
          [
            3
          ]
        ]
        """
    )
    assert shown("print({a = {b = 1.0}})") == text(
        """
        {
          a: {
            b: 1.0
          }
        }
        """
    )
    assert shown("print({[2] = true})") == "{\n  2: true\n}\n"
    assert shown("print({[true] = 1})") == "{\n  true: 1\n}\n"
    assert shown("print({}, {})") == "{}\t{}\n"


def test_an_array_is_shown_in_order_however_it_was_filled(shown: Any) -> None:
    assert shown("local t = {} t[3] = 3 t[2] = 2 t[1] = 1 print(t)") == "[\n  1,\n  2,\n  3\n]\n"


def test_tostring_and_dump_give_the_same_text(shown: Any) -> None:
    assert shown("local t = {1} print(tostring(t) == '[\\n  1\\n]')") == "true\n"
    assert shown("print(dump({1}) ~= nil, dump(nil))") == "[\n  1\n]\nnil\ntrue\tnil\n"
    assert shown("print(#tostring('x'), pcall(tostring))").startswith("1\tfalse\t")


def test_cycles_are_marked_and_shared_tables_are_not(shown: Any) -> None:
    assert shown("local t = {} t.self = t print(t)") == "{\n  self: <circular>\n}\n"
    assert shown("local s = {1} print({s, s})") == "[\n  [\n    1\n  ],\n  [\n    1\n  ]\n]\n"


def test_metatables_that_say_how_to_show_a_table_count(shown: Any) -> None:
    point = 'local p = setmetatable({}, {__tostring = function() return "(1, 2)" end}) '
    assert shown(point + "print(p, {p}, tostring(p))") == "(1, 2)\t[\n  (1, 2)\n]\t(1, 2)\n"
    assert shown('print((tostring(setmetatable({}, {__name = "Point"})):gsub("0x%x+", "?")))').startswith("Point: ")


def test_functions_print_as_lua_prints_them(shown: Any) -> None:
    assert shown("print({print})").startswith("[\n  function: ")


def test_depth_and_size_have_bounds(shown: Any) -> None:
    deep = shown("local t = {} for _ = 1, 300 do t = {t} end print(t)")
    assert "..." in deep and deep.count("[") == 100
    wide = "local t = {} for _ = 1, 60 do t = {t, t} end print(pcall(tostring, t))"
    assert "table too large to show" in shown(wide)


def test_text_that_is_no_utf_8_does_not_stop_a_script(kosmo: Kosmo) -> None:
    assert kosmo.eval(r'print("\xff") dump({"\xff"})', "--json").json["output"] == "\ufffd\n[\n  \ufffd\n]"
