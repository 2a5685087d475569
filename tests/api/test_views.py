"""/api/sft/views: filters and order of a page, under a name."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.error_shape import assert_error
from tests.factories import get_json

API = "/api/sft/views"
QUERY = {"model_name": ["a", "b"], "not_task_type": ["code"], "order": ["newest"]}


def save(client: TestClient, path: str, query: Any = QUERY, **more: Any) -> Any:
    response = client.put(f"{API}/{path}", json={"query": query, **more})
    assert response.status_code == 200, response.text
    return response.json()


def names(client: TestClient) -> list[tuple[str, str]]:
    return [(view["page"], view["name"]) for view in get_json(client, "/views")]


def test_a_view_is_saved_replaced_and_deleted(client: TestClient) -> None:
    assert get_json(client, "/views") == []
    saved = save(client, "review/To do")
    assert saved == {"page": "review", "name": "To do", "query": QUERY, "reviewer": "rowan", "at": saved["at"]}
    assert get_json(client, "/views/review/To do") == saved
    save(client, "decided/To do", {"action": ["flag"]})
    save(client, "review/All", {})
    assert save(client, "review/To do", {"q": ["cat"]})["query"] == {"q": ["cat"]}
    assert names(client) == [("decided", "To do"), ("review", "All"), ("review", "To do")]
    gone = client.delete(f"{API}/review/To do")
    assert (gone.status_code, gone.json()["query"]) == (200, {"q": ["cat"]})
    assert names(client) == [("decided", "To do"), ("review", "All")]


def test_a_view_that_gets_another_name_is_no_longer_under_the_first(client: TestClient) -> None:
    save(client, "review/old")
    save(client, "review/taken")
    save(client, "review/new", renames="old")
    assert names(client) == [("review", "new"), ("review", "taken")]
    body = {"query": QUERY, "renames": "new"}
    assert_error(client.put(f"{API}/review/taken", json=body), 409, "view_exists")
    assert_error(client.put(f"{API}/review/other", json={**body, "renames": "old"}), 404, "unknown_view")
    assert save(client, "review/new", {"q": ["x"]}, renames="new")["query"] == {"q": ["x"]}
    assert names(client) == [("review", "new"), ("review", "taken")]


def test_an_unknown_view_is_named_with_those_that_there_are(client: TestClient) -> None:
    save(client, "review/mine")
    for method in ("get", "delete"):
        body = assert_error(getattr(client, method)(f"{API}/review/yours"), 404, "unknown_view")
        assert "'yours'" in body["detail"]
        assert body["known"] == ["mine"]
    assert "none yet" in assert_error(client.get(f"{API}/decided/mine"), 404, "unknown_view")["detail"]


@pytest.mark.only("sqlite")  # refused before a database is asked
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("review/ a", {"query": {}}),
        (f"review/{'x' * 81}", {"query": {}}),
        ("runs/a", {"query": {}}),
        ("review/a", {}),
        ("review/a", {"query": {"q": "cat"}}),
        ("review/a", {"query": {"q": []}}),
        ("review/a", {"query": {"q": ["x"] * 51}}),
        ("review/a", {"query": {"q": ["\x00"]}}),
        ("review/a", {"query": {}, "colour": "red"}),
    ],
)
def test_what_is_no_view_is_refused(client: TestClient, path: str, body: Any) -> None:
    assert_error(client.put(f"{API}/{path}", json=body), 422, "invalid_request")
