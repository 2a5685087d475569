"""openapi.json is what the server says, and holds every route of the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripts.openapi import CONTRACT, contract

from avocet.categories import FAILURE_CATEGORIES

PREFIX = "/api/sft"
ROUTES = (
    ("get", "/runs"),
    ("get", "/desk"),
    ("post", "/import"),
    ("delete", "/runs/{run_id}"),
    ("post", "/runs/{run_id}/restore"),
    ("get", "/runs/{run_id}/rejected"),
    ("get", "/runs/{run_id}/rejected.jsonl"),
    ("post", "/upload"),
    ("get", "/uploads/{upload_id}"),
    ("delete", "/uploads/{upload_id}"),
    ("get", "/jobs"),
    ("post", "/jobs"),
    ("get", "/jobs/{job_id}"),
    ("delete", "/jobs/{job_id}"),
    ("get", "/mappings"),
    ("get", "/mappings/{name}"),
    ("put", "/mappings/{name}"),
    ("delete", "/mappings/{name}"),
    ("get", "/queue"),
    ("post", "/submit"),
    ("post", "/undo"),
    ("get", "/candidates/{candidate_id}"),
    ("get", "/candidates/{candidate_id}/history"),
    ("get", "/export"),
    ("get", "/export/preview"),
    ("get", "/exports"),
    ("post", "/exports"),
    ("get", "/exports/{export_id}/manifest"),
    ("get", "/exports/{export_id}/download"),
    ("get", "/recipes"),
    ("put", "/recipes/{name}"),
    ("delete", "/recipes/{name}"),
    ("get", "/hold-out"),
    ("put", "/hold-out"),
    ("get", "/trainings"),
    ("post", "/trainings"),
    ("get", "/trainings/{name}"),
    ("get", "/trainings/{name}/log"),
    ("get", "/trainings/{name}/report"),
    ("get", "/trainings/{name}/events"),
    ("post", "/trainings/{name}/stop"),
    ("post", "/trainings/{name}/resume"),
    ("get", "/stats"),
    ("get", "/config"),
    ("post", "/config"),
    ("post", "/ingest"),
)


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads(contract())


def test_the_committed_contract_is_the_servers() -> None:
    assert CONTRACT.read_text("utf-8") == contract(), "run: make types"


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda part: str(part))
def test_every_route_of_the_contract_exists(schema: Any, method: str, path: str) -> None:
    assert method in schema["paths"].get(PREFIX + path, {})


def test_an_event_of_the_stream_has_a_shape(schema: Any) -> None:
    """The page's types come from it."""
    (content,) = schema["paths"][PREFIX + "/events"]["get"]["responses"]["200"]["content"].items()
    assert content == ("text/event-stream", {"schema": {"$ref": "#/components/schemas/DeskEvent"}})
    assert "batch_id" in schema["components"]["schemas"]["DecisionNews"]["required"]


def test_every_operation_says_what_it_does(schema: Any) -> None:
    names = []
    for path, operations in schema["paths"].items():
        assert path.startswith(PREFIX)
        for method, operation in operations.items():
            assert operation.get("description"), f"{method} {path} has no docstring"
            names.append(operation["operationId"])
    assert len(names) == len(set(names))


def test_every_error_has_the_one_shape(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    body = response["content"]["application/json"]["schema"]
                    assert body == {"$ref": "#/components/schemas/ErrorBody"}, f"{method} {path} {status}"


def test_outputs_have_no_defaults(schema: Any) -> None:
    """A default would make TypeScript see a key that may be absent."""
    for name in ("SftQueueItem", "QueuePage", "SubmitResponse", "UndoResponse", "RunSummary", "ImportReport"):
        model = schema["components"]["schemas"][name]
        assert set(model["required"]) == set(model["properties"]), name


def test_the_schema_names_the_six_categories(schema: Any) -> None:
    submit = schema["components"]["schemas"]["SubmitRequest"]["properties"]["failure_category"]
    assert [option.get("enum") for option in submit["anyOf"]] == [list(FAILURE_CATEGORIES), None]


def test_a_body_that_cannot_be_read_is_in_the_contract(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                assert "400" in operation["responses"], f"{method} {path}"
