"""What is paid before and beside running: start-up, compiling a chunk, memory.

    python benchmarks/startup.py [--rounds N] [--json]

Processes are started in turn, so that a slow moment of the machine meets them all; a figure is a median, a ratio one of
medians. The commands run as they are installed, with a cache of their own that is full but for the first run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any, Callable, Dict, List

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WORKFLOW = "for _, project in ipairs(app.integrations.sentry.list_projects({})) do print(project.slug) end"
MINILUA = "import sys; from minilua.command import main; sys.exit(main(sys.argv[1:]))"
KOSMO = (
    "import sys; from minilua.host.command import main; from minilua.host.providers import Providers; "
    "from sentry_integration import provider; sys.exit(main(sys.argv[1:], providers=Providers.of(provider)))"
)


def starts(rounds: int, folder: Path) -> Dict[str, float]:
    """The median seconds that processes take, by what they run."""
    hello, workflow = folder / "hello.lua", folder / "workflow.lua"
    hello.write_text('print("hello")')
    workflow.write_text(WORKFLOW)
    commands = {
        "python -c pass": ["-c", "pass"],
        "import json": ["-c", "import json"],
        "import minilua": ["-c", "import minilua"],
        "LuaRuntime()": ["-c", "from minilua import LuaRuntime; LuaRuntime()"],
        "minilua hello.lua": ["-c", MINILUA, str(hello)],
        "minilua --no-cache hello.lua": ["-c", MINILUA, "--no-cache", str(hello)],
        "kosmo integrations:lua --demo": ["-c", KOSMO, "integrations:lua", "--demo", str(workflow)],
    }
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds: Dict[str, List[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, arguments in commands.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)
            if turn > 0:  # the first run fills the caches
                seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in seconds.items()}


def chunk_of(lines: int) -> str:
    """A chunk of about so many lines: functions as a workflow has them, one after the other."""
    body = (ROOT / "benchmarks" / "programs" / "workflow.lua").read_text().rstrip().rpartition("return function")[0]
    copies = round(lines / (body.count("\n") + 3))
    return "\n".join(f"do\n{body}\nend" for _ in range(copies))


def compiling(rounds: int, folder: Path) -> Dict[str, float]:
    """The median seconds from a chunk of 2000 lines to its code: at first, from the disk, from memory."""
    from minilua.compiler import program
    from minilua.compiler.store import Store

    source = chunk_of(2000)
    program.compile_chunk("return 1", "=warm")

    def fresh() -> None:
        program.recent.clear()
        program.compile_chunk(source, "@chunk.lua")

    def timed(job: Callable[[], object]) -> float:
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            job()
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    found = {f"{source.count(chr(10)) + 1} lines to code, first": timed(fresh)}
    program.keep_programs(Store(str(folder / "chunks")))
    fresh()
    found["the same, from the disk"] = timed(fresh)
    program.keep_programs(None)
    found["the same, from memory"] = timed(lambda: program.compile_chunk(source, "@chunk.lua"))
    return found


def grown(job: Callable[[], Any]) -> int:
    """The bytes that what a job returns occupies."""
    tracemalloc.start()
    kept = job()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def memory() -> Dict[str, Dict[str, float]]:
    """Bytes of large data in Python and in Lua, and their ratio."""
    from minilua import LuaRuntime

    lua = LuaRuntime()
    integers = lua.execute("return function() local t = {} for i = 1, 1000000 do t[i] = i end return t end")
    records = lua.execute(
        "return function() local t = {} for i = 1, 100000 do "
        "t[i] = {id = i, name = 'n', level = 'error', count = i, open = true} end return t end"
    )
    pairs: Dict[str, Any] = {
        "a million integers": (lambda: list(range(1, 1000001)), integers),
        "100 000 records of 5 fields": (
            lambda: [{"id": i, "name": "n", "level": "error", "count": i, "open": True} for i in range(1, 100001)],
            records,
        ),
    }
    found = {}
    for name, (python, in_lua) in pairs.items():
        theirs, ours = grown(python), grown(in_lua)
        found[name] = {"python": theirs, "minilua": ours, "ratio": ours / theirs}
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=11, metavar="N", help="runs of each (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="seconds, bytes and ratios as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        started = starts(options.rounds, Path(folder))
        compiled = compiling(options.rounds, Path(folder))
    occupied = memory()
    base = started["python -c pass"]
    if options.json:
        report = {"starts": started, "compiling": compiled, "memory": occupied}
        print(json.dumps(report, indent=2))
        return 0
    for name, seconds in started.items():
        print(f"{name:<32}{seconds * 1000:>8.1f} ms{seconds / base:>8.2f} times an empty Python")
    for name, seconds in compiled.items():
        print(f"{name:<32}{seconds * 1000:>8.1f} ms")
    for name, row in occupied.items():
        print(f"{name:<32}{row['minilua'] / 1e6:>8.1f} MB{row['ratio']:>8.2f} times Python's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
