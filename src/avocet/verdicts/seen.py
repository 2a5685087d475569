"""Which items were met already, of however many."""

from __future__ import annotations

import sqlite3

import msgspec

_encode = msgspec.json.Encoder().encode


class Seen:
    """Keys in a file without a name, which is gone with its connection: a set of millions would fill the memory."""

    def __init__(self) -> None:
        # what streams a download goes on in another thread
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("CREATE TABLE keys (key BLOB PRIMARY KEY) WITHOUT ROWID")
        self._connection.execute("BEGIN")

    def close(self) -> None:
        self._connection.close()

    def is_new(self, *key: object) -> bool:
        """Whether a key is met for the first time."""
        return self._connection.execute("INSERT OR IGNORE INTO keys VALUES (?)", (_encode(key),)).rowcount == 1
