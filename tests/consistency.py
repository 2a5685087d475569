"""What must hold of a desk at any moment, asked of the database itself."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from avocet.db import Database
from avocet.models import HIDDEN, Candidate, CardTag, Counter, Decision, Run, Tag
from avocet.review import counters
from avocet.review.tags import parsed

SAID = (
    "failure_category",
    "corrected_response",
    "note",
    "check_fault",
    "corrected_reference",
    "tags",
    "must",
    "must_not",
)


def assert_consistent(database: Database) -> None:
    """Counters equal a recount, every candidate in sight stands where its last decision put it, every run adds up."""
    with database.read() as connection:
        stored = {counters.CounterKey(*key): n for *key, n in connection.execute(select(Counter.__table__)) if n != 0}
        assert stored == counters.recount(connection)
        assert counters.readings(connection) == counters.recount_readings(connection)
        decided = defaultdict(list)
        for decision in connection.execute(select(Decision.__table__).order_by(Decision.id)):
            decided[decision.candidate_seq].append(decision)
        for candidate in connection.execute(select(Candidate.__table__)):
            if not (decisions := decided[candidate.seq]):
                assert candidate.status in ("needs_review", HIDDEN)
                assert candidate.decision_id is None
                continue
            last = decisions[-1]
            standing = last.restores if last.action == "undo" else last.id
            assert candidate.decision_id == standing
            for name in SAID:
                assert getattr(candidate, name) == getattr(last, name)
            assert candidate.status in (last.status_after, HIDDEN)
            if standing is not None:
                assert candidate.outcome == last.outcome
        _assert_tagged(connection)
        for run in connection.execute(select(Run.__table__)):
            rest = (run.imported, run.skipped, run.rejected, run.passed, run.errored, run.unscored)
            assert run.read == sum(rest)


def _assert_tagged(connection: Connection) -> None:
    """Each visible card stands under the tags that its row has, a merged one under the tag that it went into."""
    goes_to = {tag.pk: tag.merged_into or tag.pk for tag in connection.execute(select(Tag.__table__))}
    query = select(Candidate.seq, Candidate.tags).where(Candidate.status != HIDDEN)
    said = {(goes_to[number], seq) for seq, text in connection.execute(query) for number in parsed(text)}
    assert {(row.tag_pk, row.candidate_seq) for row in connection.execute(select(CardTag.__table__))} == said


def lines_read(database: Database) -> int:
    """How many lines the one import of the desk has committed."""
    with database.read() as connection:
        return connection.scalar(select(Run.read)) or 0
