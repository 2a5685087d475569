"""The runs in an upload: recognising them, and importing or previewing them."""

from __future__ import annotations

import msgspec

from avocet.db import Database
from avocet.domain import JsonObject, RejectedLine
from avocet.errors import AvocetError, InvalidRequest, RunUnreadable
from avocet.errors import Unrecognised as NotRecognised
from avocet.importers.base import ImportOptions, SourceFile
from avocet.review.candidates import Card
from avocet.runs.counts import ImportReport
from avocet.runs.previewing import Needs, SourceSummary, import_or_preview, summary
from avocet.runs.sources import RunSource, group, one_called
from avocet.runs.uploads import Upload


class Unrecognised(msgspec.Struct, frozen=True):
    """A file that no importer knows.

    For a table, `columns` are its columns and `guess` is a mapping by which it can probably be read (format
    `generic`). `COLUMN` stands in it for a column that could not be guessed.
    """

    name: str
    detail: str
    tried: list[str] = []
    columns: list[str] = []
    guess: dict[str, str] = {}


class UploadSummary(msgspec.Struct, frozen=True):
    """The runs that an upload's files make, and the files that no importer knows."""

    upload_id: str
    runs: list[SourceSummary]
    unrecognised: list[Unrecognised]


class UploadedRun(SourceSummary, kw_only=True):
    """One run of an upload, with what its import did or would do (as in `RunPreview`), or the `error` it ended in."""

    report: ImportReport | None = None
    cards: list[Card] = msgspec.field(default_factory=list)
    rejected_lines: list[RejectedLine] = msgspec.field(default_factory=list)
    needs: Needs | None = None
    error: JsonObject | None = None


class UploadReport(msgspec.Struct, frozen=True):
    """What became of an upload's runs, or would. After a dry run, the files are kept under `upload_id` for a day."""

    upload_id: str | None
    dry_run: bool
    runs: list[UploadedRun]
    unrecognised: list[Unrecognised]


def sources_of(upload: Upload, format_: str | None = None) -> tuple[list[RunSource], list[Unrecognised]]:
    """The runs that an upload's files make, and the files that no importer knows."""
    known: list[SourceFile] = []
    unknown: list[Unrecognised] = []
    for file in upload.files():
        try:
            group([file], format_, uploaded=True)
        except (RunUnreadable, NotRecognised) as error:
            tried = {name: error.extra[name] for name in ("tried", "columns", "guess") if name in error.extra}
            unknown.append(Unrecognised(file.name, error.detail, **tried))
        else:
            known.append(file)
    return group(known, format_, uploaded=True), unknown


def look(upload: Upload) -> UploadSummary:
    """Recognise the runs of an upload that is kept, without reading them."""
    sources, unknown = sources_of(upload)
    return UploadSummary(upload.upload_id, [summary(source) for source in sources], unknown)


def source_of(upload: Upload, name: str, format_: str | None) -> RunSource:
    """The run of that label or name in an upload; with a format, also a file of that name that nobody recognised.

    Raises:
        NotFound: there is none.
        InvalidRequest: several runs have that name.
    """
    sources, _ = sources_of(upload)
    # a table that nobody recognised goes by its file's name until a format is given
    named = [file for file in upload.files() if file.name == name]
    if named and format_ and not any(name in (one.label, one.name) for one in sources):
        return group(named, format_, uploaded=True)[0]
    return one_called(name, sources)


def take(
    database: Database, upload: Upload, format_: str | None, options: ImportOptions, dry_run: bool, hold: bool
) -> UploadReport:
    """Import an upload's runs; with `dry_run` only preview that, with `hold` only say which runs they are.

    Raises:
        InvalidRequest: there is no file in the upload.
        Unrecognised: no importer knows any of its files.
    """
    sources, unknown = sources_of(upload, format_)
    if not sources and not unknown:
        raise InvalidRequest("There is no file in the upload: send them as parts named files.")
    if not hold:
        unknown = [msgspec.structs.replace(file, detail=file.detail + _how(file.guess)) for file in unknown]
        if not sources:
            first = msgspec.structs.asdict(unknown[0])
            del first["name"]
            raise NotRecognised(**first, unrecognised=unknown)
    taken = [_unread(source) if hold else _read(database, source, format_, options, dry_run) for source in sources]
    kept = upload.upload_id if dry_run or hold else None
    return UploadReport(kept, dry_run or hold, taken, unknown)


def _how(guess: dict[str, str]) -> str:
    """A sentence on how to send a table again so that it is read by the guessed mapping; empty without a guess."""
    mapping = msgspec.json.encode(guess).decode()
    return f" If they are right, send it again with format=generic and mapping={mapping}." if guess else ""


def _unread(source: RunSource) -> UploadedRun:
    return UploadedRun(**msgspec.structs.asdict(summary(source)))


def _read(
    database: Database, source: RunSource, format_: str | None, options: ImportOptions, dry_run: bool
) -> UploadedRun:
    """Import or preview one run; an error is returned in it, so that the other runs go on."""
    run = _unread(source)
    try:
        result = import_or_preview(database, source, importer_name=format_, options=options, dry_run=dry_run)
    except AvocetError as error:
        return msgspec.structs.replace(run, error=error.body())
    return msgspec.structs.replace(run, **msgspec.structs.asdict(result))
