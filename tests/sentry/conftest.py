"""Sessions on a scripted server, a real server on loopback, and recorded answers of real servers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, Optional

import httpx
import pytest
from loopback import Loopback
from scripted import TOKEN, Clock, Script

from minilua.host.accounts import Account
from sentry_integration.http import Http
from sentry_integration.session import SentrySession

FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine is told of proxies counts for no test."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def server() -> Iterator[Loopback]:
    loopback = Loopback()
    yield loopback
    loopback.close()


@pytest.fixture
def connect(script: Script, clock: Clock) -> Callable[..., SentrySession]:
    """Opens a session on `script`; `transport` and any setting of the account may be given."""

    def open_session(
        name: str = "default", transport: Optional[httpx.BaseTransport] = None, **settings: str
    ) -> SentrySession:
        settings = {"auth_token": TOKEN, "url": "https://sentry.example/api/0", **settings}
        http = Http(
            settings["auth_token"],
            transport=transport or script,
            clock=clock,
            now=clock,
            sleep=clock.sleep,
            random=lambda: 1.0,
        )
        return SentrySession(Account("sentry", name, settings), http=http)

    return open_session


@pytest.fixture(scope="session")
def recorded() -> Dict[str, Any]:
    """Excerpts of what Sentry 9.1.2 answered."""
    data: Dict[str, Any] = json.loads((FIXTURES / "sentry-9.1.2.json").read_text("utf-8"))
    return data


@pytest.fixture(scope="session")
def refusals() -> Dict[str, str]:
    """Bodies of refusals, byte for byte, of Sentry 9.1.2."""
    data: Dict[str, str] = json.loads((FIXTURES / "refusals-9.1.2.json").read_text("utf-8"))
    return data
