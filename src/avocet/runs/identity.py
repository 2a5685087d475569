"""Who a candidate is: ids for lines that have none, and a hash that tells same id, other text."""

from __future__ import annotations

import hashlib

import msgspec

from avocet.domain import CandidateDraft, Message

_canonical = msgspec.json.Encoder(order="deterministic")


def text_hash(prompt_messages: list[Message], model_response: str) -> str:
    """16 hex digits of the prompt and 16 of the response, which together decide whether two lines are one card."""
    prompt = hashlib.blake2b(_canonical.encode(prompt_messages), digest_size=8)
    response = hashlib.blake2b(model_response.encode(), digest_size=8)
    return prompt.hexdigest() + response.hexdigest()


def content_id(draft: CandidateDraft, run_id: str) -> str:
    """A stable id for a line that came without one: a hash of its content.

    The run belongs to it, the line's own or else the one that imports it, since the same text in another run is
    another card (docs/decisions/0003-identity.md).
    """
    content = _canonical.encode([draft.benchmark_run_id or run_id, draft])
    return "line-" + hashlib.blake2b(content, digest_size=16).hexdigest()
