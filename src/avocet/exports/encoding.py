"""Rows as the bytes of a file: JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import msgspec

from avocet.errors import Prerequisite
from avocet.exporters.base import Encoding, Row

PARQUET_ROWS = 1_000
_encode = msgspec.json.Encoder().encode
BOM = b"\xef\xbb\xbf"


class RowFile(Protocol):
    """A data file while it is written."""

    rows: int

    def add(self, row: Row) -> None: ...

    def close(self) -> None:
        """Write what is left."""
        ...


def line(row: Row) -> bytes:
    """A row as a JSON line with its LF."""
    return _encode(row) + b"\n"


def csv_line(row: Row, *, is_first: bool) -> bytes:
    """A row as a CSV line; the first comes with the header, and with the mark by which spreadsheets know UTF-8."""
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
    """A new data file; of JSON Lines, a `LineFile`.

    Raises:
        Prerequisite: the encoding needs a package that isn't installed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return _ParquetFile(path) if encoding == "parquet" else LineFile(path, encoding)


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

    def put_first(self, numbers: Sequence[int]) -> None:
        """Write the closed file anew with these of its lines before all others."""
        chosen = set(numbers)

        def lines(*, are_chosen: bool) -> Iterator[bytes]:
            return (one for number, one in enumerate(self._lines()) if (number in chosen) is are_chosen)

        self._write_anew(chain(lines(are_chosen=True), lines(are_chosen=False)))

    def tools_as_text(self) -> None:
        """Write the closed file anew with the tools of its rows as JSON text."""
        self._write_anew(line(_with_text(one)) for one in self._lines())

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
    """Row groups of `PARQUET_ROWS`; every column's type is said, none is guessed."""

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
        return self._arrow.schema([(name, turns if isinstance(value, list) else text) for name, value in row.items()])
