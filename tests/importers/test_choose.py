"""Which importer reads a file: the one named, else the first that recognises how it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.errors import RunUnreadable, Unrecognised
from avocet.importers import IMPORTERS, choose
from tests.factories import candidate_lines, write_jsonl


@pytest.mark.parametrize("name", ["sft_candidates.jsonl", "results.jsonl", "no-ending", "picture.png"])
def test_a_file_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    path = write_jsonl(tmp_path / name, candidate_lines(1))
    assert choose(path).name == "cf-orch"


@pytest.mark.parametrize("content", [b"", b"\n", b"5\n", b"{}\n", b'{"other": 1}\n'])
def test_the_harness_own_file_name_is_enough(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sft_candidates.jsonl").write_bytes(content)
    assert choose(tmp_path / "sft_candidates.jsonl").name == "cf-orch"


@pytest.mark.parametrize("content", [b"", b"5\n", b"a,b\n1,2\n", b'{"other": 1}\n'])
def test_any_other_is_refused_with_what_was_tried(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(Unrecognised) as refused:
        choose(path)
    assert "table.csv" in refused.value.detail
    assert refused.value.extra["tried"] == list(IMPORTERS)
    assert choose(path, "cf-orch").name == "cf-orch"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00" * 100])
@pytest.mark.parametrize("name", [None, "cf-orch"])
def test_a_binary_file_is_called_so(tmp_path: Path, content: bytes, name: str | None) -> None:
    path = tmp_path / "sft_candidates.jsonl"
    path.write_bytes(content)
    with pytest.raises(Unrecognised, match="binary"):
        choose(path, name)


@pytest.mark.parametrize("name", [None, "cf-orch"])
def test_a_database_is_called_so_with_what_to_do(tmp_path: Path, name: str | None) -> None:
    path = tmp_path / "sft_candidates.jsonl"
    path.write_bytes(b"SQLite format 3\x00")
    with pytest.raises(Unrecognised, match=r"SQLite database.*Export its results as JSON"):
        choose(path, name)


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"PAR1"])
def test_the_harness_own_file_name_makes_no_text_of_an_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sft_candidates.jsonl"
    path.write_bytes(content)
    with pytest.raises(Unrecognised, match=r"sft_candidates\.jsonl"):
        choose(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_called_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "sft_candidates.jsonl"
    path.write_bytes((b"" if encoding == "utf-16" else b"\xfe\xff") + '{"model_response"'.encode(encoding))
    with pytest.raises(Unrecognised, match="UTF-16"):
        choose(path)


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", candidate_lines(1))
    with pytest.raises(Unrecognised, match="cf-orch"):
        choose(path, "csv")


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match="nowhere"):
        choose(tmp_path / "nowhere.jsonl")
    with pytest.raises(RunUnreadable):
        choose(tmp_path)
