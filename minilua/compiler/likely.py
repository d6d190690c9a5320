"""Which numbers are probably floats, so that a guard asks for the likelier class first.

Nothing depends on the answer but speed: what divides, has a point in it, or comes from such a thing is taken for a
float, and a field for what the chunk stores in fields of that name.
"""

from __future__ import annotations

from typing import Dict, Set

from ..syntax import nodes as n
from .facts import known_function
from .resolve import Resolution

FLOAT_FUNCTIONS = frozenset(("sqrt", "sin", "cos", "tan", "exp", "log", "asin", "acos", "atan", "random", "clock"))
FLOAT_CONSTANTS = frozenset(("pi", "huge"))
DEPTH = 12


class Likelihood:
    def __init__(self, resolution: Resolution) -> None:
        self.fields: Set[str] = set()
        self.known: Dict[n.Declaration, bool] = {}
        for _ in range(2):  # a field may be given what another field holds
            self.fields = {name for name, value in resolution.stores if self.is_float(value)}
            self.known = {}

    def is_float(self, node: n.Expression, depth: int = DEPTH) -> bool:
        """Whether the value is probably a float, if it is a number."""
        kind = node.__class__
        if depth <= 0:
            return False
        if kind is n.Number:
            return node.value.__class__ is float  # type: ignore[attr-defined]
        if kind is n.Parenthesis:
            return self.is_float(node.expression, depth - 1)  # type: ignore[attr-defined]
        if kind is n.Unary:
            return self.is_float(node.operand, depth - 1)  # type: ignore[attr-defined]
        if kind is n.Binary:
            return node.operator in ("/", "^") or (  # type: ignore[attr-defined]
                node.operator in ("+", "-", "*", "%", "//")  # type: ignore[attr-defined]
                and (self.is_float(node.left, depth - 1) or self.is_float(node.right, depth - 1))  # type: ignore[attr-defined]
            )
        if kind is n.Index:
            if node.key.__class__ is not n.String:  # type: ignore[attr-defined]
                return False
            return node.key.value in self.fields or node.key.value in FLOAT_CONSTANTS  # type: ignore[attr-defined]
        if kind is n.Call:
            function = node.function  # type: ignore[attr-defined]
            known = known_function(function)
            if known is not None:
                return known.single and any(self.is_float(result.values[0], depth - 2) for result in known.returns)
            return (
                function.__class__ is n.Index
                and function.key.__class__ is n.String
                and function.key.value in FLOAT_FUNCTIONS
            )
        if kind is n.Name and node.declaration is not None:  # type: ignore[attr-defined]
            return self.variable(node.declaration, depth - 1)  # type: ignore[attr-defined]
        return False

    def variable(self, declaration: n.Declaration, depth: int) -> bool:
        if declaration not in self.known:
            self.known[declaration] = False
            self.known[declaration] = any(
                source is not None and self.is_float(source, depth) for source in declaration.sources
            )
        return self.known[declaration]
