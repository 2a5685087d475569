"""The six failure categories, in the order of their keys on the keyboard, and what each means."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

FailureCategory = Literal[
    "scoring_artifact",
    "style_violation",
    "partial_answer",
    "wrong_answer",
    "format_error",
    "hallucination",
]
FAILURE_CATEGORIES: Final[tuple[FailureCategory, ...]] = get_args(FailureCategory)
UNCATEGORISED: Final = "uncategorised"
"""The name for no category, in filters and statistics."""


class Category(msgspec.Struct, frozen=True):
    """A failure category as it is shown; the digit key n picks the n-th."""

    value: FailureCategory
    label: str
    meaning: str


CATEGORIES: Final[tuple[Category, ...]] = (
    Category("scoring_artifact", "Scoring artifact", "the model was right, the benchmark's check was too strict"),
    Category(
        "style_violation",
        "Style violation",
        "right answer that broke an instruction (verbosity, tone, unsolicited advice)",
    ),
    Category("partial_answer", "Partial answer", "right direction, key elements missing"),
    Category("wrong_answer", "Wrong answer", "genuinely incorrect"),
    Category("format_error", "Format error", "right content in the wrong structure"),
    Category("hallucination", "Hallucination", "invented facts"),
)
CATEGORY_MEANINGS: Final[dict[FailureCategory, str]] = {one.value: one.meaning for one in CATEGORIES}


def is_artifact(category: str | None) -> bool:
    """Whether the category says that the model was right, and the benchmark's check too strict."""
    return category == "scoring_artifact"
