"""The epoch of an answer, for harnesses that ask the same item several times."""

from __future__ import annotations

from typing import Any

import msgspec

from avocet.importers.reading.values import value_in

Epoch = int | str | None


def epoch_of(in_ledger: str | None, details: str | None) -> Epoch:
    """The epoch of a card by the ledger or, where that has none, by the card's details."""
    return as_epoch(in_ledger) if in_ledger else epoch_in(details)


def epoch_in(details: str | None) -> Epoch:
    """The epoch that a card's details tell."""
    if details is None or '"epoch"' not in details:
        return None
    return as_epoch(value_in(msgspec.json.decode(details), "epoch"))


def as_epoch(epoch: Any) -> Epoch:  # noqa: ANN401 (whatever the file said)
    """The epoch as a number where it is one."""
    if isinstance(epoch, int) and not isinstance(epoch, bool):
        return epoch
    if not isinstance(epoch, str) or not epoch:
        return None
    return int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 10 else epoch
