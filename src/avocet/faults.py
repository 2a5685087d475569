"""What can be wrong with an item or its check, and what a decision says of the answer."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

from avocet.categories import FailureCategory, is_artifact

CheckFault = Literal["check_too_strict", "check_too_lax", "reference_wrong", "question_broken", "harness_fault"]
CHECK_FAULTS: Final[tuple[CheckFault, ...]] = get_args(CheckFault)
NO_FAULT: Final = "none"
"""The name under which decisions without a fault are counted and found."""
SET_ASIDE: Final[frozenset[str]] = frozenset({"question_broken", "harness_fault"})
"""The faults with which an item says nothing about the model."""
Reading = Literal["right", "wrong", "set_aside", "undecided"]
READINGS: Final[tuple[Reading, ...]] = get_args(Reading)


class Fault(msgspec.Struct, frozen=True):
    """A fault of an item or its check as it is shown; the digit key n picks the n-th."""

    value: CheckFault
    label: str
    meaning: str


FAULTS: Final[tuple[Fault, ...]] = (
    Fault("check_too_strict", "Check too strict", "it fails answers that are right"),
    Fault("check_too_lax", "Check too lax", "it passes answers that are wrong"),
    Fault("reference_wrong", "Reference wrong", "the expected answer is not the right one"),
    Fault("question_broken", "Question broken", "it can't be answered, or has several right answers"),
    Fault("harness_fault", "Harness fault", "the answer was cut off, or lost on the way to the check"),
)

FAULT_MEANINGS: Final[dict[CheckFault, str]] = {one.value: one.meaning for one in FAULTS}


def reading_of(action: str, category: FailureCategory | None, fault: CheckFault | None) -> Reading:
    """What a verdict says of the model's answer.

    An item with a broken question or a harness fault is set aside. Else the answer is right if it was accepted or the
    failure is a scoring artifact. A discard that names neither category nor fault is undecided; all else is wrong.
    """
    if fault in SET_ASIDE:
        return "set_aside"
    if action == "accept" or is_artifact(category):
        return "right"
    if action == "discard" and category is None and fault is None:
        return "undecided"
    return "wrong"
