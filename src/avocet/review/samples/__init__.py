"""Samples: named random choices of cards, to be read in their order (docs/samples.md).

A sample keeps what it was drawn from: the cards that matched and were unread. Their order is that of a hash of the
seed and the card's id, and each part of a sample has its own. Growing takes the next cards of the same order, and
never moves one. Only the beginning of a part that was read without a gap is a random choice (`progress`, `reads`).
"""

from __future__ import annotations

from avocet.review.samples.asking import Asked, Part, Per, Share
from avocet.review.samples.drawing import delete, draw, draw_or_grow, grow
from avocet.review.samples.progress import PartProgress, SampleProgress, get, of_run, outcomes, read_all
from avocet.review.samples.reads import FrameRow, PrefixRead, SampleReads, random_cards, reads_of_run

__all__ = [
    "Asked",
    "FrameRow",
    "Part",
    "PartProgress",
    "Per",
    "PrefixRead",
    "SampleProgress",
    "SampleReads",
    "Share",
    "delete",
    "draw",
    "draw_or_grow",
    "get",
    "grow",
    "of_run",
    "outcomes",
    "random_cards",
    "read_all",
    "reads_of_run",
]
