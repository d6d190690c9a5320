"""The metamethod `__gc` (manual §2.5.3)."""

from __future__ import annotations

import threading

from ..limits import Stopped, may_run
from ..recursion import IS_WASM
from .graves import bury
from .operations import call
from .table import BaseTable, side_of, type_metatables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List


class Finalizing(threading.local):
    """How many finalizers are running inside one another in this thread."""

    depth = 0


finalizing = Finalizing()

FINALIZERS_NESTED = 10
"""What finalizers drop is finalized at once, down to this depth, and beyond it with the next garbage: one that makes an
object of its own kind, to be called again with the next garbage, would otherwise never end."""

POSTPONED = "λpostponed"
"""Among the globals of a runtime, the tables whose finalizers are to be called with the next garbage."""


def finalize(table: Any) -> None:
    """`__del__` of the classes whose metatable has `__gc`."""
    finalize_alone(table)
    if IS_WASM:
        bury((table.λhash, table.λarray))


def finalize_alone(table: Any) -> None:
    handler = table.λmetatable.λhash.get("__gc")
    running = type_metatables.by_class
    if handler is None or not running:  # not in a runtime, or after its end
        return
    values = getattr(handler, "__globals__", {})
    if values.get("λclosed"):  # the program has ended
        return
    if finalizing.depth >= FINALIZERS_NESTED or values.get("λtypes", running) is not running:
        # Python collects the garbage of all runtimes at once, and another thread may be running that of the handler.
        values.setdefault(POSTPONED, []).append(table)
        return
    call_finalizer(handler, table)
    if not finalizing.depth:
        finalize_postponed(values)


def finalize_postponed(global_values: Dict[str, Any]) -> None:
    """Call the finalizers that were postponed until now."""
    for table in global_values.pop(POSTPONED, ()):
        handler = table.λmetatable.λhash.get("__gc")
        if handler is not None:
            call_finalizer(handler, table)


def call_finalizer(handler: Any, table: Any) -> None:
    if not may_run(handler):
        return
    finalizing.depth += 1
    try:
        call(handler, table)
    except Stopped:  # the flag stays up
        pass
    except Exception as error:
        from ..blame import error_value

        warn = getattr(handler, "__globals__", {}).get("λwarn")
        if warn is not None:
            value = error_value(error)
            told = value if value.__class__ is str else "error object is not a string"
            warn(f"error in __gc ({told})")
    finally:
        finalizing.depth -= 1


def with_finalizers(handles: Callable[[Any], bool]) -> List[BaseTable]:
    """The tables whose finalizers have not been called, those that got theirs last first, and that have a handler of
    the right kind."""
    import gc

    found = [
        table
        for table in gc.get_objects()
        if isinstance(table, BaseTable)
        and table.λis_special
        and hasattr(table.__class__, "__del__")
        and handles(table.λmetatable.λhash.get("__gc"))  # type: ignore[union-attr]
    ]
    return sorted(found, key=lambda table: -side_of(table).number)
