"""Sockets on which nothing lasts longer than the call that they serve.

httpx knows a time-out for each read and each write, which a server that drips its answer byte by byte never meets. Its
engine, httpcore, lets the sockets be given: here each operation has its own time-out or what is left of the call's
budget, whichever is shorter, and so have looking up a name, connecting, and every step of a TLS handshake.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from typing import Any, Callable, Iterable, List, Optional, Tuple, Type, TypeVar, Union

import httpcore

from sentry_integration.patience import Budget

Result = TypeVar("Result")

_TLS_RECORD = 16 * 1024  # RFC 8446 §5.1
_PIECE = 64 * 1024  # bytes that are sent between two looks at the budget: one send may go on as long as buffers empty


class Hurry(threading.local):
    """The budget of the call that this thread is making."""

    budget: Optional[Budget] = None

    def within(self, timeout: Optional[float]) -> Optional[float]:
        """The time-out of one operation; None is none.

        Raises:
            socket.timeout: the budget is used up.
        """
        if self.budget is None:
            return timeout
        left = self.budget.left()
        if left <= 0:
            raise socket.timeout("the time of the call is used up")
        return left if timeout is None else min(timeout, left)


class Network(httpcore.NetworkBackend):
    """Opens connections that keep to `hurry`."""

    def __init__(self, hurry: Hurry) -> None:
        self._hurry = hurry

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Optional[float] = None,
        local_address: Optional[str] = None,
        socket_options: Optional[Iterable[Any]] = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of `host` that answers."""
        connected = lambda: self._connected(host, port, timeout)  # noqa: E731
        return Stream(_told(connected, httpcore.ConnectTimeout, httpcore.ConnectError), self._hurry)

    def _connected(self, host: str, port: int, timeout: Optional[float]) -> socket.socket:
        failure = OSError(f"{host} has no address")
        for family, kind, protocol, _, address in _addresses(host, port, self._hurry.within(timeout)):
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(self._hurry.within(timeout))
                connection.connect(address)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                connection.close()
                failure = error
            else:
                return connection
        raise failure


class Stream(httpcore.NetworkStream):
    """A connection over a socket, which may be one of TLS."""

    def __init__(self, connection: Union[socket.socket, TlsInTls], hurry: Hurry) -> None:
        self._connection = connection
        self._hurry = hurry

    def read(self, max_bytes: int, timeout: Optional[float] = None) -> bytes:
        """Read what there is, b"" at the end."""

        def received() -> bytes:
            self._connection.settimeout(self._hurry.within(timeout))
            return self._connection.recv(max_bytes)

        return _told(received, httpcore.ReadTimeout, httpcore.ReadError)

    def write(self, buffer: bytes, timeout: Optional[float] = None) -> None:
        """Write all of `buffer`."""

        def send() -> None:
            rest = memoryview(buffer)
            while rest:
                self._connection.settimeout(self._hurry.within(timeout))
                rest = rest[self._connection.send(rest[:_PIECE]) :]

        _told(send, httpcore.WriteTimeout, httpcore.WriteError)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: Optional[str] = None, timeout: Optional[float] = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS."""

        def encrypted() -> Union[socket.socket, TlsInTls]:
            self._connection.settimeout(self._hurry.within(timeout))
            if type(self._connection) is socket.socket:
                return ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
            return TlsInTls(self, ssl_context, server_hostname, timeout)

        try:
            return Stream(_told(encrypted, httpcore.ConnectTimeout, httpcore.ConnectError), self._hurry)
        except Exception:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks: the protocol agreed on in TLS, and whether an idle connection was closed."""
        if info == "ssl_object":
            return None if type(self._connection) is socket.socket else self._connection
        return _readable(self._connection.fileno()) if info == "is_readable" else None

    def fileno(self) -> int:
        """The number of the socket."""
        return self._connection.fileno()


class TlsInTls:
    """TLS within TLS, which Python's sockets cannot: to a server behind a proxy that is spoken to in TLS itself."""

    def __init__(
        self, outer: Stream, context: ssl.SSLContext, server_hostname: Optional[str], timeout: Optional[float]
    ) -> None:
        self._outer = outer
        self._timeout = timeout
        self._arrived, self._leaving = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._inner = context.wrap_bio(self._arrived, self._leaving, server_hostname=server_hostname)
        self._moving(self._inner.do_handshake)

    def settimeout(self, timeout: Optional[float]) -> None:
        self._timeout = timeout

    def recv(self, size: int) -> bytes:
        try:
            return self._moving(lambda: self._inner.read(size))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def send(self, data: memoryview) -> int:
        return self._moving(lambda: self._inner.write(data))

    def close(self) -> None:
        self._outer.close()

    def fileno(self) -> int:
        return self._outer.fileno()

    def selected_alpn_protocol(self) -> Optional[str]:
        return self._inner.selected_alpn_protocol()

    def _moving(self, step: Callable[[], Result]) -> Result:
        """What `step` answers, once the bytes that it waits for and makes have been moved."""
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                self._outer.write(self._leaving.read(), self._timeout)
                arrived = self._outer.read(_TLS_RECORD, self._timeout)
                if arrived:
                    self._arrived.write(arrived)
                else:
                    self._arrived.write_eof()
            else:
                self._outer.write(self._leaving.read(), self._timeout)
                return result


_Address = Tuple[Any, Any, int, str, Any]


def _addresses(host: str, port: int, seconds: Optional[float]) -> List[_Address]:
    """The addresses of a host. The system's resolver has no time-out, so that it is asked by a thread of its own."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (socket.gaierror, UnicodeError):
        pass  # a name
    found: List[_Address] = []
    failures: List[OSError] = []

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            failures.append(error)
        except UnicodeError as error:  # a label that is empty or too long
            failures.append(OSError(f"{host} is no name of a host: {error}"))

    looking = threading.Thread(target=look_up, name=f"look up {host}", daemon=True)
    looking.start()
    looking.join(seconds)
    if looking.is_alive():
        raise socket.timeout(f"the name {host} was not found in time")
    if failures:
        raise failures[0]
    return found


def _told(do: Callable[[], Result], timeout: Type[Exception], failure: Type[Exception]) -> Result:
    """What `do` answers, with its errors as httpcore's."""
    try:
        return do()
    except socket.timeout as error:
        raise timeout(str(error)) from error
    except OSError as error:
        raise failure(str(error)) from error


def _readable(number: int) -> bool:
    if hasattr(select, "poll"):  # which, other than select, takes any number
        waiting = select.poll()
        waiting.register(number, select.POLLIN)
        return bool(waiting.poll(0))
    return bool(select.select([number], [], [], 0)[0])
