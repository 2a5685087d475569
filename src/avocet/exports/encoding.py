"""Rows as the bytes of a file: JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import io
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
    writer = csv.writer(text, lineterminator="\n")
    if is_first:
        writer.writerow(row)
    writer.writerow(["" if value is None else value for value in row.values()])
    return (BOM if is_first else b"") + text.getvalue().encode()


def open_rows(path: Path, encoding: Encoding) -> RowFile:
    """A new data file.

    Raises:
        Prerequisite: the encoding needs a package that isn't installed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    return _ParquetFile(path) if encoding == "parquet" else _LineFile(path, encoding)


class _LineFile:
    def __init__(self, path: Path, encoding: Encoding) -> None:
        self.rows = 0
        self._is_csv = encoding == "csv"
        self._out = path.open("wb", buffering=1024 * 1024)

    def add(self, row: Row) -> None:
        self._out.write(csv_line(row, is_first=not self.rows) if self._is_csv else line(row))
        self.rows += 1

    def close(self) -> None:
        self._out.close()


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
