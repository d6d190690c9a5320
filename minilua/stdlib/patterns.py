"""Lua patterns (manual §6.4.1): read, weighed, and written as Python's `re` writes them.

A pattern is a plain sequence: nothing in it nests but captures. So its items can be weighed from right to left: what
may the rest begin with, can it fail at all, and to what power of the subject's length might its repetitions cost.

Subjects are text of one character a byte, and classes mean what the C locale says.
"""

from __future__ import annotations

from typing import NamedTuple

from minilua.limits import check, paced, reserve

ALL = 2**256 - 1  # a set of characters is an integer with the bits of its members set
ITEM_SIZE = 250  # about what an item of a pattern takes, with what is known of it
MAX_CAPTURES = 32  # LUA_MAXCAPTURES
MAX_RECURSION = 200  # MAXCCALLS of PUC-Rio's matcher: one level for a repetition, an opening and a closing parenthesis


def mask_of(characters: str) -> int:
    """The set of these characters."""
    mask = 0
    for character in characters:
        mask |= 1 << ord(character)
    return mask


def _range_mask(low: int, high: int) -> int:
    return (1 << high + 1) - (1 << low) if low <= high else 0


_LOWER = _range_mask(97, 122)
_UPPER = _range_mask(65, 90)
_DIGITS = _range_mask(48, 57)
_GRAPHIC = _range_mask(33, 126)
_CLASSES = {
    "a": _LOWER | _UPPER,
    "c": _range_mask(0, 31) | 1 << 127,
    "d": _DIGITS,
    "g": _GRAPHIC,
    "l": _LOWER,
    "p": _GRAPHIC & ~(_LOWER | _UPPER | _DIGITS),
    "s": mask_of(" \t\n\v\f\r"),
    "u": _UPPER,
    "w": _LOWER | _UPPER | _DIGITS,
    "x": _DIGITS | mask_of("abcdefABCDEF"),
    "z": 1,  # deprecated, but still there
}
_CLASSES.update([(letter.upper(), ALL & ~mask) for letter, mask in _CLASSES.items()])


def _class_mask(letter: str) -> int:
    """The set that "%letter" stands for."""
    return _CLASSES.get(letter) or 1 << ord(letter)


class Item(NamedTuple):
    """One item of a pattern.

    kind: "single" (with a suffix, perhaps), "open", "position", "close", "balance", "frontier", "reference", "end" or
    "error": PUC-Rio reports what is malformed when matching gets there, and so do we.
    """

    kind: str
    mask: int = 0
    suffix: str = ""
    capture: int = 0
    text: str = ""


def _set_end(pattern: str, at: int) -> int:
    """The index of the "]" that closes the "[" at `at`, or -1."""
    at += 2 if pattern.startswith("^", at + 1) else 1
    while at < len(pattern):  # the first character belongs to the set, even a "]"
        at += 2 if pattern[at] == "%" else 1
        if pattern.startswith("]", at):
            return at
    return -1


def _set_mask(pattern: str, start: int, end: int) -> int:
    """The set between the "[" at `start` and the "]" at `end`."""
    mask = 0
    at = start + 1
    negated = pattern[at] == "^"
    if negated:
        at += 1
    while at < end:
        if pattern[at] == "%":
            mask |= _class_mask(pattern[at + 1])
            at += 2
        elif pattern[at + 1] == "-" and at + 2 < end:
            mask |= _range_mask(ord(pattern[at]), ord(pattern[at + 2]))
            at += 3
        else:
            mask |= 1 << ord(pattern[at])
            at += 1
    return ALL & ~mask if negated else mask


def parse(pattern: str, at: int = 0) -> list[Item]:
    """The items of `pattern` from index `at` on; an "error" is the last one if there is one."""
    items: list[Item] = []
    closed: list[bool | None] = []  # for each capture: None for a position
    size = len(pattern)
    depth = 0
    while at < size:
        if not len(items) & 1023:
            check()
            reserve(1024 * ITEM_SIZE)
        character = pattern[at]
        following = pattern[at + 1 : at + 2]
        if character == "(":
            if len(closed) == MAX_CAPTURES:
                return [*items, Item("error", text="too many captures")]
            items.append(Item("position" if following == ")" else "open", capture=len(closed)))
            closed.append(None if following == ")" else False)
            at += 2 if following == ")" else 1
            depth += 1
        elif character == ")":
            if False not in closed:
                return [*items, Item("error", text="invalid pattern capture")]
            index = len(closed) - 1 - closed[::-1].index(False)
            closed[index] = True
            items.append(Item("close", capture=index))
            at += 1
            depth += 1
        elif character == "$" and not following:
            items.append(Item("end"))
            at += 1
        elif character == "%" and following == "b":
            if at + 3 >= size:
                return [*items, Item("error", text="malformed pattern (missing arguments to '%b')")]
            items.append(Item("balance", text=pattern[at + 2 : at + 4]))
            at += 4
        elif character == "%" and following == "f":
            if not pattern.startswith("[", at + 2):
                return [*items, Item("error", text="missing '[' after '%f' in pattern")]
            end = _set_end(pattern, at + 2)
            if end < 0:
                return [*items, Item("error", text="malformed pattern (missing ']')")]
            items.append(Item("frontier", _set_mask(pattern, at + 2, end)))
            at = end + 1
        elif character == "%" and following and following in "0123456789":
            index = int(following) - 1
            if not 0 <= index < len(closed) or closed[index] is False:
                return [*items, Item("error", text=f"invalid capture index %{following}")]
            if closed[index] is None:  # a position never equals any text
                items.append(Item("single", 0))
            else:
                items.append(Item("reference", capture=index))
            at += 2
        else:
            if character == "%":
                if not following:
                    return [*items, Item("error", text="malformed pattern (ends with '%')")]
                mask = _class_mask(following)
                at += 2
            elif character == "[":
                end = _set_end(pattern, at)
                if end < 0:
                    return [*items, Item("error", text="malformed pattern (missing ']')")]
                mask = _set_mask(pattern, at, end)
                at = end + 1
            else:
                mask = ALL if character == "." else 1 << ord(character)
                at += 1
            suffix = pattern[at : at + 1]
            if suffix and suffix in "*+-?":
                at += 1
                depth += 1
            else:
                suffix = ""
            items.append(Item("single", mask, suffix))
        if depth == MAX_RECURSION:
            return [*items, Item("error", text="pattern too complex")]
    return items


class Rest(NamedTuple):
    """What is known of the items from some point to the end of the pattern."""

    first: int  # the characters that it can begin with
    at_end: bool  # it may match at the end of the subject
    sure: bool  # it matches anywhere
    sure_at_end: bool  # it matches at the end of the subject
    cost: int  # the power of the subject's length that a match attempt may cost
    failure: int  # the same of an attempt that fails
    choices: int  # how many "?" double the cost


_NOTHING = Rest(0, True, True, True, 0, 0, 0)


def settled(item: Item, rest: Rest) -> bool:
    """Whether the repetition `item` has but one length worth trying before `rest`."""
    return rest.sure or item.mask & rest.first == 0


def _before(item: Item, rest: Rest, bounded: set[int]) -> Rest:
    """What is known of `item` and `rest` together."""
    kind = item.kind
    if kind in ("open", "close", "position"):
        return rest
    if kind == "end":
        return rest._replace(first=0, at_end=True, sure=False, sure_at_end=True)
    if kind == "single":
        if not item.suffix:
            return rest._replace(first=item.mask, at_end=False, sure=False, sure_at_end=False)
        one = settled(item, rest)
        if item.suffix == "?":
            rest = rest._replace(choices=rest.choices + (not one))
        elif one:
            rest = rest._replace(cost=max(1, rest.cost), failure=0 if rest.sure else max(1, rest.failure))
        else:
            rest = rest._replace(cost=rest.cost + 1, failure=rest.failure + 1)
        if item.suffix == "+":
            return rest._replace(first=item.mask, at_end=False, sure=False, sure_at_end=False)
        if item.mask == ALL and item.suffix != "?" and rest.sure_at_end:
            return rest._replace(first=ALL, sure=True, failure=0)
        return rest._replace(first=item.mask | rest.first)
    if kind == "frontier":
        first = item.mask if rest.sure else item.mask & rest.first
        return rest._replace(first=first, at_end=bool(item.mask & 1) and rest.at_end, sure=False, sure_at_end=False)
    if kind == "balance":
        return rest._replace(first=1 << ord(item.text[0]), at_end=False, sure=False, sure_at_end=False)
    if kind == "reference" and item.capture not in bounded:
        rest = rest._replace(cost=max(1, rest.cost), failure=max(1, rest.failure))
    return rest._replace(first=ALL, at_end=True, sure=False, sure_at_end=False)


def _bounded_captures(items: list[Item]) -> set[int]:
    """The captures whose length does not depend on the subject."""
    bounded: set[int] = set()
    inside: list[int] = []
    for item in items:
        if item.kind == "open":
            inside.append(item.capture)
            bounded.add(item.capture)
        elif item.kind == "close":
            inside.remove(item.capture)
        elif item.kind in ("balance", "reference") or item.suffix not in ("", "?"):
            bounded.difference_update(inside)
    return bounded


def weigh(items: list[Item]) -> list[Rest]:
    """For each item what is known from there on, and of the end of the pattern."""
    bounded = _bounded_captures(items)
    rests = [_NOTHING]
    for item in paced(reversed(items)):
        rests.append(_before(item, rests[-1], bounded))
    return rests[::-1]


def local(items: list[Item], rests: list[Rest]) -> bool:
    """Whether a match depends on nothing behind its own end, so that looking no further finds the same.

    A repetition with but one length is local, and so is a lazy one before a text of fixed length: what comes after it
    is not looked at when the shorter lengths are tried.
    """
    fixed = True  # what follows, up to where it cannot fail, is of fixed length
    for item, rest in zip(reversed(items), rests[:0:-1]):
        if item.kind in ("reference", "balance", "error"):
            return False
        fixed = fixed or rest.sure
        if item.suffix:
            if not settled(item, rest) and not (item.suffix == "-" and fixed):
                return False
            fixed = False
    kinds = [item.kind for item in items]
    return len(items) <= MAX_RECURSION and kinds.count("open") == kinds.count("close")


def tail(items: list[Item]) -> int | None:
    """The set X if these items are X*$, as they are where a pattern trims a text; None otherwise."""
    proper = [item for item in items if item.kind not in ("open", "close", "position")]
    if [(item.kind, item.suffix) for item in proper] == [("single", "*"), ("end", "")]:
        return proper[0].mask
    return None


def class_text(mask: int) -> str:
    """A set of characters as `re` writes it (with DOTALL)."""
    if mask == ALL:
        return "."
    if mask == 0:
        return r"[^\x00-\xff]"
    text = ""
    low = 0
    negated = mask >> 255 == 1  # such sets mostly came from a complement
    members = ALL & ~mask if negated else mask
    while members >> low:
        low += ((members >> low) & -(members >> low)).bit_length() - 1
        run = members >> low
        high = low + ((~run) & (run + 1)).bit_length() - 2
        text += f"\\x{low:02x}" if high == low else f"\\x{low:02x}-\\x{high:02x}"
        low = high + 1
    if not negated and len(text) == 4:
        return text
    return f"[^{text}]" if negated else f"[{text}]"


def frontier_text(mask: int) -> str:
    """%f[set] as `re` writes it: the text before the subject and after it counts as one "\\0"."""
    before = f"(?<={class_text(ALL & ~mask)})" if mask & 1 else f"(?<!{class_text(mask)})"
    after = f"(?!{class_text(ALL & ~mask)})" if mask & 1 else f"(?={class_text(mask)})"
    return before + after


def expression(items: list[Item]) -> str:
    """The whole pattern as `re` writes it."""
    parts: list[str] = []
    for item in items:
        kind = item.kind
        if kind == "single":
            parts.append(class_text(item.mask) + ("*?" if item.suffix == "-" else item.suffix))
        elif kind == "open":
            parts.append("(")
        elif kind == "close":
            parts.append(")")
        elif kind == "position":
            parts.append("()")
        elif kind == "frontier":
            parts.append(frontier_text(item.mask))
        elif kind == "reference":
            parts.append(f"(?:\\{item.capture + 1})")
        else:
            parts.append(r"\Z")
    return "".join(parts)
