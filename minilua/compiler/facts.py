"""What is certain about values before the program runs, so that generated code need not ask.

A type is a set of bits. Every variable's type is the union over all that is ever assigned to it: scoping is lexical,
so all assignments are in sight, and only parameters, results of calls, fields and globals are unknown. The types only
grow, so a few rounds reach the fixed point.

`SMALL` marks integers that a script cannot drive out of 64 bits in any time that passes: literals, loop variables
that start at one, and what has only had small constants added to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterable, List, Mapping, Optional

from ..syntax import nodes as n

if TYPE_CHECKING:
    from .versions import Version

NIL = 1
BOOLEAN = 2
SMALL = 4
LARGE = 8
FLOAT = 16
STRING = 32
TABLE = 64
FUNCTION = 128
OTHER = 256
INTEGER = SMALL | LARGE
NUMBER = INTEGER | FLOAT
ANY = 511

SMALL_LITERAL = 2**20
"""The largest constant whose repeated addition is small: 2^43 additions of it take days."""


NOTHING: Mapping[n.Declaration, int] = {}


def only(type: int, allowed: int) -> bool:
    """Whether a value of `type` is certainly among `allowed`."""
    return type & ~allowed == 0


def infer(declarations: Iterable[n.Declaration], assumed: Mapping[n.Declaration, int] = NOTHING) -> None:
    """Find each declaration's `type` from its `sources`; of the unknown ones, what is `assumed` in a version."""
    unsettled: List[n.Declaration] = []
    for declaration in declarations:
        if None in declaration.sources and declaration not in assumed:
            declaration.type = ANY
        else:
            declaration.type = assumed.get(declaration, 0)
            unsettled.append(declaration)
    for _ in range(12):
        changed = False
        for declaration in unsettled:
            new = declaration.type
            for source in declaration.sources:
                if source is not None:
                    new |= type_of(source) & bounds_of(declaration)
            if new != declaration.type:
                declaration.type = new
                changed = True
        if not changed:
            return
    for declaration in unsettled:
        declaration.type = bounds_of(declaration)


def bounds_of(declaration: n.Declaration) -> int:
    """The types of value that a variable can hold, whatever it is assigned: a loop counts in numbers."""
    return NUMBER if declaration.is_number and not declaration.assigned else ANY


def type_of(expression: n.Expression) -> int:
    rule = RULES.get(expression.__class__)
    return ANY if rule is None else rule(expression)


def type_of_number(expression: n.Number) -> int:
    if expression.value.__class__ is float:
        return FLOAT
    return SMALL if -SMALL_LITERAL <= expression.value <= SMALL_LITERAL else LARGE


def type_of_name(expression: n.Name) -> int:
    return ANY if expression.declaration is None else expression.declaration.type


def type_of_parenthesis(expression: n.Parenthesis) -> int:
    inner = expression.expression
    return type_of(inner) if inner.__class__ is not n.Vararg else ANY


def type_of_call(expression: n.Call) -> int:
    known = known_function(expression.function)
    if known is None or known.version is None or not known.single:
        return ANY
    passes = passes_integers(expression, known.version)
    return known.version.result if passes else 0 if passes is None else ANY


def passes_integers(call: n.Call, version: Version) -> Optional[bool]:
    """Whether a call certainly passes small integers where a version wants them; None if that is not known yet."""
    arguments = call.arguments
    known = True
    for place in version.integers:
        if place >= len(arguments):
            return False
        type = type_of(arguments[place])
        if not only(type, SMALL):
            return False
        known = known and type != 0
    return True if known else None


def type_of_unary(expression: n.Unary) -> int:
    operator = expression.operator
    if operator == "not":
        return BOOLEAN
    operand = type_of(expression.operand)
    if operator == "#":
        return SMALL if only(operand, STRING) else ANY
    if operator == "-":
        if expression.operand.__class__ is n.Number:
            return operand
        if not only(operand, NUMBER):
            return ANY
        return (LARGE if operand & INTEGER else 0) | operand & FLOAT
    return LARGE if only(operand, NUMBER) else ANY


def is_small_literal(expression: n.Expression) -> bool:
    if expression.__class__ is n.Unary and expression.operator == "-":
        expression = expression.operand
    return expression.__class__ is n.Number and type_of_number(expression) == SMALL


def type_of_binary(expression: n.Binary) -> int:
    spine: List[n.Binary] = []
    left_most: n.Expression = expression
    while left_most.__class__ is n.Binary:
        spine.append(left_most)
        left_most = left_most.left
    type = type_of(left_most)
    for binary in reversed(spine):
        type = binary_type(binary.operator, type, type_of(binary.right), binary.right, binary.left)
    return type


def binary_type(
    operator: str, left: int, right: int, right_node: n.Expression, left_node: Optional[n.Expression] = None
) -> int:
    if operator in COMPARISONS:
        return BOOLEAN
    if left == 0 or right == 0:  # not known yet in this round
        return 0
    if not only(left | right, NUMBER):
        return ANY
    if operator in "/^":
        return FLOAT
    if operator in ("&", "|", "~", "<<", ">>"):
        if operator == "&" and (is_small_natural(right_node) or left_node is not None and is_small_natural(left_node)):
            return SMALL
        return LARGE
    result = 0
    if left & INTEGER and right & INTEGER:
        small = only(left & INTEGER, SMALL) and only(right & INTEGER, SMALL)
        if (
            operator in "+-" and small and is_small_literal(right_node)
            or operator == "%" and is_small_literal(right_node)
            or operator == "//" and small
        ):  # fmt: skip
            result |= SMALL
        else:
            result |= LARGE
    if left & FLOAT or right & FLOAT:
        result |= FLOAT
    return result


def is_small_natural(expression: n.Expression) -> bool:
    return is_small_literal(expression) and expression.__class__ is n.Number and expression.value >= 0


def type_of_concat(expression: n.Concat) -> int:
    result = STRING
    for operand in expression.operands:
        type = type_of(operand)
        if type == 0:
            return 0
        if not only(type, STRING | NUMBER):
            result = ANY
    return result


def type_of_logical(expression: n.Logical) -> int:
    *firsts, last = [type_of(operand) for operand in expression.operands]
    result = last
    for type in firsts:
        if expression.operator == "or":
            result |= type & ~NIL  # false may still be told apart from true only at run time
        else:
            result |= type & (NIL | BOOLEAN)
    return result


COMPARISONS = frozenset(("==", "~=", "<", "<=", ">", ">="))

RULES = {
    n.Nil: lambda expression: NIL,
    n.Boolean: lambda expression: BOOLEAN,
    n.Number: type_of_number,
    n.String: lambda expression: STRING,
    n.Function: lambda expression: FUNCTION,
    n.TableConstructor: lambda expression: TABLE,
    n.Name: type_of_name,
    n.Call: type_of_call,
    n.Parenthesis: type_of_parenthesis,
    n.Unary: type_of_unary,
    n.Binary: type_of_binary,
    n.Concat: type_of_concat,
    n.Logical: type_of_logical,
}


# ---------------------------------------------------------------- functions


def ends(block: n.Block) -> bool:
    """Whether control certainly leaves the function before the end of the block."""
    if not block.statements:
        return False
    last = block.statements[-1]
    if last.__class__ is n.Return:
        return True
    if last.__class__ is n.If:
        return last.otherwise is not None and ends(last.otherwise) and all(ends(body) for _, body in last.clauses)
    return last.__class__ is n.Do and ends(last.body)


def find_single_results(functions: List[n.Function]) -> None:
    """Mark the functions that always return exactly one value."""
    for function in functions:
        function.single = ends(function.body) and all(returns_one(statement) for statement in function.returns)


def returns_one(statement: n.Return) -> bool:
    if len(statement.values) != 1:
        return False
    value = statement.values[0]
    # A tail call may have to be made by the caller (`operations.tail_call`), so it is not a value either.
    return value.__class__ not in (n.Call, n.MethodCall, n.Vararg)


def known_function(expression: n.Expression) -> Optional[n.Function]:
    """The function that an expression certainly is."""
    if expression.__class__ is n.Name and expression.declaration is not None:
        return expression.declaration.function
    return None


def called_function(call: n.Call) -> Optional[n.Function]:
    """The function that a call certainly calls, or the one that it probably does."""
    return known_function(call.function) or call.expected
