"""`exports`: files with their manifest, and streams of one state of the desk."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet import __version__, exporters, exports
from avocet.db import Database
from avocet.errors import DiskFull, InvalidRequest, Prerequisite, UnknownFilterValue, UnknownFormat
from avocet.exports import ExportFilter, Recipe, Splits
from avocet.review import decisions
from avocet.review.decisions import Submission
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
    return b"".join(exports.stream(database, Recipe(format=name, filter=wanted or ExportFilter())))


class TestFile:
    def test_holds_what_the_stream_holds(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "data.jsonl"
        exports.write_file(desk, Recipe(), target)
        assert target.read_bytes() == whole(desk)
        assert sorted(path.name for path in tmp_path.glob("data.*")) == ["data.jsonl", "data.jsonl.manifest.json"]

    def test_has_a_manifest_beside_it(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "data.jsonl"
        wanted = ExportFilter(include_category=("wrong_answer", "uncategorised"))
        manifest = exports.write_file(desk, Recipe(filter=wanted), target)
        assert json.loads((tmp_path / "data.jsonl.manifest.json").read_text()) == {
            "avocet_version": __version__,
            "recipe": {
                "format": "sft",
                "filter": {"include_category": ["wrong_answer", "uncategorised"]},
                "splits": None,
                "rules": {"artifact_pairs": False, "unchanged_pairs": False, "duplicates": False},
                "revision": 2,
                "text_rule": 2,
            },
            "hold_out": {"share": 0.0, "salt": ""},
            "as_of": {"decision": 4, "hidden_runs": []},
            "read": 3,
            "rows": 3,
            "left_out": {},
            "by_category": {"uncategorised": 1, "wrong_answer": 2},
            "runs": [{"run_id": RUN, "sha256": manifest.runs[0].sha256, "candidates": 3}],
            "items": {"arithmetic": ["item-0", "item-1", "item-2"]},
            "rows_without_item": 0,
            "files": [
                {
                    "name": "data.jsonl",
                    "bytes": target.stat().st_size,
                    "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
                    "part": "",
                    "split": None,
                    "rows": 3,
                }
            ],
            "revision": 2,
            "left_out_ids": {},
            "by_split": {},
            "contradictory": 0,
            "warnings": [],
        }

    def test_is_the_same_again_with_its_manifest(self, desk: Database, tmp_path: Path) -> None:
        exports.write_file(desk, Recipe(), tmp_path / "data.jsonl")
        first = [path.read_bytes() for path in sorted(tmp_path.glob("data.*"))]
        exports.write_file(desk, Recipe(), tmp_path / "data.jsonl")
        assert [path.read_bytes() for path in sorted(tmp_path.glob("data.*"))] == first

    def test_an_empty_one_is_written_too(self, desk: Database, tmp_path: Path) -> None:
        manifest = exports.write_file(desk, Recipe(filter=ExportFilter(since="2999-01-01")), tmp_path / "data.jsonl")
        assert (manifest.rows, manifest.files[0].bytes, manifest.runs) == (0, 0, [])
        assert (tmp_path / "data.jsonl").read_bytes() == b""

    def test_progress_is_told(self, desk: Database, tmp_path: Path) -> None:
        told: list[int] = []
        exports.write_file(desk, Recipe(), tmp_path / "data.jsonl", on_progress=told.append)
        assert told == [4]

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
            exports.write_file(desk, Recipe(), target, overwrite=True)
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.glob("data.*")] == ["data.jsonl"]

    def test_folders_that_are_not_there_are_made(self, desk: Database, tmp_path: Path) -> None:
        exports.write_file(desk, Recipe(), tmp_path / "a" / "b" / "data.jsonl")
        assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == [
            "data.jsonl",
            "data.jsonl.manifest.json",
        ]

    def test_folders_that_were_made_for_nothing_are_gone(self, desk: Database, tmp_path: Path) -> None:
        written = exports.write_file(desk, Recipe(), tmp_path / "data.jsonl")
        changed = msgspec.structs.replace(written.files[0], sha256="0" * 64)
        other = msgspec.structs.replace(written, files=[changed])
        with pytest.raises(InvalidRequest, match="Nothing was written"):
            exports.again(desk, other, tmp_path / "c" / "d" / "data.jsonl")
        assert not (tmp_path / "c").exists()

    @pytest.mark.parametrize(
        ("name", "wanted", "error"),
        [("xlsx", ExportFilter(), UnknownFormat), ("sft", ExportFilter(run_id=("nowhere",)), UnknownFilterValue)],
    )
    def test_what_is_unknown_writes_nothing(
        self, desk: Database, tmp_path: Path, name: str, wanted: ExportFilter, error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            exports.write_file(desk, Recipe(format=name, filter=wanted), tmp_path / "data.jsonl")
        assert list(tmp_path.glob("data.*")) == []


class TestFolder:
    def test_has_every_file_and_its_manifest_inside(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "set"
        written = exports.write_folder(desk, Recipe(format="llama-factory"), target)
        names = sorted(path.name for path in target.iterdir())
        assert names == [
            "README.md",
            "avocet_dpo.jsonl",
            "avocet_kto.jsonl",
            "avocet_sft.jsonl",
            "dataset_info.json",
            "manifest.json",
        ]
        for file in written.files:
            assert file.sha256 == hashlib.sha256((target / file.name).read_bytes()).hexdigest()

    def test_an_earlier_dataset_is_replaced_whole(self, desk: Database, tmp_path: Path) -> None:
        target = tmp_path / "set"
        exports.write_folder(desk, Recipe(format="hf"), target)
        exports.write_folder(desk, Recipe(format="mlx"), target)
        assert sorted(path.name for path in target.iterdir()) == ["README.md", "manifest.json", "train.jsonl"]
        assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []

    def test_a_link_to_a_folder_stays_a_link(self, desk: Database, tmp_path: Path) -> None:
        (tmp_path / "disk").mkdir()
        link = tmp_path / "set"
        link.symlink_to("disk")
        exports.write_folder(desk, Recipe(format="mlx"), link)
        assert link.is_symlink()
        assert (tmp_path / "disk" / "train.jsonl").is_file()

    def test_other_things_are_left_alone(self, desk: Database, tmp_path: Path) -> None:
        (tmp_path / "thesis").mkdir()
        (tmp_path / "thesis" / "chapter.tex").write_text("words")
        (tmp_path / "file").write_text("words")
        for target, sentence in ((tmp_path / "thesis", "holds something else"), (tmp_path / "file", "is a file")):
            with pytest.raises(Prerequisite, match=sentence):
                exports.write_folder(desk, Recipe(format="mlx"), target)
        assert (tmp_path / "thesis" / "chapter.tex").read_text() == (tmp_path / "file").read_text() == "words"

    def test_a_disk_that_fails_leaves_the_old_one(
        self, desk: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "set"
        exports.write_folder(desk, Recipe(format="mlx"), target)
        before = {path.name: path.read_bytes() for path in target.iterdir()}

        def fail(_self: Path, _data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "write_bytes", fail)
        with pytest.raises(DiskFull):
            exports.write_folder(desk, Recipe(format="llama-factory"), target)
        assert {path.name: path.read_bytes() for path in target.iterdir()} == before
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []

    def test_a_split_without_rows_has_no_file(self, desk: Database, tmp_path: Path) -> None:
        recipe = Recipe(splits=Splits(train=1e-9, validation=0, test=1 - 1e-9))
        written = exports.write_folder(desk, recipe, tmp_path / "set")
        assert [(file.name, file.split, file.rows) for file in written.files] == [
            ("README.md", None, None),
            ("test.jsonl", "test", 4),
        ]
        assert written.by_split == {"train": 0, "test": 4}
        assert written.warnings == ["train got 0 rows: it has no file."]


class TestStream:
    def test_is_of_one_state_of_the_desk(self, database: Database, bench_dir: Path) -> None:
        """A verdict in the middle of a long export is in all of it or in none."""
        lines = [candidate_line(number, status="approved", corrected_response="x" * 5000) for number in range(300)]
        import_lines(database, bench_dir, lines)
        chunks = exports.stream(database, Recipe())
        first = next(chunks)
        last = f"{RUN}/item-299"
        decisions.undo(database, last, "rowan")
        rows = (first + b"".join(chunks)).split(b"\n")[:-1]
        assert len(rows) == 300
        assert last.encode() not in whole(database)

    def test_comes_in_chunks_of_whole_lines(self, database: Database, bench_dir: Path) -> None:
        lines = [candidate_line(number, status="approved", corrected_response="x" * 5000) for number in range(200)]
        import_lines(database, bench_dir, lines)
        chunks = list(exports.stream(database, Recipe()))
        assert len(chunks) > 2
        assert all(chunk.endswith(b"\n") for chunk in chunks)

    @pytest.mark.parametrize(
        "wanted",
        [{"include_category": ("nonsense",)}, {"since": "soon"}, {"action": ("undo",)}, {"model_name": ("nobody",)}],
    )
    def test_is_refused_before_its_first_chunk(self, desk: Database, wanted: dict[str, Any]) -> None:
        with pytest.raises(UnknownFilterValue):
            exports.stream(desk, Recipe(filter=ExportFilter(**wanted)))

    def test_the_filter_names_models_of_undecided_cards_too(self, desk: Database, bench_dir: Path) -> None:
        import_lines(desk, bench_dir, [candidate_line(9, model_name="waiting")], "other")
        assert whole(desk, ExportFilter(model_name=("waiting",))) == b""
        decisions.submit(desk, Submission(id=f"{RUN}/item-9", action="accept"), "rowan")
        assert whole(desk, ExportFilter(model_name=("waiting",))).count(b"\n") == 1


def test_a_download_is_named_by_format_and_time() -> None:
    name = exports.file_name(exporters.choose("sft"), Recipe())
    assert name.startswith("avocet_sft_20")
    assert name.endswith("Z.jsonl")
