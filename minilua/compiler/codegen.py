"""Statements and functions: a chunk becomes a Python function (manual §3.3).

Lua locals are Python locals under names of their own, unique in the chunk, so that no scope of Python's can confuse two
of them or take a local for a global. A function that uses variables of a loop around it is made by a small factory
whose parameters are those variables, so that each turn of the loop has its own; a variable that is also assigned
again is a list of one, shared by those who see it.
"""

from __future__ import annotations

import ast
import keyword
import re
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Set, Tuple, Type, TypeVar

from ..limits import reserve
from ..recursion import IS_WASM
from ..syntax import nodes as n
from ..values.globals import global_key
from ..values.operations import MANY
from .assignments import AssignmentEmitter
from .evaluation import is_multiple
from .facts import INTEGER, SMALL, find_single_results, infer, is_small_literal, only, type_of
from .knowledge import Knowledge
from .likely import Likelihood
from .marks import ENTRY, VERSION, Marks
from .operators import AT_MOST, IS, NEAR
from .orders import find_order
from .outline import DEPTH, outline
from .python import FORGETS_RECURSION, STORE
from .release import Done, is_collection
from .resolve import Resolution, resolve
from .versions import Version, find_versions

Made = TypeVar("Made")

NODE_SIZE = 250
"""About how many bytes Python's compiler needs for each node of the tree."""

LADDER = 50
"""Clauses of one `if` in one Python `if`: its `elif`s nest."""


LIBRARY_NAMES = frozenset(
    "assert error getmetatable ipairs next pairs pcall rawequal rawget rawlen rawset select setmetatable tonumber "
    "tostring type xpcall coroutine debug io math os string table utf8".split()
)


def is_library_call(node: n.Expression) -> bool:
    """Whether a call is, by its looks, one of a library function, which needs no help to return."""
    function: Any = getattr(node, "function", None)
    if function.__class__ is n.Index:
        function = function.object
    return function.__class__ is n.Name and function.declaration is None and function.name in LIBRARY_NAMES


def is_call_of(node: Any, names: Tuple[str, ...]) -> bool:
    """Whether an expression is a call of a variable of one of these names, local or not."""
    return node.__class__ is n.Call and node.function.__class__ is n.Name and node.function.name in names


class UntilCondition(n.Statement):
    """The condition of a `repeat` as the last statement of its body."""

    __slots__ = ("condition",)

    def __init__(self, condition: n.Expression) -> None:
        self.condition = condition
        self.line = condition.line


def is_closing(statement: n.Statement) -> bool:
    return statement.__class__ is n.Local and any(name.attribute == "close" for name in statement.names)


class Context:
    """A Python loop that jumps may leave: a loop of Lua's, or one that runs the segments of a block with labels."""

    __slots__ = ("segments", "variable", "continue_label", "escapes")

    def __init__(
        self, variable: Optional[str] = None, segments: Optional[Dict[n.Label, int]] = None,
        continue_label: Optional[n.Label] = None,
    ) -> None:  # fmt: skip
        self.variable = variable  # what says which segment is next; None for a loop of Lua's
        self.segments = segments or {}
        self.continue_label = continue_label
        self.escapes: List[Tuple[int, Context, Callable[[], List[ast.stmt]]]] = []  # jumps that lead further out


class Generator(AssignmentEmitter):
    def __init__(self, resolution: Resolution, marks: Marks) -> None:
        super().__init__(marks)
        self.resolution = resolution
        self.is_likely_float = Likelihood(resolution).is_float  # type: ignore[method-assign]
        self.taken: Dict[str, int] = dict.fromkeys(resolution.global_names, 1)
        self.contexts: List[Context] = []
        self.done: List[Done] = []  # in the blocks that we are in
        self.nameless: Set[str] = set()  # the Python names of functions that are values of expressions
        self.jumps = 0
        self.closing_depth = 0
        self.version: Optional[Version] = None  # in whose own function we are
        self.depth = 0
        self.deepest = 0  # how many blocks of Lua's have been inside one another in this function
        self.statements: Dict[type, Callable[[Any], None]] = {
            n.Local: self.local_statement,
            n.LocalFunction: self.local_function,
            n.Assignment: self.assignment,
            n.CallStatement: self.call_statement,
            n.Do: self.do,
            n.While: self.while_statement,
            n.Repeat: self.repeat,
            n.If: self.if_statement,
            n.NumericFor: self.numeric_for,
            n.GenericFor: self.generic_for,
            n.Return: self.return_statement,
            n.Break: self.break_statement,
            n.Goto: self.goto,
            n.Label: lambda statement: None,
            UntilCondition: self.until,
        }
        # Functions all of whose calls are in sight take exactly their parameters.
        self.in_sight = {
            declaration.function
            for declaration in resolution.declarations
            if declaration.function is not None and not declaration.escapes
        }
        # Who shares a variable that is never assigned again, only the debug library can tell, or assign it.
        compares_upvalues = "upvalue" in marks.source
        for declaration in resolution.declarations:
            changes = declaration.assigned or compares_upvalues
            declaration.is_cell = declaration.captured and declaration.in_loop and changes
            declaration.python_name = self.unique(declaration.name)

        for function in resolution.functions:
            for declaration in function.nonlocals:
                self.volatile[declaration.python_name] = declaration

    def unique(self, name: str) -> str:
        """A Python name that nothing else in the chunk has."""
        if keyword.iskeyword(name) or name[:2] == "__":
            name += "λ"
        count = self.taken.get(name, 0) + 1
        self.taken[name] = count
        if count == 1:
            return name
        numbered = f"{name}_{count}"
        return self.unique(name) if numbered in self.taken else self.unique(numbered)

    def safe_point(self) -> List[ast.stmt]:
        """Where a program under limits can be stopped: in every turn of a loop and at the start of a function."""
        mechanism = self.marks.mechanism
        if not mechanism:
            return []
        stop = self.perform(self.help("λstop"))
        if mechanism.startswith("flag"):
            return [self.if_(self.name("λexhausted"), [stop])]
        return self.now_and_then("λticks", stop)

    def now_and_then(self, turns: str, act: ast.stmt) -> List[ast.stmt]:
        """Act when the next of the endless `turns` is true."""
        turn = self.fresh()
        target = self.node(ast.Name, turn, STORE)
        return [self.for_(target, self.name(turns), [self.if_(self.name(turn), [act]), self.break_()])]

    # ------------------------------------------------------------ functions

    def chunk(self, main: n.Function) -> ast.Module:
        """A module that defines the function `λchunk`, or with `_ENV` a variable, a function of it that returns it."""
        self.place(1)
        definition: ast.stmt = self.definition(main, "λchunk")
        environment = self.resolution.environment
        if environment is not None:
            inner = [definition, self.return_(self.name("λchunk"))]
            definition = self.define("λenvironment", [environment.python_name], None, inner)
        return ast.Module([definition], [])

    def definition(self, function: n.Function, python_name: str) -> ast.stmt:
        outer = self.function, self.block, self.known, self.contexts, self.done
        self.known = Knowledge(self.known, is_function=True)
        self.float_values = {}
        state = self.depth, self.deepest, self.closing_depth, self.invokes
        self.depth = self.deepest = self.closing_depth = 0
        self.invokes = False
        self.function, self.block, self.contexts, self.done = function, [], [], []
        line, column = self.line, self.column
        declared = [global_key(name) for name in function.globals_assigned]
        if declared:
            self.block.append(self.declare(ast.Global, declared))
        outside = [known.python_name for known in function.nonlocals if not known.is_cell]
        if outside:
            self.block.append(self.declare(ast.Nonlocal, outside))
        first_line = function.body.statements[0].line if function.body.statements else function.end_line
        self.place(first_line)  # nothing is ever done on the line of `function`, as hooks are told
        self.block += self.safe_point()
        if self.marks.mechanism and function.is_vararg and self.version is None:
            arguments = self.name("λvarargs")
            is_many = self.compare(self.help("λlen", arguments), ast.Gt(), self.constant(MANY))
            self.block.append(self.if_(is_many, [self.perform(self.help("λmany", arguments))]))
        if self.marks.mechanism.endswith("depth"):
            self.block += self.now_and_then("λentries", self.perform(self.help("λcheck_depth")))
        self.tell_order(function)
        if function.version is None or self.version is not None:
            self.body(function.body)
        else:
            self.versions(function, function.version)
        if not (function.body.statements and function.body.statements[-1].__class__ is n.Return):
            self.place(function.end_line)
            self.block.append(self.return_(self.tuple([])))
        body = self.block
        self.function, self.block, self.known, self.contexts, self.done = outer
        self.line, self.column = line, column
        rest: Optional[str] = "λ_"
        if self.version is not None:
            rest = None
        elif function.is_vararg:
            rest = "λvarargs"
        elif function in self.in_sight:
            rest = None
        if FORGETS_RECURSION and self.invokes and rest is not None:
            # A call of a function without `*rest` does ask whether the stack is too deep.
            self.place(first_line)
            body.insert(len([first for first in body[:2] if isinstance(first, (ast.Global, ast.Nonlocal))]),
                        self.perform(self.help("λenter")))  # fmt: skip
            self.line, self.column = line, column
        made = self.define(python_name, [parameter.python_name for parameter in function.parameters], rest, body)
        if self.deepest + 1 > DEPTH // 2:  # a block of Lua's may be two of Python's
            outline(made, self)
        self.depth, self.deepest, self.closing_depth, self.invokes = state
        return made

    def tell_order(self, function: n.Function) -> None:
        """In a function that compares by keys: where `table.sort` asks for it, return the functions of the keys."""
        order = find_order(function) if self.version is None else None
        if order is None:
            return
        levels, locals = order
        self.place(function.body.statements[0].line)
        parameter = function.parameters[0].python_name
        told: List[ast.expr] = []

        def key_function(key: n.Expression) -> List[ast.stmt]:
            def body() -> None:
                for known, value in locals:
                    self.emit(self.assign(known.python_name, self.expression(value)))
                self.emit(self.return_(self.expression(key)))

            return self.inner_statements(body)

        def tell() -> None:
            for key, descends in levels:
                name = self.fresh()
                self.emit(self.define(name, [parameter], None, key_function(key)))
                told.append(self.tuple([self.name(name), self.constant(descends)]))
            self.emit(self.return_(self.tuple(told)))

        self.emit(self.if_(self.compare(self.name(parameter), IS, self.name("λORDER")), self.inner_statements(tell)))

    def versions(self, function: n.Function, version: Version) -> None:
        """The body of a function that is put out for small integers as well."""
        parameters = [function.parameters[place].python_name for place in version.integers]
        classes = [part for name in parameters for part in (IS, self.kind(self.name(name)))]
        ranges = [
            self.compare(self.constant(-NEAR), AT_MOST, self.name(name), AT_MOST, self.constant(NEAR))
            for name in parameters
        ]
        test = self.both(self.compare(self.name("λint"), *classes), *ranges)
        if version.is_function:
            line = self.line
            self.place(function.line, ENTRY)
            arguments = [self.name(parameter.python_name) for parameter in function.parameters]
            made = self.inner_statements(
                lambda: self.emit(self.return_(self.invoke(self.name(version.python_name), arguments)))
            )
            self.place(line)
            self.emit(self.if_(test, made))
            self.body(function.body)
            return
        self.emit(self.if_(test, self.assuming(version, lambda: self.inner(function.body)), self.inner(function.body)))

    def assuming(self, version: Version, generate: Callable[[], Made]) -> Made:
        """What is generated where the types are those of a version."""
        general = {declaration: declaration.type for declaration in version.types}
        for declaration, type in version.types.items():
            declaration.type = type
        made = generate()
        for declaration, type in general.items():
            declaration.type = type
        return made

    def version_definition(self, function: n.Function, version: Version) -> ast.stmt:
        """A version as a function of its own, which takes all its parameters and no more."""
        outer, self.version = self.version, version
        made = self.assuming(version, lambda: self.definition(function, version.python_name))
        self.version = outer
        return made

    def function_value(self, node: n.Function) -> ast.expr:
        name = self.unique(re.sub(r"\W", "_", node.name or "function", flags=re.ASCII))
        if node.version is None or not node.version.is_function:  # or calls ask for it: see `expected_call`
            self.nameless.add(name)
        self.place(node.line, node)
        self.emit_function(node, name)
        return self.name(name)

    def emit_function(self, node: n.Function, name: str) -> None:
        """Define a Python function `name`, by a factory where it uses variables of a loop around it."""
        self.function_names[node] = name
        version = node.version
        if version is not None and version.is_function:
            version.python_name = self.unique(name + VERSION)
            self.emit(self.version_definition(node, version))
        definition = self.definition(node, name)
        of_loops = [used.python_name for used in node.captures if used.in_loop and used.owner is self.function]
        if not of_loops:
            self.emit(definition)
        else:
            factory = self.fresh()
            self.emit(self.define(factory, of_loops, None, [definition, self.return_(self.name(name))]))
            self.emit(self.assign(name, self.call(self.name(factory), [self.name(used) for used in of_loops])))
        if IS_WASM and node.captures:
            self.emit(self.perform(self.help("λgive_grave", self.name(name))))

    def local_function(self, statement: n.LocalFunction) -> None:
        declaration = statement.name
        self.place(statement.line, statement.function)
        if not declaration.is_cell:
            self.emit_function(statement.function, declaration.python_name)
            return
        self.emit(self.assign(declaration.python_name, self.list([self.constant(None)])))
        self.store_local(declaration, self.function_value(statement.function))

    # ------------------------------------------------------------ blocks

    def body(self, block: n.Block, end_label: Optional[n.Label] = None) -> None:
        """The statements of a block, into the current Python block; `end_label` is one that its loop takes care of."""
        statements = block.statements
        cuts = [0]
        segments: Dict[n.Label, int] = {}
        for position, statement in enumerate(statements):
            if is_closing(statement):
                break
            if statement.__class__ is n.Label and statement.is_used and statement is not end_label:
                cuts.append(position)
                segments[statement] = len(cuts) - 1
        if not segments:
            self.sequence(statements)
            return
        context = Context(self.fresh(), segments)
        assert context.variable is not None
        self.emit(self.assign(context.variable, self.constant(0)))
        self.contexts.append(context)
        made: List[ast.stmt] = []
        for number, start in enumerate(cuts):
            end = cuts[number + 1] if number + 1 < len(cuts) else len(statements)
            segment = self.inner_statements(lambda: self.sequence(statements[start:end]))  # noqa: B023
            reached = self.compare(self.name(context.variable), ast.LtE(), self.constant(number))
            made.append(self.if_(reached, segment))
        self.contexts.pop()
        self.emit_loop(self.while_(self.constant(True), [*self.safe_point(), *made, self.break_()]), context)

    def sequence(self, statements: List[n.Statement]) -> None:
        done = Done(statements, self.block)
        self.done.append(done)
        for position, statement in enumerate(statements):
            self.place(statement.line)
            done.reach(position)
            if is_collection(statement):
                for name in [name for outer in self.done for name in outer.left_over(self.nameless)]:
                    self.emit(self.assign(name, self.constant(None)))
                done.forget()
            self.statements[statement.__class__](statement)
            if is_closing(statement):
                self.closed(statement, n.Block(statements[position + 1 :]))  # type: ignore[arg-type]
                break
        self.done.pop()

    def inner(self, block: n.Block, end_label: Optional[n.Label] = None) -> List[ast.stmt]:
        """A block as a list of Python statements of its own."""
        return self.inner_statements(lambda: self.body(block, end_label))

    def inner_statements(self, generate: Callable[[], None]) -> List[ast.stmt]:
        outer, known = self.block, self.known
        self.block, self.known = [], Knowledge(known)
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        generate()
        self.depth -= 1
        made = self.block
        self.block, self.known = outer, known
        known.forget_passing()
        return made

    def closed(self, statement: n.Local, rest: n.Block) -> None:
        declaration = next(name for name in statement.names if name.attribute == "close")
        self.place(statement.line, statement)
        manager = self.help("λClosing", self.local(declaration), self.constant(declaration.name))
        self.leave_through(manager, lambda: self.inner(rest))

    def leave_through(self, manager: ast.expr, body: Callable[[], List[ast.stmt]]) -> None:
        """A body whose every way out passes the manager; a call that is returned there is no tail call."""
        self.closing_depth += 1
        self.emit(self.with_(manager, body()))
        self.closing_depth -= 1

    # ------------------------------------------------------------ calls and returns

    def call_statement(self, statement: n.CallStatement) -> None:
        if self.insert(statement.call):
            return
        value = self.raw_call(statement.call)
        if self.returns_one(statement.call):
            self.emit(self.perform(value))
            return
        # Only a tuple that is not empty may be a tail call still to be made.
        first, again = self.once(value)
        pending = self.both(first, self.is_kind(again, "λtuple"))
        self.emit(self.if_(pending, [self.perform(self.help("λfinish", again))]))

    def return_statement(self, statement: n.Return) -> None:
        values = statement.values
        if not values:
            self.emit(self.return_(self.tuple([])))
        elif len(values) == 1:
            value = values[0]
            if value.__class__ is n.Vararg:
                self.emit(self.return_(self.name("λvarargs")))
            elif is_multiple(value):
                self.tail_call(value)
            else:
                self.emit(self.return_(self.expression(value)))
        else:
            self.emit(self.return_(self.tuple(self.ordered(self.argument_parts(values)))))

    def tail_call(self, node: n.Expression) -> None:
        """`return f(...)`: now and then the call is left to the caller, so that no stack is full of them (§3.4.10)."""
        call: Any = self.call_in_tail(node)
        calls: List[Any] = [call.body, call.orelse] if call.__class__ is ast.IfExp else [call]  # see `spread`
        if self.closing_depth or is_library_call(node) or any(way.__class__ is not ast.Call for way in calls):
            self.emit(self.return_(call))
            return
        function = self.keep(calls[0].func)
        for way in calls:
            way.func = function
            way.args = [
                self.starred(self.keep(value.value)) if value.__class__ is ast.Starred and way is call
                else value if value.__class__ is ast.Starred
                else self.copy(value) if self.is_volatile(value)
                else value
                for value in way.args
            ]  # fmt: skip
        arguments: ast.expr = self.tuple(calls[0].args)
        if call.__class__ is ast.IfExp:
            arguments = self.choose(call.test, arguments, self.tuple(calls[1].args))
        self.leave_call_now_and_then(function, arguments)
        self.emit(self.return_(call))

    def call_in_tail(self, node: n.Expression) -> ast.expr:
        """A call that is to be returned; where it is done in place, its value has been."""
        if node.__class__ is not n.MethodCall:
            return self.intrinsic(node, lambda results: results) or self.general_call(node)  # type: ignore[arg-type]
        done, call = self.method_ways(node)
        if done is not None:
            holds, value = done
            self.emit(self.if_(holds, [self.return_(value)]))
        return call

    def leave_call_now_and_then(self, function: ast.expr, arguments: ast.expr) -> None:
        turn = self.fresh()
        self.emit(self.for_(self.node(ast.Name, turn, STORE), self.name("λturns"), [self.break_()]))
        leave = self.both(self.name(turn), self.help("λis_lua", function, self.name("λglobals")))
        later = self.return_(self.tuple([self.name("λTAIL_CALL"), function, arguments]))
        self.emit(self.if_(leave, [later]))

    # ------------------------------------------------------------ control

    def do(self, statement: n.Do) -> None:
        self.body(statement.body)

    def if_statement(self, statement: n.If) -> None:
        self.clauses(statement.clauses, statement.otherwise)

    def clauses(self, clauses: List[Tuple[n.Expression, n.Block]], otherwise: Optional[n.Block]) -> None:
        if len(clauses) > LADDER:
            undecided = self.fresh()
            self.emit(self.assign(undecided, self.constant(False)))
            mark = self.assign(undecided, self.constant(True))
            self.clause_chain(clauses[:LADDER], lambda: [mark])
            outer, self.block = self.block, []
            self.clauses(clauses[LADDER:], otherwise)
            rest, self.block = self.block, outer
            self.emit(self.if_(self.name(undecided), rest))
            return
        self.clause_chain(clauses, lambda: [] if otherwise is None else self.inner(otherwise))

    def clause_chain(
        self, clauses: List[Tuple[n.Expression, n.Block]], otherwise: Callable[[], List[ast.stmt]]
    ) -> None:
        (test_node, block), *rest = clauses
        test = self.condition(test_node)
        body = self.inner(block)
        if rest:
            other = self.inner_statements(lambda: self.clause_chain(rest, otherwise))
        else:
            other = otherwise()
        self.emit(self.if_(test, body, other))

    # ------------------------------------------------------------ jumps

    def loop_body(self, block: n.Block, first: Optional[List[ast.stmt]] = None) -> Tuple[List[ast.stmt], Context]:
        """The body of a loop, and its context for `emit_loop`: a label at its end is where Python continues."""
        label = None
        for statement in reversed(block.statements):
            if statement.__class__ is not n.Label:
                break
            if statement.is_used:
                label = statement
        context = Context(continue_label=label)
        self.contexts.append(context)
        body = self.safe_point() + (first or []) + self.inner(block, label)
        self.contexts.pop()
        return body, context

    def emit_loop(self, loop: ast.stmt, context: Context) -> None:
        """Put out a Python loop, and after it what goes on with the jumps that left it for one further out."""
        if context.escapes:
            self.emit(self.assign("λjump", self.constant(0)))
        self.emit(loop)
        for number, target, act in context.escapes:
            test = self.compare(self.name("λjump"), ast.Eq(), self.constant(number))
            self.emit(self.if_(test, self.jump(target, act)))

    def jump(self, target: Context, act: Callable[[], List[ast.stmt]]) -> List[ast.stmt]:
        """What leads from here to a context around, and acts there."""
        innermost = self.contexts[-1]
        if innermost is target:
            return act()
        self.jumps += 1
        innermost.escapes.append((self.jumps, target, act))
        return [self.assign("λjump", self.constant(self.jumps)), self.break_()]

    def leave_loop(self) -> List[ast.stmt]:
        loop = next(context for context in reversed(self.contexts) if context.variable is None)
        return self.jump(loop, lambda: [self.break_()])

    def break_statement(self, statement: n.Break) -> None:
        for made in self.leave_loop():
            self.emit(made)

    def goto(self, statement: n.Goto) -> None:
        label = statement.target
        assert label is not None
        for context in reversed(self.contexts):
            if context.continue_label is label:
                statements = self.jump(context, lambda: [self.continue_()])
                break
            if label in context.segments:
                statements = self.jump(context, partial(self.enter, context, context.segments[label]))
                break
        for made in statements:
            self.emit(made)

    def enter(self, context: Context, segment: int) -> List[ast.stmt]:
        assert context.variable is not None
        return [self.assign(context.variable, self.constant(segment)), self.continue_()]

    # ------------------------------------------------------------ loops

    def while_statement(self, statement: n.While) -> None:
        before, test = self.apart(lambda: self.condition(statement.condition))
        # A `while True` that tests inside is what CPython specialises in code that runs but once.
        leave = self.if_(self.unary(ast.Not(), test), [self.break_()])
        if statement.condition.__class__ is n.Boolean and statement.condition.value:
            body, context = self.loop_body(statement.body)
        else:
            body, context = self.loop_body(statement.body, [*before, leave])
        self.emit_loop(self.while_(self.constant(True), body), context)

    def repeat(self, statement: n.Repeat) -> None:
        context = Context()
        statements = statement.body.statements
        if not (statements and statements[-1].__class__ in (n.Return, n.Break)):
            # The body's variables are in the condition's scope, to-be-closed ones as well.
            statements = [*statements, UntilCondition(statement.condition)]
        self.contexts.append(context)
        made = self.safe_point() + self.inner(n.Block(statements))
        self.contexts.pop()
        self.emit_loop(self.while_(self.constant(True), made), context)

    def until(self, statement: UntilCondition) -> None:
        self.place(statement.line)
        test = self.condition(statement.condition)
        self.emit(self.if_(test, self.leave_loop()))

    def numeric_for(self, statement: n.NumericFor) -> None:
        step = statement.step or n.Number(1, statement.line)
        start, limit, step_value = self.ordered(
            [
                lambda: self.expression(statement.start),
                lambda: self.expression(statement.limit),
                lambda: self.expression(step),
            ]
        )
        self.place(statement.line, statement)
        simple_step = is_small_literal(step) and step.__class__ is n.Number and step.value != 0
        if only(type_of(statement.start), INTEGER) and simple_step:
            if only(type_of(statement.limit), SMALL):
                bound = self.binary(limit, ast.Add(), self.constant(1))
            else:
                bound = self.help("λfor_bound", limit)
            arguments = [start, bound]
            if step.value != 1:  # type: ignore[attr-defined]
                arguments.append(step_value)
            values = self.help("λrange", *arguments)
        else:
            values = self.help("λfor_range", start, limit, step_value)
        filling = self.filling(statement)
        if filling is None:
            self.loop([statement.variable], values, statement.body)
            return
        values = self.keep(values)
        table, value = filling
        of_loop = value.__class__ is n.Name and value.declaration is statement.variable
        filled = self.help("λfill", self.expression(table), values, values if of_loop else self.expression(value))
        turn_by_turn = self.inner_statements(lambda: self.loop([statement.variable], values, statement.body))
        self.emit(self.if_(self.unary(ast.Not(), filled), turn_by_turn))

    def filling(self, statement: n.NumericFor) -> Any:
        """The table and the value of a loop that does nothing but `t[i] = value`, the same one every time, or `i`."""
        body: Any = statement.body.statements
        if len(body) != 1 or body[0].__class__ is not n.Assignment:
            return None
        targets, values = body[0].targets, body[0].values
        if len(targets) != 1 or len(values) != 1 or targets[0].__class__ is not n.Index:
            return None
        table, key, value = targets[0].object, targets[0].key, values[0]
        variable = statement.variable
        if key.__class__ is not n.Name or key.declaration is not variable:
            return None
        if table.__class__ is not n.Name or table.declaration in (None, variable):
            return None
        is_local = value.__class__ is n.Name and value.declaration is not None
        return (table, value) if is_local or value.__class__ in (n.Number, n.String, n.Boolean) else None

    def loop(
        self,
        variables: List[n.Declaration],
        values: ast.expr,
        block: n.Block,
        first: Optional[List[ast.stmt]] = None,
    ) -> None:
        """A Python `for`; `first` is to be done before the body in each turn."""
        before = first or []
        for variable in variables:
            if variable.is_cell:
                cell = self.list([self.name(variable.python_name)])
                before.append(self.assign(variable.python_name, cell))
        targets = [self.node(ast.Name, variable.python_name, STORE) for variable in variables]
        target = targets[0] if len(targets) == 1 else self.node(ast.Tuple, targets, STORE)
        place = self.line, self.column
        body, context = self.loop_body(block, before)
        self.line, self.column = place
        self.emit_loop(self.for_(target, values, body), context)

    def generic_for(self, statement: n.GenericFor) -> None:
        self.invokes = True
        variables = statement.variables
        if self.walk_of_table(statement):
            return
        if len(statement.values) == 1 and is_multiple(statement.values[0]):
            call = statement.values[0]
            results = self.name("λvarargs") if call.__class__ is n.Vararg else self.raw_call(call)
        else:
            results = self.tuple(self.ordered(self.argument_parts(statement.values)))
            call = results  # type: ignore[assignment]
        self.place(statement.line, statement)
        count = self.constant(len(variables))
        if is_call_of(call, ("pairs",)):  # which gives no fourth value
            self.loop(variables, self.help("λeach", results, count), statement.body)
            return
        steps, closing = self.fresh(), self.fresh()
        first: List[ast.stmt] = []
        if len(variables) == 1:
            self.emit(self.unpack([steps, closing], self.help("λeach_raw", results)))
            first = self.one_value(variables[0].python_name)
        else:
            self.emit(self.unpack([steps, closing], self.help("λeach_closing", results, count)))
        self.leave_through(
            self.name(closing),
            lambda: self.inner_statements(lambda: self.loop(variables, self.name(steps), statement.body, first)),
        )

    def walk_of_table(self, statement: n.GenericFor) -> bool:
        """The loop over `ipairs(t)` or `pairs(t)` by two variables, if a statement is one.

        The iterator is not asked for where the function is the library's and the table has no metatable.
        """
        variables = statement.variables
        call: Any = statement.values[0]
        if len(variables) != 2 or len(statement.values) != 1 or not is_call_of(call, ("ipairs", "pairs")):
            return False
        if len(call.arguments) != 1 or is_multiple(call.arguments[0]):
            return False
        name = call.function.name
        function, table = self.kept(call.function, call.arguments[0])
        self.place(call.line, call)
        called = self.invoke(function, [table])
        self.place(statement.line, statement)
        plain = self.both(self.is_original(function, (None, name)), self.is_kind(table, "λTable"))
        if name == "pairs":
            turns = self.choose(plain, self.help("λwalk", table), self.help("λeach", called, self.constant(2)))
            self.loop(variables, turns, statement.body)
            return True
        pairs, is_plain = self.fresh(), self.fresh()
        turns = self.choose(plain, self.help("λeach_item", table), self.help("λeach_indexed", called))
        self.emit(self.unpack([pairs, is_plain], turns))
        value = self.name(variables[1].python_name)
        stop = self.if_(self.both(self.compare(value, IS, self.constant(None)), self.name(is_plain)), [self.break_()])
        self.loop(variables, self.name(pairs), statement.body, [stop])
        return True

    def one_value(self, name: str) -> List[ast.stmt]:
        """Make of what a turn of a loop over a coroutine gave the one value of the loop's variable."""
        value = self.name(name)
        none = self.compare(value, IS, self.constant(None))
        several = self.compare(self.kind(value), IS, self.name("λtuple"))
        adjust = self.if_(several, [self.assign(name, self.help("λone", value))])
        return [self.if_(self.either(none, several), [adjust, self.if_(none, [self.break_()])])]


def generate(main: n.Function, marks: Marks, kind: Type[Generator] = Generator) -> Tuple[ast.Module, Resolution]:
    """The Python of a chunk, whose places go into `marks`, and what is known of it as a whole."""
    resolution = resolve(main, marks.chunk_name, marks.environment_is_variable)
    find_single_results(resolution.functions)
    infer(resolution.declarations)
    find_versions(resolution)
    infer(resolution.declarations)  # again, now that the results of versions are known
    generator = kind(resolution, marks)
    module = generator.chunk(main)
    reserve(generator.made * NODE_SIZE)
    return module, resolution
