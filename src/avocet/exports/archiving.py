"""A dataset's folder as one zip file, the same bytes for the same content."""

from __future__ import annotations

import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def archive(folder: Path, target: Path) -> None:
    """Write every file of a folder into a zip, in the order of their names and without times."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            with path.open("rb") as stream, out.open(member, "w", force_zip64=True) as entry:
                while piece := stream.read(1024 * 1024):
                    entry.write(piece)
