"""The project as files, for the promises about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "avocet"
NOT_OURS = frozenset(
    {".git", ".venv", ".cache", "node_modules", "__pycache__", "static", "demo", "dist", "build", "demo-data"}
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
)


def files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Every file of ours below these folders of the project that ends so."""
    return sorted(
        path for folder in folders for path in _walk(ROOT / folder) if not suffixes or path.suffix in suffixes
    )


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
