"""A keep-alive HTTP client that costs next to nothing, so that what is timed is the server."""

from __future__ import annotations

import socket
import time
from types import TracebackType

import msgspec

PREFIX = "/api/sft"


def get(path: str) -> bytes:
    """A GET request as it goes over the wire."""
    return f"GET {PREFIX}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def post(path: str, value: object) -> bytes:
    """A POST request with a JSON body."""
    body = msgspec.json.encode(value)
    head = f"POST {PREFIX}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Client:
    """One connection. Answers must name their length, as every route but the export does."""

    def __init__(self, port: int, timeout: float = 600) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> bytes:
        """The answer's body.

        Raises:
            RuntimeError: the answer is no 200.
        """
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        parts, missing = [data[end + 4 :]], length - (len(data) - end - 4)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        body = b"".join(parts)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"{request[:60]!r} was answered {data[:30]!r} {body[:300]!r}")
        return body

    def time(self, request: bytes) -> float:
        """Seconds from sending the request to having the whole answer."""
        began = time.perf_counter()
        self.ask(request)
        return time.perf_counter() - began

    def _more(self) -> bytes:
        data = self._socket.recv(256 * 1024)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data
