"""The order of evaluation, which is common to all expressions.

Each becomes one Python expression, and statements before it where it needs them. A statement put before an expression
must not overtake what Lua evaluates earlier, so operands are compiled in order (`ordered`), and those that came first
are kept in temporaries once a later one puts out a statement.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

from ..syntax import nodes as n
from .knowledge import Knowledge
from .marks import Marks
from .operators import OperatorEmitter, is_simple

MULTIPLE = (n.Call, n.MethodCall, n.Vararg)


def is_call(expression: Optional[n.Expression]) -> bool:
    return expression.__class__ is n.Call or expression.__class__ is n.MethodCall


def is_multiple(expression: n.Expression) -> bool:
    return expression.__class__ in MULTIPLE


class EvaluationEmitter(OperatorEmitter):
    """The generator's part for operands: each is compiled in its turn."""

    rules: Dict[type, Callable[[Any], ast.expr]]
    """How an expression of each class is compiled."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self.function: n.Function = None  # type: ignore[assignment]
        self.volatile: Dict[str, n.Declaration] = {}  # the variables that inner functions assign, by Python names
        self.invokes = False  # whether the function that we are in calls what may call it again
        self.function_names: Dict[n.Function, str] = {}  # what functions are called in Python
        self.evaluated: Dict[n.Expression, ast.expr] = {}  # operands that variables already hold

    def expression(self, node: n.Expression) -> ast.expr:
        """One value."""
        if node in self.evaluated:
            return self.evaluated[node]
        return self.rules[node.__class__](node)

    def ordered(self, parts: List[Callable[[], ast.expr]], copying: Optional[bool] = True) -> List[ast.expr]:
        """Values evaluated one after the other; `copying`, a variable has the value that it has in its turn.

        Otherwise it has the one that it has after all of them, as operands of PUC-Rio's operators do, which are the
        registers of the variables themselves. Variables of other functions have been copied to registers by then
        (GETUPVAL), and `copying` says None where they are not: the table whose field is set (SETTABUP).
        """
        values: List[ast.expr] = []
        for part in parts:
            start, effects = len(self.block), self.effects
            value = part()
            if self.effects != effects:
                for position, earlier in enumerate(values):
                    if (
                        not is_simple(earlier) or self.changes(earlier, copying)
                    ) and earlier.__class__ is not ast.Starred:
                        name = self.fresh()
                        self.block.insert(start, self.assign(name, earlier))
                        start += 1
                        values[position] = self.name(name)
                    elif earlier.__class__ is ast.Starred and not is_simple(earlier.value):
                        name = self.fresh()
                        self.block.insert(start, self.assign(name, earlier.value))
                        start += 1
                        values[position] = self.starred(self.name(name))
            values.append(value)
        return values

    def settled(self, values: List[ast.expr], copying: Optional[bool]) -> List[ast.expr]:
        """Values that `ordered` gave, so that those used more than once, or late, are as if evaluated in order."""
        last = max((position for position, value in enumerate(values) if not is_simple(value)), default=0)
        if not any(self.changes(value, copying) for value in values[:last]):
            return values
        return [
            *(self.copy(value) if self.changes(value, copying) else self.keep(value) for value in values[:last]),
            *values[last:],
        ]

    def kept(self, *nodes: n.Expression) -> List[ast.expr]:
        """Expressions evaluated in order, each as what may be used more than once."""
        evaluate: List[Callable[[], ast.expr]] = [partial(self.expression, node) for node in nodes]
        return [self.keep(value) for value in self.settled(self.ordered(evaluate), True)]

    def changes(self, value: ast.expr, copying: Optional[bool] = True) -> bool:
        """Whether a value is a variable that a function called next could assign, and is wanted as it is now."""
        if value.__class__ is not ast.Name or copying is None:
            return False
        shared = self.volatile.get(value.id)
        return shared is not None and (copying or shared.owner is not self.function)

    def is_volatile(self, value: ast.expr) -> bool:
        """Whether what is evaluated next could change a value: a variable, if a function inside assigns it."""
        return not is_simple(value) or self.changes(value)

    def apart(self, part: Callable[[], ast.expr]) -> Tuple[List[ast.stmt], ast.expr]:
        """Compile what is evaluated only sometimes: its statements apart from the block."""
        outer, effects, known = self.block, self.effects, self.known
        self.block, self.known = [], Knowledge(known)
        value = part()
        statements, self.block = self.block, outer
        self.effects, self.known = effects, known
        return statements, value
