"""Programs in Lua that others have written, run as they are: their own tests, or a job that works them.

    python tests/real_programs.py FOLDER [NAME ...]

FOLDER holds a copy of each repository below, in the version named here, under the name of the repository; without one,
the environment's LUA_PROGRAMS names it. Every job runs in a process of its own, on a copy of the program. Where there
is lupa, minilua has to print what PUC-Rio's Lua 5.4 prints, times and addresses apart.

Jobs are scripts in Lua, of the program itself or in `tests/real_programs`, where `specs.lua` runs specs that were
written for busted, and `each.lua` one file after the other.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import List, NamedTuple, Optional, Tuple

HERE = Path(__file__).parent
JOBS = HERE / "real_programs"

SECONDS = 600
"""What a job may take."""


class Job(NamedTuple):
    """A script and the files that it is given: patterns, of which those that start with `-` are left out."""

    script: str
    files: str = ""
    line: Optional[str] = None
    """A line that is printed where all is well."""
    is_compared: bool = True
    """Whether every line has to be PUC-Rio's, which none does that shows the order of `pairs`, or a dumped function."""


class Program(NamedTuple):
    """A repository, where `require` is to look in a copy of it, and what is done with that."""

    repository: str
    version: str
    path: str
    jobs: Tuple[Job, ...]

    @property
    def name(self) -> str:
        return self.repository.rpartition("/")[2]


# What is left out of the specs and tests starts processes, or reads directories, which takes more than Lua's libraries.
PROGRAMS = (
    Program(
        "github.com/bakpakin/Fennel",
        "1.6.1",
        "?.lua",
        (Job("fennel.lua", line="148 passed, 0 failed, 0 error(s), 0 skipped"),),
    ),
    Program(
        "github.com/teal-language/tl",
        "v0.24.8",
        "./?.lua",
        (
            Job("teal.lua"),
            Job(
                "specs.lua",
                "spec/lang/**/*_spec.lua -spec/lang/code_gen/global_type_spec.lua"
                " -spec/lang/code_gen/local_type_spec.lua -spec/lang/inference/emptytable_spec.lua"
                " -spec/lang/loader/*_spec.lua -spec/lang/stdlib/io_spec.lua",
                "1439 passed, 0 failed, 8 pending",
            ),
        ),
    ),
    Program(
        "github.com/lunarmodules/Penlight",
        "1.15.0",
        "lua/?.lua;lua/?/init.lua;?.lua",
        (
            Job(
                "each.lua",
                "tests/*.lua -tests/test-app.lua -tests/test-dir.lua -tests/test-path.lua -tests/test-utils*.lua",
                "tests/test-xml.lua: done",
            ),
            Job(
                "specs.lua",
                "spec/*_spec.lua -spec/app_spec.lua -spec/path*_spec.lua",
                "229 passed, 0 failed, 7 pending",
            ),
        ),
    ),
    Program("github.com/bluebird75/luaunit", "LUAUNIT_V3_5", "?.lua", (Job("run_unit_tests.lua", line="OK"),)),
    Program("github.com/pkulchenko/serpent", "0.30", "src/?.lua", (Job("t/test.lua", "", "All tests passed.", False),)),
    Program(
        "github.com/kikito/inspect.lua",
        "v3.1.3",
        "?.lua",
        (Job("specs.lua", "spec/*_spec.lua", "48 passed, 0 failed, 0 pending"),),
    ),
    Program(
        "github.com/kikito/middleclass",
        "v4.1.1",
        "?.lua",
        # Two of the specs are about `__ipairs`, which Lua 5.4 has no more.
        (Job("specs.lua", "spec/*_spec.lua", "128 passed, 2 failed, 0 pending"),),
    ),
    Program(
        "github.com/LuaDist/dkjson",
        "2.5",
        "?.lua",
        (Job("jsontest.lua", "", "test could not switch to locale de_DE.UTF8", False), Job("dkjson.lua")),
    ),
    Program(
        "github.com/luarocks/argparse",
        "0.7.1",
        "src/?.lua",
        (
            Job("argparse.lua"),
            Job(
                "specs.lua",
                "spec/*_spec.lua -spec/completion_spec.lua -spec/integrity_spec.lua",
                "174 passed, 0 failed, 0 pending",
            ),
        ),
    ),
    Program(
        "github.com/Olivine-Labs/lustache",
        "v1.3.1-0",
        "src/?.lua",
        (Job("lustache.lua"), Job("specs.lua", "spec/*_spec.lua", "77 passed, 0 failed, 0 pending")),
    ),
)

CHANGING = re.compile(r"0x[0-9a-f]+|[0-9.]+(?= second)")
"""What no two runs print alike."""


class Outcome(NamedTuple):
    """How a process ended and what it printed, and how long it took."""

    status: int
    output: str
    seconds: float


def files_of(job: Job, folder: Path) -> List[str]:
    """The files that a job is given, in alphabetical order."""
    wanted, unwanted = set(), set()
    for pattern in job.files.split():
        found = folder.glob(pattern.lstrip("-"))
        (unwanted if pattern[0] == "-" else wanted).update(path.relative_to(folder).as_posix() for path in found)
    return sorted(wanted - unwanted)


def run(program: Program, job: Job, folder: Path, engine: List[str]) -> Outcome:
    """Does a job with a copy of the program that is in `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / program.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".git"))
        script = JOBS / job.script
        command = [*engine, str(script) if script.exists() else job.script, *files_of(job, copy)]
        environment = {
            **os.environ,
            "FENNEL_PATH": "src/?.fnl",
            "LUA_PATH": f"{program.path};{JOBS.as_posix()}/?.lua",
            "PWD": str(copy),
            "PYTHONPATH": str(HERE.parent),
        }
        start = time.monotonic()
        done = subprocess.run(
            command, cwd=copy, env=environment, timeout=SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"), time.monotonic() - start)


MINILUA = [sys.executable, "-m", "minilua"]
PUC_RIO = [sys.executable, __file__, "--puc-rio"]


def as_puc_rio(script: str, *arguments: str) -> None:
    """Does what the command `lua` does, in lupa."""
    from lupa.lua54 import LuaRuntime

    lua = LuaRuntime(encoding=None, register_eval=False)
    start = lua.execute(b"""
        python = nil
        return function(script, ...)
          arg = {[0] = script, ...}
          local chunk, message = loadfile(script)
          if not chunk then
            io.stderr:write(message, "\\n")
            os.exit(false)
          end
          local fine, failure = xpcall(chunk, debug.traceback, ...)
          if not fine then
            io.stderr:write(tostring(failure), "\\n")
          end
          os.exit(fine, true)
        end
    """)
    start(*[os.fsencode(argument) for argument in (script, *arguments)])


def complaint(program: Program, job: Job, folder: Path) -> Tuple[Optional[str], str]:
    """What is wrong with what minilua makes of a job, None if nothing is; and how long it took."""
    ours = run(program, job, folder, MINILUA)
    times = f"{ours.seconds:6.1f} s"
    if ours.status != 0:
        return f"status {ours.status}\n{ours.output}", times
    shown = CHANGING.sub("_", ours.output).rstrip("\n").split("\n")
    if job.line is not None and job.line not in ours.output.splitlines():
        return f"there is no line {job.line!r}\n{ours.output}", times
    if job.is_compared and find_spec("lupa") is not None:
        theirs = run(program, job, folder, PUC_RIO)
        times += f", PUC-Rio {theirs.seconds:6.1f} s"
        expected = CHANGING.sub("_", theirs.output).rstrip("\n").split("\n")
        for number, (line, wanted) in enumerate(zip(shown + [""] * len(expected), expected), 1):
            if line != wanted:
                return f"line {number} is\n    {line}\nbut PUC-Rio's Lua prints\n    {wanted}", times
        if len(shown) != len(expected):
            return f"{len(shown)} lines, but PUC-Rio's Lua prints {len(expected)}", times
    return None, times


def main(arguments: List[str]) -> int:
    folder = arguments[0] if arguments else os.environ.get("LUA_PROGRAMS")
    if not folder:
        print("programs in Lua: no folder is named, on the command line or in LUA_PROGRAMS")
        return 0
    failed = 0
    for program in PROGRAMS:
        if arguments[1:] and program.name not in arguments[1:]:
            continue
        place = Path(folder) / program.name
        if not place.is_dir():
            print(f"{program.name:14}skipped: there is no copy of {program.repository}, version {program.version}")
            continue
        for job in program.jobs:
            wrong, times = complaint(program, job, place)
            print(f"{program.name:14}{job.script:20}{'ok' if wrong is None else 'FAILED':8}{times}", flush=True)
            if wrong is not None:
                failed += 1
                print(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--puc-rio"]:
        as_puc_rio(*sys.argv[2:])
    sys.exit(main(sys.argv[1:]))
