"""The order of a sample, by nothing but its seed, the ids of its cards and the sizes of its parts."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from avocet.review.samples.asking import Part

_DIGEST_BYTES, _NUMBER_BYTES = 8, 8


class Room(NamedTuple):
    """A part: how many of its cards are members, how many more there are, and how many items they all stand for."""

    members: int
    left: int
    size: int


def hasher(seed: int) -> Callable[[str, int], bytes]:
    """A function of a card's id and number, whose values sort cards in the order of that seed (see `number_of`)."""
    begun = hashlib.blake2b(digest_size=_DIGEST_BYTES, key=str(seed).encode())

    def place(card_id: str, number: int) -> bytes:
        digest = begun.copy()
        digest.update(card_id.encode())
        return digest.digest() + number.to_bytes(_NUMBER_BYTES, "big")

    return place


def number_of(place: bytes) -> int:
    """The card's number in a value of `hasher`'s function."""
    return int.from_bytes(place[_DIGEST_BYTES:], "big")


def following(places: Iterable[bytes], after: int, count: int) -> list[int]:
    """The numbers of the `count` cards after the first `after`, in the order of their places."""
    return [number_of(place) for place in heapq.nsmallest(after + count, places)[after:]]


def split(rooms: Mapping[Part, Room], more: int) -> dict[Part, int]:
    """Split `more` cards over parts in proportion to their sizes: how many each part gets.

    Every card goes to the part with the smallest (members + ½) / size, which is the divisor method of Webster and
    Sainte-Laguë: a larger number only adds to what a smaller one gives.
    """
    waiting = [((room.members + 0.5) / room.size, part.name, part) for part, room in rooms.items() if room.left]
    heapq.heapify(waiting)
    given = dict.fromkeys(rooms, 0)
    while more and waiting:
        _, name, part = heapq.heappop(waiting)
        given[part] += 1
        more -= 1
        room, got = rooms[part], given[part]
        if got < room.left:
            heapq.heappush(waiting, ((room.members + got + 0.5) / room.size, name, part))
    return given


def interleaved(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The parts' cards, each by its part and its number among the part's, so that every part is spread evenly."""
    every = ((name, number) for name, count in counts.items() for number in range(count))
    return sorted(every, key=lambda card: ((card[1] + 0.5) / counts[card[0]], card))
