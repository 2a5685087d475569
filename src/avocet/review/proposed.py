"""What the rules propose on a stored card: nothing on a decided one or a pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import exists

from avocet.checks import Check, missing_patterns_of, read
from avocet.domain import Json
from avocet.models import Candidate, SampleMember
from avocet.proposals import Item, Proposal, propose
from avocet.proposals.item import LONGEST_ANSWER

is_sampled = exists().where(SampleMember.candidate_seq == Candidate.seq)
"""Whether a candidate is in a sample: a proposal shown before an action has begun would measure the rules."""


class _Turn(msgspec.Struct):
    role: str = ""
    content: Json = None


_turns = msgspec.json.Decoder(list[_Turn])


def proposal_of(values: Mapping[str, Any], references: Sequence[str]) -> Proposal | None:
    """What the rules propose on a card, whose stored values these are."""
    if values["status"] != "needs_review" or values.get("outcome", "failed") != "failed":
        return None
    if not references or len(values["model_response"]) > LONGEST_ANSWER:
        return None
    check = _check_of(values.get("check"), values["failure_reason"])
    return propose(Item(values["model_response"], references, _asked(values["prompt_messages"]), check))


def _asked(prompt_messages: str) -> str:
    """The instructions of a prompt, and its last question."""
    turns = _turns.decode(prompt_messages)
    told = [turn for turn in turns if turn.role in ("system", "developer")]
    told += [turn for turn in turns if turn.role == "user"][-1:]
    return "\n".join(turn.content for turn in told if isinstance(turn.content, str))


def _check_of(stored: str | None, failure_reason: str | None) -> Check | None:
    return read(msgspec.json.decode(stored)) if stored else missing_patterns_of(failure_reason)
