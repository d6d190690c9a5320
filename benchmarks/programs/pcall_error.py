"""Errors raised and caught: text in one call of three, a value in one of seven."""

N = 80000


class Coded(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


def check(i: int) -> int:
    if i % 3 == 0:
        raise ValueError("three")
    if i % 5 == 0:
        raise Coded(i)
    return i


def run(n: int) -> str:
    total, failed, coded = 0, 0, 0
    for i in range(1, n + 1):
        try:
            total += check(i)
        except Coded as error:
            coded += error.code
        except ValueError:
            failed += 1
    return f"{total}/{failed}/{coded}"
