"""What a script may use."""

from __future__ import annotations


def reserve(size: int) -> None:
    """Ask for `size` bytes before they are allocated in one piece."""
