"""No exchange outlasts its call, at whatever step the other side dawdles: over real sockets, on a clock of our own.

The servers here move the clock themselves, a step for each byte or block, so that nothing is waited for.
"""

from __future__ import annotations

import socket
import ssl
import threading
from typing import Any, Callable, Iterator, List, Tuple

import httpcore
import pytest
from loopback import CERTIFICATE, Behaviour, Loopback, reply
from scripted import TOKEN, Clock

from sentry_integration.address import api_address
from sentry_integration.faults import Fault
from sentry_integration.http import Http
from sentry_integration.patience import Budget
from sentry_integration.sockets import Hurry, Network, Stream
from sentry_integration.wire import Wire

PATH = "/api/0/auth/"
SECONDS = 60.0


class Listener:
    """A socket of loopback: each connection is `talk`'s, in a thread, until it returns."""

    def __init__(self, talk: Callable[[socket.socket], None]) -> None:
        self._talk = talk
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.origin = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.closed = threading.Event()
        self.connections = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection:
                self._talk(connection)
        except OSError:
            pass

    def close(self) -> None:
        self.closed.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()


Listen = Callable[[Callable[[socket.socket], None]], Listener]


@pytest.fixture
def listen() -> Iterator[Listen]:
    opened: List[Listener] = []

    def start(talk: Callable[[socket.socket], None]) -> Listener:
        opened.append(Listener(talk))
        return opened[-1]

    yield start
    for listener in opened:
        listener.close()


def slow(origin: str, clock: Clock, seconds: float = SECONDS, **settings: Any) -> Tuple[str, Clock]:
    """What a GET that should end with its call says."""
    http = Http(TOKEN, clock=clock, now=clock, sleep=clock.sleep, random=lambda: 1.0, **settings)
    with pytest.raises(Fault) as fault:
        http.get(api_address(origin), "/auth/", Budget(seconds, clock))
    assert fault.value.kind == "timeout"
    http.close()
    return fault.value.words, clock


def dripping(clock: Clock, content: bytes) -> Callable[[Any], None]:
    """Write byte after byte, five seconds each."""

    def drip(write: Callable[[bytes], Any]) -> None:
        for number in range(len(content)):
            clock.time += 5.0
            write(content[number : number + 1])

    return drip


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"


def test_headers_that_drip(server: Loopback, clock: Clock) -> None:
    def drip(handler: Any) -> None:
        dripping(clock, HEAD)(handler.wfile.write)
        server.silence(handler)

    server.on(PATH, drip)
    assert slow(server.origin, clock)[0] == "nothing came in the 60 s of this call"
    assert len(server.seen) == 1, "no time is left for another attempt"


def test_a_body_that_drips(server: Loopback, clock: Clock) -> None:
    def drip(handler: Any) -> None:
        handler.wfile.write(HEAD + b"\r\n")
        dripping(clock, b"[" + b"1," * 100)(handler.wfile.write)
        server.silence(handler)

    server.on(PATH, drip)
    assert "60 s of this call" in slow(server.origin, clock)[0]
    assert len(server.seen) == 1


def test_a_proxy_that_drips(listen: Listen, clock: Clock) -> None:
    def drip(connection: socket.socket) -> None:
        connection.recv(1000)
        dripping(clock, HEAD)(connection.sendall)
        proxy.closed.wait(30)

    proxy = listen(drip)
    words, _ = slow("https://sentry.invalid", clock, proxy=f"http://{proxy.origin}")
    assert words == "nothing came in the 60 s of this call" and proxy.connections == 1


def test_an_upload_that_crawls(listen: Listen, clock: Clock) -> None:
    def crawl(connection: socket.socket) -> None:
        while connection.recv(64 * 1024):
            clock.time += 5.0

    server, wire = listen(crawl), Wire()
    with pytest.raises(Fault) as fault:
        wire.send("POST", f"http://{server.origin}/", {}, bytes(64 * 1024 * 1024), Budget(SECONDS, clock))
    assert fault.value.words == "the request could not be sent in the 60 s of this call"
    wire.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_silence_ends_with_the_call(listen: Listen, clock: Clock, scheme: str) -> None:
    """Without an answer, or with no more than half a TLS handshake."""

    def say_nothing(connection: socket.socket) -> None:
        connection.recv(1000)
        connection.sendall(b"\x16\x03\x03" if scheme == "https" else b"HTTP/1.1 ")
        server.closed.wait(30)

    server = listen(say_nothing)
    words, _ = slow(f"{scheme}://{server.origin}", clock, 0.05)
    assert words == ("no connection" if scheme == "https" else "nothing came") + " within 0.05 s"


def test_a_body_that_stops_arriving(server: Loopback, clock: Clock) -> None:
    server.on(PATH, server.half)
    assert slow(server.origin, clock, 0.05)[0] == "nothing came within 0.05 s"


def test_a_name_that_is_looked_up_for_ever(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    released, genuine = threading.Event(), socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        if not more.get("flags"):
            released.wait(30)
        return genuine(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert slow("http://localhost:9", clock, 0.05)[0].startswith("no connection")
    released.set()


def test_time_that_a_name_used_up(monkeypatch: pytest.MonkeyPatch, server: Loopback, clock: Clock) -> None:
    genuine = socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        clock.time += 0.0 if more.get("flags") else SECONDS
        return genuine(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    words, _ = slow(server.origin.replace("127.0.0.1", "localhost"), clock)
    assert words == "no connection in the 60 s of this call" and not server.connections


def test_a_host_of_several_addresses(monkeypatch: pytest.MonkeyPatch, server: Loopback, clock: Clock) -> None:
    """The first refuses, the second answers."""
    port = int(server.origin.rpartition(":")[2])
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    addresses = [(*kind, ("127.0.0.2", 1)), (*kind, ("127.0.0.1", port))]
    genuine = socket.getaddrinfo

    def look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        return genuine(host, *arguments, **more) if more.get("flags") else addresses

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    server.on(PATH, reply(200, {"id": "1"}))
    wire = Wire()
    status, _, body = wire.send("GET", f"http://sentry.invalid:{port}{PATH}", {}, b"", Budget(SECONDS, clock))
    assert (status, body) == (200, b'{"id": "1"}')
    wire.close()


def test_names_that_are_none(clock: Clock) -> None:
    hurry = Hurry()
    for host in ("a..b", "x" * 80 + ".example"):
        with pytest.raises(httpcore.ConnectError):
            Network(hurry).connect_tcp(host, 80)


class Recorded(socket.socket):
    """A socket that notes its time-outs."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.timeouts: List[Any] = []

    def settimeout(self, value: Any) -> None:
        self.timeouts.append(value)
        super().settimeout(value)


def test_each_operation_has_the_time_that_is_left(clock: Clock) -> None:
    ours, theirs = socket.socketpair()
    connection = Recorded(fileno=ours.detach())
    hurry = Hurry()
    stream = Stream(connection, hurry)
    theirs.sendall(b"abc")
    assert stream.read(1, None) == b"a"
    hurry.budget = Budget(10.0, clock)
    assert stream.read(1, 4.0) == b"b"
    clock.time += 8.0
    assert stream.read(1, 4.0) == b"c"
    stream.write(b"d", None)
    assert connection.timeouts == [None, 4.0, 2.0, 2.0]
    clock.time += 2.0
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(1, None)
    with pytest.raises(httpcore.WriteTimeout):
        stream.write(b"e", 4.0)
    with pytest.raises(httpcore.ConnectTimeout):
        stream.start_tls(ssl.create_default_context(), "127.0.0.1", 4.0)
    theirs.close()


def test_each_thread_has_a_budget_of_its_own(clock: Clock) -> None:
    hurry = Hurry()
    hurry.budget = Budget(10.0, clock)
    seen: List[Any] = []
    thread = threading.Thread(target=lambda: seen.append(hurry.within(30.0)))
    thread.start()
    thread.join()
    assert seen == [30.0] and hurry.within(30.0) == 10.0


# A proxy that is spoken to in TLS


def relay(source: socket.socket, target: socket.socket) -> None:
    try:
        while True:
            data = source.recv(4096)
            if not data:
                break
            target.sendall(data)
    except OSError:
        pass
    target.close()


@pytest.fixture
def tunnel(listen: Listen) -> Listener:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(CERTIFICATE))

    def talk(plain: socket.socket) -> None:
        with context.wrap_socket(plain, server_side=True) as connection:
            method, target, _ = connection.recv(4096).split(b"\r\n")[0].split()
            assert method == b"CONNECT"
            host, _, port = target.decode().rpartition(":")
            with socket.create_connection((host, int(port))) as further:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                threading.Thread(target=relay, args=(further, connection), daemon=True).start()
                relay(connection, further)

    return listen(talk)


def sent_through(tunnel: Listener, server: Loopback, *answers: Behaviour, budget: Budget) -> Tuple[int, bytes]:
    server.on(PATH, *answers)
    wire = Wire(f"https://{tunnel.origin}", str(CERTIFICATE))
    try:
        wire.send("GET", server.origin + PATH, {}, b"", budget)
        status, _, body = wire.send("GET", server.origin + PATH, {}, b"", budget)
        return status, body
    finally:
        wire.close()


@pytest.fixture
def encrypted() -> Iterator[Loopback]:
    loopback = Loopback(encrypted=True)
    yield loopback
    loopback.close()


def test_tls_within_tls(tunnel: Listener, encrypted: Loopback, clock: Clock) -> None:
    long = reply(200, list(range(100_000)))
    status, body = sent_through(tunnel, encrypted, long, budget=Budget(SECONDS, clock))
    assert status == 200 and body.endswith(b", 99999]")
    assert tunnel.connections == len(encrypted.connections) == 1, "the connection is used again"


def test_tls_within_tls_that_drips(tunnel: Listener, encrypted: Loopback, clock: Clock) -> None:
    def drip(handler: Any) -> None:
        dripping(clock, HEAD)(handler.wfile.write)
        encrypted.silence(handler)

    with pytest.raises(Fault) as fault:
        sent_through(tunnel, encrypted, drip, budget=Budget(SECONDS, clock))
    assert fault.value.words == "nothing came in the 60 s of this call"
