"""Python's syntax tree, built node by node at the current place (see `marks`)."""

from __future__ import annotations

import ast
import sys
from typing import Any, List, Optional, Sequence

from ..limits import check
from .marks import Marks

LOAD = ast.Load()
STORE = ast.Store()


def forgets_recursion() -> bool:
    """Whether a function that takes `*rest` may call itself beyond the recursion limit, as in CPython 3.13.0."""
    if sys.version_info < (3, 13):
        return False
    limit = sys.getrecursionlimit()
    try:
        deep(limit + 300)
    except RecursionError:
        return False
    return True


def deep(level: int, *rest: int) -> int:
    return level and deep(level - 1)


FORGETS_RECURSION = forgets_recursion()


class Builder:
    """Makes nodes of Python's syntax tree at the place last set."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.line, self.column = 1, 0
        self.made = 0  # nodes

    def place(self, line: int, node: Any = None) -> None:
        self.line, self.column = self.marks.add(line, node)

    def node(self, kind: Any, *fields: Any) -> Any:
        self.made += 1
        if not self.made & 1023:
            check()
        made = kind(*fields)
        made.lineno = made.end_lineno = self.line
        made.col_offset = made.end_col_offset = self.column
        return made

    # ------------------------------------------------------------ expressions

    def name(self, name: str) -> ast.expr:
        return self.node(ast.Name, name, LOAD)  # type: ignore[no-any-return]

    def constant(self, value: Any) -> ast.expr:
        return self.node(ast.Constant, value)  # type: ignore[no-any-return]

    def attribute(self, object: ast.expr, name: str) -> ast.expr:
        return self.node(ast.Attribute, object, name, LOAD)  # type: ignore[no-any-return]

    def item(self, object: ast.expr, key: ast.expr) -> ast.expr:
        return self.node(ast.Subscript, object, key, LOAD)  # type: ignore[no-any-return]

    def slice(self, lower: ast.expr, upper: Optional[ast.expr]) -> Any:
        return self.node(ast.Slice, lower, upper, None)

    def call(self, function: ast.expr, arguments: Sequence[ast.expr]) -> ast.expr:
        return self.node(ast.Call, function, list(arguments), [])  # type: ignore[no-any-return]

    def help(self, name: str, *arguments: ast.expr) -> ast.expr:
        """A call of a function of the runtime's."""
        return self.call(self.name(name), arguments)

    def starred(self, value: ast.expr) -> ast.expr:
        return self.node(ast.Starred, value, LOAD)  # type: ignore[no-any-return]

    def tuple(self, values: Sequence[ast.expr]) -> ast.expr:
        return self.node(ast.Tuple, list(values), LOAD)  # type: ignore[no-any-return]

    def list(self, values: Sequence[ast.expr]) -> ast.expr:
        return self.node(ast.List, list(values), LOAD)  # type: ignore[no-any-return]

    def walrus(self, name: str, value: ast.expr) -> ast.expr:
        return self.node(ast.NamedExpr, self.node(ast.Name, name, STORE), value)  # type: ignore[no-any-return]

    def choose(self, test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
        return self.node(ast.IfExp, test, then, otherwise)  # type: ignore[no-any-return]

    def binary(self, left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
        return self.node(ast.BinOp, left, operator, right)  # type: ignore[no-any-return]

    def unary(self, operator: ast.unaryop, operand: ast.expr) -> ast.expr:
        return self.node(ast.UnaryOp, operator, operand)  # type: ignore[no-any-return]

    def both(self, *tests: ast.expr) -> ast.expr:
        return tests[0] if len(tests) == 1 else self.node(ast.BoolOp, ast.And(), list(tests))

    def either(self, *tests: ast.expr) -> ast.expr:
        return tests[0] if len(tests) == 1 else self.node(ast.BoolOp, ast.Or(), list(tests))

    def compare(self, left: ast.expr, *rest: Any) -> ast.expr:
        """`left op value op value ...`"""
        return self.node(ast.Compare, left, list(rest[0::2]), list(rest[1::2]))  # type: ignore[no-any-return]

    def kind(self, value: ast.expr) -> ast.expr:
        return self.attribute(value, "__class__")

    def is_kind(self, value: ast.expr, *names: str) -> ast.expr:
        """Whether the value's class is one of the runtime's names for a class."""
        return self.either(*[self.compare(self.kind(value), ast.Is(), self.name(name)) for name in names])

    def yield_(self, value: ast.expr) -> ast.expr:
        return self.node(ast.Yield, value)  # type: ignore[no-any-return]

    def yield_from(self, value: ast.expr) -> ast.expr:
        return self.node(ast.YieldFrom, value)  # type: ignore[no-any-return]

    # ------------------------------------------------------------ statements

    def assign(self, name: str, value: ast.expr) -> ast.stmt:
        return self.store(self.node(ast.Name, name, STORE), value)

    def store(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        made: ast.stmt = self.node(ast.Assign, [target], value)
        return made

    def unpack(self, names: List[str], value: ast.expr) -> ast.stmt:
        """`names = value`, for a tuple of as many."""
        return self.store(self.node(ast.Tuple, [self.node(ast.Name, name, STORE) for name in names], STORE), value)

    def store_attribute(self, object: ast.expr, name: str, value: ast.expr) -> ast.stmt:
        return self.store(self.node(ast.Attribute, object, name, STORE), value)

    def store_item(self, object: ast.expr, key: ast.expr, value: ast.expr) -> ast.stmt:
        return self.store(self.node(ast.Subscript, object, key, STORE), value)

    def perform(self, value: ast.expr) -> ast.stmt:
        return self.node(ast.Expr, value)  # type: ignore[no-any-return]

    def if_(self, test: ast.expr, body: List[ast.stmt], otherwise: Optional[List[ast.stmt]] = None) -> ast.stmt:
        return self.node(ast.If, test, body or [self.pass_()], otherwise or [])  # type: ignore[no-any-return]

    def while_(self, test: ast.expr, body: List[ast.stmt]) -> ast.stmt:
        return self.node(ast.While, test, body or [self.pass_()], [])  # type: ignore[no-any-return]

    def for_(self, target: ast.expr, values: ast.expr, body: List[ast.stmt]) -> ast.stmt:
        return self.node(ast.For, target, values, body or [self.pass_()], [])  # type: ignore[no-any-return]

    def with_(self, manager: ast.expr, body: List[ast.stmt]) -> ast.stmt:
        item = ast.withitem(manager, None)
        return self.node(ast.With, [item], body or [self.pass_()])  # type: ignore[no-any-return]

    def attempt(self, body: List[ast.stmt], errors: str, recover: List[ast.stmt]) -> ast.stmt:
        handler = self.node(ast.ExceptHandler, self.name(errors), None, recover)
        return self.node(ast.Try, body, [handler], [], [])  # type: ignore[no-any-return]

    def return_(self, value: ast.expr) -> ast.stmt:
        return self.node(ast.Return, value)  # type: ignore[no-any-return]

    def break_(self) -> ast.stmt:
        return self.node(ast.Break)  # type: ignore[no-any-return]

    def continue_(self) -> ast.stmt:
        return self.node(ast.Continue)  # type: ignore[no-any-return]

    def pass_(self) -> ast.stmt:
        return self.node(ast.Pass)  # type: ignore[no-any-return]

    def declare(self, kind: Any, names: List[str]) -> ast.stmt:
        return self.node(kind, names)  # type: ignore[no-any-return]

    def define(
        self, name: str, parameters: Sequence[str], rest: Optional[str], body: List[ast.stmt]
    ) -> ast.FunctionDef:
        """`def name(parameters=None..., *rest)`."""
        arguments = ast.arguments(
            [],
            [self.node(ast.arg, parameter, None) for parameter in parameters],
            None if rest is None else self.node(ast.arg, rest, None),
            [],
            [],
            None,
            [self.constant(None) for _ in parameters],
        )
        made = self.node(ast.FunctionDef, name, arguments, body or [self.pass_()], [], None)
        made.type_comment = None
        if "type_params" in ast.FunctionDef._fields:  # 3.12
            made.type_params = []
        return made  # type: ignore[no-any-return]
