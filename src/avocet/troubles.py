"""What goes wrong in work that never ends: each kind is logged once, and the work goes on."""

from __future__ import annotations

import logging
import threading

from avocet.errors import AvocetError

_log = logging.getLogger("avocet")


class Troubles:
    """The troubles of one loop. A loop that fails every second must neither end nor fill the log."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._logged: set[tuple[type[BaseException], str]] = set()
        self._lock = threading.Lock()

    def tell(self, error: Exception) -> None:
        """Log an error unless one of its kind was logged since the last `over`."""
        detail = error.detail if isinstance(error, AvocetError) else ""
        kind = (type(error), detail)
        with self._lock:
            if kind in self._logged:
                return
            self._logged.add(kind)
        if detail:
            _log.warning("%s: %s", self._doing, detail)
        else:
            _log.error("%s: something went wrong, and the work goes on", self._doing, exc_info=error)

    def over(self) -> None:
        """The work succeeds again: what comes after that is news."""
        with self._lock:
            self._logged.clear()
