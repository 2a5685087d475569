"""Avocet: the correction desk for LLM failures."""

from __future__ import annotations

__version__ = "0.1.0"
