"""Looking at the results folder in threads of its own: however large or slow it is, nobody waits long for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from avocet.errors import Troubles
from avocet.runs.sources import RunSource, scan

PATIENCE_S = 2.0
MOST_AT_ONCE = 3
"""The most looks under way at once. One that never ends (a lost network drive) occupies a thread for good."""


class _Look(threading.Thread):
    def __init__(self, folder: Path, look: Callable[[Path], list[RunSource]], troubles: Troubles) -> None:
        # a daemon: a look that hangs must not keep the server from ending
        super().__init__(name="results-folder", daemon=True)
        self.folder = folder
        self._look = look
        self._troubles = troubles
        self.found: list[RunSource] | None = None
        self.took_s = 0.0

    def run(self) -> None:
        began = time.monotonic()
        try:
            self.found = self._look(self.folder)
        except Exception as error:
            self._troubles.tell(error)
        else:
            self._troubles.over()
        self.took_s = time.monotonic() - began


class ResultsFolder:
    """The runs in the results folder.

    There is one look at a folder at a time. Whoever asks meanwhile waits for it, at most `PATIENCE_S`, and then gets
    the last answer.
    """

    def __init__(self, look: Callable[[Path], list[RunSource]] = scan) -> None:
        self._scan = look
        self._lock = threading.Lock()
        self._looks: list[_Look] = []
        self._last: tuple[Path, list[RunSource]] | None = None
        self._troubles = Troubles("looking at the results folder")
        self.took_s = 0.0

    def runs(self, folder: Path, patience_s: float | None = None) -> list[RunSource]:
        """The runs in the folder as they are now or, if a look takes too long, as of the last one (at first none)."""
        look = self._looking(folder)
        if look is not None:
            look.join(PATIENCE_S if patience_s is None else patience_s)
        with self._lock:
            self._take_answers()
            return self._last[1] if self._last and self._last[0] == folder else []

    def _looking(self, folder: Path) -> _Look | None:
        """The look that is under way, or a new one; None if `MOST_AT_ONCE` looks are under way elsewhere."""
        with self._lock:
            self._take_answers()
            for look in self._looks:
                if look.folder == folder:
                    return look
            if len(self._looks) == MOST_AT_ONCE:
                return None
            look = _Look(folder, self._scan, self._troubles)
            self._looks.append(look)
            look.start()
            return look

    def _take_answers(self) -> None:
        for look in [look for look in self._looks if not look.is_alive()]:
            self._looks.remove(look)
            self.took_s = look.took_s
            if look.found is not None:
                self._last = (look.folder, look.found)
