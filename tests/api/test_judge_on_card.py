"""What a judge said of an answer stands on its card, but not where it would sway the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.factories import candidate_line, get_card, get_json, import_lines, queue_ids, submit, undo

JUDGE = {"model": "org/judge", "verdict": "failed", "reason": "Off by one.", "prompt": "9b1c"}
TOLD = {"name": "Judge", "value": "org/judge: failed. Off by one."}


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path) -> None:
    lines = [
        candidate_line(0, details={"judge": JUDGE, "finish_reason": "stop"}),
        candidate_line(1, details={"judge": JUDGE}),
        candidate_line(2, details={"judge": JUDGE}, outcome="passed"),
    ]
    import_lines(database, bench_dir, lines)


def is_shown(card: dict[str, object]) -> bool:
    """Whether the judge is anywhere on a card: it is told in words and in the details, or in neither."""
    assert ("org/judge" in str(card["texts"])) == ("org/judge" in str(card["details"]))
    return "org/judge" in str(card)


def test_it_is_told_where_the_other_details_are(client: TestClient) -> None:
    first, second = queue_ids(client)
    card = get_card(client, first)
    assert card["details"] == {"judge": JUDGE, "finish_reason": "stop"}
    assert TOLD in card["texts"]["facts"]
    assert is_shown(get_card(client, second))


def test_on_a_card_of_a_sample_it_waits_for_the_decision(client: TestClient) -> None:
    first, second = queue_ids(client)
    assert client.post("/api/sft/samples", json={"name": "s", "size": 2, "seed": 1}).status_code == 201
    found = [*get_json(client, "/queue", sample="s")["items"], *get_json(client, "/queue")["items"]]
    assert [is_shown(card) for card in (*found, get_card(client, first))] == [False] * 5
    assert get_card(client, first)["details"] == {"finish_reason": "stop"}
    assert get_card(client, second)["details"] is None
    submit(client, first, "discard")
    assert is_shown(get_card(client, first))
    undo(client, first)
    assert not is_shown(get_card(client, first))
    # what the desk keeps is whole
    assert b"org/judge" in client.get("/api/sft/export", params={"format": "candidates"}).content


def test_on_a_pass_it_waits_for_the_decision(client: TestClient) -> None:
    [card] = get_json(client, "/queue", outcome="passed")["items"]
    assert not is_shown(card)
    submit(client, card["id"], "accept")
    assert is_shown(get_card(client, card["id"]))
