"""Whose variable each name is, who captures and assigns it, and the errors that need to know (manual §3.3.4, §3.5).

The results stand on the nodes: see `Declaration`, `Name` and `Function` in `syntax.nodes`.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from ..errors import LuaSyntaxError
from ..limits import reserve
from ..syntax import nodes as n
from ..syntax.diagnosis import LOCAL_LIMIT, REGISTER_LIMIT
from .facts import is_small_literal

UPVALUE_LIMIT = 255

STATEMENT_SIZE = 300
"""About how many bytes it takes at least to know a statement, or a label."""


class Unresolved(Exception):
    """A jump, an assignment, or more locals or arguments than PUC-Rio's takes: `diagnosis` tells what it says of it."""


class Resolution:
    """What is true of a chunk as a whole."""

    def __init__(self) -> None:
        self.global_names: Dict[str, None] = {}
        self.field_names: Dict[str, None] = {}
        self.declarations: List[n.Declaration] = []
        self.functions: List[n.Function] = []
        self.calls: List[n.Call] = []  # those of a local variable, or of a global that is a function of the chunk's
        self.stores: List[Tuple[str, n.Expression]] = []  # the values that fields are given, by name
        self.environment: Optional[n.Declaration] = None


class Scope:
    """A block: the declarations visible in it, by name."""

    __slots__ = (
        "active", "closes", "first_active", "function", "gotos", "is_loop", "labels", "names", "outer",
    )  # fmt: skip

    def __init__(self, outer: Optional[Scope], function: n.Function, is_loop: bool, active: int) -> None:
        self.names: Dict[str, n.Declaration] = {}
        self.outer = outer
        self.function = function
        self.is_loop = is_loop
        # Whether something is to be closed when the block is left, as the fourth value of a generic `for` may be.
        self.closes: bool = outer is not None and outer.function is function and outer.closes
        self.active = self.first_active = active  # how many locals the function has here, and had at its start
        self.labels: Dict[str, Tuple[n.Label, int]] = {}  # with how many locals are active where it stands
        self.gotos: List[Tuple[n.Goto, int]] = []


def resolve(main: n.Function, chunk_name: str, environment_is_variable: bool) -> Resolution:
    """Fill in the nodes below `main`. With `environment_is_variable`, globals are fields of a variable `_ENV`."""
    return Resolver(chunk_name).resolve(main, environment_is_variable)


class Resolver:
    def __init__(self, chunk_name: str) -> None:
        self.chunk_name = chunk_name
        self.result = Resolution()
        self.function: n.Function = None  # type: ignore[assignment]
        self.scope: Scope = None  # type: ignore[assignment]
        self.loops = 0
        self.global_functions: Dict[str, n.Function] = {}  # those made once, on the way that every run takes

    def resolve(self, main: n.Function, environment_is_variable: bool) -> Resolution:
        if environment_is_variable:
            outermost = n.Function([], False, n.Block([]), 0, 0)
            self.function = outermost
            self.scope = Scope(None, outermost, False, 0)
            self.result.environment = self.declare(n.Declaration("_ENV", 0), None)
        self.visit_function(main)
        return self.result

    def error(self, line: int, message: str) -> LuaSyntaxError:
        return LuaSyntaxError(f"{self.chunk_name}:{line}: {message}")

    # ------------------------------------------------------------ scopes

    def open(self, is_loop: bool = False) -> None:
        active = self.scope.active if self.scope is not None and self.scope.function is self.function else 0
        self.scope = Scope(self.scope, self.function, is_loop, active)

    def close(self) -> None:
        scope = self.scope
        outer = scope.outer if scope.outer is not None and scope.outer.function is scope.function else None
        for goto, active in scope.gotos:
            label, label_active = scope.labels.get(goto.label, (None, 0))
            if label is None:
                if outer is None:
                    raise Unresolved
                outer.gotos.append((goto, min(active, scope.first_active)))
                continue
            if label_active > active:
                raise Unresolved
            goto.target = label
            label.is_used = True
        self.scope = scope.outer  # type: ignore[assignment]

    def declare(self, declaration: n.Declaration, source: Optional[n.Expression]) -> n.Declaration:
        declaration.owner = self.function
        declaration.in_loop = self.loops > 0
        declaration.sources.append(source)
        self.scope.names[declaration.name] = declaration
        self.scope.active += 1
        if self.scope.active > LOCAL_LIMIT:
            raise Unresolved
        self.result.declarations.append(declaration)
        return declaration

    def find(self, name: str) -> Optional[n.Declaration]:
        scope: Optional[Scope] = self.scope
        while scope is not None:
            declaration = scope.names.get(name)
            if declaration is not None:
                return declaration
            scope = scope.outer
        return None

    def capture(self, declaration: n.Declaration, line: int) -> None:
        """Every function between the use and the declaration passes the variable on."""
        declaration.captured = True
        function: Optional[n.Function] = self.function
        while function is not None and function is not declaration.owner:
            function.captures[declaration] = None
            if len(function.captures) > UPVALUE_LIMIT:
                raise self.error(
                    line, f"too many upvalues (limit is {UPVALUE_LIMIT}) in function at line {function.line}"
                )
            function = function.parent

    # ------------------------------------------------------------ statements

    def visit_function(self, function: n.Function) -> None:
        function.parent = self.function
        self.result.functions.append(function)
        outer_function, outer_loops = self.function, self.loops
        self.function, self.loops = function, 0
        self.open()
        for parameter in function.parameters:
            self.declare(parameter, None)
        self.visit_statements(function.body)
        self.close()
        self.function, self.loops = outer_function, outer_loops

    def visit_block(self, block: n.Block, is_loop: bool = False) -> None:
        self.open(is_loop)
        self.visit_statements(block)
        self.close()

    def visit_statements(self, block: n.Block, until: Optional[n.Expression] = None) -> None:
        """A block's statements; `until` is the condition of `repeat`, in whose sight the locals still are."""
        statements = block.statements
        reserve(len(statements) * STATEMENT_SIZE)
        end = len(statements)
        while end > 0 and statements[end - 1].__class__ is n.Label:
            end -= 1
        # A goto may come back to a label, so what follows one may be done many times, like the body of a loop.
        again = any(statement.__class__ is n.Label for statement in statements[:end])
        self.loops += again
        for position, statement in enumerate(statements):
            if statement.__class__ is n.Label:
                # At the end of a block, locals are taken to be out of scope already (manual §3.5).
                at_end = position >= end and until is None
                self.label(statement, self.scope.first_active if at_end else self.scope.active)
            else:
                STATEMENTS[statement.__class__](self, statement)
        if until is not None:
            self.expression(until)
        self.loops -= again

    def local(self, statement: n.Local) -> None:
        self.expressions(statement.values)
        for position, declaration in enumerate(statement.names):
            source = source_at(statement.values, position, declaration.line)
            self.declare(declaration, source)
            if isinstance(source, n.Function):
                declaration.function = source
            if declaration.attribute == "close":
                self.scope.closes = True
        # `localstat` takes only the last variable for a constant, and only where there are as many values.
        declaration.is_constant = declaration.attribute == "const" and len(statement.names) == len(statement.values)

    def local_function(self, statement: n.LocalFunction) -> None:
        declaration = self.declare(statement.name, statement.function)
        declaration.function = statement.function
        self.visit_function(statement.function)
        if declaration.in_loop and declaration in statement.function.captures:
            declaration.assigned = True  # the body must find a variable that holds it once it has been made

    def assignment(self, statement: n.Assignment) -> None:
        for target in statement.targets:
            self.expression(target)
            target.is_assigned = True
            if isinstance(target, n.Name) and target.declaration is not None:
                self.check_assignable(target)
        self.global_function(statement)
        self.expressions(statement.values)
        for position, target in enumerate(statement.targets):
            if not isinstance(target, n.Name):
                if target.key.__class__ is n.String and position < len(statement.values):
                    self.result.stores.append((target.key.value, statement.values[position]))
                continue
            if target.declaration is None:
                if target.environment is None:
                    self.function.globals_assigned[target.name] = None
            else:
                declaration = target.declaration
                declaration.assigned = True
                declaration.function = None
                declaration.escapes = True
                declaration.sources.append(source_at(statement.values, position, target.line))
                if declaration.owner is not self.function:
                    self.function.nonlocals[declaration] = None

    def global_function(self, statement: n.Assignment) -> None:
        """Note `function f() ... end` in the outermost block, unless a goto could lead around it."""
        target, value = statement.targets[0], statement.values[0]
        is_global = isinstance(target, n.Name) and target.declaration is None and target.environment is None
        is_certain = self.scope.outer is None and not self.loops and len(statement.targets) == 1
        if is_global and is_certain and isinstance(value, n.Function):
            self.global_functions[target.name] = value  # type: ignore[union-attr]

    def check_assignable(self, target: n.Name) -> None:
        if target.declaration is not None and target.declaration.attribute is not None:
            raise Unresolved

    def call_statement(self, statement: n.CallStatement) -> None:
        self.expression(statement.call)

    def do(self, statement: n.Do) -> None:
        self.visit_block(statement.body)

    def while_(self, statement: n.While) -> None:
        self.loops += 1  # the condition is evaluated anew each time, and may make functions
        self.expression(statement.condition)
        self.visit_block(statement.body, True)
        self.loops -= 1

    def repeat(self, statement: n.Repeat) -> None:
        self.loops += 1
        self.open(True)
        self.visit_statements(statement.body, statement.condition)
        self.close()
        self.loops -= 1

    def if_(self, statement: n.If) -> None:
        for condition, block in statement.clauses:
            self.expression(condition)
            self.visit_block(block)
        if statement.otherwise is not None:
            self.visit_block(statement.otherwise)

    def numeric_for(self, statement: n.NumericFor) -> None:
        self.expression(statement.start)
        self.expression(statement.limit)
        if statement.step is not None:
            self.expression(statement.step)
        self.loops += 1
        self.open(True)
        self.declare(statement.variable, statement.start)
        statement.variable.is_number = True
        if statement.step is not None:
            statement.variable.sources.append(statement.step)
            if not is_small_literal(statement.step):
                statement.variable.sources.append(n.Number(2**40, statement.line))  # it may grow fast
        self.visit_statements(statement.body)
        self.close()
        self.loops -= 1

    def generic_for(self, statement: n.GenericFor) -> None:
        self.expressions(statement.values)
        self.loops += 1
        self.open(True)
        self.scope.closes = True
        for declaration in statement.variables:
            self.declare(declaration, None)
        self.visit_statements(statement.body)
        self.close()
        self.loops -= 1

    def return_(self, statement: n.Return) -> None:
        self.expressions(statement.values)
        self.function.returns.append(statement)
        if len(statement.values) == 1 and isinstance(statement.values[0], (n.Call, n.MethodCall)):
            statement.values[0].is_tail = not self.scope.closes

    def break_(self, _: n.Break) -> None:
        scope: Optional[Scope] = self.scope
        while scope is not None and scope.function is self.function:
            if scope.is_loop:
                return
            scope = scope.outer
        raise Unresolved

    def goto(self, statement: n.Goto) -> None:
        self.scope.gotos.append((statement, self.scope.active))

    def label(self, statement: n.Label, active: int) -> None:
        scope: Optional[Scope] = self.scope
        while scope is not None and scope.function is self.function:
            if statement.name in scope.labels:
                raise Unresolved
            scope = scope.outer
        self.scope.labels[statement.name] = statement, active

    # ------------------------------------------------------------ expressions

    def expressions(self, expressions: List[n.Expression]) -> None:
        for expression in expressions:
            self.expression(expression)

    def expression(self, expression: n.Expression) -> None:
        visit = EXPRESSIONS.get(expression.__class__)
        if visit is not None:
            visit(self, expression)

    def name(self, name: n.Name) -> None:
        declaration = self.find(name.name)
        if declaration is None:
            environment = self.find("_ENV")
            if environment is None:
                self.result.global_names[name.name] = None
            else:
                name.environment = n.Name("_ENV", name.line)
                self.name(name.environment)
                self.field(name.name)
            return
        name.declaration = declaration
        declaration.escapes = True
        if declaration.owner is not self.function:
            name.is_upvalue = True
            self.capture(declaration, name.line)

    def field(self, name: str) -> None:
        self.result.field_names[name] = None

    def index(self, expression: n.Index) -> None:
        self.expression(expression.object)
        if expression.key.__class__ is n.String:
            self.field(expression.key.value)
        else:
            self.expression(expression.key)

    def call(self, expression: n.Call) -> None:
        function = expression.function
        if isinstance(function, n.Name):
            declaration = self.find(function.name)
            escapes = declaration is not None and declaration.escapes
            self.name(function)
            if declaration is not None:
                declaration.escapes = escapes
            elif function.environment is None:
                expression.expected = self.global_functions.get(function.name)
            if declaration is not None or expression.expected is not None:
                self.result.calls.append(expression)
        else:
            self.expression(function)
        self.arguments(expression.arguments, 1)

    def arguments(self, arguments: List[n.Expression], registers: int) -> None:
        if self.scope.active + registers + len(arguments) >= REGISTER_LIMIT:
            raise Unresolved
        self.expressions(arguments)

    def method_call(self, expression: n.MethodCall) -> None:
        self.field(expression.name)
        self.expression(expression.object)
        self.arguments(expression.arguments, 2)

    def unary(self, expression: n.Unary) -> None:
        self.expression(expression.operand)

    def binary(self, expression: n.Binary) -> None:
        spine: n.Expression = expression
        rights = []
        while spine.__class__ is n.Binary:  # a chain of thousands of operators leans to the left
            rights.append(spine.right)
            spine = spine.left
        self.expression(spine)
        for right in reversed(rights):
            self.expression(right)

    def operands(self, expression: n.Expression) -> None:
        self.expressions(expression.operands)  # type: ignore[attr-defined]

    def parenthesis(self, expression: n.Parenthesis) -> None:
        self.expression(expression.expression)

    def table(self, expression: n.TableConstructor) -> None:
        for key, value in expression.fields:
            if key.__class__ is n.String:
                self.result.stores.append((key.value, value))
            if key is not None:
                if key.__class__ is n.String:
                    self.field(key.value)
                else:
                    self.expression(key)
            self.expression(value)


def source_at(values: List[n.Expression], position: int, line: int) -> Optional[n.Expression]:
    """The expression that gives the value at `position` of a list, or None where a call or `...` may give it."""
    if position < len(values):
        last = position == len(values) - 1
        value = values[position]
        if last and value.__class__ in (n.Call, n.MethodCall, n.Vararg):
            return n.Parenthesis(value, line)
        return value
    if values and values[-1].__class__ in (n.Call, n.MethodCall, n.Vararg):
        return None
    return n.Nil(line)


STATEMENTS: Dict[Any, Callable[[Resolver, Any], None]] = {
    n.Local: Resolver.local,
    n.LocalFunction: Resolver.local_function,
    n.Assignment: Resolver.assignment,
    n.CallStatement: Resolver.call_statement,
    n.Do: Resolver.do,
    n.While: Resolver.while_,
    n.Repeat: Resolver.repeat,
    n.If: Resolver.if_,
    n.NumericFor: Resolver.numeric_for,
    n.GenericFor: Resolver.generic_for,
    n.Return: Resolver.return_,
    n.Break: Resolver.break_,
    n.Goto: Resolver.goto,
}

EXPRESSIONS: Dict[Any, Callable[[Resolver, Any], None]] = {
    n.Name: Resolver.name,
    n.Index: Resolver.index,
    n.Call: Resolver.call,
    n.MethodCall: Resolver.method_call,
    n.Unary: Resolver.unary,
    n.Binary: Resolver.binary,
    n.Logical: Resolver.operands,
    n.Concat: Resolver.operands,
    n.Parenthesis: Resolver.parenthesis,
    n.TableConstructor: Resolver.table,
    n.Function: Resolver.visit_function,
}
