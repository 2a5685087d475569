"""What is asked of a sample: which cards, how many, divided by what."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection

from avocet.checks import CHECK_KINDS
from avocet.domain import OUTCOMES, Outcome, plural
from avocet.errors import InvalidRequest
from avocet.review import search
from avocet.review.card_filter import NONE, values_of
from avocet.review.queue import QueueFilter

MAX_NAME_CHARACTERS = 80
MAX_CARDS = 100_000
"""The most cards that are asked for at once."""

Per = Literal["task", "model", "outcome"]
PERS: Final[tuple[Per, ...]] = ("outcome", "task", "model")
_FIELD: Final[dict[Per, str]] = {"outcome": "outcome", "task": "task_type", "model": "model_name"}


class Part(msgspec.Struct, frozen=True):
    """What all cards of a part of a sample have in common; a key that is absent does not divide the sample.

    Passes are divided by task, model and run at least, since a different share of each is kept.
    """

    outcome: Outcome
    task_type: str | msgspec.UnsetType | None = msgspec.UNSET
    model_name: str | msgspec.UnsetType | None = msgspec.UNSET
    run_id: str | msgspec.UnsetType = msgspec.UNSET

    @property
    def name(self) -> str:
        """The part as rows store it."""
        return msgspec.json.encode(self).decode()


class Share(msgspec.Struct, frozen=True):
    """How many cards to take of one outcome, or of one outcome and task, or outcome and model, or all three."""

    outcome: Outcome
    cards: int
    task_type: str | msgspec.UnsetType | None = msgspec.UNSET
    model_name: str | msgspec.UnsetType | None = msgspec.UNSET


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A sample that is asked for: `size` cards in all or, with `per`, of each task, model or outcome.

    `allocation` says instead how many of each outcome, or of each pair or triple with task and model. `filter` may
    use only what is known before anybody reads a card; its order is ignored. Without a `seed`, one is chosen by
    chance and kept.
    """

    filter: QueueFilter = QueueFilter()
    size: int | None = None
    allocation: tuple[Share, ...] = ()
    per: tuple[Per, ...] = ()
    seed: int | None = None


def check_name(name: str) -> None:
    """Check the name of a sample.

    Raises:
        InvalidRequest: it can't be one.
    """
    if not name.strip() or name != name.strip() or len(name) > MAX_NAME_CHARACTERS or "/" in name or "\x00" in name:
        sentence = f"A sample's name has 1 to {MAX_NAME_CHARACTERS} characters, no slash, and no space at its ends."
        raise InvalidRequest(sentence)


def check(asked: Asked) -> None:
    """Check that a sample can be drawn as it is asked for.

    Raises:
        InvalidRequest: it can't be.
    """
    check_amount(asked.size, asked.allocation)
    if asked.filter.like is not None or asked.filter.sample is not None:
        raise InvalidRequest("A sample is drawn from the cards of a filter: leave out like and sample.")
    if asked.filter.tag is not None or asked.filter.not_tag is not None:
        raise InvalidRequest("Tags are known only after reading: a sample of them would be no choice by chance.")
    if asked.allocation and asked.per:
        raise InvalidRequest("An allocation says by what it divides: leave out per.")
    if unknown := set(asked.per) - set(PERS):
        raise InvalidRequest(f"per is task, model or outcome, not {sorted(unknown)[0]!r:.60}.")
    checks = {*values_of(asked.filter.check), *values_of(asked.filter.not_check)} - {*CHECK_KINDS, NONE}
    if checks:
        raise InvalidRequest(f"There is no kind of check {sorted(checks)[0]!r:.60}.")
    if asked.filter.one_outcome not in (None, *OUTCOMES):
        known = ", ".join(OUTCOMES)
        raise InvalidRequest(f"An outcome is one of {known} and any, not {asked.filter.one_outcome!r:.60}.")
    if asked.seed is not None and not 0 <= asked.seed <= 2**31:
        raise InvalidRequest("The seed is a number between 0 and 2147483648.")


def check_amount(size: int | None, allocation: Sequence[Share]) -> None:
    """Check how many cards are asked for.

    Raises:
        InvalidRequest: none, too many, or in two ways at once.
    """
    if (size is None) == (not allocation):
        raise InvalidRequest("Say how many cards: either a size, or an allocation.")
    amounts = [size] if size is not None else [share.cards for share in allocation]
    if min(amounts) < 1 or sum(amounts) > MAX_CARDS:
        raise InvalidRequest(f"A sample takes between 1 and {MAX_CARDS:,} cards at once.")
    if len({per_of_share(share) for share in allocation}) > 1:
        raise InvalidRequest("The shares of an allocation name the same: outcome, and task or model or both.")
    if len({group_of_share(share) for share in allocation}) < len(allocation):
        raise InvalidRequest("The allocation names the same cards twice.")


def check_search(connection: Connection, filters: QueueFilter) -> None:
    """Check that a search for text knows all cards.

    Raises:
        InvalidRequest: it knows only some, so that others could not be drawn.
    """
    if not filters.q:
        return
    state = search.state(connection)
    if state.indexed < state.total:
        raise InvalidRequest(
            f"The search knows {state.indexed:,} of {plural(state.total, 'card')} so far; "
            "the others could not be drawn. "
            "Wait until it knows all (avocet serve fills it), or leave out the text."
        )


def stored_per(asked: Asked) -> tuple[Per, ...]:
    """By what the sample is divided, in a fixed order."""
    if asked.allocation:
        return per_of_share(asked.allocation[0])
    return tuple(per for per in PERS if per in asked.per)


def part_of(per: Sequence[Per], outcome: Outcome, task_type: str | None, model_name: str | None, run_id: str) -> Part:
    """The part of a sample divided by `per` that a card belongs to."""
    is_pass = outcome == "passed"
    return Part(
        outcome,
        task_type if is_pass or "task" in per else msgspec.UNSET,
        model_name if is_pass or "model" in per else msgspec.UNSET,
        run_id if is_pass else msgspec.UNSET,
    )


def group_of(per: Sequence[Per], part: Part) -> Hashable:
    """What a part is counted with: parts that differ only in what `per` does not name share their cards."""
    return tuple(getattr(part, _FIELD[one]) for one in per)


def per_of_share(share: Share) -> tuple[Per, ...]:
    """By what a share divides a sample."""
    return tuple(per for per in PERS if getattr(share, _FIELD[per]) is not msgspec.UNSET)


def group_of_share(share: Share) -> tuple[Any, ...]:
    """The group of the parts that a share of an allocation means."""
    return tuple(getattr(share, _FIELD[per]) for per in per_of_share(share))


def share_of(per: Sequence[Per], part: Part, cards: int) -> Share:
    """The share of a part in a sample that is divided by outcome, and by what else `per` says."""
    task = part.task_type if "task" in per else msgspec.UNSET
    model = part.model_name if "model" in per else msgspec.UNSET
    return Share(part.outcome, cards, task, model)


def stored_filter(filters: QueueFilter) -> dict[str, Any]:
    """The filter as rows store it: what it says, without its order."""
    said = msgspec.structs.asdict(filters)
    del said["order"], said["seed"]
    return {name: value for name, value in said.items() if value is not None} | {
        "outcome": filters.one_outcome or "any"
    }
