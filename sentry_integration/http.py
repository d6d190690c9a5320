"""HTTP for one account: pooled requests, retries within one time budget, and errors told apart by content.

What goes over the network is `wire`'s, which is imported when the first request goes out. A server that lives in this
process is a function, and needs none.
"""

from __future__ import annotations

import json
import math
import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, NamedTuple, Optional, Tuple
from urllib.parse import urlencode, urljoin, urlsplit

from minilua.garbage import Uncollected
from sentry_integration.address import Address, origin_of
from sentry_integration.faults import Fault, is_web_page, words_of
from sentry_integration.patience import ATTEMPTS, Budget, pause, wait_asked

if TYPE_CHECKING:
    from httpx import BaseTransport

    from sentry_integration.wire import Wire

CLIENT = "minilua-sentry/1.0"

Serve = Callable[[str, str, Mapping[str, str], bytes], Tuple[int, Mapping[str, str], bytes]]
"""A server in this process: answers a method, a URL, headers and a body with a status, headers and a body."""

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_PASSING = (408, 425, 429)
_PROXIES = ("http", "https", "socks5", "socks5h")


class Answer(NamedTuple):
    """One HTTP answer, read to its end: header names in lower case, `data` the JSON of a GET's body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    data: Any = None


def _random() -> float:
    import random

    return random.random()


def _json(status: int, body: bytes) -> Any:
    if is_web_page(body):
        raise Fault("page", words_of(body), status, passing=True)
    try:
        with Uncollected():
            return json.loads(body)
    except RecursionError:
        what = "JSON that is nested too deeply"
    except ValueError as error:
        if not body.strip():
            what = "an empty answer"
        elif body.lstrip()[:1] in (b"{", b"["):
            what = f"a JSON answer of {len(body)} bytes that is broken or breaks off: {error}"
        else:
            what = f"an answer that is not JSON ('{words_of(body)}')"
    raise Fault("body", f"Sentry sent {what}", status, passing=True)


class Http:
    """Requests of one account.

    They go over the network, over a `transport` of httpx's, or to a server in this process, `serve`. The bearer token
    goes to the API's own origin and to regions that the caller vouches for, nowhere else. `proxy` and `ca_bundle`, the
    path of a PEM file, go before what httpx takes from the environment (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE). Clocks,
    `sleep` and `random` can be given, so that a test of the retries takes no time. Several threads may.
    """

    def __init__(
        self,
        token: str,
        *,
        proxy: str = "",
        ca_bundle: str = "",
        transport: Optional[BaseTransport] = None,
        serve: Optional[Serve] = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        random: Optional[Callable[[], float]] = None,
    ) -> None:
        self._token = token
        self._proxy = proxy
        self._ca_bundle = ca_bundle
        self._transport = transport
        self._serve = serve
        self._wire: Optional[Wire] = None
        self._connecting = threading.Lock()
        self.clock = clock
        self.now = now
        self.sleep = sleep
        self._random = random or _random

    def __repr__(self) -> str:
        return "<Http of one account>"

    def close(self) -> None:
        """Close the pooled connections; the next request opens new ones."""
        if self._wire is not None:
            self._wire.close()

    def get(
        self,
        api: Address,
        path: str,
        budget: Budget,
        params: Optional[Mapping[str, str]] = None,
        *,
        patient: bool = True,
    ) -> Answer:
        """GET an API path with the account's token, following redirects within the API's origin.

        Passing failures are retried while `budget` lasts; those of the server (5xx) only where `patient`.

        Raises:
            Fault: the answer is a refusal, or there was none.
        """
        url, query = api.url(path), dict(params or {})
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._answer("GET", url, query, self._bearer(), b"", budget, patient)
            if answer.status not in _REDIRECTS:
                return answer
            url, query = self._redirected(answer, url, query, api)
        raise Fault("address", f"{api.origin} redirects in a circle")

    def post(self, url: str, headers: Mapping[str, str], body: bytes, budget: Budget) -> Answer:
        """POST to an ingest address, without the account's token.

        The caller answers for it that the same body may arrive twice: it is retried as a GET is.

        Raises:
            Fault: the answer is a refusal, or there was none.
        """
        answer = self._answer("POST", url, {}, headers, body, budget, True)
        if answer.status in _REDIRECTS:
            raise Fault("address", f"the ingest address {url} redirects elsewhere, and an event is not sent there")
        return answer

    def _bearer(self) -> Dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def _redirected(
        self, answer: Answer, url: str, query: Mapping[str, str], api: Address
    ) -> Tuple[str, Dict[str, str]]:
        try:
            target = urljoin(url, answer.headers.get("location", ""))
            origin = origin_of(target)
        except ValueError:
            raise Fault("address", f"{api.origin} redirects to something that is no address") from None
        if origin != api.origin:
            raise Fault(
                "address",
                f"{api.origin} redirects to {origin}, where the token is not sent. If that is the server, set 'url' so",
            )
        return target, {} if urlsplit(target).query else dict(query)

    def _answer(
        self,
        method: str,
        url: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        budget: Budget,
        patient: bool,
    ) -> Answer:
        attempt, sent = 0, False
        while True:
            attempt += 1
            try:
                return self._exchange(method, url, query, headers, body, budget)
            except Fault as failure:
                fault = failure
            fault.server = origin_of(url)
            fault.sent = sent = sent or fault.sent
            hopeless = not fault.passing or (not patient and (fault.status or 0) >= 500)
            if hopeless or attempt >= _attempts(fault):
                raise fault
            # A pooled connection that the server had closed shows itself at once, and a new one works at once.
            stale = attempt == 1 and fault.kind == "connection"
            delay = 0.0 if stale else max(fault.wait or 0.0, pause(attempt, self._random))
            if delay >= budget.left():
                raise fault
            if delay > 0:
                self.sleep(delay)

    def _exchange(
        self, method: str, url: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, budget: Budget
    ) -> Answer:
        answer = self._attempt(method, url, query, headers, body, budget)
        if answer.status < 400:
            if method == "GET" and answer.status not in _REDIRECTS:
                return answer._replace(data=_json(answer.status, answer.body))
            return answer
        kind = "page" if is_web_page(answer.body) and answer.status in (403, 404, 405) else "status"
        passing = answer.status in _PASSING or (answer.status >= 500 and answer.status not in (501, 505))
        wait = wait_asked(answer.status, answer.headers, self.now()) if passing else None
        raise Fault(kind, words_of(answer.body), answer.status, wait, passing)

    def _attempt(
        self, method: str, url: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, budget: Budget
    ) -> Answer:
        if budget.left() <= 0:
            raise Fault("timeout", f"the {budget.seconds:g} s of this call are used up")
        target = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}" if query else url
        headers = {"Accept": "application/json", "User-Agent": CLIENT, **headers}
        if self._serve is not None:
            status, answered, content = self._serve(method, target, _lower(headers), body)
            return Answer(status, _lower(answered), content)
        return Answer(*(self._wire or self._connected()).send(method, target, headers, body, budget))

    def _connected(self) -> Wire:
        from sentry_integration.wire import Wire

        with self._connecting:
            if self._wire is None:
                self._wire = Wire(self._proxy, self._ca_bundle, self._transport, self._token)
            return self._wire


def _attempts(fault: Fault) -> float:
    """How many attempts a failure that may pass is worth, as long as there is time."""
    if fault.kind == "page":
        return 2  # either a proxy had a bad moment, or this is no API at all
    return math.inf if fault.status == 429 and fault.wait is not None else ATTEMPTS  # the server says when to come


def check_proxy(address: str) -> None:
    """Check the address of a proxy, which may hold a user name and a password.

    Raises:
        ValueError: not one. The text is left out of the message.
    """
    parts = urlsplit(address)
    if parts.scheme.lower() not in _PROXIES or not parts.hostname or parts.port == 0:
        raise ValueError("it must be an address such as http://proxy.example.com:3128")


def _lower(headers: Mapping[str, str]) -> Dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
