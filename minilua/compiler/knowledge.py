"""What is certain of variables where the generator is, for what has been evaluated on every way that leads there.

`facts` knows what holds wherever a variable is in sight. Here it is what a test has said: the generator remembers the
conditional, and asks for the outcome of its test instead of testing again.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, Optional, Set

from ..syntax import nodes as n


class Knowledge:
    """What a block knows, beside what those around it know: to begin a block copies nothing, however much that is."""

    __slots__ = ("outer", "is_function", "indexed", "no_strings", "floats", "passing")

    def __init__(self, outer: Optional[Knowledge] = None, is_function: bool = False) -> None:
        self.outer = outer
        self.is_function = is_function  # whose tests are its own: what they gave is in variables of Python's
        # Variables, never assigned again, that are certainly tables: they have been indexed.
        self.indexed: Set[n.Declaration] = set()
        # By the Python names of variables, conditionals that have tested whether the variable is no string,
        # and whether it is a float.
        self.no_strings: Dict[str, Any] = {}
        self.floats: Dict[str, Any] = {}
        self.passing: Set[str] = set()  # variables that are assigned again: what is known of them ends with the block

    def blocks(self) -> Iterator[Knowledge]:
        """The knowledge of the blocks that we are in, from the innermost to the one that is the function."""
        block: Optional[Knowledge] = self
        while block is not None:
            yield block
            block = None if block.is_function else block.outer

    def is_indexed(self, declaration: n.Declaration) -> bool:
        block: Optional[Knowledge] = self
        while block is not None:
            if declaration in block.indexed:
                return True
            block = block.outer
        return False

    def no_string_test(self, variable: str) -> Any:
        """The conditional that has tested whether a variable is no string, if one has."""
        return next((block.no_strings[variable] for block in self.blocks() if variable in block.no_strings), None)

    def float_test(self, variable: str) -> Any:
        """The conditional that has tested whether a variable is a float, if one has."""
        for block in self.blocks():
            if variable in block.floats and (block is self or variable not in block.passing):
                return block.floats[variable]
        return None

    def forget_passing(self) -> None:
        """A block inside has ended, which may have assigned to variables."""
        for variable in self.passing:
            self.floats.pop(variable, None)
        self.passing.clear()
