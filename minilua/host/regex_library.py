r"""The library `regex` of workflows: PCRE's patterns on Python's `re`.

    regex.match(subject, pattern [, flags])         the match and its groups, or nil
    regex.match_all(subject, pattern [, flags])     one list of matches for the whole and for each group
    regex.gsub(subject, pattern, replacement [, limit])

A pattern may stand in PCRE's delimiters with modifiers after them, "/level=(\w+)/i", "~...~" or "#...#", or stand by
itself: "level=(\w+)". `flags` is a text of modifiers, or the number of a PREG constant: 1 and 2 choose the order of
`match_all` (a list for each group, a list for each match), 512 makes groups that took no part nil rather than "".
Named groups are found under their names too. A replacement refers to groups by $1, ${1}, ${name}, and \$ is a dollar.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Any, Callable, Dict, Iterator, List, Match, Optional, Tuple, Union

from minilua.host.data import lua_type
from minilua.host.errors import HostError
from minilua.host.regex_cost import Analysis
from minilua.host.regex_engine import AnyMatch, Code, Matching
from minilua.host.regex_tree import Tree
from minilua.limits import check, paced, reserve

MODIFIERS = {
    "i": re.IGNORECASE,
    "m": re.MULTILINE,
    "s": re.DOTALL,
    "x": re.VERBOSE,
    "u": re.UNICODE,  # what Python does with text in any case
}
DELIMITERS = "/~#"

PATTERN_ORDER, SET_ORDER, UNMATCHED_AS_NULL = 1, 2, 512

#: The longest pattern in characters: to read one takes time that grows with the square of its length at worst.
LONGEST = 8192

#: The steps that `re` may take at worst, a few tenths of a second; what may take more is matched by `Matching`.
STEPS = 2**25

#: About what `re` keeps of one turn of a repeated group, and what a match and the text of a group occupy, in bytes.
BYTES_PER_TURN, BYTES_PER_GROUP = 250, 100

_DELIMITED = re.compile(rf"([{DELIMITERS}])(.*)\1([a-zA-Z]*)", re.DOTALL)


def library() -> Dict[str, Callable[..., Any]]:
    """Return the functions of the library by name."""
    return {"match": match, "match_all": match_all, "gsub": gsub}


def match(subject: Any = None, pattern: Any = None, flags: Any = None, *_: Any) -> Any:
    """Return the first match: the whole, then its groups, and named groups by name too; nil where there is none."""
    _require("match", subject=subject, pattern=pattern)
    compiled, numeric = _understood("match", pattern, flags)
    found = next(compiled.matches("match", subject), None)
    return None if found is None else _groups(found, bool(numeric & UNMATCHED_AS_NULL))


def match_all(subject: Any = None, pattern: Any = None, flags: Any = None, *_: Any) -> Any:
    """Return all matches: one list for the whole and each group, or with flag 2 one list for each match."""
    _require("match_all", subject=subject, pattern=pattern)
    compiled, numeric = _understood("match_all", pattern, flags)
    found = compiled.matches("match_all", subject)
    if numeric & SET_ORDER:
        return [_groups(one, bool(numeric & UNMATCHED_AS_NULL)) for one in found]
    lists: List[List[str]] = [[] for _ in range(compiled.groups + 1)]
    for one in found:
        for group, texts in enumerate(lists):
            texts.append(one.group(group) or "")
    if not lists[0]:
        return []
    columns: Dict[Union[int, str], Any] = dict(enumerate(lists, 1))
    columns.update({name: columns[group + 1] for name, group in compiled.names.items()})
    return columns


def gsub(subject: Any = None, pattern: Any = None, replacement: Any = None, limit: Any = None, *_: Any) -> str:
    """Return the subject with each match replaced, or with the first `limit` ones."""
    _require("gsub", subject=subject, pattern=pattern, replacement=replacement)
    if limit is not None and not (limit.__class__ is int or (limit.__class__ is float and limit.is_integer())):
        raise HostError(f"regex.gsub: expected integer limit, got {lua_type(limit)}")
    compiled, _flags = _understood("gsub", pattern, None)
    template = _template(replacement, compiled)
    left = -1 if limit is None or limit < 0 else int(limit)
    pieces: List[str] = []
    end = 0
    if left:
        for found in compiled.matches("gsub", subject):
            pieces.append(subject[end : found.start()])
            texts = [part if isinstance(part, str) else found.group(part) or "" for part in template]
            reserve(sum(map(len, texts)))
            pieces += texts
            end = found.end()
            left -= 1
            if not left:
                break
    pieces.append(subject[end:])
    reserve(sum(map(len, pieces)))
    return "".join(pieces)


class Regex:
    """A regular expression: matched by `re` where even the worst case is short, and else by `Matching`."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._tree = tree = Tree(pattern, flags)
        self._compiled = compiled = tree.compiled()
        self._analysis = Analysis(tree)
        self._code: Optional[Code] = None
        self.groups = compiled.groups
        self.names = compiled.groupindex

    def matches(self, what: str, subject: str) -> Iterator[AnyMatch]:
        """The matches, one after the other; `what` is the function that asks for them."""
        for match in paced(self._found(what, subject)):
            reserve(BYTES_PER_GROUP * (self.groups + 1))
            yield match

    def _found(self, what: str, subject: str) -> Iterator[AnyMatch]:
        if self._analysis.steps(subject) <= STEPS:
            reserve(self._analysis.turns(subject) * BYTES_PER_TURN)
            return self._compiled.finditer(subject)
        if self._code is None:
            self._code = Code(self._tree, self._compiled, self._analysis)
        return Matching(self._code, subject, f"regex.{what}").matches()


def _require(function: str, **values: Any) -> None:
    for name, value in values.items():
        if value.__class__ is not str:
            raise HostError(f"regex.{function}: expected string {name}, got {lua_type(value)}")


def _understood(function: str, pattern: str, flags: Any) -> Tuple[Regex, int]:
    """Return the compiled pattern and the numeric flags."""
    check()
    if len(pattern) > LONGEST:
        raise HostError(f"regex.{function}: the pattern has more than {LONGEST} characters")
    modifiers, numeric = "", 0
    if flags.__class__ is str:
        modifiers = flags
    elif flags.__class__ is int:
        numeric = flags
        if numeric & ~(PATTERN_ORDER | SET_ORDER | UNMATCHED_AS_NULL):
            raise HostError(f"regex.{function}: unknown flags {flags}")
    elif flags is not None:
        raise HostError(f"regex.{function}: expected string or integer flags, got {lua_type(flags)}")
    delimited = _DELIMITED.fullmatch(pattern)
    if delimited and set(delimited.group(3)) <= set(MODIFIERS):
        delimiter, pattern = delimited.group(1), delimited.group(2)
        modifiers += delimited.group(3)
        pattern = pattern.replace("\\" + delimiter, delimiter)
    compiled = _compiled if len(pattern) + len(modifiers) <= LONGEST_KEPT else _compiled.__wrapped__
    try:
        return compiled(pattern, modifiers), numeric
    except HostError as error:
        raise HostError(f"regex.{function}: {error}") from None


#: The longest patterns and replacements that are kept for the next call.
LONGEST_KEPT = 500


@lru_cache(maxsize=256)
def _compiled(pattern: str, modifiers: str) -> Regex:
    flags = 0
    for modifier in modifiers:
        if modifier not in MODIFIERS:
            raise HostError(f"unknown modifier '{modifier}' (known: {' '.join(MODIFIERS)})")
        flags |= MODIFIERS[modifier]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of "[[", which is right today
            return Regex(_translated(pattern), flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise HostError(f"invalid pattern '{pattern}': {error}") from None


#: What PCRE spells otherwise than Python. In a character class only its members matter, so classes are one token.
_TOKEN = re.compile(
    r"""
    (?P<escape> \\k(?:<\w+>|\{\w+\}|'\w+') | \\. )
  | (?P<class> \[ \^? \]? (?: \[:\^?\w+:\] | \\. | [^\]\\] )* \] )
  | (?P<name> \(\?(?:<(?![=!])|') (?P<group> \w+ ) [>'] )
    """,
    re.VERBOSE | re.DOTALL,
)
_BLANKS = r" \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ESCAPES = {
    r"\z": r"\Z",
    r"\Z": r"(?=\n?\Z)",
    r"\h": f"[{_BLANKS}]",
    r"\H": f"[^{_BLANKS}]",
    r"\R": r"(?:\r\n|[\n-\r\x85\u2028\u2029])",
    r"\N": r"[^\n]",
    r"\e": r"\x1b",
}
_ESCAPES_IN_CLASS = {r"\h": _BLANKS, r"\e": r"\x1b"}
_POSIX = {
    "alpha": "A-Za-z",
    "digit": "0-9",
    "alnum": "A-Za-z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9A-Fa-f",
    "word": r"\w",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r"\x20-\x7e",
    "graph": r"\x21-\x7e",
}


def _translated(pattern: str) -> str:
    def python(token: Match[str]) -> str:
        text = token.group()
        if token.group("class"):
            return "[" + _MEMBER.sub(_member, text[1:])
        if token.group("group"):
            return f"(?P<{token.group('group')}>"
        if text.startswith(r"\k"):
            return f"(?P={text[3:-1]})" if len(text) > 2 else text
        return _ESCAPES.get(text, text)

    return _TOKEN.sub(python, pattern)


_MEMBER = re.compile(r"\\.|\[:(\^?\w+):\]", re.DOTALL)


def _member(token: Match[str]) -> str:
    text, name = token.group(), token.group(1)
    if name is None:
        return _ESCAPES_IN_CLASS.get(text, text)
    if name not in _POSIX:
        raise HostError(f"unknown POSIX class name '{name}'")
    return _POSIX[name]


def _groups(found: AnyMatch, absent_is_nil: bool) -> Dict[Union[int, str], Any]:
    """Return a match as PCRE's users know it: trailing groups that took no part are left out, others are ""."""
    last = max((i for i in range(len(found.groups()) + 1) if found.group(i) is not None), default=0)
    absent = None if absent_is_nil else ""
    result: Dict[Union[int, str], Any] = {}
    for i in range(last + 1):
        text = found.group(i)
        result[i + 1] = absent if text is None else text
    for name, index in found.re.groupindex.items():
        if index <= last:
            result[name] = result[index + 1]
    return result


_REFERENCE = re.compile(r"\\\$|\$(?:(\d{1,2})|\{(\w+)\})")


def _template(replacement: str, compiled: Regex) -> Tuple[Union[str, int], ...]:
    """Return the literal parts and the group numbers of a replacement."""
    parts: List[Union[str, int]] = []
    end = 0
    for token in paced(_REFERENCE.finditer(replacement)):
        parts.append(replacement[end : token.start()])
        end = token.end()
        reference = token.group(1) or token.group(2)
        if reference is None:
            parts.append("$")
            continue
        group = int(reference) if reference.isdecimal() else compiled.names.get(reference, -1)
        if not 0 <= group <= compiled.groups:
            count = f"{compiled.groups} group{'s' if compiled.groups != 1 else ''}"
            raise HostError(f"regex.gsub: no group '{reference}' in the pattern, which has {count}")
        parts.append(group)
    parts.append(replacement[end:])
    return tuple(parts)
