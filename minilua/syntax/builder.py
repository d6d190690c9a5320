"""The actions of the grammar: each makes the node of an alternative of `lua.lark` from what it was made of.

Lines are those that PUC-Rio gives its instructions, for they are what its messages name. Calls and most operators
have the line of their own symbol. Others have the line of the last token that had been consumed when PUC-Rio made the
instruction: for comparisons and assignments that is the end of the last operand, and fields are read only when it is
clear what the value is for (`_settle`).
"""

from __future__ import annotations

import threading
from typing import Any, List, Optional, Tuple

from . import nodes
from .lexer import Reading, Token

# §3.4.8: how tightly the flat operators bind, loosest first; `..` alone of them associates to the right.
_PRECEDENCE = {
    operator: level
    for level, operators in enumerate(
        ("or", "and", "< > <= >= ~= ==", "|", "~", "&", "<< >>", "..", "+ -", "* / // %"),
    )
    for operator in operators.split()
}


class Rejected(Exception):
    """The grammar takes it, Lua does not."""


class _Current(threading.local):
    """The chunk that this thread is reading: Lark's parser is shared, and its actions have no other way to know."""

    def __init__(self) -> None:
        self.reading = Reading()


current = _Current()


def _settle(expression: nodes.Expression, line: int) -> None:
    """If the expression is a field, it is read no earlier than at `line`."""
    if expression.__class__ is nodes.Index:
        expression.line = line


class Builder:
    """Lark's transformer: a method for each alternative, given the tokens and nodes it consists of."""

    # ------------------------------------------------------------ lists

    def empty(self, _children: List[Any]) -> List[Any]:
        return []

    def first(self, children: List[Any]) -> Any:
        return children[0]

    def list_of_one(self, children: List[Any]) -> List[Any]:
        return children

    def append(self, children: List[Any]) -> List[Any]:
        items: List[Any] = children[0]
        items.append(children[1])
        return items

    def append_after_comma(self, children: List[Any]) -> List[Any]:
        items: List[Any] = children[0]
        items.append(children[2])
        return items

    def another_expression(self, children: List[Any]) -> List[nodes.Expression]:
        expressions: List[nodes.Expression] = children[0]
        _settle(expressions[-1], children[1].line)
        expressions.append(children[2])
        return expressions

    # ------------------------------------------------------------ blocks and statements

    def chunk(self, children: List[Any]) -> nodes.Function:
        return nodes.Function([], True, children[0], 0, current.reading.line)

    def block(self, children: List[Any]) -> nodes.Block:
        return nodes.Block(children[0])

    def block_with_return(self, children: List[Any]) -> nodes.Block:
        children[0].append(children[1])
        return nodes.Block(children[0])

    def return_(self, children: List[Any]) -> nodes.Return:
        values = children[1] if len(children) > 1 and children[1].__class__ is list else []
        return nodes.Return(values, children[0].line)

    def target(self, children: List[Any]) -> List[nodes.Expression]:
        if children[0].__class__ is not nodes.Name and children[0].__class__ is not nodes.Index:
            raise Rejected
        return children

    def another_target(self, children: List[Any]) -> List[nodes.Expression]:
        targets: List[nodes.Expression] = children[0]
        targets += self.target(children[2:])
        return targets

    def assignment(self, children: List[Any]) -> nodes.Assignment:
        targets, _, values = children
        # All stores come after the last value.
        line = current.reading.line
        for target in targets:
            if target.__class__ is nodes.Index:
                target.line = line
        return nodes.Assignment(targets, values, line)

    def call_statement(self, children: List[Any]) -> nodes.CallStatement:
        call = children[0]
        if call.__class__ is not nodes.Call and call.__class__ is not nodes.MethodCall:
            raise Rejected
        return nodes.CallStatement(call, call.line)

    def label(self, children: List[Any]) -> nodes.Label:
        return nodes.Label(children[1].value, children[0].line)

    def break_(self, children: List[Any]) -> nodes.Break:
        return nodes.Break(children[0].line)

    def goto(self, children: List[Any]) -> nodes.Goto:
        return nodes.Goto(children[1].value, children[1].line)

    def do(self, children: List[Any]) -> nodes.Do:
        return nodes.Do(children[1], children[0].line)

    def while_(self, children: List[Any]) -> nodes.While:
        start, condition, _, body, _ = children
        return nodes.While(condition, body, start.line)

    def repeat(self, children: List[Any]) -> nodes.Repeat:
        start, body, _, condition = children
        return nodes.Repeat(body, condition, start.line)

    def if_(self, children: List[Any]) -> nodes.If:
        start, condition, then, block, clauses = children[:5]
        _settle(condition, then.line)
        clauses.insert(0, (condition, block))
        return nodes.If(clauses, children[6] if len(children) > 6 else None, start.line)

    def elseif(self, children: List[Any]) -> List[Tuple[nodes.Expression, nodes.Block]]:
        clauses, _, condition, then, block = children
        _settle(condition, then.line)
        clauses.append((condition, block))
        return clauses  # type: ignore[no-any-return]

    def numeric_for(self, children: List[Any]) -> nodes.NumericFor:
        _, name, _, start, _, limit = children[:6]
        do, body = children[-3:-1]
        step = children[7] if len(children) > 9 else None
        return nodes.NumericFor(nodes.Declaration(name.value, name.line), start, limit, step, body, do.line)

    def generic_for(self, children: List[Any]) -> nodes.GenericFor:
        _, names, _, values, _, body, _ = children
        variables = [nodes.Declaration(name.value, name.line) for name in names]
        return nodes.GenericFor(variables, values, body, _first_line(values[0]))

    def function_statement(self, children: List[Any]) -> nodes.Assignment:
        start, target, function = children
        return self._function_statement(target, function, start.line, _dotted(target))

    def method_statement(self, children: List[Any]) -> nodes.Assignment:
        start, object, _, name, function = children
        target = nodes.Index(object, nodes.String(name.value, name.line), name.line)
        function.parameters.insert(0, nodes.Declaration("self", start.line))
        return self._function_statement(target, function, start.line, f"{_dotted(object)}:{name.value}")

    def _function_statement(self, target: Any, function: nodes.Function, line: int, name: str) -> nodes.Assignment:
        function.line = target.line = line
        function.name = name
        return nodes.Assignment([target], [function], line)

    def local_function(self, children: List[Any]) -> nodes.LocalFunction:
        start, _, name, function = children
        function.name = name.value
        return nodes.LocalFunction(nodes.Declaration(name.value, name.line), function, start.line)

    def local(self, children: List[Any]) -> nodes.Local:
        names = children[1]
        if len(names) > 1 and sum(name.attribute == "close" for name in names) > 1:
            raise Rejected
        return nodes.Local(names, children[3] if len(children) > 2 else [], current.reading.line)

    def plain_name(self, children: List[Any]) -> nodes.Declaration:
        return nodes.Declaration(children[0].value, children[0].line)

    def attributed_name(self, children: List[Any]) -> nodes.Declaration:
        name, _, attribute, _ = children
        if attribute.value != "const" and attribute.value != "close":
            raise Rejected
        return nodes.Declaration(name.value, name.line, attribute.value)

    # ------------------------------------------------------------ functions

    def no_parameters(self, children: List[Any]) -> Tuple[int, List[nodes.Declaration]]:
        return self._signature(children[0], [], False)

    def parameters(self, children: List[Any]) -> Tuple[int, List[nodes.Declaration]]:
        return self._signature(children[0], children[1], False)

    def only_vararg(self, children: List[Any]) -> Tuple[int, List[nodes.Declaration]]:
        return self._signature(children[0], [], True)

    def parameters_and_vararg(self, children: List[Any]) -> Tuple[int, List[nodes.Declaration]]:
        return self._signature(children[0], children[1], True)

    def _signature(self, bracket: Token, names: List[Token], is_vararg: bool) -> Tuple[int, List[nodes.Declaration]]:
        current.reading.varargs.append(is_vararg)
        return bracket.line, [nodes.Declaration(name.value, name.line) for name in names]

    def body(self, children: List[Any]) -> nodes.Function:
        (line, parameters), block, end = children
        return nodes.Function(parameters, current.reading.varargs.pop(), block, line, end.line)

    def function(self, children: List[Any]) -> nodes.Function:
        return children[1]  # type: ignore[no-any-return]

    # ------------------------------------------------------------ operators

    # A chain is its first operand, and for each further one the operator, the operand and the line where that ends.

    def new_chain(self, children: List[Any]) -> List[Any]:
        children.append(current.reading.line)
        return children

    def longer_chain(self, children: List[Any]) -> List[Any]:
        chain, operator, operand = children
        chain += (operator, operand, current.reading.line)
        return chain  # type: ignore[no-any-return]

    def operation(self, children: List[Any]) -> nodes.Expression:
        chain = children[0]
        operands = [chain[0]]
        operators: List[Token] = []
        for index in range(1, len(chain), 3):
            operator = chain[index]
            level = _PRECEDENCE[operator.value]
            while operators:
                last = _PRECEDENCE[operators[-1].value]
                if last < level or last == level == _CONCATENATION:
                    break
                _apply(operators, operands, chain[index - 1])
            operators.append(operator)
            operands.append(chain[index + 1])
        while operators:
            _apply(operators, operands, chain[-1])
        return operands[0]  # type: ignore[no-any-return]

    def power(self, children: List[Any]) -> nodes.Binary:
        left, operator, right = children
        _settle(left, operator.line)
        return nodes.Binary("^", left, right, operator.line)

    def unary(self, children: List[Any]) -> nodes.Unary:
        operator, operand = children
        return nodes.Unary(operator.value, operand, operator.line)

    # ------------------------------------------------------------ values

    def nil(self, children: List[Any]) -> nodes.Nil:
        return nodes.Nil(children[0].line)

    def true(self, children: List[Any]) -> nodes.Boolean:
        return nodes.Boolean(True, children[0].line)

    def false(self, children: List[Any]) -> nodes.Boolean:
        return nodes.Boolean(False, children[0].line)

    def vararg(self, children: List[Any]) -> nodes.Vararg:
        if not current.reading.varargs[-1]:
            raise Rejected
        return nodes.Vararg(children[0].line)

    def number(self, children: List[Any]) -> nodes.Number:
        return nodes.Number(children[0].value, children[0].line)

    def string(self, children: List[Any]) -> nodes.String:
        return nodes.String(children[0].value, children[0].line)

    def suffixed_value(self, children: List[Any]) -> nodes.Expression:
        value = children[0]
        if value.__class__ is nodes.Parenthesis and value.expression.__class__ not in _MULTIPLE:
            value = value.expression
        return value  # type: ignore[no-any-return]

    # ------------------------------------------------------------ names, fields and calls

    def name(self, children: List[Any]) -> nodes.Name:
        return nodes.Name(children[0].value, children[0].line)

    def parenthesis(self, children: List[Any]) -> nodes.Parenthesis:
        bracket, expression, end = children
        _settle(expression, end.line)
        return nodes.Parenthesis(expression, bracket.line)

    def field(self, children: List[Any]) -> nodes.Index:
        object, _, name = children
        return nodes.Index(_bare(object), nodes.String(name.value, name.line), name.line)

    def index(self, children: List[Any]) -> nodes.Index:
        object, _, key, end = children
        return nodes.Index(_bare(object), key, end.line)

    def call_without_arguments(self, children: List[Any]) -> nodes.Call:
        return nodes.Call(_bare(children[0]), [], children[1].line)

    def call(self, children: List[Any]) -> nodes.Call:
        function, bracket, arguments, end = children
        _settle(arguments[-1], end.line)
        return nodes.Call(_bare(function), arguments, bracket.line)

    def call_with_string(self, children: List[Any]) -> nodes.Call:
        function, string = children
        return nodes.Call(_bare(function), [nodes.String(string.value, string.line)], string.line)

    def call_with_table(self, children: List[Any]) -> nodes.Call:
        function, table = children
        return nodes.Call(_bare(function), [table], table.line)

    def method_call_without_arguments(self, children: List[Any]) -> nodes.MethodCall:
        object, _, name, bracket, _ = children
        return _method_call(object, name, [], bracket.line)

    def method_call(self, children: List[Any]) -> nodes.MethodCall:
        object, _, name, bracket, arguments, end = children
        _settle(arguments[-1], end.line)
        return _method_call(object, name, arguments, bracket.line)

    def method_call_with_string(self, children: List[Any]) -> nodes.MethodCall:
        object, _, name, string = children
        return _method_call(object, name, [nodes.String(string.value, string.line)], string.line)

    def method_call_with_table(self, children: List[Any]) -> nodes.MethodCall:
        object, _, name, table = children
        return _method_call(object, name, [table], table.line)

    # ------------------------------------------------------------ tables

    def empty_table(self, children: List[Any]) -> nodes.TableConstructor:
        return nodes.TableConstructor([], children[0].line)

    def table(self, children: List[Any]) -> nodes.TableConstructor:
        bracket, fields = children[:2]
        _settle_item(fields[-1], children[-1].line)
        return nodes.TableConstructor(fields, bracket.line)

    def another_item(self, children: List[Any]) -> List[Tuple[Optional[nodes.Expression], nodes.Expression]]:
        fields: List[Tuple[Optional[nodes.Expression], nodes.Expression]] = children[0]
        _settle_item(fields[-1], children[1].line)
        fields.append(children[2])
        return fields

    def positional_item(self, children: List[Any]) -> Tuple[Optional[nodes.Expression], nodes.Expression]:
        return None, children[0]

    def named_item(self, children: List[Any]) -> Tuple[Optional[nodes.Expression], nodes.Expression]:
        name, _, value = children
        return nodes.String(name.value, name.line), value

    def keyed_item(self, children: List[Any]) -> Tuple[Optional[nodes.Expression], nodes.Expression]:
        return children[1], children[4]


_CONCATENATION = _PRECEDENCE[".."]
_COMPARISONS = frozenset(("==", "~=", "<", ">", "<=", ">="))
_MULTIPLE = (nodes.Call, nodes.MethodCall, nodes.Vararg)


def _apply(operators: List[Token], operands: List[Any], end: int) -> None:
    """Make one operand of the last operator and its operands, of which the right one ends at line `end`."""
    operator = operators.pop()
    symbol = operator.value
    if symbol == "..":
        # One instruction concatenates the whole chain: that of its last operator, which is applied first.
        _settle(operands[-2], operator.line)
        first = len(operands) - 2
        while operators and operators[-1].value == "..":
            first -= 1
            _settle(operands[first], operators.pop().line)
        operands[first:] = [nodes.Concat(operands[first:], operator.line)]
        return
    right = operands.pop()
    left = operands[-1]
    _settle(left, operator.line)
    if symbol == "and" or symbol == "or":
        if left.__class__ is nodes.Logical and left.operator == symbol:
            left.operands.append(right)
        else:
            operands[-1] = nodes.Logical(symbol, [left, right], operator.line)
    else:
        operands[-1] = nodes.Binary(symbol, left, right, end if symbol in _COMPARISONS else operator.line)


def _bare(expression: Any) -> Any:
    """Brackets do not matter around what only its first value is wanted of."""
    return expression.expression if expression.__class__ is nodes.Parenthesis else expression


def _method_call(object: Any, name: Token, arguments: List[nodes.Expression], line: int) -> nodes.MethodCall:
    object = _bare(object)
    _settle(object, name.line)
    return nodes.MethodCall(object, name.value, arguments, line)


def _settle_item(item: Tuple[Optional[nodes.Expression], nodes.Expression], line: int) -> None:
    key, value = item
    if key is None:
        _settle(value, line)


def _first_line(expression: Any) -> int:
    """The line on which an expression starts."""
    while True:
        if expression.__class__ is nodes.Call:
            expression = expression.function
        elif expression.__class__ is nodes.Index or expression.__class__ is nodes.MethodCall:
            expression = expression.object
        elif expression.__class__ is nodes.Binary:
            expression = expression.left
        elif expression.__class__ is nodes.Logical or expression.__class__ is nodes.Concat:
            expression = expression.operands[0]
        elif expression.__class__ is nodes.Parenthesis:
            expression = expression.expression
        else:
            return expression.line  # type: ignore[no-any-return]


def _dotted(name: Any) -> str:
    """How a function statement names its function: `a.b.c`."""
    parts: List[str] = []
    while name.__class__ is nodes.Index:
        parts.append(name.key.value)  # type: ignore[attr-defined]
        name = name.object
    parts.append(name.name)
    return ".".join(reversed(parts))
