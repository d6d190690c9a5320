"""Functions as they run inside a coroutine: as Python generators that yield where the coroutine does.

The twin of a function differs from it wherever Lua code may be called, for all that may yield: a call asks whether the
function is `coroutine.yield` itself, has a twin, or neither; metamethods are left to the operator in full, run by
`λin_coroutine`; the generic `for` and to-be-closed variables call in the open.
"""

from __future__ import annotations

import ast
from typing import Any, Callable, List, Tuple

from ..syntax import nodes as n
from ..values.globals import untouched
from .codegen import Generator, is_library_call
from .effects import is_quiet
from .evaluation import is_multiple
from .facts import NUMBER, STRING, TABLE, only
from .intrinsics import IN_PLACE, YIELD, intrinsic_key
from .operators import IS, IS_NOT
from .python import STORE

MAY_CALL = frozenset(
    "λindex λsetindex λclear_field λappend λmethod λconcat λsize λequal λglobal λset_global λnegate λbnot "
    "λadd λsubtract λmultiply λdivide λfloor_divide λmodulo λpower λband λbor λbxor λshl λshr "
    "λless_than λless_equal λgreater_than λgreater_equal".split()
)
"""The operators in full that may call a metamethod."""


def is_quiet_yield(call: Any) -> bool:
    """Whether a call is one of `coroutine.yield`, by its looks, whose arguments nobody sees evaluated."""
    if call.__class__ is not n.Call or intrinsic_key(call) != YIELD or not call.arguments:
        return False
    return all(map(is_quiet, call.arguments)) and not is_multiple(call.arguments[-1])


class TwinGenerator(Generator):
    @property
    def fields_need_no_test(self) -> bool:
        return False

    invoked: Tuple[ast.expr, ast.expr, List[ast.expr], ast.expr]
    """The last call, its function and arguments, and the call with what may be a tail call still to be made."""

    def is_plain(self, object: ast.expr) -> ast.expr:
        return self.is_kind(object, "λTable")

    def takes_fields(self, object: ast.expr) -> ast.expr:
        return self.is_kind(object, "λTable")

    def help(self, name: str, *arguments: ast.expr) -> ast.expr:
        if name in MAY_CALL:
            return self.yield_from(super().help("λin_coroutine", self.name(name), *arguments))
        return super().help(name, *arguments)

    def invoke(self, function: ast.expr, values: List[ast.expr]) -> ast.expr:
        self.invokes = True
        place = self.line, self.column
        function = self.keep(self.callee(function))
        kept = [self.kept_argument(value) for value in values]
        self.line, self.column = place
        twin = self.fresh()
        if len(kept) == 1 and kept[0].__class__ is not ast.Starred:
            yielded = kept[0]
        else:
            yielded = self.tuple(kept)
        delegated = self.yield_from(self.call(self.name(twin), kept))
        has_twin = self.compare(self.walrus(twin, self.help("λtwin", function)), IS_NOT, self.constant(None))
        sent = self.fresh()
        if yielded.__class__ is ast.Tuple:
            yielded = self.keep(yielded)
        resumed = self.walrus(sent, self.yield_(yielded))
        is_yield = self.compare(function, IS, self.name("λyield"))
        went_on = self.choose(
            self.compare(resumed, IS_NOT, self.constant(None)), self.name(sent), self.help("λsent", yielded)
        )
        plain = self.call(function, kept)
        results = self.fresh()
        pending = self.both(
            self.compare(self.kind(self.walrus(results, delegated)), IS, self.name("λtuple")),
            self.name(results),
            self.compare(self.item(self.name(results), self.constant(0)), IS, self.name("λTAIL_CALL")),
        )
        rest = [self.item(self.name(results), self.constant(position)) for position in (1, 2)]
        finished = self.choose(pending, self.yield_from(self.help("λrun", *rest)), self.name(results))
        call = self.choose(is_yield, went_on, self.choose(has_twin, finished, plain))
        self.invoked = call, function, kept, self.choose(is_yield, went_on, self.choose(has_twin, delegated, plain))
        return call

    def tail_call(self, node: n.Expression) -> None:
        call = self.call_in_tail(node)
        made, function, arguments, unfinished = self.invoked
        if call is not made or self.closing_depth or is_library_call(node):
            self.emit(self.return_(call))
        else:
            self.leave_call_now_and_then(function, self.tuple(arguments))
            self.emit(self.return_(unfinished))

    def spread(self, node: n.Call, function: ast.expr, values: List[ast.expr]) -> ast.expr:
        *firsts, last = values
        self.place(node.line, node)
        return self.invoke(function, [*firsts, self.starred(self.help("λmany", last))])

    def kept_argument(self, value: ast.expr) -> ast.expr:
        if value.__class__ is ast.Starred:
            return self.starred(self.keep(value.value))
        return self.keep(value)

    def order(self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int) -> ast.expr:
        if only(left_type, NUMBER) and only(right_type, NUMBER) or only(left_type, STRING) and only(right_type, STRING):
            return super().order(operator, left, right, left_type, right_type)
        if self.careful:
            return super().order(operator, left, right, left_type, right_type)
        left, right = self.keep(left), self.keep(right)
        plain = super().order(operator, left, right, left_type, right_type)
        full = self.help(FULL_COMPARISON[operator], left, right)
        return self.choose(self.compare(self.kind(left), ast.In(), self.name("λno_tables")), self.choose(
            self.compare(self.kind(right), ast.In(), self.name("λno_tables")), plain, full), full)  # fmt: skip

    def equality(
        self, operator: str, left: ast.expr, right: ast.expr, left_type: int, right_type: int, node: n.Binary
    ) -> ast.expr:
        if not (left_type & TABLE and right_type & TABLE):
            return super().equality(operator, left, right, left_type, right_type, node)
        left, right = self.keep(left), self.keep(right)
        plain = super().equality(operator, left, right, left_type, right_type, node)
        full = self.help("λequal", left, right)
        if operator == "~=":
            full = self.unary(ast.Not(), full)
        return self.choose(
            self.either(*[self.compare(self.kind(side), ast.In(), self.name("λno_tables")) for side in (left, right)]),
            plain,
            full,
        )

    # ------------------------------------------------------------ statements

    def call_statement(self, statement: n.CallStatement) -> None:
        """A call of `yield` whose results nobody wants asks for none."""
        call: Any = statement.call
        if call.__class__ is n.Call and (call.expected is not None or intrinsic_key(call) in IN_PLACE):
            super().call_statement(statement)
        elif is_quiet_yield(call):
            self.yield_statement(call)
        else:
            self.finish_call(self.method_ways(call)[1] if isinstance(call, n.MethodCall) else self.general_call(call))

    def yield_statement(self, call: n.Call) -> None:
        """A call of `coroutine.yield`, which nobody sees looked up after its arguments."""
        values = [self.keep(self.expression(argument)) for argument in call.arguments]
        self.place(call.line, call)
        yielded = values[0] if len(values) == 1 else self.tuple(values)
        fast = self.perform(self.yield_(yielded))
        general = self.inner_statements(lambda: self.finish_call(self.invoke(self.expression(call.function), values)))
        self.emit(self.if_(self.name(untouched("coroutine")), [fast], general))

    def finish_call(self, made: Any) -> None:
        is_yield, resumed, called = made.test, made.body, made.orelse  # as `invoke` makes it
        first, again = self.once(called)
        pending = self.both(first, self.is_kind(again, "λtuple"))
        finish = self.if_(pending, [self.perform(self.help("λfinish", again))])
        self.emit(self.if_(is_yield, [self.perform(resumed.test.left.value)], [finish]))

    def generic_for(self, statement: n.GenericFor) -> None:
        """Loops over `next` and `ipairs` are walked as ever; any other iterator is called by the loop itself."""
        self.invokes = True
        results = self.tuple(self.ordered(self.argument_parts(statement.values)))
        self.place(statement.line, statement)
        place = self.line, self.column
        four = [self.fresh() for _ in range(4)]
        self.emit(self.unpack(four, self.help("λadjust", results, self.constant(4))))
        function, state, control, closing = (self.name(name) for name in four)
        count = len(statement.variables)

        def loop() -> List[ast.stmt]:
            return self.inner_statements(emit_loop)

        def emit_loop() -> None:
            self.line, self.column = place
            turns = self.help("λdirect", function, state, control, self.constant(count))
            names = [variable.python_name for variable in statement.variables]
            values = names[0] if count == 1 else self.fresh()
            called = self.inner_statements(
                lambda: self.emit(self.assign(values, self.invoke(function, [state, control])))
            )
            first: List[ast.stmt]
            if count == 1:
                called += [*self.one_value(values), self.assign(four[2], self.name(values))]
                first = [
                    self.if_(self.compare(self.name(values), IS, self.name("λPENDING")), called, self.one_value(values))
                ]
            else:
                control_value = self.item(self.name(values), self.constant(0))
                called += [
                    self.assign(values, self.help("λadjust", self.name(values), self.constant(count))),
                    self.assign(four[2], control_value),
                    self.if_(self.compare(control, IS, self.constant(None)), [self.break_()]),
                ]
                first = [
                    self.if_(self.compare(self.name(values), IS, self.name("λPENDING")), called),
                    self.unpack(names, self.name(values)),
                ]
            first += [
                self.assign(variable.python_name, self.list([self.name(variable.python_name)]))
                for variable in statement.variables
                if variable.is_cell
            ]
            body, context = self.loop_body(statement.body, first)
            self.line, self.column = place
            self.emit_loop(self.for_(self.node(ast.Name, values, STORE), turns, body), context)

        if len(statement.values) < 4 and not any(value.__class__ in CALLS for value in statement.values[-1:]):
            for made in loop():
                self.emit(made)
            return
        self.leave_through(self.help("λClosing", closing, self.constant("(for state)")), loop)

    def leave_through(self, manager: ast.expr, body: Callable[[], List[ast.stmt]]) -> None:
        """What `with` does, with the metamethod called in the open so that it may yield."""
        name, error = self.fresh(), self.fresh()
        self.emit(self.assign(name, manager))
        self.emit(self.assign(error, self.constant(None)))
        caught = self.fresh()
        handler = self.node(
            ast.ExceptHandler,
            self.name("λBaseException"),
            caught,
            [self.assign(error, self.name(caught)), self.node(ast.Raise, None, None)],
        )
        place = self.line, self.column
        self.closing_depth += 1
        statements = body()
        self.closing_depth -= 1
        self.line, self.column = place
        close = self.perform(self.yield_from(super().help("λclose", self.name(name), self.name(error))))
        self.emit(self.node(ast.Try, statements or [self.pass_()], [handler], [], [close]))


CALLS = (n.Call, n.MethodCall, n.Vararg)

FULL_COMPARISON = {"<": "λless_than", "<=": "λless_equal", ">": "λgreater_than", ">=": "λgreater_equal"}
