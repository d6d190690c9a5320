"""What goes wrong with a server, and the one message that a script gets of it.

A `Fault` travels inside the package: it knows its kind, so that another endpoint can be tried. What leaves is the
text of `message`: the function, the account, the status, the server's own words and what to do about it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterable, Mapping, Optional

from minilua.host.redaction import REDACTED, redact

_LONGEST_WORDS = 400

#: The credentials in a URL: a DSN's keys, a proxy's user.
_CREDENTIALS = re.compile(r"(?<=://)[^/?#@\s]+(?=@)")

_SCOPES = {
    "list_projects": "project:read (or org:read)",
    "get_project": "project:read",
    "list_issues": "event:read",
    "get_issue": "event:read",
    "list_releases": "project:read, project:releases or org:ci",
    "create_issue": "project:read and event:read",
    "get_current_user": "that of a user's own token",
}


class Fault(Exception):
    """A request that did not bring what was asked for.

    Attributes:
        kind: "status" (the server refused), "ingest" (the ingest address did), "page" (it sent a web page),
            "body" (broken or unexpected JSON), "connection", "timeout", "address" (a redirect or URL that may not be
            followed), "argument" (not sent), "unfinished" (sent, and no issue came of it in time).
        words: what the server, or the transport, said; "" when nothing.
        status: the HTTP status, where there was one.
        server: the origin that was asked.
        wait: the seconds the server asks to wait, where it does.
        passing: whether the same request may succeed a moment later.
        sent: whether a request may have done its work although this is what came of it.
    """

    def __init__(
        self,
        kind: str,
        words: str,
        status: Optional[int] = None,
        wait: Optional[float] = None,
        passing: bool = False,
    ) -> None:
        super().__init__(kind, words, status)
        self.kind = kind
        self.words = words
        self.status = status
        self.server = ""
        self.wait = wait
        self.passing = passing
        self.sent = status is not None and status >= 500

    @property
    def absent(self) -> bool:
        """Whether the server has no such thing for this token, so that another endpoint may still answer."""
        return self.kind == "page" or (self.kind == "status" and self.status in (403, 404, 405, 410))


def is_web_page(body: bytes) -> bool:
    """Whether `body` is HTML, by its beginning: Content-Type is wrong in both directions on live servers."""
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"  # perhaps after a byte order mark


def words_of(body: bytes) -> str:
    """The server's own words in a refusal's body, whichever of the many shapes it has; "" when it says nothing.

    >>> words_of(b'{"detail": {"code": "resource-moved", "message": "Resource has been moved"}}')
    'Resource has been moved'
    """
    text = body.decode("utf-8", "replace").strip()
    if is_web_page(body):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        import html

        text = html.unescape(title.group(1)) if title else ""
    else:
        try:
            text = _said(json.loads(text))
        except (ValueError, RecursionError):
            pass
    return " ".join(text.split())


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value)))
    if not isinstance(value, dict):
        return "" if value is None else json.dumps(value)
    if "msg" in value and "loc" in value:  # one complaint of a validating framework
        return ".".join(map(str, value["loc"] or ())) + f": {_said(value['msg'])}"
    for key in ("detail", "error", "message", "info"):
        if value.get(key):
            number = value.get("errorId")
            return _said(value[key]) + (f" (error id {number})" if number else "")
    return "; ".join(f"{field}: {_said(complaint)}" for field, complaint in value.items())


def message(
    function: str,
    account: str,
    fault: Fault,
    arguments: Mapping[str, Any],
    server: str,
    token: str,
    keys: Iterable[str] = (),
) -> str:
    """The text for a script: what failed, for whom, why in the server's words, and what to do.

    A server may repeat what it was sent: never the token, nor one of the client keys that events were sent with.
    """
    server = fault.server or server
    words = _CREDENTIALS.sub(REDACTED, redact(fault.words.replace(token, REDACTED), keys))
    if len(words) > _LONGEST_WORDS:  # cut afterwards: the half of a token would not be found
        words = words[: _LONGEST_WORDS - 1] + "…"
    text = f"sentry.{function} (account '{account}'): {_what_happened(fault, words, server)}"
    advice = _advice(function, fault, arguments, server, token)
    if not advice:
        return text
    return text + ("" if text[-1] in ".!?" else ".") + " " + advice


def _what_happened(fault: Fault, words: str, server: str) -> str:
    if fault.kind in ("status", "ingest"):
        from http import HTTPStatus

        try:
            phrase = f" {HTTPStatus(fault.status or 0).phrase}"
        except ValueError:
            phrase = ""
        who = "Sentry" if fault.kind == "status" else "Sentry's ingest"
        return f"{who} answered {fault.status}{phrase}" + (f": {words}" if words else "")
    if fault.kind == "page":
        return f"{server} answered {fault.status} with a web page" + (f" ('{words}')" if words else "")
    if fault.kind in ("connection", "timeout"):
        return f"no answer from {server}: {words}"
    return words


def _advice(function: str, fault: Fault, arguments: Mapping[str, Any], server: str, token: str) -> str:
    if fault.kind == "page":
        named = f", and {_subject(arguments)} on it" if arguments.get("org_slug") else ""
        return f"Is 'url' the address of a Sentry server, such as https://sentry.io/api/0{named}?"
    if fault.kind == "connection":
        return "Check 'url' and the network."
    if fault.kind == "timeout":
        return "Try again later."
    if fault.status is None or fault.kind not in ("status", "ingest"):
        return ""
    if fault.kind == "ingest" and fault.status in (400, 401, 403):
        return "Check the project's client keys and inbound filters in its settings."
    if fault.status == 401:
        return f"The token is not valid on {server}: check 'auth_token', or make a new one in Sentry's settings."
    if fault.status == 403:
        if token.startswith("sntrys_"):
            return (
                "An organization token (sntrys_...) carries the scope org:ci alone, and only list_releases answers "
                "it: use a personal token."
            )
        needed = f"The token needs the scope {_SCOPES[function]}"
        return needed + (f", and its user access to {_subject(arguments)}." if arguments.get("org_slug") else ".")
    if fault.status == 404:
        return f"There is no {_subject(arguments)} that this account sees: check the name, the account and 'url'."
    if fault.status == 409:
        return "Something else is changing it: try again."
    if fault.status == 413 and fault.kind == "ingest":
        return "The event is too large: shorten 'message' and 'extra'."
    if fault.status == 429:
        when = "later" if fault.wait is None else f"in {max(1, round(fault.wait))} s"
        return f"Sentry limits how often it is asked: try again {when}."
    if fault.status >= 500:
        return "The server failed over this request: try again later."
    return ""


def _subject(arguments: Mapping[str, Any]) -> str:
    named: Dict[str, Any] = dict(arguments)
    if "issue_id" in named:
        return f"issue '{named['issue_id']}'"
    if "org_slug" in named:
        return f"project '{named['org_slug']}/{named.get('project_slug', '')}'"
    return "such thing"
