"""What a disk refuses, as an error that tells a person what happened and what to do."""

from __future__ import annotations

import errno

from avocet.errors import AvocetError, DiskFull, ReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def explained(error: OSError) -> AvocetError | None:
    """The error in words; None for one that is no fault of the disk."""
    if error.errno in _FULL:
        return DiskFull("The disk of the data folder is full. Make room and try again.")
    if error.errno in _CLOSED:
        where = f"{error.filename}: " if error.filename else ""
        return ReadOnly(f"{where}{error.strerror}. Check the rights of the data folder.")
    return None
