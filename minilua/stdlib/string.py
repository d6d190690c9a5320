"""The `string` library (manual §6.4); patterns, formats and packing have modules of their own.

Strings are text of one character a byte, so nearly every function is one operation of Python's once its arguments are
known to be of the usual types. That is tested first, and only otherwise are the arguments checked and converted.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from operator import itemgetter, methodcaller
from typing import TYPE_CHECKING, Any, Callable, Iterator, NamedTuple

from minilua.errors import BadArgument, Fault
from minilua.limits import POINTER, check, paced, reserve
from minilua.recursion import c_level
from minilua.stdlib import matching, packing
from minilua.stdlib.arguments import (
    NO_VALUE,
    check_function,
    check_integer,
    check_string,
    opt_integer,
    opt_string,
    type_error,
)
from minilua.stdlib.formatting import format_string
from minilua.stdlib.matching import Pattern
from minilua.values import operations
from minilua.values.numbers import number_text
from minilua.values.table import BaseTable, Table

if TYPE_CHECKING:
    from minilua.runtime import LuaRuntime

_MAX_SIZE = 2**31 - 1
_MAX_RESULTS = 999_900  # what fits on PUC-Rio's stack
_LARGE = 2**16  # the size of text that `reserve` is asked for

_patterns = matching.cache


def byte(s: Any = NO_VALUE, i: Any = None, j: Any = None, *_: Any) -> Any:
    """`string.byte(s [, i [, j]])`."""
    if s.__class__ is not str:
        s = check_string(s, 1)
    if j is None:
        if i is None:
            return ord(s[0]) if s else ()
        if i.__class__ is int and 0 < i <= len(s):
            return ord(s[i - 1])
    first = opt_integer(i, 2, 1)
    last = opt_integer(j, 3, first)
    length = len(s)
    if first <= 0:
        first = 1 if first == 0 or first < -length else length + first + 1
    if last < 0:
        last += length + 1
    if last - first >= _MAX_RESULTS and length - first >= _MAX_RESULTS:
        raise Fault("stack overflow (string slice too long)")
    reserve(2 * POINTER * (min(last, length) - first))
    codes = tuple(map(ord, s[first - 1 : max(last, 0)]))
    return codes[0] if len(codes) == 1 else codes


def char(*codes: Any) -> str:
    """`string.char(...)`."""
    for code in codes:
        if code.__class__ is not int or not 0 <= code <= 255:
            break
    else:
        return "".join(map(chr, codes))
    checked = []
    for n, code in enumerate(codes, 1):
        integer = check_integer(code, n)
        if not 0 <= integer <= 255:
            raise BadArgument(n, "value out of range")
        checked.append(chr(integer))
    return "".join(checked)


def dump(function: Any = NO_VALUE, strip: Any = None, *_: Any) -> str:
    """`string.dump(function [, strip])`: see `dumping`."""
    from minilua.stdlib.dumping import dump as dump_function  # brings the compiler along

    return dump_function(check_function(function, 1), strip is not None and strip is not False)


def length(s: Any = NO_VALUE, *_: Any) -> int:
    """`string.len(s)`."""
    return len(s) if s.__class__ is str else len(check_string(s, 1))


def lower(s: Any = NO_VALUE, *_: Any) -> str:
    """`string.lower(s)`: of ASCII letters, as the C locale has it."""
    text: str = s if s.__class__ is str else check_string(s, 1)
    if len(text) > _LARGE:
        reserve(len(text))
    return text.lower() if text.isascii() else text.encode("latin-1").lower().decode("latin-1")


def upper(s: Any = NO_VALUE, *_: Any) -> str:
    """`string.upper(s)`: of ASCII letters, as the C locale has it."""
    text: str = s if s.__class__ is str else check_string(s, 1)
    if len(text) > _LARGE:
        reserve(len(text))
    return text.upper() if text.isascii() else text.encode("latin-1").upper().decode("latin-1")


def repeat(s: Any = NO_VALUE, n: Any = NO_VALUE, separator: Any = None, *_: Any) -> str:
    """`string.rep(s, n [, sep])`."""
    text = check_string(s, 1)
    count = check_integer(n, 2)
    between = opt_string(separator, 3, "")
    if count <= 0:
        return ""
    if (len(text) + len(between)) * count > _MAX_SIZE:
        raise Fault("resulting string too large")
    reserve(len(text) * count + len(between) * (count - 1))
    return (text + between) * (count - 1) + text if between else text * count


def reverse(s: Any = NO_VALUE, *_: Any) -> str:
    """`string.reverse(s)`."""
    text: str = s if s.__class__ is str else check_string(s, 1)
    if len(text) > _LARGE:
        reserve(len(text))
    return text[::-1]


def sub(s: Any = NO_VALUE, i: Any = NO_VALUE, j: Any = -1, *_: Any) -> str:
    """`string.sub(s, i [, j])`."""
    text: str = s if s.__class__ is str else check_string(s, 1)
    start: int = i if i.__class__ is int else check_integer(i, 2)
    end: int = j if j.__class__ is int else opt_integer(j, 3, -1)
    if start > 0:
        start -= 1
    elif start < 0:
        start = max(len(text) + start, 0)
    if end < 0:
        end = max(len(text) + end + 1, 0)
    piece = text[start:end]
    if len(piece) > _LARGE:
        reserve(len(piece))
    return piece


# ---------------------------------------------------------------- matching


def _start(init: Any, size: int) -> int:
    """The index that the argument `init` of a search means; it may be past the end."""
    position = opt_integer(init, 3, 1)
    if position > 0:
        return position - 1
    return max(size + position, 0) if position else 0


def _captures(match: Any, pattern: Pattern) -> tuple[Any, ...]:
    """The captures of a match, or the whole match if there are none, as Lua values."""
    reserve((match.end() - match.start()) * (pattern.groups or 1))
    if not pattern.groups:
        return (match.group(),)
    texts: tuple[Any, ...] = match.groups()
    if not pattern.positions:
        return texts
    values = list(texts)
    for number in pattern.positions:
        values[number - 1] = match.start(number) + 1
    return tuple(values)


_LONG = 1000
"""What is not worth reading as a pattern if it is none."""

_SHORT = 2000
"""What any text is looked for in at once."""

_FINDS_FAST = sys.version_info >= (3, 10) and sys.implementation.name == "cpython"
"""Whether `str.find` takes steps as many as characters, and not as their product."""


def _find_plain(s: str, text: str, start: int) -> Any:
    at = s.find(text, start) if len(s) < _SHORT else _find_patiently(s, text, start)
    return (at + 1, at + len(text)) if at >= 0 else None


def _find_patiently(s: str, text: str, start: int) -> int:
    """`s.find(text, start)`, in parts where it may take long."""
    check()
    if len(text) < 100 or _FINDS_FAST:
        return s.find(text, start)
    places = _LARGE * 100 // len(text) + 1
    while start + len(text) <= len(s):
        check()
        at = s.find(text, start, start + places + len(text) - 1)
        if at >= 0:
            return at
        start += places
    return -1


def find(s: Any = NO_VALUE, pattern: Any = NO_VALUE, init: Any = None, plain: Any = None, *_: Any) -> Any:
    """`string.find(s, pattern [, init [, plain]])`."""
    if s.__class__ is not str:
        s = check_string(s, 1)
    if pattern.__class__ is not str:
        pattern = check_string(pattern, 2)
    if init.__class__ is int and init > 0:
        start = init - 1
    else:
        start = 0 if init is None else _start(init, len(s))
    if start > len(s):
        return None
    if (plain is not None and plain is not False) or (len(pattern) > _LONG and matching.is_plain(pattern)):
        return _find_plain(s, pattern, start)
    known = _patterns.get(pattern) or matching.compiled(pattern)
    if known.plain:
        return _find_plain(s, pattern, start)
    if len(s) <= known.brief:
        match = known.first(s, start)
    else:
        match = known.first_of(s, start)
    if match is None:
        return None
    if known.groups:
        return (match.start() + 1, match.end(), *_captures(match, known))
    return match.start() + 1, match.end()


def match(s: Any = NO_VALUE, pattern: Any = NO_VALUE, init: Any = None, *_: Any) -> Any:
    """`string.match(s, pattern [, init])`."""
    if s.__class__ is not str:
        s = check_string(s, 1)
    if pattern.__class__ is not str:
        pattern = check_string(pattern, 2)
    start = 0 if init is None else _start(init, len(s))
    if start > len(s):
        return None
    known = _patterns.get(pattern) or matching.compiled(pattern)
    if len(s) <= known.brief:
        match = known.first(s, start)
    else:
        match = known.first_of(s, start)
    if match is None:
        return None
    if len(s) > _LARGE:
        reserve((match.end() - match.start()) * (known.groups or 1))
    if known.positions:
        values = _captures(match, known)
        return values[0] if len(values) == 1 else values
    if known.groups > 1:
        return match.groups()
    return match.group(known.groups)


def _matches(s: str, start: int, pattern: Pattern) -> Iterator[Any]:
    """The matches from index `start` on, one after the other.

    An empty match where the match before ended is none (`lastmatch` in PUC-Rio's code).
    """
    matcher = pattern.matcher(s)
    if not pattern.nullable and matcher is pattern.regex:
        return matcher.finditer(s, start)  # type: ignore[no-any-return]
    return _matches_one_by_one(s, start, matcher.search)


def _matches_one_by_one(s: str, at: int, search: Any) -> Iterator[Any]:
    last = -1
    while at <= len(s):
        check()
        match = search(s, at)
        if match is None:
            return
        end = match.end()
        if end == last:
            at += 1
        else:
            yield match
            at = last = end


def gmatch(s: Any = NO_VALUE, pattern: Any = NO_VALUE, init: Any = None, *_: Any) -> Any:
    """`string.gmatch(s, pattern [, init])`."""
    s = check_string(s, 1)
    pattern = check_string(pattern, 2)
    start = 0 if init is None else _start(init, len(s))
    if pattern.startswith("^"):  # no anchor here
        pattern = "%" + pattern
    known = _patterns.get(pattern) or matching.compiled(pattern)
    matches = _matches(s, start, known) if start <= len(s) else iter(())
    several = known.groups > 1 or bool(known.positions)

    def gmatch_iterator(*_: Any) -> Any:
        for match in matches:
            if several:
                values = _captures(match, known)
                return values[0] if len(values) == 1 else values
            if len(s) > _LARGE:
                reserve(match.end() - match.start())
            return match[known.groups]
        return ()

    if (
        not known.positions and len(s) * (known.groups or 1) <= 16 * _LARGE
    ):  # a loop takes the captures as Python's iterators give them
        values_of: Callable[[Any], Any] = methodcaller("groups") if several else itemgetter(known.groups)
        gmatch_iterator.λdrive = partial(map, values_of, matches)  # type: ignore[attr-defined]
    return gmatch_iterator


class Replacement(NamedTuple):
    """A replacement string for patterns with so many captures.

    parts: text, and numbers of captures. error: what is wrong with it after these parts. form: the same for `%` of the
    captures `references`, in their order.
    """

    parts: list[str | int]
    error: str
    form: str
    references: tuple[int, ...]


_ESCAPE = re.compile(r"%(.?)", re.DOTALL)
_CACHE_SIZE = 500
_LONGEST_KEPT = 1000
_replacements: dict[tuple[str, int], Replacement] = {}


def _read_replacement(text: str, groups: int) -> Replacement:
    parts: list[str | int] = []
    error = ""
    at = 0
    for escape in _ESCAPE.finditer(text):
        character = escape[1]
        parts.append(text[at : escape.start()] + ("%" if character == "%" else ""))
        at = escape.end()
        if character == "%":
            continue
        if not character or character not in "0123456789":
            error = "invalid use of '%' in replacement string"
            break
        number = int(character)
        if number > max(groups, 1):
            error = f"invalid capture index %{number}"
            break
        parts.append(min(number, groups))  # without captures %1 is the whole match
    else:
        parts.append(text[at:])
    form = "".join([part.replace("%", "%%") if isinstance(part, str) else "%s" for part in parts])
    read = Replacement(parts, error, form, tuple([part for part in parts if isinstance(part, int)]))
    if len(text) <= _LONGEST_KEPT:
        if len(_replacements) >= _CACHE_SIZE:
            del _replacements[next(iter(_replacements))]
        _replacements[text, groups] = read
    return read


def _expander(read: Replacement, pattern: Pattern) -> Callable[[Any], str]:
    """What makes the text that replaces a match."""
    form, references, positions = read.form, read.references, pattern.positions

    def expand(match: Any) -> str:
        values = [match.start(part) + 1 if part in positions else match.group(part) for part in references]
        if read.error:
            raise Fault(read.error)
        return form % tuple(values)

    if read.error or any(part in positions for part in references):
        return expand
    if not references:
        text = form % ()
        return lambda _: text
    if len(references) == 1:
        number = references[0]
        return lambda match: form % match[number]
    return lambda match: form % match.group(*references)


def _in_steps(value_of: Callable[[Any], str], read: Replacement) -> Callable[[Any], str]:
    """The same for matches that are many or long: each is asked for before it is made."""
    references = len(read.references)
    turn = 0

    def expand(match: Any) -> str:
        nonlocal turn
        turn += 1
        if not turn & 511:
            check()
        size = len(read.form) + (match.end() - match.start()) * references
        if size > _LARGE:
            reserve(size)
        return value_of(match)

    return expand


def _evaluator(replacement: Any, pattern: Pattern) -> Callable[[Any], Any]:
    """What asks a function or a table for the value that replaces a match."""
    if not isinstance(replacement, BaseTable):
        if pattern.positions:
            return lambda match: replacement(*_captures(match, pattern))
        if pattern.groups:
            return lambda match: replacement(*match.groups())
        return lambda match: replacement(match[0])
    if 1 in pattern.positions:
        return lambda match: operations.index(replacement, match.start(1) + 1)
    number = 1 if pattern.groups else 0
    if replacement.__class__ is Table:
        values = replacement.λhash
        return lambda match: values.get(match[number])
    return lambda match: operations.index(replacement, match[number])


def _text_of(value: Any) -> str | None:
    """The text that a value which is no string stands for; None for nil and false, which leave the match as it is."""
    if value.__class__ is tuple:
        value = operations.one(value)
    if value.__class__ is str:
        return str(value)
    if value is None or value is False:
        return None
    if value.__class__ is int or value.__class__ is float:
        return number_text(value)
    raise Fault(f"invalid replacement value (a {operations.type_name(value)})")


def gsub(
    s: Any = NO_VALUE, pattern: Any = NO_VALUE, replacement: Any = NO_VALUE, n: Any = None, *_: Any
) -> tuple[str, int]:
    """`string.gsub(s, pattern, repl [, n])`."""
    if s.__class__ is not str:
        s = check_string(s, 1)
    if pattern.__class__ is not str:
        pattern = check_string(pattern, 2)
    if replacement.__class__ is int or replacement.__class__ is float:
        replacement = number_text(replacement)
    most = opt_integer(n, 4, len(s) + 1)
    if replacement.__class__ is not str and operations.type_name(replacement) not in ("table", "function"):
        raise type_error(replacement, 3, "string/function/table")
    known = _patterns.get(pattern) or matching.compiled(pattern)
    if most <= 0:
        return s, 0
    value_of: Callable[[Any], Any]
    if replacement.__class__ is str:
        read = _replacements.get((replacement, known.groups)) or _read_replacement(replacement, known.groups)
        value_of = _expander(read, known)
        if len(s) <= known.limit and not known.nullable and not known.anchored:
            references = len(read.references)
            if (len(s) + 1) * (len(read.form) + references + 1) > _LARGE:
                matches = sum(1 for _ in paced(known.regex.finditer(s)))
                reserve(len(s) * (1 + references) + matches * len(read.form))
                if matches > _LARGE:
                    value_of = _in_steps(value_of, read)
            result: tuple[str, int] = known.regex.subn(value_of, s, min(most, len(s) + 1))
            return result
        if (len(s) + 1) * len(read.form) > _LARGE:
            value_of = _in_steps(value_of, read)
    else:
        value_of = _evaluator(replacement, known)
        with c_level:
            return _replace(s, _all_matches(s, known), value_of, most)
    return _replace(s, _all_matches(s, known), value_of, most)


def _all_matches(s: str, pattern: Pattern) -> Iterator[Any]:
    """The matches that `gsub` replaces: at most the one at the beginning if the pattern is anchored."""
    if not pattern.anchored:
        return _matches(s, 0, pattern)
    match = pattern.matcher(s).match(s, 0)
    return iter(() if match is None else (match,))


def _replace(s: str, matches: Iterator[Any], value_of: Callable[[Any], Any], most: int) -> tuple[str, int]:
    """`s` with up to `most` matches replaced by what `value_of` makes of them, and how many there were."""
    pieces: list[str] = []
    last = 0
    count = 0
    size = 0
    for match in matches:
        value = value_of(match)
        count += 1
        if not count & 511:
            check()
        if value.__class__ is not str:
            value = _text_of(value)
        if value is not None:
            size += len(value)
            if size > _LARGE:
                reserve(size)
                size = 0
            pieces.append(s[last : match.start()])
            pieces.append(value)
            last = match.end()
        if count >= most:
            break
    if not pieces:
        return s, count
    pieces.append(s[last:])
    size = sum(map(len, pieces))
    if size > _LARGE:
        reserve(size)
    return "".join(pieces), count


def library(_runtime: LuaRuntime) -> dict[str, object]:
    """The names of the `string` table."""
    return {
        "byte": byte,
        "char": char,
        "dump": dump,
        "find": find,
        "format": format_string,
        "gmatch": gmatch,
        "gsub": gsub,
        "len": length,
        "lower": lower,
        "match": match,
        "pack": packing.pack,
        "packsize": packing.packsize,
        "rep": repeat,
        "reverse": reverse,
        "sub": sub,
        "unpack": packing.unpack,
        "upper": upper,
    }
