"""A draft as the database rows that hold it."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from avocet.checks import kind_of
from avocet.domain import (
    DECIDED_FIELDS,
    JSON_FIELDS,
    LATER_FIELDS,
    LATER_JSON,
    LISTS,
    PLAIN_FIELDS,
    CandidateDraft,
    Json,
    Verdict,
)
from avocet.faults import Reading, reading_of
from avocet.reasons import reason_shape, shape_hash
from avocet.runs.identity import like_hash

Row = dict[str, Any]

_SAME = tuple(name for name in PLAIN_FIELDS if name != "id")
_JSON = tuple(name for name in JSON_FIELDS if name != "prompt_messages")
_FIELDS = (*_SAME, *JSON_FIELDS, *(name for name in LATER_FIELDS if name not in LISTS))
_ALL_JSON = (*JSON_FIELDS, *(name for name in LATER_JSON if name not in LISTS))
_fields = attrgetter(*_FIELDS)
_BASELINE = (
    ("baseline_correction", "corrected_response"),
    ("baseline_category", "failure_category"),
    ("baseline_note", "note"),
    ("baseline_fault", "check_fault"),
    ("baseline_reference", "corrected_reference"),
    ("baseline_tags", "tags"),
    ("baseline_must", "must"),
    ("baseline_must_not", "must_not"),
)
READ = (*(name for name in _SAME if name not in (*DECIDED_FIELDS, "model_response")), *_JSON)
"""The columns that show how an item was read, apart from its prompt and response; no decision changes them."""


class NewCard(NamedTuple):
    """A draft that becomes a card, with its file and its line or item in it, counted from 1; None if it has none."""

    id: str
    text_hash: str
    draft: CandidateDraft
    file: str | None = None
    line_number: int | None = None


def candidate_row(run_pk: int, card: NewCard) -> Row:
    """The `candidates` row of a new card, without its tags (`arrivals.tag`)."""
    draft = card.draft
    row: Row = dict(zip(_FIELDS, _fields(draft), strict=True))
    for name in _ALL_JSON:
        value = row[name]
        if value is not None:
            row[name] = encode(value)
    row["tags"] = None
    row["must"] = encode(draft.must or None)
    row["must_not"] = encode(draft.must_not or None)
    row["id"] = card.id
    row["run_pk"] = run_pk
    row["source_file"] = card.file
    row["source_line"] = card.line_number
    row["text_hash"] = card.text_hash
    row["like_hash"] = like_hash(draft.prompt_messages, draft.model_response)
    row["extra"] = encode(draft.extra) if draft.extra else None
    row["item_outcome"] = draft.outcome
    shape = shape_of(draft.failure_reason)
    row["reason_shape"] = shape and shape_hash(shape)
    row["check_kind"] = kind_of(draft.check, draft.failure_reason)
    row["has_reference"] = draft.reference is not None
    row["response_length"] = len(draft.model_response)
    row["reading"] = reading_of_draft(draft)
    row["is_read"] = draft.status != "needs_review"
    # what an undecided line said of the verdict; nothing of it for a line that came decided
    waits = draft.status == "needs_review"
    for baseline, column in _BASELINE:
        row[baseline] = row[column] if waits else None
    return row


def as_read(draft: CandidateDraft) -> tuple[Any, ...]:
    """The draft's values for the columns of `READ`."""
    return tuple(encode(getattr(draft, name)) if name in _JSON else getattr(draft, name) for name in READ)


def decision_row(candidate_seq: int, draft: CandidateDraft, reviewer: str, at: str, tags: str | None = None) -> Row:
    """The `decisions` row of a draft that arrives decided; `tags` as a row stores them."""
    return {
        "candidate_seq": candidate_seq,
        "action": _verdict(draft),
        "status_after": draft.status,
        "corrected_response": draft.corrected_response,
        "failure_category": draft.failure_category,
        "note": draft.note,
        "check_fault": draft.check_fault,
        "corrected_reference": encode(draft.corrected_reference),
        "tags": tags,
        "must": encode(draft.must or None),
        "must_not": encode(draft.must_not or None),
        "is_read": True,
        "outcome": draft.outcome,
        "reviewer": reviewer,
        "at": at,
    }


@lru_cache(maxsize=8192)
def shape_of(reason: str | None) -> str | None:
    """The shape of a reason; many cards give the same one."""
    return reason_shape(reason)


def reading_of_draft(draft: CandidateDraft) -> Reading | None:
    """What the decision that a draft arrives with says of the answer; None for an undecided one."""
    if draft.status == "needs_review":
        return None
    return reading_of(_verdict(draft), draft.failure_category, draft.check_fault)


def encode(value: Json) -> str | None:
    """A value as JSON text; None stays None."""
    return None if value is None else msgspec.json.encode(value).decode()


def _verdict(draft: CandidateDraft) -> Verdict:
    match draft.status:
        case "discarded":
            return "discard"
        case "model_rejected":
            return "flag"
        case _ if draft.corrected_response != draft.model_response:
            return "correct"
        case _:
            # an accepted pass has no category: somebody corrected it, and changed nothing
            return "correct" if draft.outcome == "passed" and draft.failure_category else "accept"
