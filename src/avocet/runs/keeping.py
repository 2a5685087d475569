"""Which items that did not fail become cards, to audit what a check accepts (`--keep passed=50`).

Per task and model those with the smallest hashes of the run's seed and the item's name: a random choice that stays
the same on every import, and that a larger number only adds to.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import count
from typing import Literal, NamedTuple

import msgspec

from avocet.domain import CandidateDraft, Outcome, RejectedLine
from avocet.importers.base import ImportOptions, ReadItem, Settled
from avocet.review import lot
from avocet.runs.identity import text_hash
from avocet.runs.item_names import GroupKey, ItemName, group_of, name_of

Amount = int | Literal["all"]
HELD_BYTES = 64 * 1024 * 1024
"""What the chosen items may take before they are forgotten and read a second time."""


class _Held(NamedTuple):
    """A chosen item. The heap's first is the one with the largest hash."""

    order: int
    number: int
    name: ItemName
    item: ReadItem | None
    size: int


class Keeper:
    """The items that are kept, chosen while all of them go by."""

    def __init__(self, options: ImportOptions, seed: int) -> None:
        self._wanted = options.keep or {}
        self._seed = seed
        self._held: dict[tuple[Outcome, GroupKey], list[_Held]] = {}
        self._bytes = 0
        self._read_to = 0
        self._numbers = count()
        self._is_full = False

    def every(self, items: Iterable[ReadItem]) -> Iterator[ReadItem]:
        """The items, with the cards of those in place that are all kept."""
        everything = {outcome for outcome, wanted in self._wanted.items() if wanted == "all"}
        return self._with_cards(items, everything) if everything else iter(items)

    @staticmethod
    def _with_cards(items: Iterable[ReadItem], outcomes: Container[Outcome]) -> Iterator[ReadItem]:
        for item in items:
            result = item.result
            if isinstance(result, Settled) and result.outcome in outcomes:
                make_card(item, result)
            yield item

    def look(self, batch: Iterable[ReadItem]) -> None:
        """Choose among the items of a batch."""
        if not self._wanted:
            return
        for item in batch:
            result = item.result
            size = max(item.size, item.bytes_read - self._read_to)
            self._read_to = item.bytes_read
            if isinstance(result, Settled) and result.draft is not None:
                wanted = self._wanted.get(result.outcome)
                if isinstance(wanted, int) and wanted > 0:
                    self._offer(item, result, wanted, size)

    def chosen(self, read_again: Callable[[], Iterable[ReadItem]]) -> Iterator[ReadItem]:
        """The chosen items with their cards, in the order of their hashes.

        All is read again if they were too many to hold.
        """
        if not self._is_full:
            held = [one for heap in self._held.values() for one in heap]
            for one in sorted(held, key=lambda one: -one.order):
                if one.item is not None and isinstance(one.item.result, Settled):
                    make_card(one.item, one.item.result)
                    yield one.item
            return
        names = {key: {one.name for one in heap} for key, heap in self._held.items()}
        for item in read_again():
            result = item.result
            if isinstance(result, Settled) and result.draft is not None:
                group = group_of(result)
                if _name(item, result) in names.get((result.outcome, group), ()):
                    make_card(item, result)
                    yield item

    def counts(self) -> int:
        """How many items are chosen by now."""
        return sum(map(len, self._held.values()))

    def last_places(self, groups: Iterable[GroupKey]) -> Mapping[GroupKey, int]:
        """Of these groups, the place in the lot up to which all passes were kept; none where none was wanted."""
        wanted: Amount = self._wanted.get("passed", 0)
        if not wanted:
            return {}
        heaps = {group: self._held.get(("passed", group), []) for group in groups}
        is_short = {group: wanted == "all" or len(heap) < wanted for group, heap in heaps.items()}
        return {group: lot.EVERY if is_short[group] else -heap[0].order for group, heap in heaps.items()}

    def _offer(self, item: ReadItem, result: Settled, wanted: int, size: int) -> None:
        group = group_of(result)
        name = _name(item, result)
        order = -lot.place(self._seed, *group, *name)
        one = _Held(order, next(self._numbers), name, None if self._is_full else item, size)
        heap = self._held.setdefault((result.outcome, group), [])
        if len(heap) < wanted:
            heapq.heappush(heap, one)
            gone = None
        else:
            gone = heapq.heappushpop(heap, one)
        self._bytes += size - (gone.size if gone else 0)
        if self._bytes > HELD_BYTES and not self._is_full:
            self._forget()

    def _forget(self) -> None:
        """Hold names alone from here on."""
        self._is_full = True
        for key, heap in self._held.items():
            self._held[key] = [one._replace(item=None) for one in heap]


def _name(item: ReadItem, result: Settled) -> ItemName:
    """The item's name; a line without a key or an id is named by its text."""
    draft = result.draft() if item.key is None and result.draft else None
    own = None
    if isinstance(draft, CandidateDraft):
        own = draft.id or text_hash(draft.prompt_messages, draft.model_response)
    return name_of(item, result.task_type, own)


def make_card(item: ReadItem, result: Settled) -> None:
    """Put the card of an item in its place; an item that can't become one stays counted as it is."""
    draft: CandidateDraft | RejectedLine | None = result.draft() if result.draft else None
    if isinstance(draft, CandidateDraft):
        item.result = draft


def as_before(options: ImportOptions, before: str | None) -> ImportOptions:
    """The options with what the run's last import kept (its options as JSON), so that the choice stays one by lot."""
    kept = msgspec.json.decode(before or "{}", type=ImportOptions).keep or {}
    more = {outcome: _more(wanted, (options.keep or {}).get(outcome, 0)) for outcome, wanted in kept.items()}
    return msgspec.structs.replace(options, keep={**(options.keep or {}), **more} or None)


def _more(one: Amount, other: Amount) -> Amount:
    return "all" if one == "all" or other == "all" else max(one, other)


def seed_of(run_id: str) -> int:
    """The seed of a new run: of its name, so that two desks keep the same items of it."""
    return int.from_bytes(hashlib.blake2b(run_id.encode(), digest_size=4).digest(), "big") | 1
