"""A clock that only moves when told, and a server that answers by a script."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Tuple, Union
from urllib.parse import parse_qs, urlsplit

import httpx

TOKEN = "sntryu_0123456789abcdef"


class Clock:
    """Time for tests: monotonic and wall time are the same, and sleeping passes it at once."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0
        self.slept: List[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


class Asked(NamedTuple):
    method: str
    url: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


Reply = Union[int, Tuple[Any, ...], Exception, Callable[[Asked], Any]]


class Script(httpx.BaseTransport):
    """Answers by path. A reply is JSON data, a status, (status, body[, headers]), an exception or a function.

    A list of replies under `replies[path]` is used up one by one; the last one stays.
    """

    def __init__(self) -> None:
        self.replies: Dict[str, List[Reply]] = {}
        self.asked: List[Asked] = []

    def on(self, path: str, *replies: Any) -> "Script":
        self.replies[path] = list(replies)
        return self

    def paths(self) -> List[str]:
        return [asked.path for asked in self.asked]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(request.method, url, parts.path, query, dict(request.headers), request.read())
        self.asked.append(asked)
        key = next((known for known in (url.partition("?")[0], parts.path) if known in self.replies), None)
        if key is None:
            return httpx.Response(404, json={"detail": "The requested resource does not exist"})
        replies = self.replies[key]
        reply: Any = replies.pop(0) if len(replies) > 1 else replies[0]
        if callable(reply):
            reply = reply(asked)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, int):
            return httpx.Response(reply)
        status, body, headers = 200, reply, {}
        if isinstance(reply, tuple):
            status, body, headers = (*reply, {})[:3]
        if isinstance(body, (str, bytes)):
            return httpx.Response(status, content=body, headers=headers)
        return httpx.Response(status, json=body, headers=headers)
