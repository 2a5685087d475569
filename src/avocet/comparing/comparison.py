"""Two runs or more, matched by task item over the ledger: passes too, whether they have a card or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from avocet.comparing import picked
from avocet.comparing.answers import Verdicts, in_common
from avocet.comparing.counting import CategoryRow, ComparedItem, Count, TaskRow, names_of
from avocet.comparing.difference import Method, Range, difference
from avocet.comparing.exposure import ExposedItems, Exposure, warning
from avocet.comparing.sides import Found, Side, find_side
from avocet.comparing.trained_on import Sources, TrainedOn, both, told_by_person, told_by_run
from avocet.db import Database
from avocet.domain import plural
from avocet.errors import InvalidRequest
from avocet.models import Item
from avocet.scores import corrected_score, score_difference
from avocet.scores.compared import ScoreReads
from avocet.scores.report import RunScopes
from avocet.scores.rows import Number, is_right, number_of

MOST_SIDES: Final = 8
COUNTED_ONLY: Final = "passes are known as numbers only: flips to and from passed can't be listed"


class Compared(msgspec.Struct, frozen=True):
    """How the answers of `after` differ from those of `before`, on the items that both have.

    `items_compared` were judged on both sides, `read_before` and `read_after` of them by people; `set_aside` are
    questions that a reader took out; `unjudged` were not scored on one side; `only_before` and `only_after` have no
    partner. The difference is after less before. With several epochs an item is fixed if a larger share of its
    answers is right, and broken if a smaller one is. Where a side's passes are known as numbers only, or the shared
    items were picked because it failed them (`passes_listed` is false), its passes are not among the items: the
    difference is not told, and there may be more flips than are counted. `corrected_before` and `corrected_after` are
    the sides' corrected scores over all their items. `exposure` is null where nothing is known of what the sides'
    models were trained on.
    """

    before: Side
    after: Side
    verdicts: Verdicts
    items_compared: int
    read_before: int
    read_after: int
    right_before: float
    right_after: float
    fixed: int
    broken: int
    still_wrong: int
    still_right: int
    passes_listed: bool
    difference: Range | None
    p_value: float | None
    method: Method
    set_aside: int
    unjudged: int
    only_before: int
    only_after: int
    corrected_before: Number | None
    corrected_after: Number | None
    corrected_difference: Number | None
    tasks: list[TaskRow]
    categories: list[CategoryRow]
    items: list[ComparedItem]
    exposure: Exposure | None
    notes: list[str]


class SeveralItem(msgspec.Struct, frozen=True):
    """An item of all sides, with what it is worth on each, and the card to look at; None where there is none."""

    task: str
    item: str | None
    title: str | None
    values: list[float]
    cards: list[str | None]


class Comparison(msgspec.Struct, frozen=True):
    """Three sides or more: each with the first, and the items on which they differ."""

    sides: list[Side]
    pairs: list[Compared]
    items: list[SeveralItem]


def compare(
    database: Database,
    before: str,
    after: str,
    *,
    verdicts: Verdicts = "people",
    all_items: bool = False,
    sources: Sources = Sources(),  # noqa: B008 (it is frozen)
) -> Compared:
    """Compare two sides, each `RUN` or `RUN:MODEL`. `items` are those that flipped, or all of them.

    `sources` say where to look for what the sides were trained on.

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: a run was taken back whole.
        InvalidRequest: a side names no model and its run holds several, or the sides are the same; or a source is
            nothing that a model was trained on.
        UnknownExport, Prerequisite: a source is no export, or its manifest can't be read.
    """
    if before == after:
        raise InvalidRequest(f"Both sides are {before!r:.120}: name two runs, or two models of one run as RUN:MODEL.")
    said = [told_by_person(database, names, sources) for names in (sources.before, sources.after)]
    with database.read() as connection:
        sides = [find_side(connection, name) for name in (before, after)]
        learned = [both(one, told_by_run(connection, side, sources)) for one, side in zip(said, sides, strict=True)]
        return _compare(connection, sides, learned, verdicts, all_items)


def compare_several(
    database: Database,
    names: Sequence[str],
    *,
    verdicts: Verdicts = "people",
    sources: Sources = Sources(),  # noqa: B008 (it is frozen)
) -> Comparison:
    """Compare three sides or more with the first.

    Raises:
        InvalidRequest: the same side twice, or too many.
        UnknownRun, TakenBack: as for `compare`.
    """
    if len(set(names)) < len(names) or not 2 <= len(names) <= MOST_SIDES:
        raise InvalidRequest(f"Name 2 to {MOST_SIDES} different sides.")
    with database.read() as connection:
        sides = [find_side(connection, name) for name in names]
        learned = [told_by_run(connection, side, sources) for side in sides]
        pairs = [
            _compare(connection, [sides[0], other], [learned[0], of_other], verdicts, all_items=False)
            for other, of_other in zip(sides[1:], learned[1:], strict=True)
        ]
        items = list(_differing(connection, sides, verdicts))
    brief = [msgspec.structs.replace(pair, items=[]) for pair in pairs]
    return Comparison([one.side for one in sides], brief, items)


def _differing(connection: Connection, sides: list[Found], verdicts: Verdicts) -> Iterator[SeveralItem]:
    for one in in_common(connection, sides, verdicts):
        values = [side.value for side in one.sides]
        known = [value for value in values if value is not None]
        if len(known) == len(values) and any(left != right for left, right in pairwise(known)):
            item, title = names_of(one.sides)
            cards = [side.shown.candidate_id for side in one.sides]
            yield SeveralItem(one.task, item, title, [float(value) for value in known], cards)


def _compare(
    connection: Connection, sides: list[Found], learned: list[TrainedOn], verdicts: Verdicts, all_items: bool
) -> Compared:
    before, after = sides
    count = Count(all_items, ExposedItems(connection, learned))
    for one in in_common(connection, sides, verdicts):
        count.add(one)
    told = difference(count.pairs, has_epochs=count.has_epochs)
    chosen = picked.picked(connection, sides, count.matched, count.passed)
    passes_listed = not (before.counted or after.counted or chosen)
    scores = _corrected(connection, before, after)
    exposure = count.exposed.told(has_epochs=count.has_epochs, passes_listed=passes_listed)
    return Compared(
        before=before.side,
        after=after.side,
        verdicts=verdicts,
        items_compared=count.pairs.total(),
        read_before=count.read[0],
        read_after=count.read[1],
        right_before=float(sum(pair[0] * n for pair, n in count.pairs.items())),
        right_after=float(sum(pair[1] * n for pair, n in count.pairs.items())),
        fixed=count.kinds["fixed"],
        broken=count.kinds["broken"],
        still_wrong=count.kinds["still_wrong"],
        still_right=count.kinds["still_right"],
        passes_listed=passes_listed,
        difference=told.difference if passes_listed else None,
        p_value=told.p_value if passes_listed else None,
        method=told.method,
        set_aside=count.set_aside,
        unjudged=count.unjudged,
        only_before=_listed(connection, before) - count.matched,
        only_after=_listed(connection, after) - count.matched,
        corrected_before=scores[0],
        corrected_after=scores[1],
        corrected_difference=scores[2],
        tasks=count.tasks(),
        categories=count.categories(),
        items=sorted(count.items, key=lambda item: (item.kind != "broken", item.kind != "fixed")),
        exposure=exposure,
        notes=_notes(before, after, count, exposure, learned) + [picked.told(side, count.matched) for side in chosen],
    )


def _listed(connection: Connection, side: Found) -> int:
    per_group = select(func.count(func.distinct(Item.item))).where(Item.seen > 0).group_by(Item.group_pk)
    return sum(connection.scalars(per_group.where(Item.group_pk.in_(side.groups.values()))))


def _corrected(
    connection: Connection, before: Found, after: Found
) -> tuple[Number | None, Number | None, Number | None]:
    """The corrected scores of both sides, and of the second less the first; None where they can't be told."""
    reads = []
    for found in (before, after):
        scope = RunScopes(connection, found.side.run_id).scope(found.side.model_name, None)
        reads.append(ScoreReads(scope.failed.reads(is_right), scope.passed.reads(is_right)))
    one, other = reads
    scores = [number_of(corrected_score(each.failed, each.passed)) for each in reads]
    return scores[0], scores[1], number_of(score_difference(other, one))


def _notes(
    before: Found, after: Found, count: Count, exposure: Exposure | None, learned: Sequence[TrainedOn]
) -> list[str]:
    not_clean = warning(exposure, (before.side.name, after.side.name))
    notes = [not_clean] if not_clean else []
    notes += [sentence for side in learned for sentence in side.unread]
    notes += [f"{found.side.name}: {COUNTED_ONLY}." for found in (before, after) if found.counted]
    if count.read_on_one_side:
        notes.append(_judged_unlike(before, after, count))
    if count.by_card:
        notes.append(f"Matched by the item_id of cards: {count.by_card:,}. Items without a card are left out there.")
    if not count.matched:
        notes.append("The sides have no item in common. Items are matched by task and by the harness's id.")
    return notes


def _judged_unlike(before: Found, after: Found, count: Count) -> str:
    read = " and ".join(f"{n:,} of {found.side.name}" for n, found in zip(count.read, (before, after), strict=True))
    return (
        f"Of {plural(count.pairs.total(), 'item')}, people read {read}; on {count.read_on_one_side:,} they read one "
        "side alone, and the harness judged the other. Read both, or compare by the harness's verdicts alone."
    )
