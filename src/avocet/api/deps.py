"""What routes ask for: the database, the settings, who decides."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from avocet.db import Database
from avocet.settings import Settings


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


# async: a plain function would cost a hop to the thread pool at every request
async def database(request: Request) -> Database:
    return _database(request)


async def settings(request: Request) -> Settings:
    return _settings(request)


async def reviewer(request: Request) -> str:
    return _settings(request).reviewer


DatabaseDep = Annotated[Database, Depends(database)]
SettingsDep = Annotated[Settings, Depends(settings)]
ReviewerDep = Annotated[str, Depends(reviewer)]
