"""What an account is made of, and that its secrets show nowhere."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any, Callable, Dict

import httpx
import pytest
from creating import API, NEW, WEB, born
from scripted import TOKEN, Script

from minilua.host.accounts import Account
from minilua.host.catalog import ProviderError
from sentry_integration.session import SentrySession

Connect = Callable[..., SentrySession]


def test_every_account_has_its_own_token(connect: Connect, script: Script) -> None:
    user = {"id": "1", "name": "x", "email": ""}
    script.on(f"{API}/auth/", user)
    for token in ("one", "two"):
        connect(auth_token=token).call("get_current_user", {})
    assert [asked.headers["authorization"] for asked in script.asked] == ["Bearer one", "Bearer two"]


@pytest.mark.parametrize("token", ["", "  ", "a b", "a\nb", "sntryu_ü", "a\x00"])
def test_tokens_that_are_none(token: str) -> None:
    with pytest.raises(ProviderError) as error:
        SentrySession(Account("sentry", "work", {"auth_token": token}))
    assert "'auth_token' is missing or malformed" in str(error.value) and "account 'work'" in str(error.value)
    assert len(token.strip()) < 2 or token.strip() not in str(error.value)


def test_a_url_that_is_none_is_not_repeated() -> None:
    with pytest.raises(ProviderError) as error:
        SentrySession(Account("sentry", "work", {"auth_token": "t", "url": "https://me:hunter2@sentry.io"}))
    assert "'url' is unusable" in str(error.value) and "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "proxy", ["me:hunter2@proxy", "ftp://me:hunter2@proxy", "http://", "http://me:hunter2@proxy:x", "http://[hunter2"]
)
def test_a_proxy_that_is_none_is_not_repeated(proxy: str) -> None:
    with pytest.raises(ProviderError) as error:
        SentrySession(Account("sentry", "work", {"auth_token": "t", "proxy": proxy}))
    assert "account 'work'" in str(error.value) and "'proxy' is unusable" in str(error.value)
    assert "hunter2" not in str(error.value)


def test_the_default_server_is_sentry_io(script: Script) -> None:
    script.on(f"{API}/auth/", {"id": "1"})
    SentrySession(Account("sentry", "a", {"auth_token": "t"}), transport=script).call("get_current_user", {})
    assert script.asked[0].url == "https://sentry.io/api/0/auth/"


def test_the_token_shows_nowhere(
    connect: Connect, script: Script, recorded: Dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    session = connect()
    born(script, recorded)
    session.call("create_issue", NEW)
    script.on(f"{API}/projects/acme-corp/web/", (401, {"detail": f"Invalid token {TOKEN}"}))
    script.on(f"{API}/issues/1/", httpx.ConnectError(f"cannot connect with {TOKEN}"))
    shown = [repr(session), str(vars(session)["_http"]), caplog.text]
    for function, arguments in (("get_project", WEB), ("get_issue", {"issue_id": "1"})):
        with pytest.raises(ProviderError) as error:
            session.call(function, arguments)
        shown += [str(error.value), repr(error.value), repr(pickle.dumps(error.value))]
        shown.append("".join(traceback.format_exception(type(error.value), error.value, error.value.__traceback__)))
        assert error.value.__cause__ is None and error.value.__context__ is None
    assert all(TOKEN not in text for text in shown)


def test_an_error_while_another_thread_looks_up_a_key(connect: Connect) -> None:
    session: Any = connect()

    class Meanwhile:
        @property
        def public_key(self) -> str:
            session._ingests[("o", str(len(session._ingests)))] = self
            return "0123456789abcdef"

    session._ingests[("o", "p")] = Meanwhile()
    with pytest.raises(ProviderError, match="404 Not Found"):
        session.call("get_project", WEB)


def test_cookies_are_not_kept(connect: Connect, script: Script) -> None:
    script.on(f"{API}/auth/", (200, {"id": "1"}, {"Set-Cookie": "sentrysid=abc; Path=/"}))
    session = connect()
    session.call("get_current_user", {})
    session.call("get_current_user", {})
    assert all("cookie" not in asked.headers for asked in script.asked)


def test_paths_end_in_a_slash_and_answers_are_json(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    session = connect()
    session.call("create_issue", NEW)
    for function, arguments in (("list_projects", {}), ("list_issues", WEB), ("list_releases", WEB)):
        with pytest.raises(ProviderError):
            session.call(function, arguments)
    assert all(path.endswith("/") for path in script.paths())
    assert all(asked.headers["accept"] == "application/json" for asked in script.asked)
