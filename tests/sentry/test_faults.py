"""The server's words in every shape that servers were seen to put them, and the message made of them."""

from __future__ import annotations

from typing import Any, Dict

import pytest

from sentry_integration.faults import Fault, is_web_page, message, words_of


@pytest.mark.parametrize(
    "name, words",
    [
        ("badtoken", "Invalid token"),
        ("issue_404", "The requested resource does not exist"),
        ("issues_badq", "Your search query could not be parsed: 'is:' had unknown status code 'bogus'."),
        ("badcursor", "Internal Error (error id 05b03f82bf8f4bcd837e14bbce9053b2)"),
        ("s9_moved", "Resource has been moved"),
        ("s9_ratelimited_1", "Creation of this event was denied due to rate limiting"),
        ("s9_store_disabled_key", "API key is disabled"),
        ("store_dup", "An event with the same ID already exists (893ab5b2f6ab46dcbbca5419d3e43022)"),
    ],
)
def test_words_of_sentry_9(refusals: Dict[str, str], name: str, words: str) -> None:
    assert words_of(refusals[name].encode()) == words


@pytest.mark.parametrize(
    "body, words",
    [
        (b"", ""),
        (b"null", ""),
        (b'""', ""),
        (b"[]", ""),
        (b"{}", ""),
        (b'"Not found."', "Not found."),
        (b'{"detail": ["a", "b"]}', "a; b"),
        (b'{"detail": null, "error": "x"}', "x"),
        (b'{"message": "Unauthorized"}', "Unauthorized"),
        (b'{"info": "gone"}', "gone"),
        (b'{"per_page": ["Must be <= 100"], "cursor": ["bad"]}', "per_page: Must be <= 100; cursor: bad"),
        (b'{"detail": [{"type": "literal_error", "loc": ["query", "sort"], "msg": "no"}]}', "query.sort: no"),
        (b"upstream connect error\n or disconnect", "upstream connect error or disconnect"),
        (b"<!DOCTYPE html><html><head><title>\n Login &amp; more | Sentry </title>", "Login & more | Sentry"),
        (b"  <html><body>no title", ""),
        (b'{"detail": "cut o', '{"detail": "cut o'),
        (b"\xff\xfe", "��"),
        ('{"detail": "Größe — 💥"}'.encode(), "Größe — 💥"),
        (b"[" * 100_000, "[" * 100_000),
    ],
)
def test_words_in_every_shape(body: bytes, words: str) -> None:
    assert words_of(body) == words


@pytest.mark.parametrize("before", range(380, 401, 4))
def test_long_words_are_cut_and_no_secret_is_halved(before: int) -> None:
    token, key = "sntryu_0123456789", "fedcba9876543210"
    fault = Fault("status", f"{'x' * before}{token} {'x' * (380 - len(token))}{key} {'x' * 100_000}", 400)
    text = message("get_project", "default", fault, {}, "https://sentry.example", token, [key])
    assert len(text) < 500 and text.endswith("…")
    assert "sntryu" not in text and "fedcba" not in text


def test_web_pages_are_told_by_content() -> None:
    assert is_web_page(b"\n\n<!DOCTYPE html>") and is_web_page(b"<html>")
    assert is_web_page(b"\xef\xbb\xbf\r\n<html>")
    assert not is_web_page(b'{"detail": "<html>"}') and not is_web_page(b"")


ISSUES = {"org_slug": "my-org", "project_slug": "web"}


@pytest.mark.parametrize(
    "function, fault, arguments, text",
    [
        (
            "list_issues",
            Fault("status", "You do not have permission to perform this action.", 403),
            ISSUES,
            "Sentry answered 403 Forbidden: You do not have permission to perform "
            "this action. The token needs the scope event:read, and its user access to project 'my-org/web'.",
        ),
        (
            "get_issue",
            Fault("status", "The requested resource does not exist", 404),
            {"issue_id": "7"},
            "Sentry answered 404 Not Found: The requested resource does not exist. "
            "There is no issue '7' that this account sees: check the name, the account and 'url'.",
        ),
        (
            "list_projects",
            Fault("status", "Invalid token", 401),
            {},
            "Sentry answered 401 Unauthorized: Invalid token. The token is not "
            "valid on https://sentry.io: check 'auth_token', or make a new one in Sentry's settings.",
        ),
        (
            "list_issues",
            Fault("status", "", 429, wait=12.4),
            ISSUES,
            "Sentry answered 429 Too Many Requests. Sentry limits how often it is asked: try again in 12 s.",
        ),
        (
            "get_project",
            Fault("status", "", 524),
            ISSUES,
            "Sentry answered 524. The server failed over this request: try again later.",
        ),
        (
            "get_project",
            Fault("page", "Login | Sentry", 200),
            ISSUES,
            "https://sentry.io answered 200 with a web page ('Login | Sentry'). Is "
            "'url' the address of a Sentry server, such as https://sentry.io/api/0, and project 'my-org/web' on it?",
        ),
        (
            "get_project",
            Fault("connection", "[Errno 111] Connection refused"),
            ISSUES,
            "no answer from https://sentry.io: [Errno 111] Connection refused. Check 'url' and the network.",
        ),
        (
            "create_issue",
            Fault("ingest", "Invalid api key", 403),
            ISSUES,
            "Sentry's ingest answered 403 Forbidden: Invalid api key. Check the "
            "project's client keys and inbound filters in its settings.",
        ),
    ],
)
def test_messages(function: str, fault: Fault, arguments: Dict[str, Any], text: str) -> None:
    prefix = f"sentry.{function} (account 'work'): "
    assert message(function, "work", fault, arguments, "https://sentry.io", "sntryu_x") == prefix + text


def test_an_organization_token_is_told_what_it_is_for() -> None:
    text = message("list_issues", "a", Fault("status", "no", 403), ISSUES, "https://sentry.io", "sntrys_abc")
    assert "organization token" in text and "only list_releases" in text and "sntrys_abc" not in text


def test_a_token_that_is_a_common_word_spoils_no_message() -> None:
    text = message("get_issue", "a", Fault("status", "no", 401), {"issue_id": "1"}, "https://sentry.io", "token")
    assert "The token is not valid" in text


def test_client_keys_are_redacted_wherever_the_server_repeats_them() -> None:
    words = "no such key k3y0 in https://k3y0:s3cret@o1.ingest.sentry.io/42 or //host, mail a@b.example"
    text = message("get_issue", "a", Fault("ingest", words, 403), {}, "https://sentry.io", "token", ["k3y0"])
    said = "no such key [redacted] in https://[redacted]@o1.ingest.sentry.io/42 or //host, mail a@b.example"
    assert f"403 Forbidden: {said}. " in text


def test_the_token_is_redacted_wherever_the_server_repeats_it() -> None:
    fault = Fault("status", "Invalid token sntryu_secret for sntryu_secret", 401)
    text = message("get_issue", "a", fault, {"issue_id": "1"}, "https://sentry.io", "sntryu_secret")
    assert "sntryu_secret" not in text and text.count("[redacted]") == 2
