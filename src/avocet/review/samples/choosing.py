"""Which cards come next: how many of each part, which of its order, and how the parts alternate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from avocet.domain import plural
from avocet.errors import InvalidRequest
from avocet.review.samples import asking, ordering
from avocet.review.samples.asking import Part, Per, Share
from avocet.review.samples.ordering import Room


class Member(NamedTuple):
    """A card of a sample, and its place within its part, from 1 on."""

    part: str
    place_in_part: int
    candidate_seq: int


def counts(
    per: Sequence[Per], rooms: Mapping[Part, Room], size: int | None, allocation: Sequence[Share]
) -> dict[Part, int]:
    """How many more cards each part gets, of those that get any.

    Raises:
        InvalidRequest: the sample has more than `size` already, or a share belongs to none of its parts.
    """
    groups: defaultdict[Hashable, dict[Part, Room]] = defaultdict(dict)
    for part, room in rooms.items():
        groups[asking.group_of(per, part)][part] = room
    have = {group: sum(room.members for room in parts.values()) for group, parts in groups.items()}
    more = _by_share(per, have, allocation) if size is None else _up_to(have, size)
    given = (ordering.split(groups[group], amount) for group, amount in more.items())
    return {part: n for split in given for part, n in split.items() if n}


def members(
    rooms: Mapping[Part, Room], counts: Mapping[Part, int], places: Mapping[Part, Iterable[bytes]]
) -> list[Member]:
    """The next members, so many of each part, in their order. `places` are those of all cards of these parts."""
    found = {part: ordering.following(places[part], rooms[part].members, n) for part, n in counts.items()}
    names = {part.name: part for part in counts}
    order = ordering.interleaved({name: counts[part] for name, part in names.items()})
    return [
        Member(name, rooms[names[name]].members + number + 1, found[names[name]][number]) for name, number in order
    ]


def _up_to(have: Mapping[Hashable, int], size: int) -> dict[Hashable, int]:
    fewest = min(have.values(), default=0)
    if fewest > size:
        raise InvalidRequest(
            f"The sample has {plural(fewest, 'card')} already, and can only grow: say a larger size."
        )
    return {group: max(0, size - n) for group, n in have.items()}


def _by_share(per: Sequence[Per], have: Mapping[Hashable, int], allocation: Sequence[Share]) -> dict[Hashable, int]:
    if tuple(per) != asking.per_of_share(allocation[0]):
        raise InvalidRequest("This sample is not divided as the allocation is: grow it to a size.")
    for share in allocation:
        if asking.group_of_share(share) not in have:
            said = ", ".join(str(part or "none") for part in asking.group_of_share(share))
            raise InvalidRequest(f"The sample has no part for a share of the allocation: {said:.200}.")
    return {asking.group_of_share(share): share.cards for share in allocation}
