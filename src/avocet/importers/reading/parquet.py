"""Parquet files read batch by batch in flat memory, each row as an object of JSON values."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from avocet.errors import Prerequisite, RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.jsonl import MAX_LINE_BYTES, Line, reject
from avocet.json_text import MAX_DEPTH, clean, is_deep

BATCH_ROWS = 16
"""Few, since a text that the file holds once may come back in every row."""
BUFFER_BYTES = 1024 * 1024
_MOST_PACKED, _ALWAYS_FINE_BYTES = 200, 16 * 1024 * 1024
_MOST_REPEATED, _ALWAYS_FINE_ROWS_BYTES = 1_000, 4 * 1024**3


class ParquetTable:
    """An open Parquet file.

    Raises:
        Prerequisite: pyarrow is missing.
        RunUnreadable: the file is not a whole Parquet file, or unpacks to more than any results file would.
    """

    def __init__(self, file: SourceFile) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise Prerequisite(
                f"{file.name} is a Parquet file; to read it: pip install 'avocet-desk[parquet]'"
            ) from None
        self.file = file
        self.bytes = 0
        self._arrow = pyarrow
        self._errors = (pyarrow.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError)
        try:
            self.bytes = file.size
            # pre_buffer would read whole row groups
            self._parquet = pyarrow.parquet.ParquetFile(file.path, pre_buffer=False, buffer_size=BUFFER_BYTES)
            self.schema = self._parquet.schema_arrow
            self.columns: list[str] = list(self.schema.names)
            self.rows: int = self._parquet.metadata.num_rows
            _check_size(self._parquet.metadata, self.bytes)
        except self._errors as error:
            raise self._unreadable(error) from None
        if len(set(self.columns)) < len(self.columns):
            raise RunUnreadable(f"{file.name} has two columns of one name. Rename one.")

    def read(self, columns: Sequence[str] | None = None) -> Iterator[Line]:
        """The rows, numbered from 1, with all columns or those named; these may be fields of structs (`doc.query`).

        Raises:
            RunUnreadable: the file is damaged from here on.
        """
        number = unpacked = 0
        try:
            batches = self._parquet.iter_batches(BATCH_ROWS, columns=list(columns) if columns else None)
            for batch in map(self._in_microseconds, batches):
                size = batch.nbytes // max(batch.num_rows, 1)
                unpacked += batch.nbytes
                if unpacked > max(_ALWAYS_FINE_ROWS_BYTES, _MOST_REPEATED * self.bytes):
                    raise ValueError(f"its rows unpack to more than {_MOST_REPEATED:,} times its size")
                for value, reason in _values(batch, self._errors):
                    number += 1
                    bytes_read = self.bytes * min(number, self.rows) // max(self.rows, 1)
                    yield _line(Line(number, bytes_read, b"", file=self.file.name, size=size), value, reason)
        except self._errors as error:
            raise self._unreadable(error) from None

    def _in_microseconds(self, batch: Any) -> Any:  # noqa: ANN401 (a record batch)
        """The batch with times in microseconds, since Python's have no nanoseconds."""
        for number, field in enumerate(batch.schema):
            kind = str(field.type)
            if "[ns" in kind and kind.startswith(("timestamp", "duration", "time64")):
                coarser = _coarser(self._arrow, field.type)
                batch = batch.set_column(number, field.name, batch.column(number).cast(coarser, safe=False))
        return batch

    def _unreadable(self, error: BaseException) -> RunUnreadable:
        reason = str(error).partition("\n")[0][:200].rstrip(".")
        return RunUnreadable(f"{self.file.name} isn't a whole Parquet file: {reason}.")


def _coarser(arrow: Any, kind: Any) -> Any:  # noqa: ANN401 (pyarrow and its types)
    if str(kind).startswith("timestamp"):
        return arrow.timestamp("us", kind.tz)
    return arrow.duration("us") if str(kind).startswith("duration") else arrow.time64("us")


def _check_size(metadata: Any, size: int) -> None:  # noqa: ANN401 (pyarrow)
    # only totals are asked for: the statistics of single columns of a damaged file can end the whole process
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if unpacked > max(_ALWAYS_FINE_BYTES, _MOST_PACKED * size):
        raise ValueError(f"it unpacks to {unpacked // 2**20:,} MiB, {unpacked // size:,} times its size")


def _values(batch: Any, errors: tuple[type[BaseException], ...]) -> Iterator[tuple[Any, str | None]]:  # noqa: ANN401
    """The rows of a batch; None with the reason for a row that is too large or has no equivalent in Python."""
    if batch.nbytes <= MAX_LINE_BYTES:
        try:
            rows = batch.to_pylist()
        except errors:
            pass
        else:
            yield from ((row, None) for row in rows)
            return
    for number in range(batch.num_rows):
        row = batch.slice(number, 1)
        if row.nbytes > MAX_LINE_BYTES:
            yield None, f"it is larger than {MAX_LINE_BYTES // 2**20} MiB"
            continue
        try:
            yield row.to_pylist()[0], None
        except errors as error:
            yield None, str(error).partition("\n")[0][:200]


def _line(line: Line, value: Any, reason: str | None) -> Line:  # noqa: ANN401 (a row)
    if reason is not None:
        line.rejected = reject(line.number, "invalid_item", f"The row can't be read: {reason}.", b"")
        return line
    if is_deep(value):
        reason = f"The row is nested deeper than {MAX_DEPTH} levels."
        line.rejected = reject(line.number, "too_deep", reason, b"")
        return line
    line.value, line.replaced = clean(plain(value))
    return line


def plain(value: Any) -> Any:  # noqa: ANN401 (what pyarrow makes of any column type)
    """A column's value in JSON's types: times as ISO text, bytes as text or else base64."""
    match value:
        case None | bool() | int() | str() | float():
            return value
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return float(value)
        case bytes():
            return _text(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case _:
            return str(value)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return base64.b64encode(value).decode()
