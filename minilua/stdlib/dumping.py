"""Functions as the strings that `string.dump` makes (manual §6.4).

Such a string never holds code of Python's. It holds the source of the function, and loading it compiles that source, so
it can do nothing that its source could not. What comes before is the header of PUC-Rio's binary chunks.
"""

from __future__ import annotations

import re
from struct import pack
from types import FunctionType
from typing import Any, Iterator, List, NamedTuple, Optional, Tuple

from ..compiler.marks import STRIPPED, marks_of
from ..errors import Fault
from ..syntax import nodes as n
from ..syntax.lexer import words
from ..syntax.parser import with_plain_line_breaks
from .anatomy import first_uses, function_node, functions_in, joined
from .chunks import SIGNATURE

HEADER = (
    (SIGNATURE, "not a binary chunk"),
    ("T", "version mismatch"),
    ("\x00", "format mismatch"),
    ("\x19\x93\r\n\x1a\n", "corrupted chunk"),
    ("\x04", "Instruction size mismatch"),
    ("\x08", "lua_Integer size mismatch"),
    ("\x08", "lua_Number size mismatch"),
    (pack("<q", 0x5678).decode("latin-1"), "integer format mismatch"),
    (pack("<d", 370.5).decode("latin-1"), "float format mismatch"),
    ("minilua\n", "not a function of minilua's"),
)
"""The parts of the header, PUC-Rio's to begin with, and what is wrong where one differs."""

FIGURES = re.compile("([0-9]{1,9})\n([0-9]{1,9})\n([0-9]{1,9})\n([0-9]{1,9})\n")

GROUP = 150
"""How many upvalues are declared in one function: not more than the locals that it may have."""

GROUP_START, GROUP_END = "return(function(...)", " end)(...)"


class Dumped(NamedTuple):
    """What a binary chunk holds: a chunk's name, its source, and whether that only makes the function."""

    name: str
    source: str
    is_function: bool


class NotDumped(Exception):
    """A string is no binary chunk: what is wrong with it."""


def dump(function: FunctionType, strip: bool) -> str:
    """A function as a binary chunk; with `strip`, messages tell neither the name of its chunk nor lines.

    Raises:
        Fault: the function is not Lua's.
    """
    function = joined(function)
    marks = marks_of(function.__code__)
    if marks is None:
        raise Fault("unable to dump given function")
    name = "" if strip or marks.is_stripped else marks.name
    source = with_plain_line_breaks(marks.source)
    declarations, line = "", 0
    if function.__code__.co_name != "λchunk":
        node = function_node(function)
        assert node is not None
        declarations = "".join(declared(first_uses(node)))
        line, source = node.line, text_of(node, source, functions_in(marks).index(node))
    header = "".join([part for part, _ in HEADER])
    sizes = f"{line}\n{len(name)}\n{len(declarations)}\n{len(source)}\n"
    return header + sizes + name + declarations + source


def declared(upvalues: List[Optional[n.Declaration]]) -> Iterator[str]:
    """The declarations of a function's upvalues; their values are none that the compiler could know."""
    variables = []
    for upvalue in upvalues:
        if upvalue is None:
            continue
        source = upvalue.sources[0] if upvalue.attribute == "const" else None
        if source.__class__ in CONSTANTS:
            yield f"local {upvalue.name}<const> ={literal(source)} "
        else:
            variables.append(upvalue.name)
    for start in range(0, len(variables), GROUP):
        yield GROUP_START if start else ""
        yield f"local {','.join(variables[start : start + GROUP])}=... "


CONSTANTS = (n.Nil, n.Boolean, n.Number, n.String)


def literal(node: Any) -> str:
    """A constant as a chunk spells it, on one line."""
    if node.__class__ is n.Nil:
        return "nil"
    value = node.value
    if value.__class__ is bool:
        return "true" if value else "false"
    if value.__class__ is str:
        return '"' + "".join([f"\\{ord(character):03d}" for character in value]) + '"'
    if value.__class__ is int:
        return str(value)
    return "(0/0)" if value != value else "1e999" if value == float("inf") else value.hex()


def text_of(node: n.Function, source: str, number: int) -> str:
    """The text of a function, without the name that a statement gives it; it is the `number`th of its chunk."""
    start, end = extents(source)[number]
    bracket = source.index("(", start)
    parameters = source[bracket + 1 : end]
    if ":" in source[start:bracket]:
        parameters = ("self," if len(node.parameters) > 1 or node.is_vararg else "self") + parameters
    return "(" + parameters


def extents(source: str) -> List[Tuple[int, int]]:
    """Where each `function` ends, and its `end`, in the order of the text."""
    found: List[Tuple[int, int]] = []
    around: List[int] = []  # the blocks that are open: the number of a function, or -1
    for word, _, end in words(source):
        if word == "function":
            around.append(len(found))
            found.append((end, end))
        elif word in ("if", "do", "repeat"):
            around.append(-1)
        elif word in ("end", "until"):
            number = around.pop()
            if number >= 0:
                found[number] = (found[number][0], end)
    return found


def undump(chunk: str) -> Dumped:
    """What a binary chunk holds.

    Raises:
        NotDumped: with the reason, in PUC-Rio's words.
    """
    start = 0
    for part, defect in HEADER:
        found = chunk[start : start + len(part)]
        if found != part:
            raise NotDumped("truncated chunk" if part.startswith(found) else defect)
        start += len(part)
    figures = FIGURES.match(chunk, start)
    if figures is None:
        raise NotDumped("truncated chunk")
    line, *sizes = map(int, figures.groups())
    parts = []
    start = figures.end()
    for size in sizes:
        parts.append(chunk[start : start + size])
        start += size
    if start > len(chunk):
        raise NotDumped("truncated chunk")
    name, declarations, source = parts
    if line:
        groups = declarations.count(GROUP_START)
        source = f"{declarations}return{chr(10) * (line - 1)} function{source}{GROUP_END * groups}"
    return Dumped(name or STRIPPED, source, line > 0)
