"""The stack as the debug library sees it: the functions that run in a thread, which they are, and their variables."""

from __future__ import annotations

import gc
import sys
from types import FunctionType
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

from .. import blame
from ..blame import Level
from ..coroutines import current, lua_yield, status
from ..syntax import nodes as n
from ..values.coroutines import Coroutine

YIELD = Level(None, 0, None, lua_yield.__code__, "", None)
"""What a suspended coroutine is in."""


def levels_of(thread: Optional[Coroutine]) -> List[Level]:
    """The levels of a thread as Lua counts them, or without one of that which runs."""
    if thread is None or thread is current():
        return list(blame.lua_levels(blame.running_levels()))
    state = status(thread)
    if state == "suspended":
        return list(blame.lua_levels(suspended_levels(thread)))
    if thread.λfailure is not None:
        return list(blame.lua_levels(levels_until_resumed(thread.λfailure)))
    if state == "dead":
        return []
    return list(blame.lua_levels(levels_around(thread)))


def suspended_levels(thread: Coroutine) -> Iterator[Level]:
    levels = []
    generator: Any = thread.λgenerator
    while generator is not None and hasattr(generator, "gi_frame"):
        frame = generator.gi_frame
        levels.append(blame.level_at(frame, frame.f_lasti, frame.f_lineno))
        generator = generator.gi_yieldfrom
    if levels:
        yield YIELD
    yield from reversed(levels)


def levels_until_resumed(failure: BaseException) -> Iterator[Level]:
    for level in blame.levels_of_error(failure.__traceback__):
        if blame.roles.get(id(level.code)) is blame.RESUMED_IN:
            return
        yield level


def levels_around(thread: Coroutine) -> Iterator[Level]:
    """The levels of a thread that has resumed, directly or not, the one that runs; the main one is resumed by none."""
    frame: Any = sys._getframe()
    inner: Any = None  # the frame that the levels of the thread begin at
    while frame is not None:
        if blame.roles.get(id(frame.f_code)) is blame.RESUMED_IN:
            if inner is not None and frame.f_locals["coroutine"] is thread:
                break
            inner = frame.f_back
        frame = frame.f_back
    return blame.levels_from(inner)


# ---------------------------------------------------------------- which function


def function_of(level: Level) -> Any:
    """The function that runs at a level; None where it cannot be told, since Python's frames do not name theirs."""
    frame = level.frame
    if frame is None:
        return lua_yield
    code = level.code
    found = None
    for candidate in gc.get_objects():
        if candidate.__class__ is FunctionType and blame.is_of(candidate, code):
            found = candidate
            if blame.shares_variables(candidate, frame):
                return candidate
    return found


# ---------------------------------------------------------------- variables


class Variable(NamedTuple):
    name: str
    python_name: str
    is_list: bool
    """Whether its value is in a list of one, which all functions that use it share."""


def scopes(block: n.Block, end: int, is_last: bool) -> Iterator[Tuple[n.Declaration, int, int]]:
    """The variables of a block and of those inside it, with the lines between which they are in scope."""
    for position, statement in enumerate(block.statements):
        kind = statement.__class__
        next_line, inner_last = end, is_last
        if position + 1 < len(block.statements):
            next_line, inner_last = block.statements[position + 1].line, False
        last = next_line if inner_last else max(next_line - 1, statement.line)
        if kind is n.Local:
            for declaration in statement.names:  # type: ignore[attr-defined]
                yield declaration, statement.line, end
        elif kind is n.LocalFunction:
            yield statement.name, statement.line, end  # type: ignore[attr-defined]
        elif kind is n.NumericFor:
            yield statement.variable, statement.line, last  # type: ignore[attr-defined]
        elif kind is n.GenericFor:
            for declaration in statement.variables:  # type: ignore[attr-defined]
                yield declaration, statement.line, last
        for inner in blocks_of(statement):
            yield from scopes(inner, last, inner_last)


def blocks_of(statement: n.Statement) -> List[n.Block]:
    if statement.__class__ is n.If:
        blocks = [block for _, block in statement.clauses]
        return [*blocks, statement.otherwise] if statement.otherwise is not None else blocks
    body = getattr(statement, "body", None)
    return [] if body is None else [body]


def variables_at(level: Level) -> List[Variable]:
    """The local variables that are in scope at a level, in the order of their declaration."""
    from .anatomy import anatomy, function_node  # brings the compiler along

    assert level.marks is not None
    node = function_node(level.code)
    if node is None:
        return []
    values = level.frame.f_locals
    found = list(node.parameters)
    for declaration, start, end in scopes(node.body, node.end_line or sys.maxsize, True):
        if start <= level.line <= end:
            found.append(declaration)
    known = anatomy(level.marks).variables
    return [
        Variable(declaration.name, declaration.python_name, declaration.is_cell)
        for declaration in found
        if declaration.python_name in values and known.get(declaration.python_name) is declaration
    ]


def value_of(level: Level, variable: Variable) -> Any:
    value = level.frame.f_locals[variable.python_name]
    return value[0] if variable.is_list else value


def assign(level: Level, variable: Variable, value: Any) -> None:
    """Give a local variable of a running function another value."""
    frame = level.frame
    if variable.is_list:
        frame.f_locals[variable.python_name][0] = value
        return
    frame.f_locals[variable.python_name] = value
    if sys.version_info >= (3, 13):
        return
    if sys.implementation.name == "pypy":
        from __pypy__ import locals_to_fast  # type: ignore[import-not-found]

        locals_to_fast(frame)
    else:
        import ctypes

        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
