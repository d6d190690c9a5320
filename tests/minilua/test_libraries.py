"""Programs that use all of the libraries print what they print in real Lua, and fail with the same message."""

from __future__ import annotations

import gc
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("lupa.lua54", reason="the reference values come from real Lua (lupa)")

import oracle

from minilua import LuaRuntime
from minilua.stdlib import UNSAFE_LIBRARIES

PROGRAMS = sorted((Path(__file__).parent / "libraries").glob("*.lua"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_program(program: Path, request: pytest.FixtureRequest) -> None:
    if program.stem == "hooks" and sys.version_info >= (3, 12):
        request.applymarker(pytest.mark.xfail(reason="CPython 3.12 tells trace functions other lines on the way out"))
    source = program.read_bytes()
    gc.collect()  # the finalizers of the programs before would be called in this one, and its hooks would tell
    expected = oracle.lua().run(source, program.name)
    assert expected.error is None, "the program itself is wrong"
    actual = oracle.Engine(LuaRuntime(libraries=UNSAFE_LIBRARIES).execute).run(source, program.name)
    assert actual.error is None
    assert without_addresses(actual.output) == without_addresses(expected.output)


def without_addresses(text: str) -> list[str]:
    return re.sub("0x[0-9a-f]+", "0x", text).splitlines()
