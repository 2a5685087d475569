"""The report for a harness's tracker, as Markdown: what its checks said, and why that is wrong, task by task.

Answers come from models, and everything else from files of anybody: what is quoted can neither end its fence nor
become a link, a mention or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from avocet.categories import CATEGORY_MEANINGS
from avocet.domain import Json, Outcome
from avocet.faults import FAULT_MEANINGS, Reading
from avocet.importers.reading.values import written
from avocet.verdicts.decided import DecidedItem, HarnessRun

MOST_CHARACTERS = 4_000
"""Of one quoted text: a tracker takes some 65,000 characters for all."""
MOST_INLINE = 200
Counted = Mapping[tuple[str | None, Outcome, Reading, str | None], int]
_BACKTICKS = re.compile("`+")
_NO_TASK = "(no task)"
_HEADINGS = {
    "false_fails": "Right answers that the check failed",
    "false_passes": "Wrong answers that the check passed",
    "faults": "Other faults",
}
_NOUNS = {
    "false_fails": ("right answer failed", "right answers failed"),
    "false_passes": ("wrong answer passed", "wrong answers passed"),
    "faults": ("other fault", "other faults"),
}


def report(run: HarnessRun, counts: Counted, items: Iterable[DecidedItem]) -> Iterator[str]:
    """The report in pieces; `items` as `decided.findings` orders them."""
    yield from _head(run, counts)
    task: tuple[str | None] | None = None
    kind = None
    for item in items:
        if task != (item.task_type,):
            task, kind = (item.task_type,), None
            yield f"\n## {_task(item.task_type)}\n"
        if kind != (kind := _kind(item)):
            yield f"\n### {_HEADINGS[kind]}\n"
        yield from _finding(item)


def _head(run: HarnessRun, counts: Counted) -> Iterator[str]:
    version = f" {inline(run.harness_version)}" if run.harness_version else ""
    yield f"# What people found wrong with the checks of {inline(run.run_id)}\n\n"
    yield f"Harness: {inline(run.made_by)}{version}. "
    judged = sum(counts.values())
    yield f"{judged:,} {'answer was' if judged == 1 else 'answers were'} judged by people. Long texts are cut.\n"
    by_task: dict[str, dict[str, int]] = {}
    for (task, outcome, verdict, fault), n in counts.items():
        if kind := _kind_of(outcome, verdict, fault):
            found = by_task.setdefault(_task(task), dict.fromkeys(_HEADINGS, 0))
            found[kind] += n
    if not by_task:
        yield "\nNothing is wrong with them, as far as was read.\n"
        return
    yield "\n"
    for name, found in sorted(by_task.items()):
        yield f"- {name}: {', '.join(_number(n, kind) for kind, n in found.items() if n)}\n"


def _number(n: int, kind: str) -> str:
    one, several = _NOUNS[kind]
    return f"{n:,} {one if n == 1 else several}"


def _kind(item: DecidedItem) -> str:
    return _kind_of(item.outcome, item.verdict, item.check_fault) or "faults"


def _kind_of(outcome: Outcome, verdict: Reading, fault: str | None) -> str | None:
    if outcome == "failed" and verdict == "right":
        return "false_fails"
    if outcome == "passed" and verdict == "wrong":
        return "false_passes"
    return "faults" if fault else None


def _task(task: str | None) -> str:
    return _NO_TASK if task is None else inline(task)


def _finding(item: DecidedItem) -> Iterator[str]:
    epoch = "" if item.epoch is None else f", epoch {inline(str(item.epoch))}"
    name = item.item_id or item.avocet_id
    yield f"\n#### Item {inline(name)}{epoch}{f', {inline(item.model_name)}' if item.model_name else ''}\n"
    for heading, text in _quoted(item):
        if text is not None and text != "":
            yield f"\n**{heading}**\n\n{fenced(text)}\n"
    yield "\n**Why it is wrong**\n\n"
    yield f"- the harness says {item.outcome}, {inline(item.reviewer)} says {item.verdict.replace('_', ' ')}\n"
    if item.failure_category:
        yield f"- `{item.failure_category}`: {CATEGORY_MEANINGS[item.failure_category]}\n"
    if item.check_fault:
        yield f"- `{item.check_fault}`: {FAULT_MEANINGS[item.check_fault]}\n"
    if item.note:
        yield f"\n{fenced(item.note)}\n"
    if item.corrected_reference is not None:
        yield f"\n**Reference that would be right**\n\n{fenced(_text(item.corrected_reference))}\n"


def _quoted(item: DecidedItem) -> Iterator[tuple[str, str | None]]:
    turns = msgspec.json.decode(item.prompt)
    several = len(turns) > 1
    yield "Prompt", "\n\n".join(f"{turn['role']}: {_turn(turn)}" if several else _turn(turn) for turn in turns)
    yield "Answer", item.answer or "(empty)"
    yield "Expected", None if item.reference is None else _text(item.reference)
    yield "What the check said", item.failure_reason or item.explanation


def _turn(turn: Json) -> str:
    content = turn.get("content")
    return written(content) if content else written(turn.get("tool_calls") or "")


def _text(stored: str) -> str:
    """A stored JSON value to be read: a text as it is, anything else as JSON."""
    return str(msgspec.json.decode(stored)) if stored.startswith('"') else stored


def fenced(text: str) -> str:
    """A text as a block that nothing in it can end, cut to a bearable length."""
    more = len(text) - MOST_CHARACTERS
    fence = "`" * max(3, _longest_run(text) + 1)
    cut = f"{text[:MOST_CHARACTERS]}\n… ({more:,} more characters)" if more > 0 else text
    return f"{fence}text\n{cut}\n{fence}"


def inline(text: str) -> str:
    """A short text within a line, as code that nothing in it can end."""
    line = " ".join(text[:MOST_INLINE].split()) or " "
    fence = "`" * (_longest_run(line) + 1)
    # a space at both ends is not shown, and keeps backticks of the text away from the fence
    return f"{fence} {line} {fence}" if "`" in line else f"{fence}{line}{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)
