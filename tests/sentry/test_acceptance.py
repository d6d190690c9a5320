"""Acceptance: the seven functions against a genuine Sentry 9.1.2 on loopback.

Its settings come from the environment (SENTRY9_BASE, SENTRY9_TOKEN, SENTRY9_TOKEN_READONLY, SENTRY9_TOKEN_NOSCOPE,
SENTRY9_TOKEN_BOB) or from the file that SENTRY9_ENV names, ~/.cache/sentry9/env if it names none, with the same names
without their prefix. Where no server answers, the tests are skipped.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import httpx
import pytest

from minilua.host.accounts import Account
from minilua.host.catalog import ProviderError
from sentry_integration import provider
from sentry_integration.session import SentrySession

WEB = {"org_slug": "acme-corp", "project_slug": "web"}


def _settings() -> Dict[str, str]:
    path = Path(os.environ.get("SENTRY9_ENV", "~/.cache/sentry9/env")).expanduser()
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    settings = dict(line.split("=", 1) for line in lines if "=" in line)
    prefix = "SENTRY9_"
    settings.update({name[len(prefix) :]: value for name, value in os.environ.items() if name.startswith(prefix)})
    return settings


SETTINGS = _settings()


def _answers() -> bool:
    if not {"BASE", "TOKEN", "TOKEN_READONLY", "TOKEN_NOSCOPE", "TOKEN_BOB"} <= set(SETTINGS):
        return False
    try:
        return httpx.get(SETTINGS["BASE"] + "/", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


pytestmark = pytest.mark.skipif(not _answers(), reason="no Sentry 9.1.2 is up")


def account(token: str = "TOKEN", name: str = "default", url: str = "") -> Account:
    return Account("sentry", name, {"auth_token": SETTINGS[token], "url": url or SETTINGS["BASE"]})


@pytest.fixture
def connect() -> Iterator[Callable[..., SentrySession]]:
    opened: List[Any] = []

    def open_session(*arguments: str, **more: str) -> Any:
        opened.append(provider.connect(account(*arguments, **more)))
        return opened[-1]

    yield open_session
    for session in opened:
        session.close()


Connect = Callable[..., SentrySession]


def raw(method: str, path: str, **json: Any) -> Any:
    """A request of the test's own, to set the scene or to look behind it."""
    for _ in range(5):
        try:
            answer = httpx.request(
                method,
                SETTINGS["BASE"] + path,
                json=json or None,
                headers={"Authorization": f"Bearer {SETTINGS['TOKEN']}"},
                timeout=30,
                trust_env=False,
            )
        except httpx.TransportError:  # this server resets connections now and then
            continue
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None
    raise AssertionError("the server keeps resetting")


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    text = str(error.value)
    assert not any(SETTINGS[name] in text for name in SETTINGS if name.startswith("TOKEN"))
    return text


def unique(text: str) -> str:
    return f"{text} {uuid.uuid4().hex[:12]}"


@pytest.fixture
def project() -> Iterator[Dict[str, Any]]:
    """A project of its own, removed afterwards."""
    made = raw("POST", "/teams/acme-corp/acme-corp-team/projects/", name=unique("Test"))
    yield {"org_slug": "acme-corp", "project_slug": made["slug"]}
    raw("DELETE", f"/projects/acme-corp/{raw_slug(made['id'])}/")


def raw_slug(number: str) -> str:
    return next(str(found["slug"]) for found in raw("GET", "/projects/") if found["id"] == number)


# Reading


def test_projects(connect: Connect) -> None:
    projects = {found["slug"]: found for found in connect().call("list_projects", {})}
    assert {"web", "api-unicode"} <= set(projects)
    assert {found["organization"]["slug"] for found in projects.values()} == {"acme-corp"}
    assert projects["api-unicode"]["platform"] is None and projects["api-unicode"]["name"] == "API ünïcode"
    assert [found["slug"] for found in connect().call("list_projects", {"query": "ÜNÏ"})] == ["api-unicode"]
    assert connect().call("list_projects", {"query": "example_query"}) == []


def test_project(connect: Connect) -> None:
    found = connect().call("get_project", WEB)
    assert (found["name"], found["platform"], found["organization"]["slug"]) == ("Web", "python", "acme-corp")
    assert connect().call("get_project", {**WEB, "project_slug": "api-unicode"})["platform"] is None


@pytest.mark.parametrize("spelling", ["{}", "{}/", "{}/api", "{}/api/0", "{}/api/0/"])
def test_spellings_of_the_base_url(connect: Connect, spelling: str) -> None:
    origin = SETTINGS["BASE"].replace("/api/0", "")
    assert connect(url=spelling.format(origin)).call("get_project", WEB)["slug"] == "web"


def test_releases(connect: Connect) -> None:
    releases = connect().call("list_releases", {**WEB, "limit": 100})
    dates = {release["version"]: release["dateReleased"] for release in releases}
    assert dates["web@1.6.0"] is not None and dates["web@1.5.0"] is None
    for limit in (1, 2, 5):
        assert connect().call("list_releases", {**WEB, "limit": limit}) == releases[:limit]


def test_current_users(connect: Connect) -> None:
    jane = connect().call("get_current_user", {})
    assert (jane["name"], jane["email"]) == ("Jane Schmidt", "jane@example.com")
    bob = connect("TOKEN_BOB", name="work").call("get_current_user", {})
    assert bob["email"] == "bob@example.com" and isinstance(bob["name"], str)


def test_twenty_calls_over_one_pool(connect: Connect) -> None:
    session = connect()
    for _ in range(20):
        assert session.call("get_project", WEB)["slug"] == "web"


# Creating and reading back


def test_an_issue_from_creation_to_reading(connect: Connect) -> None:
    title = unique("NullPointerException — ünï 💥")
    session = connect()
    created = session.call(
        "create_issue",
        {
            **WEB,
            "title": title,
            "message": "java.lang.NullPointerException\n  at UserController.java:42",
            "level": "warning",
            "tags": {"environment": "production", "version": "2.1.0", "build": 12, "release": "web@1.6.0"},
            "extra": {"request": {"ids": [1, 2, None], "ok": False, "deep": {"a": {"b": {"c": 1}}}}, "who": "Zoë"},
        },
    )
    assert created["id"].isdigit() and created["shortId"].startswith("WEB-")
    issue = session.call("get_issue", {"issue_id": created["id"]})
    assert (issue["title"], issue["level"], issue["status"]) == (title, "warning", "unresolved")
    assert issue["count"] == "1" and issue["userCount"] == 0
    assert session.call("get_issue", {"issue_id": created["shortId"]})["id"] == created["id"]

    event = raw("GET", f"/issues/{created['id']}/events/latest/")
    assert event["message"] == title and event["platform"] == "other" and event["errors"] == []
    assert {tag["key"]: tag["value"] for tag in event["tags"]} == {
        "environment": "production",
        "version": "2.1.0",
        "build": "12",
        "release": "web@1.6.0",
        "level": "warning",
    }
    assert event["context"] == {
        "message": "java.lang.NullPointerException\n  at UserController.java:42",
        "request": {"ids": [1, 2, None], "ok": False, "deep": {"a": {"b": {"c": 1}}}},
        "who": "Zoë",
    }


@pytest.mark.parametrize("level", ["fatal", "error", "warning", "info", "debug"])
def test_levels(connect: Connect, level: str) -> None:
    session = connect()
    created = session.call("create_issue", {**WEB, "title": unique("level"), "level": level})
    assert session.call("get_issue", {"issue_id": created["id"]})["level"] == level


def test_the_limits_arrive_whole(connect: Connect) -> None:
    title = unique("limits").ljust(100, "ü")
    tags = {"k" * 32: "v" * 200, "ok.x:y-z_1": "ü" * 200}
    extra = {"k": "ü" * 16384, **{f"k{n}": n for n in range(60)}}
    arguments = {**WEB, "title": title, "message": "m" * 16384, "tags": tags, "extra": extra}
    created = connect().call("create_issue", arguments)
    assert created["title"] == title
    event = raw("GET", f"/issues/{created['id']}/events/latest/")
    assert event["errors"] == [] and event["eventID"] == created["event_id"]
    assert {tag["key"]: tag["value"] for tag in event["tags"]} == {"level": "error", **tags}
    assert event["context"] == {"message": "m" * 16384, **extra}


@pytest.mark.parametrize(
    "tags, title",
    [
        ({"k" * 33: "v"}, "t"),
        ({"k": "v" * 201}, "t"),
        ({"k": "a\nb"}, "t"),
        ({"k": ""}, "t"),
        ({"user": "x"}, "t"),
        ({"level": "info"}, "t"),
        ({"dist": "7"}, "t"),
        ({"environment": "a/b"}, "t"),
        ({"environment": "none"}, "t"),
        ({"sentry:x": "1"}, "t"),
        ({}, "t" * 101),
    ],
)
def test_what_the_server_would_cut_or_drop(connect: Connect, tags: Dict[str, str], title: str) -> None:
    """What is refused before it is sent is really lost on the server: the event is sent past the checks."""
    title = unique("dropped").ljust(len(title), "t")
    assert failing(connect(), "create_issue", **WEB, title=title, tags=tags)
    key = raw("GET", "/projects/acme-corp/web/keys/")[0]
    event_id = uuid.uuid4().hex
    fields = {key: value for key, value in tags.items() if key == "environment"}
    others = {key: value for key, value in tags.items() if key not in fields}
    answer = httpx.post(
        SETTINGS["BASE"].replace("/0", f"/{key['projectId']}/store/"),
        json={"event_id": event_id, "message": title, "platform": "other", "tags": others, **fields},
        headers={"X-Sentry-Auth": f"Sentry sentry_version=7, sentry_client=test/1, sentry_key={key['public']}"},
        trust_env=False,
    )
    assert answer.status_code == 200
    event: Dict[str, Any] = {}
    for _ in range(100):
        look = httpx.get(
            f"{SETTINGS['BASE']}/projects/acme-corp/web/events/{event_id}/",
            headers={"Authorization": f"Bearer {SETTINGS['TOKEN']}"},
            trust_env=False,
        )
        if look.status_code == 200:
            event = look.json()
            break
        time.sleep(0.1)
    kept = {tag["key"]: tag["value"] for tag in event["tags"] if tag["value"] != "error"}
    assert kept != tags or event["title"] != title


def test_the_same_title_joins_and_reopens(connect: Connect) -> None:
    # This server takes an event for a regression five seconds after the issue became active, and not before.
    session, title = connect(), unique("again")
    first = session.call("create_issue", {**WEB, "title": title})
    raw("PUT", f"/issues/{first['id']}/", status="resolved")
    assert session.call("get_issue", {"issue_id": first["id"]})["status"] == "resolved"
    statuses = []
    for _ in range(15):
        again = session.call("create_issue", {**WEB, "title": title, "tags": {"x": "y"}, "level": "info"})
        assert again["id"] == first["id"]
        statuses.append(again["status"])
        if statuses[-1] == "unresolved":
            break
        time.sleep(0.5)
    assert statuses[-1] == "unresolved"


def test_a_project_without_platform(connect: Connect) -> None:
    arguments = {**WEB, "project_slug": "api-unicode", "title": unique("no platform")}
    created = connect().call("create_issue", arguments)
    assert created["shortId"].startswith("API-UNICODE-") and created["project"]["platform"] is None


def test_preview_sends_nothing(connect: Connect) -> None:
    title = unique("preview")
    preview = connect().preview("create_issue", {**WEB, "title": title})
    assert preview["url"].endswith("/envelope/") and preview["event"]["message"] == title
    assert connect().call("list_issues", {**WEB, "query": title}) == []


# Lists of issues


def test_issues(connect: Connect, project: Dict[str, Any]) -> None:
    session = connect()
    ids = [
        session.call("create_issue", {**project, "title": f"issue {n}", "level": level})["id"]
        for n, level in enumerate(["error", "fatal", "error", "info"])
    ]

    def listed(**arguments: Any) -> List[str]:
        return [issue["id"] for issue in session.call("list_issues", {**project, **arguments})]

    newest = ids[::-1]
    assert listed() == newest and listed(limit=100) == newest
    for limit in (1, 2, 3):
        assert listed(limit=limit) == newest[:limit]
    # Its worker takes up the levels, which are tags there, some time after the issues.
    assert any(len(listed(query="level:error")) == 2 for _ in range(100))
    assert sorted(listed(query="level:error")) == sorted([ids[0], ids[2]])
    assert listed(query="level:fatal is:unresolved") == [ids[1]]
    assert listed(query="first_seen:-24h") == newest
    assert listed(query="first_seen:+24h") == []
    assert listed(query="assigned:me") == [] and listed(query="is:resolved") == []
    raw("PUT", f"/issues/{ids[0]}/", status="resolved")
    assert listed(query="is:resolved") == [ids[0]]
    assert listed() == newest[:3] and listed(query="") == newest
    for sort in ("priority", "date", "freq", "new", "priority"):
        assert sorted(listed(sort=sort, query="")) == sorted(ids)
    assert listed(sort="new", query="") == newest
    text = failing(session, "list_issues", **project, query="is:bogus", sort="freq")
    assert "400 Bad Request: Your search query could not be parsed" in text


def test_issues_over_several_pages(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    session = connect()
    whole = session.call("list_issues", {**WEB, "query": "", "limit": 7})
    monkeypatch.setattr("sentry_integration.pages.LARGEST_PAGE", 2)
    assert [issue["id"] for issue in session.call("list_issues", {**WEB, "query": "", "limit": 7})] == [
        issue["id"] for issue in whole
    ]


# Accounts, scopes, other trouble


def test_two_accounts(connect: Connect) -> None:
    jane, bob = connect(), connect("TOKEN_BOB", name="work")
    assert [found["slug"] for found in bob.call("list_projects", {})] == ["api"]
    api = {"org_slug": "work-org", "project_slug": "api"}
    created = bob.call("create_issue", {**api, "title": unique("bob")})
    assert bob.call("get_issue", {"issue_id": created["id"]})["id"] == created["id"]
    assert bob.call("list_issues", api)[0]["id"] == created["id"]
    for function, arguments in (
        ("get_project", api),
        ("list_issues", api),
        ("list_releases", api),
        ("get_issue", {"issue_id": created["id"]}),
        ("create_issue", {**api, "title": "x"}),
    ):
        text = failing(jane, function, **arguments)
        assert "(account 'default'): Sentry answered 403 Forbidden" in text
    assert "(account 'work'): Sentry answered 403 Forbidden" in failing(bob, "get_project", **WEB)


def test_a_read_only_token_suffices(connect: Connect) -> None:
    session = connect("TOKEN_READONLY")
    created = session.call("create_issue", {**WEB, "title": unique("read-only")})
    assert session.call("get_issue", {"issue_id": created["id"]})["title"] == created["title"]
    assert session.call("list_projects", {}) and session.call("list_issues", WEB) and session.call("list_releases", WEB)


@pytest.mark.parametrize(
    "function, arguments, scope",
    [
        ("list_projects", {}, "project:read"),
        ("get_project", WEB, "project:read"),
        ("list_issues", WEB, "event:read"),
        ("list_releases", WEB, "project:read"),
        ("create_issue", {**WEB, "title": "x"}, "project:read and event:read"),
    ],
)
def test_a_token_without_scopes_is_told_which(
    connect: Connect, function: str, arguments: Dict[str, Any], scope: str
) -> None:
    text = failing(connect("TOKEN_NOSCOPE"), function, **arguments)
    words = (
        "Sentry answered 403 Forbidden: You do not have permission to perform this action. The token needs the scope"
    )
    assert f"{words} {scope}" in text


def test_a_bad_token(monkeypatch: pytest.MonkeyPatch, connect: Connect) -> None:
    monkeypatch.setitem(SETTINGS, "TOKEN_BAD", "f" * 64)
    for function, arguments in (("list_projects", {}), ("get_current_user", {}), ("get_project", WEB)):
        assert "401 Unauthorized: Invalid token" in failing(connect("TOKEN_BAD"), function, **arguments)


def test_what_is_not_there(connect: Connect) -> None:
    session = connect()
    assert "404 Not Found" in failing(session, "get_issue", issue_id="999999999")
    assert "404 Not Found" in failing(session, "get_project", org_slug="acme-corp", project_slug="nope")
    assert "404 Not Found" in failing(session, "list_issues", org_slug="nope", project_slug="nope")
    session.call("get_project", WEB)
    assert "404 Not Found" in failing(session, "get_issue", issue_id="WEB-ZZZZ")


def test_an_address_that_is_no_api(connect: Connect) -> None:
    origin = SETTINGS["BASE"].replace("/api/0", "")
    text = failing(connect(url=f"{origin}/nothing"), "get_project", **WEB)
    assert "with a web page ('Login | Sentry')" in text


def test_a_renamed_project(connect: Connect, project: Dict[str, Any]) -> None:
    session = connect()
    before = session.call("create_issue", {**project, "title": "before"})
    renamed = unique("renamed").replace(" ", "-")
    raw("PUT", f"/projects/acme-corp/{project['project_slug']}/", slug=renamed)
    for fresh in (session, connect()):
        assert fresh.call("get_project", project)["slug"] == renamed
        assert fresh.call("list_releases", project) == []
        assert before["id"] in [issue["id"] for issue in fresh.call("list_issues", {**project, "query": ""})]
        assert fresh.call("list_issues", {**project, "query": "before", "limit": 1})[0]["id"] == before["id"]
        created = fresh.call("create_issue", {**project, "title": unique("after")})
        assert created["project"]["slug"] == renamed


def test_a_key_that_is_switched_off(connect: Connect, project: Dict[str, Any]) -> None:
    connect().call("create_issue", {**project, "title": "on"})
    path = f"/projects/acme-corp/{project['project_slug']}/keys/"
    raw("PUT", path + raw("GET", path)[0]["id"] + "/", isActive=False)
    assert "has no active client key" in failing(connect(), "create_issue", **project, title="off")


def test_a_key_with_a_rate_limit(project: Dict[str, Any], connect: Connect) -> None:
    path = f"/projects/acme-corp/{project['project_slug']}/keys/"
    raw("PUT", path + raw("GET", path)[0]["id"] + "/", rateLimit={"count": 1, "window": 3600})
    # Each of the server's processes caches keys for itself, and one of them may not know of the limit.
    text = ""
    for n in range(20):
        try:
            connect().call("create_issue", {**project, "title": f"event {n}"})
        except ProviderError as error:
            text = str(error)
            break
    assert "Sentry's ingest answered 429 Too Many Requests: " in text  # and perhaps that it reset an earlier attempt
    assert "Creation of this event was denied due to rate limiting" in text
    assert "try again in" in text
