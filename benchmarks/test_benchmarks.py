"""The benchmark programs under pytest-benchmark, one group a program: `pytest benchmarks --benchmark-only`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parent))

import engines
from compare import agree


@pytest.mark.parametrize("engine", ["python", "minilua", "lupa"])
@pytest.mark.parametrize("program", engines.programs())
def test_program(program: str, engine: str, benchmark: Any) -> None:
    if engine == "lupa":
        pytest.importorskip("lupa.lua54")
    benchmark.group = program
    result = benchmark(engines.available([engine])[engine].job(program))
    assert agree(result, engines.Python().job(program)())
