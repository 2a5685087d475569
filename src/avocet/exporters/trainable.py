"""What can be trained on: the one definition that exporters and `avocet train` share."""

from __future__ import annotations

from collections.abc import Sequence

from avocet.domain import Message
from avocet.exporters.base import EMPTY_ANSWER, NO_CALLS, OLD_FUNCTIONS, LeftOut, asks, has_calls
from avocet.importers.reading.tool_calls import calls_oddly

LATE_SYSTEM = LeftOut("A system's turn stands behind the first turn, which chat templates refuse.")
EMPTY_TURN = LeftOut("A turn of the prompt has neither text nor calls.")
EQUAL_SIDES = LeftOut("The better and the worse answer are the same.")


def prompt_refused(prompt: Sequence[Message]) -> LeftOut | None:
    """Why no model can be shown a prompt through its chat template; None if one can."""
    if any(map(calls_oddly, prompt)):
        return NO_CALLS
    if any(turn["role"] == "function" for turn in prompt):
        return OLD_FUNCTIONS
    if any(turn["role"] in ("system", "developer") for turn in prompt[1:]):
        return LATE_SYSTEM
    if any(not isinstance(turn.get("content"), str) and not turn.get("tool_calls") for turn in prompt):
        return EMPTY_TURN
    return asks(prompt)


def answer_refused(turn: Message) -> LeftOut | None:
    """Why there is nothing to learn from an answer's turn; None if there is."""
    return None if has_calls(turn) or (turn.get("content") or "").strip() else EMPTY_ANSWER
