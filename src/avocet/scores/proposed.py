"""How often what the rules propose was taken."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from sqlalchemy import Connection, func, select

from avocet.models import Candidate, Decision, Run
from avocet.proposals import RULE_NAMES, RuleName
from avocet.scores.narrowed import Narrowed


class RuleUse(msgspec.Struct, frozen=True):
    """The standing decisions on cards that showed a rule's proposal.

    `taken` took it, `agreed` said the same by hand, and `overridden` said something else.
    """

    rule: RuleName
    taken: int
    agreed: int
    overridden: int


class _Proposed(msgspec.Struct):
    rule: str = ""
    action: str = ""
    category: str | None = None
    taken: bool = False


def uses(connection: Connection, narrowed: Narrowed) -> list[RuleUse]:
    """The rules whose proposals were shown, in the order in which they are asked."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    columns = (Decision.id, Decision.candidate_seq, Decision.proposed, Decision.action, Decision.failure_category)
    # materialized, or SQLite would go through all cards to find the few that showed a proposal
    shown = select(*columns).where(Decision.proposed.is_not(None)).cte("shown").prefix_with("MATERIALIZED")
    said = (shown.c.proposed, shown.c.action, shown.c.failure_category)
    query = (
        select(*said, func.count())
        .select_from(shown)
        .join(Candidate, (Candidate.seq == shown.c.candidate_seq) & (Candidate.decision_id == shown.c.id))
        .join(Run, Run.pk == Candidate.run_pk)
        .where(*narrowed.failures())
        .group_by(*said)
    )
    for text, action, category, n in connection.execute(query):
        proposed = msgspec.json.decode(text or "", type=_Proposed)
        is_same = (proposed.action, proposed.category) == (action, category)
        found[proposed.rule][0 if proposed.taken else 1 if is_same else 2] += n
    return [RuleUse(name, *found[name]) for name in RULE_NAMES if name in found]
