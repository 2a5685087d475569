"""Lists hold the start of a long text; the card, and its history asked for one decision, hold it whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.review.shortening import LIST_CHARACTERS
from tests.factories import RUN, candidate_line, get_card, get_history, get_json, import_lines, submit

CARD = f"{RUN}/item-0"
LONG = "Ü" * (LIST_CHARACTERS + 1)
SHORT = "Ü" * LIST_CHARACTERS


def test_lists_hold_their_start_and_length(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(model_response="a" * 20_000)])
    first = submit(client, CARD, "correct", corrected_response=LONG, note=LONG)["decision_id"]
    submit(client, CARD, "correct", corrected_response=SHORT, note="short", revises=first)

    (decided,) = get_json(client, "/decisions")["items"]
    assert decided["shortened"] == {"model_response": 20_000}
    assert (decided["corrected_response"], decided["note"]) == (SHORT, "short")
    assert decided["model_response"] == "a" * LIST_CHARACTERS

    long, short = get_history(client, CARD)
    assert long["shortened"] == {"corrected_response": LIST_CHARACTERS + 1, "note": LIST_CHARACTERS + 1}
    assert long["corrected_response"] == long["note"] == SHORT
    assert (short["shortened"], short["corrected_response"]) == ({}, SHORT)


def test_the_card_and_the_one_decision_hold_it_whole(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line()])
    number = submit(client, CARD, "correct", corrected_response=LONG)["decision_id"]
    assert get_card(client, CARD)["corrected_response"] == LONG
    (whole,) = get_json(client, f"/candidates/{CARD}/history", decision_id=number)
    assert (whole["corrected_response"], whole["shortened"], whole["undone"]) == (LONG, {}, False)
    assert get_json(client, f"/candidates/{CARD}/history", decision_id=number + 1) == []


@pytest.mark.parametrize("odd", ["..", "a/history", "a/../b", "line\nend", "a?b#c"])
def test_so_it_is_for_ids_that_no_path_reaches(
    client: TestClient, database: Database, bench_dir: Path, odd: str
) -> None:
    import_lines(database, bench_dir, [candidate_line(id=odd)])
    number = submit(client, odd, "correct", corrected_response=LONG, note=LONG)["decision_id"]
    (listed,) = get_json(client, "/card/history", id=odd)
    assert listed["shortened"] == {"corrected_response": LIST_CHARACTERS + 1, "note": LIST_CHARACTERS + 1}
    assert listed["corrected_response"] == listed["note"] == SHORT
    (whole,) = get_json(client, "/card/history", id=odd, decision_id=number)
    assert (whole["corrected_response"], whole["note"], whole["shortened"]) == (LONG, LONG, {})
    assert get_json(client, "/card/history", id=odd, decision_id=number + 1) == []
