"""What an importer is, and what it hands over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

import msgspec

from avocet.domain import CandidateDraft, RejectedLine

Outcome = Literal["passed", "errored", "unscored"]


class ReadItem(msgspec.Struct):
    """One thing read from a file: a draft, a rejected line, or an item that needs no review.

    `bytes_read` is how far into the file it ends. `replaced` tells that characters no file can carry were replaced.
    """

    result: CandidateDraft | RejectedLine | Outcome
    bytes_read: int
    line_number: int
    replaced: bool = False


class ByteStream(Protocol):
    """What an importer reads from: any binary file, or one that is hashed on the way."""

    def readline(self, limit: int = -1, /) -> bytes: ...


class Importer(Protocol):
    """One module per harness: recognises its files by their first bytes and reads them as a stream."""

    name: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with `head` (up to 64 KiB) is this harness's."""
        ...

    def read(self, stream: ByteStream) -> Iterator[ReadItem]:
        """Every item of the file, in its order; never raises for what a line says."""
        ...
