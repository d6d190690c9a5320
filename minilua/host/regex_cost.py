"""What a regular expression may cost `re` at worst, on one subject.

`re` tries all ways of matching before it gives up. A repetition has but one way that leads anywhere if what comes
after it cannot begin with what it repeats, as in `\\w+=`; otherwise it has as many as the longest run of such
characters in the subject, and several such repetitions have the product. Repeated groups with more than one way
inside them have a power of two, which is as good as endless.
"""

from __future__ import annotations

import functools
import math
import operator
import re
from typing import Callable, List, NamedTuple, Tuple

from minilua.host.regex_tree import ALL, MANY, REPEATS, SINGLES, Node, Sets, Tree, branches, class_text, inner_flags
from minilua.limits import paced


class Part(NamedTuple):
    """What is known of some nodes in a row.

    first: the characters that they may begin with. empty: they may match nothing. taken: the characters that they take.
    """

    first: int
    empty: bool
    taken: int


class Choice(NamedTuple):
    """A repetition: of which characters, and how many of its lengths there are at most beyond the longest run."""

    mask: int
    most: float


class Analysis:
    """What decides the cost of a pattern.

    Attributes:
        size: the number of its nodes.
        choices: the repetitions that have several ways; their lengths multiply.
        factor: by how much alternatives multiply that.
        runs: all repetitions: their lengths add up.
        groups: the repetitions of groups, each turn of which takes memory.
        endless: whether a group is repeated that has several ways itself.
        anchored: whether it can only match at the beginning.
        prefix: the text that each match begins with.
        begins: the characters that matches begin with, or None if they may be empty.
    """

    def __init__(self, tree: Tree) -> None:
        self._sets = Sets()
        self.size = 1
        self.choices: List[Choice] = []
        self.factor = 1
        self.runs: List[int] = []
        self.groups: List[int] = []
        self.endless = False
        nodes = tree.nodes
        self.anchored = bool(nodes) and _is_beginning(nodes[0], tree.flags)
        self.prefix = _prefix(nodes, tree.flags)
        first, empty = self._first(nodes, tree.flags)
        self.begins = None if empty or not first else first
        self._row(nodes, tree.flags, 0, False)

    def _row(self, nodes: List[Node], flags: int, follow: int, looped: bool) -> Part:
        """Weigh nodes in a row, which characters of `follow` may come after, inside a repetition or not."""
        first, empty, taken = follow, True, 0
        for node in reversed(nodes):
            part = self._node(node, flags, first, looped)
            first = part.first | first if part.empty else part.first
            empty = empty and part.empty
            taken |= part.taken
        return Part(first, empty, taken)

    def _several(self, choice: Choice, looped: bool) -> None:
        self.choices.append(choice)
        self.endless = self.endless or looped

    def _node(self, node: Node, flags: int, follow: int, looped: bool) -> Part:
        name, detail = node[0].name, node[1]
        self.size += 1
        if name in SINGLES:
            mask = self._sets.of(node, flags)
            return Part(mask, False, mask)
        if name in REPEATS:
            return self._repeat(detail, flags, follow, looped)
        if name == "SUBPATTERN":
            _, added, removed, inner = detail
            return self._row(list(inner), inner_flags(flags, added, removed), follow, looped)
        if name == "ATOMIC_GROUP":
            return self._row(list(detail), flags, follow, looped)
        if name in ("BRANCH", "GROUPREF_EXISTS"):
            return self._branch([list(branch or ()) for branch in branches(name, detail)], flags, follow, looped)
        if name in ("ASSERT", "ASSERT_NOT"):
            self._row(list(detail[1]), flags, ALL, looped)
            return Part(0, True, 0)
        if name == "GROUPREF":
            self.runs.append(ALL)
            return Part(ALL, True, ALL)
        return Part(0, True, 0)  # AT, FAILURE

    def _repeat(self, detail: Tuple[int, int, List[Node]], flags: int, follow: int, looped: bool) -> Part:
        least, most, body = int(detail[0]), int(detail[1]), list(detail[2])
        lengths = math.inf if most >= MANY else most - least
        if len(body) == 1 and body[0][0].name in SINGLES:
            self.size += 1
            mask = self._sets.of(body[0], flags)
            self.runs.append(mask)
            if lengths and mask & follow:
                self._several(Choice(mask, lengths), looped)
            return Part(mask, least == 0, mask)
        again = self._first(body, flags)[0] if most > 1 else 0  # what the next turn begins with may follow this one
        part = self._row(body, flags, follow | again, looped or most > 1)
        self.groups.append(part.taken)
        self.runs.append(part.taken)
        self.endless = self.endless or (part.empty and most > 1)
        if lengths and part.first & follow:
            self._several(Choice(part.taken, lengths), looped)
        return Part(part.first, part.empty or least == 0, part.taken)

    def _first(self, nodes: List[Node], flags: int) -> Tuple[int, bool]:
        """The characters that nodes in a row may begin with, and whether they may match nothing."""
        first = 0
        for operation, detail in nodes:
            name = operation.name
            begins, empty = 0, True
            if name in SINGLES:
                begins, empty = self._sets.of((operation, detail), flags), False
            elif name in REPEATS:
                begins, empty = self._first(list(detail[2]), flags)
                empty = empty or detail[0] == 0
            elif name == "SUBPATTERN":
                begins, empty = self._first(list(detail[3]), inner_flags(flags, detail[1], detail[2]))
            elif name == "ATOMIC_GROUP":
                begins, empty = self._first(list(detail), flags)
            elif name in ("BRANCH", "GROUPREF_EXISTS"):
                found = [self._first(list(branch or ()), flags) for branch in branches(name, detail)]
                begins = functools.reduce(operator.or_, [characters for characters, _ in found])
                empty = any(nothing for _, nothing in found)
            elif name == "GROUPREF":
                begins = ALL
            first |= begins
            if not empty:
                return first, False
        return first, True

    def _branch(self, branches: List[List[Node]], flags: int, follow: int, looped: bool) -> Part:
        first = taken = 0
        empty = False
        for branch in branches:
            part = self._row(branch, flags, follow, looped)
            if part.first & first:  # another way of matching the same
                self.factor *= 2
                self.endless = self.endless or looped
            first |= part.first
            taken |= part.taken
            empty = empty or part.empty
        return Part(first, empty, taken)

    def steps(self, subject: str) -> float:
        """How many steps `re` takes at most to find all matches in `subject`."""
        size = len(subject) + 1
        steps = self._steps(size, lambda mask: size)
        if steps > FEW:
            known = {mask: longest_run(mask, subject) for mask in {*self.runs, *(mask for mask, _ in self.choices)}}
            starts = 1 if self.anchored else subject.count(self.prefix) if self.prefix else size
            steps = size + self._steps(starts, known.__getitem__)
        return steps

    def _steps(self, starts: int, run: Callable[[int], int]) -> float:
        ways = math.inf if self.endless else float(self.factor)
        for mask, most in self.choices:
            ways *= min(run(mask), most) + 1
        return starts * ways * (self.size + sum([run(mask) for mask in self.runs]))

    def turns(self, subject: str) -> int:
        """How many turns of groups `re` remembers at most."""
        return sum([longest_run(mask, subject) for mask in self.groups])


FEW = 1 << 20
"""Steps that are not worth a closer look."""


def longest_run(mask: int, subject: str) -> int:
    """The length of the longest run of characters of a set."""
    if mask == ALL:
        return len(subject)
    if not mask:
        return 0
    return max([run.end() - run.start() for run in paced(re.finditer(class_text(mask) + "+", subject))], default=0)


def _is_beginning(node: Node, flags: int) -> bool:
    what = getattr(node[1], "name", "")
    return node[0].name == "AT" and (
        what == "AT_BEGINNING_STRING" or (what == "AT_BEGINNING" and not flags & re.MULTILINE)
    )


def _prefix(nodes: List[Node], flags: int) -> str:
    text = ""
    if not flags & re.IGNORECASE:
        for node in nodes:
            if node[0].name != "LITERAL":
                break
            text += chr(node[1])
    return text
