"""All functions against today's hosted Sentry, of which every third request is limited."""

from __future__ import annotations

from typing import Any, Callable, List

import pytest
from saas import DE, Saas
from scripted import TOKEN, Clock

from minilua.host.catalog import ProviderError
from sentry_integration.patience import TOTAL
from sentry_integration.session import SentrySession

WEB = {"org_slug": "acme", "project_slug": "web"}
API = {"org_slug": "werk", "project_slug": "api"}


@pytest.fixture(params=[False, True], ids=["", "brownout"])
def server(request: pytest.FixtureRequest, clock: Clock) -> Saas:
    return Saas(clock, brownout=request.param)


@pytest.fixture
def session(server: Saas, connect: Callable[..., SentrySession]) -> SentrySession:
    return connect(transport=server, url="https://sentry.io/api/0")


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    assert TOKEN not in str(error.value)
    return str(error.value)


def test_projects_of_both_regions(session: SentrySession, server: Saas) -> None:
    projects = session.call("list_projects", {})
    assert [(project["organization"]["slug"], project["slug"]) for project in projects] == [
        ("acme", "web"),
        ("werk", "api"),
    ]
    assert session.call("get_project", API)["organization"]["slug"] == "werk"
    assert "There is no project 'werk/web'" in failing(session, "get_project", org_slug="werk", project_slug="web")


@pytest.mark.parametrize("project", [WEB, API])
def test_issues_of_both_regions(session: SentrySession, server: Saas, clock: Clock, project: Any) -> None:
    start = clock.time
    created = session.call("create_issue", {**project, "title": "Boom", "level": "fatal", "tags": {"a": "b"}})
    read = session.call("get_issue", {"issue_id": created["id"]})
    assert {**read, "event_id": created["event_id"]} == created and read["level"] == "fatal"
    assert session.call("get_issue", {"issue_id": read["shortId"].lower()}) == read
    posts = [asked for asked in server.asked if asked.startswith("POST")]
    assert len(posts) == 1 and ("de" if project is API else "us") in posts[0].split(".")
    assert clock.time - start < TOTAL, "a limit of a second is waited for a second"


def test_an_issue_by_its_number_alone(
    session: SentrySession, server: Saas, connect: Callable[..., SentrySession]
) -> None:
    created = session.call("create_issue", {**API, "title": "Boom"})
    other = connect(transport=server, url="sentry.io")
    assert other.call("get_issue", {"issue_id": created["id"]})["title"] == "Boom"
    assert f"GET {DE}/api/0/issues/{created['id']}/" in server.asked
    assert "There is no issue '1'" in failing(other, "get_issue", issue_id="1")


def test_orders_and_filters(session: SentrySession) -> None:
    for level in ("error", "fatal"):
        session.call("create_issue", {**WEB, "title": level, "level": level})

    def listed(**arguments: Any) -> List[str]:
        return [issue["title"] for issue in session.call("list_issues", {**WEB, **arguments})]

    for sort in ("date", "freq", "new", "priority"):
        assert listed(sort=sort) == ["error", "fatal"]
    assert listed(query="level:fatal") == listed(query="first_seen:-24h level:fatal") == ["fatal"]
    assert listed(query="assigned:me is:unresolved") == ["error", "fatal"], "passed on as it is"
    assert "There is no project 'acme/nope'" in failing(session, "list_issues", **{**WEB, "project_slug": "nope"})


def test_the_rest(session: SentrySession) -> None:
    assert session.call("get_current_user", {})["name"] == "Jane"
    assert session.call("list_releases", API) == [{"id": 1, "version": "1.0", "dateReleased": None}]


def test_another_token(server: Saas, connect: Callable[..., SentrySession]) -> None:
    session = connect(transport=server, url="https://sentry.io", auth_token="sntryu_no")
    assert "401 Unauthorized: Invalid token. The token is not valid on" in failing(session, "list_projects")
