"""What a chunk is made of once it has been read: plain nodes, one class for each construct of the manual's §3.

A node holds what the text says and the line it says it on; the fields that `compiler.resolve` fills in are
named in `Declaration`, `Name`, `Function` and the loops, and start out empty.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple, Union


class Node:
    """A construct, and the line of the source that names it in messages."""

    __slots__ = ("line",)
    line: int


class Expression(Node):
    """A construct that has a value."""

    __slots__ = ()


class Statement(Node):
    """A construct that is executed."""

    __slots__ = ()


# ---------------------------------------------------------------- expressions


class Nil(Expression):
    __slots__ = ()

    def __init__(self, line: int) -> None:
        self.line = line


class Boolean(Expression):
    __slots__ = ("value",)

    def __init__(self, value: bool, line: int) -> None:
        self.value = value
        self.line = line


class Number(Expression):
    """A numeral: a Python int (already wrapped to 64 bits) or a float."""

    __slots__ = ("value",)

    def __init__(self, value: Union[int, float], line: int) -> None:
        self.value = value
        self.line = line


class String(Expression):
    """A literal string with its escapes resolved, one character a byte."""

    __slots__ = ("value",)

    def __init__(self, value: str, line: int) -> None:
        self.value = value
        self.line = line


class Vararg(Expression):
    __slots__ = ()

    def __init__(self, line: int) -> None:
        self.line = line


class Name(Expression):
    """A name in use. Resolved: its declaration, or None for a global; whether another function declares it; for a
    global of a chunk whose `_ENV` is a variable, that variable; and whether it is what is assigned."""

    __slots__ = ("name", "declaration", "is_upvalue", "environment", "is_assigned")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.declaration: Optional[Declaration] = None
        self.is_upvalue = False
        self.environment: Optional[Name] = None
        self.is_assigned = False


class Index(Expression):
    """`object[key]`; `object.name` has a String key.

    The line is that of the end of the key, or of what comes after it: PUC-Rio reads a field when it knows what for.
    A field that is assigned (`is_assigned`, once that is resolved) has the line on which the statement ends.
    """

    __slots__ = ("object", "key", "is_assigned")

    def __init__(self, object: Expression, key: Expression, line: int) -> None:
        self.object = object
        self.key = key
        self.line = line
        self.is_assigned = False


class Call(Expression):
    """`function(arguments)`. The line is that of the opening bracket (or of the string or table argument).

    Resolved: the function of the chunk that a global so called probably is.
    """

    __slots__ = ("function", "arguments", "expected", "is_tail")

    def __init__(self, function: Expression, arguments: List[Expression], line: int) -> None:
        self.function = function
        self.arguments = arguments
        self.line = line
        self.expected: Optional[Function] = None
        self.is_tail = False  # whether it takes the place of the function it is in (manual §3.4.10)


class MethodCall(Expression):
    """`object:name(arguments)`."""

    __slots__ = ("object", "name", "arguments", "is_tail")

    def __init__(self, object: Expression, name: str, arguments: List[Expression], line: int) -> None:
        self.object = object
        self.name = name
        self.arguments = arguments
        self.line = line
        self.is_tail = False


class Unary(Expression):
    """`- not # ~` and an operand."""

    __slots__ = ("operator", "operand")

    def __init__(self, operator: str, operand: Expression, line: int) -> None:
        self.operator = operator
        self.operand = operand
        self.line = line


class Binary(Expression):
    """Two operands and an operator other than `..`, `and` and `or`.

    The line is that of the operator; that of a comparison is where its right operand ends.
    """

    __slots__ = ("operator", "left", "right")

    def __init__(self, operator: str, left: Expression, right: Expression, line: int) -> None:
        self.operator = operator
        self.left = left
        self.right = right
        self.line = line


class Logical(Expression):
    """A chain of one of `and`, `or`: two operands or more, flat."""

    __slots__ = ("operator", "operands")

    def __init__(self, operator: str, operands: List[Expression], line: int) -> None:
        self.operator = operator
        self.operands = operands
        self.line = line


class Concat(Expression):
    """A chain of `..`: two operands or more, flat, in the order of the text. The line is that of the last `..`."""

    __slots__ = ("operands",)

    def __init__(self, operands: List[Expression], line: int) -> None:
        self.operands = operands
        self.line = line


class Parenthesis(Expression):
    """`(expression)`, kept only where it matters: around a call or `...`, which it cuts to one value."""

    __slots__ = ("expression",)

    def __init__(self, expression: Expression, line: int) -> None:
        self.expression = expression
        self.line = line


class TableConstructor(Expression):
    """`{...}`: fields in order, a None key marking a positional one."""

    __slots__ = ("fields",)

    def __init__(self, fields: List[Tuple[Optional[Expression], Expression]], line: int) -> None:
        self.fields = fields
        self.line = line


class Declaration(Node):
    """A local variable or parameter where it is declared.

    Resolved: the function that owns it; whether an inner function uses it (`captured`), whether anything but its
    declaration assigns it, whether a loop makes it anew (`in_loop`), what it is assigned (`sources`, None standing
    for a value that nothing is known of), whether it is used other than by calling it (`escapes`), the function that
    it always is, its name in Python, the types of value it can hold (`facts`), whether each turn of a loop needs a cell
    of its own for it, whether it counts a numeric loop, and whether PUC-Rio's compiler puts its value in its place, if
    it is a simple one (`is_constant`).
    """

    __slots__ = (
        "name", "attribute", "owner", "captured", "assigned", "in_loop", "sources", "escapes", "function",
        "python_name", "type", "is_cell", "is_number", "is_constant",
    )  # fmt: skip

    def __init__(self, name: str, line: int, attribute: Optional[str] = None) -> None:
        self.name = name
        self.line = line
        self.attribute = attribute
        self.owner: Optional[Function] = None
        self.captured = False
        self.assigned = False
        self.in_loop = False
        self.sources: List[Optional[Expression]] = []
        self.escapes = False
        self.function: Optional[Function] = None
        self.python_name = name
        self.type = 0
        self.is_cell = False
        self.is_number = False
        self.is_constant = False


class Function(Expression):
    """A function body. `name` is what messages call it, as far as the text tells: `f`, `t.f`, `t:f` or None.

    Resolved: the function around it, the variables of functions around it that it uses (`captures`) and those that it
    assigns itself, the globals that it assigns, its return statements, and whether it always returns one value.
    """

    __slots__ = (
        "parameters", "is_vararg", "body", "end_line", "name", "parent", "captures", "nonlocals", "globals_assigned",
        "returns", "single", "version",
    )  # fmt: skip

    def __init__(
        self,
        parameters: List[Declaration],
        is_vararg: bool,
        body: Block,
        line: int,
        end_line: int,
        name: Optional[str] = None,
    ) -> None:
        self.parameters = parameters
        self.is_vararg = is_vararg
        self.body = body
        self.line = line
        self.end_line = end_line
        self.name = name
        self.parent: Optional[Function] = None
        self.captures: Dict[Declaration, None] = {}
        self.nonlocals: Dict[Declaration, None] = {}
        self.globals_assigned: Dict[str, None] = {}
        self.returns: List[Return] = []
        self.single = False
        self.version: Any = None  # how it is put out for integer arguments: a `compiler.versions.Version`


# ---------------------------------------------------------------- statements


class Block:
    """Statements in order; a `return` can only be the last."""

    __slots__ = ("statements",)

    def __init__(self, statements: List[Statement]) -> None:
        self.statements = statements


class Local(Statement):
    """`local names = values`. The line is the one on which the statement ends."""

    __slots__ = ("names", "values")

    def __init__(self, names: List[Declaration], values: List[Expression], line: int) -> None:
        self.names = names
        self.values = values
        self.line = line


class LocalFunction(Statement):
    __slots__ = ("name", "function")

    def __init__(self, name: Declaration, function: Function, line: int) -> None:
        self.name = name
        self.function = function
        self.line = line


class Assignment(Statement):
    """`targets = values`; targets are Names and Indexes. `function a.b:c()` is one with a Function value."""

    __slots__ = ("targets", "values")

    def __init__(self, targets: Sequence[Union[Name, Index]], values: List[Expression], line: int) -> None:
        self.targets = targets
        self.values = values
        self.line = line


class CallStatement(Statement):
    __slots__ = ("call",)

    def __init__(self, call: Union[Call, MethodCall], line: int) -> None:
        self.call = call
        self.line = line


class Do(Statement):
    __slots__ = ("body",)

    def __init__(self, body: Block, line: int) -> None:
        self.body = body
        self.line = line


class While(Statement):
    __slots__ = ("condition", "body")

    def __init__(self, condition: Expression, body: Block, line: int) -> None:
        self.condition = condition
        self.body = body
        self.line = line


class Repeat(Statement):
    """`repeat body until condition`: the condition sees the body's locals."""

    __slots__ = ("body", "condition")

    def __init__(self, body: Block, condition: Expression, line: int) -> None:
        self.body = body
        self.condition = condition
        self.line = line


class If(Statement):
    """`if`, any number of `elseif`, and an `else` or None."""

    __slots__ = ("clauses", "otherwise")

    def __init__(self, clauses: List[Tuple[Expression, Block]], otherwise: Optional[Block], line: int) -> None:
        self.clauses = clauses
        self.otherwise = otherwise
        self.line = line


class NumericFor(Statement):
    """`for variable = start, limit, step`. The line is that of `do`."""

    __slots__ = ("variable", "start", "limit", "step", "body")

    def __init__(
        self,
        variable: Declaration,
        start: Expression,
        limit: Expression,
        step: Optional[Expression],
        body: Block,
        line: int,
    ) -> None:
        self.variable = variable
        self.start = start
        self.limit = limit
        self.step = step
        self.body = body
        self.line = line


class GenericFor(Statement):
    """`for variables in values`. The line is that of the first value."""

    __slots__ = ("variables", "values", "body")

    def __init__(self, variables: List[Declaration], values: List[Expression], body: Block, line: int) -> None:
        self.variables = variables
        self.values = values
        self.body = body
        self.line = line


class Return(Statement):
    __slots__ = ("values",)

    def __init__(self, values: List[Expression], line: int) -> None:
        self.values = values
        self.line = line


class Break(Statement):
    __slots__ = ()

    def __init__(self, line: int) -> None:
        self.line = line


class Goto(Statement):
    """`goto label`; resolved, `target` is the label that it means."""

    __slots__ = ("label", "target")

    def __init__(self, label: str, line: int) -> None:
        self.label = label
        self.line = line
        self.target: Optional[Label] = None


class Label(Statement):
    """`::name::`; resolved, whether a goto means it."""

    __slots__ = ("name", "is_used")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.is_used = False
