"""What a bench asks: a task file of the desk, what the desk holds out, or the items of some cards again."""

from __future__ import annotations

import msgspec

from avocet.benching import Part
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter


class FileTasks(msgspec.Struct, frozen=True, kw_only=True, tag="file", tag_field="kind"):
    """The tasks of a file in the desk's folder, or one side of the hold-out of them."""

    file: str
    part: Part = "all"


class HeldOutTasks(msgspec.Struct, frozen=True, kw_only=True, tag="held-out", tag_field="kind"):
    """Every item that the desk holds out and whose cards know their check."""


class CardsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which cards, by exactly one of these: those that wait and match, those that are decided and match, or ids."""

    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: tuple[str, ...] | None = None


class CardsTasks(msgspec.Struct, frozen=True, kw_only=True, tag="cards", tag_field="kind"):
    """The items of these cards, each once."""

    filter: CardsWanted


BenchTasks = FileTasks | HeldOutTasks | CardsTasks
