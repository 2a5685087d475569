"""Search: the words of prompts, responses and task names, and of the notes and corrections that stand.

An import stays as fast as it was: the index follows behind, and `state` says how far it is. A query's words must all
occur; "quoted words" stand side by side; the last word may be the beginning of one.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, false, or_

from avocet.models import Candidate
from avocet.search import index
from avocet.search.index import SearchState, state
from avocet.search.indexer import Indexer, index_all
from avocet.search.words import Term, terms

__all__ = ["Indexer", "SearchState", "condition", "decided_condition", "index_all", "state"]


def condition(connection: Connection, q: str) -> ColumnElement[bool]:
    """The candidates whose own texts a query finds; none when it holds no word."""
    sought = terms(q)
    if not sought:
        return false()
    return and_(*(Candidate.seq.in_(one) for one in index.found(connection, index.CARDS, sought)))


def decided_condition(connection: Connection, q: str) -> ColumnElement[bool]:
    """The candidates that a query finds by their own texts and those of the decision that stands."""
    sought = terms(q)
    if not sought:
        return false()
    return and_(*(_stands_in_either(connection, term) for term in sought))


def _stands_in_either(connection: Connection, term: Term) -> ColumnElement[bool]:
    (in_card,) = index.found(connection, index.CARDS, [term])
    (in_decision,) = index.found(connection, index.DECISIONS, [term])
    return or_(Candidate.seq.in_(in_card), Candidate.decision_id.in_(in_decision))
