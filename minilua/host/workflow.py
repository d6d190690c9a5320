"""One run of one workflow: a Lua script with the globals of `namespaces`, and what came of it."""

from __future__ import annotations

import time
from typing import Any, Callable, List, NamedTuple, Optional, Tuple

from minilua import Limits, LuaError, LuaFunction, LuaRuntime
from minilua.host import display, namespaces
from minilua.host.console import explained
from minilua.host.data import lua_type, to_data
from minilua.host.errors import OutputLost
from minilua.host.integrations import CallRecord, Integrations
from minilua.host.json_text import NotData


class Workflow(NamedTuple):
    """A script and what it may use; `name` stands in front of its error messages.

    `cpu_limit` is in seconds, what calls of integrations wait for aside; `memory_limit` in bytes.
    """

    source: str
    name: str
    memory_limit: int
    cpu_limit: float


class Outcome(NamedTuple):
    """What came of a run.

    `results` holds the returned values as data, or is None when the script returned nothing. `error` is None when the
    script succeeded. `interrupted` tells whether Ctrl-C ended it.
    """

    error: Optional[str]
    results: Optional[List[Any]]
    seconds: float
    memory: int
    calls: Tuple[CallRecord, ...]
    interrupted: bool = False


def run(workflow: Workflow, write: Callable[[str], object], integrations: Optional[Integrations]) -> Outcome:
    """Run a workflow. What it prints goes to `write` as it comes.

    Without integrations the script has `app.mcp` and no `app.integrations`.
    """
    start = time.perf_counter()
    before = _peak_memory()
    error: Optional[str] = None
    results: Optional[List[Any]] = None
    interrupted = False
    try:
        runtime = LuaRuntime(limits=Limits(seconds=workflow.cpu_limit, memory=workflow.memory_limit))
        namespaces.install(runtime, write, integrations)
        results = _results(runtime, runtime.execute(workflow.source, name="@" + workflow.name))
    except LuaError as failure:
        if isinstance(failure.__cause__, OutputLost):
            raise failure.__cause__ from None  # no failure of the script's
        error = failure.value if isinstance(failure.value, str) else shown(failure.value, runtime)
    except KeyboardInterrupt as failure:
        error, interrupted = explained(failure), True
    except Exception as failure:
        # A defect of ours: the report must come all the same, and in one sentence.
        error = f"Internal error: {type(failure).__name__}: {failure}"
    finally:
        if integrations is not None:
            integrations.close()
    calls = tuple(integrations.records) if integrations is not None else ()
    return Outcome(error, results, time.perf_counter() - start, max(0, _peak_memory() - before), calls, interrupted)


def _results(runtime: LuaRuntime, returned: Any) -> Optional[List[Any]]:
    if returned is None:
        return None

    def data(value: Any) -> Any:
        try:
            return to_data(value, lambda other: shown(other, runtime))
        except NotData:  # a cycle, say: shown rather than refused
            return shown(value, runtime)

    return [data(value) for value in (returned if isinstance(returned, tuple) else (returned,))]


def shown(value: Any, runtime: LuaRuntime) -> str:
    """Return the text that `print` shows for a value that came out of Lua."""
    try:
        return str(LuaFunction(display.text, runtime)(value))
    except LuaError:  # its __tostring failed
        return f"(a {lua_type(value)} that cannot be shown)"


def _peak_memory() -> int:
    """Return the process's peak memory in bytes, or 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows, Pyodide
        return 0
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
