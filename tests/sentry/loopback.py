"""A real HTTP server on loopback that answers by a script and misbehaves on demand."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Tuple
from urllib.parse import parse_qs, urlsplit

#: A certificate for 127.0.0.1 that no machine trusts, with its key.
CERTIFICATE = Path(__file__).with_name("fixtures") / "loopback.pem"


class Seen(NamedTuple):
    method: str
    path: str
    query: Dict[str, str]
    headers: Dict[str, str]
    body: bytes


Behaviour = Callable[[BaseHTTPRequestHandler], None]


def reply(status: int, body: Any = b"", **headers: str) -> Behaviour:
    """A proper answer; header names are written with underscores."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Reset the connection in place of an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection properly in place of an answer."""
    handler.close_connection = True


def reset_midway(handler: BaseHTTPRequestHandler) -> None:
    """Send half of a body and reset the connection."""
    truncated(handler)
    handler.wfile.flush()
    reset(handler)


def truncated(handler: BaseHTTPRequestHandler) -> None:
    """Announce 1000 bytes, send 12, close."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "1", ')
    handler.close_connection = True


def unfinished_chunks(handler: BaseHTTPRequestHandler) -> None:
    """Start a chunked body and never end it."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b'c\r\n{"id": "1", \r\n')
    handler.close_connection = True


def garbage(handler: BaseHTTPRequestHandler) -> None:
    """Answer in another protocol."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
    handler.close_connection = True


def bad_gzip(handler: BaseHTTPRequestHandler) -> None:
    """Claim a compression that the body does not have."""
    reply(200, {"id": "1"}, Content_Encoding="gzip")(handler)


#: The ways in which an answer breaks on its way.
BREAKS: Tuple[Behaviour, ...] = (reset, hang_up, reset_midway, truncated, unfinished_chunks, garbage, bad_gzip)


class Loopback:
    """The server: behaviours by path, used up one by one, the last of each stays; `seen` are the requests."""

    def __init__(self, *, encrypted: bool = False) -> None:
        self.behaviours: Dict[str, List[Behaviour]] = {}
        self.seen: List[Seen] = []
        self.connections: List[Tuple[str, int]] = []
        self.released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # headers and body are two writes

            def setup(self) -> None:
                super().setup()
                outer.connections.append(self.client_address)

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                path = parts.path if not parts.netloc else f"{parts.scheme}://{parts.netloc}{parts.path}"
                outer.seen.append(Seen(self.command, path, query, headers, body))
                known = outer.behaviours.get(path, [reply(404, {"detail": "The requested resource does not exist"})])
                (known.pop(0) if len(known) > 1 else known[0])(self)

            do_GET = do_POST = handle_any

            def log_message(self, *arguments: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *arguments: Any) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        if encrypted:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(str(CERTIFICATE))
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.origin = f"{'https' if encrypted else 'http'}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def on(self, path: str, *behaviours: Behaviour) -> "Loopback":
        self.behaviours[path] = list(behaviours)
        return self

    def paths(self) -> List[str]:
        return [seen.path for seen in self.seen]

    def silence(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer nothing until the test is over."""
        self.released.wait(30)
        handler.close_connection = True

    def half(self, handler: BaseHTTPRequestHandler) -> None:
        """Send half of a body, and no more until the test is over."""
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"id": "1", ')
        handler.wfile.flush()
        self.silence(handler)

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
