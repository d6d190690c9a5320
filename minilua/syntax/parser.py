"""Reading a chunk: from the source text to `nodes`."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

from ..errors import LuaSyntaxError
from . import builder, diagnosis, nodes
from .lexer import LexicalError, Reading

_parse: Optional[Callable[[str], Any]] = None


def parse(source: str, chunk_name: str) -> nodes.Function:
    """Read a chunk.

    Args:
        source: Lua's text, one character a byte.
        chunk_name: what messages call it.

    Returns:
        The main function.

    Raises:
        LuaSyntaxError: with PUC-Rio's message, if the text is not Lua.

    >>> parse("x = = 1", "workflow.lua")
    Traceback (most recent call last):
    minilua.errors.LuaSyntaxError: workflow.lua:1: unexpected symbol near '='
    """
    global _parse
    if _parse is None:
        from .grammar import parser  # Lark is not imported before it is needed

        _parse = parser().parse
    from lark.exceptions import UnexpectedInput

    if "\r" in source:  # Lua reads each kind of line break as "\n", even within long strings
        source = re.sub("\r\n?|\n\r", "\n", source)
    reading = builder.current.reading = Reading()
    try:
        main: nodes.Function = _parse(source)
    except (UnexpectedInput, builder.Rejected, LexicalError):
        found = diagnosis.message(source, chunk_name)
        raise LuaSyntaxError(found or f"{chunk_name}:{reading.line}: syntax error") from None
    if reading.deep:
        found = diagnosis.message(source, chunk_name)
        if found is not None:
            raise LuaSyntaxError(found)
    return main
