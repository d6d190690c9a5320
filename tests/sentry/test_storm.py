"""Two hundred calls through trouble of every kind, one after the other and five at a time, over real sockets.

Nothing may be lost, nothing may arrive as two events, no call may outlast its time, and no text may show a secret.
"""

from __future__ import annotations

import json
import logging
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any, Dict, List, Set, Tuple

import pytest
from loopback import BREAKS, Behaviour, Loopback, reply
from scripted import TOKEN, Clock

from minilua.host.accounts import Account
from minilua.host.catalog import ProviderError
from sentry_integration.http import Http
from sentry_integration.patience import TOTAL
from sentry_integration.session import SentrySession

API = "/api/0"
CALLS = 200
KEY = "0123456789abcdef0123456789abcdef"


def passing(now: float) -> List[Behaviour]:
    """Troubles that a second attempt, or one at the time that the server names, gets over."""
    return [
        *BREAKS,
        reply(429, {"detail": f"slow down, {TOKEN}"}, Retry_After="2"),
        reply(429, {"detail": "slow down"}, X_Sentry_Rate_Limit_Reset=str(int(now) + 3)),
        reply(429, b"", X_Sentry_Rate_Limits="4:error:project"),
        reply(503, b"", Retry_After=formatdate(now + 3, usegmt=True)),
        reply(500, {"detail": "Internal Error"}),
        reply(502, b"<html><title>502 Bad Gateway</title>"),
        reply(503),
        reply(504),
    ]


LASTING: Tuple[Behaviour, ...] = (
    reply(200, b"<!DOCTYPE html><title>Login</title>"),
    reply(401, {"detail": f"Invalid token {TOKEN}"}),
    reply(403, {"detail": "You do not have permission to perform this action."}),
    reply(409, {"detail": "Conflict"}),
    reply(413, {"detail": f"too large for https://{KEY}@o1.ingest.sentry.io/1"}),
    reply(429, {"detail": "slow down"}, Retry_After="3600"),
    reply(302, {"detail": "moved"}, Location="https://sentry.invalid/"),
)


class Storm:
    """One server; call number n is for project `p<n>`, which has troubles of its own."""

    def __init__(self, server: Loopback, shared: bool) -> None:
        self.server = server
        self.stored: Dict[int, Set[str]] = {}
        self.doomed: Set[int] = set()
        self.threads = threading.local()
        self.opened: List[SentrySession] = []
        self.shared = self.open() if shared else None

    def brew(self, number: int, now: float) -> None:
        chance = random.Random(number)
        project, troubles = f"{API}/projects/o/p{number}/", [chance.choice(passing(now)) for _ in range(number % 4)]
        if number % 5 == 4:
            self.doomed.add(number)
            self.server.on(project, *troubles, LASTING[number // 5 % len(LASTING)])
            self.server.on(project + "keys/", *troubles, LASTING[number // 5 % len(LASTING)])
            return
        self.server.on(project, *troubles, reply(200, {"id": str(number), "organization": {"slug": "o"}}))
        dsn = self.server.origin.replace("://", f"://{KEY}@") + f"/{number}"
        self.server.on(project + "keys/", *troubles, reply(200, [{"dsn": {"public": dsn}}]))
        self.server.on(f"/api/{number}/envelope/", *map(self._noted, troubles), self._noted(reply(200, {})))
        self.server.on(f"{API}/issues/{number}/", *reversed(troubles), reply(200, {"id": str(number)}))

    def _noted(self, behaviour: Behaviour) -> Behaviour:
        """The event arrives, whatever becomes of the answer."""

        def answer(handler: Any) -> None:
            number = int(handler.path.split("/")[2])
            body = next(seen.body for seen in reversed(self.server.seen) if seen.path == handler.path)
            event_id = json.loads(body.split(b"\n")[0])["event_id"]
            self.stored.setdefault(number, set()).add(event_id)
            self.server.on(f"{API}/projects/o/p{number}/events/{event_id}/", reply(200, {"groupID": str(number)}))
            behaviour(handler)

        return answer

    def clock(self) -> Clock:
        """The clock of this thread: what one waits for costs another nothing."""
        if not hasattr(self.threads, "clock"):
            self.threads.clock = Clock()
        found: Clock = self.threads.clock
        return found

    def open(self) -> SentrySession:
        http = Http(
            TOKEN,
            clock=lambda: self.clock()(),
            now=lambda: self.clock()(),
            sleep=lambda seconds: self.clock().sleep(seconds),
            random=lambda: 1.0,
        )
        account = Account("sentry", "default", {"auth_token": TOKEN, "url": self.server.origin})
        self.opened.append(SentrySession(account, http=http))
        return self.opened[-1]

    def session(self) -> SentrySession:
        """The session of this thread, or the one of all; it keeps its connections from call to call."""
        if self.shared is not None:
            return self.shared
        if not hasattr(self.threads, "session"):
            self.threads.session = self.open()
        found: SentrySession = self.threads.session
        return found

    def call(self, number: int) -> str:
        """Make a call, check what came of it, and return all that it said."""
        session, clock = self.session(), self.clock()
        start = clock()
        self.brew(number, start)
        function = ("get_project", "create_issue")[number % 2]
        arguments = {"org_slug": "o", "project_slug": f"p{number}"}
        try:
            result = session.call(function, {**arguments, "title": "Boom"} if number % 2 else arguments)
        except ProviderError as error:
            assert number in self.doomed, str(error)
            assert str(error).startswith(f"sentry.{function} (account 'default'): ")
            return str(error)
        else:
            assert number not in self.doomed and result["id"] == str(number)
            assert not number % 2 or self.stored[number] == {result["event_id"]}
            return json.dumps(result)
        finally:
            assert clock() - start <= TOTAL


@pytest.mark.parametrize("at_once, shared", [(1, True), (5, False), (5, True)])
def test_two_hundred_troubles(server: Loopback, caplog: pytest.LogCaptureFixture, at_once: int, shared: bool) -> None:
    caplog.set_level(logging.DEBUG)
    storm = Storm(server, shared)
    with ThreadPoolExecutor(at_once) as pool:
        texts: List[str] = list(pool.map(storm.call, range(CALLS)))
    for session in storm.opened:
        session.close()
    assert len(texts) == CALLS and len(storm.doomed) == CALLS // 5
    assert all(TOKEN not in text and KEY not in text for text in texts)
    posts = [seen for seen in storm.server.seen if seen.method == "POST"]
    assert len(posts) > len(storm.stored) == CALLS // 2 - sum(number % 2 for number in storm.doomed)
    assert all(TOKEN not in str(post) for post in posts)
    assert all(len(event_ids) == 1 for event_ids in storm.stored.values())
    logged = [record.getMessage() for record in caplog.records]
    assert any("connect_tcp" in line for line in logged)
    assert all(TOKEN not in line and KEY not in line for line in logged)
