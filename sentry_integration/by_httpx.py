"""What httpx does for the wire: what a request may need and most do not.

The only module that imports httpx, which takes as long as the rest of a short workflow: it is loaded where a transport
of httpx's is given, an address needs quoting, a proxy is in the way, or the certificates to trust are looked for.
"""

from __future__ import annotations

import ssl
import zlib
from contextlib import contextmanager
from typing import Any, Iterator, Mapping, NamedTuple, Optional, Tuple

import httpcore
import httpx

from sentry_integration.faults import Fault
from sentry_integration.wire import Arriving, Target


class Proxy(NamedTuple):
    """A proxy's address for httpcore, and as it may be shown: without the password."""

    url: httpcore.URL
    scheme: str
    auth: Optional[Tuple[bytes, bytes]]
    shown: str


def answered(
    transport: httpx.BaseTransport, method: str, url: str, headers: Mapping[str, str], body: bytes, extensions: Any
) -> Arriving:
    """Send a request by a transport that was given."""
    with _as_httpcore_says():
        response = transport.handle_request(
            httpx.Request(method, url, headers=headers, content=body or None, extensions=extensions)
        )
    return Arriving(response.status_code, dict(response.headers), _parts(response), response.close)


def _parts(response: httpx.Response) -> Iterator[bytes]:
    with _as_httpcore_says():
        yield from response.iter_bytes()


@contextmanager
def _as_httpcore_says() -> Iterator[None]:
    """Raise httpcore's errors for httpx's, which have the same names, and zlib's for a broken compression."""
    try:
        yield
    except httpx.TransportError as error:
        raise getattr(httpcore, type(error).__name__, httpcore.NetworkError)(str(error)) from error
    except httpx.DecodingError as error:
        raise zlib.error(str(error)) from error


def target(url: str) -> Target:
    """The parts of a URL, quoted and in ASCII as they are sent.

    Raises:
        Fault: it is none.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise Fault("address", f"an address is unusable: {error}") from None
    host = parsed.raw_host.decode("ascii")
    return Target(parsed.scheme, host, parsed.port, parsed.netloc.decode("ascii"), parsed.raw_path.decode("ascii"))


def proxy(address: str) -> Proxy:
    """The proxy at an address, which may hold a user name and a password.

    Raises:
        Fault: there is none at such an address.
    """
    try:
        parsed = httpx.Proxy(address)
    except (ValueError, httpx.InvalidURL):
        raise Fault("argument", "the proxy that the environment names is unusable") from None
    url = httpcore.URL(
        scheme=parsed.url.raw_scheme, host=parsed.url.raw_host, port=parsed.url.port, target=parsed.url.raw_path
    )
    return Proxy(url, parsed.url.scheme, parsed.raw_auth, str(parsed.url))


def certificates() -> ssl.SSLContext:
    """The certificates to trust: those that SSL_CERT_FILE or SSL_CERT_DIR name, or the ones that httpx brings along."""
    return httpx.create_ssl_context()
