"""All decisions on one candidate."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, select

from avocet import json_text
from avocet.categories import FailureCategory
from avocet.db import AnySelect, Database
from avocet.domain import Action, Json, JsonObject, Status
from avocet.faults import CheckFault
from avocet.models import Candidate, Decision
from avocet.review import candidates, shortening, tags


class HistoryEntry(msgspec.Struct, frozen=True):
    """One decision.

    `shortened` has the full length, in characters, of each text that is cut to its start here, and of the JSON of a
    `corrected_reference` that is left out. `proposed` is the rule's proposal that was on the card.
    """

    decision_id: int
    action: Action
    status_after: Status
    failure_category: FailureCategory | None
    corrected_response: str | None
    note: str | None
    check_fault: CheckFault | None
    corrected_reference: Json
    tags: list[str]
    must: list[str]
    must_not: list[str]
    proposed: JsonObject | None
    reviewer: str
    at: str
    replaces: int | None
    undone: bool
    shortened: dict[str, int]


_found = select(Candidate.seq, Candidate.status).where(Candidate.id == bindparam("candidate_id"))


def of(database: Database, candidate_id: str, decision_id: int | None = None) -> list[HistoryEntry]:
    """Every decision on a candidate, oldest first; with `decision_id` only that one, its texts in full.

    Raises:
        NotFound: no such candidate.
    """
    text, note, reference = Decision.corrected_response, Decision.note, Decision.corrected_reference
    whole = decision_id is not None
    query: AnySelect = (
        select(
            Decision.id.label("decision_id"),
            Decision.action,
            Decision.status_after,
            Decision.failure_category,
            text if whole else shortening.start(text),
            note if whole else shortening.start(note),
            Decision.check_fault,
            reference if whole else shortening.whole(reference),
            Decision.tags,
            Decision.must,
            Decision.must_not,
            Decision.proposed,
            Decision.reviewer,
            Decision.at,
            Decision.replaces,
            *(() if whole else shortening.lengths(text, note, reference)),
        )
        .where(Decision.candidate_seq == bindparam("candidate_seq"))
        .order_by(Decision.id)
    )
    taken_back = select(Decision.replaces).where(
        Decision.candidate_seq == bindparam("candidate_seq"), Decision.action == "undo"
    )
    with database.read() as connection:
        found = {"candidate_seq": candidates.find(connection, _found, candidate_id).seq}
        rows = connection.execute(query.where(Decision.id == decision_id) if whole else query, found).all()
        undone = set(connection.scalars(taken_back, found))
        names = tags.names_of(connection, (row.tags for row in rows))
    return [_entry(row, undone, names) for row in rows]


def _entry(row: Row[Any], undone: set[int | None], names: tags.Names) -> HistoryEntry:
    values = row._asdict()
    tags.read_lists(values, names)
    shortened = shortening.take_lengths(values)
    for name in ("corrected_reference", "proposed"):
        values[name] = json_text.read_back(values[name])
    return HistoryEntry(**values, undone=row.decision_id in undone, shortened=shortened)
