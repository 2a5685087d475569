"""The bulk step in which each card gets what a rule proposes for it.

The rules run here and not in the browser, so that what is stored as proposed is what they say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, insert

from avocet import json_text
from avocet.categories import FailureCategory
from avocet.db import AnySelect, now
from avocet.domain import STATUS_AFTER, Verdict
from avocet.models import Candidate, Decision
from avocet.proposals import Proposal
from avocet.review import candidates, proposed

COLUMNS = (Candidate.seq, Candidate.outcome, *candidates.CARD_COLUMNS)
"""What a query selects for the rules to look at."""


class VerdictCount(msgspec.Struct, frozen=True):
    """How many cards get this verdict."""

    action: Verdict
    category: FailureCategory | None
    count: int


class _Found(NamedTuple):
    """A card that the rules say something of."""

    seq: int
    id: str
    outcome: str
    decision_id: int | None
    response: str
    proposal: Proposal


def count(connection: Connection, query: AnySelect) -> list[VerdictCount]:
    """What the cards of `query`, which selects `COLUMNS`, would get, the commonest verdict first."""
    return _counted(list(_found(connection, query)))


def decide(
    connection: Connection, query: AnySelect, reviewer: str, batch_id: str, opened: Sequence[str]
) -> list[VerdictCount]:
    """Add the decisions of the batch; cards of which the rules say nothing get none."""
    found = list(_found(connection, query.with_for_update(of=Candidate)))
    is_open, at = frozenset(opened), now()
    rows = [
        {**_said(one), "is_read": one.id in is_open, "reviewer": reviewer, "at": at, "batch_id": batch_id}
        for one in found
    ]
    if rows:
        connection.execute(insert(Decision), rows)
    return _counted(found)


def _found(connection: Connection, query: AnySelect) -> Iterator[_Found]:
    for seq, outcome, *row in connection.execute(query):
        values = candidates.card_values(row)
        # the cards of a sample are read one by one
        if values["is_withheld"]:
            continue
        proposal = proposed.proposal_of(values, candidates.texts_of(values).references)
        if proposal is not None:
            yield _Found(seq, values["id"], outcome, values["decision_id"], values["model_response"], proposal)


def _said(found: _Found) -> dict[str, Any]:
    """The decision on a card, as if the person had taken its proposal there."""
    proposal, text = found.proposal, found.proposal.corrected_response
    shown = {
        "rule": proposal.rule,
        "action": proposal.action,
        "category": proposal.category,
        "taken": True,
        "after_action": False,
    }
    return {
        "candidate_seq": found.seq,
        "action": proposal.action,
        "status_after": STATUS_AFTER[proposal.action],
        "corrected_response": found.response if text is None else _with_line_ends_of(found.response, text),
        "failure_category": proposal.category,
        "outcome": found.outcome,
        "proposed": json_text.stored(shown),
        "replaces": found.decision_id,
    }


def _with_line_ends_of(answer: str, text: str) -> str:
    """The text with the answer's kind of line ends, as a correction that is typed has them."""
    has_lone_returns = "\r" in answer.replace("\r\n", "")
    is_crlf = "\r\n" in answer and "\n" not in answer.replace("\r\n", "")
    lines = text.replace("\r\n", "\n")
    lines = lines if has_lone_returns else lines.replace("\r", "\n")
    return lines.replace("\n", "\r\n") if is_crlf else lines


def _counted(found: Sequence[_Found]) -> list[VerdictCount]:
    counts = Counter((one.proposal.action, one.proposal.category) for one in found)
    return [VerdictCount(action, category, cards) for (action, category), cards in counts.most_common()]
