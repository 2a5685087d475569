"""Which check a card has: its own, or what its failure reason tells of one."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, select

from avocet.checks import Check, missing_patterns_of, read
from avocet.db import Database
from avocet.errors import CheckUnknown, CheckUnusable
from avocet.models import Candidate
from avocet.review.candidates import find

_one = select(Candidate.status, Candidate.check, Candidate.failure_reason).where(
    Candidate.id == bindparam("candidate_id")
)


def check_of(database: Database, candidate_id: str) -> Check:
    """The check of one card. An older card, which has none, may tell which patterns were missing.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
        CheckUnknown: the desk knows no check of it.
        CheckUnusable: its check is of a kind that this version does not know.
    """
    with database.read() as connection:
        row = find(connection, _one, candidate_id)
    if row.check is None:
        told = missing_patterns_of(row.failure_reason)
        if told is None:
            raise CheckUnknown(
                "The desk does not know this card's check: its file tells none, or a person or a model judged.",
                id=candidate_id,
            )
        return told
    check = read(msgspec.json.decode(row.check))
    if check is None:
        raise CheckUnusable("The check of this card is of a kind that this version can't run.", id=candidate_id)
    return check


def check_or_none(database: Database, candidate_id: str) -> Check | None:
    """The check of one card; None if the desk knows none.

    Raises:
        NotFound, CheckUnusable: as for `check_of`.
    """
    try:
        return check_of(database, candidate_id)
    except CheckUnknown:
        return None
