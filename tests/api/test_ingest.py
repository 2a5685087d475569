"""POST /api/sft/ingest: another program hands over a finished correction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from avocet.api import create_app
from avocet.db import Database
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.factories import (
    Line,
    assert_counted,
    export_rows,
    get_card,
    get_history,
    get_json,
    queue_ids,
    submit,
    undo,
)

SECRET = {"Authorization": "Bearer a secret"}
BODY: Line = {
    "source": "support-desk",
    "task_type": "reply",
    "prompt": "Where is my parcel?",
    "response": "On the moon.",
    "correction": "On its way: see the link.",
}


@pytest.fixture
def ingesting(settings: Settings, database: Database) -> Iterator[TestClient]:
    settings = settings.model_copy(update={"ingestion_secret": SecretStr("a secret")})
    with TestClient(create_app(settings, database, index_search=False), base_url=LOOPBACK) as client:
        yield client


def post(client: TestClient, key: str | None = None, **changes: Any) -> Response:
    headers = SECRET if key is None else {**SECRET, "Idempotency-Key": key}
    body = {name: value for name, value in {**BODY, **changes}.items() if value is not ...}
    return client.post("/api/sft/ingest", json=body, headers=headers)


def ingest(client: TestClient, key: str | None = None, **changes: Any) -> str:
    response = post(client, key, **changes)
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer == {"ok": True, "id": answer["id"]}
    return str(answer["id"])


class TestSecret:
    def test_without_one_set_ingestion_is_off(self, client: TestClient) -> None:
        response = client.post("/api/sft/ingest", json=BODY, headers=SECRET)
        assert "AVOCET_INGESTION_SECRET" in assert_error(response, 503, "ingestion_unset")["detail"]

    @pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "a secret"])
    def test_without_one_sent_401(self, ingesting: TestClient, header: str | None) -> None:
        headers = {} if header is None else {"Authorization": header}
        assert_error(ingesting.post("/api/sft/ingest", json=BODY, headers=headers), 401, "unauthorized")

    @pytest.mark.parametrize("header", ["Bearer another", "Bearer a secret2", "Bearer A SECRET", "Bearer ä"])
    def test_with_another_403(self, ingesting: TestClient, header: str) -> None:
        headers = {b"Authorization": header.encode("latin-1")}
        assert_error(ingesting.post("/api/sft/ingest", json=BODY, headers=headers), 403, "forbidden")
        assert get_json(ingesting, "/stats")["total"] == 0

    def test_is_asked_for_before_the_body_is_looked_at(self, ingesting: TestClient) -> None:
        assert_error(ingesting.post("/api/sft/ingest", json={}), 401, "unauthorized")

    def test_bearer_in_any_case(self, ingesting: TestClient) -> None:
        response = ingesting.post("/api/sft/ingest", json=BODY, headers={"Authorization": "bearer a secret"})
        assert response.status_code == 200


class TestWhatIsStored:
    def test_a_decided_card_with_a_decision_by_import(self, ingesting: TestClient, database: Database) -> None:
        card_id = ingest(ingesting, failure_category="hallucination", label="order 7")
        card = get_card(ingesting, card_id)
        expected = {
            "status": "approved",
            "source": "support-desk",
            "task_type": "reply",
            "prompt_messages": [{"role": "user", "content": "Where is my parcel?"}],
            "model_response": "On the moon.",
            "corrected_response": "On its way: see the link.",
            "failure_category": "hallucination",
            "label": "order 7",
        }
        assert {name: card[name] for name in expected} == expected
        (entry,) = get_history(ingesting, card_id)
        assert (entry["action"], entry["reviewer"], entry["failure_category"]) == (
            "correct",
            "import",
            "hallucination",
        )
        assert entry["decision_id"] == card["decision_id"]
        (row,) = export_rows(ingesting)
        assert (row["avocet_id"], row["failure_category"]) == (card_id, "hallucination")
        assert queue_ids(ingesting) == []
        assert_counted(database)

    def test_it_can_be_undone_and_decided_again(self, ingesting: TestClient, database: Database) -> None:
        card_id = ingest(ingesting)
        assert undo(ingesting, card_id)["undone"]["corrected_response"] == BODY["correction"]
        assert queue_ids(ingesting) == [card_id]
        submit(ingesting, card_id, "flag")
        assert_counted(database)

    def test_a_prompt_of_messages(self, ingesting: TestClient) -> None:
        messages = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "?"}]
        assert get_card(ingesting, ingest(ingesting, prompt=messages))["prompt_messages"] == messages

    def test_each_source_is_a_run(self, ingesting: TestClient) -> None:
        ingest(ingesting)
        ingest(ingesting, prompt="Another?")
        ingest(ingesting, source="lab")
        runs = {run["run_id"]: run["candidate_count"] for run in get_json(ingesting, "/runs")}
        assert runs == {"ingest-support-desk": 2, "ingest-lab": 1}
        assert len(export_rows(ingesting, run_id="ingest-support-desk")) == 2

    def test_no_category_is_null(self, ingesting: TestClient) -> None:
        ingest(ingesting)
        assert export_rows(ingesting)[0]["failure_category"] is None


class TestOnce:
    def test_the_same_content_is_stored_once(self, ingesting: TestClient, database: Database) -> None:
        assert ingest(ingesting) == ingest(ingesting)
        assert get_json(ingesting, "/stats")["total"] == 1
        assert_counted(database)

    def test_other_content_is_another_card(self, ingesting: TestClient) -> None:
        changes: list[Line] = [
            {},
            {"source": "other"},
            {"task_type": "other"},
            {"prompt": "other"},
            {"response": "other"},
            {"correction": "other"},
            {"failure_category": "wrong_answer"},
            {"label": "other"},
        ]
        assert len({ingest(ingesting, **change) for change in changes}) == len(changes)

    def test_the_same_key_and_content_is_stored_once(self, ingesting: TestClient) -> None:
        assert ingest(ingesting, "k-1", label="a") == ingest(ingesting, "k-1", label="a")
        assert get_json(ingesting, "/stats")["total"] == 1

    def test_another_key_is_another_card_even_with_the_same_content(self, ingesting: TestClient) -> None:
        assert len({ingest(ingesting, "k-1"), ingest(ingesting, "k-2"), ingest(ingesting)}) == 3

    def test_a_key_belongs_to_its_source(self, ingesting: TestClient) -> None:
        assert ingest(ingesting, "k-1") != ingest(ingesting, "k-1", source="other")

    @pytest.mark.parametrize(
        "change",
        [
            {"prompt": "other"},
            {"response": "other"},
            {"correction": "other"},
            {"task_type": "other"},
            {"failure_category": "wrong_answer"},
            {"label": "other"},
        ],
    )
    def test_a_key_used_for_something_else_is_409(self, ingesting: TestClient, change: Line) -> None:
        card_id = ingest(ingesting, "k-1")
        before = get_card(ingesting, card_id)
        assert_error(post(ingesting, "k-1", **change), 409, "idempotency_conflict")
        assert get_card(ingesting, card_id) == before
        assert get_json(ingesting, "/stats")["total"] == 1

    def test_a_repeat_is_answered_after_a_reviewer_changed_the_card(self, ingesting: TestClient) -> None:
        card_id = ingest(ingesting, "k-1")
        submit(ingesting, card_id, "discard", revises=get_card(ingesting, card_id)["decision_id"])
        assert ingest(ingesting, "k-1") == card_id
        assert get_card(ingesting, card_id)["status"] == "discarded"

    def test_an_empty_key_is_no_key(self, ingesting: TestClient) -> None:
        assert ingest(ingesting, "") == ingest(ingesting)
        assert ingest(ingesting, "", prompt="other") != ingest(ingesting, "")


class TestRefused:
    @pytest.mark.parametrize("text", ["", "  \n", "\u200b\u00ad"])
    def test_a_blank_correction(self, ingesting: TestClient, text: str) -> None:
        assert_error(post(ingesting, correction=text), 422, "blank_correction")

    @pytest.mark.only("sqlite")
    @pytest.mark.parametrize(
        "change",
        [
            {"source": ...},
            {"source": ""},
            {"source": "x" * 257},
            {"task_type": ...},
            {"task_type": ""},
            {"prompt": ...},
            {"prompt": ""},
            {"prompt": []},
            {"prompt": ["text"]},
            {"prompt": [{"role": "user"}]},
            {"prompt": [{"role": "nobody", "content": "?"}]},
            {"prompt": [{"role": "user", "content": [{"type": "image_url", "image_url": "http://x"}]}]},
            {"prompt": [{"role": "user", "content": "a\x00"}]},
            {"response": ...},
            {"response": None},
            {"correction": 5},
            {"failure_category": "nonsense"},
            {"failure_category": "uncategorised"},
            {"label": "a\x00b"},
            {"unknown": 1},
        ],
    )
    def test_a_body_of_another_shape(self, ingesting: TestClient, change: Line) -> None:
        assert_error(post(ingesting, **change), 422, "invalid_request")
        assert get_json(ingesting, "/stats")["total"] == 0

    @pytest.mark.parametrize(
        "message", [r'{"role":"user","content":"\ud800"}', r'{"role":"user","content":"x","\udc00":1}']
    )
    def test_half_a_surrogate_pair(self, ingesting: TestClient, message: str) -> None:
        self.refuse_prompt(ingesting, f"[{message}]")

    def test_a_bottomless_message(self, ingesting: TestClient) -> None:
        self.refuse_prompt(ingesting, '[{"role":"user","content":"x","n":' + "[" * 500 + "]" * 500 + "}]")

    def test_a_key_that_is_too_long(self, ingesting: TestClient) -> None:
        assert_error(post(ingesting, "k" * 257), 422, "invalid_request")

    def refuse_prompt(self, ingesting: TestClient, prompt: str) -> None:
        body = json.dumps({**BODY, "prompt": "MARK"}).replace('"MARK"', prompt)
        response = ingesting.post(
            "/api/sft/ingest", content=body, headers={**SECRET, "Content-Type": "application/json"}
        )
        assert_error(response, 422, "invalid_request")
        assert get_json(ingesting, "/stats")["total"] == 0


def test_an_empty_response_is_an_answer(ingesting: TestClient) -> None:
    assert get_card(ingesting, ingest(ingesting, response=""))["model_response"] == ""
