"""From text to tokens (manual, §3.1).

One regular expression finds every token; what it finds wrong is looked at a second time, character by character,
for the message. Text is Latin-1, one character a byte, so `\\w` and its kin must not be used: Lua's letters are ASCII.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Iterator, List, Optional, Tuple

from ..limits import paced
from ..values import utf8
from ..values.numbers import to_number

# The deepest nesting of expressions and statements that PUC-Rio's parser takes when `load` is called from Lua:
# 200 C calls (LUAI_MAXCCALLS) less its own two.
MAX_LEVELS = 198

KEYWORDS = tuple(
    "and break do else elseif end false for function goto if in local nil not or "
    "repeat return then true until while".split()
)
SYMBOLS = tuple("+ - * / % ^ # & ~ | << >> // == ~= <= >= < > = ( ) { } [ ] :: ; : , . .. ...".split())


class Token:
    """A token: the grammar's name for it, what it says, and the line on which it ends.

    `value` is a numeral's number, a string's text with its escapes resolved, and the text itself for all others.
    """

    __slots__ = ("type", "value", "line")

    # What Lark reads of the last token to make its own end-of-file token.
    start_pos = end_pos = column = end_column = end_line = None

    def __init__(self, type: str, value: Any, line: int) -> None:
        self.type = type
        self.value = value
        self.line = line

    @property
    def text(self) -> str:
        """The token as messages quote it."""
        return str(self.value)


class Literal(Token):
    """A numeral or a string, which also knows how it was written."""

    __slots__ = ("raw",)

    def __init__(self, type: str, value: Any, line: int, raw: str) -> None:
        self.type = type
        self.value = value
        self.line = line
        self.raw = raw

    @property
    def text(self) -> str:
        """A numeral as written; a string within its delimiters, but with the escapes resolved, as PUC-Rio has it."""
        if self.type == "NUMBER":
            return self.raw
        delimiter = self.raw[: self.raw.index("[", 1) + 1] if self.raw[0] == "[" else self.raw[0]
        return delimiter + str(self.value) + delimiter.replace("[", "]")


class LexicalError(Exception):
    """Text that is no token: the message, the line, and the text near which it was found (None: the end)."""

    def __init__(self, message: str, line: int, near: Optional[str]) -> None:
        super().__init__(message, line, near)
        self.message = message
        self.line = line
        self.near = near


class Reading:
    """How far one chunk has been read: what the lexer and the actions of the grammar tell one another."""

    __slots__ = ("line", "deep", "varargs")

    def __init__(self) -> None:
        # The line of the last token that was consumed, that is, of the one before the parser's lookahead. PUC-Rio
        # gives it to most instructions.
        self.line = 1
        # Whether nesting may have passed MAX_LEVELS: an estimate, never too low.
        self.deep = False
        # Whether each function that is being read is a vararg function, innermost last.
        self.varargs = [True]


_TOKEN = re.compile(
    r"""[ \t\f\v]*(?:
      (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<lines>\n[ \t\n\f\v]*)
    | (?P<symbol>[,(){}\];+*%^\#&|]|==?|~=?|<[<=]?|>[>=]?|//?|::?|\.\.\.?|\.(?![0-9])|-(?!-)|\[(?![\[=]))
    | (?P<plain>"[^"\\\n]*"|'[^'\\\n]*')
    | (?P<numeral>\.?(?:0[xX][0-9A-Fa-f.pP]*(?:(?<=[pP])[+-][0-9A-Fa-f.pP]*){0,9}
      |[0-9][0-9A-Fa-f.]*(?:(?<=[eE])[+-][0-9A-Fa-f.]*){0,9})[A-Za-z_]?)
    | (?P<comment>--(?!\[=*\[)[^\n]*)
    | (?P<escaped>"[^"\\\n]*(?:\\(?:z[ \t\n\f\v]*(?![ \t\n\f\v])|[^z])[^"\\\n]*)*"
      |'[^'\\\n]*(?:\\(?:z[ \t\n\f\v]*(?![ \t\n\f\v])|[^z])[^'\\\n]*)*')
    | (?P<long>\[(?P<level>=*)\[(?s:.*?)\](?P=level)\])
    | (?P<long_comment>--\[(?P<comment_level>=*)\[(?s:.*?)\](?P=comment_level)\])
    | \Z
    | (?P<odd>.)
    )""",
    re.VERBOSE,
)

# How nesting changes at a token, for the estimate of `Reading.deep`.
_OPENS, _CLOSES, _OPERATES, _STARTS = 1, 2, 3, 4
_EFFECTS: Dict[str, int] = {
    **dict.fromkeys("( { [ if do function repeat".split(), _OPENS),
    **dict.fromkeys(") } ] end until".split(), _CLOSES),
    **dict.fromkeys("not # - ~ ^ or and < > <= >= ~= == | & << >> + * / // %".split(), _OPERATES),
    **dict.fromkeys(", ; = then else elseif local return for while break goto ::".split(), _STARTS),
}


def tokens(source: str, types: Dict[str, str], reading: Reading) -> Iterator[Token]:
    """The tokens of `source`, whose line breaks are all "\\n".

    `types` has the grammar's names for keywords and symbols.

    Raises:
        LexicalError: when the text is no token.
    """
    type_of = types.get
    effect_of = _EFFECTS.get
    line = 1
    # PUC-Rio's parser goes one level deeper for a statement, for an expression and for each operator whose right
    # operand it reads. Here a bracket or block counts two and every operator one, until the next expression.
    level = floor = 2
    open_levels: List[int] = []
    for match in paced(_TOKEN.finditer(source)):
        kind = match.lastgroup
        if kind is None:
            return
        text = match.group(match.lastindex)  # type: ignore[arg-type]
        if kind == "word" or kind == "symbol":
            type = type_of(text, "NAME")
            effect = effect_of(text)
            if effect is not None:
                if effect == _OPENS:
                    open_levels.append(floor)
                    open_levels.append(level)
                    level = floor = level + 2
                    if level > MAX_LEVELS:
                        reading.deep = True
                elif effect == _STARTS:
                    level = floor
                elif effect == _OPERATES:
                    level += 1
                    if level > MAX_LEVELS:
                        reading.deep = True
                elif open_levels:
                    level = open_levels.pop()
                    floor = open_levels.pop()
            token = Token(type, text, line)
        elif kind == "lines" or kind == "long_comment":
            line += text.count("\n")
            continue
        elif kind == "comment":
            continue
        elif kind == "plain":
            token = Literal("STRING", text[1:-1], line, text)
        elif kind == "numeral":
            number = int(text) if len(text) < 19 and text.isdigit() else to_number(text)
            if number is None:
                raise LexicalError("malformed number", line, text)
            token = Literal("NUMBER", number, line, text)
        elif kind == "escaped":
            value = _resolved(text[1:-1])
            if value is None:
                raise _broken_string(source, match.start(kind), line)
            line += text.count("\n")
            token = Literal("STRING", value, line, text)
        elif kind == "long":
            width = text.index("[", 1) + 1
            value = text[width:-width]
            line += text.count("\n")
            token = Literal("STRING", value[1:] if value[:1] == "\n" else value, line, text)
        else:
            token = _odd(source, match.start(kind), line)
        yield token
        reading.line = line


def words(source: str) -> Iterator[Tuple[str, int, int]]:
    """The words of a text that is Lua, each with where it starts and ends."""
    for match in _TOKEN.finditer(source):
        if match.lastgroup == "word":
            yield match["word"], match.start("word"), match.end("word")


def longest_chain(source: str) -> int:
    """How many tokens stand in a row without the start of another statement or element: about as deep is their tree."""
    longest = length = 0
    after_operand = False
    for match in paced(_TOKEN.finditer(source)):
        kind = match.lastgroup
        if kind in ("lines", "comment", "long_comment", None):
            continue
        text = match.group(match.lastindex)  # type: ignore[arg-type]
        is_name = kind == "word" and text not in _EFFECTS
        if (is_name and after_operand) or text == "=" or _EFFECTS.get(text) == _STARTS:
            length = 0
        length += 1
        longest = max(longest, length)
        after_operand = is_name or kind != "symbol" and kind != "word" or text in ")]}"
    return longest


_ESCAPE = re.compile(r"\\(?:(z)[ \t\n\f\v]*|x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]+)\}|([0-9]{1,3})|([^zxu0-9]))")
_TO_ESCAPE = re.compile(r"[^\\\n]*")
_SINGLE_ESCAPES = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", '"': '"', "'": "'", "\n": "\n",
}  # fmt: skip
_MAX_UTF8 = 0x7FFFFFFF


def _resolved(text: str) -> Optional[str]:
    """`text`, the inside of a short string, with its escapes resolved, or None if one of them is wrong."""
    pieces = []
    end = 0
    while True:
        start = text.find("\\", end)
        if start < 0:
            break
        pieces.append(text[end:start])
        match = _ESCAPE.match(text, start)
        if match is None:
            return None
        end = match.end()
        kind = match.lastindex
        if kind == 5:
            single = _SINGLE_ESCAPES.get(match.group(5))
            if single is None:
                return None
            pieces.append(single)
        elif kind == 4:
            byte = int(match.group(4))
            if byte > 255:
                return None
            pieces.append(chr(byte))
        elif kind == 3:
            code = int(match.group(3), 16)
            if code > _MAX_UTF8:
                return None
            pieces.append(utf8.encode(code))
        elif kind == 2:
            pieces.append(chr(int(match.group(2), 16)))
    pieces.append(text[end:])
    return "".join(pieces)


def _odd(source: str, start: int, line: int) -> Token:
    """What stands at `start` is no token of Lua's: a character that no construct takes, or the error it is."""
    character = source[start]
    if character in "\"'":
        raise _broken_string(source, start, line)
    what = re.compile(r"(--)?(\[=*)(\[)?").match(source, start)
    if what is None:
        return Token(character, character, line)
    if what.group(3) is None:
        raise LexicalError("invalid long string delimiter", line, what.group(2))
    kind = "comment" if what.group(1) else "string"
    last_line = line + source.count("\n", start)
    raise LexicalError(f"unfinished long {kind} (starting at line {line})", last_line, None)


def _broken_string(source: str, start: int, line: int) -> LexicalError:
    """What is wrong with the short string at `start`.

    The message quotes it as PUC-Rio's buffer has it: escapes up to the wrong one resolved, and of that one what
    has been read.
    """
    seen = []
    position = start
    while True:
        text = _TO_ESCAPE.match(source, position)
        assert text is not None
        seen.append(text.group())
        position = text.end()
        if source[position : position + 1] == "\n":
            return LexicalError("unfinished string", line, "".join(seen))
        if position + 1 >= len(source):
            return LexicalError("unfinished string", line, None)
        escape = _ESCAPE.match(source, position)
        resolved = None if escape is None else _resolved(escape.group())
        if escape is None or resolved is None:
            message, length = _broken_escape(source, position)
            return LexicalError(message, line, "".join(seen) + source[position : position + length])
        line += escape.group().count("\n")
        seen.append(resolved)
        position = escape.end()


def _broken_escape(source: str, start: int) -> Tuple[str, int]:
    """The message for the wrong escape at `start`, and how many characters of it PUC-Rio has read by then."""
    kind = source[start + 1]
    if kind.isdigit():
        return "decimal escape too large", 5
    if kind == "x":
        return "hexadecimal digit expected", 3 if source[start + 2 : start + 3] not in _HEXADECIMAL else 4
    if kind != "u":
        return "invalid escape sequence", 2
    if source[start + 2 : start + 3] != "{":
        return "missing '{'", 3
    position = start + 3
    code = 0
    while source[position : position + 1] in _HEXADECIMAL:
        code = code << 4 | int(source[position], 16)
        position += 1
        if code > _MAX_UTF8:
            return "UTF-8 value too large", position - start
    if position == start + 3:
        return "hexadecimal digit expected", 4
    return "missing '}'", position + 1 - start


_HEXADECIMAL = tuple("0123456789ABCDEFabcdef")
