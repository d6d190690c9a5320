"""The host's functions called in a loop."""

from __future__ import annotations

from typing import Any, Callable, Tuple

N = 120000


def clamp(value: int, low: int, high: int) -> int:
    if value < low:
        return low
    if value > high:
        return high
    return value


def describe(kind: str, number: int) -> str:
    return f"{kind} {number}"


def arguments(engine: Any) -> Tuple[Callable[..., Any], ...]:
    return clamp, describe


def run(n: int, clamp: Callable[[int, int, int], int], describe: Callable[[str, int], str]) -> int:
    total, length = 0, 0
    for i in range(1, n + 1):
        total += clamp(i, 10, 5000)
        length += len(describe("item", i % 7))
    return total * 1000 + length % 1000
