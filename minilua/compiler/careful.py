"""Code for programs that give metatables to strings, numbers, nil, booleans or functions (manual §2.4, §6.10).

Generated code leaves it to Python to refuse what Lua refuses: `nil.x`, `"text"()`, `"a" < 1`. Where such values may
have metamethods, Python must not be asked. So a chunk that looks as if it set them is compiled with the operators in
full from the start, and what else there is in a runtime is compiled anew once they are set (`LuaRuntime.be_careful`);
functions that are running then go on as they are.
"""

from __future__ import annotations

import re

STRING_METATABLE = re.compile(r"""getmetatable\s*\(?\s*\(?\s*["'\[]""")
STRING_EVENTS = re.compile(r"\b__(call|lt|le|newindex)\b")
"""The events of strings that do not come to the operators in full by themselves."""

DEBUG_SETMETATABLE = re.compile(r"\.\s*setmetatable\b")


def wants_care(source: str) -> bool:
    """Whether a chunk looks as if it gave metamethods to values other than tables."""
    if "etmetatable" not in source:
        return False
    if "debug" in source and DEBUG_SETMETATABLE.search(source):
        return True
    return STRING_METATABLE.search(source) is not None and STRING_EVENTS.search(source) is not None
