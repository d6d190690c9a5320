"""Some of what `fuzzing.py` would look at for hours."""

from __future__ import annotations

import fuzzing
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize("kind", fuzzing.SOURCES)
def test_whatever_is_written_ends_well(kind: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(st.randoms(use_true_random=False))
    def whatever(chance: fuzzing.random.Random) -> None:
        fuzzing.outcome(fuzzing.SOURCES[kind](chance))

    whatever()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_chunk_or_an_error(source: bytes) -> None:
    fuzzing.outcome(source)


FOUND = [
    b"return ('a?'):rep(30):match(('ab'):rep(50000))",
]


@pytest.mark.parametrize("source", FOUND)
def test_what_was_found(source: bytes) -> None:
    fuzzing.outcome(source)
