"""Lua's operators as Python's, under the cheapest guard that keeps the meaning.

Guards ask for the class of an operand first, and for the range only of integer results. What a guard turns away goes
to the operator in full (`values.operations`). `facts` says which guards are not needed.
"""

from __future__ import annotations

import ast
from typing import Any, Dict, List, Optional, Tuple

from ..syntax import nodes as n
from .careful import wants_care
from .facts import BOOLEAN, FLOAT, INTEGER, NIL, NUMBER, SMALL, STRING, only
from .knowledge import Knowledge
from .marks import CAREFUL, Marks
from .python import Builder

# CPython compares integers of one digit (under 2^30) several times faster, so these are tried before the true bounds.
NEAR = 2**30 - 1
MINIMUM = -(2**63)
MAXIMUM = 2**63 - 1

IS = ast.Is()
IS_NOT = ast.IsNot()
AT_MOST = ast.LtE()

PYTHON_ARITHMETIC = {
    "+": (ast.Add(), "λadd"),
    "-": (ast.Sub(), "λsubtract"),
    "*": (ast.Mult(), "λmultiply"),
    "/": (ast.Div(), "λdivide"),
    "//": (ast.FloorDiv(), "λfloor_divide"),
    "%": (ast.Mod(), "λmodulo"),
    "^": (ast.Pow(), "λpower"),
    "&": (ast.BitAnd(), "λband"),
    "|": (ast.BitOr(), "λbor"),
    "~": (ast.BitXor(), "λbxor"),
    "<<": (ast.LShift(), "λshl"),
    ">>": (ast.RShift(), "λshr"),
}

PYTHON_COMPARISON = {
    "<": (ast.Lt(), "λless_than"),
    "<=": (ast.LtE(), "λless_equal"),
    ">": (ast.Gt(), "λgreater_than"),
    ">=": (ast.GtE(), "λgreater_equal"),
}


def is_simple(value: ast.expr) -> bool:
    """Whether an expression may be evaluated any number of times."""
    return value.__class__ in (ast.Name, ast.Constant)


def literal(expression: n.Expression) -> Any:
    """The number that an expression is, or None."""
    if expression.__class__ is n.Number:
        return expression.value
    return None


class OperatorEmitter(Builder):
    """What operators need of the generator: a block of statements to put temporaries into."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self.block: List[ast.stmt] = []
        self.effects = 0
        self.temporaries = 0
        self.known = Knowledge()
        self.float_values: Dict[ast.expr, Any] = {}  # values that are floats if the test of a conditional holds
        self.careful = marks.mode.endswith(CAREFUL) or wants_care(marks.source)

    # ------------------------------------------------------------ temporaries

    def emit(self, statement: ast.stmt) -> None:
        self.block.append(statement)
        self.effects += 1

    def fresh(self) -> str:
        self.temporaries += 1
        return f"λ{self.temporaries}"

    def keep(self, value: ast.expr) -> ast.expr:
        """The value as something that may be used more than once, evaluated now."""
        if is_simple(value):
            return value
        name = self.fresh()
        self.emit(self.assign(name, value))
        self.note_float(name, value)
        return self.name(name)

    def copy(self, value: ast.expr) -> ast.expr:
        """The value as it is now, whatever becomes of the variable that it may be."""
        if value.__class__ is ast.Constant:
            return value
        name = self.fresh()
        self.emit(self.assign(name, value))
        self.note_float(name, value)
        return self.name(name)

    def once(self, value: ast.expr) -> Tuple[ast.expr, ast.expr]:
        """The value for its first use, which evaluates it, and for all later ones."""
        if is_simple(value):
            return value, value
        name = self.fresh()
        return self.walrus(name, value), self.name(name)

    def settle(self, left: ast.expr, right: ast.expr) -> Tuple[ast.expr, ast.expr]:
        """Two operands of which at most one is still to be evaluated."""
        if not is_simple(left) and not is_simple(right):
            left = self.keep(left)
        return left, right

    # ------------------------------------------------------------ floats

    def float_if(self, conditional: ast.expr) -> ast.expr:
        """A conditional that gives a float if its test holds."""
        self.float_values[conditional] = conditional
        return conditional

    def note_float(self, variable: str, value: ast.expr) -> None:
        """A variable has `value` from now on, and if that is a float by a test, so is the variable."""
        conditional = self.float_test(value)
        if conditional is not None:
            self.known.floats[variable] = conditional
        else:
            self.known.floats.pop(variable, None)

    def float_test(self, value: ast.expr) -> Any:
        """The conditional whose test said whether a value is a float, if there has been one."""
        return self.known.float_test(value.id) if value.__class__ is ast.Name else self.float_values.get(value)

    def outcome(self, conditional: Any) -> ast.expr:
        """What the test of a conditional gave, which has been evaluated before."""
        if conditional.test.__class__ is not ast.NamedExpr:
            conditional.test = self.walrus(self.fresh(), conditional.test)
        return self.name(conditional.test.target.id)

    def is_kind(self, value: ast.expr, *names: str) -> ast.expr:
        test = self.float_test(value) if names == ("λfloat",) else None
        return super().is_kind(value, *names) if test is None else self.outcome(test)

    def are_kind(self, kind: str, *values: ast.expr) -> ast.expr:
        """Whether values are all of one class; only the first may still have to be evaluated."""
        tests: List[ast.expr] = []
        asked: List[ast.expr] = []
        for value in values:
            test = self.float_test(value) if kind == "λfloat" else None
            if test is None:
                asked.append(value)
            else:
                tests.append(self.outcome(test))
        if asked:
            classes = [part for value in asked[1:] for part in (IS, self.kind(value))]
            tests.insert(0, self.compare(self.kind(asked[0]), IS, self.name(kind), *classes))
        return self.both(*tests)

    # ------------------------------------------------------------ arithmetic

    def arithmetic(
        self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int, node: n.Binary
    ) -> ast.expr:
        if operator in ("+", "-", "*"):
            return self.ring(operator, left, right, left_type, right_type, node)
        if operator in ("&", "|", "~"):
            return self.guarded_integers(operator, left, right, left_type, right_type, None)
        python, full = PYTHON_ARITHMETIC[operator]
        value = literal(node.right)
        if value.__class__ is int and value > 0 and operator in ("%", "//"):
            # Python's integer division and remainder are Lua's; the divisor is not zero.
            return self.guarded_integers(operator, left, right, left_type, right_type, None)
        if value.__class__ is int and 0 < value < 2**20:
            if operator == "/" and only(left_type, SMALL | FLOAT):
                return self.binary(left, python, right)
            if operator == "/":
                left = self.keep(left)
                near = self.compare(self.constant(-NEAR), AT_MOST, left, AT_MOST, self.constant(NEAR))
                plain = self.either(self.is_kind(left, "λfloat"), self.both(self.is_kind(left, "λint"), near))
                return self.choose(plain, self.binary(left, python, right), self.help(full, left, right))
            if operator == ">>" and value < 64:
                return self.guarded_integers(operator, left, right, left_type, right_type, "natural")
            if operator == "<<" and value < 32:
                return self.shifted(left, right, left_type)
        if operator == "^" and value == 2:  # PUC squares by multiplication, too
            left = self.keep(left)
            square = self.binary(left, ast.Mult(), left)
            return (
                square
                if only(left_type, FLOAT)
                else self.choose(self.is_kind(left, "λfloat"), square, self.help(full, left, right))
            )
        if operator == "/":
            return self.float_quotient(left, right, left_type, right_type)
        if operator in ("%", "//"):
            return self.guarded_integers(operator, left, right, left_type, right_type, "positive divisor")
        return self.help(full, left, right)

    def ring(
        self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int, node: n.Binary
    ) -> ast.expr:
        """`+`, `-` and `*`, which can leave 64 bits."""
        python, full = PYTHON_ARITHMETIC[operator]
        if only(left_type | right_type, NUMBER):
            if only(left_type, FLOAT) or only(right_type, FLOAT):
                return self.binary(left, python, right)
            if self.stays_in_range(operator, left_type, right_type, node):
                return self.binary(left, python, right)
            name = self.fresh()
            first = self.walrus(name, self.binary(left, python, right))
            if (left_type | right_type) & FLOAT:
                test = self.either(
                    self.compare(self.kind(first), IS, self.name("λfloat")), *self.range_tests(self.name(name))
                )
            else:
                test = self.either(*self.range_tests(first, self.name(name)))
            return self.choose(test, self.name(name), self.help("λwrap", self.name(name)))

        left, right = self.settle(left, right)
        name = self.fresh()
        if only(left_type, FLOAT) or only(right_type, FLOAT):
            unknown, other = (right, left) if only(left_type, FLOAT) else (left, right)
            if not is_simple(other):
                other = self.keep(other)
            first, again = self.once(unknown)
            left, right = (other, again) if only(left_type, FLOAT) else (again, other)
            test = self.either(self.is_kind(first, "λfloat"), self.is_kind(again, "λint"))
            return self.float_if(self.choose(test, self.binary(left, python, right), self.help(full, left, right)))
        float_first = self.is_likely_float(node)
        kinds = ("λfloat", "λint") if float_first else ("λint", "λfloat")
        left, right, first, second = self.kind_tests(left, right, left_type, right_type, *kinds)
        result = self.walrus(name, self.binary(left, python, right))
        near = self.either(*self.range_tests(result, self.name(name)))
        floats, integers = (first, second) if float_first else (second, first)
        ways = [(self.both(integers, near), self.name(name)), (floats, self.binary(left, python, right))]
        if float_first:
            ways.reverse()
        made = self.choose(*ways[0], self.choose(*ways[1], self.help(full, left, right)))
        return self.float_if(made) if float_first else made

    def is_likely_float(self, node: n.Expression) -> bool:
        raise NotImplementedError

    def kind_tests(
        self, left: ast.expr, right: ast.expr, left_type: int, right_type: int, kind: str, other: str
    ) -> Tuple[ast.expr, ast.expr, ast.expr, ast.expr]:
        """The operands named, a test that evaluates them and asks for one class, and a test for another."""
        left_known, right_known = only(left_type, INTEGER), only(right_type, INTEGER)
        if left_known:
            left = self.keep(left)
            first, right = self.once(right)
            again = right
        elif right_known:
            right = self.keep(right)
            first, left = self.once(left)
            again = left
        elif is_simple(left):
            first, right = self.once(right)
            return left, right, self.are_kind(kind, first, left), self.are_kind(other, right, left)
        else:
            first, left = self.once(left)
            return left, right, self.are_kind(kind, first, right), self.are_kind(other, left, right)
        return left, right, self.is_kind(first, kind), self.is_kind(again, other)

    def range_tests(self, first: ast.expr, again: Optional[ast.expr] = None) -> List[ast.expr]:
        again = first if again is None else again
        return [
            self.compare(self.constant(-NEAR), AT_MOST, first, AT_MOST, self.constant(NEAR)),
            self.compare(self.constant(MINIMUM), AT_MOST, again, AT_MOST, self.constant(MAXIMUM)),
        ]

    def stays_in_range(self, operator: str, left_type: int, right_type: int, node: n.Binary) -> bool:
        if not only(left_type | right_type, SMALL | FLOAT):
            return False
        if operator in ("+", "-"):
            return True
        factors = [value for value in (literal(node.left), literal(node.right)) if value.__class__ is int]
        return any(-512 <= value <= 512 for value in factors)

    def guarded_integers(
        self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int, demand: Optional[str]
    ) -> ast.expr:
        """An operator whose result on integers, perhaps under one demand more, is Python's own."""
        python, full = PYTHON_ARITHMETIC[operator]
        if only(left_type & right_type, INTEGER) and only(left_type | right_type, INTEGER) and demand is None:
            return self.binary(left, python, right)
        left, right = self.settle(left, right)
        tests: List[ast.expr] = []
        if only(left_type, INTEGER) and only(right_type, INTEGER):
            left, right = self.keep(left), self.keep(right)
        else:
            left, right, integers, _ = self.kind_tests(left, right, left_type, right_type, "λint", "λfloat")
            tests.append(integers)
        if demand == "positive divisor":
            tests.append(self.compare(right, ast.Gt(), self.constant(0)))
        elif demand == "natural":
            tests.append(self.compare(left, ast.GtE(), self.constant(0)))
        return self.choose(self.both(*tests), self.binary(left, python, right), self.help(full, left, right))

    def shifted(self, left: ast.expr, right: ast.expr, left_type: int) -> ast.expr:
        left = self.keep(left)
        name = self.fresh()
        result = self.walrus(name, self.binary(left, ast.LShift(), right))
        tests = [self.compare(self.constant(-NEAR), AT_MOST, result, AT_MOST, self.constant(NEAR))]
        if not only(left_type, INTEGER):
            tests.insert(0, self.is_kind(left, "λint"))
        return self.choose(self.both(*tests), self.name(name), self.help("λshl", left, right))

    def float_quotient(self, left: ast.expr, right: ast.expr, left_type: int, right_type: int) -> ast.expr:
        left, right = self.keep(left), self.keep(right)
        tests = []
        for value, type in ((left, left_type), (right, right_type)):
            if only(type, SMALL | FLOAT):
                continue
            test = self.is_kind(value, "λfloat")
            if value is right or only(right_type, SMALL | FLOAT):
                near = self.compare(self.constant(-NEAR), AT_MOST, value, AT_MOST, self.constant(NEAR))
                test = self.either(test, self.both(self.is_kind(value, "λint"), near))
            tests.append(test)
        if not (right.__class__ is ast.Constant and right.value):
            tests.append(right)  # Python raises where C computes inf or nan
        quotient = self.binary(left, ast.Div(), right)
        if not tests:
            return quotient
        return self.float_if(self.choose(self.both(*tests), quotient, self.help("λdivide", left, right)))

    # ------------------------------------------------------------ comparison

    def order(self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int) -> ast.expr:
        python, full = PYTHON_COMPARISON[operator]
        if only(left_type, NUMBER) and only(right_type, NUMBER) or only(left_type, STRING) and only(right_type, STRING):
            return self.compare(left, python, right)
        left, right = self.settle(left, right)
        if self.careful:
            return self.help(full, left, right)
        if only(left_type, NUMBER | STRING) or only(right_type, NUMBER | STRING):
            # Beside a number or a string only booleans compare in Python where Lua refuses.
            if only(right_type, NUMBER | STRING):
                right = self.keep(right)
                first, left = self.once(left)
            else:
                left = self.keep(left)
                first, right = self.once(right)
            test = self.compare(self.kind(first), IS_NOT, self.name("λbool"))
        elif is_simple(left):
            first, right = self.once(right)
            test = self.compare(self.kind(first), IS, self.kind(left), IS_NOT, self.name("λbool"))
        else:
            first, left = self.once(left)
            test = self.compare(self.kind(first), IS, self.kind(right), IS_NOT, self.name("λbool"))
        return self.choose(test, self.compare(left, python, right), self.help(full, left, right))

    def equality(
        self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int, node: n.Binary
    ) -> ast.expr:
        positive = operator == "=="
        for constant, other in ((node.right, left), (node.left, right)):
            if constant.__class__ in (n.Nil, n.Boolean):
                value = constant.value if constant.__class__ is n.Boolean else None
                if other.__class__ is ast.Constant:
                    return self.constant((other.value is value) == positive)
                return self.compare(other, IS if positive else IS_NOT, self.constant(value))
        confusable = left_type & BOOLEAN and right_type & NUMBER or left_type & NUMBER and right_type & BOOLEAN
        for constant in (node.left, node.right):
            value = literal(constant)
            if value is not None and value not in (0, 1):
                confusable = 0
        if not confusable:
            return self.compare(left, ast.Eq() if positive else ast.NotEq(), right)
        if not is_simple(left) and not is_simple(right):
            left = self.keep(left)
        for number, other in ((right, left), (left, right)):
            if number.__class__ is ast.Constant and number.value.__class__ in (int, float):
                # Only `true` is equal to 1 in Python, and `false` to 0.
                first, again = self.once(other)
                boolean = self.constant(number.value == 1)
                same = self.both(self.compare(first, ast.Eq(), number), self.compare(again, IS_NOT, boolean))
                return same if positive else self.unary(ast.Not(), same)
        if not is_simple(left):
            first_left, left = self.once(left)
            first_right = right
        else:
            first_left = left
            first_right, right = self.once(right)
        same = self.both(
            self.compare(first_left, ast.Eq(), first_right),
            self.either(self.compare(self.kind(left), IS, self.kind(right)), self.help("λalike", left, right)),
        )
        return same if positive else self.unary(ast.Not(), same)

    # ------------------------------------------------------------ truth

    def truth(self, value: ast.expr, type: int) -> ast.expr:
        """A test that holds for all but nil and false."""
        if value.__class__ is ast.Constant:
            return self.constant(value.value is not None and value.value is not False)
        if only(type, BOOLEAN):
            return value
        if not type & BOOLEAN:
            return self.compare(value, IS_NOT, self.constant(None))
        if not type & NIL:
            return self.compare(value, IS_NOT, self.constant(False))
        first, again = self.once(value)
        return self.both(
            self.compare(first, IS_NOT, self.constant(None)), self.compare(again, IS_NOT, self.constant(False))
        )
