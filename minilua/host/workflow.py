"""One run of one workflow: a Lua script with the globals of `namespaces`, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable, List, Optional, Tuple

from minilua import LuaError, LuaRuntime
from minilua.convert import text_to_python, to_lua
from minilua.host import display, namespaces
from minilua.host.data import to_data
from minilua.host.integrations import CallRecord, Integrations
from minilua.host.json_text import NotData


@dataclass(frozen=True)
class Workflow:
    """A script and what it may use; `name` stands in front of its error messages."""

    source: str
    name: str
    memory_limit: int
    cpu_limit: float


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    `results` holds the returned values as data, or is None when the script returned nothing. `error` is None when the
    script succeeded.
    """

    error: Optional[str]
    results: Optional[List[Any]]
    seconds: float
    memory: int
    calls: Tuple[CallRecord, ...]


def run(workflow: Workflow, write: Callable[[str], object], integrations: Optional[Integrations]) -> Outcome:
    """Run a workflow. What it prints goes to `write` as it comes.

    Without integrations the script has `app.mcp` and no `app.integrations`.
    """
    start = time.perf_counter()
    before = _peak_memory()
    error: Optional[str] = None
    results: Optional[List[Any]] = None
    try:
        runtime = LuaRuntime()
        namespaces.install(runtime, write, integrations)
        results = _results(runtime, runtime.execute(workflow.source, name=workflow.name))
    except LuaError as failure:
        if isinstance(failure.__cause__, BrokenPipeError):
            raise failure.__cause__ from None  # nobody reads the output any more: no failure of the script's
        error = str(failure)
    finally:
        if integrations is not None:
            integrations.close()
    calls = tuple(integrations.records) if integrations is not None else ()
    return Outcome(error, results, time.perf_counter() - start, max(0, _peak_memory() - before), calls)


def _results(runtime: LuaRuntime, returned: Any) -> Optional[List[Any]]:
    if returned is None:
        return None

    def shown(value: Any) -> str:
        return text_to_python(display.text(to_lua(value, runtime)))

    def data(value: Any) -> Any:
        try:
            return to_data(value, shown)
        except NotData:  # a cycle, say: shown rather than refused
            return shown(value)

    return [data(value) for value in (returned if isinstance(returned, tuple) else (returned,))]


def _peak_memory() -> int:
    """Return the process's peak memory in bytes, or 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows, Pyodide
        return 0
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
