"""Search: the words of prompts, responses and task names, and of the notes and corrections that stand.

The index is built after an import, which it does not slow down; `state` says how far it is. All words of a query must
occur; "quoted words" must stand side by side; the last word may be the beginning of one.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, false, or_

from avocet.db import fulltext
from avocet.db.fulltext import Term
from avocet.models import Candidate
from avocet.review.search import index
from avocet.review.search.index import SearchState, card_texts, decision_texts, state
from avocet.review.search.indexer import Indexer, index_all
from avocet.review.search.words import finder, terms

__all__ = [
    "Found",
    "Indexer",
    "SearchState",
    "card_texts",
    "decided_condition",
    "decision_texts",
    "index_all",
    "look",
    "state",
]


class Found(NamedTuple):
    """The candidates that a query finds, as a condition, and how many they are."""

    condition: ColumnElement[bool]
    cards: int


def look(connection: Connection, q: str) -> Found:
    """Find candidates by their own texts; none if the query holds no word."""
    sought = terms(q)
    if not sought:
        return Found(false(), 0)
    return Found(*fulltext.found(connection, index.CARDS, Candidate.seq.expression, sought))


def decided_condition(connection: Connection, q: str) -> ColumnElement[bool]:
    """The condition for candidates that a query finds by their own texts and those of their standing decision."""
    sought = terms(q)
    if not sought:
        return false()
    fresh = index.fresh_decisions(connection)
    return and_(*(_stands_in_either(connection, term, fresh) for term in sought))


def _stands_in_either(connection: Connection, term: Term, fresh: dict[int, list[str]]) -> ColumnElement[bool]:
    in_card, _ = fulltext.found(connection, index.CARDS, Candidate.seq.expression, [term])
    in_decision, _ = fulltext.found(connection, index.DECISIONS, Candidate.decision_id.expression, [term])
    finds = finder([term])
    newest = [number for number, texts in fresh.items() if finds(texts)]
    return or_(in_card, in_decision, Candidate.decision_id.in_(newest))
