"""Lua's own test suite: the files of it that need neither C nor a certain machine, each in a process of its own.

    python tests/lua_suite.py FOLDER [NAME ...]

FOLDER is `testes` of Lua 5.4 (github.com/lua/lua, tag v5.4.8); without one, the environment's LUA_TESTS names it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import List, Optional

NAMES = (
    "big bitwise bwcoercion calls closure constructs coroutine cstack errors events goto literals locals math nextvar "
    "pm sort strings tpack utf8 vararg"
).split()

SETTINGS = "_port = true _soft = true _nomsg = true T = nil"
"""Portable tests alone, no long ones, and no complaints about what is left out."""

SECONDS = 60


def run(folder: Path, name: str) -> Optional[str]:
    """What a file of the suite printed when it failed; None where it passed."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-m", "minilua", "-e", SETTINGS, f"{name}.lua"]
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, timeout=SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except subprocess.TimeoutExpired:
        return f"not done after {SECONDS} s"
    return None if done.returncode == 0 else done.stdout.decode("utf-8", "replace")


def main(arguments: List[str]) -> int:
    folder = arguments[0] if arguments else os.environ.get("LUA_TESTS")
    if not folder:
        print("Lua's test suite: no folder is named, on the command line or in LUA_TESTS")
        return 0
    failed = 0
    names = arguments[1:] or NAMES
    for name in names:
        start = time.monotonic()
        output = run(Path(folder), name)
        print(f"{name:12}{'ok' if output is None else 'FAILED':8}{time.monotonic() - start:6.1f} s", flush=True)
        if output is not None:
            failed += 1
            print(output)
    print(f"{len(names) - failed} of {len(names)} passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
