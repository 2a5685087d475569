"""What 0.1.0 exported stays what it was, or is refused with both revisions (tests/samples/made-by-0.1.0)."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.exports import Manifest
from tests.exports.deciding import contents
from tests.exports.stored import store_as_written
from tests.factories import import_file

MADE = Path(__file__).parents[1] / "samples/made-by-0.1.0"
DATASETS = {
    kind: sorted(
        path for path in (MADE / kind).iterdir() if not path.name.endswith((".manifest.json", ".meta.jsonl"))
    )
    for kind in ("plain", "odd")
}


def desk(database: Database, kind: str) -> Database:
    path = MADE / f"{kind}.jsonl"
    import_file(database, path, kind)
    store_as_written(database, [json.loads(line) for line in path.read_bytes().split(b"\n") if line])
    return database


def manifest(path: Path) -> Manifest:
    place = path / "manifest.json" if path.is_dir() else path.with_name(f"{path.name}.manifest.json")
    return msgspec.json.decode(place.read_bytes(), type=Manifest)


@pytest.mark.parametrize("path", DATASETS["plain"], ids=lambda path: path.name)
def test_what_was_not_mended_is_made_again_byte_for_byte(database: Database, tmp_path: Path, path: Path) -> None:
    desk(database, "plain")
    stored = manifest(path)
    assert stored.revision == 1
    exports.again(database, stored, tmp_path / path.name)
    was, now = contents(path), contents(tmp_path / path.name)
    del was["manifest.json"], now["manifest.json"]
    assert now == was
    assert exports.verify(path, database).problems == []


@pytest.mark.parametrize("path", DATASETS["odd"], ids=lambda path: path.name)
def test_what_was_mended_is_refused_by_both_revisions(database: Database, tmp_path: Path, path: Path) -> None:
    desk(database, "odd")
    with pytest.raises(InvalidRequest, match=r"written by revision 1 of [\w-]+, .* revision 2 makes another"):
        exports.again(database, manifest(path), tmp_path / "new" / path.name)
    assert not (tmp_path / "new").exists()
    (problem,) = exports.verify(path, database).problems
    assert "revision 1" in problem
    assert "revision 2" in problem


def test_what_a_newer_version_wrote_is_refused(database: Database, tmp_path: Path) -> None:
    stored = msgspec.structs.replace(manifest(MADE / "plain/sft.jsonl"), revision=9)
    with pytest.raises(InvalidRequest, match="revision 9 of sft; this version of Avocet knows revisions up to 2"):
        exports.again(desk(database, "plain"), stored, tmp_path / "a.jsonl")


def test_an_export_of_today_says_its_revision(database: Database, tmp_path: Path) -> None:
    written = exports.write(desk(database, "plain"), exports.Recipe(), tmp_path / "a.jsonl")
    assert (written.revision, written.recipe.revision) == (2, 2)
    assert exports.verify(tmp_path / "a.jsonl", database).problems == []
