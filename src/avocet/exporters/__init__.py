"""The exporters by name. One dict, one module each."""

from __future__ import annotations

from avocet.errors import UnknownFormat
from avocet.exporters.base import ExampleExporter, Exporter, RecordExporter
from avocet.exporters.candidates import Candidates
from avocet.exporters.sft import Sft

EXPORTERS: dict[str, Exporter] = {exporter.name: exporter for exporter in (Sft(), Candidates())}


def choose(name: str) -> Exporter:
    """The exporter of that name.

    Raises:
        UnknownFormat: there is none; says which there are.
    """
    if name not in EXPORTERS:
        raise UnknownFormat(f"There is no format {name!r:.60}. Known: {', '.join(EXPORTERS)}.", known=list(EXPORTERS))
    return EXPORTERS[name]


__all__ = ["EXPORTERS", "ExampleExporter", "Exporter", "RecordExporter", "choose"]
