"""avocet sample and avocet samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.review import bulk, search
from avocet.review.bulk_step import BulkStep
from tests.command import Avocet
from tests.factories import RUN, candidate_line, get_json, import_lines, queue_ids, submit
from tests.runs.listed import Listed, import_listed


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path) -> None:
    lines = [candidate_line(n, task_type="ab"[n % 2], source="s", quality_score=n / 10) for n in range(10)]
    import_lines(database, bench_dir, lines)


def test_one_is_drawn_and_grown(avocet: Avocet, client: TestClient) -> None:
    assert avocet.done("sample", "audit", "--size", "4", "--seed", "7") == "audit: 4 cards of 10, 4 to read\n"
    first = queue_ids(client, sample="audit")
    assert avocet.done("sample", "audit", "--size", "6") == "audit: 6 cards of 10, 6 to read\n"
    assert queue_ids(client, sample="audit")[:4] == first
    sample = avocet("sample", "audit", "--size", "6", "--json").json()
    assert sample == get_json(client, "/samples/audit")
    assert (sample["reviewer"], sample["seed"]) == ("rowan", 7)


def test_of_each_task_of_a_filter(avocet: Avocet) -> None:
    options = ("--per", "task", "--per", "model", "--run-id", RUN, "--model-name", "small-model", "--source", "s")
    scores = ("--min-score", "0.2", "--max-score", "0.8", "--outcome", "any")
    sample = avocet("sample", "x", "--size", "2", *options, *scores, "--json").json()
    assert sample["per"] == ["task", "model"]
    assert sample["filter"] == {
        "run_id": RUN,
        "model_name": "small-model",
        "source": "s",
        "min_score": 0.2,
        "max_score": 0.8,
        "outcome": "any",
    }
    assert [(part["members"], part["cards"]) for part in sample["parts"]] == [(2, 4), (2, 3)]


def test_by_text_task_and_shape(avocet: Avocet, database: Database, client: TestClient) -> None:
    search.index_all(database)
    shape = get_json(client, "/queue")["items"][0]["reason_shape"] or "none"
    sample = avocet("sample", "x", "--size", "9", "--text", '"It is 3."', "--task-type", "b", "--json").json()
    assert (sample["cards"], sample["filter"]["q"]) == (1, '"It is 3."')
    assert "nothing to draw" in avocet.refused("sample", "y", "--size", "9", "--shape", f"{shape}x")


def test_any_outcome_without_a_pass_is_told(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    hint = "None of the cards passed: what passed becomes a card only where an import keeps it"
    assert hint in avocet("sample", "any", "--size", "3", "--outcome", "any").err
    assert hint in avocet("sample", "any", "--size", "4").err
    assert avocet("sample", "failed", "--size", "3").err == ""
    import_listed(database, tmp_path, [Listed("1", "passed")], keep={"passed": "all"})
    assert avocet("sample", "both", "--size", "3", "--outcome", "any").err == ""


def test_the_list(avocet: Avocet, client: TestClient, database: Database) -> None:
    assert avocet("samples").err == "No samples yet: avocet sample NAME --size 100.\n"
    ids = queue_ids(client)
    bulk.decide(database, BulkStep(action="discard", ids=tuple(ids[:1])), "rowan")
    said = avocet.done("sample", "audit", "--size", "4")
    assert said == "audit: 4 cards of 9, 4 to read (1 more was decided in bulk and is in no sample)\n"
    in_order = queue_ids(client, sample="audit")
    submit(client, in_order[0], "discard")
    submit(client, in_order[3], "discard")
    lines = [line.split() for line in avocet.done("samples").splitlines()]
    assert lines[1] == ["audit", "4", "1", "2", "2", "9"]
    assert avocet("samples", "--json").json() == get_json(client, "/samples")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--size", "0"), "between 1 and 100,000"),
        (("--size", "3", "--per", "colour"), "task, model or outcome"),
        (("--size", "3", "--outcome", "lost"), "failed, passed"),
        (("--size", "3", "--run-id", "another"), "nothing to draw"),
        (("--size", "3", "--outcome", "passed", "--run-id", "another"), "--keep passed=50"),
    ],
)
def test_what_cannot_be(avocet: Avocet, options: tuple[str, ...], sentence: str) -> None:
    assert sentence in avocet.refused("sample", "x", *options)


def test_one_that_exists_is_not_drawn_anew(avocet: Avocet) -> None:
    avocet.done("sample", "audit", "--size", "4")
    refused = avocet.refused("sample", "audit", "--size", "6", "--per", "task")
    assert refused == (
        "There is a sample 'audit' already. To grow it: avocet sample audit --size NUMBER, with no other option; "
        "else choose another name."
    )
    assert "can only grow" in avocet.refused("sample", "audit", "--size", "3")
