"""What an importer is, and what it hands over (docs/importers.md, docs/decisions/0014-importers.md)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import msgspec

from avocet.domain import CandidateDraft, JsonObject, Message, RejectedLine
from avocet.errors import InvalidRequest
from avocet.importers.reading.sniff import Sniffed

Outcome = Literal["failed", "passed", "errored", "unscored"]


@dataclass(frozen=True)
class SourceFile:
    """One file of a run. `name` is what the person calls it: for an upload not the name it has on the disk."""

    path: Path
    name: str


class Group(NamedTuple):
    """The files that make one run; `name` is what the run is called unless that name is taken."""

    name: str
    files: tuple[SourceFile, ...]


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person may say about a file.

    `metric` decides what failed, an item passes at `threshold` or better. `prompt_field` is the field of the
    harness's own item to show as the prompt, by its path (`doc.question`). `model_name` is for files that name no
    model. `mapping` says which columns of a table mean what (generic).

    Raises:
        InvalidRequest: the threshold is no finite number: every item, or none, would pass.
    """

    metric: str | None = None
    threshold: float | None = None
    prompt_field: str | None = None
    model_name: str | None = None
    mapping: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if self.threshold is not None and not math.isfinite(self.threshold):
            raise InvalidRequest(f"The threshold {self.threshold} is no number that a score can be compared with.")


class Metric(msgspec.Struct, frozen=True):
    """A score the file holds. Where higher is not better, an item passes at `threshold` or less."""

    name: str
    higher_is_better: bool = True
    threshold: float | None = 1.0


class SourceInfo(msgspec.Struct, kw_only=True):
    """What the files say about themselves, and the choices they leave.

    `run_id` is the harness's own name of the run; `metric` and `threshold` are those in force.
    """

    harness: str
    harness_version: str | None = None
    run_id: str | None = None
    timestamp: str | None = None
    models: list[str] = []
    metrics: list[Metric] = []
    metric: str | None = None
    threshold: float | None = None
    prompt_fields: list[str] = []
    columns: list[str] = []


class Settled(msgspec.Struct, frozen=True):
    """An item that needs no review: it passed, could not be run, or was not scored."""

    outcome: Literal["passed", "errored", "unscored"]
    model_name: str | None = None
    task_type: str | None = None


class InvalidItem(ValueError):
    """An item that can't become a candidate; `code` is for programs, the text for a person."""

    code = "invalid_item"

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code or self.code


class ItemKey(NamedTuple):
    """Which item of a harness run it is; with harness and run, what the candidate's id is made of."""

    task: str
    item: str
    epoch: str = ""
    model: str = ""


class ReadItem(msgspec.Struct):
    """One thing read from a file: a draft, a rejected line, or an item that needs no review.

    `bytes_read` is how far into the files it ends; `line_number` counts the lines of `file` from 1, or its items
    where there are no lines. `key` makes the id of a draft that has none of its own. `replaced` tells that characters
    no file can carry were replaced. `notes` are sentences for the person, the same one for every item it is true of:
    they are counted. `size` is how many bytes it was unpacked, where that is more than it takes in the file. `former`
    is how version 0.1.0 read a line: by that it is known, however it is read today.
    """

    result: CandidateDraft | RejectedLine | Settled
    bytes_read: int
    line_number: int
    replaced: bool = False
    file: str = ""
    key: ItemKey | None = None
    notes: tuple[str, ...] = ()
    size: int = 0
    former: Callable[[], CandidateDraft | None] | None = None


class Reading(NamedTuple):
    """An opened source: what it says of itself, and its items, read as they are asked for.

    `is_dated`: the harness's name of the run is no more than the time it began, which other runs may share.
    """

    info: SourceInfo
    items: Iterator[ReadItem]
    is_dated: bool = False


class ByteStream(Protocol):
    """What lines are read from: any binary file."""

    def readline(self, limit: int = -1, /) -> bytes: ...


class Importer(Protocol):
    """One package per harness: recognises its files by their content and reads them in bounded memory."""

    name: str
    title: str

    def recognises(self, file: Sniffed) -> bool:
        """Whether a file is this harness's, by what `sniff` found in it; never by its name."""
        ...

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        """The runs that files which it recognised make, companions beside their samples."""
        ...

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        """The items of one run's files, in their order.

        What a single item says never raises: it becomes a `RejectedLine`.

        Raises:
            RunUnreadable: the file as a whole can't be read; says what to do.
            ChoiceNeeded: the person has to say something first: a threshold, a mapping.
            InvalidRequest: an option names what the files don't have.
        """
        ...


def one_each(files: Iterable[SourceFile]) -> list[Group]:
    """Every file a run of its own, called after it."""
    return [Group(Path(file.name).stem or file.name, (file,)) for file in files]


def text_key(messages: list[Message], response: str) -> str:
    """What stands for an item's number where the harness gave none: a hash of its prompt and response."""
    content = msgspec.json.encode([messages, response], order="deterministic")
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def passes(value: float, metric: Metric, threshold: float) -> bool:
    """Whether a score is good enough; ∞ never is, whichever way is better."""
    if not math.isfinite(value):
        return False
    return value >= threshold if metric.higher_is_better else value <= threshold


def unit(value: float | None) -> float | None:
    """A score as `quality_score` holds it: from 0 to 1, or none."""
    return value if value is not None and 0 <= value <= 1 else None


def present(details: JsonObject) -> JsonObject | None:
    """The details that say something."""
    told = {name: value for name, value in details.items() if value or isinstance(value, int | float)}
    return told or None
