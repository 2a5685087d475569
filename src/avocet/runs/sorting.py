"""A batch of read items, sorted by what becomes of each: new, known, in conflict, rejected, settled."""

from __future__ import annotations

from collections import Counter as Tally

import msgspec

from avocet.domain import CandidateDraft, Outcome, RejectedLine
from avocet.importers.base import ReadItem, Scored, Settled, short_name, within_run
from avocet.importers.reading import tool_calls
from avocet.runs.identity import text_hash
from avocet.runs.item_names import GroupKey, group_of, name_of
from avocet.runs.known import Known, Place, former_of
from avocet.runs.ledger import LedgerRow
from avocet.runs.rows import NewCard

READ_OTHERWISE = "An older version imported it and read it otherwise; its card stays as it was, with its decision."
STAYS_HIDDEN = "Already here in another run that was taken back; hidden until that run is brought back."


class RunTotal(msgspec.Struct):
    """What a harness counted for one task and model; the empty string stands for no task or no model."""

    model_name: str
    task_type: str
    passed: int = 0
    failed: int = 0
    errored: int = 0
    unscored: int = 0

    def plus(self, other: RunTotal) -> RunTotal:
        return RunTotal(
            self.model_name,
            self.task_type,
            self.passed + other.passed,
            self.failed + other.failed,
            self.errored + other.errored,
            self.unscored + other.unscored,
        )


class SortedBatch(msgspec.Struct):
    """A sorted batch. `cards` are the new ones.

    `rows` are the ledger's rows of its items; `counted` are the items that have none.
    """

    cards: list[NewCard] = []
    rejected: list[RejectedLine] = []
    tally: Tally[str] = msgspec.field(default_factory=Tally)
    totals: dict[GroupKey, RunTotal] = msgspec.field(default_factory=dict)
    notes: Tally[str] = msgspec.field(default_factory=Tally)
    rows: list[LedgerRow] = []
    counted: Tally[tuple[GroupKey, Outcome]] = msgspec.field(default_factory=Tally)

    def new(self) -> dict[str, Known]:
        """The batch's new cards as known ones, by id."""
        return {card.id: Known(card.text_hash) for card in self.cards}

    def cards_alone(self) -> SortedBatch:
        """The same without its counts, for items that were counted before."""
        return SortedBatch(cards=self.cards, rows=self.rows)

    def count(self, outcome: Outcome, group: GroupKey) -> None:
        total = self.totals.get(group)
        if total is None:
            total = self.totals[group] = RunTotal(*group)
        setattr(total, outcome, getattr(total, outcome) + 1)


def sort(batch: list[ReadItem], place: Place, known: dict[str, Known]) -> SortedBatch:
    """Sort a batch. `known` has the cards that exist by id; those of the batch are added to it."""
    result = SortedBatch()
    for item in batch:
        result.tally["read"] += 1
        result.tally["replaced_characters"] += item.replaced
        if item.notes:
            result.notes.update(item.notes)
        match item.result:
            case CandidateDraft() as draft:
                group = group_of(draft)
                result.count(draft.outcome, group)
                candidate_id = place.id_of(item, draft)
                is_card = _sort_draft(draft, item, candidate_id, known, result)
                name = name_of(item, draft.task_type, within_run(candidate_id, draft.benchmark_run_id))
                result.rows.append(LedgerRow(group, name, draft.outcome, candidate_id if is_card else None))
            case RejectedLine() as line:
                _sort_rejected(line, item, place, known, result)
                if said := item.scored or _scored_by_key(item):
                    name = name_of(item, said.task_type, None)
                    result.rows.append(LedgerRow(group_of(said), name, said.outcome))
            case Settled(outcome) as settled:
                group = group_of(settled)
                result.tally[outcome] += 1
                result.count(outcome, group)
                if settled.is_counted:
                    result.counted[group, outcome] += 1
                else:
                    name = name_of(item, settled.task_type, _id_of_settled(item, settled, place))
                    result.rows.append(LedgerRow(group, name, outcome))
    return result


def _id_of_settled(item: ReadItem, settled: Settled, place: Place) -> str | None:
    """The id that the card of an item without a key would have: of a candidate line."""
    draft = settled.draft() if item.key is None and settled.draft else None
    return place.id_of(item, draft) if isinstance(draft, CandidateDraft) else None


def _scored_by_key(item: ReadItem) -> Scored | None:
    """What is known of a rejected item that its harness named: its task and model; it counts as failed."""
    if item.key is None:
        return None
    return Scored("failed", short_name(item.key.model or None), item.key.task or None)


def _sort_draft(
    draft: CandidateDraft, item: ReadItem, candidate_id: str, known: dict[str, Known], result: SortedBatch
) -> bool:
    """Sort a draft; return whether it has a card, new or known. One that did not fail counts by its outcome."""
    # the id is made from the text as the file has it; the card is stored with its tool calls in one shape
    before = draft.prompt_messages, draft.model_response
    written = text = text_hash(*before)
    if notes := tool_calls.settle(draft):
        result.notes.update(notes)
    if draft.prompt_messages is not before[0] or draft.model_response is not before[1]:
        text = text_hash(draft.prompt_messages, draft.model_response)
    present = known.get(candidate_id)
    if present is None:
        known[candidate_id] = Known(text)
        result.cards.append(NewCard(candidate_id, text, draft, item.file or None, item.line_number))
        result.tally["imported" if draft.outcome == "failed" else draft.outcome] += 1
    elif present.text_hash in (text, written) or _is_same_place(present, item, draft):
        result.tally["skipped" if draft.outcome == "failed" else draft.outcome] += 1
        result.notes[STAYS_HIDDEN] += present.is_hidden
        result.notes[READ_OTHERWISE] += not present.is_read_alike(draft, text)
    else:
        where = ", in a run that was taken back" if present.is_hidden else ""
        reason = f"The id {candidate_id!r:.120} is already here with another prompt or response{where}."
        start = draft.model_response[:200]
        _reject(RejectedLine(item.line_number, "id_conflict", reason, start), item, result)
        return False
    return True


def _is_same_place(present: Known, item: ReadItem, draft: CandidateDraft) -> bool:
    """Whether the item is the card's, although its text is read differently today.

    A harness's item is, if an older version made the card. A line is, if an older version would have read the text
    that the card has.
    """
    if item.key:
        return present.older is not None
    said = former_of(item)
    return said is not None and text_hash(said.prompt_messages, said.model_response) == present.text_hash


def _sort_rejected(
    line: RejectedLine, item: ReadItem, place: Place, known: dict[str, Known], result: SortedBatch
) -> None:
    """Reject a line, unless an older version made a card of it: that line counts as skipped."""
    draft = place.draft_of(item)
    present = known.get(str(draft.id)) if draft else None
    if draft is None or present is None or present.older is None or not _is_same_place(present, item, draft):
        _reject(line, item, result)
        return
    result.tally["skipped"] += 1
    result.notes[READ_OTHERWISE] += 1
    result.count("failed", group_of(draft))


def _reject(line: RejectedLine, item: ReadItem, result: SortedBatch) -> None:
    result.rejected.append(msgspec.structs.replace(line, file=line.file or item.file))
    result.tally["rejected"] += 1
