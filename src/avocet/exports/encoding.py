"""Rows as the bytes of a file: JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import msgspec

from avocet.disk import make_private
from avocet.errors import Prerequisite
from avocet.exporters.base import Encoding, Row
from avocet.exports.shapes import Shape

PARQUET_ROWS = 1_000
GUESSED_FROM_BYTES = 8 * 1024 * 1024
"""A little less than what `datasets` looks at before it settles the types of a file's columns."""
_encode = msgspec.json.Encoder().encode
BOM = b"\xef\xbb\xbf"


class RowFile(Protocol):
    """A data file that is being written."""

    rows: int

    def add(self, row: Row) -> None: ...

    def close(self) -> None:
        """Write the rows that wait, and close the file."""
        ...


def line(row: Row) -> bytes:
    """A row as a JSON line with its LF."""
    return _encode(row) + b"\n"


def csv_line(row: Row, *, is_first: bool) -> bytes:
    """A row as a CSV line; the first has the header before it, and the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    # with this end of a line, a lone CR in a cell is quoted too; the line itself ends in LF
    writer = csv.writer(text, lineterminator="\r\n")
    written = b""
    for values in ([*row], row.values()) if is_first else (row.values(),):
        writer.writerow(["" if value is None else value for value in values])
        written += text.getvalue().removesuffix("\r\n").encode() + b"\n"
        text.seek(0)
        text.truncate()
    return (BOM if is_first else b"") + written


def open_rows(path: Path, encoding: Encoding) -> RowFile:
    """Open a new data file: a `LineFile`, except for Parquet.

    Raises:
        Prerequisite: the encoding needs a package that isn't installed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return _ParquetFile(path) if encoding == "parquet" else LineFile(path, encoding)


class SuitedLines:
    """JSON lines in an order that suits a reader that guesses types.

    All of them are collected, in memory or on the disk, before the first is read. Use it in a `with` block.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: IO[bytes] = tempfile.SpooledTemporaryFile(GUESSED_FROM_BYTES, dir=str(folder))  # noqa: SIM115
        self._shape = Shape()
        self._first = FirstShown()
        self._rows = 0
        self._bytes = 0

    def __enter__(self) -> SuitedLines:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()

    def add(self, row: Row) -> None:
        if self._shape.add(row):
            self._first.note(self._rows, self._bytes)
        written = line(row)
        if self._bytes <= GUESSED_FROM_BYTES < self._bytes + len(written):
            # from here on the lines are on the disk
            make_private(self._folder)
        self._lines.write(written)
        self._rows += 1
        self._bytes += len(written)

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield all lines in chunks of at least `size` bytes; no line is divided."""
        buffer = bytearray()
        for one in self._first.reordered(self._again):
            buffer += one
            if len(buffer) >= size:
                yield bytes(buffer)
                buffer.clear()
        if buffer:
            yield bytes(buffer)

    def _again(self) -> Iterator[bytes]:
        self._lines.seek(0)
        return iter(self._lines)


class FirstShown:
    """The rows of a file that are the first to show a type."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self.is_late = False

    def note(self, number: int, written: int) -> None:
        """Record such a row by its number and by the bytes `written` before it."""
        self._numbers.add(number)
        self.is_late |= written > GUESSED_FROM_BYTES

    def reordered(self, lines: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
        """The lines, with those rows before all others if one of them comes late."""
        if not self.is_late:
            yield from lines()
            return
        yield from (one for number, one in enumerate(lines()) if number in self._numbers)
        yield from (one for number, one in enumerate(lines()) if number not in self._numbers)


class LineFile:
    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.path = path
        self.rows = 0
        self.bytes = 0
        self._is_csv = encoding == "csv"
        self._out = path.open("wb", buffering=1024 * 1024)

    def add(self, row: Row) -> None:
        written = csv_line(row, is_first=not self.rows) if self._is_csv else line(row)
        self._out.write(written)
        self.bytes += len(written)
        self.rows += 1

    def close(self) -> None:
        self._out.close()

    def put_first(self, first: FirstShown) -> None:
        """Rewrite the closed file with those rows before all others."""
        self._write_anew(first.reordered(self._lines))

    def tools_as_text(self, kept: Path) -> None:
        """Move the closed file to `kept`, and rewrite it with the tools of its rows as JSON text."""
        kept.parent.mkdir(exist_ok=True)
        self.path.replace(kept)
        with kept.open("rb", buffering=1024 * 1024) as lists:
            self._write_anew(line(_with_text(one)) for one in lists)

    def _write_anew(self, lines: Iterator[bytes]) -> None:
        part = self.path.with_name(f"{self.path.name}.anew")
        with part.open("wb", buffering=1024 * 1024) as out:
            out.writelines(lines)
        part.replace(self.path)

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb", buffering=1024 * 1024) as stream:
            yield from stream


def _with_text(raw: bytes) -> Row:
    row = msgspec.json.decode(raw)
    if row.get("tools"):
        row["tools"] = _encode(row["tools"]).decode()
    return row


class _ParquetFile:
    """A Parquet file in row groups of `PARQUET_ROWS`; the types of its columns are declared, none is guessed."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise Prerequisite("Parquet needs a package: pip install 'avocet-desk[parquet]'") from None
        self._arrow: Any = pyarrow
        self._parquet: Any = pyarrow.parquet
        self._path = path
        self._writer: Any = None
        self._waiting: list[Row] = []
        self.rows = 0

    def add(self, row: Row) -> None:
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) == PARQUET_ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        if self._writer:
            self._writer.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._writer is None:
            self._writer = self._parquet.ParquetWriter(self._path, self._schema(self._waiting[0]))
        self._writer.write_table(self._arrow.Table.from_pylist(self._waiting, schema=self._writer.schema))
        self._waiting = []

    def _schema(self, row: Row) -> Any:  # noqa: ANN401 (a pyarrow schema)
        text = self._arrow.string()
        turns = self._arrow.list_(self._arrow.struct([("role", text), ("content", text)]))
        kinds = {"failure_tags": self._arrow.list_(text)}
        return self._arrow.schema(
            [(name, kinds.get(name, turns if isinstance(value, list) else text)) for name, value in row.items()]
        )
