"""Chunks as `load`, `loadfile` and `require` take them: text, files, and what `string.dump` makes (`dumping`)."""

from __future__ import annotations

import os
import sys
from types import FunctionType

from ..compiler.program import compile_chunk
from ..errors import LuaSyntaxError
from ..values.operations import one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Optional

    from ..runtime import LuaRuntime

SIGNATURE = "\x1bLua"
"""How a binary chunk starts."""


class NotLoaded(Exception):
    """A chunk cannot be loaded: the message that `load` returns."""


# ---------------------------------------------------------------- loading


def load_chunk(
    source: str, name: str, mode: str, runtime: LuaRuntime, environment: Any, is_kept: bool = False
) -> FunctionType:
    """The function of a chunk called `name` (`=` and `@` as PUC-Rio has them) over an environment.

    Raises:
        NotLoaded: with PUC-Rio's message.
    """
    is_function = False
    if source[:1] == SIGNATURE[0]:
        if "b" not in mode:
            raise NotLoaded(f"attempt to load a binary chunk (mode is '{mode}')")
        from .dumping import NotDumped, undump

        try:
            name, source, is_function = undump(source)
        except NotDumped as defect:
            shown = name[1:] if name[:1] in ("@", "=") else "binary string" if name[:1] == SIGNATURE[0] else name
            raise NotLoaded(f"{shown}: bad binary format ({defect})") from None
    elif "t" not in mode:
        raise NotLoaded(f"attempt to load a text chunk (mode is '{mode}')")
    try:
        program = compile_chunk(source, name, environment is not runtime._global_table, runtime._mode, is_kept)
    except LuaSyntaxError as error:
        raise NotLoaded(error.value) from None
    function = program.instantiate(runtime._global_values, environment)
    if not is_function:
        return function
    from .anatomy import upvalues

    made: FunctionType = one(function())
    for upvalue in upvalues(made, runtime._global_table)[:1]:  # as PUC-Rio does, `_ENV` or not
        upvalue.value = environment
    return made


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
    return load_chunk(text_of(content), "@" + name, mode, runtime, environment, is_kept=True)


def host_path(name: str) -> str:
    """A Lua string as Python names files: up to its first zero, as for C."""
    return os.fsdecode(name.partition("\0")[0].encode("latin-1"))
