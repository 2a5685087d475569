"""The data files of a dataset that is being written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType

from avocet import exporters
from avocet.exporters import Exporter
from avocet.exporters.base import SPLITS, Encoding, Split, WrittenPart
from avocet.exports import encoding
from avocet.exports.encoding import FirstShown, LineFile, RowFile
from avocet.exports.recipe import Recipe
from avocet.exports.rows import OutRow

SUFFIXES: dict[Encoding, str] = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet"}
LISTS = "lists"
Key = tuple[str, Split | None]


class DatasetFiles:
    """The data files of a dataset, each opened when its first row comes. Use it in a `with` block.

    `wanted.revision`: the first one wrote empty files for splits without rows, and never changed the order of rows.
    """

    def __init__(self, folder: Path, exporter: Exporter, wanted: Recipe, single: str | None) -> None:
        self._folder = folder
        self._wanted = wanted
        self._exporter = exporter
        self._single = single
        self._open: dict[Key, RowFile] = {}
        self._meta: dict[Key, LineFile] = {}
        self._first: dict[Key, FirstShown] = {}
        is_training = self._exporter.is_training and self._exporter.encoding == "jsonl"
        self._is_guessed = is_training and wanted.revision != 1

    def __enter__(self) -> DatasetFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        for file in (*self._open.values(), *self._meta.values()):
            # the error that ended the block is raised already
            with suppress(OSError):
                file.close()

    def add(self, one: OutRow, *, shows_type: bool = False) -> None:
        """Write a row. `shows_type`: it is the first of its file to show a type."""
        key = (one.part, one.split)
        file = self._open.get(key) or self._begin(*key)
        if shows_type and self._is_guessed and isinstance(file, LineFile):
            self._first[key].note(file.rows, file.bytes)
        file.add(one.row)
        if self._meta and one.example:
            self._meta[key].add(exporters.provenance(one.example))

    def finish(self, *, tools_as_text: bool = False) -> list[WrittenPart]:
        """Close the files, and describe what was written."""
        for split in self._expected_splits():
            if ("", split) not in self._open:
                self._begin("", split)
        for file in (*self._open.values(), *self._meta.values()):
            file.close()
        self._suit_readers(tools_as_text=tools_as_text and self._is_guessed)
        keys = sorted(self._open, key=lambda key: (key[0], SPLITS.index(key[1]) if key[1] else -1))
        return [
            WrittenPart(part, split, self._name(part, split), self._open[part, split].rows) for part, split in keys
        ]

    def _suit_readers(self, *, tools_as_text: bool) -> None:
        """Rewrite the files that a reader that guesses types could not read."""
        for key, first in self._first.items():
            for file in (self._open[key], self._meta.get(key)):
                if first.is_late and isinstance(file, LineFile):
                    file.put_first(first)
        if tools_as_text:
            for file in self._open.values():
                if isinstance(file, LineFile):
                    file.tools_as_text(self._lists(file.path))

    def _lists(self, path: Path) -> Path:
        """The path for the same rows with tools as lists, for readers that guess no types."""
        return path.parent / LISTS / path.name if self._single is None else path.with_name(f"{path.name}.lists.jsonl")

    def _expected_splits(self) -> list[Split | None]:
        """The splits that get a file even without rows: the only file, or all splits in the first revision."""
        exporter, splits = self._exporter, self._wanted.splits
        if exporter.encoding == "parquet" or exporter.is_folder:
            return []
        if splits is None:
            return [None]
        return [name for name in SPLITS if getattr(splits, name) > 0] if self._wanted.revision == 1 else []

    def _begin(self, part: str, split: Split | None) -> RowFile:
        path = self._folder / self._name(part, split)
        file = self._open[part, split] = encoding.open_rows(path, self._exporter.encoding)
        self._first[part, split] = FirstShown()
        if self._exporter.has_sidecar:
            name = path.name if self._single is not None else path.stem
            self._meta[part, split] = LineFile(path.with_name(f"{name}.meta.jsonl"), "jsonl")
        return file

    def _name(self, part: str, split: Split | None) -> str:
        if self._single is not None:
            return self._single
        return self._exporter.file(part, split)
