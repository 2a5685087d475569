"""Exports: choose candidates, write them as training data, and describe, check and repeat what was written."""

from __future__ import annotations

from avocet.exporters.base import Rules
from avocet.exports.made import MadeExport, again, record
from avocet.exports.making import Made, make
from avocet.exports.manifest import Manifest
from avocet.exports.previewing import ExportPreview, preview
from avocet.exports.recipe import HoldOut, Passes, Recipe, Splits, hold_out, store_hold_out
from avocet.exports.selection import CATEGORY_VALUES, ExportFilter
from avocet.exports.state import AsOf
from avocet.exports.tallies import Tallies
from avocet.exports.verifying import Verified, verify
from avocet.exports.writing import (
    OnProgress,
    file_name,
    is_several,
    stream,
    write,
    write_file,
    write_folder,
    writes_file,
)

__all__ = [
    "CATEGORY_VALUES",
    "AsOf",
    "ExportFilter",
    "ExportPreview",
    "HoldOut",
    "Made",
    "MadeExport",
    "Manifest",
    "OnProgress",
    "Passes",
    "Recipe",
    "Rules",
    "Splits",
    "Tallies",
    "Verified",
    "again",
    "file_name",
    "hold_out",
    "is_several",
    "make",
    "preview",
    "record",
    "store_hold_out",
    "stream",
    "verify",
    "write",
    "write_file",
    "write_folder",
    "writes_file",
]
