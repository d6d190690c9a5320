"""All functions, filters and orders against a GlitchTip, whose ways are its own."""

from __future__ import annotations

from typing import Any, Callable, List

import pytest
from glitchtip import GlitchTip
from scripted import TOKEN, Clock

from minilua.host.catalog import ProviderError
from sentry_integration.session import SentrySession

WEB = {"org_slug": "acme-corp", "project_slug": "web"}
LEVELS = ("fatal", "error", "warning", "info", "debug")


@pytest.fixture(params=[False, True], ids=["current", "early"])
def server(clock: Clock, request: pytest.FixtureRequest) -> GlitchTip:
    return GlitchTip(clock, early=request.param)


@pytest.fixture
def session(server: GlitchTip, connect: Callable[..., SentrySession]) -> SentrySession:
    return connect(transport=server, url="https://glitchtip.example")


@pytest.fixture
def filled(server: GlitchTip, session: SentrySession, clock: Clock) -> SentrySession:
    """An issue of each level, the last one a day later than the others, and the second one twice."""
    for level in LEVELS:
        clock.time += 2 * 86400.0 if level == "debug" else 0.0
        create(session, level=level, title=f"{level} — 💥", tags={"environment": "production", "version": "2.1.0"})
    create(session, level="error", title="error — 💥")
    server.requests.clear()
    return session


def create(session: SentrySession, **arguments: Any) -> Any:
    return session.call("create_issue", {**WEB, **arguments})


def listed(session: SentrySession, **arguments: Any) -> List[str]:
    return [issue["level"] for issue in session.call("list_issues", {**WEB, **arguments})]


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    assert TOKEN not in str(error.value)
    return str(error.value)


def test_projects(session: SentrySession) -> None:
    projects = session.call("list_projects", {})
    assert [(project["slug"], project["organization"]["slug"]) for project in projects] == [
        ("api-unicode", "acme-corp"),
        ("web", "acme-corp"),
    ]
    assert [project["slug"] for project in session.call("list_projects", {"query": "ÜNÏ"})] == ["api-unicode"]
    assert session.call("get_project", {**WEB, "project_slug": "api-unicode"})["platform"] is None
    assert "There is no project 'acme-corp/nope'" in failing(session, "get_project", **{**WEB, "project_slug": "nope"})


def test_user(session: SentrySession) -> None:
    assert session.call("get_current_user", {})["email"] == "jane@example.com"
    assert TOKEN not in str(session.call("get_current_user", {}))


def test_an_issue_as_it_was_made(server: GlitchTip, session: SentrySession) -> None:
    created = create(session, title="Boom", message="a\nb", level="warning", tags={"version": "1"}, extra={"n": 1})
    read = session.call("get_issue", {"issue_id": created["id"]})
    assert {**read, "event_id": created["event_id"]} == created
    assert (read["title"], read["level"], read["count"], read["culprit"]) == ("Boom", "warning", "1", "")
    event = server.events[created["event_id"]]
    assert event["tags"] == [{"key": "version", "value": "1"}] and event["context"] == {"message": "a\nb", "n": 1}


@pytest.mark.parametrize(
    "sort, levels",
    [
        ("date", ["error", "debug", "info", "warning", "fatal"]),
        ("new", ["debug", "info", "warning", "error", "fatal"]),
    ],
)
def test_orders(filled: SentrySession, sort: str, levels: List[str]) -> None:
    assert listed(filled, sort=sort) == levels
    assert listed(filled, sort="freq")[0] == listed(filled, sort="priority")[0] == "error"


@pytest.mark.parametrize(
    "query, levels",
    [
        ("", ["error", "debug", "info", "warning", "fatal"]),
        ("is:unresolved", ["error", "debug", "info", "warning", "fatal"]),
        ("is:resolved", []),
        ("level:error", ["error"]),
        ("is:unresolved level:fatal", ["fatal"]),
        ("first_seen:-24h", ["debug"]),
        ("first_seen:+24h", ["error", "info", "warning", "fatal"]),
        ("first_seen:-1w level:error", ["error"]),
        ("environment:production level:info", ["info"]),
        ("warning level:warning", ["warning"]),
        ('"error —"', ["error"]),
        ("it's", []),
    ],
)
def test_filters(filled: SentrySession, query: str, levels: List[str]) -> None:
    assert listed(filled, query=query) == levels
    assert listed(filled, query=query, sort="date", limit=2) == levels[:2]


def test_a_filter_that_is_lacking(filled: SentrySession, server: GlitchTip) -> None:
    text = failing(filled, "list_issues", **WEB, query="is:unresolved assigned:me")
    assert text == (
        "sentry.list_issues (account 'default'): 'query' has 'assigned:me', and the server is a GlitchTip: its filters "
        "are is:, level:, has:, first_seen: and tags, without !, * and OR"
    )
    assert failing(filled, "list_issues", **WEB, query="is:unresolved assigned:me", sort="new") == text
    assert not server.requests, "that it is a GlitchTip was seen by its links"


def test_common_searches_cost_one_request(filled: SentrySession, server: GlitchTip) -> None:
    listed(filled)
    listed(filled, query="is:unresolved")
    assert server.requests == ["GET /api/0/projects/acme-corp/web/issues/"] * 2


def test_a_level_that_no_issue_has(server: GlitchTip, session: SentrySession) -> None:
    create(session, title="Boom", level="error")
    for query in ("level:fatal", "is:resolved level:error", "level:error level:fatal"):
        assert listed(session, query=query) == []
    server.requests.clear()
    assert listed(session, query="level:fatal") == []
    issues = server.requests.count("GET /api/0/projects/acme-corp/web/issues/")
    assert issues == (2 if server.early else 1), "what kind of GlitchTip it is has been found out"


def test_a_project_that_is_not_there(session: SentrySession, server: GlitchTip) -> None:
    for function in ("list_issues", "list_releases"):
        text = failing(session, function, **{**WEB, "project_slug": "nope"})
        assert "There is no project 'acme-corp/nope' that this account sees" in text
    text = failing(session, "create_issue", **{**WEB, "project_slug": "nope"}, title="x")
    assert "There is no project 'acme-corp/nope' that this account sees" in text
    assert listed(session) == listed(session) == []
    assert server.requests.count("GET /api/0/projects/acme-corp/web/") == 1, "it is looked for once"


def test_short_ids(filled: SentrySession, server: GlitchTip) -> None:
    assert filled.call("get_issue", {"issue_id": "web-2"})["title"] == "error — 💥"
    text = failing(filled, "get_issue", issue_id="WEB-99")
    assert "404 Not Found: no issue in the project's list has this short id. There is no issue 'WEB-99'" in text
    assert "There is no issue 'NOPE-1'" in failing(filled, "get_issue", issue_id="NOPE-1")
    assert "There is no issue '99'" in failing(filled, "get_issue", issue_id="99")


def test_pages(session: SentrySession, server: GlitchTip) -> None:
    for number in range(120):
        create(session, title=f"issue {number}")
    assert len(listed(session)) == 25 and len(listed(session, limit=100)) == 100
    assert session.call("get_issue", {"issue_id": "WEB-1"})["title"] == "issue 0", "on the second page"


def test_releases(session: SentrySession) -> None:
    found = session.call("list_releases", {**WEB, "limit": 2})
    assert [(release["version"], release["dateReleased"] is None) for release in found] == [
        ("web@1.6.0", False),
        ("web@1.5.0", True),
    ]


def test_a_token_that_is_none(server: GlitchTip, connect: Callable[..., SentrySession]) -> None:
    session = connect(transport=server, url="https://glitchtip.example", auth_token="abc")
    assert "401 Unauthorized: Unauthorized. The token is not valid on" in failing(session, "list_projects")
