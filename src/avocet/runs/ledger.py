"""The ledger: one row for every item that a run's files list, with its outcome in the last import (`models.Item`).

Rows and their counts change in the import's own batches. A group is what one model did on one task in one run.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from avocet.db import insert_missing, replace_rows
from avocet.domain import OUTCOMES, ItemOutcome, Outcome
from avocet.models import Candidate, Item, ItemGroup
from avocet.review import counters
from avocet.review.counters import STATE_COLUMNS, CardState
from avocet.runs.item_names import GroupKey, ItemName, Name, placeholder

CARDS_AT_ONCE = 1_000


class LedgerRow(NamedTuple):
    """An item as a batch read it. `candidate_id` is the id of its card, None if the batch made or met none."""

    group: GroupKey
    name: ItemName
    outcome: Outcome
    candidate_id: str | None = None


class _Found(NamedTuple):
    """A row as it is stored before a batch."""

    outcome: str
    seen: int
    candidate_seq: int | None


class Ledger:
    """The ledger of one run during one import, the run's import number `number`.

    `is_older`: the run was imported before, so that it has rows, some of them placeholders.
    """

    def __init__(self, run_pk: int, number: int, *, is_older: bool) -> None:
        self._run_pk = run_pk
        self._number = number
        self._is_older = is_older
        self._is_new = not is_older
        self._touched: dict[GroupKey, int] = {}

    def record(
        self,
        connection: Connection,
        rows: Sequence[LedgerRow],
        cards: Mapping[str, int],
        made: Mapping[int, ItemOutcome],
        counted: Mapping[tuple[GroupKey, Outcome], int],
    ) -> dict[GroupKey, int]:
        """Write a batch's rows.

        `cards` has the numbers of their cards, `made` the outcomes of those that the batch made, `counted` the items
        that were only counted.

        Returns:
            The primary keys of the batch's groups, for `committed`.
        """
        named = _by_name(rows)
        numbers = self._numbers(connection, {group for group, _ in named} | {group for group, _ in counted})
        self._count(connection, numbers, counted)
        written = self._insert(connection, numbers, named, cards) if self._is_new else None
        if written is None:
            written = self._replace(connection, numbers, named, cards)
        outcomes = {seq: outcome for *_, outcome, _, seq in written if seq is not None}
        if self._is_older:
            self._drop_placeholders(connection, numbers, outcomes)
        _follow(connection, {seq: outcome for seq, outcome in outcomes.items() if made.get(seq) != outcome})
        return numbers

    def committed(self, groups: Mapping[GroupKey, int]) -> None:
        """Say that a batch with these groups is durable."""
        self._touched |= groups

    @property
    def groups(self) -> Iterable[GroupKey]:
        """The groups that this import met."""
        return self._touched

    def finish(self, connection: Connection, kept_to: Mapping[GroupKey, int]) -> None:
        """Mark the items absent that the files no longer have, in the groups that this import met.

        `kept_to` is the last place of their lot, for those of which passes were kept.
        """
        for group, last in kept_to.items():
            of_group = update(ItemGroup).where(ItemGroup.pk == self._touched[group])
            connection.execute(of_group.values(kept_to=last))
        changes: Tally[tuple[GroupKey, str]] = Tally()
        for group, pk in self._touched.items():
            gone = (Item.group_pk == pk, Item.seen < self._number, Item.seen > 0)
            query = select(Item.outcome, func.count()).where(*gone).group_by(Item.outcome)
            for outcome, n in connection.execute(query):
                changes[group, outcome] -= n
            if any(changes[group, outcome] for outcome in OUTCOMES):
                cards = connection.scalars(select(Item.candidate_seq).where(*gone))
                _follow(connection, dict.fromkeys((seq for seq in cards if seq is not None), "absent"))
                connection.execute(update(Item).where(*gone).values(seen=0))
        _add(connection, self._touched, changes)

    def _numbers(self, connection: Connection, groups: set[GroupKey]) -> dict[GroupKey, int]:
        """The primary key of each group; new ones are made."""
        numbers = self._touched
        if not groups <= numbers.keys():
            query = select(ItemGroup.model_name, ItemGroup.task_type, ItemGroup.pk)
            query = query.where(ItemGroup.run_pk == self._run_pk)
            numbers = {GroupKey(model, task): pk for model, task, pk in connection.execute(query)}
        for group in sorted(groups - numbers.keys()):
            values = {"run_pk": self._run_pk, **group._asdict()}
            statement = insert(ItemGroup).values(values).returning(ItemGroup.pk)
            numbers[group] = connection.execute(statement).scalar_one()
        return {group: numbers[group] for group in groups}

    def _count(
        self,
        connection: Connection,
        numbers: Mapping[GroupKey, int],
        counted: Mapping[tuple[GroupKey, Outcome], int],
    ) -> None:
        """Count the items without rows anew: those of an earlier import go when this one meets the group.

        So does the end of the lot: until this import has kept what belongs, some passes before it have no card.
        """
        for group, pk in numbers.items():
            if group not in self._touched:
                none = {"counted_passed": 0, "counted_errored": 0, "counted_unscored": 0, "kept_to": None}
                connection.execute(update(ItemGroup).where(ItemGroup.pk == pk).values(none))
        for (group, outcome), n in counted.items():
            column = f"counted_{outcome}"
            grown = {column: getattr(ItemGroup, column) + n}
            connection.execute(update(ItemGroup).where(ItemGroup.pk == numbers[group]).values(grown))

    def _insert(
        self,
        connection: Connection,
        numbers: Mapping[GroupKey, int],
        named: Mapping[Name, LedgerRow],
        cards: Mapping[str, int],
    ) -> list[_Written] | None:
        """Insert the rows of a run's first import without a look at what is there, and count them.

        Returns:
            None if some were there, since the files list an item twice: they are still to be replaced.
        """
        number = self._number
        written = [
            (numbers[group], *name, row.outcome, number, cards.get(row.candidate_id or ""))
            for (group, name), row in named.items()
        ]
        self._is_new = insert_missing(connection, Item.__tablename__, _KEYS, _COLUMNS, written) == len(written)
        if not self._is_new:
            # nothing tells which of them were there
            connection.execute(_count_rows.where(ItemGroup.pk.in_(numbers.values())))
            return None
        _add(connection, numbers, Tally((group, row.outcome) for (group, _), row in named.items()))
        return written

    def _replace(
        self,
        connection: Connection,
        numbers: Mapping[GroupKey, int],
        named: Mapping[Name, LedgerRow],
        cards: Mapping[str, int],
    ) -> list[_Written]:
        """Write rows in place of those that are there, whose cards they keep, and count what changed."""
        found = self._find(connection, numbers, named)
        changes: Tally[tuple[GroupKey, str]] = Tally()
        written: list[_Written] = []
        for at, row in named.items():
            before = found.get(at)
            seq = cards.get(row.candidate_id or "") or (before.candidate_seq if before else None)
            if before and before.seen:
                changes[row.group, before.outcome] -= 1
            changes[row.group, row.outcome] += 1
            written.append((numbers[row.group], *row.name, row.outcome, self._number, seq))
        replace_rows(connection, Item.__tablename__, _KEYS, _COLUMNS, written)
        _add(connection, numbers, changes)
        return written

    def _find(
        self,
        connection: Connection,
        numbers: Mapping[GroupKey, int],
        named: Iterable[Name],
    ) -> dict[Name, _Found]:
        wanted: dict[GroupKey, list[bytes]] = {}
        for group, name in named:
            wanted.setdefault(group, []).append(name.item)
        found = {}
        for group, items in wanted.items():
            rows = connection.execute(_rows_of, {"group_pk": numbers[group], "items": items})
            for item, epoch, outcome, seen, seq in rows:
                found[group, ItemName(item, epoch)] = _Found(outcome, seen, seq)
        return found

    def _drop_placeholders(
        self,
        connection: Connection,
        numbers: Mapping[GroupKey, int],
        cards: Iterable[int],
    ) -> None:
        """Drop the rows that stood for these cards until their items were read again."""
        names = [placeholder(seq) for seq in cards]
        groups = {pk: group for group, pk in numbers.items()}
        if not names:
            return
        changes: Tally[tuple[GroupKey, str]] = Tally()
        query = delete(Item).where(Item.group_pk.in_(groups), Item.item.in_(names))
        for pk, outcome in connection.execute(query.returning(Item.group_pk, Item.outcome)):
            changes[groups[pk], outcome] -= 1
        _add(connection, numbers, changes)


_KEYS = ("group_pk", "item", "epoch")
_COLUMNS = (*_KEYS, "outcome", "seen", "candidate_seq")
_Written = tuple[int, bytes, str, Outcome, int, int | None]
"""The values of `_COLUMNS`."""
_rows_of = select(Item.item, Item.epoch, Item.outcome, Item.seen, Item.candidate_seq).where(
    Item.group_pk == bindparam("group_pk"), Item.item.in_(bindparam("items", expanding=True))
)
_states_of = select(Candidate.seq, *STATE_COLUMNS).where(
    Candidate.seq.in_(bindparam("cards", expanding=True)),
)
_held_states = _states_of.with_for_update().order_by(Candidate.seq)


_grow = (
    update(ItemGroup)
    .where(ItemGroup.pk == bindparam("group"))
    .values({name: getattr(ItemGroup, name) + bindparam(f"more_{name}") for name in OUTCOMES})
)
_count_rows = update(ItemGroup).values(
    {
        name: select(func.count())
        .where(Item.group_pk == ItemGroup.pk, Item.outcome == name, Item.seen > 0)
        .scalar_subquery()
        for name in OUTCOMES
    }
)


def _by_name(rows: Sequence[LedgerRow]) -> dict[Name, LedgerRow]:
    """The last row of each name, with the card that any of them has."""
    named = {(row.group, row.name): row for row in rows}
    if len(named) < len(rows):
        for row in rows:
            if row.candidate_id:
                at = row.group, row.name
                named[at] = named[at]._replace(candidate_id=row.candidate_id)
    return named


def _add(
    connection: Connection, numbers: Mapping[GroupKey, int], changes: Mapping[tuple[GroupKey, str], int]
) -> None:
    groups = sorted({group for (group, _), n in changes.items() if n})
    rows = [
        {"group": numbers[group], **{f"more_{name}": changes.get((group, name), 0) for name in OUTCOMES}}
        for group in groups
    ]
    if rows:
        connection.execute(_grow, rows)


def _follow(connection: Connection, outcomes: Mapping[int, ItemOutcome]) -> None:
    """Give the cards of these items the outcome of this import; a decided card keeps its own."""
    numbers = iter(sorted(outcomes))
    while cards := list(islice(numbers, CARDS_AT_ONCE)):
        rows = connection.execute(_outcomes_of, {"cards": cards})
        other = [row.seq for row in rows if row.item_outcome != outcomes[row.seq]]
        if other:
            _change_outcomes(connection, other, outcomes)


_outcomes_of = select(Candidate.seq, Candidate.item_outcome).where(
    Candidate.seq.in_(bindparam("cards", expanding=True))
)


def _change_outcomes(connection: Connection, cards: list[int], outcomes: Mapping[int, ItemOutcome]) -> None:
    moves: list[tuple[CardState, int]] = []
    for seq, *values in connection.execute(_held_states, {"cards": cards}).all():
        before = CardState(*values)
        after = before._replace(item_outcome=outcomes[seq])
        if before.reading is None and after.item_outcome != "absent":
            after = after._replace(outcome=after.item_outcome)
        changed = {"outcome": after.outcome, "item_outcome": after.item_outcome}
        connection.execute(update(Candidate).where(Candidate.seq == seq).values(changed))
        moves += [(before, -1), (after, 1)]
    counters.change(connection, moves)
