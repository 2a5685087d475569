"""GET and POST /api/sft/exports: datasets that are kept, and downloaded byte for byte again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from avocet.db import Database
from avocet.models import Export
from tests.api.error_shape import assert_error
from tests.factories import RUN, candidate_lines, get_json, import_lines, submit, undo

SPLITS = {"train": 0.5, "test": 0.5}


@pytest.fixture(autouse=True)
def _decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(8))
    for number in range(8):
        submit(client, f"{RUN}/item-{number}", "correct", corrected_response=f"right {number}")


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make(client: TestClient, **recipe: Any) -> Any:
    response = client.post("/api/sft/exports", json={"recipe": recipe})
    assert response.status_code == 201, response.text
    return response.json()


def download(client: TestClient, number: int) -> bytes:
    response = client.get(f"/api/sft/exports/{number}/download")
    assert response.status_code == 200, response.text
    return response.content


@pytest.mark.parametrize("recipe", [{}, {"format": "csv"}, {"format": "hf"}, {"splits": SPLITS}])
def test_is_downloaded_byte_for_byte_whatever_happened_since(client: TestClient, recipe: Any) -> None:
    made = make(client, **recipe)
    assert (made["export_id"], made["reviewer"], made["manifest"]["read"]) == (1, "rowan", 8)
    before = download(client, 1)
    undo(client, f"{RUN}/item-3")
    client.request("DELETE", f"/api/sft/runs/{RUN}", params={"decided_too": True})
    assert download(client, 1) == before
    files = unpacked(before) if made["target"].endswith(".zip") else {made["target"]: before}
    for file in made["manifest"]["files"]:
        assert hashlib.sha256(files[file["name"]]).hexdigest() == file["sha256"]


def test_a_zip_holds_its_manifest_and_no_times(client: TestClient) -> None:
    query = {"format": "llama-factory"}
    first = client.get("/api/sft/export", params=query)
    assert first.headers["content-type"] == "application/zip"
    files = unpacked(first.content)
    assert set(files) == {
        *(
            "avocet_sft.jsonl",
            "README.md",
            "avocet_dpo.jsonl",
            "avocet_kto.jsonl",
            "dataset_info.json",
            "manifest.json",
        )
    }
    assert json.loads(files["manifest.json"])["as_of"]["decision"] == 8
    assert client.get("/api/sft/export", params=query).content == first.content


def test_one_split_is_one_file(client: TestClient) -> None:
    query: dict[str, Any] = {"train": 0.5, "test": 0.5}
    parts = [client.get("/api/sft/export", params={**query, "split": name}) for name in ("train", "test")]
    assert all(part.headers["content-type"] == "application/x-ndjson" for part in parts)
    files = unpacked(client.get("/api/sft/export", params=query).content)
    assert [part.content for part in parts] == [files["train.jsonl"], files["test.jsonl"]]
    assert sum(part.content.count(b"\n") for part in parts) == 8


def test_the_list_leaves_items_to_the_manifest_itself(client: TestClient) -> None:
    make(client)
    make(client, format="trl-kto")
    listed = get_json(client, "/exports")
    assert [(one["export_id"], one["manifest"]["recipe"]["format"]) for one in listed] == [(2, "trl-kto"), (1, "sft")]
    assert listed[0]["manifest"]["items"] == {}
    assert len(get_json(client, "/exports/2/manifest")["items"]["arithmetic"]) == 8


def test_a_past_state_over_http(client: TestClient) -> None:
    before = client.get("/api/sft/export", params={"as_of": 4}).content
    undo(client, f"{RUN}/item-0")
    assert client.get("/api/sft/export", params={"as_of": 4}).content == before
    assert before.count(b"\n") == 4


def test_scratch_is_empty_afterwards(client: TestClient, tmp_path: Path) -> None:
    make(client, format="hf")
    download(client, 1)
    client.get("/api/sft/export", params={"format": "hf"})
    assert list((tmp_path / "data" / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid_request"),
        ({"recipe_name": "a", "recipe": {}}, 422, "invalid_request"),
        ({"recipe_name": "a"}, 404, "unknown_recipe"),
        ({"recipe": {"format": "candidates"}}, 422, "invalid_request"),
        ({"recipe": {"format": "xlsx"}}, 422, "unknown_format"),
        ({"recipe": {"filter": {"run_id": ["gone"]}}}, 422, "unknown_filter_value"),
        ({"recipe": {"splits": {"train": 0.9}}}, 422, "invalid_request"),
        ({"recipe": {"rules": {"everything": True}}}, 422, "invalid_request"),
    ],
)
def test_what_is_refused(client: TestClient, body: Any, status: int, code: str) -> None:
    assert_error(client.post("/api/sft/exports", json=body), status, code)
    assert get_json(client, "/exports") == []


@pytest.mark.parametrize("number", [7, 0, -1, 2**63, 10**30])
@pytest.mark.parametrize("path", ["manifest", "download"])
def test_one_that_was_not_made(client: TestClient, path: str, number: int) -> None:
    assert_error(client.get(f"/api/sft/exports/{number}/{path}"), 404, "unknown_export")


@pytest.mark.parametrize(
    ("format_name", "target", "name"),
    [
        ("sft", "/srv/sets/train.jsonl", "train.jsonl"),
        ("sft", "out/train", "train.jsonl"),
        ("hf", "../hub", "hub.zip"),
        ("openai-chat", "sets/chat.jsonl", "chat.jsonl.zip"),
    ],
)
def test_is_offered_by_its_name_whatever_folder_it_went_to(
    client: TestClient, database: Database, format_name: str, target: str, name: str
) -> None:
    made = make(client, format=format_name)
    with database.write() as connection:
        connection.execute(update(Export).values(target=target))
    response = client.get(f"/api/sft/exports/{made['export_id']}/download")
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
