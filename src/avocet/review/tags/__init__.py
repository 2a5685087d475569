"""Tags: stored as numbers that resolve to names when they are read (ADR 0037)."""

from __future__ import annotations

from avocet.review.tags.cards import of_tag, tie, tie_all, tie_anew, untie_hidden
from avocet.review.tags.changing import changed, check_room
from avocet.review.tags.names import Names, entered, joined, known, named, names_of, parsed, read_lists, stored
from avocet.review.tags.screen import Renamed, TagCount, TagList, delete, merge, read_all, rename

__all__ = [
    "Names",
    "Renamed",
    "TagCount",
    "TagList",
    "changed",
    "check_room",
    "delete",
    "entered",
    "joined",
    "known",
    "merge",
    "named",
    "names_of",
    "of_tag",
    "parsed",
    "read_all",
    "read_lists",
    "rename",
    "stored",
    "tie",
    "tie_all",
    "tie_anew",
    "untie_hidden",
]
