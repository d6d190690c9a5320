"""Calls of library functions that are Python's own operations, where the function is still the library's.

A script may put another function in the place of `math.floor`, so the function is looked up as ever, and what it does
is done in place only if it is the one that the runtime came with.
"""

from __future__ import annotations

import ast
from typing import Any, Callable, Dict, Optional, Tuple

from ..syntax import nodes as n
from .operators import AT_MOST, IS_NOT, NEAR

Key = Tuple[Optional[str], str]

Way = Tuple[ast.expr, ast.expr]
"""A test of the arguments, and the value of the call where it holds."""


def intrinsic_key(node: n.Call) -> Optional[Key]:
    """The library and the name that a call looks for its function under; None if that is no global's field."""
    function = node.function
    if function.__class__ is n.Name:
        if function.declaration is None and function.environment is None:
            return None, function.name
    elif function.__class__ is n.Index and function.key.__class__ is n.String:
        library = function.object
        if library.__class__ is n.Name and library.declaration is None and library.environment is None:
            return library.name, function.key.value
    return None


def is_count(node: n.Expression) -> bool:
    """Whether the first argument of `select` asks how many there are."""
    return node.__class__ is n.String and node.value == "#"


def is_record(node: n.Expression) -> bool:
    """Whether an expression is a constructor of named fields alone."""
    return node.__class__ is n.TableConstructor and all(key.__class__ is n.String for key, _ in node.fields)


def floor(emitter: Any, value: ast.expr) -> Way:
    limit = float(2**53)
    near = emitter.compare(emitter.constant(-limit), ast.Lt(), value, ast.Lt(), emitter.constant(limit))
    floats = emitter.both(emitter.is_kind(value, "λfloat"), near)
    return emitter.either(floats, emitter.is_kind(value, "λint")), emitter.help("λfloor", value)


def square_root(emitter: Any, value: ast.expr) -> Way:
    positive = emitter.compare(value, ast.GtE(), emitter.constant(0.0))
    return emitter.both(emitter.is_kind(value, "λfloat"), positive), emitter.help("λsqrt", value)


def absolute(emitter: Any, value: ast.expr) -> Way:
    near = emitter.compare(emitter.constant(-NEAR), AT_MOST, value, AT_MOST, emitter.constant(NEAR))
    integers = emitter.both(emitter.is_kind(value, "λint"), near)
    return emitter.either(emitter.is_kind(value, "λfloat"), integers), emitter.help("λabs", value)


def type_name(emitter: Any, value: ast.expr) -> Way:
    name = emitter.fresh()
    found = emitter.walrus(name, emitter.help("λtype_name", emitter.kind(value)))
    return emitter.compare(found, IS_NOT, emitter.constant(None)), emitter.name(name)


def number_of_text(emitter: Any, value: ast.expr) -> Way:
    """`tonumber` of a decimal integer; of Lua's bytes, the ten digits alone are decimal characters to Python."""
    decimal = emitter.call(emitter.attribute(value, "isdecimal"), [])
    short = emitter.compare(emitter.help("λlen", value), ast.Lt(), emitter.constant(19))  # 64 bits hold them
    return emitter.both(emitter.is_kind(value, "λstr"), decimal, short), emitter.help("λint", value)


def text(emitter: Any, value: ast.expr) -> Way:
    """`tostring` of a string or an integer."""
    simple = emitter.either(emitter.is_kind(value, "λstr"), emitter.is_kind(value, "λint"))
    return simple, emitter.node(ast.JoinedStr, [emitter.node(ast.FormattedValue, value, -1, None)])


def extremum(operator: ast.cmpop) -> Callable[..., Way]:
    """`math.max` or `math.min` of two numbers: the first, unless the second is beyond it."""

    def rule(emitter: Any, left: ast.expr, right: ast.expr) -> Way:
        numbers = [
            emitter.either(emitter.is_kind(value, "λfloat"), emitter.is_kind(value, "λint")) for value in (left, right)
        ]
        return emitter.both(*numbers), emitter.choose(emitter.compare(left, operator, right), right, left)

    return rule


def letters(method: str) -> Callable[..., Way]:
    """`string.upper` or `string.lower`, of letters that Python takes for the same."""

    def rule(emitter: Any, text: ast.expr) -> Way:
        ascii_alone = emitter.call(emitter.attribute(text, "isascii"), [])
        return emitter.both(*emitter.is_text(text), ascii_alone), emitter.call(emitter.attribute(text, method), [])

    return rule


def text_length(emitter: Any, text: ast.expr) -> Way:
    return emitter.is_kind(text, "λstr"), emitter.help("λlen", text)


def character_code(emitter: Any, text: ast.expr, place: Optional[ast.expr] = None) -> Way:
    """`string.byte` of one place."""
    place = emitter.constant(1) if place is None else place
    within = emitter.compare(emitter.constant(0), ast.Lt(), place, AT_MOST, emitter.help("λlen", text))
    holds = emitter.both(*emitter.is_text(text), emitter.is_kind(place, "λint"), within)
    return holds, emitter.help("λord", emitter.item(text, emitter.before(place)))


def piece(emitter: Any, text: ast.expr, first: ast.expr, last: Optional[ast.expr] = None) -> Way:
    """`string.sub`: places from the start, or from the end where that is spelled."""
    tests = emitter.is_text(text)
    start, end = literal(first), -1 if last is None else literal(last)
    if start is None:
        tests += [emitter.is_kind(first, "λint"), emitter.compare(first, ast.Gt(), emitter.constant(0))]
        lower = emitter.before(first)
    else:
        lower = emitter.constant(start - 1 if start > 0 else start)
    upper = last
    if end is None:
        tests += [emitter.is_kind(last, "λint"), emitter.compare(last, ast.GtE(), emitter.constant(0))]
    elif end < 0:
        upper = None if end == -1 else emitter.constant(end + 1)
    return emitter.both(*tests), emitter.item(text, emitter.slice(lower, upper))


def literal(node: ast.expr) -> Optional[int]:
    """The value of an integer that the text spells."""
    if node.__class__ is ast.Constant and node.value.__class__ is int:
        return node.value
    return None


def last_item(emitter: Any, table: ast.expr) -> Way:
    """`table.remove` of the last value, where a value is before it, which then is the last."""
    array = emitter.fresh()
    items = emitter.walrus(array, emitter.attribute(table, "λarray"))
    several = emitter.compare(emitter.help("λlen", items), ast.Gt(), emitter.constant(2))
    before = emitter.item(emitter.name(array), emitter.constant(-2))
    holds = emitter.both(
        emitter.is_kind(table, "λTable"), several, emitter.compare(before, IS_NOT, emitter.constant(None))
    )
    return holds, emitter.call(emitter.attribute(emitter.name(array), "pop"), [])


Rule = Callable[..., Way]

RULES: Dict[Tuple[Key, int], Rule] = {
    ((None, "tonumber"), 1): number_of_text,
    ((None, "tostring"), 1): text,
    ((None, "type"), 1): type_name,
    (("math", "abs"), 1): absolute,
    (("math", "floor"), 1): floor,
    (("math", "max"), 2): extremum(ast.Lt()),
    (("math", "min"), 2): extremum(ast.Gt()),
    (("math", "sqrt"), 1): square_root,
    (("string", "byte"), 1): character_code,
    (("string", "byte"), 2): character_code,
    (("string", "len"), 1): text_length,
    (("string", "lower"), 1): letters("lower"),
    (("string", "sub"), 2): piece,
    (("string", "sub"), 3): piece,
    (("string", "upper"), 1): letters("upper"),
    (("table", "remove"), 1): last_item,
}
"""How a function is done in place, by how many arguments it gets."""

APPEND: Key = ("table", "insert")
"""`table.insert(t, value)`, a statement."""

OBJECT: Key = (None, "setmetatable")
"""`setmetatable({name = value}, metatable)`."""

YIELD: Key = ("coroutine", "yield")

SELECT: Key = (None, "select")
"""`select("#", ...)` and `select(n, ...)`."""

IN_PLACE = frozenset((APPEND, OBJECT, SELECT, *[key for key, _ in RULES]))
"""The functions that may be done in place."""
