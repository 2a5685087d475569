"""The application: its routers, its error handlers and the guard around them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from avocet import __version__, disk
from avocet.api import (
    benches,
    check,
    compare,
    decided,
    desk,
    events,
    exports,
    ingest,
    insights,
    jobs,
    mappings,
    pattern_marks,
    report,
    review,
    runs,
    samples,
    tags,
    task_files,
    training,
    uploads,
    verdicts,
    views,
    web,
)
from avocet.api.responses import json_response
from avocet.api.security import Guard
from avocet.api.turns import WorkerTurns
from avocet.benches import Benches, TaskFiles
from avocet.db import Database
from avocet.errors import AvocetError
from avocet.review.search import Indexer
from avocet.runs import ResultsFolder
from avocet.runs.jobs import Jobs
from avocet.runs.uploads import Uploads
from avocet.settings import Settings
from avocet.training.launcher import Trainings
from avocet.worker import Worker

PREFIX = "/api/sft"
MAX_ERRORS, MAX_ERROR = 20, 300
_log = logging.getLogger("avocet")
_HTTP_CODES = {400: "invalid_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def create_app(
    settings: Settings,
    database: Database | None = None,
    *,
    index_search: bool = True,
    is_stopping: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """Build the desk's web application over one database.

    `database`: None opens that of the settings and brings its schema up to date; the application closes either.
    `index_search`: fill the search index in the background. `is_stopping`: once true, open event streams end; they
    would otherwise keep the server from stopping.
    """
    database = database or open_database(settings)
    indexer = Indexer(database) if index_search and not database.is_read_only else None

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if indexer:
            indexer.start()
        yield
        if indexer:
            indexer.stop()
        work.close()
        await worker.close()
        database.close()

    app = FastAPI(
        title="Avocet",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    app.state.database = database
    app.state.uploads = Uploads(settings.data_dir / "uploads")
    app.state.jobs = work = Jobs(database)
    app.state.worker = worker = WorkerTurns(Worker())
    app.state.trainings = Trainings(database, settings)
    app.state.task_files = files = TaskFiles(settings.tasks_dir)
    app.state.benches = Benches(database, settings, files)
    app.state.is_stopping = is_stopping
    app.state.results = results = ResultsFolder()
    app.state.events = events.EventHub(database, settings, work, results, is_stopping)
    for noun in (
        review,
        decided,
        pattern_marks,
        check,
        tags,
        samples,
        views,
        report,
        compare,
        insights,
        runs,
        verdicts,
        uploads,
        jobs,
        mappings,
        exports,
        training,
        benches,
        task_files,
        desk,
        ingest,
        events,
    ):
        app.include_router(noun.router, prefix=PREFIX)
    web.add_web(app)
    app.add_middleware(Guard, token=settings.token, ingestion_secret=settings.ingestion_secret)
    app.add_exception_handler(AvocetError, _on_avocet_error)
    app.add_exception_handler(OSError, _on_os_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)
    return app


def open_database(settings: Settings) -> Database:
    """Open the database that the settings name, and bring its schema up to date."""
    database = Database(settings.url)
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return database


def _operation_id(route: APIRoute) -> str:
    return route.name


def _on_avocet_error(_request: Request, error: Any) -> Response:  # noqa: ANN401 (Starlette's handler type)
    return json_response(error.body(), error.status)


def _on_os_error(request: Request, error: Any) -> Response:  # noqa: ANN401
    explained = disk.explained(error)
    return _on_avocet_error(request, explained) if explained else _on_unexpected(request, error)


def _on_invalid(request: Request, error: Any) -> Response:  # noqa: ANN401
    found = error.errors()
    errors = [_field_error(item) for item in found[:MAX_ERRORS]]
    if request.method == "POST" and "json" not in request.headers.get("content-type", ""):
        errors = [{"field": "", "message": "send JSON, with the header Content-Type: application/json"}]
    sentence = "; ".join(f"{item['field'] or 'the request'}: {item['message']}" for item in errors[:5])
    more = len(found) - len(errors) if len(found) > MAX_ERRORS else 0
    sentence += f"; and {more:,} more" if more else ""
    return json_response({"code": "invalid_request", "detail": f"{sentence}.", "errors": errors}, 422)


def _field_error(item: dict[str, Any]) -> dict[str, str]:
    """Describe one of pydantic's errors, without its own names for union members and validators."""
    if item["type"] == "json_invalid":
        return {"field": "", "message": f"not valid JSON at character {item['loc'][-1]}: {item['ctx']['error']}"}
    place, *named = map(str, item["loc"] or ("",))
    field = ".".join(part for part in named if place == "header" or not set("[](),-") & set(part))
    return {"field": _short(field), "message": _short(item["msg"].removeprefix("Value error, "))}


def _short(text: str) -> str:
    return text if len(text) <= MAX_ERROR else text[: MAX_ERROR - 1] + "…"


def _on_http(request: Request, error: Any) -> Response:  # noqa: ANN401
    code = _HTTP_CODES.get(error.status_code, "http_error")
    sentence = error.detail if code == "too_large" else f"{error.detail}: {request.method} {request.url.path}."
    body = {"code": code, "detail": sentence}
    answer = json_response(body, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _on_unexpected(_request: Request, error: Exception) -> Response:
    _log.error("unexpected error", exc_info=error)
    # an error after a commit looks like one before it, so nothing is promised about what was changed
    detail = "The desk made a mistake; the server's log says more. Look at what is there before you try again."
    return json_response({"code": "internal_error", "detail": detail}, 500)
