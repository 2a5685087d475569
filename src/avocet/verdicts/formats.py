"""The verdicts of a run as a file, in pieces, in one of several formats."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from typing import Final, Literal, get_args

import msgspec

from avocet.db import Database
from avocet.domain import JsonObject
from avocet.errors import InvalidRequest, UnknownFormat
from avocet.exports import encoding
from avocet.verdicts import decided, lines
from avocet.verdicts.decided import DecidedItem, HarnessRun
from avocet.verdicts.report import report
from avocet.verdicts.seen import Seen

Format = Literal["jsonl", "csv", "inspect", "report", "cases"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
SUFFIXES: Final[dict[Format, str]] = {
    "jsonl": ".jsonl",
    "csv": ".csv",
    "inspect": ".jsonl",
    "report": ".md",
    "cases": ".jsonl",
}
CHUNK_CHARACTERS: Final = 64 * 1024
OF_ANOTHER_HARNESS: Final = "of another harness"
NO_ID: Final = "without the harness's id"
TWICE: Final = "the same item a second time"


class Told(msgspec.Struct):
    """What became of a run's decided items: `written` by verdict, `left_out` by the reason."""

    written: Tally[str] = msgspec.field(default_factory=Tally)
    left_out: Tally[str] = msgspec.field(default_factory=Tally)


def stream(database: Database, run_id: str, format_name: str, told: Told | None = None) -> Iterator[bytes]:
    """A run's verdicts in pieces; `told` is filled by the time the last is read. The request is checked at once.

    Raises:
        UnknownFormat: there is no such format.
        UnknownRun, TakenBack: no such run was imported, or it was taken back.
        InvalidRequest: the format is for another harness, or for one log and the run holds several.
    """
    told = Told() if told is None else told
    name = _known(format_name)
    run = decided.run_called(database, run_id)
    if name == "inspect":
        check_inspect(database, run)
    return _joined(_pieces(database, run, name, told))


def rows(database: Database, run_id: str, format_name: str = "jsonl") -> list[JsonObject]:
    """The same as a list, of a format whose lines are JSON.

    Raises:
        InvalidRequest: the lines of the format are no JSON; and as for `stream`.
    """
    if SUFFIXES[_known(format_name)] != ".jsonl":
        raise InvalidRequest(f"{format_name} is not made of JSON lines: take jsonl, inspect or cases.")
    content = b"".join(stream(database, run_id, format_name))
    return [msgspec.json.decode(line) for line in content.split(b"\n") if line]


def check_inspect(database: Database, run: HarnessRun) -> None:
    """Refuse a run that is not of one Inspect log.

    Raises:
        InvalidRequest: it is not.
    """
    with database.read() as connection:
        logs = decided.logs_of(connection, run)
    if not logs and run.harness != "inspect":
        raise InvalidRequest(
            f"{run.run_id} is a run of {run.made_by}, and this is for logs of Inspect AI: take jsonl or csv."
        )
    if len(logs) > 1:
        raise InvalidRequest(
            f"{run.run_id} holds answers of {len(logs)} logs, and this is for one. "
            "Import each log as a run of its own."
        )


def _known(format_name: str) -> Format:
    if format_name not in FORMATS:
        raise UnknownFormat(
            f"There is no format {format_name!r:.60} of verdicts. Known: {', '.join(FORMATS)}.", known=list(FORMATS)
        )
    return format_name


def _pieces(database: Database, run: HarnessRun, name: Format, told: Told) -> Iterator[bytes]:
    with database.read() as connection:
        if name == "report":
            counts = decided.counted(connection, run)
            items = _counting(decided.findings(connection, run), told, lambda _: None)
            yield from (piece.encode() for piece in report(run, counts, items))
            return
        items = decided.decided_items(connection, run)
        if name == "inspect":
            with closing(Seen()) as seen:
                fit = _counting(items, told, partial(_unfit_for_inspect, seen))
                yield from (encoding.line(lines.inspect_row(item)) for item in fit)
        elif name == "csv":
            yield encoding.BOM + encoding.csv_line({name: name for name in lines.COLUMNS}, is_first=False)
            for item in _counting(items, told, _undecided):
                yield encoding.csv_line(lines.csv_row(item), is_first=False)
        elif name == "cases":
            yield from (encoding.line(lines.case_row(item)) for item in _counting(items, told, _neither))
        else:
            yield from (encoding.line(lines.row(item)) for item in _counting(items, told, _undecided))


def _counting(
    items: Iterable[DecidedItem], told: Told, why_not: Callable[[DecidedItem], str | None]
) -> Iterator[DecidedItem]:
    """The items that are written; those and the others are counted."""
    for item in items:
        if why := why_not(item):
            told.left_out[why] += 1
            continue
        told.written[item.verdict] += 1
        yield item


def _undecided(item: DecidedItem) -> str | None:
    return "undecided" if item.verdict == "undecided" else None


def _neither(item: DecidedItem) -> str | None:
    return None if item.verdict in lines.GRADES else item.verdict.replace("_", " ")


def _unfit_for_inspect(seen: Seen, item: DecidedItem) -> str | None:
    """Why Inspect could not read an item's record; it refuses a file with two records of one sample."""
    if why := _neither(item):
        return why
    if item.harness != "inspect":
        return OF_ANOTHER_HARNESS
    if item.item_id is None:
        return NO_ID
    return None if seen.is_new(item.item_id, item.epoch) else TWICE


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        if len(buffer) >= CHUNK_CHARACTERS:
            yield bytes(buffer)
            buffer.clear()
    if buffer:
        yield bytes(buffer)
