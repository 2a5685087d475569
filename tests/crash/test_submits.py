"""A server that is killed between two decisions, or serves eight reviewers at once, loses none."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from avocet.db import Database
from avocet.settings import Settings
from tests.consistency import assert_consistent
from tests.factories import candidate_line, candidate_lines, import_lines
from tests.processes import PATIENCE_S, Server, environment, serving, wait_until

CLIENTS = 8
VERDICTS: tuple[dict[str, Any], ...] = (
    {"action": "correct", "corrected_response": "It is so.", "failure_category": "wrong_answer"},
    {"action": "accept"},
    {"action": "discard", "failure_category": "format_error"},
    {"action": "flag", "note": "made up"},
)


class Reviewers:
    """Clients that decide cards until the server is gone, and remember what it acknowledged."""

    def __init__(self, server: Server, cards: int) -> None:
        self._server = server
        self._cards = iter(range(cards))
        self._lock = threading.Lock()
        self.acknowledged: dict[str, dict[str, Any]] = {}

    def review(self) -> None:
        with self._server.client() as client:
            while (number := self._next()) is not None:
                body = {"id": candidate_line(number)["id"], **VERDICTS[number % len(VERDICTS)]}
                try:
                    response = client.post("/api/sft/submit", json=body)
                except httpx2.TransportError:
                    return
                assert response.status_code == 200, response.text
                self.acknowledged[body["id"]] = response.json()

    def _next(self) -> int | None:
        with self._lock:
            return next(self._cards, None)


@pytest.mark.parametrize("after", [1, 150])
def test_a_server_killed_among_submits_loses_no_acknowledged_decision(
    settings: Settings, database: Database, bench_dir: Path, tmp_path: Path, after: int
) -> None:
    import_lines(database, bench_dir, candidate_lines(3000))
    with ThreadPoolExecutor(CLIENTS) as pool, serving(environment(settings), tmp_path / "first.log") as server:
        reviewers = Reviewers(server, 3000)
        running = [pool.submit(reviewers.review) for _ in range(CLIENTS)]
        wait_until(lambda: len(reviewers.acknowledged) >= after, f"{after} decisions")
        assert server.stop(signal.SIGKILL) == -signal.SIGKILL
        for reviewer in running:
            reviewer.result()
    acknowledged = reviewers.acknowledged
    assert after <= len(acknowledged) < 3000, "the server was to die in the middle"
    with serving(environment(settings), tmp_path / "second.log") as server, server.client() as client:
        for card, answer in acknowledged.items():
            (entry,) = client.get(f"/api/sft/candidates/{card}/history").json()
            assert entry["decision_id"] == answer["decision_id"]
            assert (entry["status_after"], entry["failure_category"]) == (
                answer["status"],
                answer["failure_category"],
            )
            assert client.get(f"/api/sft/candidates/{card}").json()["status"] == answer["status"]
        counted = client.get("/api/sft/stats").json()
        decided = counted["total"] - counted["by_status"]["needs_review"]
        # each client may have had one decision under way that was stored and never answered
        assert len(acknowledged) <= decided <= len(acknowledged) + CLIENTS
        client.post("/api/sft/undo", json={"id": next(iter(acknowledged))}).raise_for_status()
    assert_consistent(database)


def test_eight_clients_deciding_at_once_decide_each_card_once(
    settings: Settings, database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    cards = 60
    import_lines(database, bench_dir, candidate_lines(cards))
    start = threading.Barrier(CLIENTS)

    def review(server: Server, client_number: int) -> list[tuple[str, int, dict[str, Any]]]:
        verdict = VERDICTS[client_number % len(VERDICTS)]
        answers = []
        with server.client() as client:
            start.wait(PATIENCE_S)
            for number in range(cards):
                body = {"id": candidate_line(number)["id"], **verdict}
                response = client.post("/api/sft/submit", json=body)
                answers.append((body["id"], response.status_code, response.json()))
        return answers

    with (
        ThreadPoolExecutor(CLIENTS) as pool,
        serving(environment(settings), tmp_path / "server.log") as server,
        server.client() as client,
    ):
        running = [pool.submit(review, server, number) for number in range(CLIENTS)]
        answers = [answer for reviewer in running for answer in reviewer.result()]
        assert Counter(status for _, status, _ in answers) == {200: cards, 409: cards * (CLIENTS - 1)}
        won = {card: answer for card, status, answer in answers if status == 200}
        assert len(won) == cards
        for card, status, answer in answers:
            assert status == 200 or answer["code"] == "already_decided"
            assert answer["status"] == won[card]["status"]
        assert client.get("/api/sft/stats").json()["by_status"]["needs_review"] == 0
        for card, answer in won.items():
            (entry,) = client.get(f"/api/sft/candidates/{card}/history").json()
            assert entry["decision_id"] == answer["decision_id"]
    assert_consistent(database)


def test_eight_clients_working_through_one_queue_lose_nothing(
    settings: Settings, database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    cards = 100
    import_lines(database, bench_dir, candidate_lines(cards))

    def review(server: Server) -> list[str]:
        """Take the head of the queue, as a reviewer without a claim does, until nothing is left."""
        mine = []
        with server.client() as client:
            while items := client.get("/api/sft/queue", params={"per_page": CLIENTS}).json()["items"]:
                for item in items:
                    answer = client.post("/api/sft/submit", json={"id": item["id"], "action": "discard"})
                    if answer.status_code == 200:
                        mine.append(item["id"])
                    else:
                        assert answer.json()["code"] == "already_decided"
        return mine

    with ThreadPoolExecutor(CLIENTS) as pool, serving(environment(settings), tmp_path / "server.log") as server:
        running = [pool.submit(review, server) for _ in range(CLIENTS)]
        decided = [card for reviewer in running for card in reviewer.result()]
    assert len(decided) == len(set(decided)) == cards
    assert_consistent(database)
