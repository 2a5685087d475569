"""`candidates`: the whole record, decided or not, for moving between desks (docs/candidate-line.md)."""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import STATUSES, JsonObject, Status
from avocet.exporters.base import RECORDS, Records


class Candidates(Records):
    name: ClassVar[str] = "candidates"
    description: ClassVar[str] = "Every candidate as it stands, decided or not, for moving work to another desk."
    group: ClassVar[str] = RECORDS
    statuses: ClassVar[frozenset[Status]] = frozenset(STATUSES)
    is_kept: ClassVar[bool] = False
    writes_once: ClassVar[bool] = False

    def row_of_record(self, record: JsonObject) -> JsonObject:
        return record
