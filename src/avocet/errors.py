"""Every error a person can meet: one base class, one status for HTTP, one code for programs."""

from __future__ import annotations

import logging
import threading
from typing import Any

_log = logging.getLogger("avocet")

NOTHING_CHANGED = "Nothing was changed"
"""Said of one transaction; work of several says how far it came instead."""


class AvocetError(Exception):
    """`status` is the HTTP status, `code` is for programs, the message is a sentence for a person."""

    status = 400
    code = "error"

    def __init__(self, detail: str, **extra: Any) -> None:  # noqa: ANN401 (becomes JSON as it is)
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The one shape of every error body."""
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
    """A file that can be imported once the person has said something: `needs` is the option."""

    status, code = 422, "choice_needed"


class RunUnreadable(AvocetError):
    status, code = 422, "run_unreadable"


class FolderInvalid(AvocetError):
    status, code = 422, "folder_invalid"


class NotFound(AvocetError):
    status, code = 404, "not_found"


class TakenBack(NotFound):
    """A card of a run that was taken back: hidden, not gone."""

    code = "taken_back"


class UnknownRun(AvocetError):
    status, code = 404, "unknown_run"


class AlreadyDecided(AvocetError):
    status, code = 409, "already_decided"


class StaleRevision(AvocetError):
    status, code = 409, "stale_revision"


class NothingToUndo(AvocetError):
    status, code = 409, "nothing_to_undo"


class NothingToHide(AvocetError):
    """A run of which no card is left to take back."""

    status, code = 409, "nothing_to_hide"


class NothingToRestore(AvocetError):
    status, code = 409, "nothing_to_restore"


class NothingMatches(AvocetError):
    status, code = 409, "nothing_matches"


class PreviewStale(AvocetError):
    """What a bulk step was shown to change is not what it would change now."""

    status, code = 409, "preview_stale"


class Cancelled(AvocetError):
    """Somebody stopped it while it ran."""

    status, code = 409, "cancelled"


class UploadInUse(AvocetError):
    status, code = 409, "upload_in_use"


class AlreadyImporting(AvocetError):
    status, code = 409, "already_importing"


class AlreadyTraining(AvocetError):
    status, code = 409, "already_training"


class TrainingExists(AvocetError):
    status, code = 409, "training_exists"


class NothingToStop(AvocetError):
    status, code = 409, "nothing_to_stop"


class NothingToResume(AvocetError):
    status, code = 409, "nothing_to_resume"


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
    """PostgreSQL ended a transaction that met another one (deadlock, serialisation): begun anew, it may pass."""

    code = "database_contended"


class OutcomeUnknown(AvocetError):
    """The database or its file was lost during COMMIT: the only error after which something may have been changed."""

    status, code = 503, "outcome_unknown"


class DatabaseUnavailable(AvocetError):
    status, code = 503, "database_unavailable"


class DatabaseReplaced(AvocetError):
    """The file that bears the desk's name is not the one that was opened."""

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
    """An upgrade changes rows, and the person has to make the copy."""

    code = "backup_needed"


class NotInstalled(Prerequisite):
    """A package of an extra is missing; the server itself is well."""

    status, code = 409, "not_installed"


STORAGE_ERRORS = (DatabaseBusy, DatabaseReplaced, DatabaseUnavailable, OutcomeUnknown, ReadOnly, DiskFull)
"""What may befall any transaction, whatever it does."""


class Troubles:
    """The troubles of one loop. A loop that fails every second must neither end nor fill the log."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._logged: set[tuple[type[BaseException], str]] = set()
        self._lock = threading.Lock()

    def tell(self, error: Exception) -> None:
        """Log an error unless one of its kind was logged since the last `over`."""
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
        """The work succeeds again: what comes after that is news."""
        with self._lock:
            self._logged.clear()
