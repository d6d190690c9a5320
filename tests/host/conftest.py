from __future__ import annotations

from typing import Any

import pytest
from runs import Kosmo
from tracker import Tracker


@pytest.fixture
def tracker() -> Tracker:
    return Tracker()


@pytest.fixture
def kosmo(tracker: Tracker, tmp_path: Any) -> Kosmo:
    return Kosmo(tracker, str(tmp_path))
