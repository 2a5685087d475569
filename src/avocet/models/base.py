"""What all tables share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import DeclarativeBase

# In SQLite only a plain INTEGER PRIMARY KEY is an alias of the rowid, and so numbered automatically.
Sequence = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    pass
