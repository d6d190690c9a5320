"""The workflow over records that Python hands in, their conversion counted."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from workflow import analyse, make

N = 12000
LUA = "workflow.lua"
RECORDS = make(N)


def arguments(engine: Any) -> Tuple[object, ...]:
    return (engine.value(RECORDS),)


def run(n: int, records: List[Dict[str, Any]]) -> str:
    return analyse(records)
