"""Files that the system may refuse to open or to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from avocet.errors import RunUnreadable

BOM = b"\xef\xbb\xbf"
READ_BYTES = 64 * 1024
"""How much of a file is read at once: with Python's own 8 KiB, reading a line takes twice as long."""


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn an `OSError` of the block into an error for the person, who knows the file by `name`.

    Raises:
        RunUnreadable: the system can't read the file; says why.
    """
    try:
        yield
    except OSError as error:
        raise RunUnreadable(f"{name} can't be read: {error.strerror}.") from None
