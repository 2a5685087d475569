"""Whether a text holds the lines that a person wrote of a right answer."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avocet.must import folded


class LineMet(msgspec.Struct, frozen=True):
    """A line, and whether a text is as the line says."""

    line: str
    met: bool


def lines_met(text: str, must: Iterable[str], must_not: Iterable[str]) -> tuple[list[LineMet], list[LineMet]]:
    """Which lines a text meets, of those that it must contain and of those that it must not.

    A line is contained if it stands in the text as it is written, apart from case and runs of white space.
    """
    looked_at = folded(text)
    return (
        [LineMet(line, folded(line) in looked_at) for line in must],
        [LineMet(line, folded(line) not in looked_at) for line in must_not],
    )
