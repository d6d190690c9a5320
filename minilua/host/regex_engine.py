"""Regular expressions in bounded time: what matches where `re` might take too long.

It finds what `re` finds, in the same order of preference, and counts its steps. Where a rest of the pattern has failed
at a place, it fails there whatever came before, unless it refers back to groups; so that is remembered, and a pattern
without such references takes at most about as many steps as its length times the subject's.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Union

from minilua.host.errors import HostError
from minilua.host.regex_cost import Analysis
from minilua.host.regex_tree import MANY, REPEATS, SINGLES, Node, Tree, class_text, expression, inner_flags, run_of
from minilua.limits import check, reserve

STEPS = 2_000_000
"""What one call may take: a second or two."""

LARGEST = 20_000
"""The operations of the largest pattern. Groups that are repeated from m to n times are put out n times."""

_ONE, _TEXT, _RUN, _SPLIT, _SAVE, _START, _TEST, _TURN, _SAME, _IF, _INNER, _FAIL, _ACCEPT = range(13)

Captures = Tuple[int, ...]


class TooManySteps(HostError):
    """A pattern takes too long on a subject."""


class TooLarge(HostError):
    """A pattern has too many operations."""


class Found:
    """A match, with the methods of `re.Match` that the library uses."""

    def __init__(self, compiled: re.Pattern[str], subject: str, spans: Captures) -> None:
        self.re = compiled
        self._subject = subject
        self._spans = spans

    def start(self) -> int:
        return self._spans[0]

    def end(self) -> int:
        return self._spans[1]

    def group(self, number: int = 0) -> Optional[str]:
        start, end = self._spans[2 * number : 2 * number + 2]
        return None if end < 0 else self._subject[start:end]

    def groups(self) -> Tuple[Optional[str], ...]:
        return tuple([self.group(number) for number in range(1, self.re.groups + 1)])


AnyMatch = Union["re.Match[str]", Found]


class Code:
    """A pattern as a list of operations. Its captures are spans: the whole, the groups, then one place a loop."""

    def __init__(self, tree: Tree, compiled: re.Pattern[str], analysis: Analysis) -> None:
        self.compiled = compiled
        self.anchored = analysis.anchored
        self.begins = None if analysis.begins is None else re.compile(class_text(analysis.begins)).search
        self.operations: List[Tuple[Any, ...]] = []
        self.refers = False  # to groups
        self.registers = 2 * tree.groups
        self._row(tree.nodes, tree.flags)
        self._emit(_ACCEPT)

    # ------------------------------------------------------------ making

    def _emit(self, *operation: Any) -> int:
        if len(self.operations) >= LARGEST:
            raise TooLarge(f"the pattern has more than {LARGEST} operations")
        self.operations.append(operation)
        return len(self.operations) - 1

    def _row(self, nodes: List[Node], flags: int) -> None:
        for node in nodes:
            self._node(node, flags)

    def _node(self, node: Node, flags: int) -> None:
        name, detail = node[0].name, node[1]
        if name == "LITERAL" and not flags & re.IGNORECASE:
            self._emit(_TEXT, chr(detail))
        elif name in SINGLES:
            self._emit(_ONE, expression([node], flags).match)
        elif name in REPEATS:
            self._repeat(name, int(detail[0]), int(detail[1]), list(detail[2]), flags)
        elif name == "SUBPATTERN":
            group, added, removed, inner = detail
            if group is not None:
                self._emit(_SAVE, 2 * group)
            self._row(list(inner), inner_flags(flags, added, removed))
            if group is not None:
                self._emit(_SAVE, 2 * group + 1)
        elif name == "BRANCH":
            self._branch([list(branch) for branch in detail[1]], flags)
        elif name in ("ASSERT", "ASSERT_NOT"):
            direction, inner = detail
            self._inner(list(inner), flags, name, int(inner.getwidth()[0]) if direction < 0 else 0)
        elif name == "ATOMIC_GROUP":
            self._inner(list(detail), flags, name, 0)
        elif name == "GROUPREF":
            self.refers = True
            self._emit(_SAME, 2 * detail, bool(flags & re.IGNORECASE))
        elif name == "GROUPREF_EXISTS":
            self.refers = True
            group, yes, no = detail
            condition = self._emit(_IF)
            self._row(list(yes), flags)
            leave = self._emit(_SPLIT)
            self.operations[condition] = (_IF, 2 * group, len(self.operations))
            self._row(list(no or ()), flags)
            self.operations[leave] = (_SPLIT, (len(self.operations),))
        elif name == "AT":
            self._emit(_TEST, expression([node], flags).match)
        else:
            self._emit(_FAIL)

    def _branch(self, branches: List[List[Node]], flags: int) -> None:
        split = self._emit(_SPLIT)
        starts, leaves = [], []
        for branch in branches:
            starts.append(len(self.operations))
            self._row(branch, flags)
            leaves.append(self._emit(_SPLIT))
        self.operations[split] = (_SPLIT, tuple(starts))
        for leave in leaves:
            self.operations[leave] = (_SPLIT, (len(self.operations),))

    def _repeat(self, name: str, least: int, most: int, body: List[Node], flags: int) -> None:
        if name == "POSSESSIVE_REPEAT":
            inner = self._part()
            inner._repeat("MAX_REPEAT", least, most, body, flags)
            self._inner_of(inner, "ATOMIC_GROUP", 0)
            return
        lazy = name == "MIN_REPEAT"
        if len(body) == 1 and body[0][0].name in SINGLES:
            self._emit(_RUN, run_of(body[0], flags), least, most if most < MANY else None, lazy)
            return
        for _ in range(least):
            self._row(body, flags)
        if most >= MANY:
            place = self.registers
            self.registers += 1
            self._emit(_START, place)
            turn = self._emit(_TURN)
            self._row(body, flags)
            self._emit(_SPLIT, (turn,))
            self.operations[turn] = (_TURN, place, len(self.operations), lazy)
            return
        splits = []
        for _ in range(most - least):
            splits.append(self._emit(_SPLIT))
            self._row(body, flags)
        for split in splits:
            ways = (split + 1, len(self.operations))
            self.operations[split] = (_SPLIT, ways[::-1] if lazy else ways)

    def _inner(self, nodes: List[Node], flags: int, name: str, back: int) -> None:
        inner = self._part()
        inner._row(nodes, flags)
        self._inner_of(inner, name, back)

    def _part(self) -> Code:
        """A list of operations of its own for a part that is matched on its own."""
        part = Code.__new__(Code)
        part.__dict__.update(self.__dict__, operations=[])
        return part

    def _inner_of(self, inner: Code, name: str, back: int) -> None:
        inner._emit(_ACCEPT)
        self.registers = inner.registers
        self.refers = inner.refers
        self._emit(_INNER, inner, name, back)


class Matching:
    """One pattern on one subject; `what` is the function that asks, for errors."""

    def __init__(self, code: Code, subject: str, what: str) -> None:
        self._code = code
        self._subject = subject
        self._what = what
        self._steps = 0
        self._reached: Dict[Any, Tuple[int, int]] = {}  # the last run of each repetition: its start and end

    def matches(self) -> Iterator[Found]:
        """All matches, as `finditer` finds them: after an empty one the next is not empty, or further on."""
        code = self._code
        tried = None if code.refers else Tried(len(self._subject))
        position, not_at = 0, -1
        while position <= len(self._subject) and not (code.anchored and position):
            if code.begins is not None:
                found = code.begins(self._subject, position)
                if found is None:
                    return
                position = found.start()
            captures = (position, *(-1,) * (code.registers - 1))
            spans = self._run(code, position, captures, not_at, tried)
            if tried is not None:
                tried.settle(spans is not None)
            if spans is None:
                position += 1
                continue
            yield Found(code.compiled, self._subject, spans)
            position = spans[1]
            not_at = position if spans[0] == position else -1

    def _look(self) -> None:
        check()
        if self._steps > STEPS:
            raise TooManySteps(f"{self._what}: the pattern takes more than {STEPS} steps on this subject")

    def _run(
        self, code: Code, position: int, captures: Captures, not_at: int, tried: Optional[Tried]
    ) -> Optional[Captures]:
        """The spans of the match at a place, or None; an empty one at `not_at` is none."""
        subject = self._subject
        operations = code.operations
        # Where to go on: a step, a place, captures, and of a run the last place to try, else -1.
        pending: List[Tuple[int, int, Captures, int]] = []
        step = 0
        while True:
            self._steps += 1
            if not self._steps & 255:
                self._look()
            operation = operations[step]
            kind = operation[0]
            following = step + 1
            if kind == _TEXT:
                position = position + 1 if subject.startswith(operation[1], position) else -1
            elif kind == _ONE:
                position = -1 if operation[1](subject, position) is None else position + 1
            elif kind == _RUN:
                _, run, least, most, lazy = operation
                end = self._reach(run, position)
                if most is not None:
                    end = min(end, position + most)
                if position + least <= end:
                    first, last = (position + least, end) if lazy else (end, position + least)
                    pending.append((step, first, captures, last))
                position = -1
            elif kind == _SPLIT:
                ways = operation[1]
                if len(ways) > 1 and tried is not None and not tried.is_new(step, position):
                    position = -1
                else:
                    pending += [(way, position, captures, -1) for way in ways[:0:-1]]
                    following = ways[0]
            elif kind == _SAVE:
                place = operation[1]
                captures = (*captures[:place], position, *captures[place + 1 :])
            elif kind == _START:
                place = operation[1]
                captures = (*captures[:place], -1, *captures[place + 1 :])
            elif kind == _TEST:
                if operation[1](subject, position) is None:
                    position = -1
            elif kind == _TURN:
                _, place, leave, lazy = operation
                if captures[place] == position:  # the last turn took nothing: no other does
                    following = leave
                elif tried is not None and not tried.is_new(step, position):
                    position = -1
                else:
                    within = (*captures[:place], position, *captures[place + 1 :])
                    if lazy:
                        pending.append((following, position, within, -1))
                        following = leave
                    else:
                        pending.append((leave, position, captures, -1))
                        captures = within
            elif kind == _SAME:
                start, end = captures[operation[1] : operation[1] + 2]
                text, here = subject[start:end], subject[position : position + end - start]
                same = end >= 0 and (text == here or (operation[2] and text.lower() == here.lower()))
                position = position + end - start if same else -1
            elif kind == _IF:
                if captures[operation[1] + 1] < 0:
                    following = operation[2]
            elif kind == _INNER:
                _, inner, name, back = operation
                found: Optional[Captures] = None
                if position >= back:
                    remembered = None if tried is None else Tried(len(subject))
                    found = self._run(inner, position - back, captures, -1, remembered)
                if (found is None) != (name == "ASSERT_NOT"):
                    position = -1
                elif found is not None:
                    captures = (*captures[:2], *found[2:])
                    if name == "ATOMIC_GROUP":
                        position = found[1]
            elif kind == _ACCEPT:
                if position != not_at or position != captures[0]:
                    return (captures[0], position, *captures[2:])
                position = -1
            else:
                position = -1
            step = following
            while position < 0:
                if not pending:
                    return None
                step, position, captures, last = pending.pop()
                if last >= 0:
                    lazy = operations[step][4]
                    if tried is not None:
                        position = tried.next(~step, position, last, lazy)
                    if position >= 0:
                        if position != last:
                            pending.append((step, position + 1 if lazy else position - 1, captures, last))
                        step += 1

    def _reach(self, run: Callable[..., Any], position: int) -> int:
        """How far a run reaches from a place: within the last run that was looked at, as far as that one."""
        start, end = self._reached.get(run, (0, -1))
        if not start <= position <= end:
            end = run(self._subject, position).end()
            self._reached[run] = (position, end)
        return end


class Tried:
    """At which places which steps of a pattern have been tried: they are not tried again.

    What is behind a run is one step for it, whose number is the complement of the run's.
    """

    def __init__(self, size: int) -> None:
        self._size = size + 1
        self._places: Dict[int, bytearray] = {}
        self._trail: List[Tuple[int, int]] = []  # what has been tried since the match at another place was looked for

    def _of(self, step: int) -> bytearray:
        places = self._places.get(step)
        if places is None:
            reserve(self._size)
            self._places[step] = places = bytearray(self._size)
        return places

    def is_new(self, step: int, position: int) -> bool:
        """Whether a step is tried at a place for the first time."""
        places = self._of(step)
        if places[position]:
            return False
        places[position] = 1
        self._trail.append((step, position))
        return True

    def next(self, step: int, first: int, last: int, forward: bool) -> int:
        """The first place from one to another where a step has not been tried, and is now; or -1."""
        places = self._of(step)
        found = places.find(0, first, last + 1) if forward else places.rfind(0, last, first + 1)
        if found >= 0:
            places[found] = 1
            self._trail.append((step, found))
        return found

    def settle(self, matched: bool) -> None:
        """A match at one place was looked for. If there is one, what led to it has not failed."""
        if matched:
            for step, position in self._trail:
                self._places[step][position] = 0
        self._trail.clear()
