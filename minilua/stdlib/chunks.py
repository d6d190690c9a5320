"""Chunks as `load`, `loadfile` and `require` take them: text, files, and what `string.dump` makes.

A dumped function is never code of Python's. It is the source of its chunk and the name of the function in it, and
loading it compiles that source, so it can do nothing that its source could not.
"""

from __future__ import annotations

import os
import re
import sys
from types import CellType, CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Optional, Tuple

from ..compiler.program import all_code, chunk_id, compile_chunk
from ..compiler.python import marks_of
from ..errors import Fault, LuaSyntaxError
from .anatomy import anatomy

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

SIGNATURE = "\x1bLua"
"""How a binary chunk starts, in PUC-Rio's form as well."""

HEADER = SIGNATURE + "T\x00minilua\n"
"""Version 5.4, its official format, and whose."""

FIGURE = re.compile("[0-9]{1,9}")


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
        shown, place, source = undump(source, chunk_id(name))
    elif "t" not in mode:
        raise NotLoaded(f"attempt to load a text chunk (mode is '{mode}')")
    else:
        shown = chunk_id(name)
    try:
        program = compile_chunk(source, shown, environment is not runtime._global_table)
    except LuaSyntaxError as error:
        raise NotLoaded(error.value) from None
    function = program.instantiate(runtime._global_values, environment)
    return function if place == 0 else with_fresh_upvalues(program.code, place, function, environment)


def with_fresh_upvalues(main: CodeType, place: int, function: FunctionType, environment: Any) -> FunctionType:
    """A function inside a chunk on its own: all its upvalues are nil, but for `_ENV`."""
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
        value = environment if declaration.owner is not None and declaration.owner.parent is None else None
        cells.append(CellType([value] if declaration.is_cell else value))
    return FunctionType(code, function.__globals__, code.co_name, None, tuple(cells))


# ---------------------------------------------------------------- dumping


def dump(function: FunctionType, strip: bool) -> str:
    """A function as a binary chunk; with `strip`, messages do not tell the name of its chunk.

    Raises:
        Fault: the function is not Lua's.
    """
    marks = marks_of(function.__code__)
    if marks is None:
        raise Fault("unable to dump given function")
    place = list(anatomy(marks).functions).index(function.__code__.co_name)
    chunk_name = "?" if strip else marks.chunk_name
    return f"{HEADER}{place}\n{len(chunk_name)}\n{len(marks.source)}\n{chunk_name}{marks.source}"


def undump(chunk: str, shown: str) -> Tuple[str, int, str]:
    """The name of the chunk, the place of the function among all of it, and the source that a binary chunk holds."""
    if not HEADER.startswith(chunk[: len(HEADER)]):
        raise NotLoaded(f"{shown}: bad binary format (not a binary chunk)")
    parts = chunk[len(HEADER) :].split("\n", 3)
    if len(parts) == 4 and all(FIGURE.fullmatch(part) for part in parts[:3]):
        place, name_size, source_size = map(int, parts[:3])
        if len(parts[3]) == name_size + source_size:
            return parts[3][:name_size], place, parts[3][name_size:]
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
