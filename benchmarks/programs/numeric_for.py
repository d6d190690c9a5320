"""Nested counting loops with integers and floats."""

N = 4000


def run(n: int) -> float:
    total, floating = 0, 0.0
    for i in range(1, n + 1):
        for j in range(1, 101):
            if (i + j) % 3 == 0:
                total += i * j
            else:
                floating += j / 2
    return total + floating
