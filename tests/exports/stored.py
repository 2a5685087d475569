"""Cards as a version stored them that did not bring calls and tools into one shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import select, update

from avocet.db import Database
from avocet.models import Candidate, Decision
from tests.factories import Line


def store_as_written(database: Database, lines: Iterable[Line]) -> None:
    """Put into the cards of imported lines what stands in the lines themselves."""
    with database.write() as connection:
        for line in lines:
            answer = line.get("corrected_response")
            card: dict[str, Any] = {
                "prompt_messages": _json(line["prompt_messages"]),
                "model_response": line["model_response"],
                "corrected_response": answer,
                "tools": _json(line.get("tools")),
                "details": _json(line.get("details")),
            }
            where = Candidate.id == line["id"]
            connection.execute(update(Candidate).where(where).values(card))
            mine = select(Candidate.seq).where(where).scalar_subquery()
            connection.execute(
                update(Decision).where(Decision.candidate_seq == mine).values(corrected_response=answer)
            )


def _json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
