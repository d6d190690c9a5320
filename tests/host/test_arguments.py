from __future__ import annotations

import math
from typing import Any, Dict

import pytest
from tracker import FUNCTIONS

from minilua.host.arguments import bind, check, from_text, schema
from minilua.host.errors import InvalidArguments

LIST, CREATE, WHOAMI, _ = FUNCTIONS


def refusal(function: Any, arguments: Dict[Any, Any]) -> str:
    with pytest.raises(InvalidArguments) as caught:
        check(function, arguments)
    return str(caught.value)


def test_complete_arguments_pass_and_defaults_are_filled_in() -> None:
    assert check(LIST, {"project": "web"}) == {"project": "web", "limit": 25}
    assert check(WHOAMI, {}) == {}


def test_all_missing_parameters_are_named_at_once() -> None:
    assert refusal(CREATE, {}) == "Missing required parameter(s): project, title"
    assert refusal(CREATE, {"title": "x", "project": None}) == "Missing required parameter(s): project"
    assert refusal(CREATE, {"title": "", "project": "web"}) == "Missing required parameter(s): title"


def test_unknown_parameters_get_a_suggestion_or_the_list() -> None:
    assert refusal(CREATE, {"projekt": "web"}) == "create_item: unknown parameter 'projekt'. Did you mean: project"
    assert refusal(CREATE, {1: "web"}) == "create_item: unknown parameter '1'. Its parameters: project, title, tags"
    assert refusal(WHOAMI, {"x": 1}) == "whoami: unknown parameter 'x'. Its parameters: none"


@pytest.mark.parametrize(
    "name, value, why",
    [
        ("project", 42, "must be a string, got an integer (42)"),
        ("project", {"a": 1}, "must be a string, got an object"),
        ("sort", True, "must be a string, got a boolean (true)"),
        ("sort", "newest", 'must be one of "date", "votes", got "newest"'),
        ("limit", "10", 'must be an integer, got a string ("10")'),
        ("limit", 2.5, "must be an integer, got a number (2.5)"),
        ("limit", True, "must be an integer, got a boolean (true)"),
        ("limit", 0, "must be between 1 and 100, got 0"),
        ("limit", 101, "must be between 1 and 100, got 101"),
        ("since", -1, "must be at least 0, got -1"),
        ("since", math.inf, "must be a finite number, got inf"),
        ("open", 1, "must be a boolean, got an integer (1)"),
        ("labels", {"a": 1}, "must be an array, got an object"),
        ("labels", ["a", print], "holds a function at labels[2]"),
        ("labels", [math.nan], "holds nan, which JSON cannot at labels[1]"),
        ("project", "\udcff", "is not valid UTF-8"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(name: str, value: Any, why: str) -> None:
    assert refusal(LIST, {"project": "web", name: value}) == f"list_items: parameter '{name}' {why}"


def test_a_float_with_an_integer_value_serves_as_that_integer() -> None:
    checked = check(LIST, {"project": "web", "limit": 10.0, "since": 2})
    assert checked["limit"] == 10 and checked["limit"].__class__ is int
    assert checked["since"] == 2


def test_an_empty_table_is_an_object_or_an_array_as_declared() -> None:
    assert check(LIST, {"project": "web", "labels": {}})["labels"] == []
    assert check(CREATE, {"project": "web", "title": "x", "tags": []})["tags"] == {}


def test_objects_become_json_all_the_way_down() -> None:
    tags = check(CREATE, {"project": "p", "title": "t", "tags": {1: "a", "b": {2.5: [None, True]}}})["tags"]
    assert tags == {"1": "a", "b": {"2.5": [None, True]}}
    deep: Any = "x"
    for _level in range(200):
        deep = {"in": deep}
    assert refusal(CREATE, {"project": "p", "title": "t", "tags": deep}).endswith("nested more than 100 levels deep")
    assert "has a boolean as a key" in refusal(CREATE, {"project": "p", "title": "t", "tags": {True: 1}})


def test_positional_arguments_take_the_names_of_the_parameters() -> None:
    assert bind(CREATE, ["web", None, {"a": "b"}]) == {"project": "web", "tags": {"a": "b"}}
    with pytest.raises(InvalidArguments, match="whoami: takes no arguments, got 1"):
        bind(WHOAMI, ["x"])
    with pytest.raises(InvalidArguments, match="create_item: takes at most 3 arguments, got 4"):
        bind(CREATE, ["a", "b", {}, 4])


@pytest.mark.parametrize(
    "name, text, value",
    [
        ("limit", "10", 10),
        ("limit", "ten", "ten"),
        ("since", "1.5", 1.5),
        ("open", "true", True),
        ("open", "maybe", "maybe"),
        ("project", "10", "10"),
        ("sort", "null", None),
        ("labels", '["a"]', ["a"]),
    ],
)
def test_command_line_text_becomes_the_declared_type(name: str, text: str, value: Any) -> None:
    assert from_text(LIST, name, text) == value
    assert from_text(LIST, name, text).__class__ is value.__class__


def test_text_that_should_be_json_and_is_not() -> None:
    with pytest.raises(InvalidArguments, match="parameter 'tags' is not valid JSON"):
        from_text(CREATE, "tags", "{a}")


def test_schema_describes_every_parameter() -> None:
    described = schema(LIST, "tracker")
    assert described["title"] == "tracker.list_items"
    assert described["required"] == ["project"]
    assert described["additionalProperties"] is False
    assert described["properties"]["limit"] == {
        "type": "integer",
        "description": "Max results",
        "minimum": 1,
        "maximum": 100,
        "default": 25,
    }
    assert described["properties"]["sort"]["enum"] == ["date", "votes"]
