"""Ingest: storing a finished correction that another program sends."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from avocet.categories import FailureCategory
from avocet.db import Database, now
from avocet.domain import IMPORT_REVIEWER, CandidateDraft, Message, is_blank
from avocet.errors import BlankCorrection, IdempotencyConflict
from avocet.models import Candidate, Decision, Run
from avocet.review import counters
from avocet.runs.arrivals import state_of
from avocet.runs.identity import free_run_id, text_hash
from avocet.runs.rows import NewCard, candidate_row, decision_row, encode

HARNESS = "ingest"


class Ingestion(msgspec.Struct, frozen=True, kw_only=True):
    """A finished correction of one response; `prompt` are the messages that it answers."""

    source: str
    task_type: str
    prompt: list[Message]
    response: str
    correction: str
    failure_category: FailureCategory | None = None
    label: str | None = None


def ingest(database: Database, ingestion: Ingestion, idempotency_key: str | None = None) -> str:
    """Store the correction as a decided candidate and return its id.

    What has the same key of the same source (without a key, the same content) is stored once.

    Raises:
        BlankCorrection: the correction has no visible text.
        IdempotencyConflict: the key was used for another correction.
    """
    if is_blank(ingestion.correction):
        raise BlankCorrection("A correction needs visible text.")
    candidate_id = _id(ingestion, idempotency_key)
    draft = CandidateDraft(
        prompt_messages=ingestion.prompt,
        model_response=ingestion.response,
        id=candidate_id,
        source=ingestion.source,
        timestamp=now(),
        status="approved",
        corrected_response=ingestion.correction,
        task_type=ingestion.task_type,
        failure_category=ingestion.failure_category,
        harness=HARNESS,
        extra={} if ingestion.label is None else {"label": ingestion.label},
    )
    try:
        _store(database, draft, candidate_id)
    except IntegrityError:
        # PostgreSQL: the same request arrived twice at once, and the other one was stored first
        _store(database, draft, candidate_id)
    return candidate_id


def _id(ingestion: Ingestion, idempotency_key: str | None) -> str:
    content: Any = ingestion if idempotency_key is None else [ingestion.source, idempotency_key]
    encoded = msgspec.json.encode(content, order="deterministic")
    return "ingest-" + hashlib.blake2b(encoded, digest_size=16).hexdigest()


def _store(database: Database, draft: CandidateDraft, candidate_id: str) -> None:
    text = text_hash(draft.prompt_messages, draft.model_response)
    database.change(lambda connection: _store_once(connection, draft, candidate_id, text))


def _store_once(connection: Connection, draft: CandidateDraft, candidate_id: str, text: str) -> None:
    present = connection.execute(
        select(Candidate.seq, Candidate.text_hash, Candidate.task_type, Candidate.extra).where(
            Candidate.id == candidate_id
        )
    ).one_or_none()
    if present is not None:
        _check_same(connection, present, draft, text)
        return
    run_pk = _run_pk(connection, draft.source)
    seq = connection.execute(
        insert(Candidate).values(candidate_row(run_pk, NewCard(candidate_id, text, draft))).returning(Candidate.seq)
    ).scalar_one()
    decision_id = connection.execute(
        insert(Decision).values(decision_row(seq, draft, IMPORT_REVIEWER, now())).returning(Decision.id)
    ).scalar_one()
    connection.execute(
        Candidate.__table__.update().where(Candidate.seq == seq).values(decision_id=decision_id)  # type: ignore[attr-defined]
    )
    counters.change(connection, [(state_of(run_pk, draft), 1)])


def _check_same(connection: Connection, present: Any, draft: CandidateDraft, text: str) -> None:  # noqa: ANN401
    first = connection.execute(
        select(Decision.corrected_response, Decision.failure_category)
        .where(Decision.candidate_seq == present.seq)
        .order_by(Decision.id)
        .limit(1)
    ).one()
    same = (
        present.text_hash == text
        and present.task_type == draft.task_type
        and present.extra == encode(draft.extra or None)
        and tuple(first) == (draft.corrected_response, draft.failure_category)
    )
    if not same:
        raise IdempotencyConflict("This Idempotency-Key was used for another correction. Nothing was changed.")


def _run_pk(connection: Connection, source: str) -> int:
    # a run that was taken back stays taken back: new corrections go to another one
    query = select(Run.pk).where(Run.harness == HARNESS, Run.source == source, Run.removed_at.is_(None))
    run_pk = connection.scalar(query.order_by(Run.pk).limit(1).with_for_update(read=True))
    if run_pk is None:
        run_id = free_run_id(connection, f"{HARNESS}-{source}")
        run_pk = connection.execute(
            insert(Run)
            .values(
                run_id=run_id, harness=HARNESS, source=source, timestamp=now(), state="imported", started_at=now()
            )
            .returning(Run.pk)
        ).scalar_one()
    return int(run_pk)
