"""Dependencies of the routes: the database, the settings, the reviewer and more."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from avocet.api.reviewer_name import read_name
from avocet.api.turns import WorkerTurns
from avocet.benches import Benches, TaskFiles
from avocet.db import Database
from avocet.review.idempotency import MAX_CHARACTERS
from avocet.runs import ResultsFolder
from avocet.runs.jobs import Jobs
from avocet.runs.uploads import Uploads
from avocet.settings import Settings
from avocet.training.launcher import Trainings


# async: a plain function would cost a hop to the thread pool at every request
async def database(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


async def settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


async def reviewer(
    request: Request,
    named: Annotated[
        str | None,
        Header(
            alias="Avocet-Reviewer",
            description="The reviewer, percent-encoded, in place of the server's; ignored on a desk with a token.",
        ),
    ] = None,
) -> str:
    """The name that the page gave, or else the server's. Behind a token nobody chooses another's name."""
    found = await settings(request)
    return read_name(named) if named is not None and found.token is None else found.reviewer


async def uploads(request: Request) -> Uploads:
    found: Uploads = request.app.state.uploads
    return found


async def jobs(request: Request) -> Jobs:
    found: Jobs = request.app.state.jobs
    return found


async def trainings(request: Request) -> Trainings:
    found: Trainings = request.app.state.trainings
    return found


async def benches(request: Request) -> Benches:
    found: Benches = request.app.state.benches
    return found


async def task_files(request: Request) -> TaskFiles:
    found: TaskFiles = request.app.state.task_files
    return found


async def worker(request: Request) -> WorkerTurns:
    found: WorkerTurns = request.app.state.worker
    return found


async def results(request: Request) -> ResultsFolder:
    found: ResultsFolder = request.app.state.results
    return found


DatabaseDep = Annotated[Database, Depends(database)]
SettingsDep = Annotated[Settings, Depends(settings)]
UploadsDep = Annotated[Uploads, Depends(uploads)]
JobsDep = Annotated[Jobs, Depends(jobs)]
WorkerDep = Annotated[WorkerTurns, Depends(worker)]
TrainingsDep = Annotated[Trainings, Depends(trainings)]
BenchesDep = Annotated[Benches, Depends(benches)]
TaskFilesDep = Annotated[TaskFiles, Depends(task_files)]
ResultsDep = Annotated[ResultsFolder, Depends(results)]
ReviewerDep = Annotated[str, Depends(reviewer)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=MAX_CHARACTERS,
        description="A repeated request with the same key changes nothing more and gets the first answer.",
    ),
]
