"""Two runs of one name that come together are two runs, told apart by their folders (cases: same-name)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet import runs
from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.api.test_jobs import JOBS, ended, start
from tests.factories import candidate_lines, get_json, queue_ids

FOLDER = Path(__file__).parent.parent / "samples/cases/same-name"
KEYS = ["same-name/mon/results.json", "same-name/tue/results.json"]


def drop(client: TestClient, files: dict[str, bytes], **query: Any) -> Any:
    parts = [("files", (name, content)) for name, content in files.items()]
    response = client.post("/api/sft/upload", files=parts, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def folder() -> dict[str, bytes]:
    return {key: (FOLDER.parent / key).read_bytes() for key in KEYS}


def answers(client: TestClient) -> list[str]:
    return sorted(card["model_response"] for card in get_json(client, "/queue")["items"])


def test_each_is_looked_at_and_imported_by_its_own_key(client: TestClient) -> None:
    held = drop(client, folder(), hold=True)
    assert [(run["name"], run["key"]) for run in held["runs"]] == [("results", key) for key in KEYS]
    upload_id = held["upload_id"]
    assert [run["key"] for run in get_json(client, f"/uploads/{upload_id}")["runs"]] == KEYS
    for key, answer in zip(KEYS, ("fifty-six", "57"), strict=True):
        told = ended(client, start(client, kind="preview", upload_id=upload_id, name=key))
        assert (told["job"]["name"], told["result"]["cards"][0]["model_response"]) == (key, answer)
    told = ended(client, start(client, kind="import", upload_id=upload_id, name=KEYS[1]))
    assert answers(client) == ["57"]
    told = ended(client, start(client, kind="import", upload_id=upload_id, name=KEYS[0]))
    assert told["result"]["report"]["run_id"] == "results-2"
    assert answers(client) == ["57", "fifty-six"]
    refused = client.post(JOBS, json={"kind": "import", "upload_id": upload_id, "name": "results"})
    assert (
        "Say which: same-name/mon/results.json, same-name/tue"
        in assert_error(refused, 422, "invalid_request")["detail"]
    )


def test_dropped_again_nothing_is_new(client: TestClient) -> None:
    for imported in (1, 0):
        assert [run["report"]["imported"] for run in drop(client, folder())["runs"]] == [imported, imported]
    assert len(queue_ids(client)) == 2


def test_a_run_alone_keeps_its_name_as_its_key(client: TestClient) -> None:
    held = drop(client, {KEYS[0]: folder()[KEYS[0]]}, hold=True)
    assert held["runs"][0]["key"] == "results"


def nameless(count: int) -> bytes:
    """Lines without an id, in a file that does not say which run it is."""
    lines = candidate_lines(count)
    for line in lines:
        del line["id"], line["benchmark_run_id"]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


@pytest.mark.parametrize("alone_first", [True, False])
def test_files_that_do_not_say_which_run_they_are_are_told_apart_too(client: TestClient, alone_first: bool) -> None:
    both = {"mon/out.jsonl": nameless(2), "tue/out.jsonl": nameless(3)}
    alone = {"out.jsonl": nameless(2)}
    sent = [alone, both, both] if alone_first else [both, alone, both]
    imported = [[run["report"]["imported"] for run in drop(client, files)["runs"]] for files in sent]
    assert imported == ([[2], [0, 3], [0, 0]] if alone_first else [[2, 3], [0], [0, 0]])


def test_a_folder_on_the_disk(database: Database) -> None:
    found = runs.find(FOLDER)
    assert [(one.name, one.label) for one in found] == [
        ("results", "mon/results.json"),
        ("results", "tue/results.json"),
    ]
    reports = [runs.import_run(database, one) for one in found]
    assert [(one.run_id, one.imported) for one in reports] == [("results", 1), ("results-2", 1)]
