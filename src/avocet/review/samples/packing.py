"""The cards of a frame as a few bytes: the differences of their numbers, compressed."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate, pairwise


def pack(numbers: Iterable[int]) -> bytes:
    """Pack whole numbers from 1 on, each of which comes once; their order is not kept."""
    differences = array("q", (after - before for before, after in pairwise([0, *sorted(numbers)])))
    return zlib.compress(_little_endian(differences).tobytes(), 6)


def unpack(packed: bytes) -> list[int]:
    """The numbers that were packed, in ascending order."""
    differences = array("q")
    differences.frombytes(zlib.decompress(packed))
    return list(accumulate(_little_endian(differences)))


def _little_endian(values: array[int]) -> array[int]:
    if sys.byteorder == "big":
        values.byteswap()
    return values
