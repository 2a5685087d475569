"""`exports`: files with their manifest, and streams of one state of the desk."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from avocet import __version__, decisions, exports
from avocet.db import Database
from avocet.decisions import Submission
from avocet.errors import DiskFull, Prerequisite, UnknownFilterValue, UnknownFormat
from avocet.exports import ExportFilter
from tests.factories import RUN, candidate_line, import_lines


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    lines = [
        candidate_line(number, status="approved", corrected_response="x", failure_category=category)
        for number, category in enumerate(["wrong_answer", None, "wrong_answer", "format_error"])
    ]
    import_lines(database, bench_dir, lines)
    return database


def whole(database: Database, wanted: ExportFilter | None = None, name: str = "sft") -> bytes:
    return b"".join(exports.stream(database, name, wanted or ExportFilter()))


class TestFile:
    def test_holds_what_the_stream_holds(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "data.jsonl"
        exports.write_file(desk, "sft", ExportFilter(), target)
        assert target.read_bytes() == whole(desk)
        assert sorted(path.name for path in tmp_path.glob("data.*")) == ["data.jsonl", "data.jsonl.manifest.json"]

    def test_has_a_manifest_beside_it(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "data.jsonl"
        wanted = ExportFilter(include_category=("wrong_answer", "uncategorised"))
        manifest = exports.write_file(desk, "sft", wanted, target)
        assert json.loads((tmp_path / "data.jsonl.manifest.json").read_text()) == {
            "avocet_version": __version__,
            "format": "sft",
            "filter": {"include_category": ["wrong_answer", "uncategorised"]},
            "decision": 4,
            "rows": 3,
            "by_category": {"uncategorised": 1, "wrong_answer": 2},
            "runs": [{"run_id": RUN, "sha256": manifest.runs[0].sha256, "rows": 3}],
            "file": "data.jsonl",
            "bytes": target.stat().st_size,
            "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        }

    def test_is_the_same_again_with_its_manifest(self, desk: Database, tmp_path: Path) -> None:
        exports.write_file(desk, "sft", ExportFilter(), tmp_path / "data.jsonl")
        first = [path.read_bytes() for path in sorted(tmp_path.glob("data.*"))]
        exports.write_file(desk, "sft", ExportFilter(), tmp_path / "data.jsonl")
        assert [path.read_bytes() for path in sorted(tmp_path.glob("data.*"))] == first

    def test_an_empty_one_is_written_too(self, desk: Database, tmp_path: Path) -> None:
        manifest = exports.write_file(desk, "sft", ExportFilter(since="2999-01-01"), tmp_path / "data.jsonl")
        assert (manifest.rows, manifest.bytes, manifest.runs) == (0, 0, [])
        assert (tmp_path / "data.jsonl").read_bytes() == b""

    def test_progress_is_told(self, desk: Database, tmp_path: Path) -> None:
        told: list[tuple[int, int]] = []
        exports.write_file(desk, "sft", ExportFilter(), tmp_path / "data.jsonl", lambda *done: told.append(done))
        assert told == [(4, 4)]

    @pytest.mark.parametrize(
        ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EIO, Prerequisite), (errno.EROFS, Prerequisite)]
    )
    def test_a_disk_that_fails_leaves_the_old_one(
        self, desk: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
    ) -> None:
        target = tmp_path / "data.jsonl"
        target.write_text("old")

        def fail(_descriptor: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(error, match=r"data\.jsonl"):
            exports.write_file(desk, "sft", ExportFilter(), target)
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.glob("data.*")] == ["data.jsonl"]

    def test_a_folder_that_is_not_there(self, desk: Database, tmp_path: Path) -> None:
        with pytest.raises(Prerequisite, match="nowhere"):
            exports.write_file(desk, "sft", ExportFilter(), tmp_path / "nowhere" / "data.jsonl")

    @pytest.mark.parametrize(
        ("name", "wanted", "error"),
        [("csv", ExportFilter(), UnknownFormat), ("sft", ExportFilter(run_id=("nowhere",)), UnknownFilterValue)],
    )
    def test_what_is_unknown_writes_nothing(
        self, desk: Database, tmp_path: Path, name: str, wanted: ExportFilter, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            exports.write_file(desk, name, wanted, tmp_path / "data.jsonl")
        assert list(tmp_path.glob("data.*")) == []


class TestStream:
    def test_is_of_one_state_of_the_desk(self, database: Database, bench_dir: Path) -> None:
        """A verdict in the middle of a long export is in all of it or in none."""
        lines = [candidate_line(number, status="approved", corrected_response="x" * 5000) for number in range(300)]
        import_lines(database, bench_dir, lines)
        chunks = exports.stream(database, "sft", ExportFilter())
        first = next(chunks)
        last = f"{RUN}/item-299"
        decisions.undo(database, last, "rowan")
        rows = (first + b"".join(chunks)).split(b"\n")[:-1]
        assert len(rows) == 300
        assert last.encode() not in whole(database)

    def test_comes_in_chunks_of_whole_lines(self, database: Database, bench_dir: Path) -> None:
        lines = [candidate_line(number, status="approved", corrected_response="x" * 5000) for number in range(200)]
        import_lines(database, bench_dir, lines)
        chunks = list(exports.stream(database, "sft", ExportFilter()))
        assert len(chunks) > 2
        assert all(chunk.endswith(b"\n") for chunk in chunks)

    @pytest.mark.parametrize(
        "wanted",
        [{"include_category": ("nonsense",)}, {"since": "soon"}, {"action": ("undo",)}, {"model_name": ("nobody",)}],
    )
    def test_is_refused_before_its_first_chunk(self, desk: Database, wanted: dict[str, Any]) -> None:
        with pytest.raises(UnknownFilterValue):
            exports.stream(desk, "sft", ExportFilter(**wanted))

    def test_the_filter_names_models_of_undecided_cards_too(self, desk: Database, bench_dir: Path) -> None:
        import_lines(desk, bench_dir, [candidate_line(9, model_name="waiting")], "other")
        assert whole(desk, ExportFilter(model_name=("waiting",))) == b""
        decisions.submit(desk, Submission(id=f"{RUN}/item-9", action="accept"), "rowan")
        assert whole(desk, ExportFilter(model_name=("waiting",))).count(b"\n") == 1


def test_a_download_is_named_by_format_and_time() -> None:
    name = exports.file_name("sft")
    assert name.startswith("avocet_sft_20")
    assert name.endswith("Z.jsonl")
