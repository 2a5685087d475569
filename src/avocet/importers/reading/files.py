"""Files that the system may refuse to open or to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from avocet.errors import RunUnreadable

BOM = b"\xef\xbb\xbf"


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say of a file, by the name that the person knows, why the system can't read it.

    Raises:
        RunUnreadable: an `OSError` came up in the block.
    """
    try:
        yield
    except OSError as error:
        raise RunUnreadable(f"{name} can't be read: {error.strerror}.") from None
