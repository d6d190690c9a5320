"""Sentry for Lua scripts: `app.integrations.sentry.*`.

The module describes the integration and imports nothing that talks: the HTTP client is loaded at the first connection.

>>> [function.name for function in provider.functions][:2]
['list_projects', 'get_project']
"""

from __future__ import annotations

import pkgutil

from minilua.host.accounts import Account
from minilua.host.catalog import Demo, Provider, Session
from sentry_integration.catalog import FIELDS, FUNCTIONS

__all__ = ["provider"]


def _connect(account: Account) -> Session:
    from sentry_integration.session import SentrySession

    return SentrySession(account)


def _demo() -> Demo:
    from sentry_integration.demo import demo

    return demo()


def _reference() -> str:
    page = pkgutil.get_data(__name__, "reference.md")
    assert page is not None
    return page.decode("utf-8")


provider = Provider(
    name="sentry",
    title="Sentry",
    description="Errors, releases and projects of a Sentry server",
    functions=FUNCTIONS,
    fields=FIELDS,
    reference=_reference(),
    connect=_connect,
    demo=_demo,
)
