"""Reading fields and elements of tables."""

from __future__ import annotations

import ast
from typing import Callable, List, Optional, Tuple

from ..syntax import nodes as n
from ..values.globals import LIBRARY_MEMBERS, original, untouched
from .evaluation import EvaluationEmitter
from .facts import INTEGER, STRING, only, type_of
from .operators import IS, IS_NOT

STRING_ATTRIBUTES = frozenset(dir(str))
"""Names that a string answers in Python: a field of one of these names is never read without asking first."""

NUMBER_ATTRIBUTES = frozenset(dir(int)) | frozenset(dir(float)) | frozenset(dir(complex)) | {
    "bit_count", "from_number", "is_integer",  # of later versions
}  # fmt: skip


def is_attribute(name: str) -> bool:
    """Whether a constant field may be read and written as an attribute of the table."""
    return name.isidentifier() and name.isascii() and name[:2] != "__" and name not in NUMBER_ATTRIBUTES


def library_member(node: n.Index) -> Optional[Tuple[str, str]]:
    """The library and the name, if an expression is a member of a library by its looks."""
    library, key = node.object, node.key
    if key.__class__ is not n.String or library.__class__ is not n.Name:
        return None
    if library.declaration is not None or library.environment is not None:
        return None
    return (library.name, key.value) if key.value in LIBRARY_MEMBERS.get(library.name, ()) else None


class IndexingEmitter(EvaluationEmitter):
    """The generator's part for fields and elements that are read."""

    def is_indexed(self, node: n.Expression) -> bool:
        """Whether a value is a variable that has been indexed before."""
        return node.__class__ is n.Name and node.declaration is not None and self.known.is_indexed(node.declaration)

    def is_string_free(self, node: n.Expression) -> bool:
        """Whether a value is certainly no string, as far as indexing goes."""
        return self.is_indexed(node) or not type_of(node) & STRING

    def note_indexed(self, node: n.Expression) -> None:
        """The value has just been indexed without an error, and not as a string."""
        if node.__class__ is n.Name:
            declaration = node.declaration
            if declaration is not None and not declaration.assigned:
                self.known.indexed.add(declaration)

    def index(self, node: n.Index) -> ast.expr:
        if node.key.__class__ is n.String:
            general = self.field(self.expression(node.object), node.key.value, node, node.object)
            member = library_member(node)
            return general if member is None else self.untouched(*member, general)
        parts: List[Callable[[], ast.expr]] = [lambda: self.expression(node.object), lambda: self.expression(node.key)]
        object, key = self.ordered(parts, None)
        return self.element(object, key, type_of(node.key), self.is_natural(node.key), node)

    def untouched(self, library: str, name: str, general: ast.expr) -> ast.expr:
        """A member of a library, which is to be looked up, as `general` does, if the library has been changed."""
        return self.choose(self.name(untouched(library)), self.name(original(library, name)), general)

    def field(self, object: ast.expr, name: str, node: n.Expression, object_node: n.Expression) -> ast.expr:
        self.place(node.line, node)
        if not is_attribute(name):
            return self.help("λindex", object, self.constant(name))
        if self.fields_need_no_test and name not in STRING_ATTRIBUTES and self.is_string_free(object_node):
            self.note_indexed(object_node)
            return self.attribute(object, name)
        first, again = self.once(object)
        made = self.choose(
            self.is_plain(first), self.attribute(again, name), self.help("λindex", again, self.constant(name))
        )
        self.note_no_string(object_node, first, made)
        return made

    def note_no_string(self, node: n.Expression, object: ast.expr, conditional: ast.expr) -> None:
        """A conditional tests whether a value, if that is a variable, has its fields as attributes."""
        if object.__class__ is ast.Name and node.__class__ is n.Name:
            declaration = node.declaration
            if declaration is not None and not declaration.assigned and self.known.no_string_test(object.id) is None:
                self.known.no_strings[object.id] = conditional

    @property
    def fields_need_no_test(self) -> bool:
        """Whether a field of what is certainly no string may be read as an attribute."""
        return not self.careful

    def is_plain(self, object: ast.expr) -> ast.expr:
        """Whether the attributes of a value are the fields that Lua finds."""
        if self.careful:
            return self.is_kind(object, "λTable")
        test = self.known.no_string_test(object.id) if object.__class__ is ast.Name else None
        return self.compare(self.kind(object), IS_NOT, self.name("λstr")) if test is None else self.outcome(test)

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
