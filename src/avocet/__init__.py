"""Avocet: the correction desk for LLM failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avocet.desk import Desk

__version__ = "0.2.0"
__all__ = ["Desk", "__version__"]


def __getattr__(name: str) -> object:
    """`avocet.Desk`, loaded when somebody asks: the command line needs the version alone."""
    if name == "Desk":
        from avocet.desk import Desk

        return Desk
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
