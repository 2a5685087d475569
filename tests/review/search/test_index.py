"""The index: what it holds, that one bad card costs itself, and that its thread goes on."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from avocet.db import Database
from avocet.errors import DatabaseBusy
from avocet.review import search
from avocet.review.search import index
from avocet.review.search.index import SearchState
from avocet.review.search.words import words
from tests.factories import candidate_line, candidate_lines, import_lines, queue_ids, submit, undo
from tests.indexing import index_state, indexing, wait_until_indexed
from tests.processes import wait_until

CASES = Path(__file__).parents[2] / "samples" / "cases" / "text" / "search.jsonl"
QUERIES = [
    ("首都", ["jp"]),
    ("都", ["jp"]),
    ("中山區", ["zh"]),
    ("中山", ["zh"]),
    ("gen", ["zh"]),
    ("50", ["zh"]),
    ("เมืองหลวง", ["th"]),
    ("👍", ["em"]),
    ("fish", ["nf"]),
    ("ﬁsh", ["nf"]),
    ("ABC", ["nf"]),
    ("ａｂｃ", ["nf"]),
    ("café", ["nf"]),
    ("cafe\u0301", ["nf"]),
    ("CAFÉ", ["nf"]),
    ("Οδυσσεύς", ["tr"]),
    ("ΟΔΥΣΣΕΎΣ", ["tr"]),
    ("οδυσσεύσ", ["tr"]),
    ("istanbul", ["tr"]),
    ("straße", ["tr"]),
    ("都首", []),
    ("T", ["jp", "zh", "th", "em", "nf", "tr"]),
]


@pytest.fixture
def cases(database: Database, bench_dir: Path) -> list[dict[str, Any]]:
    lines = [msgspec.json.decode(line) for line in CASES.read_bytes().splitlines()]
    import_lines(database, bench_dir, lines)
    search.index_all(database)
    return lines


@pytest.mark.usefixtures("cases")
def test_text_search(client: TestClient) -> None:
    """The case of this name: Review, Decided and Export find the same."""
    assert [(query, queue_ids(client, q=query)) for query, _ in QUERIES] == QUERIES
    for line in QUERIES[-1][1]:
        submit(client, line, "accept")
    for query, found in QUERIES:
        assert_decided(client, query, found)


def assert_decided(client: TestClient, query: str, found: list[str]) -> None:
    decided = client.get("/api/sft/decisions", params={"q": query}).json()
    assert sorted(item["id"] for item in decided["items"]) == sorted(found), query
    assert decided["search"] == {"indexed": 6, "total": 6}
    for format_, key in (("sft", "avocet_id"), ("candidates", "id")):
        response = client.get("/api/sft/export", params={"format": format_, "text": query})
        assert [msgspec.json.decode(line)[key] for line in response.text.splitlines()] == found, query
        response = client.get("/api/sft/export", params={"format": format_, "exclude_text": query})
        assert len(response.text.splitlines()) == 6 - len(found), query


@pytest.mark.parametrize("is_indexed", [True, False])
def test_notes_and_corrections_are_searched_as_they_stand(
    client: TestClient, database: Database, bench_dir: Path, is_indexed: bool
) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    search.index_all(database)
    first, second, third = (line["id"] for line in candidate_lines(3))
    submit(client, first, "correct", corrected_response="日本の首都は東京", note="wrong café")
    submit(client, second, "discard", note="首都 only")
    submit(client, third, "accept", note="undone 首都")
    undo(client, third)
    submit(client, second, "flag", note="now a flag", revises=_decision(client, second))
    if is_indexed:
        search.index_all(database)
    for query, found in (
        ("首都", [first]),
        ("東", [first]),
        ("cafe", [first]),
        ('"wrong cafe" is', [first]),
        ("flag 1", [second]),
        ("only", []),
        ('"東京 wrong"', []),
        ("???", []),
    ):
        response = client.get("/api/sft/decisions", params={"q": query})
        assert [item["id"] for item in response.json()["items"]] == found, query
        summary = client.get("/api/sft/decisions/summary", params={"q": query})
        assert summary.json()["total"] == len(found)
    assert queue_ids(client, q="undone") == []
    exported = client.get("/api/sft/export", params={"format": "sft", "text": "東京 cafe"})
    assert [msgspec.json.decode(line)["avocet_id"] for line in exported.text.splitlines()] == [first]


def _decision(client: TestClient, candidate_id: str) -> int:
    found: int = client.get(f"/api/sft/candidates/{candidate_id}/history").json()[-1]["decision_id"]
    return found


def test_a_long_card_of_non_ascii_text_is_found_from_its_start_to_its_end(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    """tsvector is bounded in bytes and positions: one such card ended search for ever."""
    rare = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(60_000))
    spoken = " ".join(f"wörd{number}" for number in range(20_000))
    lines = [
        candidate_line(0, model_response=f"{rare}龘靐終"),
        candidate_line(1, model_response=f"{spoken} the very end"),
        candidate_line(2, model_response="é" * 250_000),
        candidate_line(3, model_response="short 終"),
    ]
    import_lines(database, bench_dir, lines)
    search.index_all(database)
    ids = [line["id"] for line in lines]
    assert queue_ids(client, q="龘靐終") == [ids[0]]
    assert queue_ids(client, q="終") == [ids[0], ids[3]]
    assert queue_ids(client, q='wörd1 "the very end"') == [ids[1]]
    for first in (1_985, 1_999, 2_000, 9_999):
        assert queue_ids(client, q=f'"wörd{first} wörd{first + 1} wörd{first + 2}"') == [ids[1]]
    with database.read() as connection:
        assert search.state(connection) == SearchState(4, 4)


@pytest.fixture
def spoilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """One card's words are what neither database takes."""
    real = words

    def spoil(given: str) -> list[str]:
        return ["\ud800'"] if "spoilt" in given else real(given)

    monkeypatch.setattr(index, "words", spoil)


@pytest.mark.usefixtures("spoilt")
def test_a_bad_card_costs_itself(
    client: TestClient, database: Database, bench_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lines = candidate_lines(5)
    lines[2]["model_response"] = "spoilt and secret"
    import_lines(database, bench_dir, lines)
    with caplog.at_level(logging.ERROR, "avocet"):
        search.index_all(database)
    assert "will not find the card number" in caplog.text
    assert "secret" not in caplog.text
    assert len(queue_ids(client, q="is")) == 4
    with database.read() as connection:
        assert search.state(connection) == SearchState(5, 5)


@pytest.mark.parametrize("error", [RuntimeError("by surprise"), DatabaseBusy("Another program writes.")])
def test_the_indexer_goes_on_after_any_failure(
    database: Database,
    bench_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    real, failures = index.index_cards, [error, error]

    def fail_once(database: Database, after: int) -> int | None:
        if failures:
            raise failures.pop()
        return real(database, after)

    monkeypatch.setattr(index, "index_cards", fail_once)
    monkeypatch.setattr(search.indexer, "IDLE_S", 0.01)
    with indexing(database):
        wait_until_indexed(lambda: index_state(database))
    assert (index_state(database), failures) == ({"indexed": 3, "total": 3}, [])
    assert len([record for record in caplog.records if "the search index" in record.message]) == 1


def test_the_indexer_follows_decisions(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    submit(client, candidate_lines(1)[0]["id"], "discard", note="followed")

    def is_followed() -> bool:
        with database.read() as connection:
            return index.fresh_decisions(connection) == {}

    assert not is_followed()
    with indexing(database):
        wait_until(is_followed, "the decision to be indexed")


def test_an_index_of_the_version_before_is_filled_anew(
    client: TestClient, database: Database, bench_dir: Path, on_postgresql: bool
) -> None:
    """What migration 0005 leaves: an empty index, and how far it is."""
    import_lines(database, bench_dir, candidate_lines(2))
    with database.read() as connection:
        assert search.state(connection) == SearchState(0, 2)
    assert client.get("/api/sft/queue", params={"q": "is"}).json()["search"] == {"indexed": 0, "total": 2}
    search.index_all(database)
    assert len(queue_ids(client, q="is")) == 2
    table = "candidate_search" if on_postgresql else "candidate_search_docsize"
    with database.read() as connection:
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 2
