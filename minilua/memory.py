"""How much memory the process uses, by whatever the system tells."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Tuple

BLOCK = 64
"""About how many bytes a block of CPython's allocator has, where only their number is known."""


def by_proc() -> Tuple[int, ...]:
    """Linux: the resident pages."""
    file = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return (int(os.read(file, 200).split()[1]) * os.sysconf("SC_PAGE_SIZE"),)
    finally:
        os.close(file)


def by_peak() -> Tuple[int, ...]:
    """Other POSIX systems: the most that was ever resident, and the blocks of the allocator, which come and go."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (peak if sys.platform == "darwin" else peak * 1024, *by_blocks())


def by_heap() -> Tuple[int, ...]:
    """Pyodide: the heap, which never shrinks, and the blocks in it."""
    import pyodide_js  # type: ignore[import-not-found]

    return (int(pyodide_js._module.HEAP8.length), *by_blocks())


def by_blocks() -> Tuple[int, ...]:
    """Anywhere else: the blocks of CPython's allocator. What is larger than 512 bytes is not among them."""
    return (sys.getallocatedblocks() * BLOCK,)


def by_nothing() -> Tuple[int, ...]:
    return (0,)


def way() -> Callable[[], Tuple[int, ...]]:
    for candidate in (by_proc, by_heap, by_peak, by_blocks):
        try:
            candidate()
        except Exception:  # whatever it is that the system lacks
            continue
        return candidate
    return by_nothing


in_use = way()
"""One or more measures of the memory in use, in bytes: the one that grows most says how much was used."""
