"""The name under which a page decides: the header `Avocet-Reviewer`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from avocet.api import create_app
from avocet.db import Database
from avocet.settings import Settings
from tests.factories import candidate_lines, import_lines, queue_ids

LOOPBACK = "http://127.0.0.1:8503"


@pytest.fixture
def card(database: Database, bench_dir: Path, client: TestClient) -> str:
    import_lines(database, bench_dir, candidate_lines(1))
    return queue_ids(client)[0]


def named(name: str) -> dict[str, str]:
    return {"Avocet-Reviewer": quote(name)}


def test_a_decision_is_stored_under_the_name_that_the_page_gives(client: TestClient, card: str) -> None:
    body = {"id": card, "action": "discard"}
    assert client.post("/api/sft/submit", json=body, headers=named(" Zoe\u0308 李 ")).status_code == 200
    (entry,) = client.get(f"/api/sft/candidates/{card}/history").json()
    assert entry["reviewer"] == "Zoë 李"
    config = client.get("/api/sft/config", headers=named("Zoë 李")).json()
    assert (config["reviewer"], config["usual_reviewer"], config["takes_name"]) == ("Zoë 李", "rowan", True)
    assert client.get("/api/sft/config").json()["reviewer"] == "rowan"
    assert client.get("/api/sft/decisions", params={"reviewer": "Zoë 李"}).json()["total"] == 1


@pytest.mark.parametrize("sent", ["", "%20", "a%00b", "a%0Ab", "a%E2%80%AEb", "%FF", "Zoë", "x" * 81, "import"])
def test_a_name_that_is_blank_invisible_too_long_or_reserved_is_refused(
    client: TestClient, card: str, sent: str
) -> None:
    body = {"id": card, "action": "discard"}
    response = client.post("/api/sft/submit", json=body, headers={b"Avocet-Reviewer": sent.encode()})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert client.get(f"/api/sft/candidates/{card}/history").json() == []


def test_behind_a_token_nobody_takes_another_name(settings: Settings, database: Database) -> None:
    settings = settings.model_copy(update={"token": SecretStr("sixteen-characters-or-more")})
    headers = {"Authorization": "Bearer sixteen-characters-or-more", **named("wren")}
    with TestClient(create_app(settings, database, index_search=False), base_url=LOOPBACK) as client:
        config = client.get("/api/sft/config", headers=headers).json()
    assert (config["reviewer"], config["takes_name"]) == ("rowan", False)
