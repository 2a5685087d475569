"""Whether other users of the machine can read the desk, as they may if it was made by an older version or by hand."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path

from avocet.db import targets
from avocet.settings import Settings

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def warning(settings: Settings) -> str | None:
    """A warning that other users can read the desk, with the command that stops it; None if they can't."""
    if os.name != "posix" or not (open_ := _open_to_others(settings)):
        return None
    listed = ", ".join(f"{path} ({_mode(path):03o})" for path in open_)
    close = shlex.join(["chmod", "go=", *map(str, open_)])
    return f"Other users of this machine may get at the desk: {listed}. To close it: {close} (this is said once)"


def _open_to_others(settings: Settings) -> list[Path]:
    """Those of the data folder and a database file outside it that others than the owner may use."""
    file = targets.sqlite_file(settings.url)
    outside = [file] if file is not None and file.absolute().parent != settings.data_dir else []
    return [path for path in (settings.data_dir, *outside) if _mode(path) & _OTHERS]


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
