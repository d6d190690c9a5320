"""Several operators in one expression: chains, trees of arithmetic, and concatenations of many operands."""

from __future__ import annotations

import ast
from typing import Callable, Dict, List, Optional, Tuple

from .. import limits
from ..syntax import nodes as n
from .calls import CallEmitter
from .facts import FLOAT, INTEGER, LARGE, NIL, NUMBER, SMALL, STRING, binary_type, only, type_of
from .operators import IS, PYTHON_ARITHMETIC, is_simple

COMPARISONS = ("<", "<=", ">", ">=")

LONG_CHAIN = 40
"""Operators of one chain in one Python expression: CPython's compiler recurses."""

TREE_LIMIT = 8
"""Operands of a tree of arithmetic that is put out in more than one version."""

RING = ("+", "-", "*")

CONSTANT_TYPES = {int: LARGE, float: FLOAT}


def is_tree(node: n.Expression) -> bool:
    """Whether an expression is an operator of a tree of arithmetic, and not an operand."""
    return node.__class__ is n.Binary and (
        node.operator in RING or node.operator in ("%", "//") and is_natural_literal(node.right)
    )


def is_natural_literal(node: n.Expression) -> bool:
    return node.__class__ is n.Number and node.value.__class__ is int and 0 < node.value < 2**20


def is_variable(node: n.Expression) -> bool:
    """Whether an expression is a local variable or a number: nothing happens where it is evaluated."""
    return node.__class__ is n.Number or node.__class__ is n.Name and node.declaration is not None


def inside(node: n.Expression) -> n.Expression:
    while node.__class__ is n.Parenthesis and is_tree(node.expression):
        node = node.expression
    return node


def tree_leaves(node: n.Binary) -> Optional[List[n.Expression]]:
    """The operands of a tree of two operators or more, from left to right; None for others."""
    leaves: List[n.Expression] = []
    waiting: List[n.Expression] = [node]
    while waiting:
        part = inside(waiting.pop())
        if is_tree(part):
            waiting += [part.right, part.left]  # type: ignore[attr-defined]
        else:
            leaves.append(part)
        if len(leaves) + len(waiting) > TREE_LIMIT:
            return None
    return leaves if len(leaves) > 2 else None


def evaluated_first(node: n.Expression) -> int:
    """How many operands of a tree are evaluated before its first operator."""
    node = inside(node)
    if not is_tree(node):
        return 1
    if is_tree(inside(node.left)):  # type: ignore[attr-defined]
        return evaluated_first(node.left)  # type: ignore[attr-defined]
    return 1 + evaluated_first(node.right)  # type: ignore[attr-defined]


class ChainEmitter(CallEmitter):
    """The generator's part for expressions of operators."""

    def binary_operator(self, node: n.Binary) -> ast.expr:
        leaves = tree_leaves(node) if is_tree(node) else None
        if leaves is not None and all(map(is_variable, leaves)) and self.wraps_inside(node):
            return self.wrapped_once(node, leaves)
        if leaves is not None and leaves[0] not in self.evaluated and self.may_come_first(node, leaves):
            return self.tree(node, leaves)
        return self.operator_chain(node)

    def wraps(self, node: n.Expression) -> bool:
        """Whether an expression is integer arithmetic that may leave 64 bits."""
        node = inside(node)
        if node.__class__ is not n.Binary or node.operator not in RING:
            return False
        left_type, right_type = type_of(node.left), type_of(node.right)
        return only(left_type | right_type, INTEGER) and not self.stays_in_range(
            node.operator, left_type, right_type, node
        )

    def wraps_inside(self, node: n.Binary) -> bool:
        return self.wraps(node) and (self.wraps(node.left) or self.wraps(node.right))

    def wrapped_once(self, node: n.Binary, leaves: List[n.Expression]) -> ast.expr:
        """A tree of arithmetic on what is known to be integers, which has to be wrapped at the end alone."""
        operands = {leaf: self.expression(leaf) for leaf in leaves}
        tests: List[ast.expr] = []
        bare = self.bare(node, operands, {leaf: type_of(leaf) for leaf in leaves}, tests)
        assert bare is not None
        self.place(node.line, node)
        wrapped = self.in_range(bare[0], tests)
        return self.choose(self.both(*tests), wrapped, self.help("λwrap", wrapped))

    def may_come_first(self, node: n.Binary, leaves: List[n.Expression]) -> bool:
        """Whether the operands of a tree may all be evaluated before its first operator, and nobody sees it.

        PUC-Rio evaluates some of them so; of the others, those do that cannot fail.
        """
        types = [type_of(leaf) for leaf in leaves]
        if all(only(type, NUMBER) for type in types) or not all(type & NUMBER for type in types):
            return False
        for leaf in leaves[evaluated_first(node) :]:
            if leaf.__class__ is n.Index:
                if leaf.key.__class__ is not n.String or not self.is_indexed(leaf.object):
                    return False
            elif leaf.__class__ is n.Name:
                if leaf.declaration is None:
                    return False
            elif leaf.__class__ is not n.Number:
                return False
        return True

    def tree(self, node: n.Binary, leaves: List[n.Expression]) -> ast.expr:
        """A tree of arithmetic: bare where all that is not known is integers, or all floats."""
        evaluate: List[Callable[..., ast.expr]] = [lambda leaf=leaf: self.expression(leaf) for leaf in leaves]
        values = [self.keep(value) for value in self.settled(self.ordered(evaluate, False), False)]
        unknown: Dict[str, ast.expr] = {}
        types: Dict[n.Expression, int] = {}
        for leaf, value in zip(leaves, values):
            type = type_of(leaf)
            if isinstance(value, ast.Constant):
                type = CONSTANT_TYPES.get(value.value.__class__, NIL)
            elif not only(type, INTEGER) and not only(type, FLOAT):
                unknown[value.id] = value  # type: ignore[attr-defined]
                type = 0
            types[leaf] = type
        operands = dict(zip(leaves, values))
        self.evaluated.update(operands)
        result: Optional[ast.expr]
        statements, result = self.apart(lambda: self.operator_chain(node))
        for leaf in leaves:
            del self.evaluated[leaf]
        self.place(node.line, node)
        if NIL in types.values() or not unknown:
            for statement in statements:
                self.emit(statement)
            return result
        name = self.fresh()
        ways = [(FLOAT, "λfloat"), (LARGE, "λint")]
        if self.is_likely_float(node):
            ways.reverse()
        asked_first = ""
        for assumed, kind in ways:  # what is put around last is asked first
            tests = [self.are_kind(kind, *unknown.values())]
            bare = self.bare(node, operands, {leaf: type or assumed for leaf, type in types.items()}, tests)
            if bare is None:
                continue
            value, type = bare
            asked_first = kind
            if type & INTEGER:
                value = self.in_range(value, tests)
            if statements:
                general = [*statements, self.assign(name, result)] if result is not None else statements
                statements = [self.if_(self.both(*tests), [self.assign(name, value)], general)]
                result = None
            else:
                assert result is not None
                result = self.choose(self.both(*tests), value, result)
        if result is not None and not statements:
            return self.float_if(result) if asked_first == "λfloat" else result
        if result is not None:
            statements.append(self.assign(name, result))
        for statement in statements:
            self.emit(statement)
        if asked_first == "λfloat":
            self.known.floats[name] = statements[0]
        return self.name(name)

    def bare(
        self, node: n.Expression, operands: Dict[n.Expression, ast.expr], types: Dict[n.Expression, int],
        tests: List[ast.expr],
    ) -> Optional[Tuple[ast.expr, int]]:  # fmt: skip
        """A tree in Python's operators alone, given the types of its operands, and its type; None if they do not do.

        Integers may leave 64 bits on the way: wrapped once at the end they are the same (modulo 2^64), so there is
        only a test more, added to `tests`, before a division.
        """
        node = inside(node)
        if node in operands:
            return operands[node], types[node]
        assert isinstance(node, n.Binary)
        first = self.bare(node.left, operands, types, tests)
        second = self.bare(node.right, operands, types, tests)
        if first is None or second is None:
            return None
        (left, left_type), (right, right_type) = first, second
        integers = only(left_type | right_type, INTEGER)
        if node.operator not in RING:
            if not integers:
                return None
            left = self.in_range(left, tests)
        elif integers and FLOAT in types.values() and not only(left_type | right_type, SMALL):
            return None  # an integer that could leave 64 bits, and be converted then
        result = self.binary(left, PYTHON_ARITHMETIC[node.operator][0], right)
        return result, binary_type(node.operator, left_type, right_type, node.right, node.left)

    def in_range(self, value: ast.expr, tests: List[ast.expr]) -> ast.expr:
        """An integer that is tested to be within 64 bits."""
        if is_simple(value):
            return value
        name = self.fresh()
        tests.append(self.either(*self.range_tests(self.walrus(name, value), self.name(name))))
        return self.name(name)

    def operator_chain(self, node: n.Binary) -> ast.expr:
        spine: List[n.Binary] = []
        left_most: n.Expression = node
        while left_most.__class__ is n.Binary:
            spine.append(left_most)
            left_most = left_most.left
        spine.reverse()
        value = self.expression(left_most)
        type = type_of(left_most)
        for position, binary in enumerate(spine):
            if position % LONG_CHAIN == LONG_CHAIN - 1:
                value = self.keep(value)
            right_node = binary.right
            left_value = value
            value, right = self.ordered([lambda: left_value, lambda: self.expression(right_node)], False)  # noqa: B023
            if not is_simple(right) and value.__class__ is ast.Name and value.id in self.volatile:
                if self.changes(value, False):
                    value = self.copy(value)
                else:
                    right = self.keep(right)
            right_type = type_of(right_node)
            operator = binary.operator
            self.place(binary.line, binary)
            if operator in COMPARISONS:
                value = self.order(operator, value, right, type, right_type)
            elif operator in ("==", "~="):
                value = self.equality(operator, value, right, type, right_type, binary)
            else:
                value = self.arithmetic(operator, value, right, type, right_type, binary)
            type = binary_type(operator, type, right_type, right_node, binary.left)
        return value

    def unary_operator(self, node: n.Unary) -> ast.expr:
        """`-`, `#` and `~`."""
        operator = node.operator
        if operator == "-" and node.operand.__class__ is n.Number:
            number = node.operand.value
            return self.constant(-number if number != -(2**63) else number)
        value = self.expression(node.operand)
        type = type_of(node.operand)
        self.place(node.line, node)
        if operator == "#":
            if only(type, STRING):
                return self.help("λlen", value)
            first, again = self.once(value)
            size = self.binary(self.help("λlen", self.attribute(again, "λarray")), ast.Sub(), self.constant(1))
            if not type & STRING:
                return self.choose(self.is_kind(first, "λTable"), size, self.help("λsize", again))
            text = self.choose(self.is_kind(again, "λstr"), self.help("λlen", again), self.help("λsize", again))
            return self.choose(self.is_kind(first, "λTable"), size, text)
        if operator == "-":
            if only(type, NUMBER) and not type & INTEGER:
                return self.unary(ast.USub(), value)
            value = self.keep(value)
            near = self.compare(self.constant(-(2**30)), ast.Lt(), value, ast.Lt(), self.constant(2**30))
            integer = near if only(type, INTEGER) else self.both(self.is_kind(value, "λint"), near)
            test = integer if only(type, INTEGER) else self.either(self.is_kind(value, "λfloat"), integer)
            return self.choose(test, self.unary(ast.USub(), value), self.help("λnegate", value))
        if only(type, INTEGER):
            return self.unary(ast.Invert(), value)
        return self.help("λbnot", value)

    def concat(self, node: n.Concat) -> ast.expr:
        return self.joined(*self.pieces(node))

    def joined(self, tests: List[ast.expr], operands: List[ast.expr], texts: List[ast.expr]) -> ast.expr:
        """What `pieces` gave as one string."""
        if not texts:
            return self.help("λconcat", *operands)
        text = self.node(ast.JoinedStr, texts)
        return self.choose(self.both(*tests), text, self.help("λconcat", *operands)) if tests else text

    def pieces(self, node: n.Concat) -> Tuple[List[ast.expr], List[ast.expr], List[ast.expr]]:
        """The tests that let an f-string join the operands, these, evaluated, and its parts, if it ever does."""
        parts: List[Callable[..., ast.expr]] = [lambda part=part: self.expression(part) for part in node.operands]
        operands = self.settled(self.ordered(parts), True)
        types = [type_of(operand) for operand in node.operands]
        self.place(node.line, node)
        if len(operands) > LONG_CHAIN:
            return [], operands, []
        tests: List[ast.expr] = []
        pieces: List[ast.expr] = []
        # A statement for each operand that is neither simple nor the first to be asked keeps the order.
        waiting = [not is_simple(operand) for operand in operands]
        for position, (operand, type) in enumerate(zip(operands, types)):
            if only(type, STRING):
                if operand.__class__ is not ast.Constant:
                    operands[position] = operand = self.keep(operand)
                    tests += self.length_tests(operand)
            elif only(type, INTEGER):
                operands[position] = operand = self.keep(operand)
            elif not tests and not any(waiting[position + 1 :]) and waiting[position]:
                first, again = self.once(operand)
                operands[position] = operand = again
                text = self.both(self.compare(self.kind(first), IS, self.name("λstr")), *self.length_tests(again))
                tests.append(self.either(text, self.compare(self.kind(again), IS, self.name("λint"))))
            else:
                operands[position] = operand = self.keep(operand)
                text = self.both(self.is_kind(operand, "λstr"), *self.length_tests(operand))
                tests.append(self.either(text, self.is_kind(operand, "λint")))
            pieces.append(operand)
        texts: List[ast.expr] = []
        for piece in pieces:
            if piece.__class__ is ast.Constant and piece.value.__class__ is str:
                texts.append(piece)
            else:
                texts.append(self.node(ast.FormattedValue, piece, -1, None))
        return tests, operands, texts

    def length_tests(self, text: ast.expr) -> List[ast.expr]:
        """Under limits the operator in full joins long strings: it asks for the memory first."""
        if not self.marks.mechanism:
            return []
        return [self.compare(self.help("λlen", text), ast.Lt(), self.constant(limits.SMALL))]
