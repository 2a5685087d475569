"""Say how much of the package the tests cover, and fail below the floors: `python scripts/covered.py REPORT`.

REPORT is SlipCover's JSON. Code that runs in a process started by a test is not counted. Raise a floor when its value
has risen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOORS = {"lines": 93.5, "branches": 91.0}
"""Percent."""


def main() -> str | None:
    """Print the values, and return a sentence if one is below its floor."""
    report = Path(sys.argv[1])
    summary = json.loads(report.read_text("utf-8"))["summary"]
    is_met = True
    for what, floor in FLOORS.items():
        covered, missing = summary[f"covered_{what}"], summary[f"missing_{what}"]
        percent = 100 * covered / (covered + missing)
        is_met = is_met and percent >= floor
        sys.stdout.write(f"Python tests cover {percent:.1f} % of {covered + missing:,} {what}, floor {floor:g} %\n")
    return None if is_met else f"Below the floor: {report} says which lines and branches no test runs."


if __name__ == "__main__":
    sys.exit(main())
