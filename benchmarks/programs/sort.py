"""Sorting records by a comparison of two fields, and numbers by themselves."""

from __future__ import annotations

from functools import cmp_to_key

N = 10000


class Record:
    def __init__(self, key: int, order: int) -> None:
        self.key = key
        self.order = order


def compare(a: Record, b: Record) -> int:
    if a.key != b.key:
        return -1 if a.key < b.key else 1
    return -1 if a.order > b.order else 1


def run(n: int) -> int:
    records, seed = [], 42
    for i in range(1, n + 1):
        seed = (seed * 1103515245 + 12345) % 2147483648
        records.append(Record(seed % 1000, i))
    records.sort(key=cmp_to_key(compare))
    numbers = [record.key * 31 % 1009 for record in records]
    numbers.sort()
    total = 0
    for i in range(0, n, 7):
        total = (total * 31 + records[i].key + records[i].order + numbers[i]) % 1000003
    return total
