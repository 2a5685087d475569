"""avocet serve: the desk in the browser."""

from __future__ import annotations

import errno
import ipaddress
import os
import secrets
import socket
import sys
import threading
import webbrowser
from typing import Annotated

import typer
from rich.markup import escape

from avocet.cli.terminal import load_settings, opened, stderr, tell_if_open
from avocet.db import targets
from avocet.errors import Prerequisite
from avocet.settings import Settings

PORT = 8503
MIN_TOKEN = 16

Host = Annotated[str, typer.Option(help="Any other address than loopback needs AVOCET_TOKEN.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Don't open the browser.")]


def serve(host: Host = "127.0.0.1", port: Port = PORT, no_browser: NoBrowser = False) -> None:
    """Serve the desk to the browser."""
    settings = load_settings()
    check_host(settings, host)
    serve_at(settings, host, port, no_browser)


def check_host(settings: Settings, host: str) -> None:
    token = settings.token.get_secret_value() if settings.token else None
    if token is not None and len(token) < MIN_TOKEN:
        raise Prerequisite(
            f"AVOCET_TOKEN has {len(token)} characters, and needs at least {MIN_TOKEN} that nobody guesses. "
            f"A new one to paste: export AVOCET_TOKEN={secrets.token_urlsafe(24)}"
        )
    if settings.token is None and not _is_loopback(host):
        raise Prerequisite(
            f"{host} can be reached from other machines. Set AVOCET_TOKEN to a long secret first, "
            "or serve on 127.0.0.1."
        )


def serve_at(settings: Settings, host: str, port: int, no_browser: bool) -> None:
    with _bind(host, port) as listener:
        _run(settings, listener, _url(host, listener.getsockname()[1]), no_browser)


def _run(settings: Settings, listener: socket.socket, url: str, no_browser: bool) -> None:
    import uvicorn

    from avocet.api import create_app

    servers: list[uvicorn.Server] = []
    with opened(settings):
        # an upgrade happens here, where the person sees it, and not while a browser waits
        pass
    app = create_app(settings, is_stopping=lambda: servers[0].should_exit)
    tell_if_open(app.state.database, settings)
    stderr.print("\n".join(_greeting(settings, url, app.state.database.is_read_only)))
    if not no_browser and _has_screen():
        _open_browser(url)
    servers.append(
        uvicorn.Server(uvicorn.Config(app, ws="none", log_level="warning", access_log=False, server_header=False))
    )
    servers[0].run(sockets=[listener])


def _greeting(settings: Settings, url: str, is_read_only: bool) -> list[str]:
    """What is said once, in one write, so that whoever waits for the address has the rest as well."""
    lines = [f"Avocet is at [bold]{url}[/]", f"Data: {escape(_described(settings))}. Stop with Ctrl+C."]
    return [*lines, "The desk can't be written: it can only be looked at."] if is_read_only else lines


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bind(host: str, port: int) -> socket.socket:
    """The listening socket, made first so that a busy port is a sentence, not a traceback."""
    try:
        info = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror:
        raise Prerequisite(f"There is no address {host}.") from None
    listener = socket.socket(info[0], info[1])
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(info[4])
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise Prerequisite(
                f"Port {port} is in use, perhaps by another Avocet. Stop that, or take a free port: --port 0."
            ) from None
        raise Prerequisite(f"Can't listen on {host}, port {port}: {error.strerror}.") from None
    return listener


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _described(settings: Settings) -> str:
    """The place of the data, without any password."""
    return str(settings.data_dir) if targets.sqlite_file(settings.url) else "PostgreSQL"


def _has_screen() -> bool:
    """Whether a browser can open a window; a browser for the terminal would take the terminal over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(url: str) -> None:
    timer = threading.Timer(0.5, webbrowser.open, [url])
    timer.daemon = True
    timer.start()
