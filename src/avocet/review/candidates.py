"""Stored candidates as JSON: candidate lines (docs/candidate-line.md) and cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from avocet.db import AnySelect, Database
from avocet.domain import JSON_FIELDS, LATER_FIELDS, LATER_JSON, PLAIN_FIELDS
from avocet.errors import NotFound, TakenBack
from avocet.judges import without_judge
from avocet.models import HIDDEN, Candidate, Run
from avocet.proposals import Likeness, Proposal, likeness
from avocet.review import proposed, tags
from avocet.review.texts import CardTexts, card_texts

_LINE = (*PLAIN_FIELDS, *JSON_FIELDS, *LATER_FIELDS, "extra")
_JSON = (*JSON_FIELDS, *LATER_JSON)
_CARD = (*_LINE, "run_id", "decision_id", "reason_shape", "source_file", "source_line", "is_sampled")
LINE_COLUMNS = tuple(getattr(Candidate, name) for name in _LINE)
CARD_COLUMNS = (
    *LINE_COLUMNS,
    Run.run_id,
    Candidate.decision_id,
    Candidate.reason_shape,
    Candidate.source_file,
    Candidate.source_line,
    proposed.is_sampled.label("is_sampled"),
)


class RulesSay(msgspec.Struct, frozen=True):
    """What the rules say of a card: how its answer differs from the reference, and what they propose."""

    likeness: Likeness | None
    proposal: Proposal | None


Line = dict[str, Any]
Card = Annotated[Line, msgspec.Meta(title="SftQueueItem")]

_run_of = (
    select(Run.run_id).join(Candidate, Candidate.run_pk == Run.pk).where(Candidate.id == bindparam("candidate_id"))
)
_one = select(*CARD_COLUMNS).join(Run, Run.pk == Candidate.run_pk).where(Candidate.id == bindparam("candidate_id"))


def line(row: Sequence[Any], names: tags.Names) -> Line:
    """The candidate line of a row of `LINE_COLUMNS`, including the keys that this version does not know.

    `names` has the names of its tags.
    """
    values = dict(zip(_LINE, row, strict=True))
    if values["tags"] is not None:
        values["tags"] = tags.named(values["tags"], names)
    for name, absent in LATER_FIELDS.items():
        if values[name] == absent:
            del values[name]
    return _line(values)


def card(row: Sequence[Any]) -> Card:
    """The card of a row of `CARD_COLUMNS`, its tags still as they are stored (`name_tags`).

    That is the line, its run, its standing decision, its JSON values as texts, and what the rules say of it. On a
    waiting card of a sample that is withheld, because it would sway the reader (`rules_say`).
    """
    values = card_values(row)
    texts = texts_of(values)
    say = RulesSay(None, None) if values["is_withheld"] else _rules_say(values, texts)
    return {**_line(values), "texts": texts, "likeness": say.likeness, "proposal": say.proposal}


def card_values(row: Sequence[Any]) -> dict[str, Any]:
    """The stored values of a row of `CARD_COLUMNS`, by name.

    What a judge said is left out where it would sway the reader: on waiting cards of a sample and waiting passes.
    """
    values = dict(zip(_CARD, row, strict=True))
    is_waiting = values["status"] == "needs_review"
    values["is_withheld"] = values.pop("is_sampled") and is_waiting
    if values["is_withheld"] or (is_waiting and values.get("outcome", "failed") != "failed"):
        values["details"] = without_judge(values["details"])
    return values


def texts_of(values: Mapping[str, Any]) -> CardTexts:
    """A card's JSON values as texts."""
    return card_texts(values, values["harness"], values["model_response"])


def _rules_say(values: Mapping[str, Any], texts: CardTexts) -> RulesSay:
    found = likeness(values["model_response"], texts.references)
    return RulesSay(found, proposed.proposal_of(values, texts.references))


def name_tags(connection: Connection, cards: list[Card]) -> None:
    """Put the names of the tags into cards, and empty lists where they have none of something."""
    names = tags.names_of(connection, (card["tags"] for card in cards))
    for card in cards:
        card["tags"] = tags.named(card["tags"], names)
        card["must"] = card["must"] or []
        card["must_not"] = card["must_not"] or []


def _line(values: dict[str, Any]) -> Line:
    """The line's values: JSON byte for byte as it was stored, and the keys of `extra` beside the others."""
    for name in _JSON:
        text = values.get(name)
        if text is not None:
            values[name] = msgspec.Raw(text.encode())
    extra = values.pop("extra")
    return values if extra is None else {**msgspec.json.decode(extra, type=dict[str, msgspec.Raw]), **values}


def get(database: Database, candidate_id: str) -> Card:
    """The card of one candidate.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
    """
    with database.read() as connection:
        found = card(find(connection, _one, candidate_id))
        name_tags(connection, [found])
        return found


def rules_say(database: Database, candidate_id: str) -> RulesSay:
    """What the rules say of a card, also of one of a sample: for a person who has begun to decide it.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
    """
    with database.read() as connection:
        values = card_values(find(connection, _one, candidate_id))
    return _rules_say(values, texts_of(values))


def find(connection: Connection, query: AnySelect, candidate_id: str) -> Row[*tuple[Any, ...]]:
    """Fetch the one row of `query`, which selects a candidate's status by the parameter `candidate_id`.

    Raises:
        NotFound: no such candidate.
        TakenBack: its run was taken back.
    """
    row = None
    # no stored id holds a NUL, and PostgreSQL would refuse the parameter
    if "\x00" not in candidate_id:
        row = connection.execute(query, {"candidate_id": candidate_id}).one_or_none()
    if row is None:
        raise NotFound(f"There is no candidate {candidate_id!r:.120}.", id=candidate_id)
    if row.status == HIDDEN:
        run_id = connection.scalar(_run_of, {"candidate_id": candidate_id})
        raise TakenBack(
            f"The run {run_id!r:.120} of this card was taken back. Nothing was changed; "
            "it can be brought back on the Runs page.",
            id=candidate_id,
            run_id=run_id,
        )
    return row
