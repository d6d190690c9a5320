"""Chunks as `load`, `loadfile` and `require` take them: text, files, and what `string.dump` makes.

A dumped function is never code of Python's. It is the source of its chunk and the name of the function in it, and
loading it compiles that source, so it can do nothing that its source could not.
"""

from __future__ import annotations

import os
import re
import sys
from struct import pack
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Optional, Tuple

from ..compiler.marks import STRIPPED, chunk_id, marks_of
from ..compiler.program import all_code, compile_chunk
from ..errors import Fault, LuaSyntaxError
from .anatomy import anatomy, joined, upvalues

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

SIGNATURE = "\x1bLua"
"""How a binary chunk starts, in PUC-Rio's form as well."""

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

FIGURES = re.compile("([0-9]{1,9})\n([0-9]{1,9})\n([0-9]{1,9})\n")



class NotLoaded(Exception):
    """A chunk cannot be loaded: the message that `load` returns."""


# ---------------------------------------------------------------- loading


def load_chunk(source: str, name: str, mode: str, runtime: LuaRuntime, environment: Any) -> FunctionType:
    """The function of a chunk called `name` (`=` and `@` as PUC-Rio has them) over an environment.

    Raises:
        NotLoaded: with PUC-Rio's message.
    """
    place = 0
    if source[:1] == SIGNATURE[0]:
        if "b" not in mode:
            raise NotLoaded(f"attempt to load a binary chunk (mode is '{mode}')")
        name, place, source = undump(source, chunk_id(name))
    elif "t" not in mode:
        raise NotLoaded(f"attempt to load a text chunk (mode is '{mode}')")
    try:
        program = compile_chunk(source, name, environment is not runtime._global_table, runtime._mechanism)
    except LuaSyntaxError as error:
        raise NotLoaded(error.value) from None
    function = program.instantiate(runtime._global_values, environment)
    return function if place == 0 else with_fresh_upvalues(program.code, place, function, runtime, environment)


def with_fresh_upvalues(
    main: CodeType, place: int, function: FunctionType, runtime: LuaRuntime, environment: Any
) -> FunctionType:
    """A function inside a chunk on its own: its upvalues are nil, but for `_ENV` and, as in PUC-Rio, the first."""
    marks = marks_of(main)
    assert marks is not None
    parts = anatomy(marks)
    names = list(parts.functions)
    if place >= len(names):
        raise NotLoaded(f"{marks.chunk_name}: bad binary format (no such function)")
    code = next(inner for inner in all_code(main) if inner.co_name == names[place])
    cells = []
    for name in code.co_freevars:
        declaration = parts.variables[name]
        value = environment if declaration.owner is None else None
        cells.append(CellType([value] if declaration.is_cell else value))
    made = FunctionType(code, function.__globals__, code.co_name, (None,) * code.co_argcount, tuple(cells))
    for upvalue in upvalues(made, runtime._global_table)[:1]:
        upvalue.value = environment
    return made


# ---------------------------------------------------------------- dumping


def dump(function: FunctionType, strip: bool) -> str:
    """A function as a binary chunk; with `strip`, messages do not tell the name of its chunk.

    Raises:
        Fault: the function is not Lua's.
    """
    function = joined(function)
    marks = marks_of(function.__code__)
    if marks is None:
        raise Fault("unable to dump given function")
    place = list(anatomy(marks).functions).index(function.__code__.co_name)
    name = "" if strip or marks.is_stripped else marks.name
    header = "".join([part for part, _ in HEADER])
    return f"{header}{place}\n{len(name)}\n{len(marks.source)}\n{name}{marks.source}"


def undump(chunk: str, shown: str) -> Tuple[str, int, str]:
    """The name of the chunk, the place of the function among all of it, and the source that a binary chunk holds."""
    start = 0
    for part, defect in HEADER:
        found = chunk[start : start + len(part)]
        if found != part:
            raise NotLoaded(f"{shown}: bad binary format ({'truncated chunk' if part.startswith(found) else defect})")
        start += len(part)
    figures = FIGURES.match(chunk, start)
    if figures is not None:
        place, name_size, source_size = map(int, figures.groups())
        name_end = figures.end() + name_size
        if len(chunk) >= name_end + source_size:
            return chunk[figures.end() : name_end] or STRIPPED, place, chunk[name_end : name_end + source_size]
    raise NotLoaded(f"{shown}: bad binary format (truncated chunk)")


# ---------------------------------------------------------------- files


def text_of(content: bytes) -> str:
    """The chunk in a file: without a byte order mark, and without a first line that starts with `#`.

    The end of that line stays, so that lines keep their numbers.
    """
    if content[:3] == b"\xef\xbb\xbf":
        content = content[3:]
    if content[:1] == b"#":
        _, newline, rest = content.partition(b"\n")
        content = newline + rest if rest[:1] != SIGNATURE[:1].encode() else rest
    return content.decode("latin-1")


def load_file(name: Optional[str], mode: str, runtime: LuaRuntime, environment: Any) -> FunctionType:
    """The function of the chunk in a file, or in the standard input for None.

    Raises:
        NotLoaded: with PUC-Rio's message.
    """
    if name is None:
        return load_chunk(text_of(sys.stdin.buffer.read()), "=stdin", mode, runtime, environment)
    step = "open"
    try:
        with open(host_path(name), "rb") as file:
            step = "read"
            content = file.read()
    except IsADirectoryError as error:  # which C opens, and cannot read
        raise NotLoaded(f"cannot read {name}: {error.strerror}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise NotLoaded(f"cannot {step} {name}: {reason}") from None
    return load_chunk(text_of(content), "@" + name, mode, runtime, environment)


def host_path(name: str) -> str:
    """A Lua string as Python names files: up to its first zero, as for C."""
    return os.fsdecode(name.partition("\0")[0].encode("latin-1"))
