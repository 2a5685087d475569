"""Plain functions that hand content to an importer the way the desk does: as files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from avocet.importers.base import Importer, ImportOptions, ReadItem, SourceFile, SourceInfo
from avocet.importers.reading.sniff import Sniffed, sniff

SAMPLES = Path(__file__).parent.parent / "samples"


def read_files(importer: Importer, *paths: Path, **options: object) -> tuple[SourceInfo, list[ReadItem]]:
    """What an importer says of files, and their items."""
    files = [SourceFile(path, path.name) for path in paths]
    reading = importer.read(files, ImportOptions(**options))  # type: ignore[arg-type]
    return reading.info, list(reading.items)


def read_content(
    importer: Importer, content: bytes, name: str = "results.jsonl", **options: object
) -> list[ReadItem]:
    """The items of one file with this content."""
    with _file(content, name) as path:
        return read_files(importer, path, **options)[1]


def sniff_content(content: bytes, name: str = "results.jsonl") -> Sniffed:
    with _file(content, name) as path:
        return sniff(path)


@contextmanager
def _file(content: bytes, name: str) -> Iterator[Path]:
    """A file in a folder of a known name: an importer may read the folder's name too."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "results", name)
        path.parent.mkdir()
        path.write_bytes(content)
        yield path
