"""docs/compatibility.md: what there is of Lua 5.4's library, function by function, and which tests cover it.

python tests/compatibility.py          print it
python tests/compatibility.py --write  write it
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Dict, List, Tuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from minilua import LuaRuntime  # noqa: E402
from minilua.stdlib import UNSAFE_LIBRARIES  # noqa: E402

PAGE = ROOT / "docs" / "compatibility.md"

STANDARD: Dict[str, str] = {
    "": "_G _VERSION assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs pcall print "
    "rawequal rawget rawlen rawset require select setmetatable tonumber tostring type warn xpcall",
    "coroutine": "close create isyieldable resume running status wrap yield",
    "debug": "debug gethook getinfo getlocal getmetatable getregistry getupvalue getuservalue sethook setlocal "
    "setmetatable setupvalue setuservalue traceback upvalueid upvaluejoin",
    "io": "close flush input lines open output popen read stderr stdin stdout tmpfile type write",
    "file": "close flush lines read seek setvbuf write",
    "math": "abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad random "
    "randomseed sin sqrt tan tointeger type ult",
    "os": "clock date difftime execute exit getenv remove rename setlocale time tmpname",
    "package": "config cpath loaded loadlib path preload searchers searchpath",
    "string": "byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
    "table": "concat insert move pack remove sort unpack",
    "utf8": "char charpattern codepoint codes len offset",
}
"""The names of the manual's §6."""

NOTES: Dict[str, str] = {
    "collectgarbage": "asks Python's collector, and in a finalizer does nothing, as in PUC-Rio; "
    "the sizes and speeds that may be set are remembered and no more",
    "debug.debug": "reads from the standard input",
    "debug.getinfo": "the `func` of a level is looked for among all functions",
    "debug.getlocal": "the variables that the program has; none of the temporaries and states of loops",
    "debug.getregistry": "holds `_LOADED`",
    "debug.getuservalue": "nil: no userdata has values",
    "debug.sethook": "by Python's tracing; a count is of Python's instructions; an error removes the hook",
    "debug.setlocal": "a value of another type than the program gives the variable may be misread",
    "debug.setmetatable": "of all values of a type, userdata too; a function that runs when another chunk sets the "
    "first metatable of nil, numbers, booleans or functions goes on without it",
    "debug.setupvalue": "as `setlocal`; `_ENV` is exchanged for this function alone",
    "debug.setuservalue": "nil: no userdata has values",
    "debug.upvaluejoin": "`_ENV` and variables that loops make anew are joined with their like alone",
    "os.setlocale": "there is no locale but C",
    "package.cpath": "empty: there are no modules in C",
    "package.loadlib": "absent: there are no modules in C",
    "setmetatable": "`__mode` and `__gc` count from the call on; a value that refers to its own weak key keeps it, and "
    "so does a variable of a block that has ended, if a function uses it, until its own function returns",
    "string.dump": "holds the function's source; `load` takes it back in mode `b`",
}
"""Where a function does otherwise than PUC-Rio's."""

OTHERS = """\
## What is not a function

- Coroutines yield across `pcall`, `xpcall`, metamethods, iterators and `<close>`, and not across `table.sort`, \
`string.gsub`
  and `load`, as in PUC-Rio's.
- `#` of a table with nil among its values may be another border than PUC-Rio's (manual §3.4.7).
- `load` reads all that a function gives it before it says what is wrong with the text.
- `..` takes as many operands as there are; PUC-Rio's gives up at about 200.
- Library functions that call back (`pcall`, `string.gsub`, `table.sort`, `require` ...), coroutines and loops over them
  may be inside one another as deep as in PUC-Rio's, 198 levels below the chunk that the host calls, and fail with its
  words. Not counted are `pcall` where a coroutine may yield across it, all turns but the first of a loop over a
  coroutine, the calls of other iterators, and metamethods: a count would cost every call of them.
- Expressions and statements of a text may be nested as deep as where the host's chunk calls `load`, wherever that is.
- Recursion through metamethods alone goes as deep as other calls do, and fails with PUC-Rio's words.
- `__gc` is called when Python lets go of a table: at once on CPython, never on PyPy; for what is left at the end of the
  program by the command `minilua`, by `os.exit(code, true)` in it, and by `LuaRuntime.close()`.
"""


def names() -> List[Tuple[str, str]]:
    """The standard names as programs write them, each with its library."""
    return [
        (library, f"{library}{':' if library == 'file' else '.'}{name}" if library else name)
        for library, members in STANDARD.items()
        for name in members.split()
    ]


def sources() -> Dict[str, str]:
    """The tests of the language, by their paths."""
    folder = ROOT / "tests" / "minilua"
    files = sorted([*folder.glob("*.py"), *folder.glob("**/*.lua")])
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="latin-1") for path in files}


def pattern(library: str, name: str) -> "re.Pattern[str]":
    if library == "file":
        return re.compile(rf"\b(?:f|f2|p|file|it|io\.std\w+|io\.open\([^\n]*\))[:.]{name[5:]}\b")
    if library == "string":
        return re.compile(rf"\b{re.escape(name)}\b|[)\"']:{name[7:]}\(|\b[a-z]+:{name[7:]}\(")
    return re.compile(rf"(?<![\w.:\"]){re.escape(name)}\b" if not library else rf"\b{re.escape(name)}\b")


def coverage() -> Dict[str, List[str]]:
    """The tests that mention each name."""
    texts = sources()
    return {
        name: [path for path, text in texts.items() if pattern(library, name).search(text)] for library, name in names()
    }


def offered(name: str) -> Tuple[bool, bool]:
    """Whether a script has a name: with all libraries, and by itself."""
    expression = name.replace("file:", "getmetatable(io.stdout).__index.") + " ~= nil"
    everything = bool(LuaRuntime(libraries=UNSAFE_LIBRARIES).eval(expression))
    if name.startswith(("file:", "io.")):
        return everything, False
    return everything, bool(LuaRuntime().eval(expression))


def page() -> str:
    lines = [
        "# Compatibility",
        "",
        "Made by `tests/compatibility.py` from the tests; do not edit. Tests compare with PUC-Rio's Lua 5.4. Lua's own",
        "test suite passes (`tests/lua_suite.py` says how to run it), and programs of others run (`real_programs.py`).",
        "*safe*: every script has it; *opened*: where the embedder opens its library, and in the `minilua`",
        "command (`LuaRuntime(libraries=...)`).",
        "",
    ]
    tests = coverage()
    for library in STANDARD:
        title = {"": "Basic functions", "file": "Methods of files"}.get(library, f"`{library}`")
        lines += [f"## {title}", "", "| name | | tested | differences |", "|---|---|---|---|"]
        for owner, name in names():
            if owner == library:
                everything, safe = offered(name)
                state = "safe" if safe else "opened" if everything else "absent"
                tested = "yes" if tests[name] else "no"
                lines.append(f"| `{name}` | {state} | {tested} | {NOTES.get(name, '')} |")
        lines.append("")
    return "\n".join(lines) + "\n" + OTHERS


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page(), end="")
