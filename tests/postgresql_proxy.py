"""Stands between a desk and its PostgreSQL, and cuts the connection where a test wants it cut."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import make_url

SOCKET = ".s.PGSQL.5432"


class Proxy:
    """`cut`: the connection of the next COMMIT is lost before the server sees it, or before its answer."""

    def __init__(self, upstream: Path, folder: Path) -> None:
        self.cut: Literal["before", "after"] | None = None
        self.cuts = 0
        self._upstream = upstream
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        self._listener.listen()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def close(self) -> None:
        """Call it when the desk has closed its connections."""
        _shut(self._listener)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _start(self, work: Callable[..., None], *args: object) -> None:
        self._threads.append(threading.Thread(target=work, args=args))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._upstream))
                committed = threading.Event()
                for work in (self._send, self._answer):
                    self._start(work, client, server, committed)

    def _send(self, client: socket.socket, server: socket.socket, committed: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self.cut and b"COMMIT\0" in data:
                    self.cuts += 1
                    if self.cut == "before":
                        break
                    committed.set()
                server.sendall(data)
        _shut(client, server)
        client.close()

    def _answer(self, client: socket.socket, server: socket.socket, committed: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if committed.is_set():
                    break
                client.sendall(data)
        _shut(client, server)
        server.close()


def _shut(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxied(url: str) -> Iterator[tuple[str, Proxy]]:
    """The URL of the same database behind a proxy."""
    parsed = make_url(url)
    folder = Path(tempfile.mkdtemp(prefix="avocet-proxy-"))
    proxy = Proxy(Path(str(parsed.query["host"])) / SOCKET, folder)
    try:
        behind = parsed.update_query_dict({"host": str(folder)})
        yield behind.render_as_string(hide_password=False), proxy
    finally:
        proxy.close()
        shutil.rmtree(folder, ignore_errors=True)
