"""One HTTP exchange over the network, within the time of its call.

Connections are those of httpx's engine, httpcore, whose sockets can be given (see `sockets`), and which spares each
request what a client of httpx's does beside. What of the environment counts, proxies and certificates, is what counts
for httpx; see `by_httpx` for what httpx itself is asked.
"""

from __future__ import annotations

import logging
import os
import re
import ssl
import sys
import threading
import zlib
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, Mapping, NamedTuple, Optional, Set, Tuple
from urllib.parse import urlsplit

import httpcore

from minilua.host.redaction import redact
from sentry_integration.faults import Fault
from sentry_integration.patience import Budget
from sentry_integration.sockets import Hurry, Network

if TYPE_CHECKING:
    from httpx import BaseTransport

_SILENCE = 20.0  # seconds without a byte, at connecting, sending or reading, that end an attempt
_IDLE = 5.0  # seconds that a connection is kept for the next request
_LARGEST_BODY = 32 * 1024 * 1024
_INFLATED_AT_ONCE = 1024 * 1024

_BREAKS = (httpcore.NetworkError, httpcore.ProtocolError)
_WORDS = {
    "ConnectTimeout": "no connection",
    "ReadTimeout": "nothing came",
    "WriteTimeout": "the request could not be sent",
    "ReadError": "the connection broke",
    "WriteError": "the connection broke",
}

_ALWAYS = {"Accept-Encoding": "gzip, deflate", "Connection": "keep-alive"}
_ALWAYS_RAW = [(name.encode("ascii"), value.encode("ascii")) for name, value in _ALWAYS.items()]
# An origin, and a path and query in which nothing needs quoting (RFC 3986 §3.3, §3.4).
_PLAIN_URL = re.compile(r"(https?://[^/?#@]+)(/[\w.~!$&'()*+,;=:@%/?-]*)", re.ASCII)


class _Redaction(logging.Filter):
    """Keeps tokens out of httpcore's debug log: a server may repeat one in the headers of its answer."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage(), self.tokens), None
        return True


_REDACTION = _Redaction()
logging.getLogger("httpcore.http11").addFilter(_REDACTION)


class Target(NamedTuple):
    """A URL, quoted and in ASCII: `origin` is the host with its port as requests call it."""

    scheme: str
    host: str
    port: Optional[int]
    origin: str
    path: str


class Arriving(NamedTuple):
    """An answer whose body has yet to be read."""

    status: int
    headers: Mapping[str, str]
    parts: Iterable[bytes]
    close: Callable[[], None]


class _Route(NamedTuple):
    """How an origin is reached, and what it is called in requests."""

    pool: httpcore.ConnectionPool
    scheme: bytes
    host: bytes
    port: Optional[int]
    name: bytes


class Wire:
    """Connections of one account, kept open and used again; several threads may use them at once.

    `transport` takes the place of the network. `proxy` and `ca_bundle`, the path of a PEM file, go before what the
    environment says (HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE). `token` is what no log may show.
    """

    def __init__(
        self,
        proxy: str = "",
        ca_bundle: str = "",
        transport: Optional[BaseTransport] = None,
        token: str = "",
    ) -> None:
        _REDACTION.tokens.add(token)
        self._proxy = proxy
        self._ca_bundle = ca_bundle
        self._transport = transport
        self._hurry = Hurry()
        self._pools: Dict[Tuple[str, str], httpcore.ConnectionPool] = {}
        self._routes: Dict[str, _Route] = {}
        self._opening = threading.Lock()

    def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        with self._opening:
            pools, self._pools, self._routes = self._pools, {}, {}
        for pool in pools.values():
            pool.close()

    def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, budget: Budget
    ) -> Tuple[int, Mapping[str, str], bytes]:
        """Send a request and read its answer to the end: status, headers with names in lower case, body.

        Raises:
            Fault: there was no answer, or not a whole one.
        """
        self._hurry.budget = budget
        silence = min(_SILENCE, budget.left())
        fault: Fault
        try:
            answer = self._answered(method, url, headers, body, silence)
            try:
                return answer.status, answer.headers, _read(answer.parts, budget)
            finally:
                answer.close()
        except httpcore.TimeoutException as error:
            within = f"within {silence:.3g} s" if budget.left() > 0 else f"in the {budget.seconds:g} s of this call"
            fault = Fault("timeout", f"{_name(error)} {within}", passing=True)
            fault.sent = not isinstance(error, httpcore.ConnectTimeout)
        except httpcore.ConnectError as error:
            certificate = "CERTIFICATE" in str(error).upper()
            advice = ". 'ca_bundle' or SSL_CERT_FILE can name the certificates to trust" if certificate else ""
            fault = Fault("connection", str(error) + self._way(url) + advice, passing=not certificate)
        except httpcore.ProxyError as error:  # its text is the proxy's status
            words = f"the proxy, which 'proxy' or the environment names, answered {error}"
            fault = Fault("connection", words, passing=str(error)[:1] == "5")
        except _BREAKS as error:
            fault = Fault("connection", str(error) or _name(error), passing=True)
            fault.sent = True
        except zlib.error:
            fault = Fault("body", "Sentry sent an answer whose compression is broken", passing=True)
        except httpcore.UnsupportedProtocol as error:
            fault = Fault("address", f"an address is unusable: {error}")
        except Exception as error:
            if type(error).__module__.partition(".")[0] != "socksio":  # which httpcore lets through
                raise
            fault = Fault("connection", f"the proxy speaks no SOCKS: {error}")
        raise fault  # outside the handler: the error of a transport may hold the request, and so the token

    def _answered(self, method: str, url: str, headers: Mapping[str, str], body: bytes, silence: float) -> Arriving:
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), silence)}
        if self._transport is not None:
            from sentry_integration.by_httpx import answered

            return answered(self._transport, method, url, {**_ALWAYS, **headers}, body, extensions)
        route, path = self._route(url)
        lines = [(b"Host", route.name), *_ALWAYS_RAW]
        lines += [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        if body:
            lines.append((b"Content-Length", b"%d" % len(body)))
        to = httpcore.URL(scheme=route.scheme, host=route.host, port=route.port, target=path)
        answer = route.pool.handle_request(
            httpcore.Request(method, to, headers=lines, content=body, extensions=extensions)
        )
        names = _joined(answer.headers)
        packed = names.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate")
        parts = answer.iter_stream()
        return Arriving(answer.status, names, _inflated(parts) if packed else parts, answer.close)

    def _route(self, url: str) -> Tuple[_Route, bytes]:
        """The way to a URL's origin and the URL's path with its query, as they are sent.

        Taking a URL apart and looking for proxies in the environment takes as long as all the rest of a request: it
        is done once for an origin, unless a path needs quoting.
        """
        plain = _PLAIN_URL.fullmatch(url)
        origin = plain.group(1) if plain else ""
        known = self._routes.get(origin)
        if plain and known:
            return known, plain.group(2).encode("ascii")
        target = _target(url)
        host = target.host.encode("ascii")
        pool = self._pool(target.scheme, self._proxy_for(target))
        route = _Route(pool, target.scheme.encode("ascii"), host, target.port, target.origin.encode("ascii"))
        if plain:
            self._routes[origin] = route
        return route, target.path.encode("ascii")

    def _proxy_for(self, target: Target) -> str:
        return self._proxy or proxy_of_environment(target.scheme, target.host, target.port)

    def _way(self, url: str) -> str:
        """A word about the proxy that was asked for `url`, if there was one."""
        proxy = self._proxy_for(_target(url))
        if not proxy:
            return ""
        from sentry_integration import by_httpx

        return f" at the proxy {by_httpx.proxy(proxy).shown}"

    def _pool(self, scheme: str, proxy: str) -> httpcore.ConnectionPool:
        key = scheme, proxy
        with self._opening:
            if key not in self._pools:
                self._pools[key] = self._opened(scheme, proxy)
            return self._pools[key]

    def _opened(self, scheme: str, proxy: str) -> httpcore.ConnectionPool:
        settings: Dict[str, Any] = {"keepalive_expiry": _IDLE, "network_backend": Network(self._hurry)}
        settings["max_connections"] = None  # as many as threads need at once
        if scheme == "https":
            settings["ssl_context"] = _trusted(self._ca_bundle)
        if not proxy:
            return httpcore.ConnectionPool(**settings)
        from sentry_integration import by_httpx

        through = by_httpx.proxy(proxy)
        settings.update(proxy_url=through.url, proxy_auth=through.auth)
        if through.scheme == "https":
            settings["proxy_ssl_context"] = _trusted(self._ca_bundle)
        if through.scheme in ("http", "https"):
            return httpcore.HTTPProxy(**settings)
        # Its debug log shows the password.
        logging.getLogger("httpcore.socks").setLevel(logging.INFO)
        try:
            return httpcore.SOCKSProxy(**settings)
        except RuntimeError:
            raise Fault("argument", "'proxy' is a SOCKS proxy, and that needs the package httpx[socks]") from None


def _unpacking(start: bytes) -> Any:
    either = 32 + zlib.MAX_WBITS  # the header of gzip, or the one of zlib that deflate should have
    try:
        zlib.decompressobj(either).decompress(start, 1)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave it out
    return zlib.decompressobj(either)


def _joined(headers: Iterable[Tuple[bytes, bytes]]) -> Dict[str, str]:
    """Headers by name in lower case; those that come several times are one with commas (RFC 9110 §5.3)."""
    joined: Dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _target(url: str) -> Target:
    plain = _PLAIN_URL.fullmatch(url)
    if plain is None:
        from sentry_integration.by_httpx import target

        return target(url)
    parts = urlsplit(plain.group(1))
    return Target(parts.scheme, parts.hostname or "", parts.port, parts.netloc, plain.group(2))


def _inflated(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A body that gzip or deflate has packed (RFC 9110 §8.4.1), in pieces of bounded size.

    Raises:
        zlib.error: it is broken, or not whole.
    """
    unpacking: Any = None
    for part in parts:
        if unpacking is None:
            unpacking = _unpacking(part)
        while part and not unpacking.eof:
            yield unpacking.decompress(part, _INFLATED_AT_ONCE)
            part = unpacking.unconsumed_tail
    if unpacking and not unpacking.eof:
        raise zlib.error("it breaks off")


def _read(parts: Iterable[bytes], budget: Budget) -> bytes:
    chunks, size = [], 0
    for chunk in parts:
        chunks.append(chunk)
        size += len(chunk)
        if size > _LARGEST_BODY:
            raise Fault("body", f"Sentry sent more than {_LARGEST_BODY} bytes")
        if budget.left() <= 0:
            raise Fault("timeout", f"the answer was still arriving when the {budget.seconds:g} s of this call ended")
    return b"".join(chunks)


def proxy_of_environment(scheme: str, host: str, port: Optional[int]) -> str:
    """The proxy that the environment names for an origin, or "": HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY.

    An entry of NO_PROXY is `*`, an address, a domain, which covers the hosts below it, or a domain with a dot before
    it, which covers those alone. It may have a port, and a scheme in front.
    """
    named = _proxies()
    proxy = named.get(scheme) or named.get("all") or ""
    for entry in named.get("no", "").split(",") if proxy else ():
        if _covers(entry.strip().lower(), scheme, host, port):
            return ""
    return proxy if "://" in proxy or not proxy else f"http://{proxy}"


def _proxies() -> Mapping[str, str]:
    if sys.platform in ("darwin", "win32") or any(name.lower().endswith("_proxy") for name in os.environ):
        from urllib.request import getproxies  # which on these systems asks for their settings as well

        return getproxies()
    return {}  # what it would answer, without its import


def _covers(entry: str, scheme: str, host: str, port: Optional[int]) -> bool:
    named_scheme, _, name = entry.rpartition("://")
    name, _, named_port = name.partition(":") if name.count(":") == 1 else (name, "", "")
    if not name or named_scheme not in ("", "all", scheme) or named_port not in ("", str(port)):
        return False
    name = name.strip("[]")
    return name in ("*", host) or host.endswith(name if name[0] == "." else f".{name}")


def _trusted(path: str) -> ssl.SSLContext:
    """The certificates to trust: those of the file `path`, or what httpx takes from the environment or brings."""
    name = f"'ca_bundle' is unusable: {path}"
    try:
        if path:
            path = os.path.expanduser(path)
            with open(path, "rb"):  # says what is wrong where ssl, on PyPy, does not
                return ssl.create_default_context(cafile=path)
        name = "SSL_CERT_FILE or SSL_CERT_DIR is unusable"
        from sentry_integration.by_httpx import certificates

        return certificates()
    except OSError as error:  # ssl's own errors are of this kind too
        why = "holds no certificate in PEM form" if isinstance(error, ssl.SSLError) else error.strerror
        raise Fault("argument", f"{name}: {why}") from None


def _name(error: Exception) -> str:
    name = type(error).__name__
    return _WORDS.get(name, name)
