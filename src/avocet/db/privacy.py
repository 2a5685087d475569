"""Whether other users of the machine can read the desk; said once, for a desk made by an older version or by hand."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path

from sqlalchemy import select

from avocet.db import Database, put, targets
from avocet.models import Setting
from avocet.settings import Settings

_KEY = "told_open_to_others"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def warning(database: Database, settings: Settings) -> str | None:
    """The first time that others can read the desk: a sentence, with what closes it."""
    if os.name != "posix" or database.is_read_only:
        return None
    if not (open_ := _open_to_others(settings)) or _was_told(database):
        return None
    listed = ", ".join(f"{path} ({_mode(path):03o})" for path in open_)
    close = shlex.join(["chmod", "go=", *map(str, open_)])
    return f"Other users of this machine may get at the desk: {listed}. To close it: {close} (this is said once)"


def _open_to_others(settings: Settings) -> list[Path]:
    """The data folder, or the database file where that lies in another folder, if more than the owner may use it."""
    file = targets.sqlite_file(settings.url)
    outside = [file] if file is not None and file.absolute().parent != settings.data_dir else []
    return [path for path in (settings.data_dir, *outside) if _mode(path) & _OTHERS]


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0


def _was_told(database: Database) -> bool:
    """Whether it was said before; from now on it was."""
    told = select(Setting.value).where(Setting.key == _KEY)
    with database.read() as connection:
        if connection.scalar(told) is not None:
            return True
    database.change(lambda connection: put(connection, Setting.__table__, {"key": _KEY}, {"value": "yes"}))
    return False
