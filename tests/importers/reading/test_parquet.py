"""Parquet rows as JSON values, in bounded memory, whatever the file says of itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.jsonl import MAX_LINE_BYTES, Line
from avocet.importers.reading.parquet import ParquetTable
from avocet.importers.reading.sniff import sniff

# of this file pyarrow's `row_group(0).column(0)` ends the whole process
DAMAGED = Path(__file__).parent / "damaged_statistics.parquet"
NESTED = pa.struct([("a", pa.list_(pa.struct([("b", pa.float32())])))])


def read(path: Path, table: pa.Table, **options: Any) -> list[Line]:
    pq.write_table(table, path, **options)
    return list(ParquetTable(SourceFile(path, path.name)).read())


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [
        (None, pa.null(), None),
        (True, pa.bool_(), True),
        (2**63, pa.uint64(), str(2**63)),
        (float("-inf"), pa.float64(), float("-inf")),
        ("a\x00b", pa.string(), "a\ufffdb"),
        (b"text", pa.binary(), "text"),
        (b"\xff", pa.binary(), "/w=="),
        (Decimal("1.50"), pa.decimal128(5, 2), 1.5),
        (dt.date(2026, 1, 2), pa.date32(), "2026-01-02"),
        (dt.time(3, 4, 5), pa.time64("us"), "03:04:05"),
        (dt.datetime(2026, 1, 2, 3, 4, 5), pa.timestamp("ns"), "2026-01-02T03:04:05"),
        (dt.datetime(2026, 1, 2, tzinfo=dt.UTC), pa.timestamp("ms", "UTC"), "2026-01-02T00:00:00+00:00"),
        (dt.timedelta(seconds=90), pa.duration("s"), 90.0),
        ([1, None], pa.list_(pa.int8()), [1, None]),
        (
            {"a": [{"b": float("inf")}]},
            pa.struct([("a", pa.list_(pa.struct([("b", pa.float32())])))]),
            {"a": [{"b": float("inf")}]},
        ),
        ([("k", 1)], pa.map_(pa.string(), pa.int64()), [["k", 1]]),
    ],
)
def test_every_kind_of_column_has_a_json_value(tmp_path: Path, value: Any, kind: pa.DataType, found: Any) -> None:
    (line,) = read(tmp_path / "t.parquet", pa.table({"column": pa.array([value], kind)}))
    assert line.value == {"column": found}
    assert line.replaced == (found == "a\ufffdb")


@pytest.mark.parametrize("kind", [pa.timestamp("ns"), pa.timestamp("ns", "UTC"), pa.duration("ns"), pa.time64("ns")])
def test_nanoseconds_are_left_out(tmp_path: Path, kind: pa.DataType) -> None:
    (line,) = read(tmp_path / "t.parquet", pa.table({"at": pa.array([1_500_000_123], pa.int64()).cast(kind)}))
    assert line.value["at"] in (
        "1970-01-01T00:00:01.500000",
        "1970-01-01T00:00:01.500000+00:00",
        1.5,
        "00:00:01.500000",
    )


def test_a_value_that_python_cannot_hold_costs_its_row_alone(tmp_path: Path) -> None:
    moments = pa.array([0, 2**61, 1], pa.int64()).cast(pa.timestamp("ms"))
    texts = pa.array(["a", "b", "c"])
    first, second, third = read(tmp_path / "t.parquet", pa.table({"at": moments, "text": texts}))
    assert (first.value["text"], third.value["text"]) == ("a", "c")
    assert second.rejected
    assert (second.rejected.code, second.rejected.line_number) == ("invalid_item", 2)


def test_a_row_that_is_too_large_is_rejected_alone(tmp_path: Path) -> None:
    huge = "".join(chr(97 + number % 23) * 7 for number in range(MAX_LINE_BYTES // 7 + 1))
    first, second = read(tmp_path / "t.parquet", pa.table({"text": [huge, "small"]}), compression="none")
    assert first.rejected
    assert "larger than 32 MiB" in first.rejected.reason
    assert second.value == {"text": "small"}


def test_a_file_that_unpacks_to_far_more_than_it_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match="times its size"):
        read(tmp_path / "t.parquet", pa.table({"text": ["x" * 20 * 2**20]}), compression="zstd")


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    with pytest.raises(RunUnreadable, match="two columns of one name"):
        read(tmp_path / "t.parquet", table)


def test_statistics_that_would_end_the_process_end_the_read() -> None:
    assert sniff(DAMAGED).kind == "parquet"
    with pytest.raises(RunUnreadable, match="isn't a whole Parquet file"):
        list(ParquetTable(SourceFile(DAMAGED, DAMAGED.name)).read())


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1PAR1", b"PAR1" + b"\x00" * 100 + b"PAR1"])
def test_what_only_begins_like_one_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(content)
    assert sniff(path).columns == ()
    with pytest.raises(RunUnreadable):
        ParquetTable(SourceFile(path, path.name))


def test_how_far_it_is_goes_up_to_the_files_size(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    lines = read(path, pa.table({"a": list(range(50))}), row_group_size=7)
    assert [line.number for line in lines] == list(range(1, 51))
    assert lines[-1].bytes_read == path.stat().st_size
