"""A project in which issues can be created, on a scripted server."""

from __future__ import annotations

import copy
from typing import Any, Dict
from urllib.parse import urlsplit

import httpx
from scripted import Asked, Script

API = "/api/0"
WEB = {"org_slug": "acme-corp", "project_slug": "web"}
NEW = {**WEB, "title": "NullPointerException in UserController", "level": "error", "tags": {"version": "2.1.0"}}


def born(script: Script, recorded: Dict[str, Any], *, polls: int = 0, dsn: str = "") -> None:
    """A project whose events become issue 3 after `polls` questions for it."""
    keys = copy.deepcopy(recorded["keys"])
    if dsn:
        keys[0]["dsn"]["public"] = dsn
    script.on(f"{API}/projects/acme-corp/web/keys/", keys)
    script.on("/api/2/envelope/", {"id": "x"})
    left = [polls]

    def event(asked: Asked) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            return 404, {"detail": "Event not found"}
        return {**recorded["event"], "eventID": asked.path.split("/")[-2]}

    original = script.handle_request

    def handle(request: httpx.Request) -> httpx.Response:
        path = urlsplit(str(request.url)).path
        if path.startswith(f"{API}/projects/acme-corp/web/events/"):
            script.replies.setdefault(path, [event])
        return original(request)

    script.handle_request = handle  # type: ignore[method-assign]
    script.on(f"{API}/issues/3/", recorded["issue"])
