"""The longest Collatz sequence that starts below n: while, branches, integer division."""

N = 6000


def collatz(n: int) -> int:
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps


def run(n: int) -> int:
    longest, i = 0, 1
    while i <= n:
        steps = collatz(i)
        if steps > longest:
            longest = steps
        i += 1
    return longest
