"""The exporters by name: one dict, and one module for each family of formats.

Other packages add theirs as entry points of the group `avocet.exporters` (docs/exporters.md).
"""

from __future__ import annotations

from functools import cache

from avocet.errors import UnknownFormat
from avocet.exporters.alpaca import Alpaca
from avocet.exporters.axolotl import Axolotl
from avocet.exporters.base import ExampleExporter, Exporter, Items, Records, provenance
from avocet.exporters.candidates import Candidates
from avocet.exporters.cleaned import Cleaned
from avocet.exporters.llama_factory import LlamaFactory
from avocet.exporters.mlx import Mlx
from avocet.exporters.openai_style import OpenAiChat, OpenAiDpo
from avocet.exporters.sft import Sft
from avocet.exporters.sharegpt import ShareGpt
from avocet.exporters.tables import Csv, HuggingFace, Parquet
from avocet.exporters.trl import TrlDpo, TrlKto, TrlSft
from avocet.plugins import with_installed

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Sft(),
        TrlSft(),
        TrlDpo(),
        TrlKto(),
        OpenAiChat(),
        OpenAiDpo(),
        ShareGpt(),
        LlamaFactory(),
        Axolotl(),
        Mlx(),
        Alpaca(),
        Parquet(),
        HuggingFace(),
        Csv(),
        Candidates(),
        Cleaned(),
    )
}
ENTRY_POINTS = "avocet.exporters"


@cache
def registry() -> dict[str, Exporter]:
    """The exporters of this package, and of those installed beside it."""
    return with_installed(EXPORTERS, ENTRY_POINTS, ("description", "encoding", "group", "revision"))


def choose(name: str) -> Exporter:
    """The exporter of that name.

    Raises:
        UnknownFormat: there is none; says which there are.
    """
    known = registry()
    if name not in known:
        raise UnknownFormat(f"There is no format {name!r:.60}. Known: {', '.join(known)}.", known=list(known))
    return known[name]


__all__ = ["EXPORTERS", "ExampleExporter", "Exporter", "Items", "Records", "choose", "provenance", "registry"]
