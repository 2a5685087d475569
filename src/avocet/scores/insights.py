"""Insights: why the models fail, where, and whether reading on would show more.

Shares and scores come from the counts that the report is made of. The database goes through the cards once
to count their scores and kinds.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, func, select

from avocet.db import Database
from avocet.models import Decision, ReadingCounter, Run
from avocet.review import counters
from avocet.scores import kinds, pace, passing, proposed, sizes
from avocet.scores.kinds import Kinds
from avocet.scores.mix import MixRow, ModelTask, mix_row, model_tasks, together
from avocet.scores.narrowed import Narrowed
from avocet.scores.pace import Pace
from avocet.scores.passing import ScoreBin
from avocet.scores.proposed import RuleUse
from avocet.scores.report import RunScopes
from avocet.scores.rows import Scope
from avocet.scores.sizes import CorrectionSizes


class RunMix(msgspec.Struct, frozen=True):
    """The failures of a run. `at` is when the harness ran or, where it does not say, when the run was imported."""

    at: str
    mix: MixRow


class Insights(msgspec.Struct, frozen=True):
    """What the reads say of all failures, or of those of a run, a model or a task.

    `decision_id` is the desk's last decision. `by_run` is in the order of time. `scores` is the histogram of the
    harness's scores of the failed cards.
    """

    decision_id: int
    all: MixRow
    by_model: list[MixRow]
    by_task: list[MixRow]
    by_run: list[RunMix]
    model_tasks: list[ModelTask]
    pace: Pace
    kinds: Kinds
    corrections: CorrectionSizes
    scores: list[ScoreBin]
    proposals: list[RuleUse]


class _Asked(NamedTuple):
    """A run with its scopes."""

    row: Row[Any]
    scopes: RunScopes


def insights(database: Database, narrowed: Narrowed, *, today: date | None = None) -> Insights:
    """Insights into the runs that were not taken back. A run, model or task that is not there has no failures."""
    with database.read() as connection:
        asked = [_Asked(row, RunScopes(connection, row.run_id)) for row in _runs(connection, narrowed)]
        rows = _Rows(connection, asked, narrowed)
        waiting, decided = _cards(connection, asked, narrowed)
        counted = passing.count(connection, narrowed)
        decision_id = connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0
        return Insights(
            decision_id=decision_id,
            all=rows.all(),
            by_model=rows.by_model(),
            by_task=rows.by_task(),
            by_run=rows.by_run(),
            model_tasks=rows.model_tasks(),
            pace=pace.pace(connection, narrowed, waiting, decided, today or datetime.now(UTC).date()),
            kinds=kinds.read(connection, narrowed, counted.shapes),
            corrections=sizes.corrections(connection, narrowed),
            scores=counted.scores,
            proposals=proposed.uses(connection, narrowed),
        )


def _runs(connection: Connection, narrowed: Narrowed) -> list[Row[Any]]:
    """The runs in the order of time."""
    at = func.coalesce(Run.timestamp, Run.started_at)
    query = select(Run.pk, Run.run_id, at.label("at")).where(Run.removed_at.is_(None)).order_by(at, Run.pk)
    query = query if narrowed.run_id is None else query.where(Run.run_id == narrowed.run_id)
    return list(connection.execute(query))


def _cards(connection: Connection, asked: Sequence[_Asked], narrowed: Narrowed) -> tuple[int, int]:
    """How many failed cards wait, and how many are decided."""
    pks = {one.row.pk for one in asked}
    by_status: Tally[bool] = Tally()
    for key, n in counters.read(connection):
        if key.outcome == "failed" and key.run_pk in pks and _fits(narrowed, key.model_name, key.task_type):
            by_status[key.status == "needs_review"] += n
    return by_status[True], by_status[False]


def _fits(narrowed: Narrowed, model_name: str, task_type: str) -> bool:
    return narrowed.model_name in (None, model_name) and narrowed.task_type in (None, task_type)


class _Rows:
    """The rows of several runs, narrowed."""

    def __init__(self, connection: Connection, asked: Sequence[_Asked], narrowed: Narrowed) -> None:
        self._asked = asked
        self._narrowed = narrowed
        self._unopened = _unopened(connection)

    def all(self) -> MixRow:
        model, task = self._narrowed.model_name, self._narrowed.task_type
        return self._mix(None, [one.scopes.scope(model, task) for one in self._asked], model, task)

    def by_model(self) -> list[MixRow]:
        task = self._narrowed.task_type
        return [self._mix(name, scopes, name, task) for name, scopes in self._grouped("model").items()]

    def by_task(self) -> list[MixRow]:
        model = self._narrowed.model_name
        return [self._mix(name, scopes, model, name) for name, scopes in self._grouped("task").items()]

    def by_run(self) -> list[RunMix]:
        model, task = self._narrowed.model_name, self._narrowed.task_type
        found = []
        for run in self._asked:
            scope = run.scopes.scope(model, task)
            if sum(scope.items.values()):
                unopened = self._count_unopened(model, task, run.row.pk)
                found.append(RunMix(run.row.at, mix_row(run.row.run_id, together([scope]), unopened)))
        return found

    def model_tasks(self) -> list[ModelTask]:
        cells: defaultdict[tuple[str, str], list[Scope]] = defaultdict(list)
        for run in self._asked:
            for model, task in run.scopes.wanted("task_model"):
                if _fits(self._narrowed, model or "", task or ""):
                    cells[model or "", task or ""].append(run.scopes.scope(model, task))
        return model_tasks({key: together(scopes) for key, scopes in cells.items()})

    def _grouped(self, group: Literal["model", "task"]) -> dict[str, list[Scope]]:
        """The scopes of each model or task, by its name."""
        found: defaultdict[str, list[Scope]] = defaultdict(list)
        for run in self._asked:
            keys = [
                key for key in run.scopes.wanted("task_model") if _fits(self._narrowed, key[0] or "", key[1] or "")
            ]
            for name in sorted({(model if group == "model" else task) or "" for model, task in keys}):
                model = name if group == "model" else self._narrowed.model_name
                task = name if group == "task" else self._narrowed.task_type
                found[name].append(run.scopes.scope(model, task))
        return dict(sorted(found.items()))

    def _mix(self, name: str | None, scopes: Sequence[Scope], model: str | None, task: str | None) -> MixRow:
        return mix_row(name or None, together(scopes), self._count_unopened(model, task))

    def _count_unopened(self, model: str | None, task: str | None, run_pk: int | None = None) -> int:
        pks = {one.row.pk for one in self._asked} if run_pk is None else {run_pk}
        return sum(
            n
            for (pk, its_model, its_task), n in self._unopened.items()
            if pk in pks and model in (None, its_model) and task in (None, its_task)
        )


def _unopened(connection: Connection) -> dict[tuple[int, str, str], int]:
    """The failures that were decided in bulk and nobody opened, by run, model and task."""
    here = (ReadingCounter.run_pk, ReadingCounter.model_name, ReadingCounter.task_type)
    query = select(*here, func.sum(ReadingCounter.n)).where(
        ReadingCounter.is_read.is_(False), ReadingCounter.outcome == "failed"
    )
    return {(pk, model, task): int(n) for pk, model, task, n in connection.execute(query.group_by(*here))}
