"""Full-text search: what it finds, and how it says how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from avocet import runs
from avocet.db import Database, fulltext
from avocet.review import search
from tests.factories import candidate_line, candidate_lines, import_lines, queue_ids, submit, undo
from tests.indexing import index_state, indexing, wait_until_indexed

TEXTS = {
    "paris": "The capital of France is Paris.",
    "json": 'Sure! {"vendor": "Halden Fasteners", "total": 114.00}',
    "accent": "Café au lait",
    "code": "def add_two(a, b): return a + b",
    "german": "Straße der Republik",
}


@pytest.fixture
def texts(database: Database, bench_dir: Path) -> None:
    lines = [
        candidate_line(
            number, id=name, model_response=text, prompt_messages=[{"role": "user", "content": f"Ask {name}"}]
        )
        for number, (name, text) in enumerate(TEXTS.items())
    ]
    import_lines(database, bench_dir, lines)
    search.index_all(database)


@pytest.mark.usefixtures("texts")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("paris", ["paris"]),
        ("PARIS france", ["paris"]),
        ("paris germany", []),
        ("fra", ["paris"]),
        ("fra ", []),
        ('"capital of France"', ["paris"]),
        ('"France of capital"', []),
        ("halden fast", ["json"]),
        ("straße", ["german"]),
        ("ask", list(TEXTS)),
        ("add one", list(TEXTS)),
        ("???", []),
        ('"', []),
        ("'; DROP TABLE candidates --", []),
        ("NEAR(capital", []),
        ("* OR *", []),
        ("zz:*b & !c", []),
    ],
)
def test_words_are_found(client: TestClient, query: str, found: list[str]) -> None:
    assert queue_ids(client, q=query) == found


@pytest.mark.parametrize("many", [1, 2_000])
def test_few_and_many_are_found_alike(
    client: TestClient, database: Database, bench_dir: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(fulltext, "MANY", many)
    words = ("odd", "even")
    lines = [candidate_line(n, id=str(n), model_response=f"answer {words[n % 2]}") for n in range(9)]
    import_lines(database, bench_dir, lines)
    search.index_all(database)
    submit(client, "2", "discard")
    submit(client, "4", "discard", note="a strange one")
    assert queue_ids(client, q="odd") == ["0", "6", "8"]
    assert queue_ids(client, q="answer odd", order="newest") == ["8", "6", "0"]
    assert sorted(queue_ids(client, q="even", order="random")) == ["1", "3", "5", "7"]
    page = client.get("/api/sft/queue", params={"q": "answer", "per_page": 2, "page": 3}).json()
    assert ([item["id"] for item in page["items"]], page["total"]) == (["6", "7"], 7)
    search.index_all(database)
    decided = client.get("/api/sft/decisions", params={"q": "odd strange"}).json()
    assert ([item["id"] for item in decided["items"]], decided["total"]) == (["4"], 1)


@pytest.mark.parametrize("many", [1, 2_000])
def test_the_total_is_exact_however_many_are_decided_or_taken_back(
    client: TestClient, database: Database, bench_dir: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(fulltext, "MANY", many)
    words = ("odd", "even")
    lines = [candidate_line(n, id=str(n), model_response=f"answer {words[n % 2]}") for n in range(12)]
    import_lines(database, bench_dir, lines[:9], "first")
    import_lines(database, bench_dir, lines[9:], "second")
    search.index_all(database)

    def totals() -> list[int]:
        asked: list[dict[str, Any]] = [{"q": "odd"}, {"q": "odd", "order": "random"}, {"q": "odd", "run_id": "first"}]
        pages = [client.get("/api/sft/queue", params=query).json() for query in asked]
        assert [page["total"] for page in pages] == [len(page["items"]) for page in pages]
        return [page["total"] for page in pages]

    assert totals() == [6, 6, 5]
    runs.take_back(database, "second", "rowan")
    assert totals() == [5, 5, 5]
    for number, action in enumerate(("discard", "flag", "accept", "discard", "discard", "accept", "discard")):
        submit(client, str(number), action)
    assert totals() == [1, 1, 1]
    runs.restore(database, "second")
    undo(client, "4")
    assert totals() == [3, 3, 2]


@pytest.mark.only("sqlite")  # PostgreSQL looks as a part of each statement
@pytest.mark.usefixtures("texts")
def test_a_page_and_its_total_share_one_look(client: TestClient, database: Database) -> None:
    looks: list[str] = []

    def note(*told: Any) -> None:
        looks.extend([told[2]] if " MATCH " in told[2] else [])

    event.listen(database.engine, "before_cursor_execute", note)
    assert queue_ids(client, q="ask paris") == ["paris"]
    assert len(looks) == 1


@pytest.mark.usefixtures("texts")
def test_a_search_says_how_much_is_indexed(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(7), "later")
    body = client.get("/api/sft/queue", params={"q": "paris"}).json()
    assert body["search"] == {"indexed": 5, "total": 12}
    search.index_all(database)
    body = client.get("/api/sft/queue", params={"q": "paris"}).json()
    assert body["search"] == {"indexed": 12, "total": 12}
    assert client.get("/api/sft/queue").json()["search"] is None


def test_the_indexer_catches_up_in_the_background(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(450))
    with indexing(database):
        wait_until_indexed(lambda: index_state(database))
    assert index_state(database) == {"indexed": 450, "total": 450}


def test_indexing_twice_changes_nothing(database: Database, bench_dir: Path, client: TestClient) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    search.index_all(database)
    search.index_all(database)
    assert len(queue_ids(client, q="arithmetic") + queue_ids(client, q="what")) == 3
