"""What an importer is, and what it hands over (docs/importers.md, docs/decisions/0014-importers.md)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol, TypeVar, get_args

import msgspec

from avocet.domain import CandidateDraft, JsonObject, Message, Outcome, RejectedLine
from avocet.errors import InvalidRequest
from avocet.importers.reading.sniff import Sniffed

Kept = Literal["passed", "errored", "unscored"]
"""The outcomes of items that become cards only if a person keeps them."""
KEPT: Final[tuple[Kept, ...]] = get_args(Kept)
MOST_KEPT = 1_000_000


@dataclass(frozen=True)
class SourceFile:
    """One file of a run. `name` is the person's name for it: an upload has another one on the disk."""

    path: Path
    name: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size


class Group(NamedTuple):
    """The files that make one run; `name` becomes the run's name unless it is taken."""

    name: str
    files: tuple[SourceFile, ...]


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person may say about a file.

    `metric` decides what failed; an item passes at `threshold` or better. `prompt_field` is the path of the field of
    the harness's own item to show as the prompt (`doc.question`). `model_name` is for files that name no model.
    `mapping` says which columns of a table mean what (generic). `keep` says how many of the items that passed,
    errored or were not scored become cards, per task and model: a number, chosen at random, or `all`.

    Raises:
        InvalidRequest: the threshold is not a finite number, so every item would pass, or none; or `keep` is neither
            `all` nor a number.
    """

    metric: str | None = None
    threshold: float | None = None
    prompt_field: str | None = None
    model_name: str | None = None
    mapping: Mapping[str, str] | None = None
    keep: Mapping[Kept, int | Literal["all"]] | None = None

    def __post_init__(self) -> None:
        for outcome, n in (self.keep or {}).items():
            if n != "all" and not 0 <= n <= MOST_KEPT:
                raise InvalidRequest(f"keep {outcome}={n}: say a number from 0 to {MOST_KEPT:,}, or all.")
        if self.threshold is not None and not math.isfinite(self.threshold):
            raise InvalidRequest(f"The threshold {self.threshold} is no number that a score can be compared with.")


class Metric(msgspec.Struct, frozen=True):
    """A score that the files hold. If higher is not better, an item passes at `threshold` or less."""

    name: str
    higher_is_better: bool = True
    threshold: float | None = 1.0


class SourceInfo(msgspec.Struct, kw_only=True):
    """What the files say about themselves, and what a person may choose.

    `run_id` is the harness's own name for the run; `metric` and `threshold` are those in force.
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
    """An item that needs no review: it passed, could not be run, or was not scored.

    `draft` makes the card of an item that the files list, for those that a person keeps nevertheless; it is called
    for these alone. `is_counted` says that the files only count the item: they hold nothing of it.
    """

    outcome: Kept
    model_name: str | None = None
    task_type: str | None = None
    draft: Callable[[], CandidateDraft | RejectedLine] | None = None
    is_counted: bool = False


class Scored(NamedTuple):
    """What the harness said of an item that could not become a candidate."""

    outcome: Outcome
    model_name: str | None = None
    task_type: str | None = None


class InvalidItem(ValueError):
    """The error of an item that can't become a candidate; `code` is for programs, the text for a person."""

    code = "invalid_item"

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code or self.code


class ItemKey(NamedTuple):
    """Which item of a harness run it is. Harness, run and key make the candidate's id."""

    task: str
    item: str
    epoch: str = ""
    model: str = ""


class ReadItem(msgspec.Struct):
    """One thing read from a file: a draft, a rejected line, or an item that needs no review.

    `bytes_read` is where it ends, counted over all files of the run; `line_number` counts from 1 the lines of `file`,
    or its items if it has no lines. `key` makes the id of a draft that has none of its own. `replaced` says that
    characters which no file can carry were replaced. `notes` are sentences for the person; equal ones are counted, so
    an item's own values do not belong in them. `size` is its number of bytes once unpacked, if that is more than it
    takes in the file. `former` answers what version 0.1.0 made of the line, since old ids were made of that. `scored`
    comes with a rejected line whose outcome is known.
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
    scored: Scored | None = None


class Reading(NamedTuple):
    """An opened source: what it says of itself, and its items, each read when it is asked for.

    `is_dated` says that the harness names a run by nothing but the time it began, which other runs may share.
    """

    info: SourceInfo
    items: Iterator[ReadItem]
    is_dated: bool = False


class ByteStream(Protocol):
    """A binary file, as far as reading lines needs one."""

    def readline(self, limit: int = -1, /) -> bytes: ...


class Importer(Protocol):
    """The reader of one harness's files, which it recognises by their content and reads in bounded memory."""

    name: str
    title: str

    def recognises(self, file: Sniffed) -> bool:
        """Whether a file is this harness's, going by what `sniff` found in it and never by its name."""
        ...

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        """The runs that recognised files make, each with its companion files."""
        ...

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        """The items of one run's files, in their order.

        Nothing that a single item holds raises: it becomes a `RejectedLine`.

        Raises:
            RunUnreadable: the file as a whole can't be read; says what to do.
            ChoiceNeeded: the person has to say something first, such as a threshold or a mapping.
            InvalidRequest: an option names something that the files don't have.
        """
        ...


class RunPerFile:
    """Base of importers whose harness writes a run into one file."""

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        """Each file as a run of its own."""
        return one_each(files)


def one_each(files: Iterable[SourceFile]) -> list[Group]:
    """Each file as a run of its own, named after the file."""
    return [Group(Path(file.name).stem or file.name, (file,)) for file in files]


class Placed(Protocol):
    """Something read from a file that knows where in it it ends."""

    bytes_read: int


P = TypeVar("P", bound=Placed)


def in_turn(parts: Iterable[tuple[SourceFile, Iterable[P]]]) -> Iterator[P]:
    """What is read from several files, one file after the other; `bytes_read` counts on from file to file."""
    before, last = 0, None
    for file, found in parts:
        before += last.size if last else 0
        for each in found:
            each.bytes_read += before
            yield each
        last = file


def text_key(messages: list[Message], response: str) -> str:
    """A hash of prompt and response, for an item to which its harness gave no number."""
    content = msgspec.json.encode([messages, response], order="deterministic")
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def passes(value: float, metric: Metric, threshold: float) -> bool:
    """Whether a score is good enough. ∞ never is, whichever way is better."""
    if not math.isfinite(value):
        return False
    return value >= threshold if metric.higher_is_better else value <= threshold


def within_run(item: str, run: str | None) -> str:
    """An id without the run that it begins with (`RUN/item`), so that an item has one name in every run."""
    return (item.removeprefix(f"{run}/") if run else item) or item


def unit(value: float | None) -> float | None:
    """A score as `quality_score` holds it; None if it is not from 0 to 1."""
    return value if value is not None and 0 <= value <= 1 else None


def present(details: JsonObject) -> JsonObject | None:
    """The details that say something: numbers, false, and what is not empty. None if no detail does."""
    return {name: value for name, value in details.items() if value or isinstance(value, int | float)} or None


def short_name(model_id: str | None, *, may_be_folder: bool = False) -> str | None:
    """A model's name without the organisation or provider before it: `org/model` is `model`.

    `may_be_folder` says that the id may be a folder's path, which may end with a slash.
    """
    if not model_id:
        return None
    if may_be_folder:
        return model_id.rstrip("/").rpartition("/")[2]
    return model_id.rpartition("/")[2] or model_id
