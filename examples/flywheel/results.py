"""What a part found, as it is kept: which held-out items passed after each training."""

from __future__ import annotations

from collections import Counter as Tally
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

from avocet.comparing.difference import Difference, Pair, difference


class Trained(msgspec.Struct, frozen=True):
    """One training, and the held-out items that its adapter passes by the true checks."""

    arm: str
    seed: int
    passed: list[str]
    rows: int
    tokens: int
    first_loss: float
    last_loss: float
    minutes: float
    versions: dict[str, str]


class Result(msgspec.Struct, frozen=True):
    """A part. `items` were held out; the base model passed `before` of them."""

    part: str
    base: str
    settings: dict[str, Any]
    benchmark: dict[str, Any]
    items: list[str]
    before: list[str]
    trained: list[Trained]

    def measured(self, *, kept: bool) -> list[str]:
        """The items that count: all, or those that passed before."""
        return self.before if kept else self.items

    def of(self, arm: str) -> list[Trained]:
        return [one for one in self.trained if one.arm == arm]

    def counts(self, arm: str, *, kept: bool) -> list[int]:
        """How many of the items that count passed, by seed."""
        return [len(set(one.passed) & set(self.measured(kept=kept))) for one in self.of(arm)]

    def compared(self, arm: str, other: str, *, kept: bool) -> Difference:
        """`other` less `arm`, item by item, as `avocet compare` does it: a seed is an epoch, an item's value is the
        share of the seeds that pass it. The signs of the items' differences are flipped; the range is a bootstrap
        over items.
        """
        pairs: Tally[Pair] = Tally()
        for item in self.measured(kept=kept):
            pairs[(self._value(arm, item), self._value(other, item))] += 1
        return difference(pairs, has_epochs=True)

    def _value(self, arm: str, item: str) -> Fraction:
        runs = self.of(arm)
        return Fraction(sum(item in one.passed for one in runs), len(runs))


def save(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = msgspec.json.format(msgspec.json.encode(result), indent=1)
    (folder / f"{result.part}.json").write_bytes(text + b"\n")


def load(folder: Path, part: str) -> Result | None:
    """The result of a part; None if it has not been run."""
    path = folder / f"{part}.json"
    return msgspec.json.decode(path.read_bytes(), type=Result) if path.is_file() else None
