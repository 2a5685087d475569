"""`candidates`: the whole record, decided or not, for moving between desks (docs/candidate-line.md)."""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject
from avocet.exporters.base import Encoding


class Candidates:
    name: ClassVar[str] = "candidates"
    description: ClassVar[str] = "Every candidate as it stands, decided or not, for moving work to another desk."
    encoding: ClassVar[Encoding] = "jsonl"
    only_decided: ClassVar[bool] = False
    writes_once: ClassVar[bool] = False
    revision: ClassVar[int] = 1

    def row_of_record(self, record: JsonObject) -> JsonObject:
        return record
