"""A producer and two filters, each suspended between values: coroutines against generators."""

from typing import Iterator

N = 250000


def producer(n: int) -> Iterator[int]:
    for i in range(1, n + 1):  # noqa: UP028 (one by one, as the Lua producer does)
        yield i


def without_multiples(source: Iterator[int], divisor: int) -> Iterator[int]:
    for value in source:
        if value % divisor != 0:
            yield value


def run(n: int) -> int:
    total = 0
    for value in without_multiples(without_multiples(producer(n), 3), 5):
        total += value
    return total
