"""Where a Sentry server is: its API's address in the forms people write it, its regions, and its ingest addresses."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional
from urllib.parse import quote, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_API = "/api/0"
_KEY = re.compile(r"[\w.-]+", re.ASCII)
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+(%25\w+)?")  # a name, perhaps one beyond ASCII, or an address of IPv4 or IPv6
_IP_ADDRESS = re.compile(r"[0-9.]+|.*:.*")


class Address(NamedTuple):
    """The root of an API: `origin` is scheme, host and port in one spelling, `path` ends in /api/0."""

    origin: str
    path: str

    def url(self, path: str) -> str:
        """The URL of an API path such as `/projects/`."""
        return self.origin + self.path + path

    def __str__(self) -> str:
        return self.origin + self.path


class Ingest(NamedTuple):
    """Where a project's events are sent, as its DSN says. The key is public: it may send events and do no more."""

    envelope: str
    store: str
    public_key: str


def origin_of(url: str) -> str:
    """The origin of `url` (RFC 6454 §4) in one spelling: lower case, without the scheme's own port.

    Raises:
        ValueError: not an http or https URL with a host.

    >>> origin_of("HTTPS://Sentry.example.com:443/x")
    'https://sentry.example.com'
    """
    parts = urlsplit(url)
    scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    if scheme not in _DEFAULT_PORTS or not host or not _HOST.fullmatch(host):
        raise ValueError("not an http or https address")
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port in (None, _DEFAULT_PORTS[scheme]) else f"{scheme}://{shown}:{port}"


def api_address(text: str) -> Address:
    """The API's address from what an account's `url` says: with or without scheme, /api/0 and trailing slashes.

    Raises:
        ValueError: not the address of a server. The text is left out of the message, it may hold a password.

    >>> str(api_address("sentry.example.com:9000/errors/"))
    'https://sentry.example.com:9000/errors/api/0'
    """
    text = text.strip()
    if "://" not in text:
        text = "https://" + text
    parts = urlsplit(text)
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("it must not carry a user name, a query or a fragment")
    origin = origin_of(text)
    path = parts.path.rstrip("/")
    for end in (_API, "/api"):
        if path.endswith(end):
            path = path[: -len(end)]
            break
    return Address(origin, path.rstrip("/") + _API)


def region_address(url: str, base: Address, *, any_port: bool = False) -> Optional[Address]:
    """The API of a region that `base` names, or None where the token should not be sent.

    Trusted are the base's own host and the hosts below its own domain, us.sentry.io and de.sentry.io for sentry.io,
    over its own scheme and on its own port; with `any_port` on others as well.
    """
    try:
        region = api_address(url)
    except ValueError:
        return None
    home, host = urlsplit(base.origin), urlsplit(region.origin)
    domain = _domain(base)
    below = not _IP_ADDRESS.fullmatch(domain) and (host.hostname or "").endswith("." + domain)
    near = host.scheme == home.scheme and (below or host.hostname == home.hostname)
    return region if near and (any_port or host.port == home.port) and region != base else None


def chosen_region(text: str, base: Address) -> Address:
    """The API of the region that an account names, by its name or by its address.

    Raises:
        ValueError: not a region of the base's server.

    >>> str(chosen_region("de", api_address("https://sentry.io")))
    'https://de.sentry.io/api/0'
    """
    home = urlsplit(base.origin)
    if "." not in text and "/" not in text:
        port = f":{home.port}" if home.port else ""
        text = f"{home.scheme}://{text}.{_domain(base)}{port}{base.path}"
    if api_address(text) == base:
        return base
    region = region_address(text, base, any_port=True)
    if region is None:
        raise ValueError(f"it is no region of {base.origin}; 'de' or 'https://de.sentry.io' is one of sentry.io")
    return region


def _domain(base: Address) -> str:
    domain = urlsplit(base.origin).hostname or ""
    return "sentry.io" if domain.endswith(".sentry.io") else domain


def ingest(dsn: str) -> Ingest:
    """The ingest addresses of a DSN, which may have a path before the project: `https://key@host/prefix/42`.

    Raises:
        ValueError: not a DSN.

    >>> ingest("https://abc@o1.ingest.sentry.io/42").envelope
    'https://o1.ingest.sentry.io/api/42/envelope/'
    """
    parts = urlsplit(dsn)
    prefix, _, project = parts.path.rstrip("/").rpartition("/")
    if not _KEY.fullmatch(parts.username or "") or not project:
        raise ValueError("not a DSN")
    root = f"{origin_of(dsn)}{prefix}/api/{quote(project, safe='')}"
    return Ingest(f"{root}/envelope/", f"{root}/store/", parts.username or "")


def path_of(*segments: str) -> str:
    """An API path of `segments`, each quoted; it ends in the slash without which Sentry's servers answer 404.

    >>> path_of("projects", "my-org", "a/b")
    '/projects/my-org/a%2Fb/'
    """
    return "/" + "".join(quote(segment, safe="") + "/" for segment in segments)
