"""Log lines formatted, matched and rewritten: string patterns against regular expressions."""

import re

N = 5000

FIELDS = re.compile(r"user=([A-Za-z0-9]+).*\[id:([0-9A-Fa-f]+)\]")
WORD = re.compile(r"[A-Za-z]+")
DIGITS = re.compile(r"[0-9]+")
PAIR = re.compile(r"([A-Za-z0-9]+)=([A-Za-z0-9]+)")


def run(n: int) -> str:
    length, total, found = 0, 0, 0
    for i in range(1, n + 1):
        line = f"{i:05d} user=name{i % 10} took {i / 7:.2f}ms [id:{i:x}]"
        fields = FIELDS.search(line)
        assert fields is not None
        user, ident = fields.groups()
        total += int(ident, 16) + len(user)
        for word in WORD.findall(line):
            length += len(word)
        masked, count = DIGITS.subn("#", line)
        length += len(masked) + count
        swapped = PAIR.sub(r"\2=\1", line)
        if "name7=user" in swapped:
            found += 1
    return f"{total}/{length}/{found}"
