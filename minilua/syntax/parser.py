"""Reading a chunk: from the source text to `nodes`."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

from ..errors import LuaSyntaxError
from ..limits import IS_PYPY, reserve, waiting
from ..recursion import IS_WASM
from . import builder, diagnosis, nodes
from .lexer import LexicalError, Reading, longest_chain

ESCAPE_SIZE = 200
"""About how many bytes `re` needs for each escape of a string on its way."""

COPIES = 3 if IS_PYPY else 0
"""How often PyPy copies a source on its way, which is asked for: elsewhere texts are read where they are."""

LONGEST_CHAIN = 1600
"""On WebAssembly, where nodes inside one another must not be let go of inside one another, the tokens in a row."""

_read: Optional[Callable[[str], Any]] = None


def with_plain_line_breaks(source: str) -> str:
    """A text as Lua reads it: each kind of line break is "\\n", even within long strings."""
    return re.sub("\r\n?|\n\r", "\n", source) if "\r" in source else source


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
    global _read
    if _read is None:
        with waiting:
            from .grammar import parser  # imports Lark, which a program that reads no Lua need not wait for

            _read = parser().parse
    from lark.exceptions import UnexpectedInput

    source = with_plain_line_breaks(source)
    reserve(source.count("\\") * ESCAPE_SIZE + len(source) * COPIES)
    if IS_WASM and longest_chain(source) > LONGEST_CHAIN:
        raise LuaSyntaxError(f"{chunk_name}: chunk has too many syntax levels")
    main: Optional[nodes.Function]
    interrupted = builder.current.reading  # by a finalizer or a signal that reads Lua, too
    reading = builder.current.reading = Reading()
    try:
        main = _read(source)
    except (UnexpectedInput, LexicalError, builder.Rejected):
        main = None
    finally:
        builder.current.reading = interrupted
    if main is None or reading.deep:
        message = diagnosis.message(source, chunk_name)
        if message is not None:
            raise LuaSyntaxError(message)
    if main is None:
        raise LuaSyntaxError(f"{chunk_name}:{reading.line}: syntax error")
    return main
