"""What a person should know of a dataset before training on it: empty splits, contradictions, dates."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally

import msgspec

from avocet.domain import JsonObject
from avocet.exporters import Exporter
from avocet.exporters.base import SPLITS, Row, Split
from avocet.exports.recipe import Recipe
from avocet.exports.rows import OutRow, without_provenance
from avocet.exports.shapes import Node, Shape

_LABELS = ("label", "kto_tag")
_SIDES = (("chosen", "rejected"), ("preferred_output", "non_preferred_output"))
_ONE_WAY, _OTHER_WAY = 1, 1 << 32
_encode = msgspec.json.Encoder().encode


class Facts:
    """The facts of a dataset, counted row by row while it is written or previewed."""

    def __init__(self, exporter: Exporter, wanted: Recipe) -> None:
        self._wanted = wanted
        self._exporter = exporter
        self._is_guessed = exporter.is_training and exporter.encoding == "jsonl"
        self._by_split: Tally[str] = Tally()
        # by text or pair: how many rows say one thing and how many the opposite, packed into one number
        self._said: dict[bytes, int] = {}
        self._shapes: dict[tuple[str, Split | None], Shape] = {}

    def add(self, one: OutRow) -> bool:
        """Count a row, and return whether it is the first of its file to show a type to a reader that guesses."""
        self._by_split[one.split or ""] += 1
        if not self._exporter.is_training:
            return False
        if isinstance(one.row, dict) and (said := _said(one.row)):
            key, way = said
            self._said[key] = self._said.get(key, 0) + way
        if not self._is_guessed:
            return False
        shape = self._shapes.get((one.part, one.split))
        if shape is None:
            shape = self._shapes[one.part, one.split] = Shape()
        return shape.add(one.row)

    def shapes(self) -> dict[str, Node]:
        """The shape of each part in all of its splits; empty if no reader guesses types."""
        found: dict[str, Node] = {}
        for (part, _), shape in self._shapes.items():
            found.setdefault(part, Node()).join(shape.root)
        return found

    @property
    def mixes_tools(self) -> bool:
        """Whether the tools of different rows can't have one type."""
        return any("tools" in root.fields and root.fields["tools"].is_mixed for root in self.shapes().values())

    def by_split(self) -> dict[str, int]:
        """The rows of each split, also of those that got none; empty if the recipe has no split."""
        splits = self._wanted.splits
        return {name: self._by_split[name] for name in SPLITS if splits and getattr(splits, name) > 0}

    @property
    def contradictory(self) -> int:
        """How many rows another row contradicts: the same text is good and bad, or a pair has both directions."""
        both = (n for n in self._said.values() if n >= _OTHER_WAY and n % _OTHER_WAY)
        return sum(n // _OTHER_WAY + n % _OTHER_WAY for n in both)

    def dates(self) -> dict[str, int]:
        """The places where every text of a file looks like a date, with the rows of the part that has most."""
        by_part: dict[str, Tally[str]] = {}
        for (part, _), shape in self._shapes.items():
            by_part.setdefault(part, Tally()).update(shape.dates())
        found: Tally[str] = Tally()
        for dates in by_part.values():
            found |= dates
        return dict(found)

    def warnings(self) -> list[str]:
        """What to know before training, as sentences; empty if all is well."""
        sentences = [f"{name} got 0 rows: it has no file." for name, rows in self.by_split().items() if not rows]
        if self._exporter.without_validation and not self._by_split["validation"]:
            sentences.append(self._exporter.without_validation)
        if n := self.contradictory:
            rows = "1 row says" if n == 1 else f"{n:,} rows say"
            sentences.append(f"{rows} the opposite of another row: the same answer is good and bad.")
        if dates := self.dates():
            places = ", ".join(f"{place} ({rows:,})" for place, rows in dates.items())
            sentences.append(
                f"Every text looks like a date in {places}: the JSON loader of datasets makes times of them. "
                "Take hf or parquet, which keep texts."
            )
        if self.mixes_tools:
            sentences.append(
                "The parameters of the tools differ in type: tools are written as JSON text, which every loader "
                "takes. Services and MLX want lists: take the files in lists/, or FILE.lists.jsonl."
            )
        return sentences


def _said(row: JsonObject) -> tuple[bytes, int] | None:
    """The digest of what a row judges, and which way it judges; None if the row judges nothing."""
    bare = without_provenance(row)
    for label in _LABELS:
        if label in bare:
            is_good = bare.pop(label)
            return _digest(bare), _ONE_WAY if is_good else _OTHER_WAY
    for better, worse in _SIDES:
        if better in bare and worse in bare:
            sides = [_encode(bare.pop(better)), _encode(bare.pop(worse))]
            way = _ONE_WAY if sides[0] <= sides[1] else _OTHER_WAY
            return _digest([bare, *map(msgspec.Raw, sorted(sides))]), way
    return None


def _digest(said: Row) -> bytes:
    return hashlib.blake2b(_encode(said), digest_size=8).digest()
