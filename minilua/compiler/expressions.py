"""Expressions: each becomes one Python expression, and statements before it where it needs them.

A statement put before an expression must not overtake what Lua evaluates earlier, so operands are compiled in order
(`ordered`), and those that came first are kept in temporaries once a later one puts out a statement.
"""

from __future__ import annotations

import ast
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from .. import limits
from ..syntax import nodes as n
from ..values.globals import global_key, original
from .facts import (
    BOOLEAN,
    FLOAT,
    FUNCTION,
    INTEGER,
    LARGE,
    NIL,
    NUMBER,
    SMALL,
    STRING,
    TABLE,
    binary_type,
    known_function,
    only,
    passes_integers,
    type_of,
)  # fmt: skip
from .intrinsics import COUNT, RULES, Key, Way, intrinsic_key
from .marks import Marks
from .operators import AT_MOST, IS, IS_NOT, PYTHON_ARITHMETIC, OperatorEmitter, is_simple

STRING_ATTRIBUTES = frozenset(dir(str))
"""Names that a string answers in Python: a field of one of these names is never read without asking first."""

NUMBER_ATTRIBUTES = frozenset(dir(int)) | frozenset(dir(float)) | frozenset(dir(complex)) | {
    "bit_count", "from_number", "is_integer",  # of later versions
}  # fmt: skip

MULTIPLE = (n.Call, n.MethodCall, n.Vararg)

LARGEST_COPY = 10_000
"""Strings of up to as many bytes are copied in place where memory is counted."""

COMPARISONS = ("<", "<=", ">", ">=")

LONG_CHAIN = 40
"""Operators of one chain in one Python expression: CPython's compiler recurses."""


def is_attribute(name: str) -> bool:
    """Whether a constant field may be read and written as an attribute of the table."""
    return name.isidentifier() and name.isascii() and name[:2] != "__" and name not in NUMBER_ATTRIBUTES


def is_call(expression: Optional[n.Expression]) -> bool:
    return expression.__class__ is n.Call or expression.__class__ is n.MethodCall


def is_multiple(expression: n.Expression) -> bool:
    return expression.__class__ in MULTIPLE


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


class ExpressionEmitter(OperatorEmitter):
    def __init__(self, marks: Marks) -> None:
        super().__init__(marks)
        self.function: n.Function = None  # type: ignore[assignment]
        # Variables, never assigned again, that are certainly tables here: indexed before on every way that leads here.
        self.indexed: Set[n.Declaration] = set()
        self.volatile: Dict[str, n.Declaration] = {}  # the variables that inner functions assign, by Python names
        self.evaluated: Dict[n.Expression, ast.expr] = {}  # operands that variables already hold
        self.rules: Dict[type, Callable[[Any], ast.expr]] = {
            n.Nil: lambda node: self.constant(None),
            n.Boolean: lambda node: self.constant(node.value),
            n.Number: lambda node: self.constant(node.value),
            n.String: lambda node: self.constant(node.value),
            n.Vararg: self.first_vararg,
            n.Name: self.variable,
            n.Index: self.index,
            n.Call: self.single_call,
            n.MethodCall: self.single_call,
            n.Unary: self.unary_operator,
            n.Binary: self.binary_operator,
            n.Logical: self.logical,
            n.Concat: self.concat,
            n.Parenthesis: lambda node: self.expression(node.expression),
            n.TableConstructor: self.table,
            n.Function: self.function_value,
        }

    # ------------------------------------------------------------ order

    def expression(self, node: n.Expression) -> ast.expr:
        """One value."""
        if node in self.evaluated:
            return self.evaluated[node]
        return self.rules[node.__class__](node)

    def ordered(self, parts: List[Callable[[], ast.expr]], copying: Optional[bool] = True) -> List[ast.expr]:
        """Values evaluated one after the other; `copying`, a variable has the value that it has in its turn.

        Otherwise it has the one that it has after all of them, as operands of PUC-Rio's operators do, which are the
        registers of the variables themselves. Variables of other functions have been copied to registers by then
        (GETUPVAL), and `copying` says None where they are not: the table whose field is set (SETTABUP).
        """
        values: List[ast.expr] = []
        for part in parts:
            start, effects = len(self.block), self.effects
            value = part()
            if self.effects != effects:
                for position, earlier in enumerate(values):
                    if (
                        not is_simple(earlier) or self.changes(earlier, copying)
                    ) and earlier.__class__ is not ast.Starred:
                        name = self.fresh()
                        self.block.insert(start, self.assign(name, earlier))
                        start += 1
                        values[position] = self.name(name)
                    elif earlier.__class__ is ast.Starred and not is_simple(earlier.value):
                        name = self.fresh()
                        self.block.insert(start, self.assign(name, earlier.value))
                        start += 1
                        values[position] = self.starred(self.name(name))
            values.append(value)
        return values

    def settled(self, values: List[ast.expr], copying: Optional[bool]) -> List[ast.expr]:
        """Values that `ordered` gave, so that those used more than once, or late, are as if evaluated in order."""
        last = max((position for position, value in enumerate(values) if not is_simple(value)), default=0)
        if not any(self.changes(value, copying) for value in values[:last]):
            return values
        return [
            *(self.copy(value) if self.changes(value, copying) else self.keep(value) for value in values[:last]),
            *values[last:],
        ]

    def changes(self, value: ast.expr, copying: Optional[bool] = True) -> bool:
        """Whether a value is a variable that a function called next could assign, and is wanted as it is now."""
        if value.__class__ is not ast.Name or copying is None:
            return False
        shared = self.volatile.get(value.id)
        return shared is not None and (copying or shared.owner is not self.function)

    def is_volatile(self, value: ast.expr) -> bool:
        """Whether what is evaluated next could change a value: a variable, if a function inside assigns it."""
        return not is_simple(value) or self.changes(value)

    def apart(self, part: Callable[[], ast.expr]) -> Tuple[List[ast.stmt], ast.expr]:
        """Compile what is evaluated only sometimes: its statements apart from the block."""
        outer, self.block = self.block, []
        effects, indexed = self.effects, set(self.indexed)
        value = part()
        statements, self.block = self.block, outer
        self.effects = effects
        self.indexed = indexed
        return statements, value

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

    # ------------------------------------------------------------ indexing

    def is_indexed(self, node: n.Expression) -> bool:
        """Whether a value is a variable that has been indexed before."""
        return node.__class__ is n.Name and node.declaration in self.indexed

    def is_string_free(self, node: n.Expression) -> bool:
        """Whether a value is certainly no string, as far as indexing goes."""
        return self.is_indexed(node) or not type_of(node) & STRING

    def note_indexed(self, node: n.Expression) -> None:
        """The value has just been indexed without an error, and not as a string."""
        if node.__class__ is n.Name:
            declaration = node.declaration
            if declaration is not None and not declaration.assigned:
                self.indexed.add(declaration)

    def index(self, node: n.Index) -> ast.expr:
        if node.key.__class__ is n.String:
            object = self.expression(node.object)
            return self.field(object, node.key.value, node, node.object)
        parts: List[Callable[[], ast.expr]] = [lambda: self.expression(node.object), lambda: self.expression(node.key)]
        object, key = self.ordered(parts, None)
        return self.element(object, key, type_of(node.key), self.is_natural(node.key), node)

    def field(self, object: ast.expr, name: str, node: n.Expression, object_node: n.Expression) -> ast.expr:
        self.place(node.line, node)
        if not is_attribute(name):
            return self.help("λindex", object, self.constant(name))
        if self.fields_need_no_test and name not in STRING_ATTRIBUTES and self.is_string_free(object_node):
            self.note_indexed(object_node)
            return self.attribute(object, name)
        first, again = self.once(object)
        return self.choose(
            self.is_plain(first), self.attribute(again, name), self.help("λindex", again, self.constant(name))
        )

    @property
    def fields_need_no_test(self) -> bool:
        """Whether a field of what is certainly no string may be read as an attribute."""
        return not self.careful

    def is_plain(self, object: ast.expr) -> ast.expr:
        """Whether the attributes of a value are the fields that Lua finds."""
        if self.careful:
            return self.is_kind(object, "λTable")
        return self.compare(self.kind(object), IS_NOT, self.name("λstr"))

    def element(self, object: ast.expr, key: ast.expr, key_type: int, natural: bool, node: n.Expression) -> ast.expr:
        """`object[key]`: the array part first, and all else, errors as well, by the operator in full."""
        object, key = self.keep(object), self.keep(key)
        self.place(node.line, node)
        full = self.help("λindex", object, key)
        is_text = only(key_type, STRING)
        if not key_type & INTEGER and not is_text:
            return full
        result = self.fresh()
        hashed = self.call(self.attribute(self.attribute(object, "λhash"), "get"), [key])
        read = hashed if is_text else self.item(self.attribute(object, "λarray"), key)
        tests = []
        if not only(key_type, INTEGER) and not is_text:
            tests.append(self.is_kind(key, "λint"))
        if not natural and not is_text:
            tests.append(self.compare(key, ast.GtE(), self.constant(0)))
        if tests:
            otherwise: ast.expr = self.constant(None)
            if not only(key_type, INTEGER):
                otherwise = self.choose(self.is_kind(key, "λstr"), hashed, otherwise)
            read = self.choose(self.both(*tests), read, otherwise)
        self.emit(self.attempt([self.assign(result, read)], "λunindexed", [self.assign(result, self.constant(None))]))
        absent = self.compare(self.name(result), IS, self.constant(None))
        if is_text:  # a table without a metatable has no more to say
            absent = self.both(absent, self.compare(self.kind(object), IS_NOT, self.name("λTable")))
        self.emit(self.if_(absent, [self.assign(result, full)]))
        return self.name(result)

    def is_natural(self, node: n.Expression) -> bool:
        """Whether an integer expression is certainly not negative."""
        if node.__class__ is n.Number:
            return node.value.__class__ is int and node.value >= 0
        if node.__class__ is n.Name:
            declaration = node.declaration
            if declaration is None or not only(declaration.type, INTEGER) or not declaration.is_number:
                return False
            return not declaration.assigned and all(
                source is not None and self.is_natural(source) for source in declaration.sources
            )
        if node.__class__ is n.Binary:
            left, right = node.left, node.right
            if node.operator == "+":
                return self.is_natural(left) and self.is_natural(right) and only(type_of(node), INTEGER)
            if node.operator == "%":
                return self.is_natural(right) and only(type_of(node), INTEGER)
        return False

    # ------------------------------------------------------------ calls

    def single_call(self, node: Any) -> ast.expr:
        """A call adjusted to one result."""
        if node.__class__ is n.MethodCall:
            return self.method_call(node, self.first_result)
        if node.__class__ is n.Call:
            done = self.intrinsic(node, self.first_result)
            if done is not None:
                return done
        raw = self.raw_call(node)
        return raw if self.returns_one(node) else self.first_result(raw)

    def first_result(self, raw: ast.expr) -> ast.expr:
        first, again = self.once(raw)
        return self.choose(
            self.compare(self.kind(first), IS_NOT, self.name("λtuple")), again, self.help("λfirst", again)
        )

    def returns_one(self, node: n.Expression) -> bool:
        if node.__class__ is not n.Call:
            return False
        known = known_function(node.function)
        return known is not None and known.single

    def raw_call(self, node: Any) -> ast.expr:
        """A call with all that it returns: one value bare, none or several as a tuple."""
        if node.__class__ is n.MethodCall:
            return self.method_call(node, lambda results: results)
        done = self.intrinsic(node, lambda results: results)
        if done is not None:
            return done
        known = known_function(node.function)
        if known is not None and self.calls_version(node, known):
            values = self.exact_arguments(node.arguments, len(known.parameters))
            values += [self.constant(None)] * (len(known.parameters) - len(values))
            self.place(node.line, node)
            return self.invoke(self.name(known.version.python_name), values)
        if known is not None and not self.takes_any(known, node.function):
            values = self.exact_arguments(node.arguments, len(known.parameters))
            function = self.expression(node.function)
        else:
            last = node.arguments[-1] if node.arguments else None
            parts = self.argument_parts(node.arguments)
            spreads = is_call(last) and not self.returns_one(last)  # type: ignore[arg-type]
            if spreads:
                parts[-1] = lambda: self.raw_call(last)
            function, *values = self.ordered([lambda: self.expression(node.function), *parts])
            if spreads:
                return self.spread(node, function, values)
        self.place(node.line, node)
        return self.invoke(function, values)

    def intrinsic(self, node: n.Call, adjust: Callable[[ast.expr], ast.expr]) -> Optional[ast.expr]:
        """A call of a library function that is done in place, if the function is still the library's.

        What the call returns where it is not is for `adjust` to make a value of.
        """
        key = intrinsic_key(node)
        arguments = node.arguments
        if (
            key == COUNT
            and len(arguments) == 2
            and arguments[0].__class__ is n.String
            and arguments[0].value == "#"
            and arguments[1].__class__ is n.Vararg
        ):
            function = self.keep(self.expression(node.function))
            self.place(node.line, node)
            values = [self.constant("#"), self.starred(self.name("λvarargs"))]
            count = self.help("λlen", self.name("λvarargs"))
            return self.choose(self.is_original(function, key), count, adjust(self.invoke(function, values)))
        rule = None if key is None else RULES.get((key, len(arguments)))
        if key is None or rule is None or is_multiple(arguments[-1]):
            return None  # a last argument of several values is more arguments, or none
        parts = (node.function, *arguments)
        evaluate: List[Callable[..., ast.expr]] = [lambda part=part: self.expression(part) for part in parts]
        function, *values = [self.keep(value) for value in self.settled(self.ordered(evaluate), True)]
        self.place(node.line, node)
        holds, value = rule(self, *values)
        called = adjust(self.invoke(function, values))
        return self.choose(self.both(self.is_original(function, key), holds), value, called)

    def is_text(self, value: ast.expr) -> List[ast.expr]:
        """The tests of a string of which a copy may be made: not an enormous one, where memory is counted."""
        tests = [self.is_kind(value, "λstr")]
        if self.marks.mechanism:
            tests.append(self.compare(self.help("λlen", value), AT_MOST, self.constant(LARGEST_COPY)))
        return tests

    def before(self, place: ast.expr) -> ast.expr:
        """Python's index of a place that is counted from 1."""
        if place.__class__ is ast.Constant and place.value.__class__ is int:
            return self.constant(place.value - 1)
        return self.binary(place, ast.Sub(), self.constant(1))

    def is_original(self, function: ast.expr, key: Key) -> ast.expr:
        return self.compare(function, IS, self.name(original(*key)))

    def spread(self, node: n.Call, function: ast.expr, values: List[ast.expr]) -> ast.expr:
        """A call whose last argument is all that another call returned, which is one value mostly."""
        *firsts, last = values
        if any(map(self.is_volatile, [function, *firsts])):
            function, *firsts = [self.copy(value) for value in (function, *firsts)]
        last = self.keep(last)
        self.place(node.line, node)
        several = self.invoke(function, [*firsts, self.starred(self.help("λmany", last))])
        return self.choose(self.is_kind(last, "λtuple"), several, self.invoke(function, [*firsts, last]))

    def calls_version(self, node: n.Call, known: n.Function) -> bool:
        """Whether a call may go to a function's version for integers at once."""
        version = known.version
        if version is None or not version.is_function or not version.python_name:
            return False
        if node.arguments and is_multiple(node.arguments[-1]) and not self.returns_one(node.arguments[-1]):
            return False
        return passes_integers(node, version) is True

    def invoke(self, function: ast.expr, values: List[ast.expr]) -> ast.expr:
        """A call of a Lua value."""
        if function.__class__ is ast.Constant:  # Python's compiler would warn
            name = self.fresh()
            self.emit(self.assign(name, function))
            function = self.name(name)
        return self.call(self.callee(function), values)

    def callee(self, function: ast.expr) -> ast.expr:
        """What Python calls where Lua calls a value."""
        return self.help("λcallable", function) if self.careful else function

    def takes_any(self, function: n.Function, name: Any) -> bool:
        """Whether a function takes any number of arguments: it may be called from out of sight."""
        return function.is_vararg or name.declaration.escapes

    def argument_parts(self, arguments: List[n.Expression]) -> List[Callable[[], ast.expr]]:
        parts: List[Callable[[], ast.expr]] = []
        for position, argument in enumerate(arguments):
            if position == len(arguments) - 1 and is_multiple(argument) and not self.returns_one(argument):
                parts.append(lambda argument=argument: self.starred(self.many(argument)))  # type: ignore[misc]
            else:
                parts.append(lambda argument=argument: self.expression(argument))  # type: ignore[misc]
        return parts

    def exact_arguments(self, arguments: List[n.Expression], count: int) -> List[ast.expr]:
        """The arguments of a function that takes `count` and no more."""
        parts = self.argument_parts(arguments)
        if arguments and is_multiple(arguments[-1]) and not self.returns_one(arguments[-1]):
            last, missing = arguments[-1], count - len(arguments) + 1
            parts[-1] = lambda: self.starred(self.adjusted(last, missing)) if missing > 0 else self.expression(last)
        values = self.ordered(parts)
        if len(values) > count:
            values, extra = [self.keep(value) for value in values[:count]], values[count:]
            for value in extra:
                if not is_simple(value):
                    self.emit(self.perform(value))
        return values

    def many(self, node: n.Expression) -> ast.expr:
        """All values of a call or `...`, as a tuple."""
        if node.__class__ is n.Vararg:
            return self.name("λvarargs")
        return self.help("λmany", self.raw_call(node))

    def adjusted(self, node: n.Expression, count: int) -> ast.expr:
        """The values of a call or `...`, as a tuple of `count`."""
        value = self.name("λvarargs") if node.__class__ is n.Vararg else self.raw_call(node)
        return self.help("λadjust", value, self.constant(count))

    def unpacked(self, node: n.Expression, count: int) -> ast.expr:
        """`adjusted` to two values or more, with no call where there are as many already."""
        if node.__class__ is n.Vararg:
            return self.adjusted(node, count)
        results = self.fresh()
        self.emit(self.assign(results, self.raw_call(node)))
        value = self.name(results)
        tests = [
            self.compare(self.kind(value), IS_NOT, self.name("λtuple")),
            self.compare(self.help("λlen", value), ast.NotEq(), self.constant(count)),
        ]
        if count == 3:  # as many as a tail call still to be made is
            tests.append(self.compare(self.item(value, self.constant(0)), IS, self.name("λTAIL_CALL")))
        adjust = self.assign(results, self.help("λadjust", value, self.constant(count)))
        self.emit(self.if_(self.either(*tests), [adjust]))
        return value

    def method_call(self, node: n.MethodCall, adjust: Callable[[ast.expr], ast.expr]) -> ast.expr:
        """A call of a method; what it returns where it is not done in place is for `adjust` to make a value of."""
        done, call = self.method_ways(node)
        return adjust(call) if done is None else self.choose(*done, adjust(call))

    def method_ways(self, node: n.MethodCall) -> Tuple[Optional[Way], ast.expr]:
        """The ways to call a method: in place, if it is one of a string that can be, and by what it is.

        The method is looked up before its arguments are evaluated, as they may change it by what they call.
        """
        objects: List[ast.expr] = []

        def receiver() -> ast.expr:
            objects.append(self.keep(self.expression(node.object)))
            return objects[0]

        parts = [receiver, lambda: self.method_of(objects[0], node), *self.argument_parts(node.arguments)]
        object, function, *values = self.ordered(parts)
        key = "string", node.name
        rule = RULES.get((key, 1 + len(values)))
        if rule is None or any(value.__class__ is ast.Starred for value in values):
            self.place(node.line, node)
            return None, self.invoke(function, [object, *values])
        object, function, *values = [self.keep(value) for value in self.settled([object, function, *values], True)]
        self.place(node.line, node)
        holds, value = rule(self, object, *values)
        return (self.both(holds, self.is_original(function, key)), value), self.invoke(function, [object, *values])

    def method_of(self, object: ast.expr, node: n.MethodCall) -> ast.expr:
        """The function that a call of a method calls."""
        self.place(node.line, n.Index(node.object, n.String(node.name, node.line), node.line))
        if not is_attribute(node.name):
            function = self.help("λindex", object, self.constant(node.name))
        elif self.fields_need_no_test and node.name not in STRING_ATTRIBUTES and self.is_string_free(node.object):
            function = self.attribute(object, node.name)
            self.note_indexed(node.object)
        else:
            # A table that stands in for all strings has their methods, and None for what asks to be looked up in full.
            function = self.either(
                self.attribute(self.name("λstrings"), node.name), self.help("λmethod", object, self.constant(node.name))
            )
            if not only(type_of(node.object), STRING):
                if not self.fields_need_no_test:  # what is not plain may be no string either
                    full = self.help("λindex", object, self.constant(node.name))
                    function = self.choose(self.is_kind(object, "λstr"), function, full)
                function = self.choose(self.is_plain(object), self.attribute(object, node.name), function)
        return function

    # ------------------------------------------------------------ operators

    def binary_operator(self, node: n.Binary) -> ast.expr:
        leaves = tree_leaves(node) if is_tree(node) else None
        if leaves is not None and leaves[0] not in self.evaluated and self.may_come_first(node, leaves):
            return self.tree(node, leaves)
        return self.operator_chain(node)

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
        kinds = [part for value in unknown.values() for part in (IS, self.kind(value))]
        name = self.fresh()
        ways = [(FLOAT, "λfloat"), (LARGE, "λint")]
        if self.is_likely_float(node):
            ways.reverse()
        for assumed, kind in ways:  # what is put around last is asked first
            tests = [self.compare(self.name(kind), *kinds)]
            bare = self.bare(node, operands, {leaf: type or assumed for leaf, type in types.items()}, tests)
            if bare is None:
                continue
            value, type = bare
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
            return result
        if result is not None:
            statements.append(self.assign(name, result))
        for statement in statements:
            self.emit(statement)
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
        operator = node.operator
        if operator == "not":
            return self.negated(node.operand)
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

    def concat(self, node: n.Concat) -> ast.expr:
        parts: List[Callable[..., ast.expr]] = [lambda part=part: self.expression(part) for part in node.operands]
        operands = self.settled(self.ordered(parts), True)
        types = [type_of(operand) for operand in node.operands]
        self.place(node.line, node)
        if len(operands) > LONG_CHAIN:
            return self.help("λconcat", *operands)
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
        joined: ast.expr = self.node(ast.JoinedStr, texts)
        if not tests:
            return joined
        return self.choose(self.both(*tests), joined, self.help("λconcat", *operands))

    def length_tests(self, text: ast.expr) -> List[ast.expr]:
        """Under limits the operator in full joins long strings: it asks for the memory first."""
        if not self.marks.mechanism:
            return []
        return [self.compare(self.help("λlen", text), ast.Lt(), self.constant(limits.SMALL))]

    # ------------------------------------------------------------ logic

    def logical(self, node: n.Logical) -> ast.expr:
        return self.logical_from(node, 0)

    def logical_from(self, node: n.Logical, position: int) -> ast.expr:
        operand = node.operands[position]
        if position == len(node.operands) - 1:
            return self.expression(operand)
        left = self.expression(operand)
        type = type_of(operand)
        statements, right = self.apart(lambda: self.logical_from(node, position + 1))
        is_or = node.operator == "or"
        if not statements and len(node.operands) < LONG_CHAIN:
            if only(type, NIL | BOOLEAN | TABLE | FUNCTION):  # where Python's idea of truth is Lua's
                return self.either(left, right) if is_or else self.both(left, right)
            if left.__class__ is ast.Constant:
                return left if (left.value is not None and left.value is not False) == is_or else right
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
