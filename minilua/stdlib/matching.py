"""Matching Lua patterns in time that does not explode.

Python's `re` means the same as Lua for everything but %b and malformed patterns, and it is fast, but it tries
repetitions without memory. It therefore gets a pattern only up to the length of subject where even the worst case
stays in the milliseconds.

For the rest there is a backtracking `Matcher` that never tries the same rest of the pattern at the same place twice: as
long as no capture is referred to, what failed there once fails there always. Repetitions are not taken character by
character: `re` finds how far one can reach, and where the rest of the pattern could begin.
"""

from __future__ import annotations

import math
import re
from typing import Any

from minilua.errors import Fault
from minilua.limits import check, reserve
from minilua.stdlib import patterns
from minilua.stdlib.patterns import Item, Rest

_WINDOW = 1000  # how far `re` may look for a match whose beginning is known
_LONGEST_FIXED = 2000  # the length of an expression for a part of a pattern, if it can be divided
_BRIEF = (
    100_000  # the length of the subjects that `re` may look through many times without anybody looking at the clock
)
_MAX_EXPLORED = 100_000  # what a matcher remembers of repetitions before back references

_RUN, _FIXED, _OPEN, _CLOSE, _POSITION, _REFERENCE, _BALANCE, _ERROR, _ACCEPT = range(9)


class Match:
    """A match, with the methods of `re.Match` that the string library uses. A position is an empty capture."""

    __slots__ = ("_spans", "_subject")

    def __init__(self, subject: str, spans: tuple[int, ...]) -> None:
        self._subject = subject
        self._spans = spans  # start and end of the match, then of the captures; an end of -1: unfinished

    def start(self, group: int = 0) -> int:
        """Where the match, or a capture of it, begins."""
        return self._spans[2 * group]

    def end(self, group: int = 0) -> int:
        """Where it ends."""
        return self._spans[2 * group + 1]

    def __getitem__(self, group: int) -> str:
        """The text of the match, or of a capture."""
        start, end = self._spans[2 * group : 2 * group + 2]
        if end < 0:
            raise Fault("unfinished capture")
        return self._subject[start:end]

    def group(self, *groups: int) -> Any:
        """The text of the match or of a capture; of several, as a tuple."""
        if len(groups) > 1:
            return tuple([self[group] for group in groups])
        return self[groups[0] if groups else 0]

    def groups(self) -> tuple[str, ...]:
        """The text of all captures."""
        return tuple([self.group(number) for number in range(1, len(self._spans) // 2)])


class _Run:
    """A repetition: how far it reaches, and which of its lengths are worth trying."""

    def __init__(self, item: Item, rest: Rest, references: list[int], tail: int | None) -> None:
        self.lazy = item.suffix == "-"
        self.least = 1 if item.suffix == "+" else 0
        self.optional = item.suffix == "?"
        self.settled = patterns.settled(item, rest)
        self.sure = rest.sure
        self.references = references  # where in the captures those stand that the rest refers to
        self.at_end = rest.at_end
        self.tail = None if tail is None else "".join(_members(tail))  # nothing but these to the end of the subject
        self.chars = _members(item.mask)
        self.first = _members(rest.first)
        self.reach = None if item.mask == patterns.ALL else _regex(patterns.class_text(item.mask) + "*").match
        self.first_search = _regex(patterns.class_text(rest.first)).search


def _members(mask: int) -> frozenset[str]:
    return frozenset([chr(code) for code in range(256) if mask >> code & 1])


def _regex(text: str) -> Any:
    return re.compile(text, re.DOTALL)


class Program:
    """A pattern as a list of operations; of no subject in particular."""

    def __init__(self, items: list[Item], rests: list[Rest]) -> None:
        self.operations: list[tuple[Any, ...]] = []
        self.levels = 0
        fixed = ""
        for number, item in enumerate(items):
            kind = item.kind
            if len(fixed) > _LONGEST_FIXED:  # to make a long expression takes long
                check()
                self.operations.append((_FIXED, _regex(fixed).match))
                fixed = ""
            if kind == "single" and not item.suffix:
                fixed += patterns.class_text(item.mask)
                continue
            if kind == "frontier":
                fixed += patterns.frontier_text(item.mask)
                continue
            if kind == "end":
                fixed += r"\Z"
                continue
            if fixed:
                self.operations.append((_FIXED, _regex(fixed).match))
                fixed = ""
            if kind == "single":
                tail = patterns.tail(items[number + 1 :])
                later = sorted({2 * item.capture for item in items[number:] if item.kind == "reference"})
                self.operations.append((_RUN, _Run(item, rests[number + 1], later, tail)))
            elif kind == "balance":
                self.operations.append((_BALANCE, item.text))
            elif kind == "error":
                self.operations.append((_ERROR, item.text))
            else:
                code = {"open": _OPEN, "close": _CLOSE, "position": _POSITION, "reference": _REFERENCE}[kind]
                self.operations.append((code, 2 * item.capture))
                self.levels = max(self.levels, item.capture + 1)
        if fixed:
            self.operations.append((_FIXED, _regex(fixed).match))
        self.operations.append((_ACCEPT, None))
        whole = rests[0]
        self.first_search = None if whole.sure else _regex(patterns.class_text(whole.first)).search
        self.at_end = whole.at_end
        self.leading = self._leading_run()
        self.quick = _regex(patterns.expression(items)).match if patterns.local(items, rests) else None

    def _leading_run(self) -> int:
        """The number of the repetition at the beginning, if the place that it reaches is all that matters; or -1."""
        for number, (kind, detail) in enumerate(self.operations):
            if kind == _RUN and not detail.optional and not detail.references:
                return number
            if kind not in (_OPEN, _POSITION):
                break
        return -1

    def on(self, subject: str) -> Matcher:
        """A matcher for one subject: it remembers what it learns of it from one match to the next."""
        return Matcher(self, subject)


class _Balance:
    """Where the balanced texts of one %bxy end, found in one pass from the first place that was asked for."""

    def __init__(self, subject: str, opening: str, closing: str) -> None:
        self._subject = subject
        self._opening = opening
        self._closing = closing
        self._find = _regex(f"[{re.escape(opening)}{re.escape(closing)}]").finditer
        self._from = len(subject) + 1

    def end(self, position: int) -> int:
        """The end of the balanced text at `position`, or -1."""
        subject = self._subject
        if not subject.startswith(self._opening, position):
            return -1
        if self._opening == self._closing:
            return subject.find(self._closing, position + 1) + 1 or -1
        if position < self._from:
            self._from = position
            self._marks = self._find(subject, position)
            self._ends: dict[int, int] = {}
            self._open: list[int] = []
        ends = self._ends
        if position in ends:
            return ends[position]
        for mark in self._marks:
            at: int = mark.start()
            if subject[at] == self._opening:
                self._open.append(at)
            elif self._open:
                start = self._open.pop()
                ends[start] = at + 1
                if start == position:
                    return at + 1
        return -1


class Matcher:
    """One pattern on one subject."""

    def __init__(self, program: Program, subject: str) -> None:
        self._program = program
        self._subject = subject
        self._no_captures = (-1,) * (2 * program.levels)
        size = len(program.operations)
        self._reached: list[tuple[int, int]] = [(0, -1)] * size  # the last run of each repetition: its start and end
        self._tried: list[bytearray | None] = [None] * size  # the places where the rest after a repetition was tried
        self._chosen = [0] * size  # the last of them
        self._explored: dict[Any, tuple[int, int]] = {}
        self._balances: list[_Balance | None] = [None] * size

    def search(self, _subject: str, position: int) -> Match | None:
        """The first match that starts at `position` or later."""
        program = self._program
        subject = self._subject
        first_search = program.first_search
        leading = program.leading
        size = len(subject)
        quick = program.quick
        turns = 0
        while position <= size:
            if first_search is not None:
                found = first_search(subject, position)
                if found is not None:
                    position = found.start()
                elif program.at_end:
                    position = size
                else:
                    return None
            if quick is not None:
                end = min(position + _WINDOW, size)
                near = quick(subject, position, end)
                if near is not None and (near.end() < end or end == size):
                    return near  # type: ignore[no-any-return]
            match = self.match(subject, position)
            if match is not None:
                return match
            turns += 1
            if not turns & 255:
                check()
            if leading >= 0:  # from each place within this run the same would be tried again
                position = self._reach(leading, program.operations[leading][1], position)
            position += 1
        return None

    def match(self, _subject: str, start: int) -> Match | None:
        """The match that starts at `start`."""
        subject = self._subject
        operations = self._program.operations
        captures = self._no_captures
        pending: list[tuple[int, int, int, tuple[int, ...]]] = []
        step = 0
        position = start
        turns = 0
        while True:
            kind, detail = operations[step]
            if kind == _RUN:
                if detail.optional:
                    reach = position + (subject[position : position + 1] in detail.chars)
                else:
                    reach = self._reach(step, detail, position)
                least = position + detail.least
                if reach >= least:
                    if detail.settled:
                        position = least if detail.lazy and detail.sure else reach
                        step += 1
                        continue
                    reach = self._unexplored(step, detail, least, reach, captures)
                    if reach >= least:
                        pending.append((step, least, reach, captures))
                position = -1
            elif kind == _FIXED:
                found = detail(subject, position)
                position = -1 if found is None else found.end()
            elif kind == _OPEN:
                captures = (*captures[:detail], position, -1, *captures[detail + 2 :])
            elif kind == _CLOSE:
                captures = (*captures[: detail + 1], position, *captures[detail + 2 :])
            elif kind == _POSITION:
                captures = (*captures[:detail], position, position, *captures[detail + 2 :])
            elif kind == _REFERENCE:
                text = subject[captures[detail] : captures[detail + 1]]
                position = position + len(text) if subject.startswith(text, position) else -1
            elif kind == _BALANCE:
                balance = self._balances[step]
                if balance is None:
                    self._balances[step] = balance = _Balance(subject, *detail)
                position = balance.end(position)
            elif kind == _ACCEPT:
                self._forget_path()
                return Match(subject, (start, position, *captures))
            else:
                self._forget_path()
                raise Fault(detail)
            if position >= 0:
                step += 1
                continue
            while pending and position < 0:
                turns += 1
                if not turns & 255:
                    check()
                step, low, high, captures = pending.pop()
                run = operations[step][1]
                position = (self._next_longer if run.lazy else self._next_shorter)(step, run, low, high)
                if position >= 0:
                    self._chosen[step] = position
                    if low < high:
                        rest = (step, position + 1, high, captures) if run.lazy else (step, low, position - 1, captures)
                        pending.append(rest)
            if position < 0:
                return None
            step += 1

    def _reach(self, step: int, run: _Run, position: int) -> int:
        """How far the repetition can reach from `position`."""
        if run.reach is None:
            return len(self._subject)
        start, end = self._reached[step]
        if position < start:  # as far as the run that is known, and then with it
            stop: int = run.reach(self._subject, position, start).end()
            if stop < start:
                end = stop
            self._reached[step] = (position, end)
        elif position > end:
            end = run.reach(self._subject, position).end()
            self._reached[step] = (position, end)
        return end

    def _unexplored(self, step: int, run: _Run, low: int, high: int, captures: tuple[int, ...]) -> int:
        """The end of the places from `low` to `high` that were not all tried when it reached `high` before."""
        subject = self._subject
        key: Any = step
        if run.references:  # what failed before fails again only if the captures referred to have the same text
            key = [step]
            for capture in run.references:
                start, end = captures[capture : capture + 2]
                key.append(start if end < 0 else subject[start:end])
            key = tuple(key)
        explored = self._explored
        end, explored_low = explored.get(key, (-1, 0))
        if len(explored) > _MAX_EXPLORED:
            explored.clear()
        if end != high:
            explored[key] = (high, low)
            return high
        if low < explored_low:
            explored[key] = (high, low)
        return explored_low - 1

    def _places(self, step: int) -> bytearray:
        """A mark for each place where the rest of the pattern after `step` was tried."""
        tried = self._tried[step]
        if tried is None:
            size = len(self._subject) + 1
            reserve(size)
            self._tried[step] = tried = bytearray(size)
        return tried

    def _next_shorter(self, step: int, run: _Run, low: int, high: int) -> int:
        """The greatest place from `low` to `high` where the rest could match and was not tried, or -1."""
        subject = self._subject
        first = run.first
        if high == len(subject) and not run.at_end:
            high -= 1
        if run.references:
            while high >= low and subject[high : high + 1] not in first:
                if high == len(subject):
                    break
                high -= 1
            return high if high >= low else -1
        tried = self._places(step)
        high = tried.rfind(0, low, high + 1)
        while high >= 0:
            tried[high] = 1
            if high == len(subject) or subject[high] in first:
                return high
            high = tried.rfind(0, low, high)
        return -1

    def _next_longer(self, step: int, run: _Run, low: int, high: int) -> int:
        """The least place from `low` to `high` where the rest could match and was not tried, or -1."""
        subject = self._subject
        if run.tail is not None:
            low = max(low, len(subject.rstrip(run.tail)))
        tried = self._places(step) if not run.references else None
        while low <= high:
            if tried is not None:
                low = tried.find(0, low, high + 1)
                if low < 0:
                    return -1
            found = run.first_search(subject, low, high + 1)
            place = high + 1 if found is None else found.start()
            if found is None and high == len(subject) and run.at_end:
                place = high
            if tried is not None:
                end = min(place, high) + 1
                known = tried[place] if place <= high else 1
                tried[low:end] = b"\1" * (end - low)
                if known:
                    low = place + 1
                    continue
            return place if place <= high else -1
        return -1

    def _forget_path(self) -> None:
        """What led to the match, or an error, did not fail: unmark it."""
        self._explored.clear()
        for tried, chosen in zip(self._tried, self._chosen):
            if tried is not None:
                tried[chosen] = 0


# The steps that `re` may take in the worst case on one subject (some ten milliseconds a million), and the length of a
# pattern worth compiling for it.
_STEPS = 2**25
_MAX_ITEMS = 300


_SPECIAL = frozenset("^$*+?.([%-")


def is_plain(pattern: str) -> bool:
    """Whether no character in the pattern is special to `string.find`."""
    return _SPECIAL.isdisjoint(pattern)


class Pattern:
    """A compiled pattern.

    Attributes:
        anchored: it began with "^".
        positions: the numbers (from 1) of its position captures.
        groups: how many captures it has.
        nullable: it may match the empty text.
        plain: no character in it is special to `string.find`.
        regex, limit: the same for `re`, or None, and the length of the subjects that it may be used for.
        first, brief: the method of `regex` that finds the first match, and the length of the subjects in which it does
            so in no time.
    """

    __slots__ = (
        "_items",
        "_rests",
        "_slow",
        "anchored",
        "brief",
        "first",
        "groups",
        "limit",
        "nullable",
        "plain",
        "positions",
        "regex",
    )

    def __init__(self, pattern: str) -> None:
        self.anchored = pattern.startswith("^")
        self._items = items = patterns.parse(pattern, 1 if self.anchored else 0)
        self._rests = rests = patterns.weigh(items)
        self._slow: Program | None = None
        self.groups = sum(item.kind in ("open", "position") for item in items)
        self.positions = tuple(item.capture + 1 for item in items if item.kind == "position")
        self.nullable = not any(
            item.kind in ("balance", "error") or (item.kind == "single" and item.suffix in ("", "+")) for item in items
        )
        self.plain = is_plain(pattern)
        self.regex: Any = None
        self.first: Any = None
        self.limit = self.brief = -1
        kinds = [item.kind for item in items]
        if "balance" in kinds or "error" in kinds or kinds.count("open") != kinds.count("close"):
            return
        if len(items) <= _MAX_ITEMS:
            self.limit = self._limit(rests[0], max(len(items), 1))
        if self.limit >= 0:
            self.regex = re.compile(patterns.expression(items), re.DOTALL)
            self.first = self.regex.match if self.anchored else self.regex.search
            self.brief = min(self.limit, _BRIEF)

    def _limit(self, whole: Rest, size: int) -> int:
        power = whole.cost
        if not self.anchored:
            power = max(power, whole.failure + 1) if whole.failure else max(power, 1)
        if power <= 1 and not whole.choices:
            return 4 * _STEPS // size
        if whole.choices > 24:
            return -1
        # Repetitions end one after the other, so of n^power combinations of places one in power! is in order.
        power = max(power, 1)
        return int((_STEPS / (size << whole.choices) * math.factorial(power)) ** (1 / power))

    def matcher(self, subject: str) -> Any:
        """What matches this pattern in `subject`: `match(subject, position)` at a place, `search` from there on.

        Both return a match with the methods `start`, `end`, `group` and `groups` of `re.Match`, or None.
        """
        if len(subject) <= self.limit:
            return self.regex
        if self._slow is None:
            self._slow = Program(self._items, self._rests)
        return self._slow.on(subject)

    def first_of(self, subject: str, start: int) -> Match | None:
        """The first match from `start` on in a subject that is not brief."""
        check()
        matcher = self.matcher(subject)
        found: Match | None = (matcher.match if self.anchored else matcher.search)(subject, start)
        return found


_CACHE_SIZE = 500
_LONGEST_KEPT = 1000
cache: dict[str, Pattern] = {}


def compiled(pattern: str) -> Pattern:
    """The compiled pattern, from the cache of those used last (or nearly so: it forgets in the order of insertion)."""
    known = cache.get(pattern)
    if known is None:
        known = Pattern(pattern)
        if len(pattern) > _LONGEST_KEPT:
            return known
        if len(cache) >= _CACHE_SIZE:
            del cache[next(iter(cache))]
        cache[pattern] = known
    return known
