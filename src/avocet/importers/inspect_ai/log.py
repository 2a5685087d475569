"""Inspect's two kinds of log file: the header, and the samples, which stay bytes until their turn comes.

`.eval` is a zip with `header.json` and `samples/<id>_epoch_<n>.json`. The log of a run that was cut off has no header
yet, only `_journal/start.json`. `.json` holds the same in one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec

from avocet.domain import JsonObject, RejectedLine
from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.archive import Archive, BadMember, open_archive
from avocet.importers.reading.documents import decode_as, outline, read_document
from avocet.importers.reading.jsonl import reject
from avocet.importers.reading.values import mapping, value_in

HEADER, START = "header.json", "_journal/start.json"
SAMPLE_MEMBER = re.compile(r"samples/.+_epoch_\d+(?:\.json|/sample\.json)")
_IN_PARTS = "/sample.json"
CONVERT = "Convert it to .eval: inspect log convert FILE --to eval --output-dir DIR"
_ZIP_START = b"PK\x03\x04"


class Header(msgspec.Struct):
    """What a log says of itself. Each part is as the harness wrote it and may be of any type."""

    status: Any = "started"
    eval: Any = None
    plan: Any = None
    results: Any = None
    error: Any = None

    def part(self, name: str) -> JsonObject:
        return mapping(getattr(self, name))


class _Document(Header):
    samples: list[msgspec.Raw] | None = None


class RawSample(msgspec.Struct):
    """A sample's bytes, or why they can't be read; `bytes_read` is where in the file it ends."""

    number: int
    bytes_read: int
    raw: bytes = b""
    rejected: RejectedLine | None = None


class Log:
    """An opened log file.

    Raises:
        RunUnreadable: it is not a log, or holds no samples.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.size = file.size
        self.is_archive = _is_zip(file)
        if self.is_archive:
            with open_archive(file) as archive:
                self.header = _header(file, archive)
                self._count = len(_sample_members(archive))
        else:
            document = outline(file, read_document(file, CONVERT), _Document)
            self.header = document
            self._samples = document.samples or []
            self._count = len(self._samples)
        if not self._count:
            raise RunUnreadable(f"{file.name} holds no samples{_why(self.header)}. Was it run with --no-log-samples?")

    def samples(self, first: int | None = None) -> Iterator[RawSample]:
        """The samples in the file's order: all, or the `first` ones."""
        samples = self._of_archive() if self.is_archive else self._of_document()
        return islice(samples, first)

    def _of_document(self) -> Iterator[RawSample]:
        for number, raw in enumerate(self._samples, 1):
            yield RawSample(number, self.size * number // self._count, bytes(raw))

    def _of_archive(self) -> Iterator[RawSample]:
        with open_archive(self.file) as archive:
            members = _sample_members(archive)
            for number, name in enumerate(members, 1):
                sample = RawSample(number, self.size * number // len(members))
                try:
                    if name.endswith(_IN_PARTS):
                        raise BadMember("sample_in_parts", "It is stored in parts, which the desk doesn't read.")
                    sample.raw = archive.read(name)
                except BadMember as error:
                    sample.rejected = reject(number, error.code, f"{name}: {error}", name.encode())
                yield sample


def _is_zip(file: SourceFile) -> bool:
    with file.path.open("rb") as stream:
        return stream.read(4) == _ZIP_START


def _sample_members(archive: Archive) -> list[str]:
    return [name for name in archive.members if SAMPLE_MEMBER.fullmatch(name)]


def _header(file: SourceFile, archive: Archive) -> Header:
    reasons = []
    for name in (HEADER, START):
        if name not in archive.members:
            continue
        try:
            return decode_as(archive.read(name), Header)
        except (BadMember, ValueError, RecursionError) as error:
            reasons.append(f"{name}: {error}")
    why = " ".join(reasons) or f"It has neither {HEADER} nor {START}."
    raise RunUnreadable(f"{file.name} can't be read as an Inspect log. {why}")


def _why(header: Header) -> str:
    error = value_in(header.error, "message")
    return f" (status {header.status}{f': {error}' if error else ''})"[:500]


def parts(sample: Any, names: Iterable[str]) -> bytes:  # noqa: ANN401 (a struct whose fields are msgspec.Raw)
    """Some fields of a sample as one JSON object."""
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), bytes(getattr(sample, name))) for name in names) + b"}"
