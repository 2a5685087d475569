"""The last number of an answer."""

from __future__ import annotations

import math
import re

from avocet.checks.kinds import Number
from avocet.checks.results import Part

# for the rounding of floats that were both written in decimals
_SLACK = 1e-9
_LONGEST_NUMBER = 400
_NUMBER = re.compile(
    r"(?<!\w)(?<!\d\.)"  # not the 2 of H2O, nor the 3 of 1.2.3
    r"(?=[-+\N{MINUS SIGN}]?\.?\d)"
    r"(?:(?<![)\]])[-+\N{MINUS SIGN}])?"  # the minus of 7-4 and of (7)-4 is no sign
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?"
)


def number_part(check: Number, text: str) -> Part:
    """Whether the last number of the text is the one that is wanted."""
    expected = f"{check.value:.15g}" + (f" (± {check.tolerance:.15g})" if check.tolerance else "")
    wanted = f"the last number is {expected}"
    found = last_number(text)
    if found is None:
        return Part("number", wanted, False, f"number: none in the answer, expected {expected}")
    if abs(found - check.value) <= check.tolerance + _SLACK * max(1.0, abs(check.value)):
        return Part("number", wanted, True)
    return Part("number", wanted, False, f"number: the last one is {found:.15g}, expected {expected}")


def last_number(text: str) -> float | None:
    """The last number of a text, with point, commas, sign and exponent; None if there is none."""
    last = None
    for match in _NUMBER.finditer(text):
        last = match[0]
    if last is None:
        return None
    if len(last) > _LONGEST_NUMBER:
        return math.inf
    return float(last.replace(",", "").replace("\N{MINUS SIGN}", "-"))
