"""What is certain of variables where the generator is, for what has been evaluated on every way that leads there.

`facts` knows what holds wherever a variable is in sight. Here it is what a test has said: the generator remembers the
conditional, and asks for the outcome of its test instead of testing again.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Set

from ..syntax import nodes as n


class Knowledge:
    __slots__ = ("indexed", "no_strings", "floats", "passing")

    def __init__(self, indexed: Optional[Set[n.Declaration]] = None) -> None:
        # Variables, never assigned again, that are certainly tables: they have been indexed.
        self.indexed: Set[n.Declaration] = set() if indexed is None else indexed
        # By the Python names of variables, conditionals that have tested whether the variable is no string,
        # and whether it is a float.
        self.no_strings: Dict[str, Any] = {}
        self.floats: Dict[str, Any] = {}
        self.passing: Set[str] = set()  # variables that are assigned again: what is known of them ends with the block

    def lasting(self) -> Knowledge:
        """What still holds in a block inside, and after it, which may assign to variables."""
        made = Knowledge(set(self.indexed))
        made.no_strings = dict(self.no_strings)
        made.floats = {name: test for name, test in self.floats.items() if name not in self.passing}
        return made
