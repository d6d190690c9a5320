"""How long to go on: one time budget for a call, the pauses between attempts, and what a server says about waiting."""

from __future__ import annotations

import re
from typing import Callable, Mapping, Optional

TOTAL = 60.0  # seconds that one call may take, all its requests and pauses together
ATTEMPTS = 4
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 4.0
_LONGEST_WAIT = 1e9  # seconds: what servers ask for may be beyond all numbers
_SECONDS = re.compile(r"\d+(\.\d+)?", re.ASCII)


class Budget:
    """The time one call has: `left()` counts down from `seconds` on the clock that it was given."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self.seconds = seconds

    def left(self) -> float:
        """The seconds that remain; zero or less when the time is up."""
        return self._end - self._clock()


def pause(attempt: int, random: Callable[[], float]) -> float:
    """The pause after failed `attempt` number 1, 2, ...: doubling, bounded, and between half of it and all of it.

    >>> pause(1, lambda: 1.0), pause(2, lambda: 1.0), pause(2, lambda: 0.0)
    (0.25, 0.5, 0.25)
    """
    longest: float = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
    return longest * (0.5 + random() / 2)


def wait_asked(status: int, headers: Mapping[str, str], now: float) -> Optional[float]:
    """The seconds that a refusal asks to wait, or None where its headers do not say.

    `Retry-After` is seconds or a date (RFC 9110 §10.2.3). `X-Sentry-Rate-Limits` comes from ingest: the seconds, the
    kinds of data that they hold for, and more. `X-Sentry-Rate-Limit-Reset`, all that Sentry's API sends with its 429
    and sends with every other answer as well, is a time since 1970.

    >>> wait_asked(429, {"x-sentry-rate-limits": "60:transaction:key, 20:error;default:organization"}, 0.0)
    20.0
    """
    asked = _asked(status, headers, now)
    return None if asked is None else min(max(0.0, asked), _LONGEST_WAIT)


def _asked(status: int, headers: Mapping[str, str], now: float) -> Optional[float]:
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    if value:
        try:
            from email.utils import parsedate_to_datetime  # seldom needed, and long to import

            return parsedate_to_datetime(value).timestamp() - now
        except (TypeError, ValueError, OverflowError):
            pass
    limits = re.findall(r"(?:^|,)\s*(\d+):([^:,]*)", headers.get("x-sentry-rate-limits", ""))
    waits = [float(seconds) for seconds, kinds in limits if not kinds or "error" in kinds.split(";")]
    if waits:
        return max(waits)
    reset = headers.get("x-sentry-rate-limit-reset", "").strip()
    if status == 429 and _SECONDS.fullmatch(reset):
        return float(reset) - now
    return None
