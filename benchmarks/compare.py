"""How long Lua programs take in minilua, and in other Luas, in times of the same programs in Python.

    python benchmarks/compare.py [--only NAME ...] [--rounds N] [--engines minilua,limited,lupa,abstra] [--json]

Engines take turns within a round, so that a slow moment of the machine meets them all; a ratio is one of the fastest
runs, a median ratio one of the median runs. A program whose result differs from its Python twin's is printed as WRONG,
one that does not run as FAILS, and either makes the exit status 1 when the engine is minilua.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Union

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import engines


class Timing(NamedTuple):
    """The seconds of one program in one engine over all rounds."""

    minimum: float
    median: float


Measured = Union[Timing, str]  # or why there is none: WRONG, FAILS


def agree(result: object, expected: object) -> bool:
    """Whether a result is the Python twin's; floats may differ in the order of their additions."""
    if isinstance(expected, float) and isinstance(result, (int, float)):
        return math.isclose(result, expected, rel_tol=1e-12)
    return result == expected


def measure(program: str, chosen: Dict[str, engines.Python], rounds: int) -> Dict[str, Measured]:
    """Times one program in every engine, in turn."""
    outcome: Dict[str, Measured] = {}
    jobs: Dict[str, engines.Job] = {}
    expected: object = None
    for name, engine in chosen.items():
        try:
            job = engine.job(program)
            result = job()
        except Exception as error:  # an engine under test may fail in any way
            outcome[name] = "FAILS"
            print(f"{program} fails in {name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        if name == "python":
            expected = result
        if agree(result, expected):
            jobs[name] = job
        else:
            outcome[name] = "WRONG"
            print(f"{program} in {name}: {result!r}\n  but in Python: {expected!r}", file=sys.stderr)
    seconds: Dict[str, List[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            started = time.perf_counter()
            job()
            seconds[name].append(time.perf_counter() - started)
    outcome.update((name, Timing(min(times), statistics.median(times))) for name, times in seconds.items())
    return outcome


def ratio(outcome: Dict[str, Measured], name: str, kind: str = "minimum") -> Optional[float]:
    """An engine's time in times of Python's; None where it has none."""
    timing, base = outcome.get(name), outcome["python"]
    if isinstance(timing, Timing) and isinstance(base, Timing):
        return float(getattr(timing, kind) / getattr(base, kind))
    return None


def mean_ratio(outcomes: Dict[str, Dict[str, Measured]], name: str, kind: str) -> Optional[float]:
    """The geometric mean of an engine's ratios, of those that there are."""
    known = [value for value in (ratio(outcome, name, kind) for outcome in outcomes.values()) if value is not None]
    return math.exp(statistics.fmean(map(math.log, known))) if known else None


def print_row(program: str, outcome: Dict[str, Measured], names: List[str]) -> None:
    base = outcome["python"]
    cells = [f"{program:<16}"]
    cells.append(f"{base.minimum * 1000:>8.1f}" if isinstance(base, Timing) else f"{base:>8}")
    for name in names:
        timing = outcome[name]
        if isinstance(timing, str):
            cells.append(f"{timing:>27}")
            continue
        least, median = ratio(outcome, name), ratio(outcome, name, "median")
        cells.append(f"{timing.minimum * 1000:>9.1f}{least:>9.2f}{median:>9.2f}")
    print(" ".join(cells), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", action="append", metavar="NAME", choices=engines.programs(), help="this program")
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="runs of each program (default %(default)s)")
    parser.add_argument("--engines", default="minilua,lupa,abstra", help="which, with commas (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="seconds and ratios as JSON")
    options = parser.parse_args()

    chosen = engines.available(["python"] + options.engines.split(","))
    names = [name for name in chosen if name != "python"]
    if not options.json:
        headings = [f"{name + ' ms':>9}{'ratio':>9}{'median':>9}" for name in names]
        print(f"{platform.python_implementation()} {platform.python_version()}, times Python's own time")
        print(" ".join([f"{'program':<16}", f"{'Python ms':>8}"] + headings))
    outcomes: Dict[str, Dict[str, Measured]] = {}
    for program in options.only or engines.programs():
        outcomes[program] = measure(program, chosen, options.rounds)
        if not options.json:
            print_row(program, outcomes[program], names)
    means, medians = ({name: mean_ratio(outcomes, name, kind) for name in names} for kind in Timing._fields)
    if options.json:
        print(json.dumps(report(outcomes, means), indent=2))
    else:
        cells = [f"{'geometric mean':<16}", f"{'':>8}"]
        for name in names:
            mean, median = (f"{of[name]:.2f}" if of[name] else "-" for of in (means, medians))
            cells.append(f"{'':>9}{mean:>9}{median:>9}")
        print(" ".join(cells))
    return int(any(isinstance(outcome.get("minilua"), str) for outcome in outcomes.values()))


def report(outcomes: Dict[str, Dict[str, Measured]], means: Dict[str, Optional[float]]) -> Dict[str, Any]:
    """Everything measured, as JSON-like data."""
    rows = {}
    for program, outcome in outcomes.items():
        rows[program] = {
            name: timing
            if isinstance(timing, str)
            else {
                **timing._asdict(),
                "ratio": ratio(outcome, name),
                "median_ratio": ratio(outcome, name, "median"),
            }
            for name, timing in outcome.items()
        }
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return {"python": python, "programs": rows, "geometric_mean": means}


if __name__ == "__main__":
    sys.exit(main())
