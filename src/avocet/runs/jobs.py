"""Jobs: imports and previews, which take longer than a request, on threads of the server. Anyone can stop them.

A job lives no longer than the server. What an import committed stays; an import that the end of the server cut off
shows as an interrupted run (docs/decisions/0006-an-import-holds-a-named-lock.md).
"""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import msgspec

from avocet import disk
from avocet.db import Database, now
from avocet.errors import AvocetError, Cancelled, NotFound, Troubles
from avocet.importers.base import ImportOptions
from avocet.runs import ImportCounts, Progress, RunPreview, RunSource, import_or_preview

WORKERS = 2
KEPT = 100

JobKind = Literal["import", "preview"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
_OPEN = ("queued", "running")


class Job(msgspec.Struct, kw_only=True):
    """One import or preview and how far it is. `error` is the error body that a request would have got."""

    job_id: str
    kind: JobKind
    name: str
    upload_id: str | None
    state: JobState
    counts: ImportCounts | None
    bytes_read: int
    bytes_total: int
    error: dict[str, Any] | None
    started_at: str
    finished_at: str | None


class JobRequest(msgspec.Struct, kw_only=True, frozen=True):
    """What a job is to do, with which run's files, and how to read them."""

    kind: JobKind
    source: RunSource
    upload_id: str | None = None
    importer_name: str | None = None
    options: ImportOptions = ImportOptions()


class _Work:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop = threading.Event()
        self.result: RunPreview | None = None


class Jobs:
    """The server's jobs, the last `KEPT` of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._works: dict[str, _Work] = {}
        self._troubles = Troubles("imports and previews")
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="avocet-job")

    def start(self, request: JobRequest) -> Job:
        """Queue a job, which begins as soon as a thread is free."""
        job = Job(
            job_id=secrets.token_hex(8),
            kind=request.kind,
            name=request.source.label,
            upload_id=request.upload_id,
            state="queued",
            counts=None,
            bytes_read=0,
            bytes_total=request.source.size or 0,
            error=None,
            started_at=now(),
            finished_at=None,
        )
        work = _Work(job)
        with self._lock:
            self._works[job.job_id] = work
            self._forget_old()
        self._pool.submit(self._run_to_its_end, work, request)
        return job

    def all(self) -> list[Job]:
        """Every job, newest first."""
        with self._lock:
            return [msgspec.structs.replace(work.job) for work in reversed(self._works.values())]

    def get(self, job_id: str) -> tuple[Job, RunPreview | None]:
        """One job, and its result (None until it is done).

        Raises:
            NotFound: no such job.
        """
        work = self._find(job_id)
        with self._lock:
            return msgspec.structs.replace(work.job), work.result

    def cancel(self, job_id: str) -> Job:
        """Ask a job to stop, which it does after the batch at hand. A job that has ended stays as it is.

        Raises:
            NotFound: no such job.
        """
        work = self._find(job_id)
        work.stop.set()
        return self.get(job_id)[0]

    def uses(self, upload_id: str) -> bool:
        """Whether a job that has not ended reads the files of this upload."""
        return any(job.upload_id == upload_id and job.state in _OPEN for job in self.all())

    def close(self) -> None:
        """Stop every job, and wait until each has stopped."""
        for work in list(self._works.values()):
            work.stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _find(self, job_id: str) -> _Work:
        with self._lock:
            work = self._works.get(job_id)
        if work is None:
            raise NotFound(f"There is no job {job_id!r:.60}: the server has been started again.", id=job_id[:64])
        return work

    def _forget_old(self) -> None:
        ended = [job_id for job_id, work in self._works.items() if work.job.state not in _OPEN]
        for job_id in ended[: max(0, len(self._works) - KEPT)]:
            del self._works[job_id]

    def _run_to_its_end(self, work: _Work, request: JobRequest) -> None:
        """Run a job so that, whatever goes wrong, it is marked as ended."""
        try:
            self._run(work, request)
        except Exception as error:
            self._troubles.tell(error)
            detail = "The desk made a mistake. What was imported by then is here; the server's log says more."
            self._end(work, "failed", error={"code": "internal_error", "detail": detail})

    def _run(self, work: _Work, request: JobRequest) -> None:
        if work.stop.is_set():
            self._end(work, "cancelled")
            return
        self._set(work, state="running")
        try:
            result = import_or_preview(
                self._database,
                request.source,
                importer_name=request.importer_name,
                options=request.options,
                dry_run=request.kind == "preview",
                on_progress=lambda progress: self._tell(work, progress),
                is_cancelled=work.stop.is_set,
            )
        except Cancelled as error:
            self._end(work, "cancelled", error=error.body())
        except AvocetError as error:
            self._end(work, "failed", error=error.body())
        except OSError as error:
            explained = disk.explained(error)
            if explained is None:
                raise
            self._end(work, "failed", error=explained.body())
        else:
            self._troubles.over()
            self._end(work, "done", result=result)

    def _tell(self, work: _Work, progress: Progress) -> None:
        self._set(work, counts=progress.counts, bytes_read=progress.bytes_read, bytes_total=progress.bytes_total)

    def _end(
        self,
        work: _Work,
        state: JobState,
        *,
        result: RunPreview | None = None,
        error: dict[str, Any] | None = None,
    ) -> None:
        work.result = result
        if result and result.report:
            counts = {name: getattr(result.report, name) for name in ImportCounts.__struct_fields__}
            self._set(work, counts=ImportCounts(**counts), bytes_read=work.job.bytes_total)
        self._set(work, state=state, error=error, finished_at=now())

    def _set(self, work: _Work, **changes: Any) -> None:  # noqa: ANN401 (fields of Job)
        with self._lock:
            for name, value in changes.items():
                setattr(work.job, name, value)
