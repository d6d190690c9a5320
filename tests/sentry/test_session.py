"""The seven functions against scripted servers: endpoints and their fallbacks, shapes, errors, and the token's ways."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List
from urllib.parse import urlsplit

import httpx
import pytest
from creating import API, NEW, WEB, born
from scripted import TOKEN, Asked, Clock, Script

from minilua.host.catalog import ProviderError
from sentry_integration.session import SentrySession

Connect = Callable[..., SentrySession]
HTML = (200, "<!DOCTYPE html><title>Login | Sentry</title>", {"Content-Type": "text/html"})


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    return str(error.value)


# Projects


def test_list_projects_is_whole(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    only_of_teams = [recorded["projects"][0]]
    script.on(f"{API}/projects/", only_of_teams)
    script.on(f"{API}/organizations/", recorded["organizations"])
    script.on(f"{API}/organizations/acme-corp/projects/", recorded["organization_projects"])
    projects = connect().call("list_projects", {})
    assert [(project["slug"], project["organization"]["slug"]) for project in projects] == [
        ("api-unicode", "acme-corp"),
        ("web", "acme-corp"),
    ]
    assert projects[0]["platform"] is None and projects[0]["name"] == "API ünïcode"


def test_list_projects_of_several_organizations_with_the_same_slug(connect: Connect, script: Script) -> None:
    script.on(f"{API}/projects/", [])
    script.on(f"{API}/organizations/", [{"slug": "a"}, {"slug": "b"}])
    script.on(f"{API}/organizations/a/projects/", [{"id": "1", "slug": "api", "name": "API"}])
    script.on(f"{API}/organizations/b/projects/", [{"id": "2", "slug": "api", "name": "API", "hasAccess": True}])
    assert [project["organization"]["slug"] for project in connect().call("list_projects", {})] == ["a", "b"]


@pytest.mark.parametrize("organization", [{}, {"organization": None}, {"organization": {}}])
def test_projects_that_come_without_their_organization(
    connect: Connect, script: Script, organization: Dict[str, Any]
) -> None:
    script.on(f"{API}/projects/", [{"id": "1", "slug": "api", "name": "API", **organization}])
    script.on(f"{API}/organizations/", [{"slug": "a"}])
    script.on(f"{API}/organizations/a/projects/", [{"id": "1", "slug": "api", "name": "API"}])
    assert [project["organization"]["slug"] for project in connect().call("list_projects", {})] == ["a"]


def test_projects_without_access_are_left_out(connect: Connect, script: Script) -> None:
    script.on(f"{API}/projects/", 404)
    script.on(f"{API}/organizations/", [{"slug": "a"}])
    script.on(f"{API}/organizations/a/projects/", [{"id": "1", "slug": "x", "name": "x", "hasAccess": False}])
    assert connect().call("list_projects", {}) == []


def test_projects_under_organizations_alone(connect: Connect, script: Script) -> None:
    script.on(f"{API}/organizations/", [{"slug": "a"}]).on(
        f"{API}/organizations/a/projects/", [{"slug": "x", "name": ""}]
    )
    session = connect()
    for _ in range(2):
        assert [project["organization"]["slug"] for project in session.call("list_projects", {})] == ["a"]
    assert script.paths().count(f"{API}/projects/") == 1, "that the server lacks it is remembered"


def test_list_projects_follows_pages(connect: Connect, script: Script) -> None:
    def page(asked: Asked) -> Any:
        start = int(asked.query.get("cursor", "0"))
        more = "true" if start < 200 else "false"
        link = f'<https://inner.proxy/api/0/projects/?cursor={start + 100}>; rel="next"; results="{more}"'
        items = [
            {"id": str(n), "slug": f"p{n}", "name": "", "organization": {"slug": "o"}}
            for n in range(start, start + 100)
        ]
        return 200, items, {"Link": link}

    script.on(f"{API}/projects/", page).on(f"{API}/organizations/", 403)
    assert len(connect().call("list_projects", {})) == 300
    assert {urlsplit(asked.url).netloc for asked in script.asked} == {"sentry.example"}


@pytest.mark.parametrize(
    "query, slugs, sent",
    [
        ("web", ["web"], "web"),
        ("WEB", ["web"], "WEB"),
        ("ünï", ["api-unicode"], None),
        ("ÜNÏ", ["api-unicode"], None),
        ("a", ["api-unicode"], "a"),
        ("id:2", [], None),
        ("example_query", [], "example_query"),
        ("", ["api-unicode", "web"], None),
    ],
)
def test_list_projects_filters_by_name_and_slug_itself(
    connect: Connect, script: Script, recorded: Dict[str, Any], query: str, slugs: List[str], sent: str
) -> None:
    script.on(f"{API}/projects/", recorded["projects"])  # GlitchTip ignores the filter
    script.on(f"{API}/organizations/", [])
    assert [project["slug"] for project in connect().call("list_projects", {"query": query})] == slugs
    assert script.asked[0].query.get("query") == sent


def test_regions_when_organizations_are_closed(connect: Connect, script: Script) -> None:
    base = {"organization": {"slug": "o"}, "name": ""}
    script.on(f"{API}/projects/", [{"id": "1", "slug": "us", **base}])
    script.on(f"{API}/organizations/", 403)
    regions = ["https://sentry.io", "https://us.sentry.io", "https://de.sentry.io", "https://evil.example", 7, None]
    script.on(f"{API}/users/me/regions/", {"regions": [{"url": url} for url in regions] + ["x"]})
    script.on(f"https://us.sentry.io{API}/projects/", [{"id": "1", "slug": "us", **base}])
    script.on(f"https://de.sentry.io{API}/projects/", [{"id": "2", "slug": "de", **base}])
    session = connect(url="https://sentry.io")
    assert [project["slug"] for project in session.call("list_projects", {})] == ["us", "de"]
    assert {urlsplit(asked.url).netloc for asked in script.asked} == {"sentry.io", "us.sentry.io", "de.sentry.io"}
    session.call("list_projects", {})
    assert script.paths().count(f"{API}/users/me/regions/") == 1


def test_an_incomplete_list_is_an_error_and_not_an_answer(connect: Connect, script: Script) -> None:
    script.on(f"{API}/projects/", []).on(f"{API}/organizations/", 503)
    assert "503 Service Unavailable" in failing(connect(), "list_projects")


def test_get_project_always_names_its_organization(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/", recorded["project"])
    assert connect().call("get_project", WEB) == recorded["project"]
    script.on(f"{API}/projects/acme-corp/web/", {"id": "2", "slug": "web"})
    assert connect().call("get_project", WEB)["organization"]["slug"] == "acme-corp"


# Issues


def test_list_issues(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/issues/", recorded["issues"])
    session = connect()
    assert session.call("list_issues", WEB) == recorded["issues"]
    assert dict(script.asked[-1].query) == {"limit": "25", "per_page": "25"}
    session.call("list_issues", {**WEB, "query": "", "limit": 100})
    assert dict(script.asked[-1].query) == {"query": "", "limit": "100", "per_page": "100"}
    session.call("list_issues", {**WEB, "query": "is:unresolved first_seen:-24h", "sort": "freq", "limit": 1})
    expected = {"query": "is:unresolved firstSeen:-24h", "sort": "freq", "limit": "1", "per_page": "1"}
    assert dict(script.asked[-1].query) == expected


def test_issues_of_the_organization_where_the_project_has_none(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    script.on(f"{API}/projects/acme-corp/web/issues/", 404)
    script.on(f"{API}/projects/acme-corp/web/", recorded["project"])
    script.on(f"{API}/organizations/acme-corp/issues/", recorded["issues"])
    session = connect()
    assert session.call("list_issues", {**WEB, "query": "level:error"}) == recorded["issues"]
    assert script.asked[-1].query["project"] == recorded["project"]["id"]
    assert script.asked[-1].query["query"] == "level:error"
    before = len(script.asked)
    session.call("list_issues", WEB)
    assert script.paths()[before:] == [f"{API}/projects/acme-corp/web/", f"{API}/organizations/acme-corp/issues/"]


def test_issues_of_a_project_that_is_not_there(connect: Connect, script: Script) -> None:
    text = failing(connect(), "list_issues", **WEB)
    assert "404 Not Found: The requested resource does not exist. There is no project 'acme-corp/web'" in text
    assert not any("/organizations/acme-corp/issues/" in path for path in script.paths())


def test_orders_across_a_session(connect: Connect, script: Script) -> None:
    def glitchtip(asked: Asked) -> Any:
        if asked.query["sort"].strip("-") in ("last_seen", "first_seen", "count", "priority"):
            return [{"id": "1"}]
        return 422, {"detail": [{"type": "literal_error", "loc": ["query", "sort"], "msg": "Input should be ..."}]}

    script.on(f"{API}/projects/acme-corp/web/issues/", glitchtip)
    session = connect()
    for sort in ("date", "freq", "new", "priority"):
        assert session.call("list_issues", {**WEB, "sort": sort}) == [{"id": "1"}]
    assert [asked.query["sort"] for asked in script.asked] == [
        "date",
        "-last_seen",
        "-count",
        "-first_seen",
        "-priority",
    ]


def test_legacy_sentry_is_not_asked_again_for_an_order_it_fails_at(
    connect: Connect, script: Script, clock: Clock, refusals: Dict[str, str]
) -> None:
    def legacy(asked: Asked) -> Any:
        known = asked.query["sort"] in ("date", "freq", "new", "priority")
        return [{"id": "1"}] if known else (500, refusals["badcursor"])

    script.on(f"{API}/projects/acme-corp/web/issues/", legacy)
    session = connect()
    session.call("list_issues", {**WEB, "sort": "priority"})
    session.call("list_issues", {**WEB, "sort": "priority"})
    assert [asked.query["sort"] for asked in script.asked] == ["trends", "-priority", "priority", "priority"]
    assert clock.slept == []


def test_get_issue(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/issues/3/", recorded["issue"])
    assert connect().call("get_issue", {"issue_id": "3"}) == recorded["issue"]


def test_get_issue_by_short_id_where_the_organization_is_configured(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    script.on(f"{API}/organizations/acme-corp/shortids/WEB-1/", recorded["shortid"])
    script.on(f"{API}/issues/3/", recorded["issue"])
    assert connect(organization="acme-corp").call("get_issue", {"issue_id": "web-1"}) == recorded["issue"]


def test_get_issue_by_short_id_where_the_organization_was_seen(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    script.on(f"{API}/projects/acme-corp/web/issues/", recorded["issues"])
    script.on(f"{API}/organizations/acme-corp/shortids/WEB-1/", recorded["shortid"])
    script.on(f"{API}/issues/3/", recorded["issue"])
    session = connect()
    session.call("list_issues", WEB)
    assert session.call("get_issue", {"issue_id": "WEB-1"}) == recorded["issue"]
    assert f"{API}/organizations/" not in script.paths()


def test_get_issue_by_short_id_asks_for_organizations_when_it_knows_none(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    script.on(f"{API}/organizations/", [{"slug": "other"}, {"slug": "acme-corp"}])
    script.on(f"{API}/organizations/acme-corp/shortids/WEB-1/", recorded["shortid"])
    script.on(f"{API}/issues/3/", recorded["issue"])
    assert connect().call("get_issue", {"issue_id": "WEB-1"}) == recorded["issue"]
    assert "There is no issue 'WEB-9'" in failing(connect(), "get_issue", issue_id="WEB-9")


@pytest.mark.parametrize("name", ["", " ", "..", "issues/1", "12.5", "١٢", "-1", "\udc80"])
def test_what_is_no_issue_id(connect: Connect, script: Script, name: str) -> None:
    assert "issue_id" in failing(connect(), "get_issue", issue_id=name) and not script.asked


def test_an_issue_of_another_region_by_its_organization(
    connect: Connect, script: Script, recorded: Dict[str, Any]
) -> None:
    script.on(f"{API}/organizations/acme-corp/issues/3/", recorded["issue"])
    assert connect(organization="acme-corp").call("get_issue", {"issue_id": "3"}) == recorded["issue"]


def test_an_issue_of_another_region(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    regions = [{"name": "us", "url": "https://us.sentry.io"}, {"name": "de", "url": "https://de.sentry.io"}]
    script.on(f"{API}/users/me/regions/", {"regions": regions})
    script.on(f"https://de.sentry.io{API}/issues/3/", recorded["issue"])
    assert connect(url="https://sentry.io").call("get_issue", {"issue_id": "3"}) == recorded["issue"]


def test_null_stays_none(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/issues/3/", {**recorded["issue"], "culprit": None, "platform": None})
    issue = connect().call("get_issue", {"issue_id": "3"})
    assert issue["culprit"] is None and issue["platform"] is None and issue["assignedTo"] is None


# Releases and users


def test_list_releases(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/releases/", recorded["releases"])  # 9.1.2 ignores `limit`
    releases = connect().call("list_releases", {**WEB, "limit": 2})
    assert releases == recorded["releases"][:2]
    assert releases[0]["dateReleased"] is not None and releases[1]["dateReleased"] is None


def test_current_user_of_sentry_9(
    connect: Connect, script: Script, recorded: Dict[str, Any], refusals: Dict[str, str]
) -> None:
    script.on(f"{API}/auth/", 400).on(f"{API}/users/me/", (403, refusals["noscope"])).on(f"{API}/", recorded["root"])
    session = connect()
    assert session.call("get_current_user", {}) == recorded["root"]["user"]
    before = len(script.asked)
    session.call("get_current_user", {})
    assert script.paths()[before:] == [f"{API}/"]


def test_current_user_of_current_sentry(connect: Connect, script: Script) -> None:
    user = {"id": "1", "name": "", "email": "a@example.com"}
    script.on(f"{API}/auth/", user)
    assert connect().call("get_current_user", {}) == user


def test_current_user_of_glitchtip_and_not_its_token(connect: Connect, script: Script) -> None:
    user = {"id": "1", "name": "A", "email": "a@example.com"}
    script.on(f"{API}/auth/", HTML).on(f"{API}/users/me/", 404)
    script.on(f"{API}/", {"version": "0", "user": user, "auth": {"token": TOKEN}})
    assert connect().call("get_current_user", {}) == user


def test_a_token_without_user(connect: Connect, script: Script) -> None:
    script.on(f"{API}/auth/", 401).on(f"{API}/users/me/", 403).on(f"{API}/", {"version": "0", "user": None})
    assert "the token belongs to no user" in failing(connect(), "get_current_user")


def test_current_user_with_a_bad_token(connect: Connect, script: Script, refusals: Dict[str, str]) -> None:
    for path in ("/auth/", "/users/me/", "/"):
        script.on(API + path, (401, refusals["badtoken"]))
    assert "401 Unauthorized: Invalid token" in failing(connect(), "get_current_user")


# Creating


def sent(script: Script) -> List[Asked]:
    return [asked for asked in script.asked if asked.method == "POST"]


def test_create_issue(connect: Connect, script: Script, clock: Clock, recorded: Dict[str, Any]) -> None:
    born(script, recorded, polls=3)
    created = connect().call("create_issue", NEW)
    (post,) = sent(script)
    assert post.url == "http://127.0.0.1:8813/api/2/envelope/"
    assert post.headers["content-type"] == "application/x-sentry-envelope"
    assert recorded["keys"][0]["public"] in post.headers["x-sentry-auth"]
    assert "authorization" not in post.headers and TOKEN not in str(post)
    event_id = json.loads(post.body.split(b"\n")[0])["event_id"]
    assert f"{API}/projects/acme-corp/web/events/{event_id}/" in script.paths()
    assert created == {**recorded["issue"], "event_id": event_id}
    assert clock.slept == [0.25, 0.3125, 0.390625]


def test_the_key_is_looked_up_once(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    session = connect()
    session.call("create_issue", NEW)
    session.call("create_issue", NEW)
    assert script.paths().count(f"{API}/projects/acme-corp/web/keys/") == 1
    first, second = (json.loads(post.body.split(b"\n")[0])["event_id"] for post in sent(script))
    assert first != second


def test_the_first_active_key_is_taken(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    dsn = {"public": "https://right@ingest.example/prefix/2"}
    keys = [
        {"isActive": False, "dsn": {"public": "https://off@ingest.example/2"}},
        {"isActive": True, "dsn": None},
        {"isActive": True, "dsn": {"public": "nonsense"}},
        {"dsn": dsn},  # GlitchTip says nothing of isActive
        {"isActive": True, "dsn": {"public": "https://later@ingest.example/2"}},
    ]
    script.on(f"{API}/projects/acme-corp/web/keys/", keys).on("/prefix/api/2/envelope/", {})
    connect().call("create_issue", NEW)
    assert sent(script)[0].url == "https://ingest.example/prefix/api/2/envelope/"
    assert "sentry_key=right" in sent(script)[0].headers["x-sentry-auth"]


@pytest.mark.parametrize("keys", [[], [{"isActive": False, "dsn": {"public": "https://a@b/1"}}]])
def test_a_project_without_key(connect: Connect, script: Script, keys: List[Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/keys/", keys)
    script.on(f"{API}/projects/acme-corp/web/", {"id": "1"})
    assert "project 'acme-corp/web' has no active client key" in failing(connect(), "create_issue", **NEW)


@pytest.mark.parametrize(
    "reply",
    [404, 405, (403, "\n\n<!DOCTYPE html><title>CSRF Verification Failed | Sentry</title>"), (404, "<html>")],
)
def test_servers_without_envelopes(connect: Connect, script: Script, recorded: Dict[str, Any], reply: Any) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", reply).on("/api/2/store/", {"id": "x"})
    session = connect()
    session.call("create_issue", NEW)
    session.call("create_issue", NEW)
    posts = sent(script)
    assert [post.path for post in posts] == ["/api/2/envelope/", "/api/2/store/", "/api/2/store/"]
    event = json.loads(posts[1].body)
    assert event["event_id"] == json.loads(posts[0].body.split(b"\n")[0])["event_id"]
    assert event["message"] == NEW["title"] and event["tags"] == {"version": "2.1.0"}


@pytest.mark.parametrize(
    "trouble",
    [
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("Server disconnected"),
        httpx.ReadTimeout("slow"),
        502,
        (429, {"error": "slow down"}, {"Retry-After": "2"}),
    ],
)
def test_an_event_is_sent_again_with_the_same_id(
    connect: Connect, script: Script, clock: Clock, recorded: Dict[str, Any], trouble: Any
) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", trouble, {"id": "x"})
    assert connect().call("create_issue", NEW)["id"] == "3"
    first, second = (json.loads(post.body.split(b"\n")[0])["event_id"] for post in sent(script))
    assert first == second


@pytest.mark.parametrize("status", [403, 409])
def test_an_event_that_had_arrived_is_a_success(
    connect: Connect, script: Script, recorded: Dict[str, Any], refusals: Dict[str, str], status: int
) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", httpx.ReadTimeout("slow"), (status, refusals["store_dup"]))
    assert connect().call("create_issue", NEW)["id"] == "3"


@pytest.mark.parametrize(
    "status, name, words",
    [
        (
            403,
            "s9_store_disabled_key",
            "Sentry's ingest answered 403 Forbidden: API key is disabled. Check the project's",
        ),
        (401, "store_badkey", "Sentry's ingest answered 401 Unauthorized: Invalid api key. Check the project's"),
    ],
)
def test_ingest_refuses(
    connect: Connect,
    script: Script,
    recorded: Dict[str, Any],
    refusals: Dict[str, str],
    status: int,
    name: str,
    words: str,
) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", (status, refusals[name]))
    assert words in failing(connect(), "create_issue", **NEW)
    assert len(sent(script)) == 1


def test_a_key_that_was_replaced_is_looked_up_again(
    connect: Connect, script: Script, recorded: Dict[str, Any], refusals: Dict[str, str]
) -> None:
    born(script, recorded)
    session = connect()
    session.call("create_issue", NEW)
    script.on("/api/2/envelope/", (403, refusals["s9_store_disabled_key"]))
    keys = [{"isActive": True, "dsn": {"public": "https://new@ingest.example/9"}}]
    script.on(f"{API}/projects/acme-corp/web/keys/", keys).on("/api/9/envelope/", {})
    assert session.call("create_issue", NEW)["id"] == "3"
    assert "sentry_key=new" in sent(script)[-1].headers["x-sentry-auth"]


def test_too_large_for_ingest(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", (413, "<html><title>413 Request Entity Too Large</title>"))
    text = failing(connect(), "create_issue", **NEW)
    assert "413" in text and "The event is too large" in text and len(sent(script)) == 1


@pytest.mark.parametrize(
    "trouble, words",
    [
        (httpx.ConnectError("[Errno 111] Connection refused"), "no answer from http://127.0.0.1:8813: [Errno 111]"),
        ((403, "<html><title>Blocked</title>"), "Sentry's ingest answered 403 Forbidden: Blocked. Check the project's"),
    ],
)
def test_trouble_with_ingest_names_ingest(
    connect: Connect, script: Script, recorded: Dict[str, Any], trouble: Any, words: str
) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", trouble).on("/api/2/store/", trouble)
    assert words in failing(connect(), "create_issue", **NEW)


def test_ingest_that_limits_for_long(connect: Connect, script: Script, clock: Clock, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    limits = {"X-Sentry-Rate-Limits": "2700:default;error:organization", "Retry-After": "2700"}
    script.on("/api/2/envelope/", (429, {"detail": "rate limited"}, limits))
    text = failing(connect(), "create_issue", **NEW)
    assert "Sentry's ingest answered 429" in text and "try again in 2700 s" in text
    assert clock.slept == [] and len(sent(script)) == 1


def test_ingest_redirects(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    script.on("/api/2/envelope/", (302, "", {"Location": "https://evil.example/"}))
    assert "redirects elsewhere" in failing(connect(), "create_issue", **NEW)
    assert "evil.example" not in "".join(asked.url for asked in script.asked)


def test_an_event_that_becomes_no_issue(
    connect: Connect, script: Script, clock: Clock, recorded: Dict[str, Any]
) -> None:
    born(script, recorded, polls=10_000)
    start = clock.time
    text = failing(connect(), "create_issue", **NEW)
    event_id = json.loads(sent(script)[0].body.split(b"\n")[0])["event_id"]
    assert f"the event {event_id} was sent" in text and "within 60 s" in text
    assert 50 < clock.time - start <= 60
    assert max(clock.slept) == 1.0


def test_a_group_that_is_not_known_yet(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    born(script, recorded)
    original, groups = recorded["event"], [None, None, "3"]
    recorded = {**recorded, "event": {**original}}
    script.on(f"{API}/projects/acme-corp/web/keys/", recorded["keys"])

    def event(asked: Asked) -> Any:
        return {**original, "groupID": groups.pop(0)}

    def handle(request: httpx.Request, inner: Any = script.handle_request) -> httpx.Response:
        path = urlsplit(str(request.url)).path
        if "/events/" in path:
            script.on(path, event)
        response: httpx.Response = inner(request)
        return response

    script.handle_request = handle  # type: ignore[method-assign]
    assert connect().call("create_issue", NEW)["id"] == "3" and not groups


def test_reading_back_without_the_scope_says_that_the_event_is_there(
    connect: Connect, script: Script, recorded: Dict[str, Any], refusals: Dict[str, str]
) -> None:
    script.on(f"{API}/projects/acme-corp/web/keys/", recorded["keys"]).on("/api/2/envelope/", {})

    def handle(request: httpx.Request, inner: Any = script.handle_request) -> httpx.Response:
        path = urlsplit(str(request.url)).path
        if "/events/" in path:
            script.on(path, (403, refusals["noscope"]))
        response: httpx.Response = inner(request)
        return response

    script.handle_request = handle  # type: ignore[method-assign]
    text = failing(connect(), "create_issue", **NEW)
    assert "403 Forbidden: the event " in text and "was sent, but its issue could not be read" in text


def test_checks_come_before_any_request(connect: Connect, script: Script) -> None:
    text = failing(connect(), "create_issue", **{**NEW, "title": "x" * 101})
    assert text == (
        "sentry.create_issue (account 'default'): title is 101 characters long and Sentry keeps 100; put the long text "
        "into 'message'"
    )
    assert not script.asked


def test_preview_shows_the_event_and_sends_none(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/keys/", recorded["keys"])
    preview = connect().preview("create_issue", NEW)
    assert preview["method"] == "POST" and preview["url"] == "http://127.0.0.1:8813/api/2/envelope/"
    assert preview["event"]["message"] == NEW["title"] and preview["event"]["tags"] == {"version": "2.1.0"}
    assert not sent(script) and json.dumps(preview)
    with pytest.raises(ProviderError, match="title is empty"):
        connect().preview("create_issue", {**NEW, "title": " "})
    with pytest.raises(ProviderError, match="404"):
        connect().preview("create_issue", {**NEW, "project_slug": "nope"})


# Trouble on the way


def test_a_renamed_project_is_followed(
    connect: Connect, script: Script, recorded: Dict[str, Any], refusals: Dict[str, str]
) -> None:
    moved = (302, refusals["s9_moved"], {"Location": "/api/0/projects/acme-corp/web/issues/"})
    script.on(f"{API}/projects/acme-corp/old/issues/", moved)
    script.on(f"{API}/projects/acme-corp/web/issues/", recorded["issues"])
    old = {"org_slug": "acme-corp", "project_slug": "old"}
    assert connect().call("list_issues", {**old, "query": "level:error"}) == recorded["issues"]
    assert script.asked[-1].query["query"] == "level:error"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/api/0/projects/",
        "http://sentry.example/api/0/projects/",
        "//evil.example/",
        "https://sentry.example:8443/",
    ],
)
def test_other_origins_are_not_followed(connect: Connect, script: Script, target: str) -> None:
    script.on(f"{API}/projects/acme-corp/web/", (301, "", {"Location": target}))
    text = failing(connect(), "get_project", **WEB)
    assert "where the token is not sent" in text and len(script.asked) == 1


@pytest.mark.parametrize("location", [None, "mailto:x", "http://[", ""])
def test_redirects_to_nowhere(connect: Connect, script: Script, location: Any) -> None:
    headers = {} if location is None else {"Location": location}
    script.on(f"{API}/projects/acme-corp/web/", (302, "", headers))
    text = failing(connect(), "get_project", **WEB)
    assert "redirects" in text or "an address is unusable" in text
    assert {urlsplit(asked.url).netloc for asked in script.asked} == {"sentry.example"}


def test_a_circle_of_redirects(connect: Connect, script: Script) -> None:
    script.on(f"{API}/projects/acme-corp/web/", (302, "", {"Location": f"{API}/projects/acme-corp/web/"}))
    assert "redirects in a circle" in failing(connect(), "get_project", **WEB)
    assert len(script.asked) == 6


def test_a_broken_connection_is_tried_anew_at_once_and_then_with_pauses(
    connect: Connect, script: Script, clock: Clock, recorded: Dict[str, Any]
) -> None:
    path, stale = f"{API}/projects/acme-corp/web/", httpx.ReadError("[Errno 104] Connection reset by peer")
    script.on(path, stale, recorded["project"])
    assert connect().call("get_project", WEB) == recorded["project"] and clock.slept == []
    script.on(path, stale, stale, stale, recorded["project"])
    assert connect().call("get_project", WEB) == recorded["project"] and clock.slept == [0.5, 1.0]


def test_a_certificate_that_is_not_trusted(connect: Connect, script: Script, clock: Clock) -> None:
    words = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)"
    script.on(f"{API}/projects/acme-corp/web/", httpx.ConnectError(words))
    text = failing(connect(), "get_project", **WEB)
    assert words in text and "'ca_bundle' or SSL_CERT_FILE" in text and len(script.asked) == 1 and clock.slept == []


@pytest.mark.parametrize("answer, attempts", [("407 Proxy Authentication Required", 1), ("503 Service Unavailable", 4)])
def test_a_proxy_that_refuses(connect: Connect, script: Script, answer: str, attempts: int) -> None:
    script.on(f"{API}/projects/acme-corp/web/", httpx.ProxyError(answer))
    text = failing(connect(), "get_project", **WEB)
    assert f"the proxy, which 'proxy' or the environment names, answered {answer}" in text
    assert len(script.asked) == attempts


def test_a_proxy_that_speaks_something_else(connect: Connect, script: Script) -> None:
    malformed = type("ProtocolError", (Exception,), {"__module__": "socksio.exceptions"})
    script.on(f"{API}/projects/acme-corp/web/", malformed("Malformed reply"))
    assert "the proxy speaks no SOCKS: Malformed reply. Check" in failing(connect(), "get_project", **WEB)


def test_another_organizations_project(connect: Connect, script: Script, refusals: Dict[str, str]) -> None:
    script.on(f"{API}/projects/work-org/api/", (403, refusals["noscope"]))
    text = failing(connect("work"), "get_project", org_slug="work-org", project_slug="api")
    assert "(account 'work')" in text and "access to project 'work-org/api'" in text


def test_a_web_page_instead_of_an_answer(connect: Connect, script: Script, clock: Clock) -> None:
    script.on(f"{API}/projects/acme-corp/web/", HTML)
    text = failing(connect(), "get_project", **WEB)
    assert "answered 200 with a web page ('Login | Sentry')" in text and "'url'" in text
    assert len(script.asked) == 2 and clock.slept == [0.25]


@pytest.mark.parametrize(
    "body, words",
    [
        ('{"id": "2", "slug": "we', "a JSON answer of 23 bytes that is broken or breaks off: Unterminated string"),
        (
            '{"id": }',
            ": line 1 column 8 (char 7)",
        ),
        ("", "an empty answer"),
        ("OK", "an answer that is not JSON ('OK')"),
        ("[]", "something else than an object"),
        ("null", "something else than an object"),
        ("[" * 100_000, "JSON that is nested too deeply"),
    ],
)
def test_broken_bodies(connect: Connect, script: Script, body: str, words: str) -> None:
    script.on(f"{API}/projects/acme-corp/web/", (200, body))
    assert words in failing(connect(), "get_project", **WEB)


def test_a_broken_body_is_asked_for_again(connect: Connect, script: Script, recorded: Dict[str, Any]) -> None:
    script.on(f"{API}/projects/acme-corp/web/", (200, '{"id": "2", "sl'), recorded["project"])
    assert connect().call("get_project", WEB) == recorded["project"]


@pytest.mark.parametrize("function", ["list_projects", "list_issues", "get_issue", "list_releases", "create_issue"])
@pytest.mark.parametrize("data", [None, 1, "x", [], {}, [[]], [None], {"detail": 1}, [{}], {"id": None}])
def test_nonsense_never_leaves_as_anything_but_a_provider_error(
    connect: Connect, script: Script, function: str, data: Any
) -> None:
    special: Dict[str, Any] = {"get_issue": {"issue_id": "1"}, "create_issue": NEW, "list_projects": {}}
    arguments: Dict[str, Any] = special.get(function, WEB)

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=data)

    session = connect(transport=httpx.MockTransport(handle))
    try:
        session.call(function, arguments)
        session.call(function, arguments)
    except ProviderError as error:
        assert "sentry." in str(error)


def test_a_search_that_is_no_text(connect: Connect, script: Script) -> None:
    assert "query is not valid UTF-8" in failing(connect(), "list_projects", query="\udc80")
    assert "query is not valid UTF-8" in failing(connect(), "list_issues", **WEB, query="\udc80") and not script.asked


@pytest.mark.parametrize("slug", ["", " ", ".", "..", "\ud800"])
def test_slugs_that_are_none(connect: Connect, script: Script, slug: str) -> None:
    assert "project_slug" in failing(connect(), "get_project", org_slug="o", project_slug=slug)
    assert not script.asked


def test_slugs_cannot_change_the_path(connect: Connect, script: Script) -> None:
    failing(connect(), "get_project", org_slug="o", project_slug="../../users/me?x=#")
    assert script.asked[0].url == "https://sentry.example/api/0/projects/o/..%2F..%2Fusers%2Fme%3Fx%3D%23/"
