"""The data files of a dataset while they are written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType

from avocet import exporters
from avocet.exporters import Exporter, RecordExporter
from avocet.exporters.base import SPLITS, Encoding, Split, WrittenPart
from avocet.exports import encoding
from avocet.exports.encoding import RowFile
from avocet.exports.recipe import Recipe
from avocet.exports.rows import OutRow

SUFFIXES: dict[Encoding, str] = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet"}


class DatasetFiles:
    """Opened when their first row comes; use it in a `with` block."""

    def __init__(self, folder: Path, wanted: Recipe, single: str | None) -> None:
        self._folder = folder
        self._wanted = wanted
        self._exporter: Exporter = exporters.choose(wanted.format)
        self._single = single
        self._open: dict[tuple[str, Split | None], RowFile] = {}
        self._meta: dict[tuple[str, Split | None], RowFile] = {}

    def __enter__(self) -> DatasetFiles:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        files = (*self._open.values(), *self._meta.values())
        if kind is None:
            for file in files:
                file.close()
        else:
            for file in files:
                # what went wrong is said already
                with suppress(OSError):
                    file.close()

    def add(self, one: OutRow) -> None:
        key = (one.part, one.split)
        file = self._open.get(key) or self._begin(*key)
        file.add(one.row)
        if self._meta and one.example:
            self._meta[key].add(exporters.provenance(one.example))

    def finish(self) -> list[WrittenPart]:
        """What was written; a file that got no row is there and empty, so that nobody misses it."""
        for split in self._expected_splits():
            if ("", split) not in self._open:
                self._begin("", split)
        keys = sorted(self._open, key=lambda key: (key[0], SPLITS.index(key[1]) if key[1] else -1))
        return [
            WrittenPart(part, split, self._name(part, split), self._open[part, split].rows) for part, split in keys
        ]

    def _expected_splits(self) -> list[Split | None]:
        """The splits of a format of one kind of row; a Parquet file can't be without rows, which give its columns."""
        exporter, splits = self._exporter, self._wanted.splits
        if exporter.encoding == "parquet" or (not isinstance(exporter, RecordExporter) and exporter.is_folder):
            return []
        return [None] if splits is None else [name for name in SPLITS if getattr(splits, name) > 0]

    def _begin(self, part: str, split: Split | None) -> RowFile:
        path = self._folder / self._name(part, split)
        file = self._open[part, split] = encoding.open_rows(path, self._exporter.encoding)
        if not isinstance(self._exporter, RecordExporter) and self._exporter.has_sidecar:
            self._meta[part, split] = encoding.open_rows(path.with_name(f"{path.stem}.meta.jsonl"), "jsonl")
        return file

    def _name(self, part: str, split: Split | None) -> str:
        if self._single is not None:
            return self._single
        if isinstance(self._exporter, RecordExporter):
            return "data" + SUFFIXES[self._exporter.encoding]
        return self._exporter.file(part, split)
