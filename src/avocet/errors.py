"""Every error that a person can meet. All share one base class; each has an HTTP status and a code for programs."""

from __future__ import annotations

import logging
import threading
from typing import Any

_log = logging.getLogger("avocet")

NOTHING_CHANGED = "Nothing was changed"
"""For errors of work in one transaction; work in several transactions says how far it came instead."""


class AvocetError(Exception):
    """The base of all errors. `status` is the HTTP status, `code` is for programs, `detail` is for a person.

    `extra` holds further keys of the error's body.
    """

    status = 400
    code = "error"

    def __init__(self, detail: str, **extra: Any) -> None:  # noqa: ANN401 (becomes JSON as it is)
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The body of an HTTP error: `code`, `detail` and the keys of `extra`."""
        return {"code": self.code, "detail": self.detail, **self.extra}


class InvalidRequest(AvocetError):
    status, code = 422, "invalid_request"


class BlankCorrection(AvocetError):
    status, code = 422, "blank_correction"


class UnknownFormat(AvocetError):
    status, code = 422, "unknown_format"


class UnknownRecipe(AvocetError):
    status, code = 404, "unknown_recipe"


class UnknownExport(AvocetError):
    status, code = 404, "unknown_export"


class UnknownFilterValue(AvocetError):
    status, code = 422, "unknown_filter_value"


class Unrecognised(AvocetError):
    """A file that no importer knows."""

    status, code = 422, "unrecognised"


class ChoiceNeeded(AvocetError):
    """A file that can be imported once the person has chosen an option: `needs` names it."""

    status, code = 422, "choice_needed"


class RunUnreadable(AvocetError):
    status, code = 422, "run_unreadable"


class FolderInvalid(AvocetError):
    status, code = 422, "folder_invalid"


class NotFound(AvocetError):
    status, code = 404, "not_found"


class TakenBack(NotFound):
    """A card whose run was taken back: it is hidden, not deleted."""

    code = "taken_back"


class UnknownSample(AvocetError):
    status, code = 404, "unknown_sample"


class UnknownView(AvocetError):
    status, code = 404, "unknown_view"


class UnknownRun(AvocetError):
    status, code = 404, "unknown_run"


class AlreadyDecided(AvocetError):
    status, code = 409, "already_decided"


class StaleRevision(AvocetError):
    status, code = 409, "stale_revision"


class NothingToUndo(AvocetError):
    status, code = 409, "nothing_to_undo"


class NothingToRedo(AvocetError):
    status, code = 409, "nothing_to_redo"


class NothingToHide(AvocetError):
    """A run without a card that is left to take back."""

    status, code = 409, "nothing_to_hide"


class NothingToRestore(AvocetError):
    status, code = 409, "nothing_to_restore"


class NothingMatches(AvocetError):
    status, code = 409, "nothing_matches"


class PreviewStale(AvocetError):
    """A bulk step that would now change other cards than its preview showed."""

    status, code = 409, "preview_stale"


class UnknownTag(AvocetError):
    status, code = 404, "unknown_tag"


class TagExists(AvocetError):
    status, code = 409, "tag_exists"


class TagInUse(AvocetError):
    """A tag that cannot be deleted, because a card has it."""

    status, code = 409, "tag_in_use"


class SampleExists(AvocetError):
    status, code = 409, "sample_exists"


class ViewExists(AvocetError):
    status, code = 409, "view_exists"


class SampleRead(AvocetError):
    """A sample of which somebody has read a card: it is a fact, and stays."""

    status, code = 409, "sample_read"


class NothingToDraw(AvocetError):
    """A sample of a filter that no unread card matches."""

    status, code = 422, "nothing_to_draw"


class Cancelled(AvocetError):
    """Work that somebody stopped while it ran."""

    status, code = 409, "cancelled"


class UploadInUse(AvocetError):
    status, code = 409, "upload_in_use"


class AlreadyImporting(AvocetError):
    status, code = 409, "already_importing"


class AlreadyTraining(AvocetError):
    status, code = 409, "already_training"


class TrainingExists(AvocetError):
    status, code = 409, "training_exists"


class AlreadyBenching(AvocetError):
    status, code = 409, "already_benching"


class BenchExists(AvocetError):
    status, code = 409, "bench_exists"


class TaskFileExists(AvocetError):
    status, code = 409, "task_file_exists"


class NothingToStop(AvocetError):
    status, code = 409, "nothing_to_stop"


class NothingToResume(AvocetError):
    status, code = 409, "nothing_to_resume"


class CheckUnknown(AvocetError):
    """A card of which the desk knows no check."""

    status, code = 409, "check_unknown"


class CheckUnusable(AvocetError):
    """A check that can't be run: a pattern that does not compile, a kind that this version does not know."""

    status, code = 422, "check_unusable"


class IdempotencyConflict(AvocetError):
    status, code = 409, "idempotency_conflict"


class Unauthorized(AvocetError):
    status, code = 401, "unauthorized"


class Forbidden(AvocetError):
    status, code = 403, "forbidden"


class TooLarge(AvocetError):
    status, code = 413, "too_large"


class IngestionUnset(AvocetError):
    status, code = 503, "ingestion_unset"


class DatabaseBusy(AvocetError):
    status, code = 503, "database_busy"


class Contended(DatabaseBusy):
    """A transaction that PostgreSQL ended because of another one (deadlock, serialisation): a second try may pass."""

    code = "database_contended"


class OutcomeUnknown(AvocetError):
    """The database or its file was lost during COMMIT. Only after this error may something have been changed."""

    status, code = 503, "outcome_unknown"


class DatabaseUnavailable(AvocetError):
    status, code = 503, "database_unavailable"


class DatabaseReplaced(AvocetError):
    """The file that has the desk's name is no longer the one that was opened."""

    status, code = 503, "database_replaced"


class ReadOnly(AvocetError):
    status, code = 503, "read_only"


class DiskFull(AvocetError):
    status, code = 507, "disk_full"


class DatabaseTooNew(AvocetError):
    status, code = 500, "database_too_new"


class Prerequisite(AvocetError):
    """Something on the person's side is missing: a folder, a package, a free port."""

    status, code = 500, "prerequisite"


class BackupNeeded(Prerequisite):
    """An upgrade would change rows, no copy can be kept, and so the person has to make a backup first."""

    code = "backup_needed"


class NotInstalled(Prerequisite):
    """A package of an optional extra is missing; the server itself works."""

    status, code = 409, "not_installed"


STORAGE_ERRORS = (DatabaseBusy, DatabaseReplaced, DatabaseUnavailable, OutcomeUnknown, ReadOnly, DiskFull)
"""The errors that can happen in any transaction, whatever it does."""


class Troubles:
    """The log of one loop's errors: a loop that fails every second must neither end nor fill the log."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._logged: set[tuple[type[BaseException], str]] = set()
        self._lock = threading.Lock()

    def tell(self, error: Exception) -> None:
        """Log an error, unless one of the same kind was logged since `over` was last called."""
        detail = error.detail if isinstance(error, AvocetError) else ""
        kind = (type(error), detail)
        with self._lock:
            if kind in self._logged:
                return
            self._logged.add(kind)
        if detail:
            _log.warning("%s: %s", self._doing, detail)
        else:
            _log.error("%s: something went wrong, and the work goes on", self._doing, exc_info=error)

    def over(self) -> None:
        """Say that the work succeeds again, so that the next error is logged."""
        with self._lock:
            self._logged.clear()
