"""The spectral norm of an infinite matrix: a small function called in the innermost of two loops."""

from __future__ import annotations

import math
from typing import List

N = 120


def element(i: int, j: int) -> float:
    total = i + j + 1
    return 1 / (total * (total - 1) // 2 + i + 1)


def times(vector: List[float], n: int) -> List[float]:
    result = []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(i, j) * vector[j]
        result.append(total)
    return result


def transposed_times(vector: List[float], n: int) -> List[float]:
    result = []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(j, i) * vector[j]
        result.append(total)
    return result


def run(n: int) -> str:
    u = [1.0] * n
    for _ in range(3):
        v = transposed_times(times(u, n), n)
        u = transposed_times(times(v, n), n)
    uv = vv = 0.0
    for i in range(n):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    return f"{math.sqrt(uv / vv):.9f}"
