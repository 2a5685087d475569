"""The built web app: its files by name, the page for every other path, and a strict policy on all of them."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from avocet.api.addresses import PAGE
from avocet.api.desk import facts
from avocet.errors import NotFound

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
STATIC = Path(__file__).parent.parent / "static"
NONCE_MARK = "__AVOCET_CSP_NONCE__"
FACTS_MARK = '"__AVOCET_DESK_FACTS__"'
NOT_BUILT = """<!doctype html><title>Avocet</title>
<p>The web app isn't built. From a checkout: <code>make build</code>. The API is at /api/sft.</p>"""


def security_headers(nonce: str) -> dict[str, str]:
    """The headers of every page: nothing is fetched from elsewhere, and only our own scripts run."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'nonce-{nonce}'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def add_web(app: FastAPI) -> None:
    """Serve the web app at `/`; unknown paths below `/api` stay JSON errors."""
    api_routes = list(app.routes)

    @app.api_route("/api", methods=_METHODS, include_in_schema=False)
    @app.api_route(f"/api/{PAGE}", methods=_METHODS, include_in_schema=False)
    def refuse_api_path(request: Request) -> Response:
        """Refuse a path below `/api`: 405 if a route takes it with another method, else 404."""
        allowed = _methods_taken(api_routes, request)
        if allowed:
            raise HTTPException(405, "Method not allowed", headers={"Allow": ", ".join(allowed)})
        raise NotFound(f"There is nothing at {request.url.path}.")

    @app.api_route(f"/{PAGE}", methods=["GET", "HEAD"], include_in_schema=False)
    def web(path: str) -> Response:
        file = _file(path)
        if file is None:
            return _page()
        cache = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        return FileResponse(file, headers={**security_headers(""), "Cache-Control": cache})


def _methods_taken(routes: list[BaseRoute], request: Request) -> list[str]:
    def takes(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    return [method for method in _METHODS if takes(method)]


def _file(path: str) -> Path | None:
    """The built file at a path, never one outside the folder; None if the path is not a file's.

    Raises:
        NotFound: a path below `assets/` names no file.
    """
    if not path or path == "index.html" or "\x00" in path:
        return None
    file = (STATIC / path).resolve()
    # os.path.isfile: for a name that is too long it is false, where Path.is_file raises
    found = file.is_relative_to(STATIC.resolve()) and os.path.isfile(file)
    if not found and path.startswith("assets/"):
        raise NotFound(f"There is no file {path!r:.120}.")
    return file if found else None


@cache
def _facts() -> str:
    """The desk's facts as JSON without `<`, so that they can't end the element of the page they are in."""
    return msgspec.json.encode(facts()).decode().replace("<", "\\u003c")


def _page() -> Response:
    nonce = secrets.token_urlsafe(16)
    index = STATIC / "index.html"
    html = index.read_text("utf-8").replace(NONCE_MARK, nonce) if index.is_file() else NOT_BUILT
    html = html.replace(FACTS_MARK, _facts())
    return HTMLResponse(html, headers={**security_headers(nonce), "Cache-Control": "no-store"})
