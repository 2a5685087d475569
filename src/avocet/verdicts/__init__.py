"""Verdicts on their way back: to the harness as scores, to its tracker as a report, to its tests as cases."""

from __future__ import annotations

from avocet.verdicts.editing import Edited, edit_log
from avocet.verdicts.formats import FORMATS, SUFFIXES, Format, Told, rows, stream

__all__ = ["FORMATS", "SUFFIXES", "Edited", "Format", "Told", "edit_log", "rows", "stream"]
