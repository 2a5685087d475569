"""What an exporter is: pure functions from one neutral shape to one line."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from avocet.domain import JsonObject, TrainingExample


class ExampleExporter(Protocol):
    """Writes training data: one line for each approved candidate."""

    name: ClassVar[str]
    description: ClassVar[str]

    def line(self, example: TrainingExample) -> bytes:
        """One line, with its LF."""
        ...


@runtime_checkable
class RecordExporter(Protocol):
    """Writes whole records, decided or not."""

    name: ClassVar[str]
    description: ClassVar[str]

    def line_of_record(self, record: JsonObject) -> bytes:
        """One line, with its LF."""
        ...


Exporter = ExampleExporter | RecordExporter
