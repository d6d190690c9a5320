"""What Python's parser of regular expressions makes of a pattern, and mini expressions for parts of it."""

from __future__ import annotations

import importlib
import re
import sys
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

_NEW = sys.version_info >= (3, 11)
_parser: Any = importlib.import_module("re._parser" if _NEW else "sre_parse")
_compiler: Any = importlib.import_module("re._compiler" if _NEW else "sre_compile")

Node = Tuple[Any, Any]
"""An operation, which has a `name`, and what it is about."""

SINGLES = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN"))
"""The operations that take one character."""

REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))

MANY = int(_parser.MAXREPEAT)
"""How often a repetition without an upper bound may be done."""

_SCOPED = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.ASCII | re.UNICODE
"""The flags that decide what a part of a pattern matches."""


class Tree:
    """A pattern that was parsed: its nodes, its flags, the number of its groups and their names."""

    def __init__(self, pattern: str, flags: int) -> None:
        parsed = _parser.parse(pattern, flags)
        if _widths(list(parsed), int(parsed.state.flags)) > WIDEST:
            raise re.error("classes too wide for the modifier i")
        self.nodes: List[Node] = list(parsed)
        self.flags = int(parsed.state.flags)
        self.groups: int = parsed.state.groups
        self.parsed = parsed

    def compiled(self) -> re.Pattern[str]:
        """The pattern for `re`. Its own cache, which a script could fill, never sees it."""
        return _compiler.compile(self.parsed, self.flags)  # type: ignore[no-any-return]


WIDEST = 1 << 19
"""How many characters the ranges in classes may have that disregard case: Python's compiler goes through them."""


def _widths(nodes: List[Node], flags: int) -> int:
    """The characters in the ranges that disregard case."""
    width = 0
    for operation, detail in nodes:
        name = operation.name
        if name == "IN" and flags & re.IGNORECASE:
            width += sum([min(part[1] - part[0], 1 << 16) for kind, part in detail if kind.name == "RANGE"])
        elif name in REPEATS:
            width += _widths(list(detail[2]), flags)
        elif name == "SUBPATTERN":
            width += _widths(list(detail[3]), inner_flags(flags, detail[1], detail[2]))
        elif name == "ATOMIC_GROUP":
            width += _widths(list(detail), flags)
        elif name in ("ASSERT", "ASSERT_NOT"):
            width += _widths(list(detail[1]), flags)
        elif name in ("BRANCH", "GROUPREF_EXISTS"):
            for branch in branches(name, detail):
                width += _widths(list(branch or ()), flags)
    return width


def branches(name: str, detail: Any) -> Sequence[Any]:
    """The alternatives of a node that has some; one may be None."""
    return detail[1] if name == "BRANCH" else detail[1:]  # type: ignore[no-any-return]


def inner_flags(flags: int, added: int, removed: int) -> int:
    """The flags inside a group that changes some."""
    return (flags | added) & ~removed


def expression(nodes: List[Node], flags: int) -> re.Pattern[str]:
    """The regular expression of some nodes without groups."""
    state = _parser.State()
    state.flags = flags & _SCOPED
    state.str = ""
    return _compiler.compile(_parser.SubPattern(state, nodes), 0)  # type: ignore[no-any-return]


def run_of(node: Node, flags: int) -> Callable[[str, int], Optional[re.Match[str]]]:
    """What finds how far a repetition of a node that takes one character reaches."""
    state = _parser.State()
    state.str = ""
    return expression([(_parser.MAX_REPEAT, (0, _parser.MAXREPEAT, _parser.SubPattern(state, [node])))], flags).match


OTHERS = 1 << 256
"""The bit in a set of characters that stands for all beyond Latin-1; the others stand for one character each."""

ALL = (OTHERS << 1) - 1


class Sets:
    """The sets of characters that nodes take. Of characters beyond Latin-1 nodes take all or none, to be safe."""

    def __init__(self) -> None:
        self._known: Dict[str, int] = {}

    def of(self, node: Node, flags: int) -> int:
        name, detail = node[0].name, node[1]
        if name == "ANY":
            return ALL if flags & re.DOTALL else ALL & ~(1 << 10)
        if name == "LITERAL" and not flags & re.IGNORECASE:
            return int(1 << detail) if detail < 256 else OTHERS
        key = f"{name} {detail} {flags & _SCOPED}"
        known = self._known.get(key)
        if known is None:
            matches = expression([node], flags).match
            known = OTHERS
            for code in range(256):
                if matches(chr(code)) is not None:
                    known |= 1 << code
            self._known[key] = known
        return known


def class_text(mask: int) -> str:
    """A set of characters as a class of `re`."""
    text = "".join([f"\\x{code:02x}" for code in range(256) if mask >> code & 1])
    if mask & OTHERS:
        text += "\\u0100-\\U0010ffff"
    return f"[{text}]"
