"""Which passes have a card by lot: the ones with the smallest hashes of the run's seed and the item's name.

A pass may also have a card because it failed in an earlier import, or because a smaller file kept it. Such a card is
no random choice of the passes, so no sample is drawn from it and nothing is concluded from it about the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from avocet.models import Item, ItemGroup, Run

EVERY = 2**63 - 1
"""The place up to which all passes were kept, if none was left out."""


def place(seed: int, model_name: str, task_type: str, item: bytes, epoch: str) -> int:
    """The item's place in the order in which the passes of its group are kept."""
    told = (text.encode("utf-8", "surrogatepass") for text in (str(seed), model_name, task_type, epoch))
    content = b"\x00".join((*told, item))
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


def cards(connection: Connection, run_pks: Iterable[int]) -> set[int]:
    """The numbers of the cards of these runs that were kept by lot and whose items pass by the last import."""
    columns = (Run.seed, ItemGroup.model_name, ItemGroup.task_type, Item.item, Item.epoch)
    query = select(Item.candidate_seq, ItemGroup.kept_to, *columns).select_from(Item)
    query = query.join(ItemGroup, ItemGroup.pk == Item.group_pk).join(Run, Run.pk == ItemGroup.run_pk)
    query = query.where(Run.pk.in_(sorted(set(run_pks))), ItemGroup.kept_to.is_not(None))
    query = query.where(Item.outcome == "passed", Item.seen > 0, Item.candidate_seq.is_not(None))
    return {
        seq
        for seq, last, seed, model, task, item, epoch in connection.execute(query)
        if seq is not None and last is not None and (last == EVERY or place(seed, model, task, item, epoch) <= last)
    }
