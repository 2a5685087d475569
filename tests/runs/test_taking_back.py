"""A run is taken back and brought back: hidden from every list, deleted nowhere."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from avocet import exports, runs
from avocet.db import Database
from avocet.errors import (
    AlreadyDecided,
    AlreadyImporting,
    AvocetError,
    Cancelled,
    NothingMatches,
    NothingToHide,
    NothingToRestore,
    NothingToUndo,
    StaleRevision,
    TakenBack,
    UnknownFilterValue,
    UnknownRun,
)
from avocet.exports import ExportFilter, Recipe
from avocet.models import HIDDEN, Candidate, Decision, Removal, Run
from avocet.review import bulk, candidates, counters, decisions, entries, history, queue, search, stats
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter
from avocet.runs import ImportReport, Progress, RunSource, import_run, ingest
from avocet.runs.batches import BATCH_ROWS
from avocet.runs.importing import BROUGHT_BACK
from avocet.runs.sorting import STAYS_HIDDEN
from tests.consistency import assert_consistent
from tests.factories import RUN, Line, assert_counted, candidate_line, candidate_lines, write_run

LINES: list[Line] = [
    candidate_line(0),
    candidate_line(1),
    candidate_line(2, corrected_response="a draft", failure_category="partial_answer", note="brought"),
    candidate_line(3, status="approved", corrected_response="early", failure_category="wrong_answer"),
    candidate_line(4, status="discarded", model_name=None, task_type=None),
    candidate_line(5),
]
IDS = [line["id"] for line in LINES]
WAITING = [IDS[1], IDS[2]]
DECIDED = [IDS[0], IDS[3], IDS[4], IDS[5]]


def import_into(database: Database, folder: Path, lines: list[Line], name: str = RUN, **how: Any) -> ImportReport:
    return import_run(database, RunSource(write_run(folder, lines, name), name, "2026-01-02T03:04:05"), **how)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Database:
    """A run with two cards that wait and four that were decided in every way, and another run of one card."""
    import_into(database, tmp_path, LINES)
    import_into(database, tmp_path, [candidate_line(9)], "other")
    for candidate_id in (IDS[0], IDS[1]):
        decisions.submit(database, Submission(id=candidate_id, action="flag", note="why"), "ann")
    decisions.undo(database, IDS[1], "ann")
    first = decisions.submit(database, Submission(id=IDS[5], action="accept"), "ann")
    revision = Submission(id=IDS[5], action="correct", corrected_response="6", revises=first.decision_id)
    decisions.submit(database, revision, "bo")
    return database


def rows(database: Database) -> tuple[list[Any], list[Any], dict[Any, int]]:
    """All that is stored of cards and decisions, and every counter."""
    with database.read() as connection:
        found = connection.execute(select(Candidate.__table__).order_by(Candidate.seq)).all()
        said = connection.execute(select(Decision.__table__).order_by(Decision.id)).all()
        return list(found), list(said), dict(counters.read(connection, hidden_too=True))


def waiting(database: Database, **filters: Any) -> list[str]:
    return [item["id"] for item in queue.page(database, QueueFilter(**filters)).items]


def standing(database: Database, **filters: Any) -> set[str]:
    return {item.id for item in history.page(database, DecidedFilter(**filters)).items}


def exported(database: Database, format_: str, **wanted: Any) -> int:
    return b"".join(exports.stream(database, Recipe(format=format_, filter=ExportFilter(**wanted)))).count(b"\n")


def listed(database: Database, run_id: str = RUN) -> runs.RunSummary:
    (run,) = [run for run in runs.list_runs(database, None) if run.run_id == run_id]
    return run


class TestUndecidedOnly:
    def test_the_cards_that_wait_are_hidden_and_the_decided_stay(self, desk: Database) -> None:
        done = runs.take_back(desk, RUN, "rowan")
        assert (done.undecided, done.decided, done.hidden, done.dry_run) == (2, 4, 2, False)
        assert waiting(desk) == [f"{RUN}/item-9"]
        assert queue.page(desk, QueueFilter(run_id=RUN)).total == 0
        assert standing(desk) == set(DECIDED)
        assert stats.read(desk).by_status == {
            "needs_review": 1,
            "approved": 2,
            "discarded": 1,
            "model_rejected": 1,
        }
        assert (exported(desk, "sft"), exported(desk, "candidates")) == (2, 5)
        run = listed(desk)
        assert (run.state, run.remaining, run.hidden) == ("imported", 0, 2)
        assert_consistent(desk)

    def test_a_card_that_is_undone_afterwards_waits_again(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan")
        decisions.undo(desk, IDS[0], "ann")
        assert waiting(desk, run_id=RUN) == [IDS[0]]
        assert runs.take_back(desk, RUN, "rowan").hidden == 1
        assert runs.restore(desk, RUN).restored == 3
        assert_consistent(desk)


class TestWhole:
    def test_nothing_of_it_is_in_sight(self, desk: Database) -> None:
        search.index_all(desk)
        assert runs.take_back(desk, RUN, "rowan", decided_too=True).hidden == 6
        assert waiting(desk) == waiting(desk, q="What is") == [f"{RUN}/item-9"]
        assert waiting(desk, like=IDS[1]) == []
        assert standing(desk) == standing(desk, q="item") == set()
        assert history.summary(desk, DecidedFilter()).total == 0
        assert (exported(desk, "sft"), exported(desk, "candidates")) == (0, 1)
        assert exports.preview(desk, Recipe(format="candidates")).rows == 1
        assert stats.read(desk).total == 1
        run = listed(desk)
        assert (run.state, run.already_imported, run.remaining, run.hidden) == ("removed", True, 0, 6)
        assert listed(desk, "other").state == "imported"
        assert_consistent(desk)

    def test_an_export_of_that_run_alone_is_refused_not_empty(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        with pytest.raises(UnknownFilterValue, match="Known: other"):
            exported(desk, "sft", run_id=(RUN,))

    def test_its_cards_say_that_the_run_was_taken_back(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        asked: list[Callable[[], object]] = [
            lambda: candidates.get(desk, IDS[0]),
            lambda: entries.of(desk, IDS[0]),
            lambda: decisions.undo(desk, IDS[0], "ann"),
            lambda: decisions.submit(desk, Submission(id=IDS[1], action="flag"), "ann"),
            lambda: decisions.submit(desk, Submission(id=IDS[0], action="flag", revises=1), "ann"),
        ]
        before = rows(desk)
        for ask in asked:
            with pytest.raises(TakenBack, match="Runs page") as refused:
                ask()
            assert refused.value.extra["run_id"] == RUN
        assert rows(desk) == before

    def test_the_page_after_a_hidden_card_is_the_next(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan")
        page = queue.page(desk, QueueFilter(), after=IDS[2])
        assert [item["id"] for item in page.items] == [f"{RUN}/item-9"]


class TestBringingBack:
    @pytest.mark.parametrize("steps", [(False,), (True,), (False, True)])
    def test_everything_is_as_it_was(self, desk: Database, steps: tuple[bool, ...]) -> None:
        before, numbers = rows(desk), stats.read(desk)
        hidden = sum(runs.take_back(desk, RUN, "rowan", decided_too=decided_too).hidden for decided_too in steps)
        assert runs.restore(desk, RUN).restored == hidden
        after = rows(desk)
        assert after[:2] == before[:2]
        assert after[2] == before[2]
        assert stats.read(desk) == numbers
        assert (listed(desk).state, listed(desk).hidden) == ("imported", 0)
        assert_consistent(desk)

    def test_decisions_are_only_ever_added(self, desk: Database) -> None:
        said = rows(desk)[1]
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        assert rows(desk)[1] == said

    def test_who_and_when_is_kept_with_the_decision_numbers(self, desk: Database) -> None:
        latest = rows(desk)[1][-1].id
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        other = decisions.submit(desk, Submission(id=f"{RUN}/item-9", action="flag"), "ann")
        runs.restore(desk, RUN)
        with desk.read() as connection:
            (row,) = connection.execute(select(Removal.__table__)).all()
        assert (row.decided_too, row.reviewer, row.removed_after) == (True, "rowan", latest)
        assert row.restored_after == other.decision_id
        assert row.removed_at < row.restored_at


class TestRefused:
    @pytest.mark.parametrize("run_id", ["nowhere", "", "a\x00b", RUN + "x"])
    def test_a_run_that_was_not_imported(self, desk: Database, run_id: str) -> None:
        for ask in (
            lambda: runs.take_back(desk, run_id, "rowan"),
            lambda: runs.take_back(desk, run_id, "rowan", dry_run=True),
            lambda: runs.restore(desk, run_id),
        ):
            with pytest.raises(UnknownRun):
                ask()

    def test_nothing_left_to_hide(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan")
        with pytest.raises(NothingToHide, match=r"decided cards back too \(4\)"):
            runs.take_back(desk, RUN, "rowan")
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        for decided_too in (False, True):
            with pytest.raises(NothingToHide, match="taken back already"):
                runs.take_back(desk, RUN, "rowan", decided_too=decided_too)
            assert runs.take_back(desk, RUN, "rowan", decided_too=decided_too, dry_run=True).hidden == 0

    def test_nothing_to_bring_back(self, desk: Database) -> None:
        with pytest.raises(NothingToRestore):
            runs.restore(desk, RUN)

    def test_a_run_that_is_being_imported(self, desk: Database) -> None:
        before = rows(desk)
        with desk.hold(f"import:{RUN}"):
            for ask in (
                lambda: runs.take_back(desk, RUN, "rowan"),
                lambda: runs.take_back(desk, RUN, "rowan", dry_run=True),
                lambda: runs.restore(desk, RUN),
            ):
                with pytest.raises(AlreadyImporting, match="taken back right now"):
                    ask()
        assert rows(desk) == before


def test_a_dry_run_changes_nothing(desk: Database) -> None:
    before = rows(desk)
    assert runs.take_back(desk, RUN, "rowan", dry_run=True).hidden == 2
    done = runs.take_back(desk, RUN, "rowan", decided_too=True, dry_run=True)
    assert (done.undecided, done.decided, done.hidden, done.dry_run) == (2, 4, 6, True)
    assert rows(desk) == before


class TestImportingAgain:
    @pytest.mark.parametrize("decided_too", [False, True])
    def test_brings_the_cards_back_and_says_so(self, desk: Database, tmp_path: Path, decided_too: bool) -> None:
        before = rows(desk)[:2]
        hidden = runs.take_back(desk, RUN, "rowan", decided_too=decided_too).hidden
        said = import_into(desk, tmp_path, LINES, dry_run=True)
        assert said.notes == {BROUGHT_BACK: hidden}
        assert listed(desk).hidden == hidden
        report = import_into(desk, tmp_path, LINES)
        assert report == said
        assert (report.imported, report.skipped) == (0, len(LINES))
        assert rows(desk)[:2] == before
        assert (listed(desk).state, listed(desk).notes) == ("imported", {BROUGHT_BACK: hidden})
        assert import_into(desk, tmp_path, LINES).notes == {}
        assert_consistent(desk)

    def test_a_grown_file_brings_the_old_and_the_new(self, desk: Database, tmp_path: Path) -> None:
        runs.take_back(desk, RUN, "rowan")
        report = import_into(desk, tmp_path, [*LINES, candidate_line(7)])
        assert (report.imported, report.skipped) == (1, len(LINES))
        assert waiting(desk, run_id=RUN) == [*WAITING, f"{RUN}/item-7"]

    def test_the_same_lines_in_another_run_stay_hidden_and_it_is_said(self, desk: Database, tmp_path: Path) -> None:
        runs.take_back(desk, RUN, "rowan")
        lines = [*LINES[:2], candidate_line(2, model_response="another")]
        for dry_run in (True, False):
            report = import_into(desk, tmp_path / "moved", lines, "moved", dry_run=dry_run)
            assert (report.skipped, report.rejected) == (2, 1)
            # the first was decided, so it is in sight
            assert report.notes == {STAYS_HIDDEN: 1}
        (line,) = runs.rejected_lines(desk, "moved")
        assert (line.code, "in a run that was taken back" in line.reason) == ("id_conflict", True)
        assert waiting(desk) == [f"{RUN}/item-9"]

    def test_an_interrupted_run_can_be_taken_back_and_finished(self, database: Database, tmp_path: Path) -> None:
        lines = candidate_lines(BATCH_ROWS + 200)
        told: list[Progress] = []
        with pytest.raises(Cancelled):
            import_into(database, tmp_path, lines, on_progress=told.append, is_cancelled=lambda: bool(told))
        assert listed(database).state == "interrupted"
        assert runs.take_back(database, RUN, "rowan", decided_too=True).hidden == BATCH_ROWS
        assert listed(database).state == "removed"
        assert import_into(database, tmp_path, lines).imported == 200
        assert (listed(database).state, listed(database).remaining) == ("imported", BATCH_ROWS + 200)


class TestBulk:
    def test_undo_passes_over_hidden_cards(self, desk: Database) -> None:
        batch = bulk.decide(desk, BulkStep(action="flag", queue=QueueFilter()), "ann")
        assert batch.count == 3
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        undone = bulk.undo(desk, batch.batch_id, "ann")
        assert (undone.count, undone.left) == (1, 2)
        with pytest.raises(TakenBack, match="Runs page"):
            bulk.undo(desk, batch.batch_id, "ann")
        runs.restore(desk, RUN)
        assert bulk.undo(desk, batch.batch_id, "ann").count == 2
        with pytest.raises(NothingToUndo):
            bulk.undo(desk, batch.batch_id, "ann")
        assert_consistent(desk)

    def test_no_step_reaches_hidden_cards(self, desk: Database) -> None:
        runs.take_back(desk, RUN, "rowan", decided_too=True)
        steps = [
            BulkStep(action="flag", ids=tuple(IDS)),
            BulkStep(action="flag", queue=QueueFilter(run_id=RUN)),
            BulkStep(action="recategorise", failure_category="hallucination", ids=tuple(IDS)),
            BulkStep(action="recategorise", failure_category="hallucination", decided=DecidedFilter()),
        ]
        for step in steps:
            assert bulk.preview(desk, step) == (0, [])
            with pytest.raises(NothingMatches):
                bulk.decide(desk, step, "ann")


def test_what_is_handed_in_for_a_run_that_was_taken_back_is_another_run(database: Database) -> None:
    def hand_in(prompt: str) -> str:
        given = ingest.Ingestion(
            source="lab", task_type="t", prompt=[{"role": "user", "content": prompt}], response="a", correction="b"
        )
        return str(candidates.get(database, ingest.ingest(database, given))["run_id"])

    assert hand_in("1") == "ingest-lab"
    runs.take_back(database, "ingest-lab", "rowan", decided_too=True)
    assert hand_in("2") == hand_in("3") == "ingest-lab-2"
    assert (stats.read(database).total, listed(database, "ingest-lab").state) == (2, "removed")
    runs.restore(database, "ingest-lab")
    assert hand_in("4") == "ingest-lab"
    assert_counted(database)


class TestAtTheSameMoment:
    def test_decisions_come_before_or_after(self, database: Database, tmp_path: Path) -> None:
        """Reviewers decide and undo while somebody takes the run back and brings it back: nobody gets in between."""
        lines = candidate_lines(40)
        import_into(database, tmp_path, lines)
        done, failures = threading.Event(), list[BaseException]()

        def review(offset: int) -> None:
            number = offset
            try:
                while not done.is_set():
                    candidate_id = lines[number % len(lines)]["id"]
                    number += 7
                    try:
                        decisions.submit(database, Submission(id=candidate_id, action="flag"), f"r{offset}")
                        decisions.undo(database, candidate_id, f"r{offset}")
                        decisions.submit(database, Submission(id=candidate_id, action="discard"), f"r{offset}")
                    except (TakenBack, AlreadyDecided, NothingToUndo, StaleRevision):
                        continue
            except BaseException as error:
                failures.append(error)

        def step_through() -> None:
            try:
                while not done.is_set():
                    try:
                        batch = bulk.decide(database, BulkStep(action="accept", queue=QueueFilter()), "bulk")
                        bulk.undo(database, batch.batch_id, "bulk")
                    except (NothingMatches, NothingToUndo, TakenBack):
                        continue
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=review, args=(offset,)) for offset in (0, 3)]
        threads.append(threading.Thread(target=step_through))
        for thread in threads:
            thread.start()
        try:
            for number in range(12):
                try:
                    runs.take_back(database, RUN, "rowan", decided_too=number % 3 == 0)
                except NothingToHide:
                    continue
                with database.read() as connection:
                    statuses = set(connection.scalars(select(Candidate.status)))
                assert HIDDEN in statuses
                runs.restore(database, RUN)
        finally:
            done.set()
            for thread in threads:
                thread.join(timeout=60)
        assert failures == []
        assert_consistent(database)
        with database.read() as connection:
            assert HIDDEN not in set(connection.scalars(select(Candidate.status)))
            assert connection.scalar(select(Run.removed_at)) is None

    def test_of_two_who_take_back_one_does(self, desk: Database) -> None:
        outcomes: list[object] = []
        together = threading.Barrier(4)

        def take() -> None:
            together.wait()
            try:
                outcomes.append(runs.take_back(desk, RUN, "rowan", decided_too=True).hidden)
            except AvocetError as error:
                outcomes.append(type(error))

        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes.count(6) == 1
        assert {outcome for outcome in outcomes if outcome != 6} <= {NothingToHide, AlreadyImporting}
        with desk.read() as connection:
            assert len(connection.execute(select(Removal.pk)).all()) == 1
        assert_consistent(desk)
