"""What each part trains and measures, and how much of it; all of it was set before the first training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Name = Literal["reviewed", "dpo", "passes", "category"]
Review = Literal["unreviewed", "reviewed"]


@dataclass(frozen=True)
class Arm:
    """One training set: whose decisions, and the options of `avocet export` that make it of them."""

    name: str
    review: Review
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A question: the arms, each but the first compared with the first, and what is counted of the held-out items.

    `kept` counts only the items that passed before any training.
    """

    name: Name
    title: str
    asks: str
    arms: tuple[Arm, ...]
    method: Literal["sft", "dpo"] = "sft"
    seeds: int = 3
    kept: bool = False


APPROVED: Final = ("--exclude-category", "scoring_artifact")
UNREVIEWED: Final = Arm("unreviewed", "unreviewed")
REVIEWED: Final = Arm("reviewed", "reviewed", APPROVED)
PARTS: Final[dict[str, Part]] = {
    part.name: part
    for part in (
        Part(
            "reviewed",
            "Reviewed against unreviewed",
            "Does training on what a review left do better than training on every failure with its reference?",
            (UNREVIEWED, REVIEWED),
            seeds=5,
        ),
        Part("dpo", "The same by DPO", "The same by preference pairs.", (UNREVIEWED, REVIEWED), method="dpo"),
        Part(
            "passes",
            "With and without confirmed passes",
            "Do answers that passed, and were confirmed, keep a model from losing what it did right?",
            (
                Arm("without-passes", "reviewed", APPROVED),
                Arm("with-passes", "reviewed", (*APPROVED, "--passes", "confirmed")),
            ),
            kept=True,
        ),
        Part(
            "category",
            "By category",
            "What does training on one kind of failure teach?",
            (
                Arm("all", "reviewed", APPROVED),
                Arm("wrong-answer", "reviewed", ("--include-category", "wrong_answer")),
                Arm(
                    "format-and-style",
                    "reviewed",
                    ("--include-category", "format_error", "--include-category", "style_violation"),
                ),
            ),
        ),
    )
}


@dataclass(frozen=True)
class Plan:
    """How much of everything; the same plan in the same folder goes on."""

    base: str
    work: Path
    tasks: Path
    share: float = 0.41
    salt: str = "flywheel"
    steps: int = 30
    batch_size: int = 8
    learning_rate: float | None = None
    max_new_tokens: int = 64
    concurrency: int = 32
    seeds: int | None = None
    jobs: int = 2
    threads: int = 1
