"""HTTP over real sockets: everything that goes wrong on a network, without waiting for any of it."""

from __future__ import annotations

import gzip
import json
import logging
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Tuple

import httpx
import pytest
from loopback import (
    BREAKS,
    CERTIFICATE,
    Behaviour,
    Loopback,
    bad_gzip,
    free_port,
    garbage,
    hang_up,
    reply,
    reset,
    reset_midway,
    truncated,
    unfinished_chunks,
)
from scripted import TOKEN, Clock

from minilua.host.accounts import Account
from minilua.host.catalog import ProviderError
from sentry_integration.http import Http
from sentry_integration.session import SentrySession
from sentry_integration.wire import proxy_of_environment

API = "/api/0"
WEB = {"org_slug": "o", "project_slug": "web"}
PROJECT = {"id": "1", "slug": "web", "name": "Web — 💥", "organization": {"slug": "o"}}
PATH = f"{API}/projects/o/web/"


Open = Callable[..., SentrySession]


@pytest.fixture
def connect(server: Loopback, clock: Clock) -> Iterator[Open]:
    opened: List[SentrySession] = []

    def open_session(url: str = "", name: str = "default") -> SentrySession:
        http = Http(TOKEN, clock=clock, now=clock, sleep=clock.sleep, random=lambda: 1.0)
        account = Account("sentry", name, {"auth_token": TOKEN, "url": url or server.origin})
        opened.append(SentrySession(account, http=http))
        return opened[-1]

    yield open_session
    for session in opened:
        session.close()


def failing(session: SentrySession, function: str, **arguments: Any) -> str:
    with pytest.raises(ProviderError) as error:
        session.call(function, arguments)
    assert TOKEN not in str(error.value)
    return str(error.value)


def test_a_plain_request_loads_no_more_than_the_engine(server: Loopback) -> None:
    server.on(PATH, reply(200, PROJECT, Content_Encoding="identity"))
    code = (
        "import sys; from minilua.host.accounts import Account; import sentry_integration as s; "
        "session = s.provider.connect(Account('sentry', 'a', {'auth_token': 'token', 'url': sys.argv[1]})); "
        "print(session.call('get_project', {'org_slug': 'o', 'project_slug': 'web'})['id'], "
        "[name for name in ('httpx', 'urllib.request', 'http.client', 'email') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, server.origin]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "1 []\n" or sys.platform in ("darwin", "win32")


def test_one_connection_serves_a_session(server: Loopback, connect: Open) -> None:
    server.on(PATH, reply(200, PROJECT))
    session = connect()
    assert not server.connections, "nothing is opened before it is needed"
    for _ in range(5):
        assert session.call("get_project", WEB) == PROJECT
    assert len(server.connections) == 1
    assert {seen.headers["authorization"] for seen in server.seen} == {f"Bearer {TOKEN}"}
    session.close()
    session.call("get_project", WEB)
    assert len(server.connections) == 2, "a closed session opens again"


@pytest.mark.parametrize("path", ["", "/", "/api/0", "/api/0/"])
def test_base_urls(server: Loopback, connect: Open, path: str) -> None:
    server.on(PATH, reply(200, PROJECT))
    assert connect(server.origin + path).call("get_project", WEB) == PROJECT


def test_a_base_url_with_a_prefix(server: Loopback, connect: Open) -> None:
    server.on(f"/tools/sentry{PATH}", reply(200, PROJECT))
    assert connect(server.origin + "/tools/sentry/").call("get_project", WEB) == PROJECT


@pytest.mark.parametrize(
    "prefix, quoted", [("/größe", "/gr%C3%B6%C3%9Fe"), ('/a "b"', "/a%20%22b%22"), ("/a%20b", "/a%20b")]
)
def test_a_prefix_that_needs_quoting(server: Loopback, connect: Open, prefix: str, quoted: str) -> None:
    server.on(quoted + PATH, reply(200, PROJECT))
    session = connect(server.origin + prefix)
    assert session.call("get_project", WEB) == session.call("get_project", WEB) == PROJECT
    assert {seen.headers["host"] for seen in server.seen} == {server.origin.partition("://")[2]}


def packed(wbits: int) -> bytes:
    packing = zlib.compressobj(wbits=wbits)
    return packing.compress(json.dumps(PROJECT).encode()) + packing.flush()


@pytest.mark.parametrize(
    "encoding, body",
    [
        ("gzip", packed(31)),
        ("X-GZip", packed(31)),
        ("gzip", packed(31) + b"what follows counts for nothing"),
        ("deflate", packed(15)),
        ("deflate", packed(-15)),
        ("identity", json.dumps(PROJECT).encode()),
    ],
)
def test_compressed_answers(server: Loopback, connect: Open, encoding: str, body: bytes) -> None:
    server.on(PATH, reply(200, body, Content_Encoding=encoding))
    assert connect().call("get_project", WEB) == PROJECT


@pytest.mark.parametrize("end", [1, 5, 20, -9, -1])
def test_compressed_answers_that_break_off(server: Loopback, connect: Open, end: int) -> None:
    server.on(PATH, reply(200, packed(31)[:end], Content_Encoding="gzip"))
    assert "Sentry sent an answer whose compression is broken" in failing(connect(), "get_project", **WEB)


def test_a_compressed_answer_that_is_too_large(server: Loopback, connect: Open) -> None:
    server.on(PATH, reply(200, gzip.compress(bytes(40_000_000)), Content_Encoding="gzip"))
    assert "Sentry sent more than 33554432 bytes" in failing(connect(), "get_project", **WEB)


def test_a_compressed_answer_of_nothing(server: Loopback, connect: Open) -> None:
    server.on(PATH, reply(200, b"", Content_Encoding="gzip"))
    assert "Sentry sent an empty answer" in failing(connect(), "get_project", **WEB)


@pytest.mark.parametrize(
    "trouble",
    [
        *BREAKS,
        reply(200, b'{"id": "1", "slu'),
        reply(200, b""),
        reply(408),
        reply(429, {"detail": "slow down"}),
        reply(500, {"detail": "Internal Error", "errorId": "abc"}),
        reply(502, b"<html><title>502 Bad Gateway</title>"),
        reply(503),
        reply(504),
        reply(507),
        reply(524, b"error code: 524"),
    ],
)
def test_passing_trouble_is_asked_for_again(server: Loopback, connect: Open, clock: Clock, trouble: Behaviour) -> None:
    server.on(PATH, trouble, trouble, reply(200, PROJECT))
    assert connect().call("get_project", WEB) == PROJECT
    assert len(server.seen) == 3 and sum(clock.slept) <= 0.75


@pytest.mark.parametrize(
    "trouble, words",
    [
        (reset, "no answer from http://127.0.0.1:"),
        (hang_up, "Server disconnected without sending a response. Check 'url' and the network."),
        (reset_midway, "no answer from http://127.0.0.1:"),
        (truncated, "peer closed connection without sending complete message body (received 12 bytes, expected 1000)"),
        (unfinished_chunks, "peer closed connection without sending complete message body (incomplete chunked read)"),
        (garbage, "no answer from http://127.0.0.1:"),
        (bad_gzip, "Sentry sent an answer whose compression is broken"),
        (reply(200, b'{"id": "1", "slu'), "Sentry sent a JSON answer of 16 bytes that is broken or"),
        (reply(200, b""), "Sentry sent an empty answer"),
        (
            reply(500, {"detail": "Internal Error", "errorId": "abc"}),
            "500 Internal Server Error: Internal Error (error id abc). The server failed over this request: try again",
        ),
        (reply(502, b"<html><title>502 Bad Gateway</title>"), "Sentry answered 502 Bad Gateway: 502 Bad Gateway."),
        (reply(524, b"error code: 524"), "Sentry answered 524: error code: 524. The server failed"),
    ],
)
def test_lasting_trouble_is_told(server: Loopback, connect: Open, clock: Clock, trouble: Behaviour, words: str) -> None:
    server.on(PATH, trouble)
    assert words in failing(connect(), "get_project", **WEB)
    assert len(server.seen) == 4 and sum(clock.slept) <= 1.75


@pytest.mark.parametrize(
    "answer, words",
    [
        (reply(400, {"detail": "Invalid cursor"}), "400 Bad Request: Invalid cursor"),
        (reply(401, {"detail": "Invalid token"}), "401 Unauthorized: Invalid token. The token is not valid on"),
        (
            reply(403, {"detail": "No permission."}),
            "403 Forbidden: No permission. The token needs the scope project:read",
        ),
        (reply(403, b"<html><title>Access denied</title>"), "answered 403 with a web page ('Access denied')"),
        (reply(404, {"detail": "Not here"}), "404 Not Found: Not here. There is no project 'o/web'"),
        (reply(404, b""), "404 Not Found. There is no project 'o/web'"),
        (reply(404, b"<html><title>Not found</title>"), "answered 404 with a web page ('Not found')"),
        (reply(405, {"detail": "Method not allowed."}), "405 Method Not Allowed: Method not allowed."),
        (reply(409, {"detail": "Conflict!"}), "409 Conflict: Conflict! Something else is changing it: try again."),
        (reply(413, {"detail": "Too large"}), " Too Large: Too large"),
        (reply(418, b"short and stout"), "short and stout"),
        (reply(501), "501 Not Implemented"),
        (reply(302, b"", Location="/auth/login/"), "404"),
        (
            reply(302, b"", Location="https://elsewhere.example/"),
            "redirects to https://elsewhere.example, where the token",
        ),
    ],
)
def test_refusals_are_told_at_once(
    server: Loopback, connect: Open, clock: Clock, answer: Behaviour, words: str
) -> None:
    server.on(PATH, answer)
    assert words in failing(connect(), "get_project", **WEB)
    assert server.paths().count(PATH) == 1 and clock.slept == []


def test_a_web_page_is_given_a_second_chance(server: Loopback, connect: Open, clock: Clock) -> None:
    page = reply(200, b"<!doctype html><title>Sign in</title>", Content_Type="application/json")
    server.on(PATH, page, reply(200, PROJECT))
    assert connect().call("get_project", WEB) == PROJECT
    server.on(PATH, page)
    assert "answered 200 with a web page ('Sign in')" in failing(connect(), "get_project", **WEB)
    assert len(server.seen) == 4 and clock.slept == [0.25, 0.25]


def test_a_redirect_on_the_same_server_is_followed(server: Loopback, connect: Open) -> None:
    server.on(PATH, reply(302, {"detail": {"code": "resource-moved"}}, Location=f"{API}/projects/o/renamed/"))
    server.on(f"{API}/projects/o/renamed/", reply(200, PROJECT))
    assert connect().call("get_project", WEB) == PROJECT
    assert server.seen[1].headers["authorization"] == f"Bearer {TOKEN}"


def test_a_redirect_to_another_port_sees_no_token(server: Loopback, connect: Open) -> None:
    other = Loopback()
    try:
        server.on(PATH, reply(307, b"", Location=f"{other.origin}{PATH}"))
        assert other.origin in failing(connect(), "get_project", **WEB)
        assert not other.seen
    finally:
        other.close()


@pytest.mark.parametrize(
    "headers, wait",
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "Fri, 15 Jan 2027 08:00:05 GMT"}, 5.0),
        ({"X_Sentry_Rate_Limit_Reset": "1800000003", "Content_Type": "text/html"}, 3.0),
        ({"X_Sentry_Rate_Limits": "4:error:key"}, 4.0),
        ({"X_Sentry_Rate_Limit_Reset": "1799999999"}, 0.25),
        ({}, 0.25),
    ],
)
def test_rate_limits_are_waited_for(
    server: Loopback, connect: Open, clock: Clock, headers: Dict[str, str], wait: float
) -> None:
    server.on(PATH, reply(429, {"detail": "You are attempting to use this endpoint too frequently."}, **headers))
    server.behaviours[PATH].append(reply(200, PROJECT))
    assert connect().call("get_project", WEB) == PROJECT
    assert clock.slept == [wait]


def test_a_rate_limit_is_waited_for_as_often_as_there_is_time(server: Loopback, connect: Open, clock: Clock) -> None:
    limited = reply(429, b"", Retry_After="5")
    server.on(PATH, *[limited] * 9, reply(200, PROJECT))
    assert connect().call("get_project", WEB) == PROJECT
    server.on(PATH, limited)
    assert "429 Too Many Requests. Sentry limits" in failing(connect(), "get_project", **WEB)
    assert clock.slept == [5.0] * (9 + 11)


def test_a_rate_limit_beyond_the_time_of_a_call_is_told_at_once(server: Loopback, connect: Open, clock: Clock) -> None:
    server.on(PATH, reply(429, {"detail": "Limited."}, Retry_After="61"))
    text = failing(connect(), "get_project", **WEB)
    assert "429 Too Many Requests: Limited. Sentry limits how often it is asked: try again in 61 s." in text
    assert clock.slept == [] and len(server.seen) == 1


def test_waits_add_up_to_the_time_of_a_call(server: Loopback, connect: Open, clock: Clock) -> None:
    start = clock.time
    server.on(PATH, reply(503, b"", Retry_After="25"))
    assert "503" in failing(connect(), "get_project", **WEB)
    assert clock.slept == [25.0, 25.0] and clock.time - start <= 60


def test_refused_connections(connect: Open, clock: Clock) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    text = failing(connect(url), "get_project", **WEB)
    assert f"no answer from {url}: " in text and "efused" in text and text.endswith("Check 'url' and the network.")
    assert sum(clock.slept) <= 1.75


def test_a_body_without_end(server: Loopback, connect: Open) -> None:
    def endless(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 1024 * 1024)

    server.on(PATH, endless)
    assert "more than 33554432 bytes" in failing(connect(), "get_project", **WEB)


def test_a_compressed_answer(server: Loopback, connect: Open) -> None:
    server.on(PATH, reply(200, gzip.compress(json.dumps(PROJECT).encode()), Content_Encoding="gzip"))
    assert connect().call("get_project", WEB) == PROJECT


def test_headers_in_several_lines_are_one(server: Loopback, connect: Open) -> None:
    page = f"{server.origin}{API}/projects/o/web/issues/?cursor="

    def two_links(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("LINK", f'<{page}0>; rel="previous"; results="false"; cursor="0"')
        handler.send_header("Link", f'<{page}1>; rel="next"; results="true"; cursor="1"')
        handler.send_header("Content-Length", "13")
        handler.end_headers()
        handler.wfile.write(b'[{"id": "1"}]')

    server.on(f"{API}/projects/o/web/issues/", two_links, reply(200, [{"id": "2"}]))
    assert connect().call("list_issues", WEB) == [{"id": "1"}, {"id": "2"}]
    assert server.seen[1].query["cursor"] == "1"


def test_a_stale_connection_costs_nothing(server: Loopback, connect: Open, clock: Clock) -> None:
    answer = reply(200, PROJECT)

    def answer_and_close(handler: Any) -> None:
        answer(handler)  # says nothing of closing, and closes
        handler.close_connection = True

    server.on(PATH, answer_and_close)
    session = connect()
    for _ in range(10):
        assert session.call("get_project", WEB) == PROJECT
    assert clock.slept == []


def test_proxies_of_the_environment_are_used(server: Loopback, connect: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.origin)
    server.on(f"http://sentry.invalid{PATH}", reply(200, PROJECT))
    assert connect("http://sentry.invalid").call("get_project", WEB) == PROJECT


@pytest.mark.parametrize(
    "url, exceptions, proxy",
    [
        ("http://sentry.example/", "", "http://plain.example:3128"),
        ("https://sentry.example/", "", "http://secure.example"),
        ("https://sentry.example/", "other.example, sentry.example", ""),
        ("https://eu.sentry.example/", "sentry.example", ""),
        ("https://mysentry.example/", "sentry.example", "http://secure.example"),
        ("https://eu.sentry.example/", ".sentry.example", ""),
        ("https://sentry.example/", ".sentry.example", "http://secure.example"),
        ("https://SENTRY.example/", "Sentry.Example", ""),
        ("http://127.0.0.1:9000/", "127.0.0.1", ""),
        ("http://127.0.0.1:9000/", "localhost,127.0.0.1:9000", ""),
        ("http://127.0.0.1:9001/", "127.0.0.1:9000", "http://plain.example:3128"),
        ("http://[::1]:9000/", "::1", ""),
        ("https://sentry.example/", "http://sentry.example", "http://secure.example"),
        ("https://sentry.example/", "https://sentry.example", ""),
        ("https://sentry.example/", "x,*", ""),
    ],
)
def test_which_hosts_go_through_a_proxy(monkeypatch: pytest.MonkeyPatch, url: str, exceptions: str, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://plain.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "secure.example")
    monkeypatch.setenv("NO_PROXY", exceptions)
    parsed = httpx.URL(url)
    assert proxy_of_environment(parsed.scheme, parsed.host, parsed.port) == proxy


def test_a_proxy_that_does_not_answer_is_named(connect: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    where = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv("HTTP_PROXY", f"http://me:hunter2@{where}")
    text = failing(connect("http://sentry.invalid"), "get_project", **WEB)
    assert f"efused at the proxy http://{where}. Check" in text and "hunter2" not in text


def test_a_proxy_of_the_environment_that_is_none(connect: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://me:hunter2@proxy.example")
    text = failing(connect("http://sentry.invalid"), "get_project", **WEB)
    assert text.endswith("the proxy that the environment names is unusable")


def test_an_account_has_a_proxy_of_its_own(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "*")
    server.on(f"http://sentry.invalid{PATH}", reply(200, PROJECT))
    proxy = server.origin.replace("://", "://me:hunter2@")
    settings = {"auth_token": TOKEN, "url": "http://sentry.invalid", "proxy": proxy}
    session = SentrySession(Account("sentry", "default", settings))
    assert session.call("get_project", WEB) == PROJECT
    assert server.seen[0].headers["proxy-authorization"].startswith("Basic ")
    assert "hunter2" not in failing(session, "get_issue", issue_id="1")
    session.close()


def test_a_token_that_a_server_repeats_in_its_headers(
    server: Loopback, connect: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on(PATH, reply(302, b"", Location=f"https://me:{TOKEN}@sentry.invalid/{TOKEN}"))
    text = failing(connect(), "get_project", **WEB)
    assert "redirects to https://sentry.invalid, where the token is not sent" in text
    logged = [record.getMessage() for record in caplog.records]
    assert any("https://me:[redacted]@sentry.invalid" in line for line in logged)
    assert all(TOKEN not in line for line in logged)


# Certificates


@pytest.fixture
def encrypted() -> Iterator[Loopback]:
    loopback = Loopback(encrypted=True)
    loopback.on(PATH, reply(200, PROJECT))
    yield loopback
    loopback.close()


def test_the_certificates_of_an_account(encrypted: Loopback) -> None:
    settings = {"auth_token": TOKEN, "url": encrypted.origin}
    session = SentrySession(Account("sentry", "a", {**settings, "ca_bundle": str(CERTIFICATE)}))
    assert session.call("get_project", WEB) == PROJECT
    session.close()
    stranger = SentrySession(Account("sentry", "b", settings))
    assert "'ca_bundle' or SSL_CERT_FILE can name" in failing(stranger, "get_project", **WEB)
    stranger.close()
    assert len(encrypted.seen) == 1


def test_the_certificates_of_the_environment(encrypted: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    session = SentrySession(Account("sentry", "a", {"auth_token": TOKEN, "url": encrypted.origin}))
    assert session.call("get_project", WEB) == PROJECT
    session.close()


def test_certificates_that_are_none(encrypted: Loopback, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    for path, why in ((empty, "PEM"), (tmp_path / "none.pem", "No such file")):
        settings = {"auth_token": TOKEN, "url": encrypted.origin, "ca_bundle": str(path)}
        session = SentrySession(Account("sentry", "a", settings))
        text = failing(session, "get_project", **WEB)
        assert f"'ca_bundle' is unusable: {path}: " in text and why in text
    assert not encrypted.seen


# Ingest


NEW = {**WEB, "title": "Boom — 💥", "message": "x"}


def project_with_ingest(server: Loopback, recorded: Dict[str, Any], *envelope: Behaviour) -> None:
    dsn = server.origin.replace("://", "://key@") + "/7"
    server.on(f"{API}/projects/o/web/keys/", reply(200, [{"isActive": True, "dsn": {"public": dsn}}]))

    def answered(status: int) -> Behaviour:
        def answer(handler: Any) -> None:
            event_id = json.loads(server.seen[-1].body.split(b"\n")[0])["event_id"]
            path = f"{API}/projects/o/web/events/{event_id}/"
            server.on(path, reply(404, {"detail": "Event not found"}), reply(200, {"groupID": "3"}))
            reply(status, {"id": event_id})(handler)

        return answer

    server.on("/api/7/envelope/", *envelope, answered(200))
    server.on(f"{API}/issues/3/", reply(200, recorded["issue"]))


@pytest.mark.parametrize(
    "trouble",
    [reset, hang_up, reset_midway, garbage, reply(500), reply(503), reply(429, b"", X_Sentry_Rate_Limits="3::key")],
)
def test_events_survive_passing_trouble(
    server: Loopback, connect: Open, recorded: Dict[str, Any], trouble: Behaviour
) -> None:
    project_with_ingest(server, recorded, trouble, trouble)
    created = connect().call("create_issue", NEW)
    assert {name: value for name, value in created.items() if name != "event_id"} == recorded["issue"]
    posts = [seen for seen in server.seen if seen.method == "POST"]
    assert len(posts) == 3 and len({post.body for post in posts}) == 1, "the same event, with the same id"
    assert all("authorization" not in post.headers for post in posts)


@pytest.mark.parametrize(
    "trouble, arrived",
    [
        ((reset,), True),
        ((reply(503),), True),
        ((reply(500, {"detail": "Internal Error"}), reply(429, b"", Retry_After="3600")), True),
        ((reply(429, b"", Retry_After="3600"),), False),
        ((reply(400, {"detail": "x"}),), False),
    ],
)
def test_an_event_that_may_have_arrived_is_named(
    server: Loopback, connect: Open, recorded: Dict[str, Any], trouble: Tuple[Behaviour, ...], arrived: bool
) -> None:
    project_with_ingest(server, recorded)
    server.on("/api/7/envelope/", *trouble)
    text = failing(connect(), "create_issue", **NEW)
    event_id = json.loads(server.seen[-1].body.split(b"\n")[0])["event_id"]
    assert (f"the event {event_id} may have arrived all the same" in text) is arrived


def test_an_event_that_was_never_sent_is_not_named(server: Loopback, connect: Open) -> None:
    dsn = f"http://key@127.0.0.1:{free_port()}/7"
    server.on(f"{API}/projects/o/web/keys/", reply(200, [{"isActive": True, "dsn": {"public": dsn}}]))
    text = failing(connect(), "create_issue", **NEW)
    assert "efused. Check 'url' and the network." in text and "the event" not in text


def test_a_large_event_is_packed(server: Loopback, connect: Open, recorded: Dict[str, Any]) -> None:
    project_with_ingest(server, recorded)
    ids: List[str] = []

    def packed(handler: Any) -> None:
        seen = server.seen[-1]
        assert seen.headers["content-encoding"] == "gzip"
        ids.append(json.loads(gzip.decompress(seen.body).split(b"\n")[0])["event_id"])
        server.on(f"{API}/projects/o/web/events/{ids[0]}/", reply(200, {"groupID": "3"}))
        reply(200, {"id": ids[0]})(handler)

    server.on("/api/7/envelope/", packed)
    extra = {f"k{n}": "x" * 16000 for n in range(20)}
    created = connect().call("create_issue", {**NEW, "extra": extra})
    assert created == {**recorded["issue"], "event_id": ids[0]}


def test_ingest_says_too_large(server: Loopback, connect: Open, recorded: Dict[str, Any]) -> None:
    project_with_ingest(server, recorded, reply(413, {"detail": "envelope exceeded size limits"}))
    text = failing(connect(), "create_issue", **NEW)
    assert "Sentry's ingest answered 413" in text and "envelope exceeded size limits" in text
    assert "shorten 'message' and 'extra'" in text
