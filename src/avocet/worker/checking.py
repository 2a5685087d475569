"""A check run on a text, in the process that can be stopped."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avocet.checks import Check, CheckAnswer, LineMet, Part, as_json, lines_met
from avocet.errors import CheckUnusable
from avocet.worker.process import WorkProcess
from avocet.worker.searching import LIMIT_S

MAX_TEXT = 1_000_000


class CheckOutcome(msgspec.Struct, frozen=True):
    """What a check says about a text. If `is_slow` it was stopped, so that nobody knows: `passed` is null.

    If `is_partial`, only a part of the item's check is known or could be run: `passed` speaks of that part alone.
    `must` and `must_not` are the lines that came with the text; of a card whose check nobody knows, they are all.
    """

    is_slow: bool
    passed: bool | None
    is_partial: bool
    sentence: str
    parts: list[Part]
    must: list[LineMet] = []
    must_not: list[LineMet] = []


TOO_SLOW = f"The check takes too long for this text: it was stopped after {LIMIT_S * 1000:g} ms."
BUSY = "The check takes too long, since many others wait before it. Try again in a moment."


def slow(sentence: str = TOO_SLOW) -> CheckOutcome:
    return CheckOutcome(is_slow=True, passed=None, is_partial=False, sentence=sentence, parts=[])


def unknown() -> CheckOutcome:
    """What is said of a card whose check nobody knows."""
    sentence = "The desk does not know this card's check."
    return CheckOutcome(is_slow=False, passed=None, is_partial=False, sentence=sentence, parts=[])


def with_lines(outcome: CheckOutcome, text: str, must: Iterable[str], must_not: Iterable[str]) -> CheckOutcome:
    """The outcome, and which lines the text meets."""
    met, met_not = lines_met(text, must, must_not)
    return msgspec.structs.replace(outcome, must=met, must_not=met_not)


def outcome_of(process: WorkProcess, check: Check, text: str) -> CheckOutcome:
    """Run a check on a text.

    Raises:
        CheckUnusable: the check can't be run; says why.
    """
    try:
        answers = process.ask({"check": as_json(check), "text": text}, 1, loads=True)
    except OSError:
        raise CheckUnusable("The check can't be run: the desk could not start a process for it.") from None
    if not answers:
        return slow()
    answer = msgspec.convert(answers[0], CheckAnswer)
    if answer.result is None:
        raise CheckUnusable(f"The check of this card can't be run. {answer.reason}")
    return CheckOutcome(is_slow=False, **msgspec.structs.asdict(answer.result))
