"""A request that comes again with its Idempotency-Key is done once and answered as the first time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from avocet.db import Database, time_text
from avocet.errors import AlreadyDecided, IdempotencyConflict
from avocet.models import Decision, IdempotencyKey
from avocet.review import bulk, decisions, idempotency
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from tests.api.error_shape import assert_error
from tests.consistency import assert_consistent
from tests.factories import RUN, candidate_lines, get_history, import_lines

CARD, OTHER = f"{RUN}/item-0", f"{RUN}/item-1"
DISCARD = Submission(id=CARD, action="discard", note="made up")


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(3))


def made(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(Decision)).scalar_one()


def keys(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.scalars(select(IdempotencyKey.key)))


def age(database: Database, key: str, hours: int) -> None:
    with database.write() as connection:
        then = time_text(datetime.now(UTC) - timedelta(hours=hours))
        connection.execute(update(IdempotencyKey).where(IdempotencyKey.key == key).values(at=then))


class TestTheFirstAnswer:
    def test_of_a_submit(self, database: Database) -> None:
        first = decisions.submit(database, DISCARD, "rowan", "k")
        assert decisions.submit(database, DISCARD, "rowan", "k") == first
        assert made(database) == 1
        assert_consistent(database)

    def test_of_an_undo(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan")
        first = decisions.undo(database, CARD, "rowan", key="k")
        assert first.undone.note == "made up"
        assert decisions.undo(database, CARD, "rowan", key="k") == first
        assert made(database) == 2

    def test_of_a_bulk_step_and_its_undo(self, database: Database) -> None:
        step = BulkStep(action="flag", queue=QueueFilter(), expected=3)
        first = bulk.decide(database, step, "rowan", "k")
        assert bulk.decide(database, step, "rowan", "k") == first
        undone = bulk.undo(database, first.batch_id, "rowan", "u")
        assert bulk.undo(database, first.batch_id, "rowan", "u") == undone == bulk.BulkUndone(3, 0)
        assert made(database) == 6
        assert_consistent(database)

    def test_is_given_after_the_card_was_decided_anew(self, database: Database) -> None:
        first = decisions.submit(database, DISCARD, "rowan", "k")
        decisions.undo(database, CARD, "wren")
        assert decisions.submit(database, DISCARD, "rowan", "k") == first
        assert made(database) == 2

    def test_to_all_of_eight_that_come_at_once(self, database: Database) -> None:
        together = threading.Barrier(8)

        def send(_: int) -> decisions.Submitted:
            together.wait()
            return decisions.submit(database, DISCARD, "rowan", "k")

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(send, range(8)))) == 1
        assert made(database) == 1


class TestNotKept:
    def test_a_refusal(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "wren")
        with pytest.raises(AlreadyDecided):
            decisions.submit(database, DISCARD, "rowan", "k")
        assert keys(database) == set()
        decisions.undo(database, CARD, "wren")
        assert decisions.submit(database, DISCARD, "rowan", "k").status == "discarded"

    def test_longer_than_two_days(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan", "k")
        age(database, "k", idempotency.KEPT_H + 1)
        with pytest.raises(AlreadyDecided):
            decisions.submit(database, DISCARD, "rowan", "k")
        decisions.undo(database, CARD, "rowan")
        decisions.submit(database, DISCARD, "rowan", "k")
        assert made(database) == 3

    def test_what_is_too_old_goes_with_what_is_new(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan", "old")
        decisions.submit(database, Submission(id=OTHER, action="flag"), "rowan", "young")
        age(database, "old", idempotency.KEPT_H + 1)
        age(database, "young", idempotency.KEPT_H - 1)
        decisions.undo(database, CARD, "rowan", key="new")
        assert keys(database) == {"young", "new"}


class TestConflict:
    def test_another_body(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan", "k")
        with pytest.raises(IdempotencyConflict, match=r"another request\. Nothing was changed"):
            decisions.submit(database, Submission(id=OTHER, action="discard"), "rowan", "k")
        assert made(database) == 1

    def test_another_route(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan", "k")
        with pytest.raises(IdempotencyConflict):
            decisions.undo(database, CARD, "rowan", key="k")

    def test_a_key_belongs_to_its_reviewer(self, database: Database) -> None:
        decisions.submit(database, DISCARD, "rowan", "k")
        decisions.submit(database, Submission(id=OTHER, action="flag"), "wren", "k")
        assert made(database) == 2


class TestOverHttp:
    @pytest.fixture
    def post(self, client: TestClient) -> Any:
        def send(path: str, body: object, key: str = "k") -> Any:
            return client.post(f"/api/sft{path}", json=body, headers={"Idempotency-Key": key})

        return send

    def test_each_route_takes_it(self, post: Any, client: TestClient) -> None:
        submitted = {"id": CARD, "action": "discard"}
        step = {"action": "flag", "queue": {}}
        batch = post("/bulk", {**step, "queue": {"run_id": RUN}, "dry_run": True}, "dry").json()
        assert batch == {"ok": True, "batch_id": None, "count": 3, "verdicts": []}
        for key, path, body in (
            ("a", "/submit", submitted),
            ("b", "/undo", {"id": CARD}),
            ("c", "/bulk", step),
        ):
            first = post(path, body, key)
            assert first.status_code == 200, first.text
            assert post(path, body, key).content == first.content
        undo = f"/bulk/{first.json()['batch_id']}/undo"
        assert post(undo, None, "d").content == post(undo, None, "d").content
        assert [entry["action"] for entry in get_history(client, CARD)] == ["discard", "undo", "flag", "undo"]

    def test_another_body_is_409(self, post: Any) -> None:
        post("/submit", {"id": CARD, "action": "discard"})
        assert_error(post("/submit", {"id": CARD, "action": "flag"}), 409, "idempotency_conflict")

    @pytest.mark.parametrize("key", ["", "x" * 257])
    def test_of_1_to_256_characters(self, post: Any, key: str) -> None:
        told = assert_error(post("/submit", {"id": CARD, "action": "discard"}, key), 422, "invalid_request")
        assert [error["field"] for error in told["errors"]] == ["Idempotency-Key"]
        assert post("/submit", {"id": CARD, "action": "discard"}, "x" * 256).status_code == 200
