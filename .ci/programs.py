"""The test programs on interpreters that have no real Lua beside them, PyPy and Pyodide.

programs.py record FILE     what PUC-Rio's Lua makes of each program (needs lupa)
programs.py check FILE      whether minilua makes the same of them
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests" / "minilua"
sys.path.insert(0, str(TESTS))

import oracle  # noqa: E402


def record(file: Path) -> int:
    outcomes = {
        program.name: list(oracle.lua().run(program.read_bytes(), program.name))
        for program in sorted((TESTS / "programs").glob("*.lua"))
    }
    file.write_text(json.dumps(outcomes), encoding="utf-8")
    print(f"{len(outcomes)} programs")
    return 0


DEEP = ("chains_long.lua", "coroutine_deep.lua", "recursion_deep.lua")


def check(file: Path) -> int:
    recorded = json.loads(file.read_text(encoding="utf-8"))
    different = 0
    if sys.platform == "emscripten":  # whose stack is a fraction of the others'
        for name in DEEP:
            print(f"left out: {name}, deeper than Pyodide's stack")
            del recorded[name]
    for name, (output, error) in recorded.items():
        print(name, flush=True)  # the last one is to blame where the interpreter itself dies
        found = oracle.minilua().run((TESTS / "programs" / name).read_bytes(), name)
        if (found.output, found.error) != (output, error):
            different += 1
            lines, expected = found.output.splitlines(), output.splitlines()
            line = next((n for n, pair in enumerate(zip(lines, expected)) if pair[0] != pair[1]), len(expected))
            print(f"  line {line + 1} of the output is {lines[line:][:1]}, but in Lua {expected[line:][:1]}")
            print(f"  the error is {found.error!r}, but in Lua {error!r}")
    print(f"{len(recorded) - different} of {len(recorded)} programs do as in Lua")
    return different


if __name__ == "__main__":
    sys.exit(min(1, {"record": record, "check": check}[sys.argv[1]](Path(sys.argv[2]))))
