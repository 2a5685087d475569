"""Exports: choose candidates, write them as training data, say what was written."""

from __future__ import annotations

from avocet.exports.selection import CATEGORY_VALUES, ExportFilter
from avocet.exports.writing import Manifest, Preview, file_name, preview, stream, write_file

__all__ = ["CATEGORY_VALUES", "ExportFilter", "Manifest", "Preview", "file_name", "preview", "stream", "write_file"]
