"""Locals, assignments and stores in tables.

In a multiple assignment everything is evaluated before anything is stored (manual §3.3.3), and PUC-Rio stores from the
last target to the first.
"""

from __future__ import annotations

import ast
from typing import Any, Callable, List, Optional, Set, Tuple

from ..syntax import nodes as n
from ..values.globals import LIBRARY_MEMBERS, global_key
from .chains import LONG_CHAIN
from .effects import calls, is_quiet
from .evaluation import is_multiple
from .expressions import ExpressionEmitter
from .facts import ANY, FUNCTION, INTEGER, NIL, STRING, only, type_of
from .indexing import STRING_ATTRIBUTES, is_attribute
from .intrinsics import APPEND, intrinsic_key
from .operators import IS, IS_NOT


class AssignmentEmitter(ExpressionEmitter):
    """The generator's part for statements that store values."""

    def declare_local(self, declaration: n.Declaration, value: ast.expr) -> None:
        if declaration.is_cell:
            value = self.list([value])
        self.emit(self.assign(declaration.python_name, value))
        self.note_local(declaration, value)

    def note_local(self, declaration: n.Declaration, value: ast.expr) -> None:
        """A variable has a value from now on, of which something may be known."""
        if declaration.assigned and declaration.captured:  # another function may store something else
            return
        self.note_float(declaration.python_name, value)
        if declaration.assigned:
            self.known.passing.add(declaration.python_name)

    def assign_result(self, declaration: n.Declaration, value: n.Expression) -> bool:
        """Whether a value is a call whose result can be adjusted in the variable itself, which then is done."""
        if declaration.is_cell or value.__class__ not in (n.Call, n.MethodCall) or self.returns_one(value):
            return False
        name = declaration.python_name
        self.emit(self.assign(name, self.raw_call(value)))
        self.known.floats.pop(name, None)
        first = self.assign(name, self.help("λfirst", self.name(name)))
        self.emit(self.if_(self.is_kind(self.name(name), "λtuple"), [first]))
        return True

    def local_statement(self, statement: n.Local) -> None:
        names, values = statement.names, statement.values
        if len(names) == 1 and len(values) == 1:
            if not self.assign_result(names[0], values[0]):
                self.declare_local(names[0], self.expression(values[0]))
            return
        is_plain = not any(declaration.is_cell for declaration in names)
        if is_plain and len(values) == 1 and is_multiple(values[0]) and not self.returns_one(values[0]):
            self.emit(self.unpack([known.python_name for known in names], self.unpacked(values[0], len(names))))
            return
        for declaration, value in zip(names, self.adjusted_list(values, len(names))):
            self.declare_local(declaration, value)

    def adjusted_list(self, values: List[n.Expression], count: int) -> List[ast.expr]:
        """An expression list as `count` values, each of which can be used after all have been evaluated."""
        if values and is_multiple(values[-1]) and not self.returns_one(values[-1]) and count > len(values) - 1:
            *firsts, last = values
            missing = count - len(firsts)
            parts: List[Callable[..., ast.expr]] = [lambda value=value: self.copied(value) for value in firsts]
            kept = self.ordered(parts)
            if missing == 1:
                return [*kept, self.keep(self.expression(last))]
            adjusted = self.unpacked(last, missing)
            names = [self.fresh() for _ in range(missing)]
            self.emit(self.unpack(names, adjusted))
            return [*kept, *[self.name(name) for name in names]]
        made = [self.copied(value) for value in values]
        return [*made[:count], *[self.constant(None) for _ in range(count - len(made))]]

    def unchanging(self, value: ast.expr, copying: Optional[bool]) -> ast.expr:
        """The value evaluated now, which no call can change (`changes`)."""
        return self.copy(value) if self.changes(value, copying) else self.keep(value)

    def copied(self, node: n.Expression) -> ast.expr:
        """A value that later assignments cannot change."""
        value = self.expression(node)
        if value.__class__ is ast.Constant:
            return value
        if value.__class__ is ast.Name and value.id[0] == "λ":
            return value
        return self.copy(value)

    def store_local(self, declaration: n.Declaration, value: ast.expr) -> None:
        if declaration.is_cell:
            self.emit(self.store_item(self.name(declaration.python_name), self.constant(0), value))
        else:
            self.emit(self.assign(declaration.python_name, value))
            self.note_local(declaration, value)

    def assign_longer(self, declaration: n.Declaration, value: n.Expression) -> bool:
        """Whether a value is the variable's own with more behind it, `s = s .. x`, which then is done.

        Python lengthens a string in place, where it has but this variable, and the sum is stored there at once.
        """
        name = declaration.python_name
        if declaration.is_cell or name in self.volatile or not isinstance(value, n.Concat):
            return False
        own = value.operands[0]
        if own.__class__ is not n.Name or own.declaration is not declaration or len(value.operands) > LONG_CHAIN:
            return False
        tests, operands, texts = self.pieces(value)
        self.known.floats.pop(name, None)
        longer = self.assign(name, self.binary(operands[0], ast.Add(), self.node(ast.JoinedStr, texts[1:])))
        if not only(type_of(own), STRING):  # a number has to be made a text
            tests = [self.is_kind(operands[0], "λstr"), *tests]
        in_full = self.assign(name, self.help("λconcat", *operands))
        self.emit(self.if_(self.both(*tests), [longer], [in_full]) if tests else longer)
        return True

    def assignment(self, statement: n.Assignment) -> None:
        targets, values = statement.targets, statement.values
        if len(targets) == 1 and len(values) == 1:
            target, value = targets[0], values[0]
            if target.__class__ is n.Name:
                declaration = target.declaration
                done = declaration is not None and (
                    self.assign_result(declaration, value) or self.assign_longer(declaration, value)
                )
                if not done:
                    self.store_name(target, self.expression(value), type_of(value))
            else:
                self.store_in_table(target, value)  # type: ignore[arg-type]
            return
        assigned = {target.declaration for target in targets if target.__class__ is n.Name}
        places = [self.target_place(target, assigned) for target in targets]
        made = self.adjusted_list(values, len(targets))
        types = [type_of(value) for value in values[: len(targets)]]
        if values and is_multiple(values[-1]):
            types = types[: len(values) - 1]
        elif len(values) < len(targets):
            types += [NIL] * (len(targets) - len(values))
        types += [ANY] * (len(targets) - len(types))
        for target, place, stored, type in reversed(list(zip(targets, places, made, types))):
            if target.__class__ is n.Name:
                self.store_name(target, stored, type)
            else:
                self.store_element(target, *place, stored, type)  # type: ignore[arg-type]

    def target_place(self, target: Any, assigned: Set[Any]) -> Tuple[ast.expr, ast.expr]:
        """The table and the key of a target among others: variables that none of these is are taken late."""
        if target.__class__ is n.Name:
            return self.constant(None), self.constant(None)
        copying = None if target.key.__class__ is n.String else False

        def part(node: n.Expression) -> ast.expr:
            if node.__class__ is n.Name and node.declaration in assigned:
                return self.copied(node)
            return self.keep(self.expression(node))

        object, key = self.ordered([lambda: part(target.object), lambda: part(target.key)], None)
        return self.unchanging(object, copying), self.unchanging(key, False)

    def store_name(self, target: n.Name, value: ast.expr, type: int) -> None:
        if target.declaration is not None:
            self.store_local(target.declaration, value)
            return
        if target.environment is not None:
            environment = self.variable(target.environment)
            value = self.keep(value)
            self.place(target.line, target)
            self.emit(self.perform(self.help("λsetindex", environment, self.constant(target.name), value)))
            return
        value = self.keep(value)
        self.place(target.line, target)
        plain = self.assign(global_key(target.name), value)
        watched = self.perform(self.help("λset_global", self.constant(target.name), value))
        if target.name in LIBRARY_MEMBERS:
            self.emit(watched)
        else:
            self.emit(self.if_(self.name("λglobals_watched"), [watched], [plain]))

    def store_in_table(self, target: n.Index, value: n.Expression) -> None:
        if self.is_append(target):
            self.append(target, value)
            return
        if target.key.__class__ is n.String:
            evaluate = [lambda: self.expression(target.object), lambda: self.expression(value)]
            object, stored = self.ordered(evaluate, None)
            self.store_element(target, object, self.constant(target.key.value), stored, type_of(value))
            return
        evaluate = [lambda: self.keep(self.expression(target.object)), lambda: self.keep(self.expression(target.key))]
        place = self.ordered(evaluate, None)  # a variable of another function becomes a register after the key
        parts = [*(lambda part=part: part for part in place), lambda: self.expression(value)]
        object, key, stored = self.settled(self.ordered(parts, False), False)
        self.store_element(target, object, key, stored, type_of(value))

    def store_element(self, target: n.Index, object: ast.expr, key: ast.expr, value: ast.expr, type: int) -> None:
        if target.key.__class__ is n.String:
            self.store_field(target, object, target.key.value, value, type)
            return
        key_type = type_of(target.key)
        object, key, value = self.keep(object), self.keep(key), self.keep(value)
        self.place(target.line, target)
        full = self.perform(self.help("λsetindex", object, key, value))
        is_text = only(key_type, STRING)
        if not key_type & INTEGER and not is_text or self.careful:
            self.emit(full)
            return
        if only(type, NIL):
            self.emit(full if is_text else self.removal(object, key, key_type, full))
            return
        tests: List[ast.expr] = [self.compare(value, IS_NOT, self.constant(None))] if type & NIL else []
        hashed = self.if_(
            self.both(*([] if is_text else [self.is_kind(key, "λstr")]), self.is_kind(object, "λTable"), *tests),
            [self.store_item(self.attribute(object, "λhash"), key, value)],
            [full],
        )
        if is_text:
            self.emit(hashed)
            return
        array, size = self.fresh(), self.fresh()
        if not only(key_type, INTEGER):
            tests.append(self.is_kind(key, "λint"))
        length = self.walrus(size, self.help("λlen", self.walrus(array, self.attribute(object, "λarray"))))
        inside = self.compare(length, ast.Gt(), key, ast.Gt(), self.constant(0))
        store = self.store_item(self.name(array), key, value)
        # The array part of a table that has none is shared: its first value takes the operator in full.
        at_end = self.both(
            self.compare(key, ast.Eq(), self.name(size), ast.Gt(), self.constant(1)),
            self.is_kind(object, "λTable"),
            self.unary(ast.Not(), self.attribute(object, "λhash")),
        )
        append = self.perform(self.call(self.attribute(self.name(array), "append"), [value]))
        statement = self.if_(inside, [store], [self.if_(at_end, [append], [full])])
        self.emit(
            self.if_(self.both(*tests), [statement], [full if only(key_type, INTEGER) else hashed])
            if tests
            else statement
        )

    def removal(self, object: ast.expr, key: ast.expr, key_type: int, full: ast.stmt) -> ast.stmt:
        """A nil among the values of an array part; what is its last, or of a table with a metatable, has more to do."""
        array = self.fresh()
        last = self.help("λlen", self.walrus(array, self.attribute(object, "λarray")))
        tests = [] if only(key_type, INTEGER) else [self.is_kind(key, "λint")]
        tests.append(self.is_kind(object, "λTable"))
        tests.append(
            self.compare(self.binary(last, ast.Sub(), self.constant(1)), ast.Gt(), key, ast.Gt(), self.constant(0))
        )
        inside = self.store_item(self.name(array), key, self.constant(None))
        return self.if_(self.both(*tests), [inside], [full])

    def store_field(self, target: n.Expression, object: ast.expr, name: str, value: ast.expr, type: int) -> None:
        owner: n.Expression = target.object  # type: ignore[attr-defined]
        if not is_attribute(name):
            value = self.keep(value)
            self.place(target.line, target)
            self.emit(self.perform(self.help("λsetindex", object, self.constant(name), value)))
            return
        object = self.keep(object)
        value = self.keep(value) if type & NIL else value
        self.place(target.line, target)
        clear = self.perform(self.help("λclear_field", object, self.constant(name)))
        if only(type, NIL):
            self.emit(clear)
            return
        statement = self.store_attribute(object, name, value)
        if type & NIL:
            statement = self.if_(self.compare(value, IS, self.constant(None)), [clear], [statement])
        is_certain = self.is_indexed(owner) or not type_of(owner) & (STRING | FUNCTION)
        if not (self.fields_need_no_test and is_certain) or name in STRING_ATTRIBUTES:
            value_kept = value if type & NIL else self.keep(value)
            if value_kept is not value:
                statement = self.store_attribute(object, name, value_kept)
            full = self.perform(self.help("λsetindex", object, self.constant(name), value_kept))
            statement = self.if_(self.takes_fields(object), [statement], [full])
        self.emit(statement)
        self.note_indexed(owner)

    def takes_fields(self, object: ast.expr) -> ast.expr:
        """Whether a store into an attribute is right, or raises: of the others only Python's functions take it."""
        if self.careful:
            return self.is_kind(object, "λTable")
        return self.compare(self.kind(object), IS_NOT, self.name("λfunction"))

    def is_append(self, target: n.Index) -> bool:
        """`t[#t + 1]`, with t a variable."""
        key = target.key
        return (
            target.object.__class__ is n.Name
            and key.__class__ is n.Binary
            and key.operator == "+"
            and key.right.__class__ is n.Number
            and key.right.value == 1
            and key.left.__class__ is n.Unary
            and key.left.operator == "#"
            and key.left.operand.__class__ is n.Name
            and key.left.operand.name == target.object.name
        )

    def append(self, target: n.Index, node: n.Expression) -> None:
        """`t[#t + 1] = value`, with the index evaluated before the value: it may fail, and what the value calls may
        change the length."""
        table = self.expression(target.object)
        if self.changes(table, False):
            table = self.copy(table)
        table = self.keep(table)
        type = type_of(node)
        if is_quiet(node):
            value = self.keep(self.expression(node))
            self.place(target.key.line, target)
            tests, append = self.plain_append(table, value, type)
            self.emit(self.if_(self.both(*tests), [append], [self.perform(self.help("λappend", table, value))]))
            return
        place = self.line, self.column
        self.place(target.key.line, target.key.left)  # type: ignore[attr-defined]
        index = self.help("λadd", self.help("λsize", table), self.constant(1))
        expects = calls(node)
        plain = self.help("λlen", self.attribute(table, "λarray")) if expects else self.constant(None)
        next_index = self.keep(self.choose(self.is_kind(table, "λTable"), plain, index))
        self.line, self.column = place
        value = self.keep(self.expression(node))
        self.place(target.line, target)
        tests, append = self.plain_append(table, value, type, next_index if expects else None)
        store = self.perform(self.help("λsetindex", table, next_index, value))
        if not expects:
            known = self.compare(next_index, IS_NOT, self.constant(None))
            store = self.if_(known, [store], [self.perform(self.help("λappend", table, value))])
        self.emit(self.if_(self.both(*tests), [append], [store]))

    def plain_append(
        self, table: ast.expr, value: ast.expr, type: int, index: Optional[ast.expr] = None
    ) -> Tuple[List[ast.expr], ast.stmt]:
        """A value put at the end of a table of which that is all there is to do, and the tests for it.

        One of them is, with an `index`, that the end is there.
        """
        array = self.fresh()
        tests = [
            self.is_kind(table, "λTable"),
            self.unary(ast.Not(), self.attribute(table, "λhash")),
            self.is_kind(self.walrus(array, self.attribute(table, "λarray")), "λlist"),
        ]
        if type & NIL:
            tests.append(self.compare(value, IS_NOT, self.constant(None)))
        if index is not None:
            tests.append(self.compare(self.help("λlen", self.name(array)), ast.Eq(), index))
        return tests, self.perform(self.call(self.attribute(self.name(array), "append"), [value]))

    def insert(self, call: Any) -> bool:
        """`table.insert(t, value)`, if a call is that."""
        if call.__class__ is not n.Call or intrinsic_key(call) != APPEND or len(call.arguments) != 2:
            return False
        if is_multiple(call.arguments[1]):
            return False
        function, table, value = self.kept(call.function, *call.arguments)
        self.place(call.line, call)
        tests, append = self.plain_append(table, value, type_of(call.arguments[1]))
        called = self.perform(self.call(function, [table, value]))
        self.emit(self.if_(self.both(self.is_original(function, APPEND), *tests), [append], [called]))
        return True
