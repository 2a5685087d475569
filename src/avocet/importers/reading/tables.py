"""Tables in any format, row by row: JSON Lines or an array of objects, CSV and TSV, Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from avocet.domain import Json
from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile, in_turn
from avocet.importers.reading.files import BOM, readable
from avocet.importers.reading.jsonl import MAX_LINE_BYTES, Line, reject
from avocet.importers.reading.nested import read_objects
from avocet.importers.reading.parquet import ParquetTable
from avocet.importers.reading.sniff import HEAD_BYTES, separator_of, sniff
from avocet.json_text import UNCARRIABLE, clean

PEEKED_ROWS = 200
PEEKED_BYTES = 8 * 1024 * 1024
MOST_COLUMNS = 1_000
COLUMN_DEPTH = 3
_RAW_BYTES = 4096

# many a prompt is longer than the default of 128 KiB; lines are bounded before the parser sees them
csv.field_size_limit(MAX_LINE_BYTES)


class Table(NamedTuple):
    """The columns of a file's first rows, with nested fields by their dotted paths, and those rows."""

    columns: list[str]
    first: list[dict[str, Any]]


class _TooLong(Exception):
    pass


def peek(files: Sequence[SourceFile]) -> Table:
    """The columns and first rows of files.

    Raises:
        RunUnreadable, Prerequisite: a file can't be read.
    """
    columns: dict[str, None] = {}
    first: list[dict[str, Any]] = []
    for file in files:
        columns.update(dict.fromkeys(_header(file)))
        for line in islice(rows([file]), PEEKED_ROWS):
            if isinstance(line.value, dict):
                first.append(line.value)
                columns.update(dict.fromkeys(_paths(line.value)))
            if line.bytes_read > PEEKED_BYTES:
                break
    return Table(list(columns)[:MOST_COLUMNS], first)


def rows(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The rows of tables, one file after the other: each a `Line` whose value is an object with the columns.

    Raises:
        RunUnreadable, Prerequisite: a file can't be read.
    """
    yield from in_turn((file, _rows_of(file)) for file in files)


def _rows_of(file: SourceFile) -> Iterator[Line]:
    match _kind(file):
        case "parquet":
            return ParquetTable(file).read()
        case "json":
            return read_objects(file)
        case _:
            return read_csv(file)


def value_at(row: dict[str, Json], column: str) -> Json:
    """The value of a row in a column or at a dotted path; None if the row has neither."""
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        if isinstance(value, list) and part.isdecimal() and len(part) < 6:
            value = value[int(part)] if int(part) < len(value) else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def _kind(file: SourceFile) -> str:
    sniffed = sniff(file.path, file.name)
    if sniffed.kind in ("parquet", "json"):
        is_json = sniffed.head.lstrip()[:1] in (b"{", b"[") or not sniffed.columns
        return sniffed.kind if is_json or sniffed.kind == "parquet" else "csv"
    if sniffed.kind in ("csv", "text", "yaml"):
        # JSON Lines of which the first is a list, not an object
        return "json" if sniffed.kind == "text" and sniffed.head.lstrip()[:1] in (b"{", b"[") else "csv"
    raise RunUnreadable(f"{file.name} is no table. The desk reads JSON Lines, a JSON array, CSV, TSV and Parquet.")


def _header(file: SourceFile) -> list[str]:
    """The columns of a table that names them apart from its rows, as CSV and Parquet do."""
    kind = _kind(file)
    if kind == "parquet":
        return ParquetTable(file).columns
    if kind == "json":
        return []
    with _open(file) as stream:
        return _CsvRows(file, stream).header


def _paths(value: dict[str, Any], above: str = "", depth: int = 1) -> Iterator[str]:
    for name, item in islice(value.items(), MOST_COLUMNS):
        yield above + name
        if isinstance(item, dict) and depth < COLUMN_DEPTH:
            yield from _paths(item, f"{above}{name}.", depth + 1)


def read_csv(file: SourceFile) -> Iterator[Line]:
    """The rows of a CSV or TSV file, whose first row names the columns.

    Raises:
        RunUnreadable: the file has no header, or can't be read.
    """
    with _open(file) as stream:
        yield from _CsvRows(file, stream).lines()


def _open(file: SourceFile) -> BinaryIO:
    with readable(file.name):
        return file.path.open("rb")


class _CsvRows:
    """A CSV file's header and rows. Memory stays bounded by one row of 32 MiB, however many lines a quote spans."""

    def __init__(self, file: SourceFile, stream: BinaryIO) -> None:
        self._file = file
        self._text = _TextLines(stream)
        separator = separator_of(stream.read(HEAD_BYTES).removeprefix(BOM).decode("utf-8", "replace"))
        stream.seek(0)
        if separator.is_named:
            next(self._text)
        self._reader = csv.reader(self._text, delimiter=separator.sign, strict=True)
        self.header = self._read_header()

    def lines(self) -> Iterator[Line]:
        """The rows after the header, without blank lines."""
        while True:
            number = self._text.number + 1
            self._text.begin_row()
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except _TooLong:
                reason = f"The row is longer than {MAX_LINE_BYTES // 2**20} MiB. Is a quote not closed?"
                yield self._line(number, "line_too_long", reason)
            except csv.Error as error:
                yield self._line(number, "invalid_csv", f"Not valid CSV: {error}.")
            else:
                if row:
                    yield self._row(number, row)

    def _row(self, number: int, row: list[str]) -> Line:
        if len(row) != len(self.header):
            reason = f"The row has {len(row):,} columns, the header {len(self.header):,}."
            return self._line(number, "invalid_csv", reason)
        if not all(map(_is_utf8, row)):
            return self._line(number, "not_utf8", "The row isn't UTF-8 text.")
        line = self._line(number)
        line.value = dict(zip(self.header, row, strict=True))
        # nearly never, and each cell takes a while to clean
        if any(map(UNCARRIABLE.search, row)):
            line.value, line.replaced = clean(line.value)
        return line

    def _line(self, number: int, code: str = "", reason: str = "") -> Line:
        line = Line(number, self._text.bytes_read, self._text.start.strip(), file=self._file.name)
        if code:
            line.rejected = reject(number, code, reason, line.raw)
        return line

    def _read_header(self) -> list[str]:
        try:
            named = next((row for row in self._reader if any(cell.strip() for cell in row)), [])
        except (_TooLong, csv.Error) as error:
            raise RunUnreadable(f"{self._file.name} has no header that can be read: {error}.") from None
        names = [name.strip() or f"column {number}" for number, name in enumerate(named, 1)]
        header: list[str] = clean([name.encode("utf-8", "replace").decode() for name in names])[0]
        if not header:
            raise RunUnreadable(f"{self._file.name} is empty.")
        if len(header) > MOST_COLUMNS:
            raise RunUnreadable(f"The header of {self._file.name} has {len(header):,} columns.")
        taken: set[str] = set()
        for place, name in enumerate(header):
            # of several columns with one name the first keeps it
            number = 1
            while header[place] in taken:
                number += 1
                header[place] = f"{name} ({number})"
            taken.add(header[place])
        return header


class _TextLines:
    """The file's lines as the parser asks for them: one a row, or more if a quote spans several."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = self.bytes_read = self._row_bytes = 0
        self.start = b""

    def begin_row(self) -> None:
        self._row_bytes, self.start = 0, b""

    def __iter__(self) -> _TextLines:
        return self

    def __next__(self) -> str:
        raw = self._stream.readline(MAX_LINE_BYTES)
        if not raw:
            raise StopIteration
        if not self.bytes_read:
            raw = raw.removeprefix(BOM)
        self.start = self.start or raw[:_RAW_BYTES]
        self.bytes_read = self._stream.tell()
        self.number += raw.endswith(b"\n")
        self._row_bytes += len(raw)
        if self._row_bytes >= MAX_LINE_BYTES:
            self._skip_line(raw)
            raise _TooLong("its row is too long")
        return raw.decode("utf-8", "surrogateescape")

    def _skip_line(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._stream.readline(MAX_LINE_BYTES)
            self.number += raw.endswith(b"\n")
        self.bytes_read = self._stream.tell()


def _is_utf8(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
