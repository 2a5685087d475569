"""A model behind HTTP: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from avocet.benching.answerer import Patience, Result, Sampling, answered, errored
from avocet.benching.replies import MAX_BYTES, Asked, InvalidReply, completion, retry_after, said
from avocet.domain import JsonObject, Message
from avocet.errors import InvalidRequest, Prerequisite

LONGEST_WAIT_S = 120.0
"""If a server asks for a longer pause than this, the next resume asks it again."""
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
HOPELESS = frozenset({401, 404})
_PIECE_BYTES = 64 * 1024
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Options(NamedTuple):
    """What a person calls the parts of an endpoint, for what is told of them."""

    base: str = "--base"
    model: str = "--model"
    key: str = "--api-key-env"


class Endpoint:
    """A model behind HTTP. The key is sent to this address alone, and appears in no message and no file."""

    batch_size = 1

    def __init__(
        self,
        base: str,
        model: str,
        sampling: Sampling,
        *,
        key: str | None = None,
        workers: int = 4,
        patience: Patience | None = None,
        options: Options = Options(),  # noqa: B008 (immutable)
    ) -> None:
        host = _check_address(base, options)
        if key is not None and not (key.isascii() and key.isprintable()):
            raise Prerequisite("The API key holds characters that no header carries. Look for a line break in it.")
        self.model_id = model
        self.model_name = model.rstrip("/").rpartition("/")[2] or model
        self.workers = workers
        self._base = base.rstrip("/")
        self._sampling = sampling
        self._key = key
        self._options = options
        self._patience = patience or Patience()
        self._closed = threading.Event()
        # a server on this machine is asked directly, whatever proxy the environment names
        proxies = urllib.request.ProxyHandler({} if host in _LOOPBACK else None)
        self._opener = urllib.request.build_opener(proxies, _NoRedirects())

    def about(self) -> JsonObject:
        return {"--base": self._base, "--model": self.model_id}

    def versions(self) -> dict[str, str]:
        return {}

    def start(self) -> None:
        """Do nothing: if the server isn't ready, its replies say so."""

    def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
        return [self._answer(prompt) for prompt in prompts]

    def close(self) -> None:
        self._closed.set()

    def _answer(self, prompt: list[Message]) -> Result:
        pause = self._patience.pause_s
        for left in range(self._patience.retries, -1, -1):
            try:
                return self._ask(prompt)
            except InvalidReply as error:
                wait = error.wait_s if error.wait_s is not None else pause * random.uniform(1, 1.5)  # noqa: S311
                if not (error.is_passing and left and wait <= LONGEST_WAIT_S) or self._closed.wait(wait):
                    return errored(self._without_key(str(error)))
                pause = min(pause * 2, LONGEST_WAIT_S / 1.5)
        raise AssertionError

    def _ask(self, prompt: list[Message]) -> Result:
        begun = time.monotonic()
        try:
            with self._opener.open(self._request(prompt), timeout=self._patience.timeout_s) as response:
                body = _read(response, begun + self._patience.timeout_s)
        except urllib.error.HTTPError as error:
            raise self._refused(error) from None
        except urllib.error.URLError as error:
            raise InvalidReply(_unreachable(error.reason), is_passing=True) from None
        except (OSError, http.client.HTTPException) as error:
            raise InvalidReply(_unreachable(error), is_passing=True) from None
        asked = completion(body)
        return _answer_of(asked, time.monotonic() - begun)

    def _request(self, prompt: list[Message]) -> urllib.request.Request:
        body: JsonObject = {
            "model": self.model_id,
            "messages": prompt,
            "max_tokens": self._sampling.max_new_tokens,
            "temperature": self._sampling.temperature,
        }
        if self._sampling.seed is not None:
            body["seed"] = self._sampling.seed
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "avocet-bench"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key}"
        # the address was checked to be http or https
        return urllib.request.Request(  # noqa: S310
            f"{self._base}/chat/completions", json.dumps(body).encode(), headers, method="POST"
        )

    def _refused(self, error: urllib.error.HTTPError) -> InvalidReply:
        with error:
            reason = self._without_key(said(_head(error)))
        sentence = f"{self._base} answered {error.code}" + (f": {reason}" if reason else ".")
        if error.code in HOPELESS:
            base, model, key = self._options
            what = f"the key ({key})" if error.code == 401 else f"{base} and {model}"
            raise Prerequisite(f"{sentence.rstrip('.')}. Check {what}; nothing more was asked.")
        is_passing = error.code in RETRIED
        return InvalidReply(sentence, is_passing=is_passing, wait_s=retry_after(error.headers.get("Retry-After")))

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Reports a redirect as an error with its status: following it would send the key to another address."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 (urllib's)
        return None


def _check_address(base: str, options: Options) -> str:
    try:
        parts = urlsplit(base)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidRequest(f"{options.base} {base!r:.200} isn't an address: {error}.") from None
    if parts.username is not None or parts.query or parts.fragment:
        fault = f"takes the address up to /v1 alone; a key is named with {options.key}."
        raise InvalidRequest(f"{options.base} {fault}")
    if parts.scheme not in ("http", "https") or not host:
        raise InvalidRequest(f"{options.base} {base!r:.200} isn't an address such as http://127.0.0.1:8080/v1.")
    return host


def _read(response: Any, end: float) -> bytes:  # noqa: ANN401 (urllib's)
    """Read the body until the time for the request is over: a socket's own timeout begins anew with each byte."""
    body = bytearray()
    while piece := response.read1(_PIECE_BYTES):
        body += piece
        if len(body) > MAX_BYTES:
            raise InvalidReply(f"The reply is longer than {MAX_BYTES // 2**20} MiB.")
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(body)


def _head(error: urllib.error.HTTPError) -> bytes:
    try:
        return error.read(_PIECE_BYTES)
    except (OSError, http.client.HTTPException):
        return b""


def _unreachable(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "No reply in time."
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"No reply: {reason}."


def _answer_of(asked: Asked, seconds: float) -> Result:
    return answered(
        asked.text,
        tokens=asked.tokens,
        seconds=seconds,
        finish_reason=asked.finish_reason,
        reasoning=asked.reasoning,
    )
