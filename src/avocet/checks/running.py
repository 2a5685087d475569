"""A check made ready once, and run on as many answers as there are."""

from __future__ import annotations

from collections.abc import Callable

from avocet.checks.assertions import assertions_look
from avocet.checks.comparing import exact_look, includes_look
from avocet.checks.json_values import schema_look
from avocet.checks.kinds import (
    AllOf,
    Assertions,
    Check,
    Exact,
    Includes,
    JsonSchema,
    MissingPatterns,
    Number,
    Patterns,
)
from avocet.checks.numbers import number_part
from avocet.checks.patterns import Look, look_for
from avocet.checks.results import CheckResult, partial_result_of, result_of

Runner = Callable[[str], CheckResult]


def prepare(check: Check) -> Runner:
    """A function that runs the check on a text. It may run for ever: a pattern can.

    Raises:
        InvalidCheck: a pattern, the schema or an assertion can't be run; says which.
        NotInstalled: the check needs a package.
    """
    match check:
        case Assertions():
            return assertions_look(check)
        case MissingPatterns():
            look = look_for(check)
            return lambda text: partial_result_of(look(text))
        case _:
            look = _look(check)
            return lambda text: result_of(look(text))


def run(check: Check, text: str) -> CheckResult:
    """Run a check once.

    Raises:
        InvalidCheck, NotInstalled: as for `prepare`.
    """
    return prepare(check)(text)


def _look(check: Patterns | Exact | Includes | Number | JsonSchema | AllOf) -> Look:
    match check:
        case AllOf():
            looks = [_look(one) for one in check.checks]
            return lambda text: [part for look in looks for part in look(text)]
        case Patterns():
            return look_for(check)
        case Number():
            return lambda text: [number_part(check, text.strip())]
        case Exact():
            part_of = exact_look(check)
        case Includes():
            part_of = includes_look(check)
        case JsonSchema():
            part_of = schema_look(check)
    return lambda text: [part_of(text)]
