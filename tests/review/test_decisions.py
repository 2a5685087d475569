"""Many reviewers at once: nothing is lost, and each card is decided once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.errors import AlreadyDecided, NothingToUndo, StaleRevision
from avocet.review import candidates, decisions, entries, stats
from avocet.review.decisions import Submission, Submitted
from tests.factories import RUN, assert_counted, candidate_lines, import_lines, submit

CLIENTS = 8
PATIENCE_S = 60.0


def at_once(work: Callable[[int], None]) -> None:
    """Do the work of every client in its own thread, all beginning together."""
    barrier = threading.Barrier(CLIENTS)

    def begin(client: int) -> None:
        barrier.wait(PATIENCE_S)
        work(client)

    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(begin, client) for client in range(CLIENTS)]:
            done.result(PATIENCE_S)


def test_eight_clients_lose_nothing(database: Database, bench_dir: Path) -> None:
    """Each client decides cards of its own, all in one database."""
    import_lines(database, bench_dir, candidate_lines(CLIENTS * 12))
    acknowledged: dict[str, Submitted] = {}

    def work(client: int) -> None:
        for number in range(client, CLIENTS * 12, CLIENTS):
            candidate_id = f"{RUN}/item-{number}"
            submission = Submission(id=candidate_id, action="correct", corrected_response=f"{client}:{number}")
            acknowledged[candidate_id] = decisions.submit(database, submission, f"client-{client}")

    at_once(work)
    assert len(acknowledged) == CLIENTS * 12
    assert len({done.decision_id for done in acknowledged.values()}) == CLIENTS * 12
    for candidate_id, done in acknowledged.items():
        (entry,) = entries.of(database, candidate_id)
        number = int(candidate_id.rpartition("-")[2])
        assert (entry.decision_id, entry.reviewer) == (done.decision_id, f"client-{number % CLIENTS}")
        assert entry.corrected_response == f"{number % CLIENTS}:{number}"
    assert stats.read(database).export_ready == CLIENTS * 12
    assert_counted(database)


def test_eight_clients_decide_each_card_once(database: Database, bench_dir: Path) -> None:
    """All clients go for the same cards."""
    import_lines(database, bench_dir, candidate_lines(20))
    won: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    lock = threading.Lock()

    def work(client: int) -> None:
        for number in range(20):
            candidate_id = f"{RUN}/item-{number}"
            try:
                decisions.submit(database, Submission(id=candidate_id, action="flag"), f"client-{client}")
            except AlreadyDecided:
                with lock:
                    lost[candidate_id] += 1
            else:
                with lock:
                    won[candidate_id] += 1

    at_once(work)
    assert set(won.values()) == {1}
    assert len(won) == 20
    assert set(lost.values()) == {CLIENTS - 1}
    assert all(len(entries.of(database, candidate_id)) == 1 for candidate_id in won)
    assert_counted(database)


def test_of_eight_revisions_of_one_decision_one_wins(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    card = f"{RUN}/item-0"
    first = decisions.submit(database, Submission(id=card, action="discard"), "first").decision_id
    outcomes: list[str] = []

    def work(client: int) -> None:
        try:
            decisions.submit(database, Submission(id=card, action="flag", revises=first), f"client-{client}")
        except StaleRevision:
            outcomes.append("stale")
        else:
            outcomes.append("taken")

    at_once(work)
    assert Counter(outcomes) == {"taken": 1, "stale": CLIENTS - 1}
    assert len(entries.of(database, card)) == 2
    assert_counted(database)


def test_deciding_and_undoing_at_once_keeps_the_history_whole(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    done: Counter[str] = Counter()
    lock = threading.Lock()

    def work(client: int) -> None:
        for number in range(24):
            card = f"{RUN}/item-{number % 3}"
            try:
                if client % 2:
                    decisions.undo(database, card, f"client-{client}")
                else:
                    decisions.submit(database, Submission(id=card, action="discard"), f"client-{client}")
            except (AlreadyDecided, NothingToUndo):
                continue
            with lock:
                done["undo" if client % 2 else "discard"] += 1

    at_once(work)
    histories = [entries.of(database, f"{RUN}/item-{number}") for number in range(3)]
    assert Counter(entry.action for history in histories for entry in history) == done
    for number, history in enumerate(histories):
        # a discard and its undo take turns, whoever made them
        assert [entry.action for entry in history] == ["discard", "undo"] * (len(history) // 2) + ["discard"] * (
            len(history) % 2
        )
        status = "discarded" if len(history) % 2 else "needs_review"
        assert candidates.get(database, f"{RUN}/item-{number}")["status"] == status
    assert_counted(database)


def test_eight_clients_over_http(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(CLIENTS * 4))
    answered: list[str] = []
    refused: list[int] = []

    def work(number: int) -> None:
        candidates = [f"{RUN}/item-{card}" for card in range(number, CLIENTS * 4, CLIENTS)]
        answered.extend(submit(client, card, "discard", note=f"{number}")["id"] for card in candidates)
        # one card that everybody wants to undo
        response = client.post("/api/sft/undo", json={"id": f"{RUN}/item-0"})
        refused.append(response.status_code)

    at_once(work)
    assert len(set(answered)) == CLIENTS * 4
    assert Counter(refused) == {200: 1, 409: CLIENTS - 1}
    assert stats.read(database).by_status["discarded"] == CLIENTS * 4 - 1
    assert_counted(database)


@pytest.mark.parametrize("reviewer", ["ann", "ä 🦤", "x" * 300])
def test_who_decided_is_kept(database: Database, bench_dir: Path, reviewer: str) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    decisions.submit(database, Submission(id=f"{RUN}/item-0", action="accept"), reviewer)
    decisions.undo(database, f"{RUN}/item-0", "another")
    assert [entry.reviewer for entry in entries.of(database, f"{RUN}/item-0")] == [reviewer, "another"]
