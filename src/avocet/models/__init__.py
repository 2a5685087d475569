"""The tables. Decisions are append-only; everything else about a candidate's state can be recomputed from them.

Times are UTC text of a fixed length (`2026-11-22T18:03:28.123456Z`), so that they sort alike on SQLite and
PostgreSQL. JSON is stored as text, so that both databases return it exactly as it came in.
"""

from __future__ import annotations

from avocet.models.base import Base, Sequence
from avocet.models.cards import (
    HIDDEN,
    ITEM,
    ITEM_NAME,
    SCORE,
    Candidate,
    Counter,
    Decision,
    ReadingCounter,
    ReasonShape,
)
from avocet.models.kept import Export, IdempotencyKey, Recipe, SavedMappingRow, SavedView, Setting
from avocet.models.runs import Item, ItemGroup, RejectedLineRow, Removal, Run, RunTotalRow
from avocet.models.samples import Sample, SampleFrame, SampleMember
from avocet.models.tags import CardTag, Tag

__all__ = [
    "HIDDEN",
    "ITEM",
    "ITEM_NAME",
    "SCORE",
    "Base",
    "Candidate",
    "CardTag",
    "Counter",
    "Decision",
    "Export",
    "IdempotencyKey",
    "Item",
    "ItemGroup",
    "ReadingCounter",
    "ReasonShape",
    "Recipe",
    "RejectedLineRow",
    "Removal",
    "Run",
    "RunTotalRow",
    "Sample",
    "SampleFrame",
    "SampleMember",
    "SavedMappingRow",
    "SavedView",
    "Sequence",
    "Setting",
    "Tag",
]
