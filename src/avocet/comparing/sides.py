"""The sides of a comparison: a run, or one model of a run that holds several."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from avocet.errors import InvalidRequest, TakenBack, UnknownRun
from avocet.models import ItemGroup, Run
from avocet.runs.taking_back import find_run


class Side(msgspec.Struct, frozen=True):
    """One model's answers in one run; the empty string stands for a model that the files do not name."""

    name: str
    run_id: str
    model_name: str


class Found(msgspec.Struct, frozen=True):
    """A side, the primary keys of its groups of items by task, and how many of its passes are numbers only."""

    side: Side
    run_pk: int
    groups: dict[str, int]
    counted: int


def find_side(connection: Connection, name: str) -> Found:
    """The side that `RUN` or `RUN:MODEL` names.

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: the run was taken back whole.
        InvalidRequest: the run holds several models and none is named, or it has no such model, or no items.
    """
    run_id, model = _parted(connection, name)
    run_pk = find_run(connection, run_id)
    if connection.scalar(select(Run.removed_at).where(Run.pk == run_pk)) is not None:
        raise TakenBack(
            f"The run {run_id!r:.120} was taken back. It can be brought back on the Runs page.", run_id=run_id
        )
    query = select(ItemGroup.model_name, ItemGroup.task_type, ItemGroup.pk, ItemGroup.counted_passed)
    groups = connection.execute(query.where(ItemGroup.run_pk == run_pk)).all()
    models = sorted({row.model_name for row in groups})
    if not models:
        raise InvalidRequest(f"The run {run_id!r:.120} has no items. Import its file again to list them.")
    if model is None and len(models) > 1:
        raise InvalidRequest(f"The run {run_id!r:.120} holds several models: say {_choices(run_id, models)}.")
    chosen = models[0] if model is None else model
    if chosen not in models:
        raise InvalidRequest(f"The run {run_id!r:.120} has no model {chosen!r:.120}: say {_choices(run_id, models)}.")
    own = [row for row in groups if row.model_name == chosen]
    by_task = {row.task_type: row.pk for row in own}
    return Found(Side(name, run_id, chosen), run_pk, by_task, sum(row.counted_passed for row in own))


def _parted(connection: Connection, name: str) -> tuple[str, str | None]:
    """Run and model; a run's own name may hold colons, and so may a model's."""
    try:
        find_run(connection, name)
    except UnknownRun:
        for at in (place for place, sign in enumerate(name) if sign == ":"):
            if connection.scalar(select(Run.pk).where(Run.run_id == name[:at])) is not None:
                return name[:at], name[at + 1 :]
        raise
    return name, None


def _choices(run_id: str, models: list[str]) -> str:
    return " or ".join(f"{run_id}:{model}" for model in models[:10])
