"""The data files of a dataset while they are written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType

import msgspec

from avocet import exporters
from avocet.exporters import Exporter, RecordExporter
from avocet.exporters.base import SPLITS, Encoding, Split, WrittenPart
from avocet.exports import encoding
from avocet.exports.encoding import LineFile, RowFile
from avocet.exports.recipe import Recipe
from avocet.exports.rows import OutRow
from avocet.exports.shapes import Node, Shape

SUFFIXES: dict[Encoding, str] = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet"}
GUESSED_FROM_BYTES = 8 * 1024 * 1024
"""A little less than what `datasets` looks at before it settles the types of a file's columns."""
Key = tuple[str, Split | None]


class _Guessed(msgspec.Struct):
    """What a reader will make of a file: its shape, and the rows that were first to show a part of it."""

    lines: LineFile
    shape: Shape = msgspec.field(default_factory=Shape)
    first_shown: list[int] = []
    is_late: bool = False

    def add(self, one: OutRow) -> None:
        """Look at a row before it is written."""
        if self.shape.add(one.row):
            self.first_shown.append(self.lines.rows)
            self.is_late = self.lines.bytes > GUESSED_FROM_BYTES


class DatasetFiles:
    """Opened when their first row comes; use it in a `with` block.

    `wanted.revision` says how: the first one wrote empty files for splits without rows, and rows in their order only.
    """

    def __init__(self, folder: Path, wanted: Recipe, single: str | None) -> None:
        self._folder = folder
        self._wanted = wanted
        self._exporter: Exporter = exporters.choose(wanted.format)
        self._single = single
        self._open: dict[Key, RowFile] = {}
        self._meta: dict[Key, LineFile] = {}
        self._guessed: dict[Key, _Guessed] = {}
        is_training = not isinstance(self._exporter, RecordExporter) and self._exporter.encoding == "jsonl"
        self._is_guessed = is_training and wanted.revision != 1

    def __enter__(self) -> DatasetFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        for file in (*self._open.values(), *self._meta.values()):
            # what went wrong is said already
            with suppress(OSError):
                file.close()

    def add(self, one: OutRow) -> None:
        key = (one.part, one.split)
        file = self._open.get(key) or self._begin(*key)
        if self._is_guessed:
            self._guessed[key].add(one)
        file.add(one.row)
        if self._meta and one.example:
            self._meta[key].add(exporters.provenance(one.example))

    def finish(self) -> list[WrittenPart]:
        """Close the files; what was written."""
        for split in self._expected_splits():
            if ("", split) not in self._open:
                self._begin("", split)
        for file in (*self._open.values(), *self._meta.values()):
            file.close()
        self._suit_readers()
        keys = sorted(self._open, key=lambda key: (key[0], SPLITS.index(key[1]) if key[1] else -1))
        return [
            WrittenPart(part, split, self._name(part, split), self._open[part, split].rows) for part, split in keys
        ]

    @property
    def shapes(self) -> dict[str, Node]:
        """The shape of each part in all of its splits."""
        found: dict[str, Node] = {}
        for (part, _), guessed in self._guessed.items():
            found.setdefault(part, Node()).join(guessed.shape.root)
        if self.mixes_tools:
            text = Node()
            text.add("")
            for root in found.values():
                if "tools" in root.fields:
                    root.fields["tools"] = text
        return found

    @property
    def mixes_tools(self) -> bool:
        """Whether the tools of different rows can't have one type."""
        all_rows = Node()
        for guessed in self._guessed.values():
            all_rows.join(guessed.shape.root)
        return "tools" in all_rows.fields and all_rows.fields["tools"].is_mixed

    def _suit_readers(self) -> None:
        """Write anew what a reader that guesses types could not read."""
        as_text = self.mixes_tools
        for key, guessed in self._guessed.items():
            lines = guessed.lines
            if as_text:
                lines.tools_as_text()
            if guessed.is_late:
                lines.put_first(guessed.first_shown)
                if key in self._meta:
                    self._meta[key].put_first(guessed.first_shown)

    def _expected_splits(self) -> list[Split | None]:
        """What is written even without rows: a file that nobody is to miss; by the first revision, every split."""
        exporter, splits = self._exporter, self._wanted.splits
        if exporter.encoding == "parquet" or (not isinstance(exporter, RecordExporter) and exporter.is_folder):
            return []
        if splits is None:
            return [None]
        return [name for name in SPLITS if getattr(splits, name) > 0] if self._wanted.revision == 1 else []

    def _begin(self, part: str, split: Split | None) -> RowFile:
        path = self._folder / self._name(part, split)
        file = self._open[part, split] = encoding.open_rows(path, self._exporter.encoding)
        if self._is_guessed and isinstance(file, LineFile):
            self._guessed[part, split] = _Guessed(file)
        if not isinstance(self._exporter, RecordExporter) and self._exporter.has_sidecar:
            name = path.name if self._single is not None else path.stem
            self._meta[part, split] = LineFile(path.with_name(f"{name}.meta.jsonl"), "jsonl")
        return file

    def _name(self, part: str, split: Split | None) -> str:
        if self._single is not None:
            return self._single
        if isinstance(self._exporter, RecordExporter):
            return "data" + SUFFIXES[self._exporter.encoding]
        return self._exporter.file(part, split)
