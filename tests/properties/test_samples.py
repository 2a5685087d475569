"""Whatever is decided, undone, grown and taken back: the members of a sample keep their places, growing goes on in
the order that the seed gives, and what counts as read is what a walk over the members finds."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from sqlalchemy import select

from avocet import runs
from avocet.db import Database
from avocet.errors import AvocetError, NothingToDraw
from avocet.models import HIDDEN, Candidate, Run, SampleMember
from avocet.review import bulk, decisions, samples
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, Per
from tests.examples import examples
from tests.factories import RUN, candidate_line, import_lines
from tests.properties.conftest import NewDesk

CARDS, OTHER = 12, "2026-02-03-000000"
LINES = [candidate_line(n, id=f"c{n}", task_type="abb"[n % 3], model_name=f"m{n % 2}") for n in range(CARDS)]
RUNS = {RUN: LINES[:8], OTHER: LINES[8:]}


class Step(NamedTuple):
    do: Literal["read", "bulk", "undo", "grow", "take back", "take all back", "restore", "import"]
    card: int
    run_id: str
    size: int


steps = st.builds(
    Step,
    st.sampled_from(
        ["read", "read", "read", "bulk", "undo", "grow", "grow", "take back", "take all back", "restore", "import"]
    ),
    st.integers(0, CARDS - 1),
    st.sampled_from(sorted(RUNS)),
    st.integers(1, CARDS),
)


@examples(40)
@given(
    before=st.lists(steps, max_size=4),
    per=st.lists(st.sampled_from(["task", "model", "outcome"]), unique=True),
    size=st.integers(1, 4),
    seed=st.integers(0, 2**31),
    script=st.lists(steps, min_size=3, max_size=20),
)
def test_any_script(
    new_desk: NewDesk, before: list[Step], per: list[str], size: int, seed: int, script: list[Step]
) -> None:
    with new_desk() as (database, folder):
        for run_id, lines in RUNS.items():
            import_lines(database, folder, lines, run_id)
        for step in before:
            play(database, folder, step)
        waiting = {row.id for row in cards(database).values() if row.status == "needs_review"}
        asked = Asked(filter=QueueFilter(), size=size, per=cast("tuple[Per, ...]", tuple(per)), seed=seed)
        if not waiting:
            with pytest.raises(NothingToDraw):
                samples.draw(database, "s", asked, "rowan")
            return
        samples.draw(database, "s", asked, "rowan")
        known = check(database, [], waiting, seed)
        for step in script:
            play(database, folder, step)
            known = check(database, known, waiting, seed)


def play(database: Database, folder: Path, step: Step) -> None:
    """Do the step; whether it can be done is not of interest here."""
    card_id = LINES[step.card]["id"]
    with suppress(AvocetError):
        match step.do:
            case "read":
                decisions.submit(database, Submission(id=card_id, action="flag"), "rowan")
            case "bulk":
                bulk.decide(database, BulkStep(action="flag", ids=(card_id,)), "rowan")
            case "undo":
                decisions.undo(database, card_id, "rowan")
            case "grow":
                samples.grow(database, "s", step.size)
            case "restore":
                runs.restore(database, step.run_id)
            case "import":
                import_lines(database, folder, RUNS[step.run_id], step.run_id)
            case _:
                runs.take_back(database, step.run_id, "rowan", decided_too=step.do == "take all back")


def cards(database: Database) -> dict[int, Any]:
    columns = (
        Candidate.seq,
        Candidate.id,
        Candidate.status,
        Candidate.is_read,
        Run.removed_at,
        Candidate.decision_id,
    )
    with database.read() as connection:
        return {row.seq: row for row in connection.execute(select(*columns).join(Run, Run.pk == Candidate.run_pk))}


def check(database: Database, known: list[Any], frame: set[str], seed: int) -> list[Any]:
    """Check the sample's members and numbers; return the members."""
    query = select(
        SampleMember.place, SampleMember.part, SampleMember.place_in_part, SampleMember.candidate_seq
    ).order_by(SampleMember.place)
    with database.read() as connection:
        members = connection.execute(query).all()
    assert members[: len(known)] == known
    assert [member.place for member in members] == list(range(1, len(members) + 1))
    state = cards(database)
    parts: dict[str, list[Any]] = defaultdict(list)
    for member in members:
        parts[member.part].append(state[member.candidate_seq])
        assert member.place_in_part == len(parts[member.part])
    progress = samples.get(database, "s")
    assert progress.cards == len(frame)
    for part in progress.parts:
        check_part(part, parts[part.part.name], [row for row in state.values() if row.id in frame], seed)
    assert progress.prefix == sum(part.prefix for part in progress.parts)
    return list(members)


def check_part(part: samples.PartProgress, members: list[Any], frame: list[Any], seed: int) -> None:
    mine = [row for row in frame if belongs(LINES[int(row.id[1:])], part.part)]
    assert part.cards == len(mine)
    in_order = sorted((row.id for row in mine), key=lambda one: digest(seed, one))
    assert [row.id for row in members] == in_order[: len(members)]
    counted = [row for row in members if row.removed_at is None]
    is_read = [row.status not in (HIDDEN, "needs_review") and row.is_read for row in counted]
    decided = [row.status not in (HIDDEN, "needs_review") for row in counted]
    assert part.members == len(counted)
    assert part.prefix == [*is_read, False].index(False)
    assert (part.decided, part.unread) == (sum(decided), sum(decided) - sum(is_read))
    assert part.waiting == sum(row.status == "needs_review" for row in counted)


def belongs(line: Any, part: samples.Part) -> bool:
    return part.task_type in (line["task_type"], UNSET) and part.model_name in (line["model_name"], UNSET)


def digest(seed: int, card_id: str) -> bytes:
    return hashlib.blake2b(card_id.encode(), key=str(seed).encode(), digest_size=8).digest()
