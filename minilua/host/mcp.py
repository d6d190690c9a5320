"""The library `mcp` of workflows and the namespace `app.mcp`: which servers there are, and that there are none.

No server can be configured, so `mcp.servers()` is empty and all else fails with one clear message.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from minilua.host.errors import UnknownName

FUNCTIONS = ("tools", "schema", "call", "resources", "read_resource", "prompts", "get_prompt")


def servers(*_: Any) -> List[Any]:
    """Return the configured servers: none."""
    return []


def unknown_server(name: str) -> UnknownName:
    """Return the error for a server that is not configured."""
    return UnknownName(f"Unknown MCP server: {name}. No MCP servers are configured.")


def library() -> Dict[str, Callable[..., Any]]:
    """Return the functions of the Lua library `mcp`."""

    def refusing(function: str) -> Callable[..., Any]:
        def refuse(name: Any = None, *_: Any) -> Any:
            if name.__class__ is not str:
                if function == "tools":
                    return []
                raise UnknownName(f"mcp.{function}: no MCP servers are configured.")
            raise unknown_server(name.partition(".")[0])

        return refuse

    return {"servers": servers, **{function: refusing(function) for function in FUNCTIONS}}
