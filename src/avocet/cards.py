"""A stored candidate as JSON: the candidate line of docs/candidate-line.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from avocet.card_texts import card_texts
from avocet.db import AnySelect, Database
from avocet.errors import NotFound, TakenBack
from avocet.models import HIDDEN, Candidate, Run

_PLAIN = (
    "id",
    "source",
    "benchmark_run_id",
    "timestamp",
    "status",
    "model_response",
    "corrected_response",
    "quality_score",
    "failure_reason",
    "task_id",
    "task_type",
    "task_name",
    "model_id",
    "model_name",
    "node_id",
    "gpu_id",
    "tokens_per_sec",
    "failure_category",
    "note",
    "harness",
    "item_id",
    "explanation",
    "extracted_answer",
    "reasoning",
)
JSON_COLUMNS = ("prompt_messages", "reference", "scores", "tools", "details")

LINE_COLUMNS = tuple(getattr(Candidate, name) for name in (*_PLAIN, *JSON_COLUMNS, "extra"))
CARD_COLUMNS = (*LINE_COLUMNS, Run.run_id, Candidate.decision_id)
_PLAIN_COUNT, _LINE_COUNT = len(_PLAIN), len(_PLAIN) + len(JSON_COLUMNS)

Card = dict[str, Any]

_run_of = (
    select(Run.run_id).join(Candidate, Candidate.run_pk == Run.pk).where(Candidate.id == bindparam("candidate_id"))
)
_one = select(*CARD_COLUMNS).join(Run, Run.pk == Candidate.run_pk).where(Candidate.id == bindparam("candidate_id"))


def line(row: Sequence[Any]) -> Card:
    """The candidate line of a row of `LINE_COLUMNS`, with the keys this version does not know."""
    card = dict(zip(_PLAIN, row, strict=False))
    for name, text in zip(JSON_COLUMNS, row[_PLAIN_COUNT:_LINE_COUNT], strict=True):
        card[name] = None if text is None else msgspec.Raw(text.encode())
    extra = row[_LINE_COUNT]
    return card if extra is None else {**msgspec.json.decode(extra, type=dict[str, msgspec.Raw]), **card}


def card(row: Sequence[Any]) -> Card:
    """What the desk answers with: the line, its run, the decision that stands, and its JSON values as texts."""
    result = line(row)
    result["run_id"], result["decision_id"] = row[-2], row[-1]
    json = dict(zip(JSON_COLUMNS, row[_PLAIN_COUNT:_LINE_COUNT], strict=True))
    result["texts"] = card_texts(json, result["harness"], result["model_response"])
    return result


def get(database: Database, candidate_id: str) -> Card:
    """One card.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
    """
    with database.read() as connection:
        return card(find(connection, _one, candidate_id))


def find(connection: Connection, query: AnySelect, candidate_id: str) -> Row[*tuple[Any, ...]]:
    """The row of `query`, which asks for one candidate and its status by the parameter `candidate_id`.

    Raises:
        NotFound: no such candidate.
        TakenBack: its run was taken back.
    """
    row = None
    # no stored id holds a NUL, and PostgreSQL would refuse the question
    if "\x00" not in candidate_id:
        row = connection.execute(query, {"candidate_id": candidate_id}).one_or_none()
    if row is None:
        raise NotFound(f"There is no candidate {candidate_id!r:.120}.", id=candidate_id)
    if row.status == HIDDEN:
        run_id = connection.scalar(_run_of, {"candidate_id": candidate_id})
        raise TakenBack(
            f"The run {run_id!r:.120} of this card was taken back. Nothing was changed; "
            "it can be brought back on the Runs page.",
            id=candidate_id,
            run_id=run_id,
        )
    return row
