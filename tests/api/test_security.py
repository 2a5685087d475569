"""Who may ask: hosts, origins, the token, bounded bodies, the page's policy."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from avocet.api import create_app, security, web
from avocet.api.app import MAX_ERRORS
from avocet.db import Database
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.factories import RUN, candidate_lines, get_json, import_lines

pytestmark = pytest.mark.only("sqlite")

TOKEN = "correct horse/battery+staple="
JSON = {"Content-Type": "application/json"}
BEARER = {b"Authorization": b"Bearer " + TOKEN.encode("latin-1")}


@pytest.fixture
def locked(settings: Settings, database: Database) -> Iterator[TestClient]:
    """A desk with a token, asked without it."""
    settings = settings.model_copy(update={"token": SecretStr(TOKEN), "ingestion_secret": SecretStr("secret")})
    app = create_app(settings, database, index_search=False)
    with TestClient(app, base_url="http://desk.example:8503", follow_redirects=False) as client:
        yield client


class TestHost:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1:8503",
            "127.0.0.1",
            "127.0.0.2:9",
            "localhost:9",
            "LOCALHOST",
            "[::1]:8503",
            "[::1]",
            "localhost:",
        ],
    )
    def test_this_machine_may_ask(self, client: TestClient, host: str) -> None:
        assert client.get("/api/sft/stats", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            *("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8503", "evil.example:127.0.0.1"),
            *("[::1].evil.example", "127.0.0.1:8503.evil.example", "0.0.0.0", "192.168.0.7", "[::2]", ""),
            "localhost@evil.example",
        ],
    )
    def test_a_name_that_a_foreign_dns_may_point_here_is_refused(self, client: TestClient, host: str) -> None:
        for path in ("/", "/api/sft/stats", "/assets/x.js"):
            assert_error(client.get(path, headers={"Host": host}), 403, "forbidden")

    def test_with_the_token_any_name_may_be_used(self, locked: TestClient) -> None:
        assert locked.get("/api/sft/stats", headers=BEARER).status_code == 200


class TestOrigin:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://evil.example"},
            {"Origin": "http://127.0.0.1:8504"},
            {"Origin": "http://127.0.0.1"},
            {"Origin": "http://localhost:8503"},
            {"Origin": "http://127.0.0.1:8503.evil.example"},
            {"Origin": "http://evil.example/127.0.0.1:8503"},
            {"Origin": "null"},
            {"Origin": ""},
            {"Origin": "http://["},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": LOOPBACK, "Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_another_sites_page_changes_nothing(
        self, client: TestClient, database: Database, bench_dir: Path, headers: dict[str, str]
    ) -> None:
        import_lines(database, bench_dir, candidate_lines(1))
        body = {"id": f"{RUN}/item-0", "action": "discard"}
        assert_error(client.post("/api/sft/submit", json=body, headers=headers), 403, "forbidden")
        assert get_json(client, "/queue")["total"] == 1

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": LOOPBACK},
            {"Origin": LOOPBACK, "Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://LOCALHOST:8503", "Host": "localhost:8503"},
            {"Sec-Fetch-Site": "none"},
            {},
        ],
    )
    def test_the_desks_own_page_and_programs_may(self, client: TestClient, headers: dict[str, str]) -> None:
        response = client.post("/api/sft/config", json={"bench_results_dir": None}, headers=headers)
        assert response.status_code == 200

    def test_a_link_from_another_site_may_be_followed(self, client: TestClient) -> None:
        assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200

    def test_no_other_origin_is_let_in_by_cors(self, client: TestClient) -> None:
        headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        for method in ("GET", "OPTIONS"):
            response = client.request(method, "/api/sft/stats", headers=headers)
            assert not [name for name in response.headers if name.startswith("access-control-")]


class TestToken:
    EVERYTHING = (
        *(("GET", path) for path in ("/", "/export", "/assets/x.js", "/favicon.ico", "/api", "/api/sft/nothing")),
        *(
            ("GET", f"/api/sft/{path}")
            for path in ("runs", "queue", "candidates/x", "export", "stats", "config", "openapi.json")
        ),
        *(("POST", f"/api/sft/{path}") for path in ("import", "submit", "undo", "config")),
        *(("HEAD", path) for path in ("/", "/api/sft/stats")),
        *(("OPTIONS", path) for path in ("/", "/api/sft/submit")),
    )

    def test_every_request_needs_it(self, locked: TestClient) -> None:
        for method, path in self.EVERYTHING:
            response = locked.request(method, path)
            if method == "HEAD":
                assert response.status_code == 401
            else:
                assert_error(response, 401, "unauthorized")
        assert_error(locked.get("/api/sft/ingest"), 405, "method_not_allowed")

    @pytest.mark.parametrize(
        "path", ["//api/sft/ingest/..", "/api/sft/ingest/", "/api/sft/ingest/../stats", "/api/sft//ingest"]
    )
    def test_only_the_very_path_of_ingest_has_its_own(self, locked: TestClient, path: str) -> None:
        assert locked.get(path).status_code == 401

    def test_ingest_asks_for_its_own_secret(self, locked: TestClient) -> None:
        body = {"source": "a", "task_type": "b", "prompt": "c", "response": "d", "correction": "e"}
        assert_error(locked.post("/api/sft/ingest", json=body), 401, "unauthorized")
        assert_error(locked.post("/api/sft/ingest", json=body, headers=BEARER), 403, "forbidden")
        secret = {"Authorization": "Bearer secret"}
        assert locked.post("/api/sft/ingest", json=body, headers=secret).status_code == 200
        # and it opens nothing else
        assert_error(locked.get("/api/sft/stats", headers=secret), 401, "unauthorized")

    @pytest.mark.parametrize(
        "headers",
        [
            {"Authorization": "Bearer"},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Basic " + "YTpi"},
            {"Authorization": "correct horse/battery+staple="},
            {"Cookie": "avocet_token="},
            {"Cookie": "avocet_token=wrong"},
            {"Cookie": "avocet_token"},
            {"Cookie": ";;=;\x7f"},
        ],
    )
    def test_a_wrong_one_is_refused(self, locked: TestClient, headers: dict[str, str]) -> None:
        assert_error(locked.get("/api/sft/stats", headers=headers), 401, "unauthorized")

    @pytest.mark.parametrize(
        "query", ["token=", "token", "token=wrong", "Token=x", "token=%FF", "token=wrong&token=worse"]
    )
    def test_a_wrong_one_in_the_address_is_refused(self, locked: TestClient, query: str) -> None:
        assert_error(locked.get(f"/?{query}"), 401, "unauthorized")

    def test_by_bearer(self, locked: TestClient) -> None:
        for headers in (BEARER, {b"Authorization": b"bearer  " + TOKEN.encode("latin-1")}):
            assert locked.get("/api/sft/stats", headers=headers).status_code == 200
        assert locked.get("/", headers=BEARER).status_code == 200
        assert "set-cookie" not in locked.get("/", headers=BEARER).headers

    def test_in_the_address_once_then_by_cookie(self, locked: TestClient) -> None:
        response = locked.get("/corrections", params={"token": TOKEN, "run": "a b", "q": "ü&"})
        assert response.status_code == 303
        assert response.headers["location"] == "/corrections?run=a+b&q=%C3%BC%26"
        assert response.headers["referrer-policy"] == "no-referrer"
        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert locked.get(response.headers["location"]).status_code == 200
        assert locked.get("/api/sft/stats").status_code == 200

    @pytest.mark.parametrize("token", ["plain", TOKEN, 'a;b, c\\d"e', "ключ 🦤", "%41"])
    def test_any_token_survives_the_cookie(self, settings: Settings, database: Database, token: str) -> None:
        settings = settings.model_copy(update={"token": SecretStr(token)})
        with TestClient(create_app(settings, database, index_search=False), base_url=LOOPBACK) as client:
            assert client.get("/api/sft/stats", params={"token": token}).status_code == 200
            assert client.get("/api/sft/stats").status_code == 200
            assert len(client.cookies) == 1

    @pytest.mark.parametrize(
        "path", ["//evil.example/x", "/%2F%2Fevil.example", "/%5Cevil.example", "/\\evil.example"]
    )
    def test_the_redirect_never_leaves_the_desk(self, locked: TestClient, path: str) -> None:
        response = locked.request("GET", f"http://desk.example:8503{path}", params={"token": TOKEN})
        assert response.status_code == 303
        assert re.match(r"/(?![/\\])", response.headers["location"])

    def test_no_token_is_needed_where_none_is_set(self, client: TestClient) -> None:
        assert client.get("/api/sft/stats?token=x").status_code == 200

    def test_the_origin_is_still_looked_at(self, locked: TestClient) -> None:
        locked.get("/", params={"token": TOKEN})
        headers = {"Origin": "http://evil.example"}
        assert_error(locked.post("/api/sft/undo", json={"id": "a"}, headers=headers), 403, "forbidden")


class TestGuesses:
    """Whoever gives wrong secrets waits, longer each time, and nobody else does."""

    @pytest.fixture
    def paused(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """How long was to be waited; nobody does."""
        paused: list[float] = []

        async def pause(seconds: float) -> None:
            paused.append(seconds)

        monkeypatch.setattr(asyncio, "sleep", pause)
        return paused

    def test_each_wrong_one_costs_more(self, locked: TestClient, paused: list[float]) -> None:
        for number in range(8):
            assert locked.get("/api/sft/stats", headers={"Authorization": f"Bearer {number}"}).status_code == 401
        assert paused[0] == security.FIRST_WAIT_S
        assert paused == sorted(paused)
        assert paused[-1] == security.LONGEST_WAIT_S

    @pytest.mark.parametrize("given", ["/?token=wrong", "cookie", "ingest"])
    def test_wherever_it_is_given(self, locked: TestClient, paused: list[float], given: str) -> None:
        if given == "ingest":
            response = locked.post("/api/sft/ingest", headers={"Authorization": "Bearer wrong"})
        elif given == "cookie":
            response = locked.get("/", headers={"Cookie": "avocet_token=wrong"})
        else:
            response = locked.get(given)
        assert response.status_code in (401, 403)
        assert len(paused) == 1

    def test_the_right_one_and_none_at_all_cost_nothing(self, locked: TestClient, paused: list[float]) -> None:
        assert locked.get("/api/sft/stats").status_code == 401
        assert locked.get("/api/sft/stats", headers=BEARER).status_code == 200
        assert paused == []

    def test_nobody_waits_for_one_who_guesses(self, settings: Settings, database: Database) -> None:
        """While a wrong one waits, the right one is answered."""
        settings = settings.model_copy(update={"token": SecretStr(TOKEN)})

        async def ask_both() -> list[int]:
            waits, goes_on = asyncio.Event(), asyncio.Event()

            async def pause(_seconds: float) -> None:
                waits.set()
                await goes_on.wait()

            app = security.Guard(create_app(settings, database, index_search=False), settings.token, pause=pause)
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url=LOOPBACK) as client:
                wrong = asyncio.create_task(client.get("/api/sft/stats?token=wrong"))
                await waits.wait()
                right = await client.get("/api/sft/stats", headers={"Authorization": f"Bearer {TOKEN}"})
                assert not wrong.done()
                goes_on.set()
                return [right.status_code, (await wrong).status_code]

        assert asyncio.run(ask_both()) == [200, 401]

    def test_of_very_many_addresses_the_first_are_forgotten(self) -> None:
        async def nothing(_seconds: float) -> None:
            return

        async def guess() -> int:
            guesses = security.Guesses(nothing)
            for number in range(security.MAX_ADDRESSES + 10):
                await guesses.wait({"client": (str(number), 1)})
            return len(guesses._wrong)

        assert asyncio.run(guess()) == security.MAX_ADDRESSES


class TestBeforeTheBody:
    @pytest.mark.parametrize(("headers", "status"), [({}, 401), ({"Authorization": "Bearer wrong"}, 403)])
    def test_ingest_reads_nothing_without_its_secret(
        self, locked: TestClient, headers: dict[str, str], status: int
    ) -> None:
        async def ask() -> int:
            async def receive() -> Any:
                raise AssertionError("the body was read")

            sent: list[Any] = []

            async def send(message: Any) -> None:
                sent.append(message)

            raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            scope = {
                "type": "http",
                "method": "POST",
                "path": "/api/sft/ingest",
                "query_string": b"",
                "headers": [(b"host", b"localhost"), *raw],
                "client": ("127.0.0.1", 1),
            }
            await locked.app(scope, receive, send)
            return int(sent[0]["status"])

        assert asyncio.run(ask()) == status

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("submit", {"id": "x", "action": "discard", **{f"key{number}": 1 for number in range(50_000)}}),
            ("submit", {"id": "x", "action": "discard", **{f"key{number}": 1 for number in range(150)}}),
            ("submit", {"id": "x", "action": "discard", "y" * 100_000: 1}),
            ("bulk", {"ids": [1] * 900, "action": "discard"}),
            ("pattern-marks", {"response": "", "missing": [1] * 40, "forbidden": [{}] * 40}),
            ("recipes/x", {"filter": {"run_id": [1] * 50_000}}),
        ],
    )
    def test_the_errors_of_a_request_are_few_and_short(self, client: TestClient, path: str, body: Any) -> None:
        method = "PUT" if path.startswith("recipes") else "POST"
        answer = client.request(method, f"/api/sft/{path}", json=body)
        assert answer.status_code == 422
        assert 0 < len(answer.json()["errors"]) <= MAX_ERRORS
        assert len(answer.content) < 20_000

    def test_it_says_how_many_more_there_are(self, client: TestClient) -> None:
        body = {"id": "x", "action": "discard", **{f"key{number}": 1 for number in range(100)}}
        assert client.post("/api/sft/submit", json=body).json()["detail"].endswith("; and 80 more.")


class TestBodyLimit:
    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(security, "MAX_BODY_BYTES", 1000)

    def test_a_body_that_says_it_is_too_large(self, client: TestClient) -> None:
        assert_error(client.post("/api/sft/undo", json={"id": "x" * 1000}), 413, "too_large")

    def test_one_that_only_turns_out_to_be(self, client: TestClient) -> None:
        def chunks() -> Iterator[bytes]:
            yield b'{"id": "'
            for _ in range(100):
                yield b"x" * 100

        assert_error(client.post("/api/sft/undo", content=chunks(), headers=JSON), 413, "too_large")

    def test_one_that_says_too_little(self, client: TestClient) -> None:
        headers = {**JSON, "Content-Length": "10"}
        response = client.post("/api/sft/undo", content=b'{"id": "' + b"x" * 2000 + b'"}', headers=headers)
        assert_error(response, 413, "too_large")

    def test_one_that_fits(self, client: TestClient) -> None:
        assert_error(client.post("/api/sft/undo", json={"id": "x" * 900}), 404, "not_found")


class TestPagePolicy:
    def test_nothing_is_fetched_from_elsewhere(self, client: TestClient) -> None:
        policy = dict(part.split(" ", 1) for part in client.get("/").headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        for name, sources in policy.items():
            allowed = {"'self'", "'none'"} | ({"data:"} if name == "img-src" else set())
            assert {source for source in sources.split() if not source.startswith("'nonce-")} <= allowed
            assert "unsafe" not in sources
            assert "nonce" not in sources or name == "style-src"

    def test_the_nonce_is_the_pages_own_and_new_each_time(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "index.html").write_text(f'<meta property="csp-nonce" nonce="{web.NONCE_MARK}">')
        monkeypatch.setattr(web, "STATIC", tmp_path)
        nonces = set()
        for _ in range(3):
            response = client.get("/")
            (nonce,) = re.findall(r"'nonce-([\w-]{16,})'", response.headers["content-security-policy"])
            assert f'nonce="{nonce}"' in response.text
            assert web.NONCE_MARK not in response.text
            assert response.headers["cache-control"] == "no-store"
            nonces.add(nonce)
        assert len(nonces) == 3

    @pytest.mark.parametrize("path", ["/", "/corrections", "/api/sft/stats", "/api/sft/nothing"])
    def test_answers_are_never_sniffed(self, client: TestClient, path: str) -> None:
        assert client.get(path).headers["x-content-type-options"] == "nosniff"
