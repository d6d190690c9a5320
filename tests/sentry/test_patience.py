"""Waiting: what servers say about it, the pauses between attempts, and the budget."""

from __future__ import annotations

from typing import Dict, Optional

import pytest
from scripted import Clock

from sentry_integration.patience import Budget, pause, wait_asked

NOW = 1_790_000_000.0  # 2026-09-21T14:13:20Z


@pytest.mark.parametrize(
    "status, headers, wait",
    [
        (429, {}, None),
        (429, {"retry-after": "7"}, 7.0),
        (429, {"retry-after": "0"}, 0.0),
        (429, {"retry-after": "9" * 400}, 1e9),
        (429, {"x-sentry-rate-limits": "9" * 400 + ":error:key"}, 1e9),
        (429, {"x-sentry-rate-limit-reset": "9" * 400}, 1e9),
        (429, {"x-sentry-rate-limit-reset": "1789999999.5"}, 0.0),
        (429, {"x-sentry-rate-limit-reset": "1790000001.5"}, 1.5),
        (503, {"retry-after": "2.5"}, 2.5),
        (503, {"retry-after": "Mon, 21 Sep 2026 14:13:50 GMT"}, 30.0),
        (503, {"retry-after": "Mon, 21 Sep 2026 14:00:00 GMT"}, 0.0),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "-3"}, None),
        (429, {"x-sentry-rate-limit-reset": "1790000004"}, 4.0),
        (429, {"x-sentry-rate-limit-reset": "1789999999"}, 0.0),
        (503, {"x-sentry-rate-limit-reset": "1790000004"}, None),
        (429, {"x-sentry-rate-limit-reset": "never"}, None),
        (429, {"x-sentry-rate-limits": "60:error:key"}, 60.0),
        (429, {"x-sentry-rate-limits": "60::organization"}, 60.0),
        (429, {"x-sentry-rate-limits": "5:default;error;security:organization, 60:transaction:key"}, 5.0),
        (429, {"x-sentry-rate-limits": "60:transaction:key"}, None),
        (429, {"retry-after": "3", "x-sentry-rate-limits": "60:error:key"}, 3.0),
    ],
)
def test_what_a_server_asks(status: int, headers: Dict[str, str], wait: Optional[float]) -> None:
    assert wait_asked(status, headers, NOW) == wait


def test_pauses_double_within_bounds_and_are_never_all_alike() -> None:
    assert [pause(attempt, lambda: 1.0) for attempt in range(1, 8)] == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]
    assert [pause(attempt, lambda: 0.0) for attempt in range(1, 4)] == [0.125, 0.25, 0.5]


def test_a_budget_runs_down_on_its_clock(clock: Clock) -> None:
    budget = Budget(10.0, clock)
    clock.sleep(4.0)
    assert budget.left() == 6.0
    clock.sleep(7.0)
    assert budget.left() < 0
