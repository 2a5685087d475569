"""What 0.1.0 exported stays what it was, or is refused with both revisions (tests/samples/made-by-0.1.0)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet
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


# which release of pyarrow wrote them stands in their bytes: what is the same are their rows
PARQUET = ("parquet", "hf", "hf-split")


def said(path: Path) -> dict[str, Any]:
    """Every file of a dataset; a Parquet file as its columns' types and its rows."""
    read: dict[str, Any] = {
        name: content for name, content in contents(path).items() if not name.endswith(".parquet")
    }
    for file in path.rglob("*.parquet"):
        table = pyarrow.parquet.read_table(file)
        read[file.relative_to(path).as_posix()] = (str(table.schema), table.to_pylist())
    return read


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
    if path.name in PARQUET:
        made = exports.write_folder(
            database, msgspec.structs.replace(stored.recipe, revision=1), tmp_path / path.name, as_of=stored.as_of
        )
        assert exports.again(database, made, tmp_path / "again").files == made.files
        assert exports.verify(tmp_path / path.name, database).problems == []
    else:
        exports.again(database, stored, tmp_path / path.name)
        assert exports.verify(path, database).problems == []
    was, now = said(path), said(tmp_path / path.name)
    del was["manifest.json"], now["manifest.json"]
    assert now == was


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


def test_parquet_of_another_pyarrow_is_refused_by_what_it_may_be(database: Database, tmp_path: Path) -> None:
    """Its bytes are those of the library's release: that the decisions changed would be a guess."""
    written = exports.write_folder(desk(database, "plain"), exports.Recipe(format="parquet"), tmp_path / "a")
    (data,) = written.files
    other = msgspec.structs.replace(written, files=[msgspec.structs.replace(data, sha256="0" * 64)])
    with pytest.raises(InvalidRequest, match="or another release of pyarrow wrote it"):
        exports.again(database, other, tmp_path / "b")
    (tmp_path / "a/manifest.json").write_bytes(msgspec.json.encode(other))
    assert any(
        "another release of pyarrow" in problem for problem in exports.verify(tmp_path / "a", database).problems
    )
