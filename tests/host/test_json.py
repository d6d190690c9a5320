from __future__ import annotations

import json
from typing import Any, Callable

import pytest
from runs import Kosmo

Lua = Callable[[str], Any]


@pytest.fixture
def lua(kosmo: Kosmo) -> Lua:
    """Run a chunk and return what it returns, or the text of the error that it fails with."""

    def run(code: str) -> Any:
        envelope = kosmo.eval(code, "--json").json
        return envelope["result"] if envelope["success"] else envelope["error"]

    return run


def test_decode_makes_tables_and_nil(lua: Lua) -> None:
    code = r"""
    local v = json.decode([[{"a": [1, 2.0, "x", true], "none": null, "deep": {"é": "\u00fc\ud83d\ude00"}}]])
    return v.a[1], math.type(v.a[1]), math.type(v.a[2]), v.a[3], v.a[4], v.none == nil, v.deep["é"], #v.a
    """
    assert lua(code) == [1, "integer", "float", "x", True, True, "ü😀", 4]
    assert lua("return json.decode('null') == nil, json.decode(' 1 ')") == [True, 1]


def test_null_in_an_array_is_a_hole(lua: Lua) -> None:
    assert lua("local a = json.decode('[1, null, 3]') return a[1], a[2] == nil, a[3]") == [1, True, 3]


def test_integers_beyond_64_bits_are_floats(lua: Lua) -> None:
    assert lua("return math.type(json.decode('9223372036854775807')), json.decode('-9223372036854775808')") == [
        "integer",
        -(2**63),
    ]
    assert lua("return math.type(json.decode('9223372036854775808')), json.decode('1' .. ('0'):rep(30))") == [
        "float",
        1e30,
    ]
    code = """
    local text = '{"a": [1%s, -1%s, 9223372036854775808], "b": -9223372036854775809}'
    text = text:format(("0"):rep(400), ("0"):rep(9000))
    local v = json.decode(text)
    return v.a[1] == math.huge, v.a[2] == -math.huge, v.a[3] == 2^63, v.b == -2^63
    """
    assert lua(code) == [True, True, True, True]


@pytest.mark.parametrize(
    "text, why",
    [
        ("", "Expecting value: line 1 column 1"),
        ("{", "Expecting property name"),
        ("[1,]", "line 1 column"),
        ("NaN", "NaN is not JSON"),
        ("[-Infinity]", "-Infinity is not JSON"),
        ("[1] x", "Extra data: line 1 column 5"),
        ("[" * 513 + "]" * 513, "nested more than 512 levels deep"),
        ("[" * 100000 + "]" * 100000, "nested more than 512 levels deep"),
        ('{"a":' * 513 + "1" + "}" * 513, "nested more than 512 levels deep"),
        ("[" * 100000, "nested more than 512 levels deep"),
    ],
)
def test_bad_text_is_an_error_that_pcall_catches(lua: Lua, text: str, why: str) -> None:
    fine, message = lua(f"return pcall(json.decode, [=[{text}]=])")
    assert fine is False and "json.decode: " in message and why in message


def test_brackets_in_strings_do_not_nest(lua: Lua) -> None:
    assert lua("return #json.decode('[\"' .. ('[{'):rep(1000) .. '\"]')[1]") == [2000]
    assert lua("return json.decode(('['):rep(512) .. (']'):rep(512)) ~= nil") == [True]


def test_lone_surrogates_become_replacement_characters(lua: Lua) -> None:
    assert lua(r"""return json.decode('{"\\ud800": ["\\uDC00x"]}')["\u{FFFD}"][1]""") == ["\ufffdx"]


def test_arguments_of_the_wrong_type(lua: Lua) -> None:
    assert "json.decode: expected string, got nil" in lua("json.decode()")
    assert "json.decode: expected string, got table" in lua("json.decode({})")


def test_encode_is_indented_and_leaves_unicode_and_slashes(lua: Lua) -> None:
    code = 'return json.encode({url = "http://é/x", })'
    assert lua(code) == ['{\n    "url": "http://é/x"\n}']
    assert lua("return json.encode({{1}, {}})") == ["[\n    [\n        1\n    ],\n    []\n]"]
    assert lua('return json.encode("a\\"\\n\\1")') == ['"a\\"\\n\\u0001"']


def test_encode_keeps_integers_and_floats_apart(lua: Lua) -> None:
    assert lua("return json.encode(1), json.encode(1.0), json.encode(0.1), json.encode(1e100)") == [
        "1",
        "1.0",
        "0.1",
        "1e+100",
    ]
    assert lua("return json.encode(nil), json.encode(true)") == ["null", "true"]


def test_arrays_and_objects_are_told_apart(lua: Lua) -> None:
    assert json.loads(lua("return json.encode({1, 2, x = 3})")[0]) == {"1": 1, "2": 2, "x": 3}
    assert json.loads(lua("return json.encode({[1] = 1, [3] = 3})")[0]) == {"1": 1, "3": 3}
    assert json.loads(lua("return json.encode({[0] = 1, [1.5] = 2})")[0]) == {"0": 1, "1.5": 2}
    assert json.loads(lua("local t = {} t[3] = 3 t[2] = 2 t[1] = 1 return json.encode(t)")[0]) == [1, 2, 3]


@pytest.mark.parametrize(
    "value, why",
    [
        ("print", "cannot encode a function"),
        ("{f = {print}}", "cannot encode a function"),
        ("0/0", "JSON has no such number"),
        ("{1/0}", "JSON has no such number"),
        ("{[true] = 1}", "keys that are neither strings nor numbers"),
        ("cycle", "cannot encode a table that contains itself"),
        ("deep", "cannot encode tables nested more than 100 levels deep"),
    ],
)
def test_what_json_cannot_hold(lua: Lua, value: str, why: str) -> None:
    setup = "local cycle = {} cycle[1] = {cycle} local deep = {} for _ = 1, 200 do deep = {deep} end "
    fine, message = lua(f"{setup} return pcall(json.encode, {value})")
    assert fine is False and "json.encode: " in message and why in message


def test_shared_tables_are_no_cycles_but_have_a_bound(lua: Lua, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(lua("local t = {1} return json.encode({t, t})")[0]) == [[1], [1]]
    monkeypatch.setattr("minilua.host.data.LARGEST", 10_000)
    fine, message = lua("local t = {} for _ = 1, 60 do t = {t, t} end return pcall(json.encode, t)")
    assert fine is False and "cannot encode more than 10000 values" in message


def test_bytes_that_are_no_utf_8_encode_as_replacement_characters(lua: Lua) -> None:
    assert lua(r'return json.encode("\xff\xc3\xa9")') == ['"\ufffdé"']


def test_what_was_encoded_decodes_to_the_same(lua: Lua) -> None:
    code = """
    local value = {a = {1, 2.5, "ü", false}, b = {c = {d = "e"}}}
    return json.encode(json.decode(json.encode(value))) == json.encode(value)
    """
    assert lua(code) == [True]


@pytest.mark.parametrize(
    "text",
    [
        r'{"a": "\u00e9\u00E9", "b": "\\u00e9\u00e9", "c": "\\\u00e9", "d": "\u0041\n\u000a"}',
        r'["\ud83d\ude00", "\ud83d\ude00\ud83d", "x\u0080y", "\u2028", "\u07ff\u0800"]',
        r'{"\u00e9": {"\\": [1, "]]]]\"[[[", {}, []]}, "": null}',
        '[1234567890123456789, -9223372036854775808, 9223372036854775807, "0000000000000000000001"]',
        "[ 9223372036854775808,\n-9223372036854775809,\t18446744073709551616, 1.5, 1e3, -0, -0.0]",
        "9223372036854775808",
        '[[], {}, [[]], [{}], [null, null], [1, null], {"a": null}, true, false]',
        '{"é—🙂": "é—🙂"}',
        '{"a": 1, "a": 2}',
    ],
)
def test_decoded_text_is_what_pythons_decoder_makes_of_it(lua: Lua, text: str) -> None:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if item is not None} or []
        if isinstance(value, list):
            while value and value[-1] is None:
                value.pop()
            return [plain(item) for item in value]
        if isinstance(value, str):
            return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)
        if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
            return float(value)
        return value

    returned = lua(f"return json.decode([==[{text}]==])")
    assert returned == [plain(json.loads(text))]
    assert repr(returned) == repr([plain(json.loads(text))])


def test_decoded_tables_are_tables(lua: Lua) -> None:
    code = """
    local t = json.decode('{"list": [1, 2, null], "empty": [], "o": {"x": 1, "none": null}}')
    t.list[#t.list + 1] = 3
    t.empty[1] = "first"
    t.o.none = 2
    setmetatable(t.o, {__index = {y = 5}})
    local keys = {}
    for key in pairs(t) do keys[#keys + 1] = key end
    return table.concat(t.list, ","), t.empty[1], t.o.none, t.o.y, t.o.x, table.concat(keys, " "), #t.list
    """
    assert lua(code) == ["1,2,3", "first", 2, 5, 1, "list empty o", 3]
