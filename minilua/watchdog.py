"""The thread that looks after the budgets of running calls."""

from __future__ import annotations

import os
import threading
import time

from .limits import LOOK_PERIOD, Budget, current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Dict, Optional

IDLE_LOOKS = 100
"""After how many looks at nothing the thread goes to sleep."""


class Watchdog:
    """Looks at every running budget each few milliseconds, and sleeps when there is none for a while.

    Watching and forgetting cost one operation on a dict each, which threads do not disturb: short calls are many.
    """

    def __init__(self) -> None:
        self.budgets: Dict[int, Budget] = {}
        self.asleep = True
        self.thread: Optional[threading.Thread] = None
        self.awake = threading.Condition()

    def watch(self, budget: Budget) -> None:
        self.budgets[id(budget)] = budget
        if self.asleep:
            self.wake()

    def forget(self, budget: Budget) -> None:
        self.budgets.pop(id(budget), None)

    def wake(self) -> None:
        with self.awake:
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, name="minilua watchdog", daemon=True)
                self.thread.start()
            self.asleep = False
            self.awake.notify()

    def look(self) -> bool:
        """Look at every budget; whether there are any. On its own, since a frame that goes on would keep the last."""
        budgets = list(self.budgets.values())
        for budget in budgets:
            budget.look()
        return bool(budgets)

    def run(self) -> None:
        idle = 0
        while True:
            time.sleep(LOOK_PERIOD)
            idle = 0 if self.look() else idle + 1
            if idle > IDLE_LOOKS:
                idle = 0
                with self.awake:
                    # In this order: who watches from now on sees that the thread is asleep.
                    self.asleep = True
                    while self.asleep and not self.budgets:
                        self.awake.wait()
                    self.asleep = False


watchdog = Watchdog()


def start_anew() -> None:
    """A forked process has none of its parent's threads but the one that forked, with the calls that run in it."""
    is_watching = bool(watchdog.budgets)
    watchdog.__init__()  # type: ignore[misc]
    budget = current.budget if is_watching else None
    while budget is not None:
        watchdog.watch(budget)
        budget = budget.outer


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=start_anew)
