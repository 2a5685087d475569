"""Previews: what an export would write, counted row by row, and its first rows as they will be in the file."""

from __future__ import annotations

from collections import Counter as Tally

import msgspec
from sqlalchemy import Connection, func, select

from avocet import exporters
from avocet.db import Database
from avocet.domain import STATUSES
from avocet.exporters import Exporter, Items
from avocet.exporters.base import DECIDED
from avocet.exports import encoding, manifest, outcomes, recipe
from avocet.exports.facts import Facts
from avocet.exports.recipe import Recipe
from avocet.exports.rows import HELD_OUT, OutRow, rows
from avocet.exports.state import AsOf, DeskState
from avocet.exports.tallies import Tallies
from avocet.exports.writing import check
from avocet.models import Candidate

FIRST_ROWS = 5
MAX_ROW_CHARACTERS = 20_000


class FirstRow(msgspec.Struct, frozen=True):
    """One of the first rows, with its part and split; its text is cut after `MAX_ROW_CHARACTERS`."""

    part: str
    split: str | None
    text: str


class LengthBin(msgspec.Struct, frozen=True):
    """How many answers have at least `least` and at most `most` characters."""

    least: int
    most: int
    rows: int


class ExportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What an export would write.

    `by_status` counts the decided candidates of the recipe's outcomes; `statuses` are those that this format writes.
    `decided` candidates could be written, `read` of them match the filter, and `used` of those give `rows` rows.
    `left_out` counts by reason those that give none, the held-out ones too, and `left_out_ids` names the first cards
    of each reason. `dates` counts rows by the place where every text looks like a date.
    """

    by_status: dict[str, int]
    statuses: list[str]
    decided: int
    read: int
    used: int
    rows: int
    held_out: int
    left_out: dict[str, int]
    left_out_ids: dict[str, list[str]]
    by_category: dict[str, int]
    by_task_type: dict[str, int]
    by_model: dict[str, int]
    by_part: dict[str, int]
    by_split: dict[str, int]
    lengths: list[LengthBin]
    first: list[FirstRow]
    items: int
    contradictory: int
    dates: dict[str, int]
    warnings: list[str]


def preview(
    database: Database, wanted: Recipe, as_of: AsOf | None = None, exporter: Exporter | None = None
) -> ExportPreview:
    """Count what an export would write. `exporter` is the recipe's, if it was chosen already.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
    """
    exporter = exporter or exporters.choose(wanted.format)
    check(database, exporter, wanted, as_of)
    held = recipe.hold_out(database)
    tallies, first, lengths, facts = Tallies(), list[FirstRow](), Tally[int](), Facts(exporter, wanted)
    statuses = _statuses(exporter)
    state = DeskState(as_of)
    with database.read() as connection:
        standing = _by_status(connection, exporter, wanted, state)
        for one in rows(connection, exporter, wanted, held, state, tallies):
            facts.add(one)
            if len(first) < FIRST_ROWS:
                text = _text(exporter, one, is_first=not first)
                first.append(FirstRow(one.part, one.split, text[:MAX_ROW_CHARACTERS]))
            if one.example:
                answer = one.example.answer if one.example.answer is not None else one.example.response
                lengths[len(answer).bit_length()] += 1
    by_part = Tally[str]()
    for (part, _), n in tallies.by_part.items():
        by_part[part] += n
    return ExportPreview(
        by_status={status: standing.get(status, 0) for status in DECIDED},
        statuses=list(statuses),
        decided=sum(n for status, n in standing.items() if status in statuses),
        read=tallies.read,
        used=tallies.used,
        rows=tallies.rows,
        held_out=tallies.left_out[HELD_OUT],
        left_out=dict(sorted(tallies.left_out.items())),
        left_out_ids=dict(sorted(tallies.left_out_ids.items())),
        by_category=manifest.in_order(tallies.by_category),
        by_task_type=dict(sorted(tallies.by_task.items())),
        by_model=dict(sorted(tallies.by_model.items())),
        by_part={part: n for part, n in sorted(by_part.items()) if part},
        by_split=facts.by_split(),
        lengths=_bins(lengths),
        first=first,
        items=tallies.rows if isinstance(exporter, Items) else sum(map(len, tallies.items.values())),
        contradictory=facts.contradictory,
        dates=facts.dates(),
        warnings=facts.warnings(),
    )


def _text(exporter: Exporter, one: OutRow, *, is_first: bool) -> str:
    if exporter.encoding == "csv":
        return encoding.csv_line(one.row, is_first=is_first).decode("utf-8-sig").rstrip("\n")
    return encoding.line(one.row).decode().rstrip("\n")


def _by_status(connection: Connection, exporter: Exporter, wanted: Recipe, state: DeskState) -> dict[str, int]:
    """The number of candidates of the recipe's outcomes, by status."""
    counted = select(state.status, func.count()).select_from(Candidate).group_by(state.status)
    query = outcomes.where(state.join(counted), exporter, wanted, state)
    return {str(status): int(n) for status, n in connection.execute(query)}


def _statuses(exporter: Exporter) -> tuple[str, ...]:
    """The statuses that a format can write."""
    return tuple(status for status in STATUSES if status in exporter.statuses)


def _bins(lengths: Tally[int]) -> list[LengthBin]:
    """Bins that double in width, without a gap from the shortest answer to the longest."""
    if not lengths:
        return []
    return [
        LengthBin(2 ** (bits - 1) if bits else 0, 2**bits - 1, lengths[bits])
        for bits in range(min(lengths), max(lengths) + 1)
    ]
