"""Parquet, batch by batch in flat memory, each row as the JSON values that its columns mean."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from avocet.errors import Prerequisite, RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.jsonl import MAX_DEPTH, Line, clean, is_deep, reject

MOST_ROWS, FEWEST_ROWS = 512, 8
BATCH_BYTES = 256 * 1024 * 1024
BUFFER_BYTES = 1024 * 1024
_MOST_PACKED, _ALWAYS_FINE_BYTES = 200, 64 * 1024 * 1024


class ParquetTable:
    """An open Parquet file.

    Raises:
        Prerequisite: pyarrow is missing.
        RunUnreadable: the file is no whole Parquet file, or unpacks to what no results file would.
    """

    def __init__(self, file: SourceFile) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            told = f"{file.name} is a Parquet file; to read it: pip install 'avocet-desk[parquet]'"
            raise Prerequisite(told) from None
        self.file = file
        self.bytes = 0
        self._errors = (pyarrow.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError)
        try:
            self.bytes = file.path.stat().st_size
            # without pre_buffer a row group is not read whole
            self._parquet = pyarrow.parquet.ParquetFile(file.path, pre_buffer=False, buffer_size=BUFFER_BYTES)
            self.schema = self._parquet.schema_arrow
            self.columns: list[str] = list(self.schema.names)
            self.rows: int = self._parquet.metadata.num_rows
            self._batch_rows = _batch_rows(self._parquet.metadata)
        except self._errors as error:
            raise self._unreadable(error) from None
        if len(set(self.columns)) < len(self.columns):
            raise RunUnreadable(f"{file.name} has two columns of one name. Rename one.")

    def read(self, columns: Sequence[str] | None = None, before: int = 0) -> Iterator[Line]:
        """The rows, each with its number from 1; `columns` may name fields of structs (`doc.query`).

        Raises:
            RunUnreadable: the file is damaged from here on.
        """
        number = 0
        try:
            batches = self._parquet.iter_batches(self._batch_rows, columns=list(columns) if columns else None)
            for batch in batches:
                size = batch.nbytes // max(batch.num_rows, 1)
                for value, reason in _values(batch, self._errors):
                    number += 1
                    bytes_read = before + self.bytes * min(number, self.rows) // max(self.rows, 1)
                    yield _line(Line(number, bytes_read, b"", file=self.file.name, size=size), value, reason)
        except self._errors as error:
            raise self._unreadable(error) from None

    def largest(self, column: str) -> float | None:
        """The largest number of a column by the file's own statistics; none where they don't say."""
        found: list[float] = []
        try:
            for number in range(self._parquet.num_row_groups):
                group = self._parquet.metadata.row_group(number)
                for index in range(group.num_columns):
                    part = group.column(index)
                    statistics = part.statistics if part.path_in_schema == column else None
                    if statistics is not None and statistics.has_min_max:
                        found.append(float(statistics.max))
        except (*self._errors, TypeError):
            return None
        return max(found, default=None)

    def _unreadable(self, error: BaseException) -> RunUnreadable:
        told = str(error).partition("\n")[0][:200].rstrip(".")
        return RunUnreadable(f"{self.file.name} isn't a whole Parquet file: {told}.")


def _batch_rows(metadata: Any) -> int:  # noqa: ANN401 (pyarrow)
    """How many rows to unpack at a time: a value that is stored once may stand in every row."""
    largest = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for index in range(group.num_columns):
            column = group.column(index)
            unpacked, packed = column.total_uncompressed_size, max(column.total_compressed_size, 1)
            if unpacked > _ALWAYS_FINE_BYTES and unpacked // packed > _MOST_PACKED:
                raise ValueError(
                    f"a column unpacks to {unpacked // 2**20:,} MiB, {unpacked // packed:,} times its size"
                )
            largest = max(largest, unpacked)
    return max(FEWEST_ROWS, min(MOST_ROWS, BATCH_BYTES // max(largest, 1)))


def _values(batch: Any, errors: tuple[type[BaseException], ...]) -> Iterator[tuple[Any, str | None]]:  # noqa: ANN401
    """The rows of a batch; where one can't be told in Python, it alone is left out with the reason."""
    try:
        rows = batch.to_pylist()
    except errors:
        for number in range(batch.num_rows):
            try:
                yield batch.slice(number, 1).to_pylist()[0], None
            except errors as error:
                yield None, str(error).partition("\n")[0][:200]
        return
    for row in rows:
        yield row, None


def _line(line: Line, value: Any, reason: str | None) -> Line:  # noqa: ANN401 (a row)
    if reason is not None:
        line.rejected = reject(line.number, "invalid_item", f"The row can't be read: {reason}.", b"")
        return line
    if is_deep(value):
        told = f"The row is nested deeper than {MAX_DEPTH} levels."
        line.rejected = reject(line.number, "too_deep", told, b"")
        return line
    line.value, line.replaced = clean(plain(value))
    return line


def plain(value: Any) -> Any:  # noqa: ANN401 (what pyarrow makes of any column type)
    """A column's value in JSON's types: times as ISO text, binary as text or base64, NaN as null."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if value - value == 0 else None
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal():
            return float(value) if value.is_finite() else None
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
