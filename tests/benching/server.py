"""A real HTTP server on loopback that speaks OpenAI's chat completions, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Json = dict[str, Any]


class Reply(NamedTuple):
    """A status with its body, or, with no status, a connection that is closed without a word."""

    status: int | None = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """One request as it came in."""

    prompt: str
    body: Json
    headers: dict[str, str]


def answer(text: str | None, **more: Any) -> Reply:
    """A completion; `more` goes into its message."""
    message = {"role": "assistant", "content": text, **more}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return Reply(body=json.dumps({"choices": [choice], "usage": {"completion_tokens": 5}}).encode())


def refusal(status: int, told: str = "", retry_after: str | None = None) -> Reply:
    headers = (("Retry-After", retry_after),) if retry_after is not None else ()
    return Reply(status, json.dumps({"error": {"message": told}}).encode(), headers)


class Model:
    """What the server does with each prompt: `reply` is asked with the last turn's text."""

    def __init__(self) -> None:
        self.reply: Callable[[str], Reply] = lambda prompt: answer(f"You said {prompt}")
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.url = ""
        self._lock = threading.Lock()

    def prompts(self) -> Counter[str]:
        with self._lock:
            return Counter(asked.prompt for asked in self.asked)

    def answers(self, path: str, body: Json, headers: dict[str, str]) -> Reply:
        if path != "/v1/chat/completions":
            return refusal(404, f"no {path} here")
        prompt = body["messages"][-1]["content"]
        with self._lock:
            self.asked.append(Asked(prompt, body, headers))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self.reply(prompt)
        finally:
            with self._lock:
                self.at_once -= 1


@contextmanager
def serving() -> Iterator[Model]:
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = model.answers(self.path, body, dict(self.headers))
            if reply.status is None:
                return
            try:
                self.send_response(reply.status)
                for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                # the client was killed, or had waited long enough
                pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
