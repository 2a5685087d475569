"""Tags beside categories: of the cards of each tag, what the harness said and why the answers fail."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict

import msgspec
from sqlalchemy import func, select

from avocet.categories import UNCATEGORISED
from avocet.db import Database
from avocet.models import Candidate, CardTag, Run, Tag


class TagMix(msgspec.Struct, frozen=True):
    """The cards of a tag: by what the harness said, and by category."""

    name: str
    cards: int
    by_outcome: dict[str, int]
    by_category: dict[str, int]


class TagMixes(msgspec.Struct, frozen=True):
    tags: list[TagMix]


def tag_mixes(
    database: Database, run_id: str | None = None, model_name: str | None = None, task_type: str | None = None
) -> TagMixes:
    """Every tag that a card in sight has, the most used first, of all cards or of one run, model or task type."""
    said = (Tag.name, Candidate.outcome, Candidate.failure_category)
    query = select(*said, func.count()).select_from(CardTag).join(Tag, Tag.pk == CardTag.tag_pk)
    query = query.join(Candidate, Candidate.seq == CardTag.candidate_seq).group_by(*said)
    if run_id is not None:
        query = query.join(Run, Run.pk == Candidate.run_pk).where(Run.run_id == run_id)
    if model_name is not None:
        query = query.where(Candidate.model_name == model_name)
    if task_type is not None:
        query = query.where(Candidate.task_type == task_type)
    outcomes: defaultdict[str, Tally[str]] = defaultdict(Tally)
    categories: defaultdict[str, Tally[str]] = defaultdict(Tally)
    with database.read() as connection:
        for name, outcome, category, n in connection.execute(query):
            outcomes[name][outcome] += n
            categories[name][category or UNCATEGORISED] += n
    mixes = [TagMix(name, by.total(), dict(by), dict(categories[name])) for name, by in outcomes.items()]
    return TagMixes(sorted(mixes, key=lambda one: (-one.cards, one.name)))
