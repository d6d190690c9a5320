"""Lua's own test suite, where the environment says in LUA_TESTS where it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import lua_suite

FOLDER = os.environ.get("LUA_TESTS")


@pytest.mark.skipif(not FOLDER, reason="LUA_TESTS names no folder with Lua's test suite")
@pytest.mark.parametrize("name", lua_suite.NAMES)
def test_file(name: str) -> None:
    assert lua_suite.run(Path(str(FOLDER)), name) is None
