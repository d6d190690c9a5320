"""The forms of a report: the envelope of `--json`, and plain text for a reader."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional

from minilua.host.integrations import CallRecord


def workflow_envelope(
    *,
    output: str = "",
    error: Optional[str] = None,
    result: Optional[List[Any]] = None,
    seconds: float = 0.0,
    memory: int = 0,
    calls: Iterable[CallRecord] = (),
    permission_bypassed: bool = False,
) -> Dict[str, Any]:
    """Return the envelope of `integrations:lua` and `mcp:lua`."""
    return {
        "success": error is None,
        "output": output[:-1] if output.endswith("\n") else output,
        "error": error,
        "result": result,
        "execution_time_ms": round(seconds * 1000, 3),
        "memory_usage": memory,
        "integration_calls": [
            {
                "path": call.path,
                "durationMs": call.duration_ms,
                "status": "ok" if call.error is None else "error",
                "error": call.error,
                "name": call.name,
                "group": call.group,
            }
            for call in calls
        ],
        "meta": {"permission_bypassed": permission_bypassed},
    }


def call_envelope(
    *,
    function: str,
    data: Any = None,
    error: Optional[str] = None,
    dry_run: bool = False,
    operation: Optional[str] = None,
    permission_bypassed: bool = False,
    account: Optional[str] = None,
    duration_ms: float = 0.0,
) -> Dict[str, Any]:
    """Return the envelope of `integrations:call`."""
    return {
        "function": function,
        "success": error is None,
        "data": data,
        "error": error,
        "meta": {
            "dry_run": dry_run,
            "operation": operation,
            "permission_bypassed": permission_bypassed,
            "account": account,
        },
        "duration_ms": duration_ms,
    }


def failure_envelope(error: str) -> Dict[str, Any]:
    """Return the envelope of a command that failed and has no form of its own for that."""
    return {"success": False, "error": error}


def table(rows: List[List[str]]) -> str:
    """Return rows of cells as text in columns, the last one ragged."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)] if rows else []
    return "\n".join(
        "  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + row[len(widths) :]).rstrip() for row in rows
    )
