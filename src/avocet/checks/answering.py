"""A check run in a process of its own: what it is asked, and what it answers, is plain JSON."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from avocet.checks.json_values import load_validators
from avocet.checks.kinds import AllOf, Assertions, Check, InvalidCheck, JsonSchema, read
from avocet.checks.results import CheckResult
from avocet.checks.running import run
from avocet.domain import Json
from avocet.errors import NotInstalled


class CheckAnswer(msgspec.Struct, frozen=True):
    """The result of a check; or, if it could not be run, a sentence that says why."""

    result: CheckResult | None = None
    reason: str | None = None


def answer_to(value: Json, text: str) -> Callable[[], Json]:
    """A function that runs the check `value` on a text, with all that it needs loaded already."""
    check = read(value)
    if check is None:
        return lambda: _plain(CheckAnswer(reason="This version does not know its kind."))
    if _needs_validators(check):
        load_validators()
    return lambda: _plain(_answer(check, text))


def _answer(check: Check, text: str) -> CheckAnswer:
    try:
        return CheckAnswer(run(check, text))
    except InvalidCheck as error:
        return CheckAnswer(reason=str(error))
    except NotInstalled as error:
        return CheckAnswer(reason=error.detail)
    except (MemoryError, RecursionError):
        return CheckAnswer(reason="It needs too much memory for this text.")


def _needs_validators(check: Check) -> bool:
    match check:
        case JsonSchema():
            return True
        case AllOf():
            return any(isinstance(one, JsonSchema) for one in check.checks)
        case Assertions():
            return any(one.type.endswith("-json") for one in check.assertions)
        case _:
            return False


def _plain(answer: CheckAnswer) -> Json:
    return msgspec.to_builtins(answer)
