"""The identity of candidates and runs: ids for those that came without one, and hashes that compare texts."""

from __future__ import annotations

import hashlib
import re

import msgspec
from sqlalchemy import Connection, select

from avocet.disk import free_name
from avocet.domain import CandidateDraft, Message
from avocet.importers.base import ItemKey
from avocet.importers.cf_orch.spelling import plain
from avocet.models import Run

_SPACES = bytes.maketrans(b"\t\n\v\f\r", b"     ")
_RUN_OF_SPACES = re.compile(rb"  +")
_canonical = msgspec.json.Encoder(order="deterministic")


def text_hash(prompt_messages: list[Message], model_response: str) -> str:
    """A hash of 32 hex digits, 16 for the prompt and 16 for the response: lines of one id and hash are one card."""
    prompt = hashlib.blake2b(_canonical.encode(prompt_messages), digest_size=8)
    response = hashlib.blake2b(model_response.encode(), digest_size=8)
    return prompt.hexdigest() + response.hexdigest()


def like_hash(prompt_messages: list[Message], model_response: str) -> str:
    """A hash of 16 hex digits, equal for prompts and responses that differ only in case and white space."""
    texts = [_canonical.encode(message).decode() for message in prompt_messages if len(message) > 2]
    for message in prompt_messages:
        texts += (message["role"], message["content"] or "")
    folded = " \x00 ".join((*texts, model_response, "")).casefold().replace("\u00a0", " ")
    # `" ".join(text.split())` would make an object for every word: a fifth of all the time an import takes
    spaced = folded.encode().translate(_SPACES)
    if b"  " in spaced:
        spaced = _RUN_OF_SPACES.sub(b" ", spaced)
    return hashlib.blake2b(spaced.lstrip(), digest_size=8).hexdigest()


def content_id(draft: CandidateDraft, run_id: str) -> str:
    """A stable id for a line that came without one: a hash of its content.

    The run is part of it (the line's own, else the importing one), since the same text in another run is another
    card (docs/decisions/0003-identity.md).
    """
    content = _canonical.encode([draft.benchmark_run_id or run_id, plain(draft)])
    return "line-" + hashlib.blake2b(content, digest_size=16).hexdigest()


def item_id(harness: str, run: str, key: ItemKey) -> str:
    """A stable id for a harness's item: a hash of harness, run, task, item, epoch and model."""
    content = _canonical.encode([harness, run, *key])
    return f"{harness}-{hashlib.blake2b(content, digest_size=16).hexdigest()}"


def free_run_id(connection: Connection, name: str) -> str:
    """The run id for a new run of that name: the name itself, or with a number if it is taken."""
    same_start = select(Run.run_id).where(Run.run_id.startswith(name, autoescape=True))
    return free_name(name, set(connection.scalars(same_start)))
