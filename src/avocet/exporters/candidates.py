"""`candidates`: the whole record, decided or not, for moving between desks (docs/candidate-line.md)."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from avocet.domain import JsonObject

_encoder = msgspec.json.Encoder()


class Candidates:
    name: ClassVar[str] = "candidates"
    description: ClassVar[str] = "Every candidate as it stands, decided or not, for moving work to another desk."

    def line_of_record(self, record: JsonObject) -> bytes:
        return _encoder.encode(record) + b"\n"
