"""Who may ask: host, origin and token checks, and bounded bodies. Plain ASGI, since every request passes here."""

from __future__ import annotations

import hmac
import html
import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from avocet.api.responses import json_response
from avocet.errors import AvocetError, Forbidden, TooLarge, Unauthorized
from avocet.uploads import MAX_BYTES

MAX_BODY_BYTES = 48 * 1024 * 1024
UPLOAD_PATH = "/api/sft/upload"
MAX_UPLOAD_BYTES = MAX_BYTES + MAX_BODY_BYTES
COOKIE = "avocet_token"
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
# it checks a secret of its own
INGEST_PATH = "/api/sft/ingest"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(?::[0-9]*)?")


class Guard:
    """Refuses what does not come from the desk's own page, from this machine or with the token."""

    def __init__(self, app: ASGIApp, token: SecretStr | None) -> None:
        self.app = app
        self.token = token.get_secret_value() if token else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        # an upload goes to the disk as it comes, and has limits of its own
        most = MAX_UPLOAD_BYTES if scope["path"] == UPLOAD_PATH else MAX_BODY_BYTES
        try:
            self._check_host(headers)
            _check_origin(scope, headers)
            answer = self._check_token(scope, headers)
            _check_length(headers, most)
        except AvocetError as error:
            answer = _refusal(scope, headers, error)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self.app(scope, _Bounded(receive, most), send)

    def _check_host(self, headers: Headers) -> None:
        """Without a token only this machine may ask, by a name that no other site's DNS can take (rebinding)."""
        if self.token is None and _host_name(headers.get("host", "")) not in LOOPBACK_HOSTS:
            raise Forbidden("This desk answers to localhost only. Set AVOCET_TOKEN to open it to others.")

    def _check_token(self, scope: Scope, headers: Headers) -> Response | None:
        if self.token is None or scope["path"] == INGEST_PATH:
            return None
        if any(self._is_token(given) for given in _tokens(headers)):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if any(name == "token" and self._is_token(value) for name, value in query):
            # a redirect would turn any other method into a GET
            is_page = scope["method"] in _SAFE_METHODS
            return self._welcome(scope, [pair for pair in query if pair[0] != "token"]) if is_page else None
        raise Unauthorized("This desk needs its token: open it once with ?token=… or send Authorization: Bearer …")

    def _is_token(self, given: str) -> bool:
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def _welcome(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Keep the token in a cookie that scripts can't read, and take it out of the address."""
        path = "/" + scope["path"].lstrip("/")
        answer = RedirectResponse(path + ("?" + urlencode(query) if query else ""), 303)
        answer.set_cookie(
            COOKIE, quote(self.token or "", safe=""), httponly=True, samesite="strict", max_age=30 * 24 * 3600
        )
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


class _Bounded:
    """A request body that ends in an error once it is too large, whatever its headers said."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.most = most
        self.seen = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.seen += len(message.get("body", b""))
        if self.seen > self.most:
            # FastAPI lets only this kind of error through while it reads a body
            raise HTTPException(TooLarge.status, _too_large(self.most).detail)
        return message


def _refusal(scope: Scope, headers: Headers, error: AvocetError) -> Response:
    """JSON for programs; a page for a person who opened the desk's address without its token."""
    if isinstance(error, Unauthorized) and "text/html" in headers.get("accept", "") and scope["method"] == "GET":
        page = f"<!doctype html><title>Avocet</title><p>{html.escape(error.detail)}</p>"
        return HTMLResponse(page, error.status, {"Content-Security-Policy": "default-src 'none'"})
    return json_response(error.body(), error.status)


def _host_name(host: str) -> str:
    match = _HOST.fullmatch(host)
    return match[1].lower() if match else ""


def _check_origin(scope: Scope, headers: Headers) -> None:
    if scope["method"] in _SAFE_METHODS:
        return
    origin = headers.get("origin")
    foreign = origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower()
    if foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise Forbidden("The request comes from another site's page. Nothing was changed.")


def _tokens(headers: Headers) -> list[str]:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    given = [bearer.strip()] if scheme.lower() == "bearer" else []
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return given
    return [*given, unquote(cookies[COOKIE].value)] if COOKIE in cookies else given


def _check_length(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The request is larger than {most // 2**20:,} MiB. Nothing was changed.")
