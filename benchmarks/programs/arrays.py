"""A sieve, gaps between primes, reversal in place: filling, indexing and walking arrays."""

N = 150000


def run(n: int) -> int:
    composite = [False] * (n + 1)
    primes = []
    for i in range(2, n + 1):
        if not composite[i]:
            primes.append(i)
            for j in range(i * i, n + 1, i):
                composite[j] = True
    gaps = []
    for i in range(1, len(primes)):
        gaps.append(primes[i] - primes[i - 1])
    total = 0
    for i, gap in enumerate(gaps, 1):
        total += i * gap
    for i in range(len(primes) // 2):
        j = len(primes) - i - 1
        primes[i], primes[j] = primes[j], primes[i]
    return total + primes[0] + len(primes)
