"""Full-text search: what it finds, and how it says how far it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet import search
from avocet.db import Database
from tests.factories import candidate_line, candidate_lines, import_lines, queue_ids

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
    indexer = search.Indexer(database)
    indexer.start()
    try:
        for _ in range(200):
            with database.read() as connection:
                present = search.state(connection)
            if present.indexed == present.total:
                break
            indexer.join(0.05)
    finally:
        indexer.stop()
    assert (present.indexed, present.total) == (450, 450)


def test_indexing_twice_changes_nothing(database: Database, bench_dir: Path, client: TestClient) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    search.index_all(database)
    search.index_all(database)
    assert len(queue_ids(client, q="arithmetic") + queue_ids(client, q="what")) == 3
