"""Lark's parser for `lua.lark`.

Making the parse table takes Lark longer than reading most scripts, so the package brings it along. After a change
to `lua.lark`, or for another version of Lark, make it anew::

    python -m minilua.syntax.grammar

Where the table does not fit, for either of those reasons, it is made from the grammar at run time.
"""

from __future__ import annotations

import io
import pickle
import pkgutil
import re
from pathlib import Path
from typing import Any, Dict, Iterator, Optional, Tuple

import lark
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef

from .builder import Builder, current
from .lexer import KEYWORDS, SYMBOLS, Token, tokens


class _LuaLexer(Lexer):
    """Lark's door to `lexer.tokens`."""

    def __init__(self, configuration: Any) -> None:
        patterns = [(re.compile(terminal.pattern.to_regexp()), terminal.name) for terminal in configuration.terminals]
        self.types = {
            text: next(name for pattern, name in patterns if pattern.fullmatch(text)) for text in (*KEYWORDS, *SYMBOLS)
        }

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]
        return tokens(text, self.types, current.reading)


def parser() -> Any:
    """Lark's parser: its `parse` takes the text of a chunk and returns the main function."""
    grammar = _read("lua.lark")
    table = _shipped(grammar) or _made(grammar)
    data = table["data"]
    data["options"]["lexer"] = data["parser"]["lexer_conf"]["lexer_type"] = _LuaLexer
    return lark.Lark._load_from_dict(data, table["memo"], transformer=Builder())  # type: ignore[no-untyped-call]


def is_stale() -> bool:
    """Whether the table that the package brings along is not the one of its grammar."""
    return _shipped(_read("lua.lark")) is None


def _read(name: str) -> bytes:
    contents = pkgutil.get_data(__package__ or "minilua.syntax", name)
    assert contents is not None
    return contents


def _key(grammar: bytes) -> Tuple[bytes, str]:
    """What a table depends on: the grammar, and Lark's version but for its last part, which is for mere repairs."""
    return grammar, lark.__version__.rpartition(".")[0]


def _made(grammar: bytes) -> Dict[str, Any]:
    # The lexer's class is left out of the table, which so holds nothing but numbers, texts and containers.
    made = lark.Lark(grammar.decode(), parser="lalr", lexer="basic", start="chunk", keep_all_tokens=True)
    data, memo = made.memo_serialize([TerminalDef, Rule])
    kept = {name: value for name, value in data["options"].items() if value is None or type(value) in _PLAIN}
    return {"key": _key(grammar), "data": {**data, "options": kept}, "memo": memo}


def _shipped(grammar: bytes) -> Optional[Dict[str, Any]]:
    try:
        table: Dict[str, Any] = _Unpickler(io.BytesIO(_read(_TABLE))).load()
    except (OSError, pickle.UnpicklingError):
        return None
    return table if table["key"] == _key(grammar) else None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} in a table of plain values")


_TABLE = "lua.lalr"
_PLAIN = (bool, int, str, list, dict)


if __name__ == "__main__":
    with open(Path(__file__).with_name(_TABLE), "wb") as file:
        pickle.dump(_made(_read("lua.lark")), file, protocol=4)
