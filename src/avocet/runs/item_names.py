"""What an item is called in the ledger: its group, and its name within that group."""

from __future__ import annotations

import hashlib
from typing import NamedTuple, Protocol

from sqlalchemy import ColumnElement, and_

from avocet.importers.base import ReadItem

KEY_BYTES = 10
"""A longer name is kept as a hash of this many bytes, so that a row and its place in the index stay small."""
_PLACEHOLDER = b"#"
"""Begins the name of a row that was made of a card from before the ledger; its number follows."""


class GroupKey(NamedTuple):
    """Model and task of a group; the empty string stands for null."""

    model_name: str
    task_type: str


class ItemName(NamedTuple):
    item: bytes
    epoch: str


Name = tuple[GroupKey, ItemName]
"""What names a row within its run."""


class _Grouped(Protocol):
    """What says its model and task."""

    @property
    def model_name(self) -> str | None: ...

    @property
    def task_type(self) -> str | None: ...


def group_of(item: _Grouped) -> GroupKey:
    return GroupKey(item.model_name or "", item.task_type or "")


def name_of(item: ReadItem, task_type: str | None, candidate_id: str | None) -> ItemName:
    """An item's name within its group: the harness's, else its card's id without the run, else its file and line."""
    if item.key is not None:
        task, name, epoch, _ = item.key
        return ItemName(key_of(name if task in ("", task_type) else f"{task}/{name}"), epoch)
    return ItemName(key_of(candidate_id or f"{item.file}:{item.line_number}"), "")


def key_of(name: str) -> bytes:
    """A name as the ledger keeps it."""
    key = name.encode("utf-8", "surrogatepass")
    if len(key) < KEY_BYTES and not key.startswith(_PLACEHOLDER):
        return key
    return hashlib.blake2b(key, digest_size=KEY_BYTES).digest()


def placeholder(candidate_seq: int) -> bytes:
    """The name of the row that stands for a card from before the ledger until its item is read again."""
    return _PLACEHOLDER + str(candidate_seq).encode()


def is_placeholder(item: ColumnElement[bytes]) -> ColumnElement[bool]:
    """Whether a row's name was made of a card from before the ledger (or, for one hash in 256, looks like it)."""
    return and_(item >= _PLACEHOLDER, item < bytes([_PLACEHOLDER[0] + 1]))
