"""Zips that nobody vouches for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from avocet.errors import Prerequisite, RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading import archive
from avocet.importers.reading.archive import BadMember, open_archive
from avocet.importers.reading.sniff import sniff
from tests.importers.zips import DEFLATED, STORED, ZSTANDARD, Member, make_zip, write_zip

TEXT = b'{"text": "' + b"x" * 5000 + b'"}'


def source(tmp_path: Path, *members: Member) -> SourceFile:
    path = write_zip(tmp_path / "log.eval", list(members))
    return SourceFile(path, path.name)


def read(file: SourceFile, name: str) -> bytes:
    with open_archive(file) as opened:
        return opened.read(name)


def refused(file: SourceFile, name: str = "a") -> str:
    with open_archive(file) as opened, pytest.raises(BadMember) as error:
        opened.read(name)
    return error.value.code


@pytest.mark.parametrize("method", [STORED, DEFLATED, ZSTANDARD])
@pytest.mark.parametrize("data", [b"", b"x", TEXT])
def test_a_member_is_read_whole(tmp_path: Path, method: int, data: bytes) -> None:
    file = source(tmp_path, Member("first", b"1", method), Member("a", data, method))
    assert read(file, "a") == data
    assert read(file, "first") == b"1"


def test_of_members_with_one_name_the_last_counts(tmp_path: Path) -> None:
    file = source(tmp_path, Member("a", b"old"), Member("b", b"b"), Member("a", b"new"))
    with open_archive(file) as opened:
        assert list(opened.members) == ["a", "b"]
        assert opened.read("a") == b"new"


@pytest.mark.parametrize("method", [DEFLATED, ZSTANDARD, STORED])
def test_a_member_that_says_it_is_too_large_is_not_unpacked(tmp_path: Path, method: int) -> None:
    file = source(tmp_path, Member("a", TEXT, method, size=archive.MAX_MEMBER_BYTES + 1), Member("b", b"b"))
    assert refused(file) == "member_too_large"
    assert read(file, "b") == b"b"


@pytest.mark.parametrize("method", [DEFLATED, ZSTANDARD])
def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further(tmp_path: Path, method: int) -> None:
    zeros = bytes(50 * 2**20)
    assert refused(source(tmp_path, Member("a", zeros, method, size=1000))) == "damaged_member"


def test_a_stored_member_cannot_be_larger_than_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 1000)
    assert refused(source(tmp_path, Member("a", bytes(5000), STORED, size=10))) == "member_too_large"


@pytest.mark.parametrize(
    ("member", "code"),
    [
        (Member("a", TEXT, crc=1), "damaged_member"),
        (Member("a", TEXT, size=10), "damaged_member"),
        (Member("a", TEXT, size=10_000), "damaged_member"),
        (Member("a", TEXT, DEFLATED, packed=b"\xff" * 50), "damaged_member"),
        (Member("a", TEXT, ZSTANDARD, packed=b"\xff" * 50), "damaged_member"),
        (Member("a", TEXT, ZSTANDARD, packed=b"\x28\xb5\x2f\xfd"), "damaged_member"),
        (Member("a", TEXT, flags=1), "encrypted_member"),
        (Member("a", TEXT, method=14, packed=TEXT), "unknown_compression"),
    ],
)
def test_a_broken_member_costs_no_other(tmp_path: Path, member: Member, code: str) -> None:
    file = source(tmp_path, Member("before", b"1"), member, Member("after", b"2"))
    assert refused(file) == code
    assert read(file, "before") == b"1"
    assert read(file, "after") == b"2"


def test_members_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    file = source(tmp_path, Member("first", b"1"), Member("kernel", TEXT), Member("a", TEXT, at=1), Member("b", TEXT))
    assert refused(file, "kernel") == refused(file, "a") == "overlapping_member"
    assert read(file, "first") == b"1"
    data = bytearray(make_zip([Member("a", TEXT, STORED), Member("b", b"x" * 10)]))
    at = data.index(b"PK\x01\x02") + 20
    data[at : at + 4] = (len(TEXT) + 40).to_bytes(4, "little")
    file.path.write_bytes(data)
    assert refused(file) == "overlapping_member"


def test_a_member_elsewhere_than_the_directory_says(tmp_path: Path) -> None:
    data = make_zip([Member("a", TEXT), Member("b", b"b")])
    file = source(tmp_path, Member("a", b""))
    file.path.write_bytes(b"XXXX" + data[4:])
    assert refused(file) == "damaged_member"
    assert read(file, "b") == b"b"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_zip_that_was_cut_off_says_so(tmp_path: Path, part: float) -> None:
    file = source(tmp_path, Member("a", TEXT, STORED), Member("b", TEXT, STORED))
    data = file.path.read_bytes()
    file.path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(RunUnreadable, match=r"log\.eval isn't a whole zip archive.*cut off"), open_archive(file):
        pass


def test_an_endless_directory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = source(tmp_path, *(Member(f"samples/{number}_epoch_1.json", b"{}") for number in range(100)))
    monkeypatch.setattr(archive, "MAX_DIRECTORY_BYTES", 1000)
    monkeypatch.setattr(sys.modules["avocet.importers.reading.sniff"], "MAX_DIRECTORY_BYTES", 1000)
    with pytest.raises(RunUnreadable, match="more members than any log has"), open_archive(file):
        pass
    assert not sniff(file.path).members


def test_without_zstandard_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "find_spec", lambda _name: None)
    assert read(source(tmp_path, Member("a", TEXT)), "a") == TEXT
    file = source(tmp_path, Member("a", TEXT, ZSTANDARD))
    with pytest.raises(Prerequisite, match=r"pip install 'avocet-desk\[inspect\]'"), open_archive(file):
        pass


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match="can't be read"), open_archive(SourceFile(tmp_path / "no", "no")):
        pass
