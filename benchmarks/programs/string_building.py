"""Lines of text put together piece by piece."""

N = 60000


def run(n: int) -> str:
    rows = []
    for i in range(1, n + 1):
        name = f"item{i}"
        rows.append(f"{name}, {i * 2}; {name.upper()}\n")
    text = "".join(rows)
    tail = ""
    for i in range(1, n // 20 + 1):
        tail += f"{i},"
    return f"{len(text)}:{len(tail)}:{text[-20:-1]}{tail[-8:]}"
