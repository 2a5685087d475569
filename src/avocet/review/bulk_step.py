"""A bulk step as it is asked for: what to do, with which cards, and whether that makes sense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from avocet import must as lines
from avocet import tags as names
from avocet.categories import FailureCategory
from avocet.domain import Json, is_blank
from avocet.errors import BlankCorrection, InvalidRequest
from avocet.faults import CheckFault
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter

BulkAction = Literal["correct", "accept", "discard", "flag", "recategorise", "as_proposed"]


class BulkStep(msgspec.Struct, frozen=True, kw_only=True):
    """What to do, and with which cards.

    A verdict applies to cards that wait for review: those that match the queue filter, or those among `ids`.
    `recategorise` changes what decided cards say of category, fault and corrected reference, and keeps the rest of
    each decision: what is not given stays as each decision says, None clears it.
    `correct` is only for cards with the same text, so its filter must set `like`. `expected` is the count that the
    preview gave. `opened` are the ids of the cards that the person had on screen: they alone count as read.

    `as_proposed` gives each of the cards in `ids` what the rules propose for it, and leaves the others as they are.

    A verdict says none of what it is not given. `recategorise` gives and takes tags by `add_tags` and `remove_tags`,
    and keeps `must` and `must_not`.
    """

    action: BulkAction
    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: tuple[str, ...] | None = None
    corrected_response: str | None = None
    failure_category: FailureCategory | msgspec.UnsetType | None = msgspec.UNSET
    note: str | None = None
    check_fault: CheckFault | msgspec.UnsetType | None = msgspec.UNSET
    corrected_reference: Json | msgspec.UnsetType = msgspec.UNSET
    tags: Sequence[str] = ()
    must: Sequence[str] = ()
    must_not: Sequence[str] = ()
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()
    opened: tuple[str, ...] = ()
    expected: int | None = None


def checked(step: BulkStep) -> BulkStep:
    """The step with its tags and lines as they are stored.

    Raises:
        InvalidRequest, BlankCorrection: the step makes no sense.
    """
    _check(step)
    must, must_not = lines.checked(step.must, step.must_not)
    named = {name: names.checked(getattr(step, name)) for name in ("tags", "add_tags", "remove_tags")}
    keys = {names.key_of(name) for name in named["add_tags"]}
    if keys & {names.key_of(name) for name in named["remove_tags"]}:
        raise InvalidRequest("A tag stands in add_tags and in remove_tags: it can only be one.")
    return msgspec.structs.replace(step, must=must, must_not=must_not, **named)


def _says_anything(step: BulkStep) -> bool:
    said = (step.failure_category, step.check_fault, step.corrected_reference)
    return bool(step.add_tags or step.remove_tags) or any(one is not msgspec.UNSET for one in said)


def _check(step: BulkStep) -> None:
    if (step.queue is not None) + (step.decided is not None) + (step.ids is not None) != 1:
        raise InvalidRequest("Choose the cards by exactly one of queue, decided and ids.")
    if step.queue is not None and step.queue.sample is not None:
        raise InvalidRequest(
            "A sample is there to be read, and cards decided together count as unread: they would end it. Decide its "
            "cards one by one, or choose cards without naming the sample."
        )
    if step.action == "recategorise" and step.queue is not None:
        raise InvalidRequest("recategorise is for decided cards: choose them by decided or ids.")
    if step.action == "recategorise" and not _says_anything(step):
        raise InvalidRequest(
            "recategorise changes nothing: set failure_category, check_fault or corrected_reference (null clears "
            "it), or give add_tags or remove_tags."
        )
    if step.action == "recategorise" and (step.tags or step.must or step.must_not):
        raise InvalidRequest("recategorise keeps must lines, and changes tags by add_tags and remove_tags.")
    if step.action != "recategorise" and (step.add_tags or step.remove_tags):
        raise InvalidRequest(f"{step.action} sets all tags: give tags, not add_tags or remove_tags.")
    if step.action != "recategorise" and step.decided is not None:
        raise InvalidRequest(f"{step.action} is for cards that wait for review: choose them by queue or ids.")
    if step.action == "as_proposed" and (step.ids is None or _says_more(step)):
        raise InvalidRequest(
            "as_proposed is for chosen cards: give their ids, and no verdict, text or note of your own."
        )
    if step.action == "correct":
        if step.queue is None or step.queue.like is None:
            raise InvalidRequest("One correction for many cards needs cards with the same text: set queue.like.")
        if is_blank(step.corrected_response):
            raise BlankCorrection("A correction needs visible text.")


def _says_more(step: BulkStep) -> bool:
    said = (step.corrected_response, step.note, step.failure_category, step.check_fault, step.corrected_reference)
    lists = (step.tags, step.must, step.must_not)
    return any(lists) or any(one is not None and one is not msgspec.UNSET for one in said)
