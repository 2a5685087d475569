"""What importers build on: a run per file, files in turn, the names of models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from avocet.importers.base import Group, ReadItem, RunPerFile, Settled, SourceFile, in_turn, short_name


def write(folder: Path, name: str, size: int) -> SourceFile:
    path = folder / name
    path.write_bytes(b"x" * size)
    return SourceFile(path, f"mine/{name}")


def test_every_file_is_a_run_named_after_it(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.jsonl", 1), write(tmp_path, ".jsonl", 1)
    assert RunPerFile().group([first, second]) == [Group("a", (first,)), Group(".jsonl", (second,))]


def test_bytes_count_on_from_file_to_file(tmp_path: Path) -> None:
    first, second, third = (write(tmp_path, name, size) for name, size in (("a", 10), ("b", 0), ("c", 5)))
    opened: list[str] = []

    def items(file: SourceFile, *ends: int) -> Iterator[ReadItem]:
        opened.append(file.name)
        for end in ends:
            yield ReadItem(Settled("passed"), end, 1)

    found = in_turn([(first, items(first, 4, 9)), (second, items(second)), (third, items(third, 5))])
    assert next(found).bytes_read == 4
    assert opened == ["mine/a"]
    assert [item.bytes_read for item in found] == [9, 15]


@pytest.mark.parametrize(
    ("model_id", "name", "of_folder"),
    [("org/model", "model", "model"), ("model", "model", "model"), ("./out/", "./out/", "out"), ("", None, None)],
)
def test_a_model_is_named_without_its_organisation(model_id: str, name: str | None, of_folder: str | None) -> None:
    assert short_name(model_id) == name
    assert short_name(model_id, may_be_folder=True) == of_folder
    assert short_name(None) is None
