"""GET /api/sft/card/others: what other models, epochs and runs answered to the same item."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from avocet import runs
from avocet.db import Database
from avocet.review import others
from avocet.review.shortening import LIST_CHARACTERS
from tests.api.error_shape import assert_error
from tests.factories import candidate_line, export_rows, get_json, import_lines, submit
from tests.importers.files import SAMPLES

OTHER_PROMPT = [{"role": "user", "content": "Asked in other words"}]


def answer(name: str, **changes: Any) -> dict[str, Any]:
    """An answer to the item 7, with a text of its own."""
    return candidate_line(
        7, **{"id": name, "model_response": f"says {name}", "item_id": "7", "harness": "mini", **changes}
    )


def ids(client: TestClient, of: str) -> list[str]:
    return [one["id"] for one in get_json(client, "/card/others", id=of)["items"]]


@pytest.fixture
def answers(database: Database, bench_dir: Path) -> None:
    first = [
        answer("mine"),
        answer("failed", model_name="B", prompt_messages=OTHER_PROMPT),
        answer("read", model_name="B", details={"epoch": 2}),
        answer("passed", model_name=..., model_id="org/c", outcome="passed", quality_score=1.0),
        answer("another task", task_type="spelling"),
        answer("another item", item_id="8"),
        answer("another harness", harness="maxi"),
    ]
    import_lines(database, bench_dir, first, "first")
    import_lines(database, bench_dir, [answer("newest", model_name="D")], "second")


@pytest.mark.usefixtures("answers")
class TestAnItemWithAnId:
    def test_passed_answers_come_first_then_those_found_right_then_the_newest(self, client: TestClient) -> None:
        submit(client, "read", "accept")
        assert ids(client, "mine") == ["passed", "read", "newest", "failed"]
        assert ids(client, "passed") == ["read", "newest", "failed", "mine"]
        assert ids(client, "another task") == ids(client, "another harness") == []

    def test_each_says_whose_it_is_and_what_a_person_said(self, client: TestClient) -> None:
        submit(client, "read", "accept")
        passed, read, *_ = get_json(client, "/card/others", id="mine")["items"]
        assert read == {
            "id": "read",
            "run_id": "first",
            "model_name": "B",
            "epoch": 2,
            "outcome": "failed",
            "status": "approved",
            "verdict": "right",
            "model_response": "says read",
            "shortened": {},
        }
        assert (passed["model_name"], passed["epoch"], passed["verdict"]) == ("org/c", None, None)

    def test_no_verdict_moves_an_answer_on_a_card_of_a_sample(self, client: TestClient) -> None:
        submit(client, "read", "accept")
        assert not get_json(client, "/card/others", id="mine")["is_sampled"]
        assert client.post("/api/sft/samples", json={"name": "s", "size": 20}).status_code == 201
        assert get_json(client, "/card/others", id="mine")["is_sampled"]
        assert ids(client, "mine") == ["passed", "newest", "read", "failed"]

    def test_a_run_that_was_taken_back_has_none(self, client: TestClient, database: Database) -> None:
        runs.take_back(database, "second", "rowan")
        assert "newest" not in ids(client, "mine")

    def test_a_correction_that_starts_from_one_is_chosen_beside_this_answer(self, client: TestClient) -> None:
        (other, *_) = get_json(client, "/card/others", id="mine")["items"]
        submit(client, "mine", "correct", corrected_response=other["model_response"])
        (trl,) = export_rows(client, format="trl-dpo")
        assert [trl["chosen"][0]["content"], trl["rejected"][0]["content"]] == ["says passed", "says mine"]
        good, bad = export_rows(client, format="trl-kto")
        assert [good["completion"][0]["content"], good["label"]] == ["says passed", True]
        assert [bad["completion"][0]["content"], bad["label"]] == ["says mine", False]
        folder = ZipFile(BytesIO(client.get("/api/sft/export", params={"format": "openai-dpo"}).content))
        openai = json.loads(folder.read("data.jsonl"))
        assert openai["preferred_output"][0]["content"] == "says passed"
        assert openai["non_preferred_output"][0]["content"] == "says mine"


def test_without_an_id_the_cards_of_one_prompt_are_of_one_item(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    asked = {"item_id": ..., "task_id": ...}
    lines = [answer("a", **asked), answer("b", **asked), answer("c", **asked, prompt_messages=OTHER_PROMPT)]
    import_lines(database, bench_dir, lines)
    assert ids(client, "a") == ["b"]
    assert ids(client, "c") == []


def test_a_long_name_is_compared_whole(client: TestClient, database: Database, bench_dir: Path) -> None:
    names = {"a": "n" * 100 + "1", "b": "n" * 100 + "2", "c": "n" * 100 + "1"}
    import_lines(database, bench_dir, [answer(card, item_id=name) for card, name in names.items()])
    assert ids(client, "a") == ["c"]


def test_there_are_at_most_twenty_and_only_the_newest_of_very_many_are_looked_at(
    client: TestClient, database: Database, bench_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_lines(database, bench_dir, [answer(f"{number}") for number in range(25)])
    assert ids(client, "24") == [f"{number}" for number in range(23, 3, -1)]
    monkeypatch.setattr(others, "MOST_LOOKED_AT", 3)
    assert ids(client, "0") == ["24", "23", "22"]


def test_a_long_text_is_cut(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [answer("a"), answer("b", model_response="ü" * (LIST_CHARACTERS + 5))])
    (other,) = get_json(client, "/card/others", id="a")["items"]
    assert other["model_response"] == "ü" * LIST_CHARACTERS
    assert other["shortened"] == {"model_response": LIST_CHARACTERS + 5}


def test_an_unknown_card_has_none(client: TestClient) -> None:
    assert_error(client.get("/api/sft/card/others", params={"id": "nowhere"}), 404, "not_found")
    assert_error(client.get("/api/sft/card/others"), 422, "invalid_request")


def test_an_epoch_may_be_in_the_ledger_alone(client: TestClient, database: Database, bench_dir: Path) -> None:
    (sample,) = (SAMPLES / "simple-evals").glob("healthbench_*_allresults.json")
    report = json.loads(sample.read_bytes())
    for each in (report["convos"], report["htmls"], report["metadata"]["example_level_metadata"]):
        each *= 2
    (bench_dir / sample.name).write_text(json.dumps(report))
    (source,) = runs.find(bench_dir)
    runs.import_run(database, source)
    cards = get_json(client, "/queue")["items"]
    found = [get_json(client, "/card/others", id=card["id"])["items"] for card in cards]
    assert [[one["epoch"] for one in answers] for answers in found] == [[3], [4], [0], [1]]
