"""Decisions: submit, revise and undo, each one guarded write transaction. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from avocet import json_text
from avocet import must as lines
from avocet import tags as names
from avocet.categories import FailureCategory
from avocet.db import Database, now
from avocet.domain import STATUS_AFTER, Json, JsonObject, Status, Verdict, is_blank, stored_note
from avocet.errors import (
    AlreadyDecided,
    BlankCorrection,
    InvalidRequest,
    NothingToUndo,
    StaleRevision,
)
from avocet.faults import CheckFault
from avocet.models import Candidate, Decision
from avocet.models import Sequence as SequenceNumber
from avocet.review import candidates, counters, idempotency, passes, said, tags
from avocet.review.said import Said


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict on one candidate. A revision names in `revises` the decision it replaces, which must still stand.

    `check_fault` is what is wrong with the item or its check, `corrected_reference` the reference it should have: any
    JSON value. `tags` are names, in any spelling; `must` and `must_not` are lines that say what a right answer
    contains, and what it must not. `proposed` is the rule's proposal that the card showed, if any.
    """

    id: str
    action: Verdict
    corrected_response: str | None = None
    failure_category: FailureCategory | None = None
    note: str | None = None
    check_fault: CheckFault | None = None
    corrected_reference: Json = None
    tags: Sequence[str] = ()
    must: Sequence[str] = ()
    must_not: Sequence[str] = ()
    proposed: JsonObject | None = None
    revises: int | None = None


class Submitted(msgspec.Struct, frozen=True):
    id: str
    status: Status
    failure_category: FailureCategory | None
    decision_id: int
    check_fault: CheckFault | None


class UndoneVerdict(msgspec.Struct, frozen=True):
    """What the decision said that was undone."""

    action: Verdict
    corrected_response: str | None
    failure_category: FailureCategory | None
    note: str | None
    check_fault: CheckFault | None
    corrected_reference: Json
    tags: list[str]
    must: list[str]
    must_not: list[str]


class Undone(msgspec.Struct, frozen=True):
    id: str
    status: Status
    undone: UndoneVerdict


class _Standing(NamedTuple):
    """A candidate as it was just before a decision."""

    seq: int
    decision_id: int | None
    tags: str | None
    state: counters.CardState


_find = (
    select(Candidate.seq, Candidate.decision_id, Candidate.tags, *counters.STATE_COLUMNS)
    .where(Candidate.id == bindparam("candidate_id"))
    .with_for_update()
)
_response = select(Candidate.model_response).where(Candidate.seq == bindparam("candidate_seq"))
_insert = insert(Decision).returning(Decision.id)
_insert_undo = insert(Decision)
# sets the columns that the parameters are named after
_guarded_update = (
    update(Candidate)
    .where(
        Candidate.seq == bindparam("candidate_seq"),
        Candidate.status == bindparam("present_status"),
        Candidate.decision_id.is_not_distinct_from(bindparam("present_decision", type_=SequenceNumber)),
    )
    .execution_options(synchronize_session=False)
)


def submit(database: Database, submission: Submission, reviewer: str, key: str | None = None) -> Submitted:
    """Record a verdict, which is durable when this returns.

    With a key, repeating the request returns the first answer and changes nothing.

    Raises:
        NotFound: no such candidate.
        AlreadyDecided: it is not waiting for review, and `revises` is not given.
        StaleRevision: the decision that now stands is not `revises`.
        BlankCorrection: `correct` without visible text.
        InvalidRequest: the category makes no sense for a card that passed, or a tag or line is none.
        IdempotencyConflict: the key was used for something else.
    """
    if submission.action == "correct" and is_blank(submission.corrected_response):
        raise BlankCorrection("A correction needs visible text. To keep the model's own answer, accept it.")
    submission = _checked(submission)
    attempt = idempotency.Attempt(key, reviewer, "submit", submission)
    return idempotency.once(
        database, attempt, Submitted, lambda connection: _submit(connection, submission, reviewer)
    )


def _checked(submission: Submission) -> Submission:
    if not (submission.tags or submission.must or submission.must_not):
        return submission
    must, must_not = lines.checked(submission.must, submission.must_not)
    return msgspec.structs.replace(submission, tags=names.checked(submission.tags), must=must, must_not=must_not)


def undo(
    database: Database, candidate_id: str, reviewer: str, decision_id: int | None = None, key: str | None = None
) -> Undone:
    """Bring a candidate back to the decision that its standing one replaced, or to `needs_review` if there is none.

    With a key, repeating the request returns the first answer and changes nothing.

    Raises:
        NotFound: no such candidate.
        NothingToUndo: no decision stands.
        StaleRevision: the decision that now stands is not `decision_id`.
        IdempotencyConflict: the key was used for something else.
    """
    attempt = idempotency.Attempt(key, reviewer, "undo", (candidate_id, decision_id))
    return idempotency.once(
        database, attempt, Undone, lambda connection: _undo(connection, candidate_id, reviewer, decision_id)
    )


def _submit(connection: Connection, submission: Submission, reviewer: str) -> Submitted:
    standing = _standing(connection, submission.id)
    _check_turn(connection, standing, submission)
    verdict = _verdict(connection, standing, submission)
    decision_id: int = connection.execute(
        _insert,
        {
            "candidate_seq": standing.seq,
            "action": submission.action,
            "status_after": verdict.status,
            **verdict.columns(),
            "outcome": standing.state.outcome,
            "proposed": json_text.stored(submission.proposed),
            "reviewer": reviewer,
            "at": now(),
            "replaces": standing.decision_id,
        },
    ).scalar_one()
    _apply(connection, standing, verdict, decision_id)
    return Submitted(submission.id, verdict.status, verdict.failure_category, decision_id, verdict.check_fault)


def _undo(connection: Connection, candidate_id: str, reviewer: str, decision_id: int | None) -> Undone:
    standing = _standing(connection, candidate_id)
    if standing.decision_id is None:
        raise NothingToUndo("Nothing to undo: this card waits for review.", id=candidate_id)
    if decision_id not in (None, standing.decision_id):
        raise _stale(connection, standing)
    undone, restores = said.decided(connection, standing.decision_id)
    before = said.decided(connection, restores)[0] if restores else said.baseline(connection, standing.seq)
    connection.execute(
        _insert_undo,
        {
            "candidate_seq": standing.seq,
            "action": "undo",
            "status_after": before.status,
            **before.columns(),
            "outcome": standing.state.outcome,
            "reviewer": reviewer,
            "at": now(),
            "replaces": standing.decision_id,
            "restores": restores,
        },
    )
    _apply(connection, standing, before, restores)
    # the decision that stands is never an undo
    action = cast("Verdict", undone.action)
    told = UndoneVerdict(
        action,
        undone.corrected_response,
        undone.failure_category,
        undone.note,
        undone.check_fault,
        json_text.read_back(undone.corrected_reference),
        tags.named(undone.tags, tags.names_of(connection, [undone.tags])),
        json_text.texts(undone.must),
        json_text.texts(undone.must_not),
    )
    return Undone(candidate_id, before.status, told)


def _standing(connection: Connection, candidate_id: str) -> _Standing:
    seq, decision_id, tagged, *state = candidates.find(connection, _find, candidate_id)
    return _Standing(seq, decision_id, tagged, counters.CardState(*state))


def _check_turn(connection: Connection, standing: _Standing, submission: Submission) -> None:
    if submission.revises is None:
        if standing.state.status != "needs_review":
            raise AlreadyDecided(
                "This card is decided already. Nothing was changed; undo or revise the decision that stands.",
                **_present(connection, standing),
            )
    elif standing.decision_id != submission.revises:
        raise _stale(connection, standing)


def _stale(connection: Connection, standing: _Standing) -> StaleRevision:
    sentence = "Another decision stands now. Nothing was changed; look at the card again."
    return StaleRevision(sentence, **_present(connection, standing))


def _present(connection: Connection, standing: _Standing) -> dict[str, Any]:
    """The candidate's present state, for the body of a conflict error."""
    query = select(Decision.reviewer).where(Decision.id == bindparam("decision_id"))
    reviewer = connection.scalar(query, {"decision_id": standing.decision_id}) if standing.decision_id else None
    return {
        "status": standing.state.status,
        "failure_category": standing.state.failure_category,
        "decision_id": standing.decision_id,
        "reviewer": reviewer,
    }


def _verdict(connection: Connection, standing: _Standing, submission: Submission) -> Said:
    text = submission.corrected_response
    if submission.action == "accept":
        answer: str = connection.execute(_response, {"candidate_seq": standing.seq}).scalar_one()
        if not is_blank(text) and text != answer:
            raise InvalidRequest("accept keeps the model's own text; to change the text, use correct.")
        text = answer
    elif is_blank(text):
        text = None
    category = passes.stored_category(submission.action, submission.failure_category, standing.state.outcome)
    return Said(
        submission.action,
        STATUS_AFTER[submission.action],
        text,
        category,
        stored_note(submission.note),
        submission.check_fault,
        json_text.stored(submission.corrected_reference),
        tags.stored(connection, submission.tags),
        json_text.stored(submission.must or None),
        json_text.stored(submission.must_not or None),
        is_read=True,
    )


def _apply(connection: Connection, standing: _Standing, verdict: Said, decision_id: int | None) -> None:
    """Update the candidate and the counters, unless another writer has changed the candidate meanwhile.

    Raises:
        StaleRevision: another writer has.
    """
    values = {
        "candidate_seq": standing.seq,
        "present_status": standing.state.status,
        "present_decision": standing.decision_id,
        "status": verdict.status,
        "decision_id": decision_id,
        **verdict.columns(),
        "reading": verdict.reading,
    }
    if connection.execute(_guarded_update, values).rowcount != 1:
        raise StaleRevision("Another decision was made at the same moment. Nothing was changed.")
    after = standing.state._replace(
        status=verdict.status,
        failure_category=verdict.failure_category,
        check_fault=verdict.check_fault,
        reading=verdict.reading,
        is_read=verdict.is_read,
    )
    if after != standing.state:
        counters.change(connection, ((standing.state, -1), (after, 1)))
    tags.tie(connection, standing.seq, standing.tags, verdict.tags)
