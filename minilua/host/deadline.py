"""A deadline for a call into C that has none of its own.

Python's `re` backtracks, and a pattern such as `(a+)+$` can keep it busy for years. CPython looks for signals while it
matches, so that a timer ends the match. Signals belong to the main thread of POSIX systems; elsewhere there is no
deadline.
"""

from __future__ import annotations

import signal
import threading
from typing import Any, Callable, TypeVar

from minilua.host.errors import HostError

T = TypeVar("T")

HAS_TIMERS = hasattr(signal, "setitimer")

#: What one call may take of processor time. The longest honest matches over texts of a few megabytes take a tenth.
SECONDS = 2.0


def within_deadline(what: str, call: Callable[[], T]) -> T:
    """Return what `call` returns, or raise `HostError` when it takes too long.

    >>> within_deadline("regex.match", lambda: re.search("(a+)+$", "a" * 40 + "b"))
    Traceback (most recent call last):
    minilua.host.errors.HostError: regex.match: the pattern takes more than 2.0 seconds on this subject
    """
    if not HAS_TIMERS or threading.current_thread() is not threading.main_thread():
        return call()

    def expire(*_: Any) -> None:
        raise HostError(f"{what}: the pattern takes more than {SECONDS} seconds on this subject")

    previous = signal.signal(signal.SIGVTALRM, expire)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, previous)
