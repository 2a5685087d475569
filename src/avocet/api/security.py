"""Access checks: host, origin, token and body size. Plain ASGI, since every request passes through here."""

from __future__ import annotations

import asyncio
import hmac
import html
import ipaddress
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from avocet.api.responses import json_response
from avocet.errors import AvocetError, Forbidden, IngestionUnset, TooLarge, Unauthorized
from avocet.runs.uploads import MAX_BYTES

MAX_BODY_BYTES = 48 * 1024 * 1024
UPLOAD_PATH = "/api/sft/upload"
MAX_UPLOAD_BYTES = MAX_BYTES + MAX_BODY_BYTES
COOKIE = "avocet_token"
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 2.0
FORGOTTEN_S = 60.0
MAX_ADDRESSES = 1000
# ingest has a secret of its own in place of the token
INGEST_PATH = "/api/sft/ingest"
Pause = Callable[[float], Awaitable[None]]
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(?::[0-9]*)?")


class Guard:
    """Refuses requests from other sites' pages, from other machines without the token, and with too large a body."""

    def __init__(
        self,
        app: ASGIApp,
        token: SecretStr | None,
        ingestion_secret: SecretStr | None = None,
        pause: Pause | None = None,
    ) -> None:
        self.app = app
        self.token = token.get_secret_value() if token else None
        self.ingestion_secret = ingestion_secret.get_secret_value() if ingestion_secret else None
        self.guesses = Guesses(pause)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        # an upload is written to disk as it arrives, and has limits of its own
        most = MAX_UPLOAD_BYTES if scope["path"] == UPLOAD_PATH else MAX_BODY_BYTES
        try:
            self._check_host(headers)
            _check_origin(scope, headers)
            if scope["path"] == INGEST_PATH:
                self._check_secret(scope, headers)
                answer = None
            else:
                answer = self._check_token(scope, headers)
            _check_length(headers, most)
        except AvocetError as error:
            if isinstance(error, WrongSecret):
                await self.guesses.wait(scope)
            answer = _refusal(scope, headers, error)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self.app(scope, _Bounded(receive, most), send)

    def _check_host(self, headers: Headers) -> None:
        """Without a token, answer only this machine, under a name that no other site's DNS can take (rebinding)."""
        if self.token is None and not _is_loopback(_host_name(headers.get("host", ""))):
            raise Forbidden("This desk answers to localhost only. Set AVOCET_TOKEN to open it to others.")

    def _check_token(self, scope: Scope, headers: Headers) -> Response | None:
        if self.token is None:
            return None
        given = _tokens(headers)
        if any(self._is_token(one) for one in given):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = [value for name, value in query if name == "token"]
        if any(self._is_token(value) for value in asked):
            # a redirect would turn any other method into a GET
            is_page = scope["method"] in _SAFE_METHODS
            return self._welcome(scope, [pair for pair in query if pair[0] != "token"]) if is_page else None
        sentence = "This desk needs its token: open it once with ?token=… or send Authorization: Bearer …"
        raise (WrongToken if any((*given, *asked)) else Unauthorized)(sentence)

    def _check_secret(self, scope: Scope, headers: Headers) -> None:
        """Check the ingestion secret before the body is read: 503 if unset here, 401 if not sent, 403 if wrong."""
        if scope["method"] != "POST":
            return
        if self.ingestion_secret is None:
            raise IngestionUnset("Ingestion is off: set AVOCET_INGESTION_SECRET and restart the desk.")
        given = _bearer(headers)
        if not given:
            raise Unauthorized("Send the ingestion secret: Authorization: Bearer …")
        if not hmac.compare_digest(given.encode(), self.ingestion_secret.encode()):
            raise WrongIngestionSecret("The ingestion secret is wrong.")

    def _is_token(self, given: str) -> bool:
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def _welcome(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Keep the token in a cookie that scripts can't read, and take it out of the address."""
        path = "/" + scope["path"].lstrip("/")
        answer = RedirectResponse(path + ("?" + urlencode(query) if query else ""), 303)
        answer.set_cookie(
            COOKIE,
            quote(self.token or "", safe=""),
            httponly=True,
            samesite="strict",
            # behind a TLS proxy that says so
            secure=scope["scheme"] == "https",
            max_age=30 * 24 * 3600,
        )
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


class WrongSecret(AvocetError):
    """A wrong token or secret. The refusal is delayed, to slow down guessing."""


class WrongToken(WrongSecret, Unauthorized):
    status, code = Unauthorized.status, Unauthorized.code


class WrongIngestionSecret(WrongSecret, Forbidden):
    status, code = Forbidden.status, Forbidden.code


class Guesses:
    """Counts the recent wrong secrets of each address: every one waits longer, without holding a thread."""

    def __init__(self, pause: Pause | None = None) -> None:
        self._pause = pause
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    async def wait(self, scope: Scope) -> None:
        address, now = (scope.get("client") or ("", 0))[0], time.monotonic()
        count, last = self._wrong.pop(address, (0, now))
        count = 1 if now - last > FORGOTTEN_S else count + 1
        self._wrong[address] = (count, now)
        if len(self._wrong) > MAX_ADDRESSES:
            self._wrong.popitem(last=False)
        await (self._pause or asyncio.sleep)(min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(count - 1, 16)))


class _Bounded:
    """A request body that raises an error once it is too large, whatever its headers said."""

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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        # unlike a name, an address can't be pointed elsewhere
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


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
    given = [bearer] if (bearer := _bearer(headers)) else []
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return given
    return [*given, unquote(cookies[COOKIE].value)] if COOKIE in cookies else given


def _bearer(headers: Headers) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def _check_length(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise _too_large(most)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The request is larger than {most // 2**20:,} MiB. Nothing was changed.")
