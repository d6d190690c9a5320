"""The thread type."""

from __future__ import annotations


class Coroutine:
    """A Lua thread."""

    __slots__ = ("__weakref__",)
