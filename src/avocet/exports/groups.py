"""Groups that splits and the hold-out never divide: the rows of one task item, and those of one prompt."""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import Connection, func, select

from avocet.domain import Message
from avocet.models import ITEM_NAME, Candidate

_PROMPT_DIGITS = 16
_encode = msgspec.json.Encoder().encode


def group_of(task_type: str | None, item: str | None, prompt_json: bytes | str) -> str:
    """Name a group: the task's item if known, else the turns without the system's, so that variants stay together."""
    if item is not None:
        return f"item\x00{task_type or ''}\x00{item}"
    turns = [
        [message["role"], message["content"]]
        for message in msgspec.json.decode(prompt_json, type=list[Message])
        if message["role"] not in ("system", "developer")
    ]
    return "turns\x00" + hashlib.blake2b(_encode(turns), digest_size=16).hexdigest()


class Groups:
    """The group of every candidate of the desk.

    A prompt that several items share belongs to the item that brought it first: otherwise it could be in two
    splits. Candidates are never deleted and come in order, so a group keeps its place when the desk grows.
    """

    def __init__(self, connection: Connection) -> None:
        prompt = func.substr(Candidate.text_hash, 1, _PROMPT_DIGITS)
        item = func.coalesce(ITEM_NAME, "")
        key = func.coalesce(Candidate.task_type, "") + "\x1f" + item
        shared = (
            select(func.min(Candidate.seq).label("seq"))
            .group_by(prompt)
            .having(func.min(key) != func.max(key))
            .subquery()
        )
        query = select(
            prompt, Candidate.task_type, Candidate.item_id, Candidate.task_id, Candidate.prompt_messages
        ).join(shared, shared.c.seq == Candidate.seq)
        self._shared = {
            digits: group_of(task, item_id or task_id or None, prompt_json)
            for digits, task, item_id, task_id, prompt_json in connection.execute(query)
        }

    def of(self, text_hash: str, task_type: str | None, item: str | None, prompt_json: bytes | str) -> str:
        """The name of a candidate's group."""
        shared = self._shared.get(text_hash[:_PROMPT_DIGITS])
        return shared if shared is not None else group_of(task_type, item, prompt_json)
