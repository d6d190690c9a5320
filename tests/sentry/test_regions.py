"""Servers of several regions, and organization tokens, which name theirs: who is asked for what, and sees the token."""

from __future__ import annotations

import base64
import json
from typing import Any, Callable, Dict

import pytest
from creating import NEW, born
from scripted import Script

from minilua.host.catalog import ProviderError
from sentry_integration.session import SentrySession

Connect = Callable[..., SentrySession]
API = "/api/0"
WEB = {"org_slug": "acme-corp", "project_slug": "web"}


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    return str(error.value)


def test_an_issue_of_a_region_that_only_organizations_name(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    urls = ["https://sentry.io", "https://de.sentry.io", "https://evil.example", "https://de.sentry.io", ["x"], None]
    script.on(f"{API}/organizations/", [{"slug": "o", "links": {"regionUrl": url}} for url in urls])
    script.on(f"https://de.sentry.io{API}/issues/3/", recorded["issue"])
    session = connect(url="https://sentry.io")
    for _ in range(2):
        assert session.call("get_issue", {"issue_id": "3"}) == recorded["issue"]
    assert script.paths().count(f"{API}/organizations/") == 1
    assert {asked.url.split("/")[2] for asked in script.asked} == {"sentry.io", "de.sentry.io"}


def test_projects_of_every_region(connect: Connect, script: Script) -> None:
    us, de = "https://us.sentry.io", "https://de.sentry.io"
    script.on(f"{API}/users/me/regions/", {"regions": [{"url": us}, {"url": de}]})
    american, german = ({"slug": slug, "links": {"regionUrl": url}} for slug, url in (("a", us), ("g", de)))
    script.on(f"https://sentry.io{API}/projects/", [])
    for host, organization in (("https://sentry.io", american), (us, american), (de, german)):
        script.on(f"{host}{API}/organizations/", [organization])
    script.on(f"{us}{API}/organizations/a/projects/", [{"id": "1", "slug": "web", "name": "web"}])
    script.on(f"{de}{API}/organizations/g/projects/", [{"id": "2", "slug": "api", "name": "api"}])
    projects = connect(url="https://sentry.io").call("list_projects", {})
    assert [(p["organization"]["slug"], p["slug"]) for p in projects] == [("a", "web"), ("g", "api")]


def test_an_organization_that_only_its_region_knows(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    us, de = "https://us.sentry.io", "https://de.sentry.io"
    script.on(f"{us}{API}/users/me/regions/", {"regions": [{"url": us}, {"url": de}, {"url": "https://evil.example"}]})
    script.on(f"{de}{API}/organizations/acme-corp/", {"slug": "acme-corp"})
    script.on(f"{de}{API}/projects/acme-corp/web/", recorded["project"])
    script.on(f"{de}{API}/projects/acme-corp/web/releases/", recorded["releases"])
    script.on(f"{de}{API}/organizations/acme-corp/issues/", [recorded["issue"]])
    script.on(f"{de}{API}/organizations/acme-corp/shortids/WEB-1/", {"groupId": "3"})
    script.on(f"{de}{API}/issues/3/", recorded["issue"])
    for function, arguments, expected in (
        ("list_releases", WEB, recorded["releases"]),
        ("get_project", WEB, recorded["project"]),
        ("list_issues", WEB, [recorded["issue"]]),
        ("get_issue", {"issue_id": "WEB-1"}, recorded["issue"]),
    ):
        assert connect(url=us, organization="acme-corp").call(function, arguments) == expected
    session = connect(url=us)
    session.call("get_project", WEB)
    before = len(script.asked)
    session.call("list_releases", WEB)
    assert [asked.url.split("/")[2] for asked in script.asked[before:]] == ["de.sentry.io"]
    assert "There is no project 'acme-corp/wbe'" in failing(session, "get_project", **{**WEB, "project_slug": "wbe"})
    assert "There is no project 'acme/web'" in failing(session, "get_project", **{**WEB, "org_slug": "acme"})
    assert {asked.url.split("/")[2] for asked in script.asked} == {"us.sentry.io", "de.sentry.io"}


def test_an_event_of_an_organization_that_only_its_region_knows(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    us, de = "https://us.sentry.io", "https://de.sentry.io"
    script.on(f"{us}{API}/users/me/regions/", {"regions": [{"url": us}, {"url": de}]})
    for path in ("projects/acme-corp/web/keys/", "api/2/envelope/", "issues/3/"):
        script.on(f"{us}{API}/{path}", (404, {"detail": "The requested resource does not exist"}))
    script.on(f"{de}{API}/organizations/acme-corp/", {"slug": "acme-corp"})
    script.on(f"{de}{API}/projects/acme-corp/web/keys/", recorded["keys"])
    born(script, recorded)
    script.on(f"{us}{API}/projects/acme-corp/web/keys/", (404, {"detail": "The requested resource does not exist"}))
    assert connect(url=us).call("create_issue", NEW)["id"] == recorded["issue"]["id"]
    assert sum(asked.method == "POST" for asked in script.asked) == 1
    polled = [asked.url for asked in script.asked if "/events/" in asked.path]
    assert polled and all(url.startswith(de) for url in polled)


def test_regions_on_ports_of_one_host(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    us, de, evil = "http://host:9001", "http://host:9002", "http://other:9003"
    script.on(f"{us}{API}/users/me/regions/", {"regions": [{"url": us}, {"url": de}, {"url": evil}]})
    script.on(f"{de}{API}/organizations/", [{"slug": "g", "links": {"regionUrl": de}}])
    script.on(f"{us}{API}/organizations/", [])
    script.on(f"{de}{API}/organizations/g/projects/", [{"id": "2", "slug": "api", "name": "api"}])
    script.on(f"{de}{API}/issues/3/", recorded["issue"])
    session = connect(url=us)
    assert [project["slug"] for project in session.call("list_projects", {})] == ["api"]
    assert session.call("get_issue", {"issue_id": "3"}) == recorded["issue"]
    assert {asked.url.split("/")[2] for asked in script.asked} == {"host:9001", "host:9002"}


def test_the_port_of_an_only_region_is_not_believed(connect: Connect, script: Script) -> None:
    wrong = "http://host"
    script.on(f"{API}/users/me/regions/", {"regions": [{"url": wrong}]})
    script.on(f"{API}/organizations/", [{"slug": "a", "links": {"regionUrl": wrong}}])
    script.on(f"{API}/organizations/a/projects/", [{"id": "1", "slug": "web", "name": "web"}])
    session = connect(url="http://host:9000")
    assert [project["slug"] for project in session.call("list_projects", {})] == ["web"]
    assert "There is no issue '3'" in failing(session, "get_issue", issue_id="3")
    assert {asked.url.split("/")[2] for asked in script.asked} == {"host:9000"}


def test_a_server_that_is_misled_about_its_own_address(connect: Connect, script: Script) -> None:
    organization = {"slug": "a", "links": {"regionUrl": "https://sentry.example"}}
    script.on("/tools/api/0/organizations/", [organization])
    script.on("/tools/api/0/organizations/a/projects/", [{"id": "1", "slug": "web", "name": "web"}])
    projects = connect(url="https://sentry.example/tools").call("list_projects", {})
    assert [project["slug"] for project in projects] == ["web"]


def test_an_account_of_one_region(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"https://sentry.io{API}/auth/", {"id": "1"})
    script.on(f"https://de.sentry.io{API}/issues/3/", recorded["issue"])
    session = connect(url="https://sentry.io", region="de")
    assert session.call("get_issue", {"issue_id": "3"}) == recorded["issue"]
    assert session.call("get_current_user", {}) == {"id": "1"}, "users belong to no region"
    assert "There is no issue '4'" in failing(session, "get_issue", issue_id="4")
    assert not any("regions" in path for path in script.paths()) and len(script.asked) == 3


@pytest.mark.parametrize("region", ["evil.example", "https://me:hunter2@de.sentry.io", "http://de.sentry.io"])
def test_a_region_of_another_server(connect: Connect, region: str) -> None:
    with pytest.raises(ProviderError) as error:
        connect(name="work", url="https://sentry.io", region=region)
    assert "account 'work'" in str(error.value) and "'region' is unusable" in str(error.value)
    assert "hunter2" not in str(error.value)


def organization_token(**said: Any) -> str:
    return f"sntrys_{base64.b64encode(json.dumps(said).encode()).decode()}_c2VjcmV0"


def test_an_organization_token_says_where_it_belongs(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    token = organization_token(iat=1.5, url="https://sentry.io", region_url="https://de.sentry.io", org="acme-corp")
    script.on(f"https://de.sentry.io{API}/projects/acme-corp/web/releases/", recorded["releases"])
    script.on(f"https://de.sentry.io{API}/organizations/acme-corp/shortids/WEB-1/", {"groupId": "3"})
    script.on(f"https://de.sentry.io{API}/issues/3/", recorded["issue"])
    session = connect(auth_token=token, url="https://sentry.io/api/0")
    assert session.call("list_releases", WEB) == recorded["releases"]
    assert session.call("get_issue", {"issue_id": "WEB-1"}) == recorded["issue"]
    assert all(asked.headers["authorization"] == f"Bearer {token}" for asked in script.asked)


@pytest.mark.parametrize(
    "url, said, expected",
    [
        ("https://sentry.io/api/0", {"url": "https://sentry.corp.example"}, "https://sentry.corp.example"),
        ("https://sentry.io/api/0", {"url": 7, "region_url": None, "org": []}, "https://sentry.io"),
        (
            "https://mine.example",
            {"url": "https://sentry.io", "region_url": "https://us.sentry.io"},
            "https://mine.example",
        ),
        (
            "https://sentry.io/api/0",
            {"url": "https://sentry.io", "region_url": "https://evil.example"},
            "https://sentry.io",
        ),
    ],
)
def test_the_server_of_an_organization_token(
    connect: Connect, script: Script, recorded: Dict[str, Any], url: str, said: Dict[str, Any], expected: str
) -> None:
    script.on(f"{expected}{API}/projects/acme-corp/web/releases/", recorded["releases"])
    assert connect(auth_token=organization_token(**said), url=url).call("list_releases", WEB) == recorded["releases"]


@pytest.mark.parametrize(
    "token", ["sntrys_", "sntrys_x", "sntrys_!!_x", "sntrys_WzFd_x", "sntrys_e30_x", "sntrys_gA_x"]
)
def test_an_organization_token_that_says_nothing(connect: Connect, script: Script, token: str) -> None:
    script.on(f"{API}/projects/acme-corp/web/releases/", [])
    script.on(f"{API}/projects/acme-corp/web/", (403, {"detail": "You do not have permission to perform this action."}))
    assert connect(auth_token=token).call("list_releases", WEB) == []


def test_an_organization_token_of_no_address_is_not_repeated(connect: Connect) -> None:
    token = organization_token(url="ftp://hunter2")
    with pytest.raises(ProviderError) as error:
        connect(auth_token=token, url="https://sentry.io/api/0")
    assert "'auth_token' is unusable" in str(error.value)
    assert token not in str(error.value) and "hunter2" not in str(error.value)
