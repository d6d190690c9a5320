"""A small issue tracker that stands in for an integration: its calls are recorded, its answers are canned."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from minilua.host.accounts import Account
from minilua.host.catalog import Demo, Field, Function, Parameter, Provider, ProviderError

SECRET = "trk_0123456789abcdef"

REFERENCE = """# Tracker — Lua API Reference

## list_items

List the items of a project.

### Example

```lua
for _, item in ipairs(app.integrations.tracker.list_items({project = "web"})) do
## not a heading
  print(item.title)
end
```

---

## create_item

Create an item.

```lua
print(app.integrations.tracker.create_item({project = "web", title = "Bug"}).id)
```

---

## Multi-Account Usage

```lua
app.integrations.tracker.work.list_items({project = "web"})
```
"""

FUNCTIONS = (
    Function(
        "list_items",
        "List the items of a project.",
        "read",
        (
            Parameter("project", "string", "The project", required=True),
            Parameter("sort", "string", "Sort order", choices=("date", "votes")),
            Parameter("limit", "integer", "Max results", minimum=1, maximum=100, default=25),
            Parameter("open", "boolean", "Only open items"),
            Parameter("labels", "array", "Labels"),
            Parameter("since", "number", "Age in hours", minimum=0),
        ),
    ),
    Function(
        "create_item",
        "Create an item.",
        "write",
        (
            Parameter("project", "string", "The project", required=True),
            Parameter("title", "string", "The title", required=True),
            Parameter("tags", "object", "Tags"),
        ),
    ),
    Function("whoami", "Tell whose credentials are used.", "read"),
    Function("fail", "Fail.", "read", (Parameter("how", "string"),)),
)

FIELDS = (
    Field("token", "API token", required=True, secret=True),
    Field("url", "Base URL", default="https://tracker.example"),
)

ITEMS: List[Dict[str, Any]] = [
    {"id": 1, "title": "Größe", "project": {"slug": "web"}, "closed": None, "votes": 2.0},
    {"id": 2, "title": "b/c", "project": {"slug": "web"}, "closed": "2026-01-01", "labels": []},
]


class TrackerSession:
    """A connection that answers from memory and notes what it was asked."""

    def __init__(self, tracker: "Tracker", account: Account) -> None:
        self.tracker = tracker
        self.account = account

    def call(self, function: str, arguments: Dict[str, Any]) -> Any:
        self.tracker.calls.append((self.account.name, function, arguments))
        if function == "list_items":
            return ITEMS[: arguments["limit"]]
        if function == "create_item":
            return {"id": "17", "title": arguments["title"]}
        if function == "whoami":
            return {"account": self.account.name, "url": self.account.settings["url"]}
        if arguments.get("how") == "interrupted":
            raise KeyboardInterrupt
        if arguments.get("how") == "defect":
            raise KeyError("slug")
        raise ProviderError(f"HTTP 401 with token {self.account.settings['token']}")

    def preview(self, function: str, arguments: Dict[str, Any]) -> Any:
        return {"would": function, "with": arguments}

    def close(self) -> None:
        self.tracker.closed += 1
        raise OSError("a connection that fails to close has done its work all the same")


class Tracker:
    """The tracker of one test: `provider` to hand out, and what was done with it."""

    def __init__(self) -> None:
        self.calls: List[Tuple[str, str, Mapping[str, Any]]] = []
        self.connections: List[Account] = []
        self.closed = 0
        self.provider = Provider(
            "tracker", "Tracker", "A tracker of items.", FUNCTIONS, FIELDS, REFERENCE, self.connect, self.demo
        )

    def connect(self, account: Account) -> TrackerSession:
        self.connections.append(account)
        return TrackerSession(self, account)

    def demo(self) -> Demo:
        accounts = tuple(
            Account("tracker", name, {"token": "demo_token", "url": "demo:"}) for name in ("default", "work")
        )
        return Demo(accounts, self.connect)
