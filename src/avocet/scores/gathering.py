"""From cells to strata: which of the items of an outcome were read by lot, which all, and which not.

Each stratum takes one sample, the one with most reads of it. Every other read is a fact: it enters no rate, and no
estimate goes beyond it.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from avocet.scores.cells import Cell, RunCells, Said
from avocet.scores.strata import Facts, OutcomeReads, Stratum

IsRight = Callable[[Said], bool]
_ASIDE = frozenset({"set_aside", "undecided"})


class RawStratum(NamedTuple):
    """The items of a stratum and what their random reads say."""

    size: int
    reads: Tally[Said]
    sample: str | None = None
    part: str = ""


class Gathered(NamedTuple):
    """The items of one outcome: their strata, and all that was read of them in any order."""

    strata: list[RawStratum]
    said: Tally[Said]

    def reads(self, is_right: IsRight) -> OutcomeReads:
        """The strata for an estimate of the items for which `is_right` holds."""
        strata = tuple(_stratum(raw, is_right) for raw in self.strata if raw.size)
        right = sum(n for said, n in self.said.items() if said.reading not in _ASIDE and is_right(said))
        wrong = sum(n for said, n in self.said.items() if said.reading not in _ASIDE and not is_right(said))
        plain = OutcomeReads(strata)
        known = plain.known
        if (known.known_right, known.known_wrong) == (right, wrong):
            return plain
        return OutcomeReads(strata, Facts(right, wrong))


def gather(run: RunCells, cells: Sequence[Cell]) -> Gathered:
    """The strata of cells of one outcome."""
    said: Tally[Said] = Tally()
    for cell in cells:
        said.update(cell.said)
    full = [cell for cell in cells if cell.is_fully_read]
    strata = [_all_of(full)] if full else []
    open_ = {cell.key: cell for cell in cells if not cell.is_fully_read}
    for key, cell in list(open_.items()):
        if reads := _every_kept_pass(run, cell):
            strata.append(RawStratum(cell.items, reads))
            del open_[key]
    while sample := _most_read(open_.values()):
        parts: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in open_.values():
            if sample in cell.framed:
                parts[cell.framed[sample].part].append(cell)
        for part in parts.values():
            reads = sum((cell.framed[sample].reads for cell in part), Tally[Said]())
            if reads.total():
                strata += _of_part(run, sample, part, reads)
                for cell in part:
                    del open_[cell.key]
    unread = sum(cell.items for cell in open_.values())
    if unread:
        strata.append(RawStratum(unread, Tally()))
    return Gathered(strata, said)


def _all_of(cells: Iterable[Cell]) -> RawStratum:
    reads = sum((cell.said for cell in cells), Tally[Said]())
    return RawStratum(reads.total(), reads)


def _every_kept_pass(run: RunCells, cell: Cell) -> Tally[Said] | None:
    """What was read of the passes that were kept by lot, if all of them were: they stand for the others."""
    if cell.key.outcome != "passed" or not cell.said or cell.framed:
        return None
    kept = run.lot(cell.key)
    return kept.said if 0 < kept.cards == kept.said.total() else None


def _most_read(cells: Iterable[Cell]) -> str | None:
    """The sample with most random reads of these cells; None if there is none."""
    reads: Tally[str] = Tally()
    for cell in cells:
        for name, framed in cell.framed.items():
            reads[name] += framed.reads.total()
    best = max(sorted(reads), key=lambda name: reads[name], default=None)
    return best if best is not None and reads[best] else None


def _of_part(run: RunCells, sample: str, cells: list[Cell], reads: Tally[Said]) -> list[RawStratum]:
    """The stratum of a part of a sample, and what of its cells was not in the sample's frame."""
    size = sum(cell.framed[sample].size for cell in cells)
    items = sum(cell.items for cell in cells)
    # items may be gone from the file since the sample was drawn
    strata = [RawStratum(max(min(size, items), reads.total()), reads, sample, cells[0].framed[sample].part)]
    known: Tally[Said] = Tally()
    unread = 0
    for cell in cells:
        rest = cell.items - cell.framed[sample].size
        if rest > 0:
            outside = run.outside(sample, cell.key)
            if outside.total() >= rest:
                known.update(outside)
            else:
                unread += rest
    if known:
        strata.append(RawStratum(known.total(), known))
    if unread:
        strata.append(RawStratum(unread, Tally()))
    return strata


def _stratum(raw: RawStratum, is_right: IsRight) -> Stratum:
    counts = Tally[str]()
    for said, n in raw.reads.items():
        counts[said.reading if said.reading in _ASIDE else str(is_right(said))] += n
    return Stratum(
        size=raw.size,
        reads=raw.reads.total(),
        right=counts["True"],
        set_aside=counts["set_aside"],
        undecided=counts["undecided"],
    )
