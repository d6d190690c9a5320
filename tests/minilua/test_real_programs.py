"""Programs in Lua that others have written, where the environment says in LUA_PROGRAMS where copies of them are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import real_programs

FOLDER = os.environ.get("LUA_PROGRAMS")


@pytest.mark.skipif(not FOLDER, reason="LUA_PROGRAMS names no folder with programs in Lua")
@pytest.mark.parametrize(
    ("program", "job"),
    [
        pytest.param(program, job, id=f"{program.name}-{Path(job.script).stem}")
        for program in real_programs.PROGRAMS
        for job in program.jobs
    ],
)
def test_program(program: real_programs.Program, job: real_programs.Job) -> None:
    place = Path(str(FOLDER)) / program.name
    if not place.is_dir():
        pytest.skip(f"there is no copy of {program.repository}")
    assert real_programs.complaint(program, job, place)[0] is None
