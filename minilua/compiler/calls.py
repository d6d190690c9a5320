"""Calls of functions and methods: what is passed, what of the results is wanted, and what needs no call at all."""

from __future__ import annotations

import ast
from typing import Any, Callable, List, Optional, Tuple

from ..syntax import nodes as n
from ..values.globals import LIBRARY_MEMBERS, global_key, original
from .effects import is_quiet
from .evaluation import is_call, is_multiple
from .facts import NIL, STRING, known_function, only, passes_integers, type_of
from .indexing import STRING_ATTRIBUTES, IndexingEmitter, is_attribute
from .intrinsics import OBJECT, RULES, SELECT, Key, Way, intrinsic_key, is_count, is_record
from .operators import AT_MOST, IS, IS_NOT, is_simple

LARGEST_COPY = 10_000
"""Strings of up to as many bytes are copied in place where memory is counted."""


class CallEmitter(IndexingEmitter):
    """The generator's part for calls."""

    def single_call(self, node: Any) -> ast.expr:
        """A call adjusted to one result."""
        if node.__class__ is n.MethodCall:
            return self.method_call(node, self.first_result)
        if node.__class__ is n.Call:
            done = self.intrinsic(node, self.first_result, True) or self.expected_call(node, self.first_result)
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
        done = self.intrinsic(node, lambda results: results) or self.expected_call(node, lambda results: results)
        return self.general_call(node) if done is None else done

    def general_call(self, node: n.Call) -> ast.expr:
        """`raw_call` of what is not done in place."""
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

    def intrinsic(
        self, node: n.Call, adjust: Callable[[ast.expr], ast.expr], single: bool = False
    ) -> Optional[ast.expr]:
        """A call of a library function that is done in place, if the function is still the library's.

        What the call returns where it is not is for `adjust` to make a value of; `single` if one value is wanted.
        """
        key = intrinsic_key(node)
        arguments = node.arguments
        if key == SELECT and len(arguments) == 2 and arguments[1].__class__ is n.Vararg:
            if not is_count(arguments[0]):
                return self.selected(node, adjust, single)
            function = self.keep(self.expression(node.function))
            self.place(node.line, node)
            values = [self.constant("#"), self.starred(self.name("λvarargs"))]
            count = self.help("λlen", self.name("λvarargs"))
            return self.choose(self.is_original(function, key), count, adjust(self.invoke(function, values)))
        if key == OBJECT and len(arguments) == 2 and is_record(arguments[0]) and not is_multiple(arguments[1]):
            return self.new_object(node, adjust)
        rule = None if key is None else RULES.get((key, len(arguments)))
        if key is None or rule is None or is_multiple(arguments[-1]):
            return None  # a last argument of several values is more arguments, or none
        function, *values = self.kept(node.function, *arguments)
        self.place(node.line, node)
        holds, value = rule(self, *values)
        called = adjust(self.invoke(function, values))
        return self.choose(self.both(self.is_original(function, key), holds), value, called)

    def selected(self, node: n.Call, adjust: Callable[[ast.expr], ast.expr], single: bool) -> Optional[ast.expr]:
        """`select(n, ...)`, of places from the start."""
        if is_multiple(node.arguments[0]):
            return None
        function, place = self.kept(node.function, node.arguments[0])
        self.place(node.line, node)
        varargs = self.name("λvarargs")
        within = self.compare(self.constant(0), ast.Lt(), place, AT_MOST, self.help("λlen", varargs))
        first = self.before(place)
        value = self.item(varargs, first if single else self.slice(first, None))
        tests = [self.is_original(function, SELECT), self.is_kind(place, "λint"), within]
        return self.choose(self.both(*tests), value, adjust(self.invoke(function, [place, self.starred(varargs)])))

    def new_object(self, node: n.Call, adjust: Callable[[ast.expr], ast.expr]) -> ast.expr:
        """`setmetatable({name = value}, metatable)`: the table is of the right class from the start."""
        record: Any = node.arguments[0]
        fields = [value for _, value in record.fields]
        function, *values, metatable = self.kept(node.function, *fields, node.arguments[1])
        self.place(node.line, node)
        hash = self.node(ast.Dict, [self.constant(key.value) for key, _ in record.fields], values)
        made = self.fresh()
        object = self.walrus(made, self.help("λmake_object", hash, metatable))
        tests = [self.compare(value, IS_NOT, self.constant(None)) for field, value in zip(fields, values)
                 if type_of(field) & NIL]  # fmt: skip
        tests = [self.is_original(function, OBJECT), *tests, self.compare(object, IS_NOT, self.constant(None))]
        called = adjust(self.invoke(function, [self.help("λmake_record", hash), metatable]))
        return self.choose(self.both(*tests), self.name(made), called)

    def expected_call(self, node: n.Call, adjust: Callable[[ast.expr], ast.expr]) -> Optional[ast.expr]:
        """A call of a global that goes to the version of the chunk's own function, if that is what the global is."""
        expected = node.expected
        name = None if expected is None else self.function_names.get(expected)
        if expected is None or name is None or not self.calls_version(node, expected):
            return None
        parts = self.argument_parts(node.arguments)
        if all(map(is_quiet, node.arguments)):  # nobody sees that the global is read after them
            values = self.ordered(parts)
            general, function = self.expression(node.function), self.name(global_key(node.function.name))  # type: ignore[attr-defined]
        else:
            function, *values = self.ordered([lambda: self.expression(node.function), *parts])
            general = function = self.keep(function)
        values = [self.copy(value) if self.changes(value) else self.keep(value) for value in values]
        count = len(expected.parameters)
        exact = [*values[:count], *[self.constant(None)] * (count - len(values))]
        self.place(node.line, node)
        way = self.invoke(self.name(expected.version.python_name), exact)
        return self.choose(
            self.compare(function, IS, self.name(name)),
            way if expected.single else adjust(way),
            adjust(self.invoke(general, values)),
        )

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
        self.invokes = True
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
            if node.name in LIBRARY_MEMBERS["string"]:
                function = self.untouched("string", node.name, function)
            if not only(type_of(node.object), STRING):
                if not self.fields_need_no_test:  # what is not plain may be no string either
                    full = self.help("λindex", object, self.constant(node.name))
                    function = self.choose(self.is_kind(object, "λstr"), function, full)
                function = self.choose(self.is_plain(object), self.attribute(object, node.name), function)
        return function
