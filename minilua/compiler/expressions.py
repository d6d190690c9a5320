"""All other expressions: variables, what is true, and constructors."""

from __future__ import annotations

import ast
from typing import Callable, List

from ..syntax import nodes as n
from ..values.globals import global_key
from .chains import LONG_CHAIN, ChainEmitter
from .evaluation import is_multiple
from .facts import BOOLEAN, FUNCTION, NIL, TABLE, only, type_of
from .marks import Marks
from .operators import IS, IS_NOT, is_simple


class ExpressionEmitter(ChainEmitter):
    """The generator's part for expressions: the layers below, and what is left."""

    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self.rules = {
            n.Nil: lambda node: self.constant(None),
            n.Boolean: lambda node: self.constant(node.value),
            n.Number: lambda node: self.constant(node.value),
            n.String: lambda node: self.constant(node.value),
            n.Vararg: self.first_vararg,
            n.Name: self.variable,
            n.Index: self.index,
            n.Call: self.single_call,
            n.MethodCall: self.single_call,
            n.Unary: lambda node: self.negated(node.operand) if node.operator == "not" else self.unary_operator(node),
            n.Binary: self.binary_operator,
            n.Logical: self.logical,
            n.Concat: self.concat,
            n.Parenthesis: lambda node: self.expression(node.expression),
            n.TableConstructor: self.table,
            n.Function: self.function_value,
        }

    # ------------------------------------------------------------ variables

    def variable(self, node: n.Name) -> ast.expr:
        declaration = node.declaration
        if declaration is not None:
            return self.local(declaration)
        if node.environment is not None:
            environment = self.variable(node.environment)
            self.place(node.line, node)
            return self.help("λindex", environment, self.constant(node.name))
        self.place(node.line, node)
        name = self.name(global_key(node.name))
        return self.choose(
            self.compare(name, IS_NOT, self.constant(None)), name, self.help("λglobal", self.constant(node.name))
        )

    def local(self, declaration: n.Declaration) -> ast.expr:
        name = self.name(declaration.python_name)
        return self.item(name, self.constant(0)) if declaration.is_cell else name

    def first_vararg(self, node: n.Vararg) -> ast.expr:
        rest = self.name("λvarargs")
        return self.choose(rest, self.item(rest, self.constant(0)), self.constant(None))

    # ------------------------------------------------------------ logic

    def negated(self, node: n.Expression) -> ast.expr:
        type = type_of(node)
        if self.is_test(node) or only(type, BOOLEAN):
            return self.unary(ast.Not(), self.condition(node))
        value = self.expression(node)
        if value.__class__ is ast.Constant:
            return self.unary(ast.Not(), self.truth(value, type))
        if not type & BOOLEAN:
            return self.compare(value, IS, self.constant(None))
        first, again = self.once(value)
        return self.either(self.compare(first, IS, self.constant(None)), self.compare(again, IS, self.constant(False)))

    def logical(self, node: n.Logical) -> ast.expr:
        return self.logical_from(node, 0)

    def logical_from(self, node: n.Logical, position: int) -> ast.expr:
        operand = node.operands[position]
        if position == len(node.operands) - 1:
            return self.expression(operand)
        left = self.expression(operand)
        type = type_of(operand)
        is_or = node.operator == "or"
        if left.__class__ is ast.Constant:  # in all forms of a function, so that they capture the same variables
            decides = (left.value is not None and left.value is not False) == is_or
            return left if decides else self.logical_from(node, position + 1)
        statements, right = self.apart(lambda: self.logical_from(node, position + 1))
        if not statements and len(node.operands) < LONG_CHAIN:
            if only(type, NIL | BOOLEAN | TABLE | FUNCTION):  # where Python's idea of truth is Lua's
                return self.either(left, right) if is_or else self.both(left, right)
            first, again = self.once(left)
            test = self.truth_of(first, again, type)
            return self.choose(test, again, right) if is_or else self.choose(test, right, again)
        result = self.fresh()
        self.emit(self.assign(result, left))
        name = self.name(result)
        test = self.truth(name, type)
        statements.append(self.assign(result, right))
        self.emit(self.if_(self.unary(ast.Not(), test) if is_or else test, statements))
        return name

    def truth_of(self, first: ast.expr, again: ast.expr, type: int) -> ast.expr:
        tests = []
        if type & NIL or not type & BOOLEAN:
            tests.append(self.compare(first, IS_NOT, self.constant(None)))
            first = again
        if type & BOOLEAN:
            tests.append(self.compare(first, IS_NOT, self.constant(False)))
        return self.both(*tests)

    def is_test(self, node: n.Expression) -> bool:
        return node.__class__ is n.Logical or node.__class__ is n.Unary and node.operator == "not"

    def condition(self, node: n.Expression) -> ast.expr:
        """A test for Python's `if`."""
        if node.__class__ is n.Logical:
            return self.condition_from(node, 0)
        if node.__class__ is n.Parenthesis:
            return self.condition(node.expression)
        if node.__class__ is n.Unary and node.operator == "not":
            return self.negated(node.operand)
        return self.truth(self.expression(node), type_of(node))

    def condition_from(self, node: n.Logical, position: int) -> ast.expr:
        operand = node.operands[position]
        left = self.condition(operand)
        if position == len(node.operands) - 1:
            return left
        statements, right = self.apart(lambda: self.condition_from(node, position + 1))
        is_or = node.operator == "or"
        if not statements and len(node.operands) < LONG_CHAIN:
            return self.either(left, right) if is_or else self.both(left, right)
        result = self.fresh()
        self.emit(self.assign(result, left))
        statements.append(self.assign(result, right))
        name = self.name(result)
        self.emit(self.if_(self.unary(ast.Not(), name) if is_or else name, statements))
        return name

    # ------------------------------------------------------------ constructors

    def table(self, node: n.TableConstructor) -> ast.expr:
        fields = node.fields
        if any(key is not None and key.__class__ is not n.String for key, _ in fields):
            return self.general_table(node)
        parts: List[Callable[[], ast.expr]] = []
        for position, (key, value) in enumerate(fields):
            if key is None and position == len(fields) - 1 and is_multiple(value) and not self.returns_one(value):
                parts.append(lambda value=value: self.starred(self.many(value)))  # type: ignore[misc]
            else:
                parts.append(lambda value=value: self.expression(value))  # type: ignore[misc]
        values = self.ordered(parts)
        self.place(node.line, node)
        items_at = [place for place, (key, _) in enumerate(fields) if key is None and not is_simple(values[place])]
        named_at = [place for place, (key, _) in enumerate(fields) if key is not None and not is_simple(values[place])]
        if items_at and named_at and named_at[-1] > items_at[0]:  # Python makes the dict before the list
            values = [
                self.starred(self.keep(value.value)) if value.__class__ is ast.Starred
                else self.copy(value) if self.changes(value)
                else self.keep(value)
                for value in values
            ]  # fmt: skip
        named = [(key, value) for (key, _), value in zip(fields, values) if key is not None]
        items = [value for (key, _), value in zip(fields, values) if key is None]
        hash = self.node(ast.Dict, [self.constant(key.value) for key, _ in named], [value for _, value in named])  # type: ignore[attr-defined]
        if not items:
            return self.help("λmake_record", hash)
        array = self.list([self.constant(None), *items])
        return self.help("λmake_table", hash, array) if named else self.help("λmake_array", array)

    def general_table(self, node: n.TableConstructor) -> ast.expr:
        """A constructor with computed keys: made field by field, positional ones last, as PUC-Rio does it."""
        table = self.keep(self.help("λmake_record", self.node(ast.Dict, [], [])))
        items: List[ast.expr] = []
        for place, (key, value) in enumerate(node.fields):
            if key is None:
                if place == len(node.fields) - 1 and is_multiple(value) and not self.returns_one(value):
                    items.append(self.starred(self.keep(self.many(value))))
                else:
                    item = self.expression(value)
                    items.append(self.copy(item) if self.changes(item) else self.keep(item))
                continue
            key_node = key
            index, stored = self.ordered([lambda: self.expression(key_node), lambda: self.expression(value)])  # noqa: B023
            self.place(node.line, node)
            self.emit(self.perform(self.help("λrawset", table, index, stored)))
        if items:
            self.place(node.line, node)
            self.emit(self.perform(self.help("λset_items", table, self.tuple(items))))
        return table

    def function_value(self, node: n.Function) -> ast.expr:
        raise NotImplementedError
