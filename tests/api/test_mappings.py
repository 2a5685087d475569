"""Saved mappings: GET, PUT and DELETE /api/sft/mappings[/{name}]."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.error_shape import assert_error
from tests.factories import get_json

COLUMNS = {"prompt": "question", "response": "answer"}


def save(client: TestClient, name: str, columns: Any = COLUMNS) -> Response:
    return client.put(f"/api/sft/mappings/{name}", json={"columns": columns})


def test_none_at_first(client: TestClient) -> None:
    assert get_json(client, "/mappings") == []


def test_one_that_is_saved_comes_back(client: TestClient) -> None:
    saved = save(client, "ours")
    assert (saved.status_code, saved.json()) == (200, {"name": "ours", "columns": COLUMNS})
    save(client, "a nightly one", {"messages": "turns"})
    assert get_json(client, "/mappings/ours") == saved.json()
    assert get_json(client, "/mappings/a%20nightly%20one")["columns"] == {"messages": "turns"}
    assert [mapping["name"] for mapping in get_json(client, "/mappings")] == ["a nightly one", "ours"]


def test_the_same_name_replaces_it(client: TestClient) -> None:
    save(client, "ours")
    save(client, "ours", {"prompt": "q", "response": "r"})
    assert get_json(client, "/mappings") == [{"name": "ours", "columns": {"prompt": "q", "response": "r"}}]


def test_one_that_is_deleted_is_answered_once_more(client: TestClient) -> None:
    save(client, "ours")
    deleted = client.delete("/api/sft/mappings/ours")
    assert (deleted.status_code, deleted.json()) == (200, {"name": "ours", "columns": COLUMNS})
    assert get_json(client, "/mappings") == []
    assert_error(client.delete("/api/sft/mappings/ours"), 404, "not_found")


def test_one_that_is_not_there_is_told_with_those_that_are(client: TestClient) -> None:
    save(client, "ours")
    error = assert_error(client.get("/api/sft/mappings/theirs"), 404, "not_found")
    assert "ours" in error["detail"]


@pytest.mark.parametrize("name", ["%20", "%20x", "x%20", "x" * 81, "a%2Fb", "%00"])
def test_a_name_that_is_none_is_refused(client: TestClient, name: str) -> None:
    assert save(client, name).status_code in (404, 405, 422)
    assert get_json(client, "/mappings") == []


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"prompt": "q"},
        {"response": "r"},
        {"prompt": "q", "messages": "m", "response": "r"},
        {"prompt": "q", "response": "r", "nonsense": "x"},
        {"prompt": "q", "response": ""},
        {"prompt": "q", "response": 5},
        {"prompt": "q", "response": "\x00"},
        {"prompt": "q", "response": "x" * 1001},
        [],
        None,
    ],
)
def test_a_mapping_that_cannot_be_is_refused(client: TestClient, columns: Any) -> None:
    assert_error(save(client, "ours", columns), 422, "invalid_request")
    assert get_json(client, "/mappings") == []
