"""JSON-like data as indented JSON text."""

from __future__ import annotations

import re
from json.encoder import encode_basestring as quoted
from typing import Any, Callable, List

from minilua.host.errors import HostError
from minilua.limits import check, paced, reserve

_SURROGATE = re.compile("[\ud800-\udfff]")


class NotData(HostError):
    """A value that has no counterpart in JSON."""


def pretty(data: Any, indent: str = "    ") -> str:
    """Return data as JSON text, indented, with Unicode and slashes as they are.

    Lone halves of surrogate pairs, which stand for bytes that are not UTF-8, become U+FFFD: JSON cannot hold them.
    Raises `NotData` for numbers that JSON does not have.

    >>> print(pretty({"ok": True, "items": []}))
    {
        "ok": true,
        "items": []
    }
    """
    parts: List[str] = []
    _write(data, "\n", indent, parts.append)
    reserve(sum(map(len, parts)))
    return "".join(parts)


def without_surrogates(text: str) -> str:
    """Return the text with the halves of surrogate pairs, which no encoding of Unicode can hold, made U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


#: How many characters are quoted at once. Each may become six.
_PIECE = 1 << 16


def _write_text(text: str, write: Callable[[str], object]) -> None:
    if len(text) <= _PIECE:
        reserve(len(text))
        write(quoted(without_surrogates(text)))
        return
    write('"')
    for start in range(0, len(text), _PIECE):
        piece = quoted(without_surrogates(text[start : start + _PIECE]))
        reserve(len(piece))
        write(piece[1:-1])
    write('"')


def _write(data: Any, newline: str, indent: str, write: Callable[[str], object]) -> None:
    if data.__class__ is str:
        _write_text(data, write)
    elif data is None:
        write("null")
    elif data is True:
        write("true")
    elif data is False:
        write("false")
    elif data.__class__ is float:
        if data != data or data in (float("inf"), float("-inf")):
            raise NotData(f"cannot encode {data}: JSON has no such number")
        write(float.__repr__(data))
    elif isinstance(data, int):
        write(int.__repr__(data))
    elif not data:
        write("{}" if isinstance(data, dict) else "[]")
    elif isinstance(data, dict):
        check()
        inner = newline + indent
        before = "{" + inner
        for key, value in paced(data.items()):
            write(before)
            _write_text(str(key), write)
            write(": ")
            _write(value, inner, indent, write)
            before = "," + inner
        write(newline + "}")
    else:
        check()
        inner = newline + indent
        before = "[" + inner
        for value in paced(data):
            write(before)
            _write(value, inner, indent, write)
            before = "," + inner
        write(newline + "]")
