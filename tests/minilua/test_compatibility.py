"""The page about compatibility says what is so, and every function of the library is tested."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import compatibility


def test_the_page_is_up_to_date() -> None:
    assert compatibility.PAGE.read_text(encoding="utf-8") == compatibility.page(), (
        "python tests/compatibility.py --write"
    )


def test_every_function_is_tested() -> None:
    assert [name for name, tests in compatibility.coverage().items() if not tests] == []


def test_only_what_needs_c_is_absent() -> None:
    assert [name for _, name in compatibility.names() if not compatibility.offered(name)[0]] == ["package.loadlib"]
