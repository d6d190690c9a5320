"""Containers of Python's in Lua: what a script sees of them, and that it sees a copy."""

from __future__ import annotations

import copy
import gc
import re
import sys
import weakref
from collections import OrderedDict
from types import MappingProxyType
from typing import Any, Callable, Dict, List

import pytest

from minilua import LuaError, LuaRuntime, LuaTable, convert


@pytest.fixture
def lua() -> LuaRuntime:
    return LuaRuntime()


RECORD: Dict[str, Any] = {
    "id": 7,
    "title": "Zoë — 🙂",
    "none": None,
    "yes": True,
    "huge": 2**70,
    "small": -(2**63),
    "ratio": 0.5,
    "clés": {"é": "ü"},
    "project": {"slug": "web", "tags": ["a", "b", ["c"]]},
    "empty": {},
    "nothing": [],
}

# Each way of looking first into a table that nobody has looked into, as a function of the table `t`.
FIRST_TOUCHES = [
    "t.id",
    "t['id']",
    "t[key]",
    "rawget(t, 'id')",
    "#t",
    "rawlen(t)",
    "next(t)",
    "t:method()",
    "rawequal(t, t)",
    "getmetatable(t)",
    "setmetatable(t, {__index = {extra = 1}})",
    "setmetatable({}, {__index = t}).id",
    "setmetatable({}, t)",
    "(function() t.id = 8 t.id = 7 end)()",
    "(function() t[key] = 8 t[key] = 7 end)()",
    "(function() rawset(t, 'new', 1) rawset(t, 'new', nil) end)()",
    "(function() t.new = 1 t.new = nil end)()",
    "(function() local old = t[1] t[1] = 1 t[1] = old end)()",
    "(function() t[#t + 1] = 1 t[#t] = nil end)()",
    "(function() table.insert(t, 1) table.remove(t) end)()",
    "table.unpack(t)",
    "table.concat(t)",
    "(function() for _ in pairs(t) do end end)()",
    "(function() for _ in ipairs(t) do end end)()",
    "tostring(t)",
    "t == nil",
    "type(t)",
    "(function() local k = {} k[t] = 1 return k[t] end)()",
    "coroutine.wrap(function() return t.id end)()",
    "coroutine.wrap(function() for _ in pairs(t) do coroutine.yield() end end)()",
    "pcall(function() return t + 1 end)",
    "pcall(function() return t < t end)",
    "pcall(function() return t .. '' end)",
    "pcall(function() return t() end)",
]


@pytest.mark.parametrize("touch", FIRST_TOUCHES)
def test_whatever_looks_first_the_table_has_all_of_the_dict(lua: LuaRuntime, touch: str) -> None:
    source = (
        "local t, key, method = ... ; "
        + ("t.method = method " if "method" in touch else "")
        + f"local _ = {touch} return t"
    )
    table = lua.compile(source)(RECORD, "id", lambda *_: None)
    del table["method"]
    expected = {key: value for key, value in RECORD.items() if value is not None}
    expected["huge"] = float(2**70)
    expected["nothing"] = {}  # Lua has one kind of empty table
    assert table.to_python() == expected


@pytest.mark.parametrize("touch", [touch for touch in FIRST_TOUCHES if ".id" not in touch and "'id'" not in touch])
def test_whatever_looks_first_the_table_has_all_of_the_list(lua: LuaRuntime, touch: str) -> None:
    touch = touch.replace("table.concat(t)", "pcall(table.concat, t)")
    source = "local t, key = ... ; " + f"pcall(function() local _ = {touch} end) return t"
    items = [10, "é", None, [1, [2]], {"a": 1}, 6]
    table = lua.compile(source)(items, 2)
    assert [table[position] for position in (1, 3, 6)] == [10, None, 6]
    assert len(table) in (2, 6)  # either is a border
    assert (table[4][2][1], table[5].a) == (2, 1)


def test_fields_read_first_are_the_fields_of_the_whole(lua: LuaRuntime) -> None:
    check = lua.execute("""
        return function(t)
          local project, title = t.project, t.title
          local seen = {}
          for key, value in pairs(t) do seen[#seen + 1] = key end
          return t.project == project and t.title == title, table.concat(seen, " "), project.slug
        end""")
    same, order, slug = check({"id": 1, "project": {"slug": "web"}, "title": "é"})
    assert (same, order, slug) == (True, "id project title", "web")


def test_names_that_no_chunk_has_spelled_are_fields_too(lua: LuaRuntime) -> None:
    read = lua.execute("return function(t, key) return t[key] end")
    assert read({"never spelled so": 1, "É": 2}, "É") == 2
    assert read({"__index": 3}, "__index") == 3


def test_what_a_script_writes_does_not_reach_the_containers_of_the_caller(lua: LuaRuntime) -> None:
    data = {"list": [1, 2, {"deep": [3]}], "dict": {"a": 1}, "pair": (1, 2)}
    before = copy.deepcopy(data)
    lua.execute(
        """
        local t = ...
        t.new = 1
        t.list[1] = "changed"
        t.list[#t.list + 1] = 4
        table.remove(t.list, 2)
        t.list[2].deep[1] = nil
        t.dict.a = nil
        t.dict.b = {}
        t.pair[1] = 0
        for key in pairs(t) do t[key] = nil end
        """,
        data,
    )
    assert data == before


def test_what_python_does_to_a_source_of_table_from_afterwards_stays_unseen(lua: LuaRuntime) -> None:
    data: Dict[str, Any] = {"list": [1, [2]], "dict": {"a": {"b": 1}}}
    table = lua.table_from(data, recursive=True)
    data["list"][1].append(3)
    data["dict"]["a"]["b"] = 2
    assert table.to_python() == {"list": [1, [2]], "dict": {"a": {"b": 1}}}


@pytest.mark.parametrize("hold", [lambda shared: [shared, shared], lambda shared: {"a": shared, "b": shared}])
@pytest.mark.parametrize("shared", [[1], {"x": 1}, (1, 2), OrderedDict(x=1)])
def test_a_container_met_twice_is_one_table(lua: LuaRuntime, hold: Callable[[Any], Any], shared: Any) -> None:
    by_field = lua.execute("return function(t) return rawequal(t[1] or t.a, t[2] or t.b) end")
    by_walk = lua.execute("""
        return function(t)
          local first
          for _, value in pairs(t) do
            if first then return rawequal(first, value) end
            first = value
          end
        end""")
    assert by_field(hold(shared)) is True
    assert by_walk(hold(shared)) is True
    alone = hold(copy.copy(shared))  # not in an assertion, which would hold the copy too
    same = lua.execute("local t = ... return (t.x or t.a) == (t.y or t.b) and t[1] == t[2]", alone)
    assert same is True


def test_equal_containers_are_tables_of_their_own(lua: LuaRuntime) -> None:
    apart = lua.execute("return function(t) local a, b = t.a, t.b a.x = 1 return a ~= b, b.x end")
    assert apart({"a": {}, "b": {}}) == (True, None)


def test_cycles(lua: LuaRuntime) -> None:
    around: List[Any] = [{"in": None}]
    around[0]["in"] = around
    same, table = lua.execute("local t = ... return t[1]['in'] == t and t[1]['in'][1] == t[1], t", around)
    assert same is True
    with pytest.raises(ValueError, match="contains itself"):
        table.to_python()


@pytest.mark.parametrize("key", [None, float("nan")])
def test_keys_that_lua_cannot_have_are_told_where_the_dict_is_read(lua: LuaRuntime, key: Any) -> None:
    with pytest.raises(LuaError, match=r'^\[string "local t = ... for _ in pairs\(t\) do end"\]:1: a key of a table'):
        lua.execute("local t = ... for _ in pairs(t) do end", {"a": 1, key: 2})


def test_keys_of_every_kind(lua: LuaRuntime) -> None:
    table = lua.execute(
        "local t = ... local _ = t.name return t",
        {True: "yes", 2.0: "two", 4: "four", "é": "e", b"\xff": "bytes", "name": "n", 0: "zero", 0.5: "half"},
    )
    assert (table[True], table[1], table[2], table[4]) == ("yes", None, "two", "four")
    assert (table["é"], table["name"], table["\udcff"]) == ("e", "n", "bytes")
    assert (table[0], table[0.5]) == ("zero", "half")


class Text(str):
    secret = "secret"


class Number(int):
    secret = "secret"


class Record(Dict[str, Any]):
    secret = "secret"


@pytest.mark.parametrize(
    "value", [Text("x"), Number(1), Record(a=1), MappingProxyType({"a": 1}), OrderedDict(a=1), (1, 2), [Text("é")]]
)
def test_subclasses_and_other_containers_cross_as_what_they_are(lua: LuaRuntime, value: Any) -> None:
    kind, inner, secret = lua.execute(
        """
        local t = ...
        local kind = type(t.value)
        local fine, secret = pcall(function() return t.value.secret end)
        return kind, kind == "table" and (t.value.a or t.value[1]) or t.value, fine and secret
        """,
        {"value": value},
    )
    expected = {"string": "x", "number": 1}.get(kind)
    assert inner in ((1, "é") if kind == "table" else (expected,))
    assert type(inner) in (str, int) and not secret


def test_keys_that_are_more_than_strings_are_strings(lua: LuaRuntime) -> None:
    key = lua.execute("for key in pairs(...) do return type(key), key end", {Text("x"): 1})
    assert key == ("string", "x") and type(key[1]) is str


def test_other_objects_inside_stay_opaque_and_come_back_as_they_are(lua: LuaRuntime) -> None:
    thing = object()

    def function(value: int) -> int:
        return value + 1

    kinds, called, back = lua.execute(
        "local t = ... return type(t.thing) .. type(t.list[1]) .. type(t.f), t.f(1), t.list[1]",
        {"thing": thing, "list": [thing], "f": function},
    )
    assert (kinds, called) == ("userdatauserdatafunction", 2)
    assert back is thing


def test_what_comes_back_unread_is_still_a_table(lua: LuaRuntime) -> None:
    echo = lua.execute("return function(t) return t end")
    table = echo({"a": [1, 2]})
    assert isinstance(table, LuaTable)
    assert (table.a[2], table.metatable, len(table)) == (2, None, 0)
    assert echo(table) == table
    assert list(echo([1, 2])) == [1, 2]
    table = echo({"x": 1})
    table.x, table.y = 5, 6
    assert table.to_python() == {"x": 5, "y": 6}
    table = echo({"x": 1})
    table.metatable = lua.table(__index=lua.table(z=3))
    assert (table.x, table.z) == (1, 3)


def test_a_table_that_has_been_read_lets_its_source_go(lua: LuaRuntime) -> None:
    class Mortal:
        pass

    mortal = Mortal()
    gone = weakref.ref(mortal)
    lua.globals()["t"] = {"number": 1, "mortal": mortal}
    lua.execute("for key, value in pairs(t) do end t.mortal = nil")
    del mortal
    gc.collect()
    assert gone() is None


@pytest.mark.skipif(not hasattr(sys, "getrefcount"), reason="objects go when the garbage collector comes")
def test_what_a_script_has_read_and_dropped_is_gone_without_a_collection(lua: LuaRuntime) -> None:
    class Mortal:
        pass

    mortal = Mortal()
    gone = weakref.ref(mortal)
    read = lua.eval("function(t) for _, item in ipairs(t) do local x = item.x end return t[1].x and t.y end")
    gc.collect()
    gc.disable()
    try:
        read([{"x": 1, "mortal": mortal}, {"x": [1, mortal]}])
        del mortal
        assert gone() is None
    finally:
        gc.enable()


def test_integers_beyond_64_bits_are_floats_and_beyond_floats_infinite(lua: LuaRuntime) -> None:
    assert lua.execute("local t = ... return t.a, t[1], t.c", {"a": 2**63, 1: -(2**63) - 1, "c": 10**400}) == (
        2.0**63,
        -(2.0**63),
        float("inf"),
    )


@pytest.mark.parametrize("text", ["a\ud83d — b", "\ude00", "\ud83d\udc80\udcff"])
def test_half_a_pair_of_surrogates_is_what_utf8_char_makes_of_it(lua: LuaRuntime, text: str) -> None:
    parts = ", ".join(
        f"'\\x{ord(c) & 0xFF:02X}'" if "\udc80" <= c <= "\udcff" else f"utf8.char({ord(c)})" for c in text
    )
    value, read, same = lua.execute(
        f"local s, t = ... return s, t.name, s == table.concat{{{parts}}}", text, {"name": text}
    )
    assert value == read and same is True
    value.encode("utf-8", "surrogateescape")


def test_tables_that_share_parts_are_not_copied_for_each() -> None:
    lua = LuaRuntime()
    tree = lua.execute("local t = {1} for i = 1, 60 do t = {t, t} end return t").to_python()
    assert tree[0] is tree[1]
    with pytest.raises(ValueError, match="contains itself"):
        lua.execute("local t = {} t.t = {t} return t").to_python()
    with pytest.raises(ValueError, match="more than 200 levels deep"):
        lua.execute("local t = {} for i = 1, 100000 do t = {t} end return t").to_python()


@pytest.mark.parametrize("at_once", ["strict", convert.ESCAPED_BYTES])
def test_large_texts_come_back_as_they_went(lua: LuaRuntime, monkeypatch: pytest.MonkeyPatch, at_once: str) -> None:
    monkeypatch.setattr(convert, "ESCAPED_BYTES", at_once)
    for text in (
        b"\xff",
        b"\xffa",
        "é".encode(),
        "a€".encode(),
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"a" * 65535 + b"\xc3\xa9",
    ):
        whole = text * (300_000 // len(text))
        lua.globals()["given"] = whole
        lua.globals()["back"] = lua.eval("given")
        assert lua.eval("given") == whole.decode("utf-8", "surrogateescape")
        assert lua.eval("#given") == len(whole) and lua.eval("given == back")


def test_a_coroutine_shows_no_address_of_pythons(lua: LuaRuntime) -> None:
    with pytest.raises(LuaError) as caught:
        lua.execute("error(coroutine.create(print))")
    assert re.fullmatch("<LuaThread 0x[0-9a-f]{12}>", str(caught.value)) and hex(id(caught.value.value)) not in str(
        caught
    )
