"""The report of a run: what the harness says, what people read, and how good the model really is, with intervals."""

from __future__ import annotations

from typing import Literal

import msgspec
from sqlalchemy import Connection, case, func, select

from avocet.db import Database
from avocet.domain import OUTCOMES, Outcome
from avocet.errors import TakenBack
from avocet.models import Decision, Item, ItemGroup, Run
from avocet.runs.taking_back import find_run
from avocet.scores.cells import Cell, RunCells
from avocet.scores.gathering import Gathered, gather
from avocet.scores.judging import JudgeReport, judges_of
from avocet.scores.rows import ReportRow, Scope, row_of

Group = Literal["none", "task", "model", "task_model"]


class Report(msgspec.Struct, frozen=True):
    """The report of a run as of a decision: a row for all of it, or for each task, model, or pair of both.

    Rates are between 0 and 1, and what can't be told is null; `notes` of a row says why. `decision_id` is the desk's
    last decision. `judges` tells of each model that judged the answers how far it can be believed, in the whole run.
    """

    run_id: str
    decision_id: int
    group: Group
    rows: list[ReportRow]
    judges: list[JudgeReport]


def report(
    database: Database, run_id: str, *, group: Group = "none", like_these: bool = False, borrow: str | None = None
) -> Report:
    """The report of a run.

    `like_these` adds the intervals for other questions of this sort. `borrow` names a run of the same tasks and check
    whose reads tell how often the check errs, for a run that nobody read.

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: it was taken back whole.
    """
    with database.read() as connection:
        run = RunScopes(connection, run_id, with_epochs=like_these)
        other = RunScopes(connection, borrow) if borrow is not None else None
        rows = []
        for model, task in run.wanted(group):
            scope = run.scope(model, task)
            lender = other.scope(None, task) if other and task is not None else None
            rows.append(row_of(scope, like_these=like_these, lender=lender))
        judges = judges_of(connection, run.pk)
        decision_id = connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0
    return Report(run_id, decision_id, group, rows, judges)


class RunScopes:
    """The rows that a run can have.

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: it was taken back whole.
    """

    def __init__(self, connection: Connection, run_id: str, *, with_epochs: bool = False) -> None:
        pk = find_run(connection, run_id)
        removed = connection.scalar(select(Run.removed_at).where(Run.pk == pk))
        if removed is not None:
            raise TakenBack(
                f"The run {run_id!r:.120} was taken back: no report has it. It can be brought back on the Runs page.",
                run_id=run_id,
            )
        self.run_id = run_id
        self._connection = connection
        self.pk = pk
        self._with_epochs = with_epochs
        self._cells = RunCells(connection, pk)

    def wanted(self, group: Group) -> list[tuple[str | None, str | None]]:
        """Model and task of each row; None for any."""
        match group:
            case "none":
                return [(None, None)]
            case "model":
                return [(model, None) for model in sorted({model for model, _ in self._cells.groups})]
            case "task":
                return [(None, task) for task in sorted({task for _, task in self._cells.groups})]
            case _:
                return list(self._cells.groups)

    def scope(self, model: str | None, task: str | None) -> Scope:
        """What was read of a model's or a task's items."""
        return Scope(
            run_id=self.run_id,
            model_name=model,
            task_type=task,
            failed=self._gathered("failed", model, task),
            passed=self._gathered("passed", model, task),
            items={name: sum(cell.items for cell in self._in(name, model, task)) for name in OUTCOMES},
            counted_passed=sum(cell.counted for cell in self._in("passed", model, task)),
            epochs=self._epochs(model, task),
        )

    def _in(self, outcome: Outcome, model: str | None, task: str | None) -> list[Cell]:
        return [
            cell
            for cell in self._cells.of(outcome)
            if model in (None, cell.key.model_name) and task in (None, cell.key.task_type)
        ]

    def _gathered(self, outcome: Outcome, model: str | None, task: str | None) -> Gathered:
        return gather(self._cells, self._in(outcome, model, task))

    def _epochs(self, model: str | None, task: str | None) -> list[tuple[int, int]]:
        """Passed and scored epochs of each item; empty where no item has several, or nobody asked."""
        if not self._with_epochs:
            return []
        where = [ItemGroup.run_pk == self.pk, Item.seen > 0, Item.outcome.in_(("failed", "passed"))]
        where += [ItemGroup.model_name == model] if model is not None else []
        where += [ItemGroup.task_type == task] if task is not None else []
        joined = select(func.count()).select_from(Item).join(ItemGroup, ItemGroup.pk == Item.group_pk).where(*where)
        if not self._connection.execute(joined.where(Item.epoch != "").limit(1)).scalar_one():
            return []
        passed = func.sum(case((Item.outcome == "passed", 1), else_=0))
        query = select(passed, func.count()).select_from(Item).join(ItemGroup, ItemGroup.pk == Item.group_pk)
        rows = self._connection.execute(query.where(*where).group_by(Item.group_pk, Item.item)).all()
        counts = [(int(row[0]), int(row[1])) for row in rows]
        return counts if any(epochs > 1 for _, epochs in counts) else []
