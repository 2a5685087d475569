"""Numbers keep their digits from the file to the answer and the export (cases: text/numbers.jsonl)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.factories import candidate_line, get_card, get_json, import_file, import_lines, queue_ids, write_jsonl
from tests.importers.files import SAMPLES

NUMBERS = SAMPLES / "cases/text/numbers.jsonl"
SPELT = [
    "1.0",
    "1.10",
    "114.00",
    "1E5",
    "1e-07",
    "-0.0",
    "9007199254740993",
    "0.1000000000000000055511151231257827",
    "100",
]


def test_numbers_jsonl(client: TestClient, database: Database) -> None:
    import_file(database, NUMBERS)
    texts = {card["id"]: card["texts"]["references"] for card in get_json(client, "/queue")["items"]}
    assert texts == {
        "n1": ["9007199254740993"],
        "n2": ["1.0"],
        "n3": ["[\n  9007199254740993,\n  0.1\n]"],
    }


@pytest.mark.parametrize("spelt", SPELT)
def test_a_number_is_answered_and_exported_as_it_is_spelt(
    client: TestClient, database: Database, tmp_path: Path, spelt: str
) -> None:
    plain = json.dumps(
        candidate_line(id="a", reference=0, scores={"s": 0}, their_own={"n": [0]}, corrected_reference={"r": 0})
    ).replace('"r": 0', f'"r": {spelt}')
    line = plain.replace('"reference": 0', f'"reference": {spelt}').replace('"s": 0', f'"s": {spelt}')
    import_file(database, write_jsonl(tmp_path / "a.jsonl", [line.replace("[0]", f"[{spelt}]")]))
    texts = get_card(client, "a")["texts"]
    assert (texts["references"], texts["scores"][0]["value"]) == ([spelt], spelt)
    exported = client.get("/api/sft/export?format=candidates").text
    for key in ('"reference"', '"s"'):
        assert f"{key}:{spelt}" in exported
    assert f'"n":[{spelt}]' in exported
    assert f'"corrected_reference":{{"r":{spelt}}}' in exported
    sent = ("b.jsonl", line.replace('"a"', '"b"').encode())
    upload = client.post("/api/sft/upload?dry_run=true", files=[("files", sent)])
    (preview,) = upload.json()["runs"][0]["cards"]
    assert preview["texts"]["references"] == [spelt]


def test_what_is_too_large_or_no_number_is_as_before(client: TestClient, database: Database, tmp_path: Path) -> None:
    plain = json.dumps(candidate_line(id="a", reference="?", details={"n": 1.5}))
    lines = [
        plain.replace('"?"', "[1.10, 1e400]"),
        plain.replace('"?"', "[1.10, NaN]").replace('"a"', '"b"'),
        plain.replace('"?"', "[1.10, 123456789012345678901234567890]").replace('"a"', '"c"'),
        plain.replace('"?"', '[1.10, "\\u0000"]').replace('"a"', '"d"'),
    ]
    import_file(database, write_jsonl(tmp_path / "a.jsonl", lines))
    references = [get_card(client, name)["reference"] for name in "abcd"]
    assert references == [[1.1, None], [1.1, None], [1.1, "123456789012345678901234567890"], [1.1, "\ufffd"]]


def test_the_id_of_a_line_without_one_does_not_depend_on_the_spelling(
    client: TestClient, database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    nameless: dict[str, Any] = candidate_line(reference=1.1, scores={"s": 100000.0}, their_own=2.5)
    del nameless["id"]
    import_lines(database, bench_dir, [nameless])
    (before,) = queue_ids(client)
    spelt = json.dumps(nameless).replace("1.1", "1.10").replace("100000.0", "1E5").replace("2.5", "2.50")
    counts = import_file(database, write_jsonl(tmp_path / "again.jsonl", [spelt]))
    assert (counts.imported, counts.skipped) == (0, 1)
    assert queue_ids(client) == [before]
    assert before.startswith("line-")
