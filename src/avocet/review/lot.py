"""Which passes have a card by lot: the ones with the smallest hashes of the run's seed and the item's name.

A pass may also have a card because it failed in an earlier import, or because a smaller file kept it. Such a card is
no random choice of the passes, so no sample is drawn from it and nothing is concluded from it about the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from avocet.db import AnySelect
from avocet.models import Candidate, Item, ItemGroup, Run

EVERY = 2**63 - 1
"""The place up to which all passes were kept, if none was left out."""


def place(seed: int, model_name: str, task_type: str, item: bytes, epoch: str) -> int:
    """The item's place in the order in which the passes of its group are kept."""
    told = (text.encode("utf-8", "surrogatepass") for text in (str(seed), model_name, task_type, epoch))
    content = b"\x00".join((*told, item))
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


def cards(connection: Connection, run_pks: Iterable[int]) -> set[int]:
    """The numbers of the cards of these runs that were kept by lot and whose items pass by the last import."""
    return {row.seq for row in _drawn(connection, run_pks, select(Item.candidate_seq.label("seq")).select_from(Item))}


def readings(connection: Connection, run_pk: int) -> Iterator[Row[Any]]:
    """What was said of each of these cards of a run, and the model and task of its group."""
    columns = (Candidate.seq, Candidate.is_read, Candidate.reading, Candidate.failure_category, Candidate.check_fault)
    query = select(*columns)
    query = query.select_from(Item).join(Candidate, Candidate.seq == Item.candidate_seq)
    return _drawn(connection, [run_pk], query.where(Candidate.item_outcome == "passed"))


def _drawn(connection: Connection, run_pks: Iterable[int], query: AnySelect) -> Iterator[Row[Any]]:
    """The rows of a query of items, as far as their cards were kept by lot."""
    query = query.add_columns(ItemGroup.kept_to, Run.seed, ItemGroup.model_name, ItemGroup.task_type)
    query = query.add_columns(Item.item, Item.epoch)
    query = query.join(ItemGroup, ItemGroup.pk == Item.group_pk).join(Run, Run.pk == ItemGroup.run_pk)
    query = query.where(Run.pk.in_(sorted(set(run_pks))), ItemGroup.kept_to.is_not(None))
    query = query.where(Item.outcome == "passed", Item.seen > 0, Item.candidate_seq.is_not(None))
    for row in connection.execute(query):
        here = (row.seed, row.model_name, row.task_type, row.item, row.epoch)
        if row.kept_to == EVERY or place(*here) <= row.kept_to:
            yield row
