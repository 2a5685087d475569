"""The rows of a samples file: JSON Lines, or the JSON array that versions up to 0.4.2 wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any

import msgspec

from avocet.domain import Json
from avocet.importers.base import SourceFile
from avocet.importers.reading.documents import AS_LINES, elements, is_array, outline, read_document
from avocet.importers.reading.files import READ_BYTES, readable
from avocet.importers.reading.jsonl import Line, decode_bare, line_at, lines_of, parse, raw_lines
from avocet.importers.reading.scores import score_of

_WORDS = {"true": 1.0, "false": 0.0}
_KNOWN = frozenset(
    [
        *("doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics"),
        *("doc_hash", "prompt_hash", "target_hash"),
    ]
)


def metric_names(row: dict[str, Any]) -> Sequence[str]:
    """The names of a row's scores; versions before 0.4.5 did not list them."""
    names = row.get("metrics")
    if isinstance(names, list):
        return [name for name in names if isinstance(name, str)]
    return [name for name in row if name not in _KNOWN]


def number(value: object) -> float | None:
    """A score as a number, also if the harness wrote it as text; None if it is not a single number."""
    word = _WORDS.get(value.strip().casefold()) if isinstance(value, str) else None
    return score_of(value) if word is None else word


class Rows:
    """A file's rows, one after the other, and single rows again by their position."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._parts: list[msgspec.Raw] | None = None
        self._size = 0
        self._open = ExitStack()
        self._stream: Any = None

    def __enter__(self) -> Rows:
        if is_array(self.file):
            data = read_document(self.file, AS_LINES)
            self._size, self._parts = len(data), outline(self.file, data, list[msgspec.Raw])
            return self
        with readable(self.file.name):
            self._stream = self._open.enter_context(self.file.path.open("rb", READ_BYTES))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self._parts = self._stream = None

    def again(self) -> AbstractContextManager[Rows]:
        """These rows while they are open, or else the file's rows opened once more."""
        is_open = self._parts is not None or self._stream is not None
        return nullcontext(self) if is_open else Rows(self.file)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Every row with its position, decoded and clean."""
        if self._parts is not None:
            yield from enumerate(elements(self.file, self._parts, self._size))
            return
        position = 0
        for line in lines_of(self.file):
            yield position, line
            position = line.bytes_read

    def raw(self) -> Iterator[tuple[int, bytes]]:
        """Every row with its position, as it was written, except those that are too long for a row."""
        if self._parts is not None:
            yield from ((position, bytes(part)) for position, part in enumerate(self._parts))
            return
        self._stream.seek(0)
        yield from ((line.start, line.raw) for line in raw_lines(self._stream) if line.is_whole)

    def at(self, position: int) -> Json:
        """The value of the row at a position; None if it can't be read."""
        if self._parts is not None:
            return parse(Line(0, 0, bytes(self._parts[position]))).value
        line = line_at(self._stream, position)
        return line.value if line else None


def value_of(raw: bytes) -> Json:
    """The value of a row, not cleaned; None if it is not JSON."""
    try:
        return decode_bare(raw)
    except (ValueError, RecursionError):
        return None
