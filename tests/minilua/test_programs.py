"""Every program of `programs/` does in minilua what it does in PUC-Rio's Lua: the same output, the same error."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest

pytest.importorskip("lupa.lua54")

import oracle

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.lua"))


@pytest.mark.parametrize("engine", [oracle.minilua, oracle.limited], ids=["free", "limited"])
@pytest.mark.parametrize("program", PROGRAMS, ids=[program.stem for program in PROGRAMS])
def test_program(program: Path, engine: Callable[[], oracle.Engine]) -> None:
    source = program.read_bytes()
    expected = oracle.lua().run(source, program.name)
    assert expected.error is None or "expected failure" in expected.error, "the program itself is wrong"
    assert expected.output, "a program that prints nothing tests nothing"
    actual = engine().run(source, program.name)
    assert actual.output.splitlines() == expected.output.splitlines()
    assert actual.error == expected.error
