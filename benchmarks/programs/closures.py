"""Functions made, kept and composed."""

from __future__ import annotations

from typing import Callable, List

N = 2200


def counter(step: int) -> Callable[[], int]:
    count = 0

    def advance() -> int:
        nonlocal count
        count += step
        return count

    return advance


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def mapped(items: List[int], f: Callable[[int], int]) -> List[int]:
    return [f(item) for item in items]


def run(n: int) -> int:
    items = list(range(1, 101))
    total = 0
    for i in range(1, n + 1):
        advance = counter(i)
        double_then_add = compose(lambda x, i=i: x + i, lambda x: x * 2)  # type: ignore[misc]
        results = mapped(items, double_then_add)
        for _ in range(20):
            total += advance()
        total += results[i % 100]
    return total
