"""Functions that compare by keys, as most that are given to `table.sort` do.

    function(a, b)
      if a.events ~= b.events then return a.events > b.events end
      return a.name < b.name
    end

orders by `events`, descending, and then by `name`. A key is an expression of one of the two values that only reads:
fields, operators, a few functions of the libraries. The sort then asks for the keys of each value once, instead of
comparing n log n times, and sorts as Python does (see `stdlib.table`), unless the keys are not all numbers or all
strings: the comparisons would run metamethods or fail.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from ..syntax import nodes as n
from .intrinsics import intrinsic_key

Level = Tuple[n.Expression, bool]
"""A key, of the first of the two values, and whether larger keys come first."""

Order = Tuple[List[Level], List[Tuple[n.Declaration, n.Expression]]]
"""The keys by which a function compares, the most important first, and the locals that they use."""

Form = Tuple[Any, ...]
"""What a key is made of, whichever of the two values it is of."""

PURE = frozenset(
    [(None, "tonumber"), ("string", "lower"), ("string", "upper"), ("string", "len")]
    + [("math", name) for name in ("abs", "ceil", "floor", "max", "min")]
)
METHODS = frozenset(("lower", "upper", "len"))
ARITHMETIC = frozenset("+ - * / // %".split())


def find_order(function: n.Function) -> Optional[Order]:
    """The order by which a function compares its two parameters, or None if it does anything else."""
    parameters = function.parameters
    if function.is_vararg or len(parameters) != 2 or any(known.assigned or known.captured for known in parameters):
        return None
    comparator = Comparator(parameters)
    levels = comparator.order(function.body.statements)
    if levels is None:
        return None
    return levels, [(known, key) for known, key in comparator.keys.items() if not comparator.is_of_second(key)]


class Comparator:
    def __init__(self, parameters: Sequence[n.Declaration]) -> None:
        self.places: Dict[n.Declaration, int] = {known: place for place, known in enumerate(parameters)}
        self.keys: Dict[n.Declaration, n.Expression] = {}  # what locals hold

    def order(self, statements: Sequence[n.Statement]) -> Optional[List[Level]]:
        if not statements:
            return None
        first: Any = statements[0]
        rest = statements[1:]
        if first.__class__ is n.Local:
            return self.order(rest) if self.holds_keys(first) else None
        if first.__class__ is n.Return:
            return self.order_of(first.values[0]) if len(first.values) == 1 else None
        if first.__class__ is not n.If or len(first.clauses) != 1 or (first.otherwise and rest):
            return None
        condition: Any = first.clauses[0][0]
        block: n.Block = first.clauses[0][1]
        test = self.comparison(condition, "==", "~=")
        if test is None:
            return None
        inside = self.order(block.statements)
        outside = self.order(first.otherwise.statements if first.otherwise else rest)
        if condition.operator == "==":
            inside, outside = outside, inside
        return self.chain(test[0], inside, outside)

    def chain(
        self, key: Form, where_unequal: Optional[List[Level]], then: Optional[List[Level]]
    ) -> Optional[List[Level]]:
        if not where_unequal or not then or len(where_unequal) != 1 or self.form(where_unequal[0][0]) != (0, key):
            return None
        return where_unequal + then

    def order_of(self, value: Any) -> Optional[List[Level]]:
        """The order in an expression: a comparison, or `x < y or x == y and ...`."""
        if value.__class__ is n.Logical and value.operator == "or" and len(value.operands) == 2:
            second: Any = value.operands[1]
            if second.__class__ is not n.Logical or second.operator != "and" or len(second.operands) != 2:
                return None
            test = self.comparison(second.operands[0], "==")
            if test is None:
                return None
            return self.chain(test[0], self.order_of(value.operands[0]), self.order_of(second.operands[1]))
        test = self.comparison(value, "<", ">")
        if test is None:
            return None
        _, of_first, is_left = test
        return [(of_first, (value.operator == "<") != is_left)]

    def comparison(self, node: Any, *operators: str) -> Optional[Tuple[Form, n.Expression, bool]]:
        """A comparison of a key of both values: its form, the one of the first, and whether that is on the left."""
        if node.__class__ is not n.Binary or node.operator not in operators:
            return None
        left, right = self.form(node.left), self.form(node.right)
        if left is None or right is None or left[1] != right[1] or {left[0], right[0]} != {0, 1}:
            return None
        return left[1], node.left if left[0] == 0 else node.right, left[0] == 0

    def holds_keys(self, statement: n.Local) -> bool:
        if len(statement.names) != len(statement.values):
            return False
        for known, value in zip(statement.names, statement.values):
            if known.assigned or known.captured or known.attribute == "close" or self.form(value) is None:
                return False
        self.keys.update(zip(statement.names, statement.values))
        return True

    def is_of_second(self, key: n.Expression) -> bool:
        form = self.form(key)
        return form is not None and form[0] == 1

    def form(self, node: Any) -> Optional[Tuple[Optional[int], Form]]:
        """Which of the two values a key is of, None for what is of neither, and its form; None for what is no key."""
        kind = node.__class__
        if kind is n.Name:
            known = node.declaration
            if known in self.places:
                return self.places[known], ("value",)
            if known in self.keys:
                return self.form(self.keys[known])
            return None, ("variable", known or node.name)
        if kind is n.Number or kind is n.String:
            return None, ("constant", node.value.__class__, node.value)
        if kind is n.Index:
            return self.combined("index", node.object, node.key)
        if kind is n.Binary and node.operator in ARITHMETIC:
            return self.combined(node.operator, node.left, node.right)
        if kind is n.Unary and node.operator in ("-", "#"):
            return self.combined("unary " + node.operator, node.operand)
        if kind is n.Logical and node.operator == "or":
            return self.combined("or", *node.operands)
        if kind is n.Concat:
            return self.combined("..", *node.operands)
        if kind is n.MethodCall and node.name in METHODS and not node.arguments:
            return self.combined("method " + node.name, node.object)
        if kind is n.Call and intrinsic_key(node) in PURE:
            return self.combined(intrinsic_key(node), *node.arguments)
        return None

    def combined(self, what: Any, *parts: n.Expression) -> Optional[Tuple[Optional[int], Form]]:
        forms = [self.form(part) for part in parts]
        places = {form[0] for form in forms if form is not None} - {None}
        if None in forms or len(places) > 1:
            return None
        return (places.pop() if places else None), (what, *[form[1] for form in forms if form is not None])
