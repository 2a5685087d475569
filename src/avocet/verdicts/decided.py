"""What people said of a run's answers, item by item, under the harness's own ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Subquery, case, func, select

from avocet.categories import FailureCategory
from avocet.db import AnySelect, Database, sorting_on_disk
from avocet.domain import Action, Outcome
from avocet.errors import TakenBack, UnknownRun
from avocet.faults import CheckFault, Reading
from avocet.importers.cf_orch import CfOrch
from avocet.models import HIDDEN, Candidate, Decision, Item, ItemGroup, Run
from avocet.review.epochs import Epoch, epoch_of

ROWS_A_FETCH = 500


class HarnessRun(msgspec.Struct, frozen=True):
    """An imported run as far as its verdicts need it; `options` are the import's, as JSON."""

    pk: int
    run_id: str
    harness: str
    harness_version: str | None
    options: str | None

    @property
    def made_by(self) -> str:
        """The harness as people read it: lines that name none are stored under the name of their importer."""
        return "candidate lines" if self.harness == CfOrch.name else self.harness


class DecidedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a run with the decision that stands.

    `outcome` is the harness's by the last import, `verdict` what the decision says of the answer. `is_read` is false
    where a bulk step decided a card that nobody opened. `epoch` is None if the harness repeats nothing.
    `corrected_reference`, `reference`, `prompt`, `check`, `must` and `must_not` are JSON as it is stored.
    """

    avocet_id: str
    task_type: str | None
    item_id: str | None
    epoch: Epoch
    model_id: str | None
    model_name: str | None
    harness: str | None
    benchmark_run_id: str | None
    outcome: Outcome
    verdict: Reading
    action: Action
    failure_category: FailureCategory | None
    check_fault: CheckFault | None
    corrected_reference: str | None
    note: str | None
    reviewer: str
    at: str
    is_read: bool
    prompt: str
    answer: str
    corrected_response: str | None
    extracted_answer: str | None
    reference: str | None
    failure_reason: str | None
    explanation: str | None
    check: str | None
    must: str | None
    must_not: str | None

    @property
    def is_false_fail(self) -> bool:
        return self.outcome == "failed" and self.verdict == "right"

    @property
    def is_false_pass(self) -> bool:
        return self.outcome == "passed" and self.verdict == "wrong"


_FOUND = {
    "avocet_id": Candidate.id,
    "task_type": Candidate.task_type,
    "item_id": Candidate.item_id,
    "model_id": Candidate.model_id,
    "model_name": Candidate.model_name,
    "harness": Candidate.harness,
    "benchmark_run_id": Candidate.benchmark_run_id,
    "outcome": Candidate.item_outcome,
    "verdict": Candidate.reading,
    "action": Decision.action,
    "failure_category": Candidate.failure_category,
    "check_fault": Candidate.check_fault,
    "corrected_reference": Candidate.corrected_reference,
    "note": Candidate.note,
    "reviewer": Decision.reviewer,
    "at": Decision.at,
    "is_read": Candidate.is_read,
    "prompt": Candidate.prompt_messages,
    "answer": Candidate.model_response,
    "corrected_response": Candidate.corrected_response,
    "extracted_answer": Candidate.extracted_answer,
    "reference": Candidate.reference,
    "failure_reason": Candidate.failure_reason,
    "explanation": Candidate.explanation,
    "check": Candidate.check,
    "must": Candidate.must,
    "must_not": Candidate.must_not,
}
_IS_FALSE_FAIL = (Candidate.item_outcome == "failed") & (Candidate.reading == "right")
_IS_FALSE_PASS = (Candidate.item_outcome == "passed") & (Candidate.reading == "wrong")
_HAS_FINDING = _IS_FALSE_FAIL | _IS_FALSE_PASS | Candidate.check_fault.is_not(None)


def run_called(database: Database, run_id: str) -> HarnessRun:
    """A run by its id.

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: it was taken back.
    """
    columns = [getattr(Run, name) for name in HarnessRun.__struct_fields__]
    row = None
    # no stored id holds a NUL, and PostgreSQL would refuse the parameter
    if "\x00" not in run_id:
        with database.read() as connection:
            row = connection.execute(select(*columns, Run.removed_at).where(Run.run_id == run_id)).one_or_none()
    if row is None:
        raise UnknownRun(f"No run {run_id!r:.120} was imported.", run_id=run_id)
    *values, removed_at = row
    if removed_at is not None:
        raise TakenBack(
            f"The run {run_id!r:.120} was taken back. It can be brought back on the Runs page.", run_id=run_id
        )
    return HarnessRun(*values)


def decided_items(connection: Connection, run: HarnessRun) -> Iterator[DecidedItem]:
    """The decided items of a run, in the order in which they came."""
    yield from _items(connection, run, _decided(run, *_FOUND.values()).order_by(Candidate.seq))


def findings(connection: Connection, run: HarnessRun) -> Iterator[DecidedItem]:
    """The items whose check erred or has a fault, by task; in each the false fails, the false passes, the others."""
    kind = case((_IS_FALSE_FAIL, 0), (_IS_FALSE_PASS, 1), else_=2)
    query = _decided(run, *_FOUND.values()).where(_HAS_FINDING)
    yield from _items(connection, run, query.order_by(func.coalesce(Candidate.task_type, ""), kind, Candidate.seq))


def counted(connection: Connection, run: HarnessRun) -> dict[tuple[str | None, Outcome, Reading, str | None], int]:
    """The number of decided items by task, outcome, verdict and fault."""
    by = (Candidate.task_type, Candidate.item_outcome, Candidate.reading, Candidate.check_fault)
    with sorting_on_disk(connection):
        rows = connection.execute(_decided(run, *by, func.count()).group_by(*by)).all()
    return {(task, outcome, reading, fault): n for task, outcome, reading, fault, n in rows}


def logs_of(connection: Connection, run: HarnessRun) -> list[str | None]:
    """The harness's own names of the runs that the decided Inspect items of this one come from."""
    query = _decided(run, Candidate.benchmark_run_id).where(Candidate.harness == "inspect").distinct()
    return list(connection.scalars(query))


def _decided(run: HarnessRun, *columns: Any) -> AnySelect:  # noqa: ANN401 (columns of any type)
    query = select(*columns).join(Decision, Decision.id == Candidate.decision_id)
    return query.where(Candidate.run_pk == run.pk, Candidate.status != HIDDEN, Candidate.reading.is_not(None))


def _items(connection: Connection, run: HarnessRun, query: AnySelect) -> Iterator[DecidedItem]:
    names = tuple(_FOUND)
    epochs = _epochs(run)
    query = query.outerjoin(epochs, epochs.c.candidate_seq == Candidate.seq)
    query = query.add_columns(epochs.c.epoch, Candidate.details)
    streamed = connection.execution_options(yield_per=ROWS_A_FETCH)
    with sorting_on_disk(connection), streamed.execute(query) as rows:
        for *values, epoch, details in rows:
            yield DecidedItem(**dict(zip(names, values, strict=True)), epoch=epoch_of(epoch, details))


def _epochs(run: HarnessRun) -> Subquery:
    """The epochs of a run's cards, for harnesses that ask the same item several times."""
    query = select(Item.candidate_seq, Item.epoch).join(ItemGroup, ItemGroup.pk == Item.group_pk)
    given = (Item.epoch != "", Item.candidate_seq.is_not(None))
    return query.where(ItemGroup.run_pk == run.pk, *given).subquery()
