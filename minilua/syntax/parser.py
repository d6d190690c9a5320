"""Reading a chunk: from the source text to `nodes`."""

from __future__ import annotations

from typing import Any, Callable, Optional

from ..errors import LuaSyntaxError
from . import builder, nodes
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

    reading = builder.current.reading = Reading()
    try:
        main: nodes.Function = _parse(source)
    except (UnexpectedInput, builder.Rejected, LexicalError) as e:
        raise LuaSyntaxError(f"{chunk_name}:{reading.line}: syntax error {e!r}") from None
    return main
