"""Recursion through a global function."""

N = 26


def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def run(n: int) -> int:
    return fib(n)
