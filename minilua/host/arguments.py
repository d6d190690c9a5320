"""Arguments of a call, checked against the function's parameters.

`bind` maps what a script passed to names, `check` verifies and normalises the named values, `from_text` turns the
command line's strings into values, and `schema` describes the parameters as JSON Schema.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Sequence

from minilua.host.catalog import Function, Parameter
from minilua.host.errors import InvalidArguments
from minilua.host.suggestions import did_you_mean

#: How deeply the values of one argument may be nested: less than any JSON decoder takes.
DEEPEST = 100

_NOUNS = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "boolean": "a boolean",
    "object": "an object",
    "array": "an array",
}


def bind(function: Function, values: Sequence[Any]) -> Dict[str, Any]:
    """Name the positional arguments of a call after the function's parameters; nil means not given."""
    if len(values) > len(function.parameters):
        most = len(function.parameters)
        takes = f"at most {most} argument{'s' if most != 1 else ''}" if most else "no arguments"
        raise InvalidArguments(f"{function.name}: takes {takes}, got {len(values)}")
    return {p.name: value for p, value in zip(function.parameters, values) if value is not None}


def check(function: Function, arguments: Mapping[Any, Any]) -> Dict[str, Any]:
    """Return the arguments as the provider gets them: complete, of the declared types and within their limits.

    Defaults are filled in. Raises `InvalidArguments` with one clear message for what does not fit.

    >>> check(list_issues, {"org_slug": "acme"})
    Traceback (most recent call last):
    minilua.host.errors.InvalidArguments: Missing required parameter(s): project_slug
    """
    parameters = {p.name: p for p in function.parameters}
    given = {name: value for name, value in arguments.items() if value is not None}
    for name in given:
        if name not in parameters:
            known = ", ".join(parameters) or "none"
            raise InvalidArguments(
                f"{function.name}: unknown parameter '{name}'."
                + (did_you_mean(str(name), parameters) or f" Its parameters: {known}")
            )
    missing = [p.name for p in function.parameters if p.required and given.get(p.name, "") == ""]
    if missing:
        raise InvalidArguments("Missing required parameter(s): " + ", ".join(missing))
    checked = {}
    for name, parameter in parameters.items():
        if name in given:
            checked[name] = _checked(function, parameter, given[name])
        elif parameter.default is not None:
            checked[name] = parameter.default
    return checked


def _checked(function: Function, parameter: Parameter, value: Any) -> Any:
    kind = type_name(value)
    declared = parameter.type
    if declared == "integer" and value.__class__ is float and value.is_integer():
        value, kind = int(value), "integer"  # as in Lua, where a float with an integer's value serves as one
    elif declared == "number" and kind == "integer":
        kind = "number"
    elif kind in ("object", "array") and not value:
        kind = declared if declared in ("object", "array") else kind  # an empty table may be either
        value = [] if kind == "array" else {}
    if kind != declared:
        shown = f" ({_short(value)})" if kind in ("integer", "number", "boolean", "string") else ""
        raise _misfit(function, parameter, f"must be {_NOUNS[declared]}, got {_article(kind)}{shown}")
    if declared == "number" and (value != value or value in (float("inf"), float("-inf"))):
        raise _misfit(function, parameter, f"must be a finite number, got {value}")
    if parameter.choices and value not in parameter.choices:
        raise _misfit(
            function,
            parameter,
            "must be one of " + ", ".join(f'"{choice}"' for choice in parameter.choices) + f", got {_short(value)}",
        )
    low, high = parameter.minimum, parameter.maximum
    if declared in ("integer", "number") and ((low is not None and value < low) or (high is not None and value > high)):
        if low is not None and high is not None:
            bounds = f"between {low} and {high}"
        else:
            bounds = f"at least {low}" if low is not None else f"at most {high}"
        raise _misfit(function, parameter, f"must be {bounds}, got {value}")
    return _plain(function, parameter, value, parameter.name, 0)


def _plain(function: Function, parameter: Parameter, value: Any, path: str, depth: int) -> Any:
    """Return a value as JSON can hold it, object keys made strings, or raise naming the place that it cannot."""
    if depth > DEEPEST:
        raise _misfit(function, parameter, f"is nested more than {DEEPEST} levels deep")
    kind = type_name(value)
    if kind == "string":
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise _misfit(function, parameter, "is not valid UTF-8" + _at(path, parameter)) from None
        return value
    if kind == "object":
        plain = {}
        for key, item in value.items():
            if key.__class__ not in (str, int, float):
                raise _misfit(function, parameter, f"has {_article(type_name(key))} as a key" + _at(path, parameter))
            plain[str(key)] = _plain(function, parameter, item, f"{path}.{key}", depth + 1)
        return plain
    if kind == "array":
        return [_plain(function, parameter, item, f"{path}[{i + 1}]", depth + 1) for i, item in enumerate(value)]
    if kind == "number" and (value != value or value in (float("inf"), float("-inf"))):
        raise _misfit(function, parameter, f"holds {value}, which JSON cannot" + _at(path, parameter))
    if kind not in ("integer", "number", "boolean", "nil"):
        raise _misfit(function, parameter, f"holds {_article(kind)}" + _at(path, parameter))
    return value


def _at(path: str, parameter: Parameter) -> str:
    return f" at {path}" if path != parameter.name else ""


def _misfit(function: Function, parameter: Parameter, why: str) -> InvalidArguments:
    return InvalidArguments(f"{function.name}: parameter '{parameter.name}' {why}")


def type_name(value: Any) -> str:
    """Return the name of a value's type in messages: JSON Schema's names, and Lua's for what is no JSON."""
    if value is None:
        return "nil"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", dict: "object", list: "array"}
    return names.get(value.__class__, "function" if callable(value) else "userdata")


def _article(kind: str) -> str:
    return "nil" if kind == "nil" else ("an " if kind[0] in "aiou" and kind != "userdata" else "a ") + kind


def _short(value: Any) -> str:
    if value.__class__ is bool:
        return "true" if value else "false"
    text = f'"{value}"' if value.__class__ is str else str(value)
    return text if len(text) <= 60 else text[:57] + '..."'


def from_text(function: Function, name: str, text: str) -> Any:
    """Return the value that a string of the command line means for a parameter; left alone where it means none.

    >>> from_text(list_issues, "limit", "10")
    10
    """
    declared = next((p.type for p in function.parameters if p.name == name), "string")
    if text == "null":
        return None
    if declared == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if declared in ("integer", "number"):
        return _number(text, declared)
    if declared in ("object", "array"):
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InvalidArguments(f"{function.name}: parameter '{name}' is not valid JSON: {error}") from None
    return text


def _number(text: str, declared: str) -> Any:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text  # `check` says what is wrong with it


def schema(function: Function, provider: Optional[str] = None) -> Dict[str, Any]:
    """Describe the function's parameters as a JSON Schema (draft 2020-12) object."""
    properties = {}
    for p in function.parameters:
        described: Dict[str, Any] = {"type": p.type}
        if p.description:
            described["description"] = p.description
        if p.choices:
            described["enum"] = list(p.choices)
        if p.minimum is not None:
            described["minimum"] = p.minimum
        if p.maximum is not None:
            described["maximum"] = p.maximum
        if p.default is not None:
            described["default"] = p.default
        properties[p.name] = described
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{provider}.{function.name}" if provider else function.name,
        "description": function.description,
        "type": "object",
        "properties": properties,
        "required": [p.name for p in function.parameters if p.required],
        "additionalProperties": False,
    }
