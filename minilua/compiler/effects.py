"""What evaluating an expression may do besides having a value."""

from __future__ import annotations

from typing import Any

from ..syntax import nodes as n
from .facts import NUMBER, only, type_of

CONSTANTS = (n.Nil, n.Boolean, n.Number, n.String, n.Vararg, n.Function)


def is_quiet(node: Any) -> bool:
    """Whether an expression certainly neither fails nor runs code of anybody's."""
    kind = node.__class__
    if kind in CONSTANTS:
        return True
    if kind is n.Name:
        return node.declaration is not None
    if kind is n.Parenthesis:
        return is_quiet(node.expression)
    if kind is n.Binary:
        is_arithmetic = node.operator in ("+", "-", "*", "/") and only(type_of(node.left) | type_of(node.right), NUMBER)
        return (is_arithmetic or node.operator in ("==", "~=")) and is_quiet(node.left) and is_quiet(node.right)
    if kind is n.Logical:
        return all(map(is_quiet, node.operands))
    if kind is n.Unary:
        return node.operator == "not" and is_quiet(node.operand)
    if kind is n.TableConstructor:
        return all((key is None or key.__class__ is n.String) and is_quiet(value) for key, value in node.fields)
    return False


def calls(node: Any) -> bool:
    """Whether an expression calls a function by its text; what metamethods call does not count."""
    kind = node.__class__
    if kind is n.Call or kind is n.MethodCall:
        return True
    if kind is n.Parenthesis:
        return calls(node.expression)
    if kind is n.Index:
        return calls(node.object) or calls(node.key)
    if kind is n.Binary:
        while node.__class__ is n.Binary:  # chains are long, and lean to the left
            if calls(node.right):
                return True
            node = node.left
        return calls(node)
    if kind is n.Unary:
        return calls(node.operand)
    if kind is n.Logical or kind is n.Concat:
        return any(map(calls, node.operands))
    if kind is n.TableConstructor:
        return any(key is not None and calls(key) or calls(value) for key, value in node.fields)
    return False
