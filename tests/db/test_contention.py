"""A real PostgreSQL that is lost during COMMIT, deadlocks, cancels and refuses; a real process that is stopped."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError

from avocet.api import create_app
from avocet.db import Database, waiting
from avocet.errors import AlreadyDecided, DatabaseBusy, DatabaseUnavailable, DiskFull, OutcomeUnknown
from avocet.models import Candidate, Decision
from avocet.review import bulk, candidates, decisions
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.runs import RunSource, import_run
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.consistency import assert_consistent
from tests.factories import RUN, candidate_line, candidate_lines, import_lines, write_run
from tests.postgresql_proxy import Proxy, proxied
from tests.processes import environment, wait_until

CARD = f"{RUN}/item-0"
DISCARD = Submission(id=CARD, action="discard")


def made(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(Decision)).scalar_one()


def driver_url(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@pytest.fixture
def on_server(database: Database, bench_dir: Path) -> Database:
    """A desk with three cards in a PostgreSQL."""
    import_lines(database, bench_dir, candidate_lines(3))
    return database


@pytest.mark.only("postgresql")
class TestACommitWithoutAnAnswer:
    @pytest.fixture
    def cut(self, on_server: Database, database_url: str) -> Iterator[tuple[Database, Proxy]]:
        with proxied(database_url) as (url, proxy):
            behind = Database(url)
            candidates.get(behind, CARD)
            yield behind, proxy
            behind.close()

    @pytest.mark.parametrize(("where", "stored"), [("before", 0), ("after", 1)])
    def test_is_told_as_such_and_its_key_tells(
        self, cut: tuple[Database, Proxy], on_server: Database, where: Any, stored: int
    ) -> None:
        desk, proxy = cut
        proxy.cut = where
        with pytest.raises(OutcomeUnknown, match="may have been stored") as lost:
            decisions.submit(desk, DISCARD, "rowan", "k")
        assert "Nothing was changed" not in lost.value.detail
        assert (proxy.cuts, made(on_server)) == (1, stored)
        proxy.cut = None
        assert decisions.submit(desk, DISCARD, "rowan", "k").status == "discarded"
        assert made(on_server) == 1
        assert_consistent(on_server)

    def test_over_http_is_503(self, cut: tuple[Database, Proxy], settings: Settings) -> None:
        desk, proxy = cut
        with TestClient(create_app(settings, desk, index_search=False), base_url=LOOPBACK) as client:
            proxy.cut = "after"
            body = {"id": CARD, "action": "discard"}
            assert_error(client.post("/api/sft/submit", json=body), 503, "outcome_unknown")

    def test_of_an_import_says_how_far_it_came(
        self, cut: tuple[Database, Proxy], on_server: Database, tmp_path: Path
    ) -> None:
        desk, proxy = cut
        path = write_run(tmp_path, (candidate_line(n, id=f"more-{n}") for n in range(1_200)), "more")
        source = RunSource(path, "more", "2026-01-02T03:04:05")

        def lose(_: object) -> None:
            proxy.cut = "after"

        with pytest.raises(
            (OutcomeUnknown, DatabaseUnavailable), match="By then 500 cards of 500 items were"
        ) as lost:
            import_run(desk, source, on_progress=lose)
        assert "Nothing was changed" not in lost.value.detail
        assert import_run(on_server, source).read == 1_200
        with on_server.read() as connection:
            assert connection.scalar(select(func.count()).select_from(Candidate)) == 1_203

    def test_lost_before_it_nothing_was_changed(self, on_server: Database) -> None:
        def end_own_connection() -> None:
            with on_server.write() as connection:
                pid = connection.scalar(text("SELECT pg_backend_pid()"))
                with on_server.write() as other:
                    other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
                connection.execute(text("SELECT 1"))

        with pytest.raises(DatabaseUnavailable, match="Nothing was changed"):
            end_own_connection()


@pytest.mark.only("postgresql")
class TestWhatPostgresqlEnds:
    def test_a_deadlock_is_tried_again(self, on_server: Database, database_url: str) -> None:
        """Somebody holds a counter and wants the card; the submit holds the card and wants the counter."""
        deadlocks = 0
        for number in range(3):
            card = f"{RUN}/item-{number}"
            with psycopg.connect(driver_url(database_url)) as other, ThreadPoolExecutor(1) as pool:
                other.execute("SET deadlock_timeout = '20s'")
                other.execute("SELECT 1 FROM counters FOR UPDATE")
                done = pool.submit(decisions.submit, on_server, Submission(id=card, action="discard"), "rowan")
                wait_until(lambda: self._waits(database_url), "the submit to wait")
                try:
                    other.execute("SELECT 1 FROM candidates WHERE id = %s FOR UPDATE", [card])
                    deadlocks += 1
                except psycopg.errors.DeadlockDetected:
                    other.rollback()
                other.commit()
                assert done.result().status == "discarded"
            if deadlocks:
                break
        assert deadlocks
        assert_consistent(on_server)

    @staticmethod
    def _waits(url: str) -> bool:
        with psycopg.connect(driver_url(url)) as looking:
            query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            return bool(looking.execute(query).fetchone()[0])  # type: ignore[index]

    def test_what_it_cancels_is_a_sentence(self, on_server: Database) -> None:
        def sleep() -> None:
            with on_server.write() as connection:
                connection.execute(text("SET LOCAL statement_timeout = '1ms'"))
                connection.execute(text("SELECT pg_sleep(30)"))

        with pytest.raises(DatabaseBusy, match=r"longer than the server allows\. Nothing was changed"):
            sleep()

    def test_waiting_for_a_lock_ends(self, on_server: Database) -> None:
        def wait() -> None:
            with on_server.write() as waiter:
                assert waiter.scalar(text("SHOW lock_timeout")) == f"{waiting.WRITE_WAIT_S}s"
                waiter.execute(text("SET LOCAL lock_timeout = '1ms'"))
                waiter.execute(select(Candidate.seq).with_for_update())

        with on_server.write() as holder:
            holder.execute(select(Candidate.seq).with_for_update())
            with pytest.raises(DatabaseBusy):
                wait()

    def test_two_imports_of_the_same_ids_in_opposite_order(self, on_server: Database, tmp_path: Path) -> None:
        lines = [candidate_line(number, benchmark_run_id=None) for number in range(400, 1400)]
        together = threading.Barrier(2)

        def bring(name: str, order: int) -> int:
            together.wait()
            return import_lines(on_server, tmp_path / name, lines[::order], name).imported

        with ThreadPoolExecutor(2) as pool:
            brought = list(pool.map(bring, ("up", "down"), (1, -1)))
        assert sum(brought) == 1000
        assert_consistent(on_server)


def test_cards_are_numbered_as_the_file_has_them(database: Database, bench_dir: Path) -> None:
    lines = [candidate_line(number) for number in (7, 3, 9, 1)]
    import_lines(database, bench_dir, lines)
    with database.read() as connection:
        assert list(connection.scalars(select(Candidate.id).order_by(Candidate.seq))) == [
            line["id"] for line in lines
        ]


def test_what_a_database_refuses_repeats_no_card(database: Database, bench_dir: Path) -> None:
    secret = "What nobody may read in a log"
    import_lines(database, bench_dir, [candidate_line(model_response=secret)])
    insert = text("INSERT INTO candidates (id, model_response, status) VALUES ('x', :said, :status)")
    with pytest.raises(IntegrityError) as refused, database.write() as connection:
        connection.execute(insert, {"said": secret, "status": "new"})
    told = "".join(traceback.format_exception(refused.value))
    assert "IntegrityError" in told
    assert secret not in told


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WRITE_WAIT_S", 1)


@pytest.mark.only("sqlite")  # writers of PostgreSQL work side by side
class TestAStoppedImporter:
    """SIGSTOP in the middle of a transaction: it holds the write lock, and will not let go of it."""

    @pytest.fixture
    def stopped(self, settings: Settings, database: Database, bench_dir: Path, tmp_path: Path) -> Iterator[Path]:
        import_lines(database, bench_dir, candidate_lines(60))
        write_run(bench_dir, (candidate_line(n, id=f"big-{n}") for n in range(40_000)), "big")
        command = [sys.executable, "-m", "avocet", "import", str(bench_dir / "big")]
        with (tmp_path / "importer.log").open("wb") as log:
            process = subprocess.Popen(command, env=environment(settings), stdout=log, stderr=log)
        try:
            wait_until(lambda: self._stop(process, settings), "the importer to be stopped while it writes")
            yield bench_dir
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()

    @staticmethod
    def _stop(process: subprocess.Popen[bytes], settings: Settings) -> bool:
        """Stop it, and see whether it holds the lock; else let it go on."""
        assert process.poll() is None, "it was faster"
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
        probe = sqlite3.connect(settings.data_dir / "avocet.db", timeout=0, isolation_level=None)
        try:
            probe.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        finally:
            probe.close()
        process.send_signal(signal.SIGCONT)
        return False

    def test_stops_no_reading_and_all_writers_give_up(
        self, stopped: Path, impatient: None, settings: Settings, database: Database
    ) -> None:
        app = create_app(settings, database, index_search=False)
        with TestClient(app, base_url=LOOPBACK) as client, ThreadPoolExecutor(60) as pool:
            bodies = [{"id": f"{RUN}/item-{number}", "action": "discard"} for number in range(60)]
            waiting_ = [pool.submit(client.post, "/api/sft/submit", json=body) for body in bodies]
            for path in ("/queue", "/stats", "/runs", f"/candidates/{CARD}"):
                assert client.get(f"/api/sft{path}").status_code == 200
            for answer in waiting_:
                told = assert_error(answer.result(), 503, "database_busy")
                assert "Nothing was changed" in told["detail"]
        assert made(database) == 0


@pytest.mark.only("sqlite")  # the disk of a PostgreSQL is its server's
class TestAFullDisk:
    def test_says_how_much_of_an_import_came_in(self, database: Database, bench_dir: Path) -> None:
        with database.engine.connect() as connection:
            pages = connection.scalar(text("PRAGMA page_count"))

        @event.listens_for(database.engine, "checkout")
        def _small(driver: sqlite3.Connection, *_: object) -> None:
            driver.execute(f"PRAGMA max_page_count = {(pages or 0) + 400}")

        with pytest.raises(DiskFull) as full:
            import_lines(database, bench_dir, candidate_lines(5_000))
        came_in = re.search(r"By then ([\d,]+) cards of [\d,]+ items were imported; make room", full.value.detail)
        assert came_in, full.value.detail
        with database.read() as connection:
            stored = connection.scalar(select(func.count()).select_from(Candidate))
        assert stored == int(came_in[1].replace(",", "")) > 0
        assert full.value.detail.endswith("Import it again for the rest.")


def test_a_mistake_of_the_desk_promises_nothing(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("after the commit")

    monkeypatch.setattr("avocet.review.decisions.submit", fail)
    app = create_app(settings, database, index_search=False)
    with TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False) as client:
        answer = client.post("/api/sft/submit", json={"id": CARD, "action": "discard"})
    assert "Nothing was changed" not in assert_error(answer, 500, "internal_error")["detail"]


def test_a_bulk_step_beside_submits_and_undos(database: Database, bench_dir: Path) -> None:
    """Whoever comes too late is told; nobody deadlocks, and the counters are right."""
    import_lines(database, bench_dir, candidate_lines(40))
    together = threading.Barrier(3)

    def decide(numbers: range) -> None:
        together.wait()
        for number in numbers:
            try:
                decisions.submit(database, Submission(id=f"{RUN}/item-{number}", action="flag"), "wren")
                decisions.undo(database, f"{RUN}/item-{number}", "wren")
            except AlreadyDecided:
                pass

    def step() -> None:
        together.wait()
        bulk.undo(
            database,
            bulk.decide(database, BulkStep(action="discard", queue=QueueFilter()), "rowan").batch_id,
            "rowan",
        )

    with ThreadPoolExecutor(3) as pool:
        for done in (pool.submit(decide, range(40)), pool.submit(decide, range(39, -1, -1)), pool.submit(step)):
            done.result()
    assert_consistent(database)
