"""The integration without network: three accounts on a server in this process."""

from __future__ import annotations

from minilua.host.accounts import Account
from minilua.host.catalog import Demo
from sentry_integration.demo.server import ACCOUNTS, ORIGIN, DemoServer
from sentry_integration.http import Http
from sentry_integration.session import SentrySession


def demo() -> Demo:
    """A demo world of its own: what is created in it is seen by its accounts alone.

    >>> world = demo()
    >>> session = world.connect(world.accounts[0])
    >>> session.call("get_issue", {"issue_id": "1234567890"})["title"]
    "KeyError: 'customer_id'"
    """
    server = DemoServer()
    accounts = tuple(
        Account("sentry", name, {"auth_token": world["token"], "url": f"{ORIGIN}/api/0"})
        for name, world in zip(ACCOUNTS, server.worlds)
    )

    def connect(account: Account) -> SentrySession:
        return SentrySession(account, http=Http(account.settings["auth_token"], serve=server.serve))

    return Demo(accounts, connect)
