"""The demo: every example of the reference page has something to show, and its server speaks as Sentry does."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Dict

import pytest

from minilua.host.catalog import Demo, ProviderError, Session
from sentry_integration import provider

MY_PROJECT = {"org_slug": "my-org", "project_slug": "my-project"}
API = {"org_slug": "work-org", "project_slug": "api"}


@pytest.fixture
def world() -> Demo:
    return provider.demo()


def session(world: Demo, name: str = "default") -> Session:
    return world.connect(next(account for account in world.accounts if account.name == name))


def test_describing_the_integration_loads_no_http_client() -> None:
    code = "import sys, sentry_integration as s; s.provider.reference; print('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_exactly_one_module_imports_httpx() -> None:
    from pathlib import Path

    import sentry_integration

    modules = Path(sentry_integration.__file__).parent.rglob("*.py")
    assert [module.name for module in modules if "import httpx" in module.read_text("utf-8")] == ["by_httpx.py"]


def test_accounts(world: Demo) -> None:
    assert [account.name for account in world.accounts] == ["default", "work", "personal"]
    assert len({account.settings["auth_token"] for account in world.accounts}) == 3


def test_the_example_of_list_projects(world: Demo) -> None:
    lines = [
        f"{project['slug']} ({project['organization']['slug']}) - {project['platform'] or 'unknown'}"
        for project in session(world).call("list_projects", {})
    ]
    assert lines == [
        "my-project (my-org) - python",
        "web-frontend (my-org) - javascript",
        "donnees-api (my-org) - unknown",
    ]
    assert session(world).call("list_projects", {"query": "example_query"}) == []
    assert [project["slug"] for project in session(world, "work").call("list_projects", {})] == ["api", "billing"]
    assert [project["slug"] for project in session(world, "personal").call("list_projects", {})] == ["blog"]


def test_the_example_of_get_project(world: Demo) -> None:
    project = session(world).call("get_project", MY_PROJECT)
    assert (project["name"], project["platform"]) == ("My Project", "python")


def test_the_example_of_list_issues(world: Demo) -> None:
    arguments = {**MY_PROJECT, "query": "is:unresolved level:error", "sort": "freq", "limit": 10}
    issues = session(world).call("list_issues", arguments)
    assert issues[0]["shortId"] == "MY-PROJECT-1" and issues[0]["count"] == "4211"
    counts = [int(issue["count"]) for issue in issues]
    assert 1 < len(issues) <= 10 and counts == sorted(counts, reverse=True)
    assert {(issue["status"], issue["level"]) for issue in issues} == {("unresolved", "error")}
    assert session(world, "work").call("list_issues", API)


@pytest.mark.parametrize(
    "query, count",
    [
        ("is:unresolved", 11),
        ("is:resolved", 1),
        ("level:error", 8),
        ("level:fatal", 2),
        ("assigned:me", 2),
        ("first_seen:-24h", 3),
        ("is:unresolved level:error", 6),
        ("!is:unresolved", 2),
        ("environment:staging", 3),
        ("karte", 1),
        ("", 13),
        (None, 11),
    ],
)
def test_the_filters_of_the_reference_page(world: Demo, query: Any, count: int) -> None:
    assert len(session(world).call("list_issues", {**MY_PROJECT, "query": query})) == count


@pytest.mark.parametrize("sort", ["date", "freq", "new", "priority"])
def test_orders_are_orders(world: Demo, sort: str) -> None:
    issues = session(world).call("list_issues", {**MY_PROJECT, "sort": sort, "query": ""})
    assert len(issues) == 13
    keys = {"date": "lastSeen", "new": "firstSeen"}
    if sort in keys:
        times = [issue[keys[sort]] for issue in issues]
        assert times == sorted(times, reverse=True)


def test_a_bad_filter_is_told_in_sentrys_words(world: Demo) -> None:
    with pytest.raises(ProviderError, match="'is:' had unknown status code 'bogus'"):
        session(world).call("list_issues", {**MY_PROJECT, "query": "is:bogus"})


def test_the_example_of_get_issue(world: Demo) -> None:
    issue = session(world).call("get_issue", {"issue_id": "1234567890"})
    for field in ("title", "culprit", "level", "status", "count"):
        assert isinstance(issue[field], str) and issue[field]
    assert issue["userCount"] == 312
    assert session(world).call("get_issue", {"issue_id": "MY-PROJECT-1"})["id"] == "1234567890"


def test_what_may_be_null_is_null_somewhere(world: Demo) -> None:
    issues = session(world).call("list_issues", {**MY_PROJECT, "query": ""})
    assert any(issue["platform"] is None for issue in issues) and any(issue["culprit"] is None for issue in issues)
    assert any("—" in issue["title"] for issue in issues) and any("💳" in issue["title"] for issue in issues)


def test_the_example_of_list_releases(world: Demo) -> None:
    releases = session(world).call("list_releases", {**MY_PROJECT, "limit": 5})
    assert [release["dateReleased"] or "not released" for release in releases][:2] == [
        "not released",
        "2026-11-19T06:00:00Z",
    ]
    assert len(releases) == 5


def test_the_example_of_create_issue(world: Demo) -> None:
    arguments: Dict[str, Any] = {
        **MY_PROJECT,
        "title": "NullPointerException in UserController",
        "message": "java.lang.NullPointerException\n  at UserController.java:42\n  at Router.dispatch(Router.java:15)",
        "level": "error",
        "tags": {"environment": "production", "version": "2.1.0"},
    }
    created = session(world).call("create_issue", arguments)
    assert created["id"] and created["shortId"] == "MY-PROJECT-14"
    assert session(world).call("get_issue", {"issue_id": created["id"]})["title"] == arguments["title"]
    again = session(world).call("create_issue", arguments)
    assert (again["id"], again["count"]) == (created["id"], "2")
    other = session(world, "work").call("create_issue", {**API, "title": "Ein anderes — 💥", "level": "info"})
    assert other["id"] != created["id"] and other["level"] == "info"
    assert len(session(world).call("list_issues", {**MY_PROJECT, "query": ""})) == 14


def test_a_known_title_reopens_its_issue(world: Demo) -> None:
    resolved = session(world).call("list_issues", {**MY_PROJECT, "query": "is:resolved"})[0]
    created = session(world).call("create_issue", {**MY_PROJECT, "title": resolved["title"]})
    assert created["id"] == resolved["id"] and created["status"] == "unresolved"


def test_worlds_are_apart(world: Demo) -> None:
    session(world).call("create_issue", {**MY_PROJECT, "title": "Only here"})
    assert len(session(provider.demo()).call("list_issues", {**MY_PROJECT, "query": ""})) == 13


def test_the_example_of_get_current_user(world: Demo) -> None:
    user = session(world).call("get_current_user", {})
    assert (user["name"], user["email"]) == ("Ada Byron", "ada@example.com")
    assert session(world, "personal").call("get_current_user", {})["name"] == ""


def test_accounts_do_not_see_each_other(world: Demo) -> None:
    for name, function, arguments in (
        ("work", "get_project", MY_PROJECT),
        ("work", "get_issue", {"issue_id": "1234567890"}),
        ("default", "list_issues", API),
        ("personal", "create_issue", {**API, "title": "x"}),
    ):
        with pytest.raises(ProviderError, match=f"account '{name}'.*404"):
            session(world, name).call(function, arguments)


def test_answers_are_plain_json(world: Demo) -> None:
    for function, arguments in (("list_projects", {}), ("list_issues", MY_PROJECT), ("list_releases", MY_PROJECT)):
        answer = session(world).call(function, arguments)
        assert json.loads(json.dumps(answer)) == answer
