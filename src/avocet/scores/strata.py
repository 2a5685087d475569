"""What was read by lot: strata, what they pool to, and how many reads that is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

Basis = Literal["all", "sample", "other", "none"]
"""Every item read; every stratum with unread items read by lot; read in another way; nothing read."""


class Stratum(msgspec.Struct, frozen=True):
    """Items of one outcome that were sampled at one rate: how many there are, and what the random reads said.

    `reads` holds the ones set aside, the undecided and the right ones; all the others of it are wrong. A stratum that
    is fully read counts every read as random.
    """

    size: int
    reads: int
    right: int
    set_aside: int = 0
    undecided: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.reads <= self.size:
            raise ValueError(f"a stratum of {self.size} items can't have {self.reads} reads")
        if min(self.right, self.set_aside, self.undecided) < 0 or self.wrong < 0:
            raise ValueError(
                f"{self.right} right, {self.set_aside} set aside and {self.undecided} undecided reads don't fit into "
                f"{self.reads} reads"
            )

    @property
    def aside(self) -> int:
        """Reads that say nothing of right and wrong: set aside or undecided."""
        return self.set_aside + self.undecided

    @property
    def wrong(self) -> int:
        return self.reads - self.aside - self.right

    @property
    def unread(self) -> int:
        return self.size - self.reads

    def total(self, reads: int) -> float:
        """How many of the items are like so many of the reads."""
        return self.size * reads / self.reads if self.reads else 0.0

    def turned(self) -> Stratum:
        """The same with right and wrong exchanged."""
        return msgspec.structs.replace(self, right=self.wrong)

    def within_scope(self) -> Stratum:
        """The stratum without what is set aside, by the reads' share for the unread items."""
        kept = self.reads - self.aside
        size = round(self.total(kept)) if self.aside else self.size
        return Stratum(size, kept, self.right)


class Facts(msgspec.Struct, frozen=True):
    """How many items are known to be right and wrong by any read, random or not: no estimate goes beyond them."""

    known_right: int
    known_wrong: int

    def turned(self) -> Facts:
        return Facts(self.known_wrong, self.known_right)


class OutcomeReads(msgspec.Struct, frozen=True):
    """The items of one outcome by stratum; `facts` where more was read than the random reads."""

    strata: tuple[Stratum, ...] = ()
    facts: Facts | None = None

    def __post_init__(self) -> None:
        items = self.size - sum(stratum.aside for stratum in self.strata)
        if self.facts and self.facts.known_right + self.facts.known_wrong > items:
            raise ValueError(f"{self.facts} are more than the {items} items that aren't set aside")

    @property
    def size(self) -> int:
        return sum(stratum.size for stratum in self.strata)

    @property
    def known(self) -> Facts:
        if self.facts:
            return self.facts
        return Facts(sum(stratum.right for stratum in self.strata), sum(stratum.wrong for stratum in self.strata))

    @property
    def unsampled(self) -> int:
        """Items of strata with unread items of which none was read by lot."""
        return sum(stratum.size for stratum in self.strata if stratum.unread and not stratum.reads)

    @property
    def basis(self) -> Basis:
        if not any(stratum.unread for stratum in self.strata):
            return "all"
        if not self.unsampled:
            return "sample"
        known = self.known
        is_read = known.known_right or known.known_wrong or any(stratum.reads for stratum in self.strata)
        return "other" if is_read else "none"

    @property
    def rights(self) -> float:
        return sum(stratum.total(stratum.right) for stratum in self.strata)

    @property
    def scope(self) -> float:
        """How many items are not set aside, estimated."""
        return sum(stratum.total(stratum.reads - stratum.aside) for stratum in self.strata)

    def turned(self) -> OutcomeReads:
        """The same with right and wrong exchanged."""
        return OutcomeReads(
            tuple(stratum.turned() for stratum in self.strata), self.facts.turned() if self.facts else None
        )


class Cell(NamedTuple):
    """The weight of a stratum, its reads and how many of them have what is asked for."""

    weight: int
    reads: int
    found: int


class Pooled(NamedTuple):
    """Strata as one: joint weight, weighted share, and how many reads of a single stratum would tell as much."""

    weight: int
    share: float
    effective: float

    @property
    def prior_share(self) -> float:
        """The share by Jeffreys' prior: never 0 or 1."""
        return (self.effective * self.share + 0.5) / (self.effective + 1)


def unread_cells(strata: Iterable[Stratum]) -> list[Cell]:
    """The cells of strata with unread items, weighted by these. Nothing is set aside in the strata."""
    return [Cell(stratum.unread, stratum.reads, stratum.right) for stratum in strata if stratum.unread]


def pooled(cells: Sequence[Cell]) -> Pooled:
    """Pool cells, each with reads and a weight above 0.

    The effective number of reads is Kish's, M²/Σ(M_h²/n_h) (Survey Sampling, 1965), or less where the strata's own
    variances ask for it: M²·t(1 - t)/Σ(M_h²·q_h(1 - q_h)/n_h).
    """
    if len(cells) == 1:
        weight, reads, found = cells[0]
        return Pooled(weight, found / reads, reads)
    weight = sum(cell.weight for cell in cells)
    if not weight:
        return Pooled(0, 0.0, 0.0)
    share = sum(cell.weight * cell.found / cell.reads for cell in cells) / weight
    kish = weight**2 / sum(cell.weight**2 / cell.reads for cell in cells)
    joint = Pooled(weight, share, kish)
    prior = joint.prior_share
    variance = 0.0
    for cell in cells:
        own = prior_share(cell, prior)
        variance += cell.weight**2 * own * (1 - own) / cell.reads
    return joint._replace(effective=min(kish, weight**2 * prior * (1 - prior) / variance))


def prior_share(cell: Cell, joint: float) -> float:
    """The share of a cell with one more read that has the joint share: never 0 or 1."""
    return (cell.found + joint) / (cell.reads + 1)


def effective_reads(outcome: OutcomeReads) -> float:
    """How many reads of one stratum would tell as much of the unread items; where all are read, how many were."""
    strata = [stratum.within_scope() for stratum in outcome.strata]
    cells = [cell for cell in unread_cells(strata) if cell.reads]
    return pooled(cells).effective if cells else float(sum(stratum.reads for stratum in strata))
