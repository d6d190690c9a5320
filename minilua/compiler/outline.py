"""Loops nested deeper than CPython's compiler takes, moved into functions of their own.

CPython refuses more than 20 nested loops, `try` and `with` statements in a function ("too many statically nested
blocks"). A block statement that would stand too deep becomes the body of a function that is called in its place;
variables that live outside are `nonlocal` there, and a `return` inside is handed on.
"""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, Set

from ..limits import paced
from .marks import BLOCK
from .python import Builder

DEPTH = 14
"""Nested blocks in one function; what one Lua statement becomes may add a few."""

BLOCKS = (ast.For, ast.While, ast.Try, ast.With)


def outline(function: ast.FunctionDef, builder: Builder) -> None:
    """Bound the nesting of blocks in a function."""
    Outliner(builder, function).visit(function.body, 0)


class Outliner:
    def __init__(self, builder: Builder, function: ast.FunctionDef) -> None:
        self.builder = builder
        self.function = function
        self.count = 0

    def visit(self, body: List[ast.stmt], depth: int) -> None:
        for position, statement in enumerate(body):
            if isinstance(statement, ast.FunctionDef):
                continue
            inside = depth + isinstance(statement, BLOCKS)
            if inside > DEPTH:
                body[position : position + 1] = self.moved(statement)
                # What follows has moved, and the new statements hold no deep block of this function.
                self.visit(body[position + 2 :], depth)
                return
            for inner in bodies(statement):
                self.visit(inner, inside)

    def moved(self, statement: ast.stmt) -> List[ast.stmt]:
        build = self.builder
        self.count += 1
        name = f"{BLOCK}{self.count}"
        inside = set(names(statement, ast.Store))
        outside = {argument.arg for argument in self.function.args.args}
        outside.update(paced(names_but(self.function.body, statement)))
        declared: List[ast.stmt] = []
        kept: Set[str] = set()
        for first in self.function.body:
            if isinstance(first, (ast.Global, ast.Nonlocal)):
                shared = [known for known in first.names if known in inside]
                kept.update(shared)
                if shared:
                    declared.append(build.declare(type(first), shared))
        shared = sorted((inside & outside) - kept)
        if shared:
            declared.append(build.declare(ast.Nonlocal, shared))
        body = [*declared, statement, build.return_(build.name("λgoes_on"))]
        definition: Any = build.define(name, [], None, body)
        generator = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in paced(walk(statement)))
        outline(definition, build)
        call = build.call(build.name(name), [])
        result = f"λresult{self.count}"
        return [
            definition,
            build.assign(result, build.yield_from(call) if generator else call),
            build.if_(
                build.compare(build.name(result), ast.IsNot(), build.name("λgoes_on")),
                [build.return_(build.name(result))],
            ),
        ]


def bodies(statement: ast.stmt) -> Iterator[List[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        inner = getattr(statement, field, None)
        if inner:
            yield inner
    for handler in getattr(statement, "handlers", ()):
        yield handler.body


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement, functions inside it not entered."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        if not isinstance(found, (ast.FunctionDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(found))


def names(node: ast.AST, context: Any) -> Iterator[str]:
    """The names that a statement assigns."""
    for found in paced(walk(node)):
        if isinstance(found, ast.Name) and isinstance(found.ctx, context):
            yield found.id
        elif isinstance(found, (ast.FunctionDef, ast.ExceptHandler)) and found.name:
            yield found.name


def names_but(body: List[ast.stmt], left_out: ast.stmt) -> Iterator[str]:
    """All names that a function's statements use, but for one statement among them."""
    stack: List[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if node is left_out:
            continue
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.FunctionDef):
            yield node.name
        stack.extend(ast.iter_child_nodes(node))
