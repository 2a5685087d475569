"""Batches: how much of a run is read and written at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from avocet.importers.base import ReadItem

BATCH_ROWS = 500
"""Small enough that a reviewer's submit never waits long for the write lock: 1,000 made it wait 60 to 100 ms."""
BATCH_BYTES = 8 * 1024 * 1024
COLLECT_AFTER = 50_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the garbage collector run rarely in this block.

    Rows hold no cycles: it would look through every batch several times and find nothing.
    """
    before = gc.get_threshold()
    if not 0 < before[0] < COLLECT_AFTER:
        yield
        return
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def batches(items: Iterable[ReadItem]) -> Iterator[list[ReadItem]]:
    """The items in batches, limited in rows for those who wait for the write lock, and in bytes for memory."""
    batch: list[ReadItem] = []
    begin = unpacked = 0
    for item in items:
        batch.append(item)
        unpacked += item.size
        if len(batch) == BATCH_ROWS or max(item.bytes_read - begin, unpacked) >= BATCH_BYTES:
            yield batch
            batch, begin, unpacked = [], item.bytes_read, 0
    if batch:
        yield batch
