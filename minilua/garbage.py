"""The garbage collector held off while something large is built."""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Optional, Type


class Uncollected:
    """A context without collections: in what is being built there is no garbage, and much to look through.

    >>> with Uncollected():
    ...     data = json.loads(text)
    """

    __slots__ = ("_collects",)

    def __enter__(self) -> None:
        self._collects = gc.isenabled()
        gc.disable()

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if self._collects:
            gc.enable()
