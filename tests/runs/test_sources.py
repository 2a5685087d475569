"""Runs on disk: a file, a run folder, or a folder of runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from avocet.errors import RunUnreadable
from avocet.runs import find, scan
from avocet.runs.sources import count_lines
from tests.factories import candidate_lines, write_jsonl, write_run


def names(folder: Path) -> list[str]:
    return [source.name for source in find(folder)]


def test_a_file_is_named_after_its_folder_or_itself(tmp_path: Path) -> None:
    assert names(write_run(tmp_path, [], "2026-01-02-030405")) == ["2026-01-02-030405"]
    assert names(write_jsonl(tmp_path / "handmade.jsonl", candidate_lines(1))) == ["handmade"]
    assert names(write_jsonl(tmp_path / ".jsonl", candidate_lines(1))) == [".jsonl"]


def test_a_run_folder_and_a_folder_of_runs(tmp_path: Path) -> None:
    write_run(tmp_path, [], "b")
    write_run(tmp_path, [], "a")
    assert names(tmp_path / "a") == ["a"]
    assert names(tmp_path) == ["a", "b"]
    assert find(tmp_path) == scan(tmp_path)


def test_files_that_nobody_knows_are_no_runs_but_a_candidates_file_always_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    write_run(tmp_path, [b"\x00\x01\x02"], "damaged")
    write_run(tmp_path, [], "empty")
    assert [(source.name, source.importer) for source in find(tmp_path)] == [("damaged", None), ("empty", "cf-orch")]


def test_a_relative_path_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_run(tmp_path, [], "a")
    monkeypatch.chdir(tmp_path)
    assert [source.path for source in find(Path("a"))] == [path]
    assert [source.path for source in find(Path("a/../a/sft_candidates.jsonl"))] == [path]


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match="no file or folder"):
        find(tmp_path / "nowhere")
    with pytest.raises(RunUnreadable, match=r"sft_candidates\.jsonl"):
        find(tmp_path)


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    folder.mkdir()
    path = write_jsonl(folder / "sft_candidates.jsonl", candidate_lines(1))
    with pytest.raises(RunUnreadable, match="UTF-8"):
        find(path)
    assert scan(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "timestamp"),
    [
        ("2026-01-02-030405", "2026-01-02T03:04:05"),
        ("2026-01-02_03-04-05", "2026-01-02T03:04:05"),
        ("2026-01-02", ""),
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05"),
        ("20260102_030405", "2026-01-02T03:04:05"),
        ("run-2026-01-02 030405-small", "2026-01-02T03:04:05"),
        ("2026-02-30-030405", ""),
    ],
)
def test_the_time_in_a_name(tmp_path: Path, name: str, timestamp: str) -> None:
    path = write_run(tmp_path, [], name)
    os.utime(path, (0, 0))
    assert find(path)[0].timestamp == (timestamp or "1970-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b"", 0),
        (b"\n \r\n\t\n", 0),
        (b"a", 1),
        (b"a\n", 1),
        (b"a\r\nb\n\nc", 3),
        (b"x" * 3_000_000 + b"\n" + b" " * 3_000_000 + b"\ny", 2),
        ("a\u2028b\x85c".encode(), 1),
    ],
    ids=range(7),
)
def test_lines_that_are_not_blank_are_counted(tmp_path: Path, content: bytes, count: int) -> None:
    (tmp_path / "file").write_bytes(content)
    assert count_lines(tmp_path / "file") == count


def test_a_count_is_made_again_when_the_file_changed(tmp_path: Path) -> None:
    path = write_run(tmp_path, candidate_lines(2))
    assert count_lines(path) == 2
    write_run(tmp_path, candidate_lines(3))
    assert count_lines(path) == 3
    path.unlink()
    assert count_lines(path) is None
