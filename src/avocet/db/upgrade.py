"""Bringing a desk up to date: a copy is kept first if rows change, and long work is done in batches.

A migration script says by `changes_rows` whether it changes or drops what is stored. One with much to do defines,
beside `upgrade`, `last(connection)`, the highest number of the rows to work through, and
`batch(connection, after, to)`, which updates the rows numbered above `after`, up to and including `to`. Each batch is
a transaction of its own that also stores how far it got, so that an upgrade that was cut off goes on where it stopped
(ADR 0025).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, text

from avocet import migrations
from avocet.db.copies import Copy, keep_copy, way_back
from avocet.db.database import Database
from avocet.db.dialect import give_room
from avocet.errors import AlreadyImporting, DatabaseBusy, DatabaseTooNew

BATCH_ROWS = 20_000
"""Large, since with every batch an index that is changed in random places is written nearly whole."""
WAIT_S = 10.0
BUSY = "Another Avocet is bringing this desk up to date. Nothing was changed; try again when that has ended."


class Step(NamedTuple):
    """How far an upgrade is: `done` of `total`, in bytes of the copy or in rows; `doing` says which."""

    doing: str
    done: int
    total: int


OnStep = Callable[[Step], None]


def bring_up_to_date(database: Database, *, agreed: bool = False, on_step: OnStep | None = None) -> Copy | None:
    """Run the missing migration scripts; return the copy that was kept from before, None if none was needed.

    `agreed`: the person has a backup, in case no copy can be kept here.

    Raises:
        DatabaseTooNew: the desk was made by a newer Avocet.
        DatabaseBusy: another Avocet is upgrading it.
        BackupNeeded: rows will change, no copy can be kept, and nobody agreed.
    """
    tell = on_step or (lambda _step: None)
    try:
        with database.hold("migrate", BUSY, wait_s=WAIT_S):
            return _bring(database, agreed, tell)
    except AlreadyImporting:
        raise DatabaseBusy(BUSY) from None


def _bring(database: Database, agreed: bool, tell: OnStep) -> Copy | None:
    directory = ScriptDirectory.from_config(_config())
    with database.read() as connection:
        present = migrations.revision(connection)
        left = migrations.under_way(connection) if present else {}
        missing = _missing(directory, present, database)
        changes = present is not None and not left and any(script.module.changes_rows for script in missing)
        needs_copy = changes and bool(connection.scalar(text("SELECT max(seq) FROM candidates")))
    copy = (
        keep_copy(database, agreed, lambda done, total: tell(Step("Keeping a copy", done, total)))
        if needs_copy
        else None
    )
    try:
        for unfinished in left:
            _work_through(database, directory.get_revision(unfinished).module, unfinished, tell)
        for scripts in _together(missing):
            with database.write() as connection:
                _run(connection, scripts)
            if _has_batches(scripts[-1]):
                _work_through(database, scripts[-1].module, scripts[-1].revision, tell)
    except BaseException:
        with database.read() as connection:
            is_as_it_was = migrations.revision(connection) == present and migrations.under_way(connection) == left
        if copy and is_as_it_was:
            copy.path.unlink()
        raise
    return copy


def _missing(directory: ScriptDirectory, present: str | None, database: Database) -> list[Script]:
    newest_first = list(directory.walk_revisions())
    if present is not None and present not in {script.revision for script in newest_first}:
        raise DatabaseTooNew(
            f"This database was made by a newer Avocet (schema {present}, this one knows up to {migrations.HEAD}). "
            f"Nothing was changed. Upgrade avocet-desk, or {way_back(database)}"
        )
    return list(takewhile(lambda script: script.revision != present, newest_first))[::-1]


def _together(scripts: list[Script]) -> Iterator[list[Script]]:
    """Group the scripts by transaction: a script with batches is the last of its group."""
    group: list[Script] = []
    for script in scripts:
        group.append(script)
        if _has_batches(script):
            yield group
            group = []
    if group:
        yield group


def _has_batches(script: Script) -> bool:
    return hasattr(script.module, "batch")


def _run(connection: Connection, scripts: list[Script]) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, scripts[-1].revision)
    if _has_batches(scripts[-1]):
        key = migrations.UNDER_WAY + scripts[-1].revision
        connection.execute(text("INSERT INTO settings (key, value) VALUES (:key, '0')"), {"key": key})


def _work_through(database: Database, script: Any, revision: str, tell: OnStep) -> None:  # noqa: ANN401 (a module)
    """Run the batches of a script that are left, each in a transaction that also stores how far it got."""
    key = migrations.UNDER_WAY + revision
    with database.read() as connection:
        done, last = migrations.under_way(connection)[revision], script.last(connection) or 0
    while done < last:
        to = min(done + getattr(script, "BATCH_ROWS", BATCH_ROWS), last)
        with database.write() as connection:
            give_room(connection)
            script.batch(connection, done, to)
            update = text("UPDATE settings SET value = :to WHERE key = :key")
            connection.execute(update, {"to": str(to), "key": key})
        done = to
        tell(Step("Bringing the cards up to date", done, last))
    with database.write() as connection:
        connection.execute(text("DELETE FROM settings WHERE key = :key"), {"key": key})
    if database.is_sqlite:
        # closes the connections, and so frees the memory of `give_room`
        database.engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations.SCRIPTS[0].parent))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, migrations.SCRIPTS)))
    return config
