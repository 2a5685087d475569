"""Write the examples of the report into the documentation, as a desk tells them: `python scripts/report_example.py`.

A run of 412 failures and 588 passes, of which 100 and 50 were read at random.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec

from avocet.categories import FailureCategory
from avocet.db import Database
from avocet.domain import Verdict
from avocet.faults import CheckFault
from avocet.importers.base import ImportOptions
from avocet.review import decisions, queue, samples
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.runs import import_run
from avocet.runs.sources import RunSource
from avocet.scores.report import report
from avocet.scores.suggesting import suggest

ROOT = Path(__file__).parent.parent
PAGES = {ROOT / "docs" / "http.md": ("report", "next"), ROOT / "docs" / "scores.md": ("command",)}
RUN = "nightly-2"
FAILED, PASSED = 412, 588
DIGITS = 6


class Said(NamedTuple):
    """What a reader says of so many cards, one after another."""

    cards: int
    action: Verdict
    category: FailureCategory | None = None
    fault: CheckFault | None = None


OF_FAILURES = (
    Said(9, "accept", fault="check_too_strict"),
    Said(2, "accept", fault="reference_wrong"),
    Said(1, "accept"),
    Said(61, "flag", "wrong_answer"),
    Said(12, "flag", "partial_answer"),
    Said(7, "flag", "style_violation"),
    Said(2, "flag", "hallucination"),
    Said(4, "correct"),
    Said(2, "flag", fault="question_broken"),
)
OF_PASSES = (Said(49, "accept"), Said(1, "flag", "wrong_answer"))


@cache
def examples() -> dict[str, str]:
    """The text of each example by its name."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/avocet.db")
        try:
            database.migrate()
            _read_by_lot(database, Path(folder))
            found: dict[str, Any] = msgspec.to_builtins(report(database, RUN))
            proposed = msgspec.to_builtins(suggest(database, RUN, 50))
        finally:
            database.close()
        command = _run("report", RUN, data=folder)
    (row,), judges = found.pop("rows"), json.dumps(found.pop("judges"))
    keys = ",\n".join(f"  {json.dumps(key)}: {json.dumps(_rounded(value))}" for key, value in row.items())
    head = json.dumps(found).removesuffix("}")
    return {
        "report": f'{head}, "rows": [{{\n{keys}}}], "judges": {judges}}}',
        "next": json.dumps(_rounded(proposed)),
        "command": f"$ avocet report {RUN}\n{command.rstrip()}",
    }


def written(page: Path) -> str:
    """The text of a page with its examples made anew."""
    text, made = page.read_text("utf-8"), examples()
    for name in PAGES[page]:
        head, found, rest = text.partition(f"<!-- made by scripts/report_example.py: {name} -->\n")
        fence, _, rest = rest.partition("\n")
        _, end, rest = rest.partition("\n```\n")
        if not end:
            raise ValueError(f"{page} has no place for the example {name}")
        text = f"{head}{found}{fence}\n{made[name]}{end}{rest}"
    return text


def _read_by_lot(database: Database, folder: Path) -> None:
    outcomes = ["failed"] * FAILED + ["passed"] * PASSED
    lines = [
        {
            "id": f"item/{number}",
            "task_type": "arithmetic",
            "model_name": "small",
            "outcome": outcome,
            "prompt_messages": [{"role": "user", "content": f"What is {number} + 1?"}],
            "model_response": f"It is {number}.",
        }
        for number, outcome in enumerate(outcomes)
    ]
    file = folder / "sft_candidates.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    import_run(database, RunSource(file, RUN, "2026-11-22T18:38:17"), options=ImportOptions(keep={"passed": 100}))
    for outcome, size, said in (("failed", 100, OF_FAILURES), ("passed", 50, OF_PASSES)):
        name = f"audit-{outcome}"
        wanted = QueueFilter(run_id=RUN, outcome=outcome)  # type: ignore[arg-type]
        samples.draw(database, name, Asked(filter=wanted, size=size, seed=7), "rowan")
        cards = iter(queue.page(database, QueueFilter(sample=name, outcome=None), per_page=size).items)
        for one in said:
            for _ in range(one.cards):
                _decide(database, next(cards)["id"], one)


def _decide(database: Database, card: str, said: Said) -> None:
    text = "One more." if said.action == "correct" else None
    submission = Submission(
        id=card,
        action=said.action,
        corrected_response=text,
        failure_category=said.category,
        check_fault=said.fault,
    )
    decisions.submit(database, submission, "rowan")


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def _run(*arguments: str, data: str) -> str:
    given = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
    environment = {**given, "AVOCET_DATA_DIR": data, "COLUMNS": "120", "NO_COLOR": "1"}
    command = [str(Path(sys.executable).with_name("avocet")), *arguments]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page), "utf-8")
