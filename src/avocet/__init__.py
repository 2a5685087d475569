"""Avocet: the correction desk for LLM failures."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avocet.desk import Desk

__version__ = version("avocet-desk")
__all__ = ["Desk", "__version__"]


def __getattr__(name: str) -> object:
    """Load `avocet.Desk` when it is first used: the command line needs only the version."""
    if name == "Desk":
        from avocet.desk import Desk

        return Desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
