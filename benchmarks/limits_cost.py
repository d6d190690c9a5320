"""What limits cost: the benchmark programs with and without them, in turn in one process, the fastest of each.

`python benchmarks/limits_cost.py [RUNS] [PROGRAM ...]`
"""

from __future__ import annotations

import math
import sys
import time
from typing import Callable, List

from engines import PROGRAMS, Minilua

from minilua import Limits


def limited() -> Minilua:
    """The engine under limits that no program comes near."""
    engine = Minilua()
    scope = engine._runtime.limited(Limits(seconds=1000, memory=1 << 34, output=1 << 40))
    scope.__enter__()  # for good
    engine.scope = scope  # type: ignore[attr-defined]
    return engine


def seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main(runs: int, programs: List[str]) -> None:
    ratios = []
    for program in programs or sorted(path.stem for path in PROGRAMS.glob("*.py")):
        jobs = [Minilua().job(program), limited().job(program)]
        for job in jobs:
            job()
        times = [[seconds(job) for job in jobs] for _ in range(runs)]
        free, bounded = (min(column) for column in zip(*times))
        ratios.append(bounded / free)
        print(f"{program:16} {1000 * free:8.1f} ms {1000 * bounded:8.1f} ms {ratios[-1]:6.3f}", flush=True)
    print(f"{'geometric mean':40} {math.exp(sum(map(math.log, ratios)) / len(ratios)):6.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9, sys.argv[2:])
