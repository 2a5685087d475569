"""Server-sent events: one task polls the database, however many pages listen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from avocet import runs
from avocet.api.shapes import shape_of
from avocet.db import Database
from avocet.errors import Troubles
from avocet.events import DeskEvent, desk_state
from avocet.runs import ResultsFolder, results_folder
from avocet.runs.jobs import Jobs
from avocet.settings import Settings

ASK_EVERY_S = 0.7
HEARTBEAT_S = 15.0
LOOK_EVERY_S = 3.0
PATIENCE_S = 0.5
JOBS_TOLD = 10

router = APIRouter(tags=["desk"])


class _Described(JSONResponse):
    """Used only for the OpenAPI entry: FastAPI gives no schema to any other kind of response."""

    media_type = "text/event-stream"


@router.get(
    "/events",
    response_class=_Described,
    response_model=shape_of(DeskEvent),
    response_description="`desk` events; the data of each is of this shape.",
)
async def events(request: Request) -> StreamingResponse:
    """Follow the desk as it changes. The first event is its current state."""
    hub: EventHub = request.app.state.events
    last = request.headers.get("last-event-id", "")
    stream = hub.listen(int(last) if last.isdecimal() and len(last) < 19 else None)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


class EventHub:
    """Sends changes to all listeners. Other processes write too, so one task polls while somebody listens."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        jobs: Jobs,
        results: ResultsFolder,
        is_stopping: Callable[[], bool],
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._watch = FolderWatch(database, settings, results)
        self._troubles = Troubles("live updates")
        self._is_stopping = is_stopping
        self._listeners: set[asyncio.Queue[DeskEvent]] = set()
        self._asking: asyncio.Task[None] | None = None

    async def listen(self, since: int | None) -> AsyncIterator[bytes]:
        """Yield events for one listener: the current state with the decisions after `since`, then each change."""
        queue: asyncio.Queue[DeskEvent] = asyncio.Queue()
        first = await run_in_threadpool(self._state, since)
        self._listeners.add(queue)
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask(first))
        try:
            yield _event(first)
            newest_sent, quiet = first.decision_id, 0.0
            while not self._is_stopping():
                try:
                    state = await asyncio.wait_for(queue.get(), ASK_EVERY_S)
                    # leave out the decisions that this listener's first event already held
                    yield _event(_news(state, newest_sent))
                    newest_sent, quiet = max(newest_sent, state.decision_id), 0.0
                except TimeoutError:
                    quiet += ASK_EVERY_S
                    if quiet >= HEARTBEAT_S:
                        yield b": still here\n\n"
                        quiet = 0.0
        finally:
            self._listeners.discard(queue)

    async def _ask(self, known: DeskEvent) -> None:
        while self._listeners and not self._is_stopping():
            await asyncio.sleep(ASK_EVERY_S)
            try:
                state = await run_in_threadpool(self._state, known.decision_id)
            except Exception as error:
                self._troubles.tell(error)
                continue
            self._troubles.over()
            if _changed(known, state):
                for queue in self._listeners:
                    queue.put_nowait(state)
            known = state

    def _state(self, since: int | None) -> DeskEvent:
        state = desk_state(self._database, since)
        return msgspec.structs.replace(state, jobs=self._jobs.all()[:JOBS_TOLD], new_runs=self._watch.new_runs())


class FolderWatch:
    """Counts the new runs in the results folder, only now and then: it may be large or on a network."""

    def __init__(self, database: Database, settings: Settings, results: ResultsFolder) -> None:
        self._database = database
        self._settings = settings
        self._results = results
        self._troubles = Troubles("counting new runs")
        self._count = 0
        self._next = 0.0

    def new_runs(self) -> int:
        """The number of runs not yet imported, as last counted; an error of the folder never ends the updates."""
        began = time.monotonic()
        if began >= self._next:
            try:
                self._count = self._look()
            except Exception as error:
                self._troubles.tell(error)
            else:
                self._troubles.over()
            self._next = began + max(LOOK_EVERY_S, self._results.took_s * 50)
        return self._count

    def _look(self) -> int:
        folder = results_folder.bench_folder(self._database, self._settings)
        return runs.count_new(self._database, self._results.runs(folder.path, PATIENCE_S)) if folder.path else 0


def _changed(known: DeskEvent, state: DeskEvent) -> bool:
    """Whether two states differ in more than the decisions that each brings."""
    before = msgspec.structs.replace(known, decisions=[], more=False)
    return before != msgspec.structs.replace(state, decisions=[], more=False)


def _news(state: DeskEvent, newest_sent: int) -> DeskEvent:
    made = [decision for decision in state.decisions if decision.decision_id > newest_sent]
    return msgspec.structs.replace(state, decisions=made)


def _event(state: DeskEvent) -> bytes:
    return b"id: %d\nevent: desk\ndata: %s\n\n" % (state.decision_id, msgspec.json.encode(state))
