"""Saved views: the filters and order of a page under a name, as the page's address has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from sqlalchemy import Connection, delete, select

from avocet.db import Database, now, put, queue_for
from avocet.errors import InvalidRequest, UnknownView, ViewExists
from avocet.models import SavedView

ViewPage = Literal["review", "decided"]
MAX_NAME_CHARACTERS = 80
_WRITING = "views"
_COLUMNS = (SavedView.page, SavedView.name, SavedView.query, SavedView.reviewer, SavedView.at)


class View(msgspec.Struct, frozen=True):
    """A saved view. `query` has the parameters of the page's address, each with its values."""

    page: ViewPage
    name: str
    query: dict[str, list[str]]
    reviewer: str
    at: str


def read_all(database: Database) -> list[View]:
    """Every saved view, by page and name."""
    with database.read() as connection:
        return _views(connection)


def read(database: Database, page: ViewPage, name: str) -> View:
    """The view of that name.

    Raises:
        UnknownView: the page has none of that name; the error lists those that it has.
    """
    with database.read() as connection:
        return _need(connection, page, name)


def save(
    database: Database,
    page: ViewPage,
    name: str,
    query: Mapping[str, list[str]],
    reviewer: str,
    renames: str | None = None,
) -> View:
    """Save a view, in place of one that has the name; with `renames`, that view gets the name.

    Raises:
        InvalidRequest: the name is malformed.
        UnknownView: the view to rename is not there.
        ViewExists: another view has the name that it should get.
    """
    _check_name(name)
    view = View(page, name, dict(query), reviewer, now())

    def work(connection: Connection) -> View:
        queue_for(connection, _WRITING)
        if renames is not None and renames != name:
            _need(connection, page, renames)
            if any(view.name == name for view in _views(connection, page)):
                raise ViewExists(f"There is a view {name!r} already. Nothing was changed; choose another name.")
            connection.execute(delete(SavedView).where(SavedView.page == page, SavedView.name == renames))
        text = msgspec.json.encode(view.query).decode()
        row = {"query": text, "reviewer": reviewer, "at": view.at}
        put(connection, SavedView.__table__, {"page": page, "name": name}, row)
        return view

    return database.change(work)


def forget(database: Database, page: ViewPage, name: str) -> View:
    """Delete a view, and return what it was.

    Raises:
        UnknownView: the page has none of that name.
    """

    def work(connection: Connection) -> View:
        queue_for(connection, _WRITING)
        view = _need(connection, page, name)
        connection.execute(delete(SavedView).where(SavedView.page == page, SavedView.name == name))
        return view

    return database.change(work)


def _views(connection: Connection, page: ViewPage | None = None) -> list[View]:
    query = select(*_COLUMNS).order_by(SavedView.page, SavedView.name)
    if page is not None:
        query = query.where(SavedView.page == page)
    return [
        View(row.page, row.name, msgspec.json.decode(row.query, type=dict[str, list[str]]), row.reviewer, row.at)
        for row in connection.execute(query)
    ]


def _need(connection: Connection, page: ViewPage, name: str) -> View:
    views = {view.name: view for view in _views(connection, page)}
    if name not in views:
        listed = ", ".join(views) or "none yet"
        raise UnknownView(f"There is no view {name!r:.120}. Known: {listed}.", known=list(views))
    return views[name]


def _check_name(name: str) -> None:
    if not name.strip() or name != name.strip() or len(name) > MAX_NAME_CHARACTERS or "/" in name:
        raise InvalidRequest(
            f"A view's name has 1 to {MAX_NAME_CHARACTERS} characters, no slash, and no space at its ends."
        )
