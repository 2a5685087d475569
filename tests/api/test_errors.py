"""Every error of every endpoint has one shape. What each error means is asserted in the endpoint's own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from avocet import errors
from avocet.api import create_app
from avocet.db import Database
from avocet.errors import AvocetError
from avocet.review import decisions
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.factories import RUN, candidate_lines, import_lines

POSTS = ("/import", "/submit", "/undo", "/config", "/ingest")
GETS = ("/runs", "/queue", "/candidates/x", "/candidates/x/history", "/export", "/export/preview", "/stats")
CARD = f"{RUN}/item-0"
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AvocetError)]


@pytest.fixture
def client(settings: Settings, database: Database, bench_dir: Path) -> Iterator[TestClient]:
    """A desk with a secret for ingestion, one decided card and one that waits."""
    import_lines(database, bench_dir, candidate_lines(2))
    decisions.submit(database, decisions.Submission(id=CARD, action="discard"), "rowan")
    settings = settings.model_copy(update={"ingestion_secret": SecretStr("secret")})
    app = create_app(settings, database, index_search=False)
    headers = {"Authorization": "Bearer secret"}
    with TestClient(app, base_url=LOOPBACK, headers=headers, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/queue?page=0", None, 422, "invalid_request"),
        ("GET", "/queue?after=nowhere", None, 422, "invalid_request"),
        ("GET", "/export?format=xlsx", None, 422, "unknown_format"),
        ("GET", "/export?run_id=nowhere", None, 422, "unknown_filter_value"),
        ("GET", "/export/preview?since=soon", None, 422, "unknown_filter_value"),
        ("GET", "/candidates/nowhere", None, 404, "not_found"),
        ("GET", "/candidates/nowhere/history", None, 404, "not_found"),
        ("GET", "/runs/nowhere/rejected", None, 404, "unknown_run"),
        ("GET", "/runs/nowhere/rejected.jsonl", None, 404, "unknown_run"),
        ("POST", "/import", {"run_id": "nowhere"}, 404, "unknown_run"),
        ("POST", "/submit", {"id": CARD, "action": "accept"}, 409, "already_decided"),
        ("POST", "/submit", {"id": CARD, "action": "accept", "revises": 0}, 409, "stale_revision"),
        ("POST", "/submit", {"id": CARD, "action": "correct"}, 422, "blank_correction"),
        ("POST", "/submit", {"id": "nowhere", "action": "accept"}, 404, "not_found"),
        ("POST", "/undo", {"id": "nowhere"}, 404, "not_found"),
        ("POST", "/undo", {"id": f"{RUN}/item-1"}, 409, "nothing_to_undo"),
        ("POST", "/config", {"bench_results_dir": "here"}, 422, "folder_invalid"),
        ("POST", "/ingest", {}, 422, "invalid_request"),
    ],
)
def test_what_each_endpoint_refuses(
    client: TestClient, method: str, path: str, body: Any, status: int, code: str
) -> None:
    assert_error(client.request(method, f"/api/sft{path}", json=body), status, code)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"id": "a', "application/json", 422),
        (b"", "application/json", 422),
        (b"5", "application/json", 422),
        (b"null", "application/json", 422),
        (b'"text"', "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"id": "a"}', "text/plain", 422),
        (b'{"id": "a"}', "application/x-www-form-urlencoded", 422),
        (b'{"id": "a"}', "", 422),
        (b'{"id": "\xff"}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
    ],
    ids=range(11),
)
def test_a_body_that_is_not_the_json_it_should_be(client: TestClient, body: bytes, kind: str, status: int) -> None:
    for path in POSTS:
        response = client.post(f"/api/sft{path}", content=body, headers={"Content-Type": kind})
        told = assert_error(response, status, "invalid_request")
        if status == 422:
            assert all(error.keys() == {"field", "message"} for error in told["errors"])


def test_a_refused_field_is_named(client: TestClient) -> None:
    body = {"id": CARD, "action": "nonsense", "failure_category": 5}
    told = assert_error(client.post("/api/sft/submit", json=body), 422, "invalid_request")
    assert {error["field"] for error in told["errors"]} == {"action", "failure_category"}
    assert "nonsense" not in str(told["errors"])


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/sft", "/api/sft/nothing", "/api/sft/queue/x", "/api/v2/queue"]
)
def test_an_unknown_path_below_api_is_404_and_never_the_page(client: TestClient, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        assert path in assert_error(client.request(method, path), 404, "not_found")["detail"]


def test_another_method_is_405(client: TestClient) -> None:
    wrong = [(path, method) for path in POSTS for method in ("PUT", "DELETE", "PATCH", "GET")]
    wrong += [(path, method) for path in GETS for method in ("POST", "PUT", "DELETE")]
    wrong.remove(("/config", "GET"))
    for path, method in wrong:
        answer = client.request(method, f"/api/sft{path}")
        assert_error(answer, 405, "method_not_allowed")
        taken = answer.headers["allow"].split(", ")
        assert method not in taken
        assert ("POST" if path in POSTS else "GET") in taken


def test_a_page_takes_no_posts(client: TestClient) -> None:
    assert_error(client.post("/"), 405, "method_not_allowed")


def test_a_mistake_of_the_desk_tells_nothing_of_its_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("avocet.review.stats.read", fail)
    response = client.get("/api/sft/stats")
    assert_error(response, 500, "internal_error")
    assert "secret inside" not in response.text


def test_each_kind_becomes_its_status_and_code(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in KINDS:

        def fail(*_arguments: object, kind: type[AvocetError] = kind) -> None:
            raise kind("It went wrong.", known=["a"])

        monkeypatch.setattr("avocet.review.stats.read", fail)
        body = assert_error(client.get("/api/sft/stats"), kind.status, kind.code)
        assert body == {"code": kind.code, "detail": "It went wrong.", "known": ["a"]}


def test_codes_are_told_apart() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS) > 20
    assert all(400 <= kind.status < 600 for kind in KINDS)
