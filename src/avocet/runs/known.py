"""Which items of a batch are here already: by the id that an item has, or by one that it used to have (ADR 0025)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from avocet import stored
from avocet.db import find_among
from avocet.domain import CandidateDraft, RejectedLine
from avocet.importers.base import ItemKey, Reading, ReadItem, SourceInfo
from avocet.models import HIDDEN, Candidate, Run
from avocet.runs.identity import content_id, item_id
from avocet.runs.rows import READ, as_read

WITHOUT_MODEL = frozenset({"lm-eval", "lighteval", "simple-evals", "openai-evals"})
"""The harnesses for which version 0.1.0 left the model out of an item's id."""


class Known(NamedTuple):
    """A card that is here: the hash of its text, and whether it is hidden with another run.

    `older` holds the values of `READ` as an older version read them; None for a card of this version. `seq` is the
    card's number; None for one that is being imported.
    """

    text_hash: str
    is_hidden: bool = False
    older: tuple[Any, ...] | None = None
    seq: int | None = None

    def is_read_alike(self, draft: CandidateDraft, text_hash: str) -> bool:
        """Whether the version that made the card read the item as it is read today."""
        return self.text_hash == text_hash and self.older in (None, as_read(draft))


class Place(NamedTuple):
    """What ids are made of, apart from the item: the run that a batch belongs to.

    `models` are those that the run's cards name, if the files themselves name none.
    """

    info: SourceInfo
    run_id: str
    is_dated: bool = False
    models: tuple[str, ...] = ()

    @classmethod
    def of(cls, connection: Connection, reading: Reading, run_id: str) -> Place:
        is_needed = reading.is_dated and not reading.info.models
        return cls(reading.info, run_id, reading.is_dated, _models(connection, run_id) if is_needed else ())

    def id_of(self, item: ReadItem, draft: CandidateDraft) -> str:
        """The draft's id, which is made and set here if the harness gave none."""
        if draft.id is None:
            if item.key:
                draft.id = item_id(self.info.harness, self._run(draft, item.key.model), item.key)
            else:
                draft.id = content_id(former_of(item) or draft, self.run_id)
        return draft.id

    def draft_of(self, item: ReadItem) -> CandidateDraft | None:
        """The draft whose card is looked for, with its id; None if there is none.

        For a line that is rejected today, it is the draft that version 0.1.0 made of it.
        """
        draft = former_of(item) if isinstance(item.result, RejectedLine) else item.result
        if not isinstance(draft, CandidateDraft):
            return None
        self.id_of(item, draft)
        return draft

    def former_ids(self, item: ReadItem, draft: CandidateDraft) -> list[str]:
        """Other ids that the draft's card may have, from before the model was part of the id, or was known."""
        if item.key is None or not (self.is_dated or self.info.harness in WITHOUT_MODEL):
            return []
        task, name, epoch, own = item.key
        keys = [ItemKey(task, name, epoch, model) for model in dict.fromkeys((own, "", *self.models))]
        runs = dict.fromkeys((draft.benchmark_run_id or self.run_id, self._run(draft, "")))
        return [item_id(self.info.harness, run, key) for run in runs for key in keys]

    def _run(self, draft: CandidateDraft, model: str) -> str:
        """The run that an id is made with. A time names a run only together with the model."""
        if self.is_dated and not model:
            return self.run_id
        return draft.benchmark_run_id or self.run_id


def _models(connection: Connection, run_id: str) -> tuple[str, ...]:
    query = select(Candidate.model_id).join(Run, Run.pk == Candidate.run_pk).where(Run.run_id == run_id)
    return tuple(connection.scalars(query.where(Candidate.model_id.is_not(None)).distinct()))


def former_of(item: ReadItem) -> CandidateDraft | None:
    """The draft that version 0.1.0 made of a line; None if it made none, and for an item that is no line."""
    return item.former() if item.former else None


def last_older_card(connection: Connection) -> int:
    """The `seq` of the last card that an older version imported; 0 on a desk that this version began."""
    return int(stored.read(connection, "older_cards") or 0)


def known_cards(connection: Connection, batch: Iterable[ReadItem], place: Place, last_older: int) -> dict[str, Known]:
    """What is known of the cards that are here already, by the id of the batch's draft."""
    drafts = {str(draft.id): (item, draft) for item in batch if (draft := place.draft_of(item))}
    cards = {row.id: row for row in _cards(connection, drafts, place.run_id)}
    former = {
        other: candidate_id
        for candidate_id, (item, draft) in drafts.items()
        if candidate_id not in cards
        for other in place.former_ids(item, draft)
        if other != candidate_id
    }
    for row in _cards(connection, former, place.run_id):
        if _is_card_of(row, drafts[former[row.id]][1]):
            cards.setdefault(former[row.id], row)
    older = _older(connection, [row.seq for row in cards.values() if row.seq <= last_older])
    return {
        candidate_id: Known(row.text_hash, row.status == HIDDEN and not row.is_here, older.get(row.seq), row.seq)
        for candidate_id, row in cards.items()
    }


# the run's own hidden cards come back with this import
_is_here = Candidate.run_pk.is_not_distinct_from(
    select(Run.pk).where(Run.run_id == bindparam("run_id")).scalar_subquery()
)
_of_card = (Candidate.id, Candidate.seq, Candidate.text_hash, Candidate.status, _is_here.label("is_here"))
# statements of the hot path are built once: SQLAlchemy takes longer to build one than SQLite to run it
_card = select(*_of_card, Candidate.model_id, Candidate.task_type, Candidate.item_id)


def _cards(connection: Connection, ids: Iterable[str], run_id: str) -> list[Row[Any]]:
    wanted = list(ids)
    return find_among(connection, _card, Candidate.id, wanted, {"run_id": run_id}) if wanted else []


def _is_card_of(row: Row[Any], draft: CandidateDraft) -> bool:
    """Whether a card with a former id is the draft's. In the same run, either may have been read without a model."""
    if (row.task_type, row.item_id) != (draft.task_type, draft.item_id):
        return False
    return row.model_id == draft.model_id or (bool(row.is_here) and None in (row.model_id, draft.model_id))


def _older(connection: Connection, seqs: list[int]) -> dict[int, tuple[Any, ...]]:
    if not seqs:
        return {}
    columns = [getattr(Candidate, name) for name in READ]
    rows = connection.execute(select(Candidate.seq, *columns).where(Candidate.seq.in_(seqs)))
    return {row[0]: tuple(row[1:]) for row in rows}
