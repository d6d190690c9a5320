"""Classes, inheritance and method calls."""

from __future__ import annotations

N = 5000


class Account:
    def __init__(self, owner: str, balance: int) -> None:
        self.owner = owner
        self.balance = balance
        self.entries = 0

    def deposit(self, amount: int) -> None:
        self.balance += amount
        self.entries += 1

    def withdraw(self, amount: int) -> bool:
        if amount > self.available():
            return False
        self.balance -= amount
        self.entries += 1
        return True

    def available(self) -> int:
        return self.balance


class Credit(Account):
    def __init__(self, owner: str, balance: int, limit: int) -> None:
        super().__init__(owner, balance)
        self.limit = limit

    def available(self) -> int:
        return self.balance + self.limit


def run(n: int) -> int:
    refused, total = 0, 0
    for i in range(1, n + 1):
        plain = Account("a", i % 10)
        credit = Credit("b", i % 10, 50)
        for amount in range(1, 6):
            plain.deposit(amount)
            credit.deposit(amount)
            if not plain.withdraw(amount * 2):
                refused += 1
            if not credit.withdraw(amount * 6):
                refused += 1
        total += plain.balance + credit.balance + credit.entries
    return total * 1000 + refused
