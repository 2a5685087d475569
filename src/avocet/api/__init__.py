"""HTTP: one router per noun over the domain functions."""

from __future__ import annotations

from avocet.api.app import create_app, open_database

__all__ = ["create_app", "open_database"]
