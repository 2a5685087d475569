"""Which importer a file is for: each sample is known by its own alone, and nothing by its looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from avocet import importers, plugins
from avocet.errors import Unrecognised
from avocet.importers import IMPORTERS, choose, recognise, registry
from avocet.importers.base import Group, ImportOptions, Reading, SourceFile, SourceInfo
from avocet.importers.cf_orch import CfOrch
from avocet.importers.generic import Generic
from avocet.importers.reading.sniff import Sniffed, sniff
from tests.importers.files import SAMPLES
from tests.promises.project import ROOT

NO_SAMPLES = (".expected.json", "README.md")
# what once went wrong, and what was exported once, is read by tests of its own
NO_IMPORTERS = ("cases", "made-by-0.1.0")


def owner(path: Path) -> str:
    """The folder of the samples that a file lies in."""
    return path.relative_to(SAMPLES).parts[0]


FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.is_file() and not path.name.endswith(NO_SAMPLES) and owner(path) not in NO_IMPORTERS
)


def named(path: Path) -> str:
    return str(path.relative_to(SAMPLES))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_sample_is_known_by_its_own_importer_and_no_other(path: Path) -> None:
    known = [name for name, importer in registry().items() if importer.recognises(sniff(path, "file"))]
    # nobody can tell what the columns of a table mean
    assert known == ([] if owner(path) in ("look-alikes", Generic.name) else [owner(path)])


@pytest.mark.parametrize("path", [path for path in FILES if owner(path) == "look-alikes"], ids=named)
def test_what_only_looks_like_one_is_refused(path: Path) -> None:
    assert recognise(sniff(path)) is None
    with pytest.raises(Unrecognised) as refused:
        choose(path)
    assert refused.value.extra["tried"] == list(registry())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty: there is nothing to import."),
        (b"\n \n", "is empty"),
        (b'{"id": 1\n', "It begins like JSON, but is none: .*, line 2, column 1\\."),
        (b'[\n {"a": 1},\n {"b": }\n]', "It begins like JSON, but is none: .*, line 3, column \\d+\\."),
        (b'{"a":' * 100_000, "It begins like JSON, but is none: "),
    ],
    ids=["empty", "blank", "cut off", "a comma too many", "deep"],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(content)
    with pytest.raises(Unrecognised, match=told):
        choose(path)


@pytest.mark.parametrize("content", [b'{"a": 1}\n{"b"', b'{"a": 1}', b"[]"], ids=["lines", "document", "array"])
def test_json_that_nobody_knows_is_not_called_broken(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(content)
    with pytest.raises(Unrecognised) as refused:
        choose(path)
    assert "begins like JSON" not in refused.value.detail


def test_every_importer_has_samples_of_two_shapes_and_every_folder_an_importer() -> None:
    count = {name: sum(owner(path) == name for path in FILES) for name in IMPORTERS}
    # its lines are the desk's own, made by the tests themselves
    del count[CfOrch.name]
    assert all(number >= 2 for number in count.values()), count
    assert {owner(path) for path in FILES} - {"look-alikes"} <= count.keys()


@pytest.mark.parametrize("name", [name for name in IMPORTERS if name != CfOrch.name])
def test_the_samples_say_how_they_were_made(name: str) -> None:
    told = (SAMPLES / name / "README.md").read_text("utf-8")
    assert name == Generic.name or re.search(r"\d+\.\d+|[0-9a-f]{7}", told), "no version"


class TestDocumentation:
    PAGE = (ROOT / "docs" / "importers.md").read_text("utf-8")
    SECTIONS = {part.partition("\n")[0].strip(): part for part in PAGE.split("\n## ")[1:]}  # noqa: RUF012

    @pytest.mark.parametrize("name", IMPORTERS)
    def test_every_importer_has_a_section_with_the_command_that_makes_its_file(self, name: str) -> None:
        section = self.SECTIONS[name]
        assert re.search(r"^```console\n\$ ", section, re.MULTILINE)
        assert "avocet import" in section

    def test_every_section_is_an_importers(self) -> None:
        assert self.SECTIONS.keys() == IMPORTERS.keys()


class Homemade:
    """An importer of another package: recognises files that begin with its name."""

    name = "homemade"
    title = "Homemade"

    def recognises(self, file: Sniffed) -> bool:
        return file.head.startswith(b"homemade")

    def group(self, files: Any) -> list[Group]:
        return [Group(file.name, (file,)) for file in files]

    def read(self, files: Any, options: ImportOptions) -> Reading:
        return Reading(SourceInfo(harness=self.name), iter(()))


class Taken(Homemade):
    name = "cf-orch"


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package beside Avocet that adds two importers."""
    points = [EntryPoint(name, f"{__name__}:{name}", importers.ENTRY_POINTS) for name in ("Homemade", "Taken")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points if group == importers.ENTRY_POINTS else [])
    registry.cache_clear()
    yield
    registry.cache_clear()


@pytest.mark.usefixtures("_installed")
class TestEntryPoints:
    def test_another_packages_importer_is_one_of_them(self, tmp_path: Path) -> None:
        path = tmp_path / "results.txt"
        path.write_text("homemade results\n")
        assert choose(path).name == "homemade"
        assert (
            choose(path, "homemade").read([SourceFile(path, path.name)], ImportOptions()).info.harness == "homemade"
        )
        assert set(IMPORTERS) | {"homemade"} == registry().keys()

    def test_a_name_of_ours_cannot_be_taken(self) -> None:
        assert registry()["cf-orch"] is IMPORTERS["cf-orch"]
