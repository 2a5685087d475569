"""The mathematics of the report: what random reads say of what nobody read. Knows no database and no HTTP."""

from __future__ import annotations
