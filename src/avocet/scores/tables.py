"""A report as text: Markdown to paste, CSV to calculate with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from avocet.domain import plural
from avocet.scores.judging import JudgeReport
from avocet.scores.report import Report
from avocet.scores.rows import Number, ReportRow

COLUMNS = (
    "model",
    "task",
    "failed",
    "passed",
    "read_failed",
    "read_passed",
    "basis_failed",
    "basis_passed",
    "harness_score",
    *(
        f"{name}_{end}"
        for name in ("corrected_score", "false_fails", "false_passes", "at_most", "fails_right", "passes_wrong")
        for end in ("value", "low", "high")
    ),
    "notes",
)


def as_csv(report: Report) -> str:
    """The report as CSV, a line for each row: rates from 0 to 1, empty where they can't be told.

    The row of the whole run has what people's verdicts say of its judges, in more columns for each judge.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *_judge_columns(report.judges)])
    for row in report.rows:
        numbers = (
            row.corrected_score,
            row.false_fails,
            row.false_passes,
            row.at_most,
            row.check_errors.fails_right,
            row.check_errors.passes_wrong,
        )
        writer.writerow(
            [
                row.model_name,
                row.task,
                row.items["failed"],
                row.items["passed"],
                row.read["failed"],
                row.read["passed"],
                row.basis["failed"],
                row.basis["passed"],
                row.harness_score.value if row.harness_score else None,
                *(end for number in numbers for end in _ends(number)),
                " ".join(row.notes),
                *(_judge_cells(report.judges) if row.model_name is row.task is None else ()),
            ]
        )
    return text.getvalue()


def as_markdown(report: Report) -> str:
    """The report as Markdown: a sentence and the numbers of each row."""
    judges = ["## Judges", "", *_judges(report.judges)] if report.judges else []
    lines = [f"# Scores of {plain(report.run_id)}", "", *_table(report.rows), "", *_sentences(report.rows), *judges]
    return "\n".join(lines)


def sentence(row: ReportRow) -> str:
    """What a row says, in words that stand without the table."""
    harness = row.harness_score.value if row.harness_score else None
    if harness is None:
        return "No item of it was scored."
    said = f"The harness counted {percent(harness)} %."
    if row.corrected_score:
        return f"{_range('About', row.corrected_score)} of the answers are right. {said}"
    if row.at_most and row.at_most.high is not None:
        return (
            f"At most {percent(row.at_most.high)} % of the answers are right; nobody read those that passed. {said}"
        )
    if row.at_least and row.at_least.low is not None:
        return (
            f"At least {percent(row.at_least.low)} % of the answers are right; nobody read those that failed. {said}"
        )
    return f"How many answers are right can't be told yet. {said}"


def judge_sentence(judge: JudgeReport) -> str:
    """How far a judge can be believed, in words; the judge's name is a text from outside."""
    read = judge.passed_right + judge.passed_wrong + judge.failed_right + judge.failed_wrong
    if not read:
        return f"{judge.model} has no verdict on any answer that people read."
    said = (
        f"{judge.model} says what people say on {judge.agreed:,} of {plural(read, 'read answer')}, "
        f"the check on {judge.check_agreed:,}."
    )
    if judge.agreement is None:
        return said
    of_check = f", the check on {told(judge.check_agreement)} %" if judge.check_agreement else ""
    return f"{said} Of all answers that would be {told(judge.agreement)} %{of_check}."


def percent(rate: float) -> str:
    return f"{100 * rate:.1f}"


def told(number: Number | None) -> str:
    """A rate as a person reads it: `62.6 (58.3 to 65.4)`, in percent; a dash if it can't be told."""
    if number is None:
        return "–"
    value = percent(number.value) if number.value is not None else "–"
    if number.low is None or number.high is None or number.low == number.value == number.high:
        return value
    return f"{value} ({percent(number.low)} to {percent(number.high)})"


def _range(word: str, number: Number) -> str:
    value = percent(number.value or 0.0)
    if number.low is None or number.high is None or number.low == number.high:
        return f"{value} %"
    return f"{word} {value} % (between {percent(number.low)} and {percent(number.high)})"


def _table(rows: Iterable[ReportRow]) -> list[str]:
    lines = [
        "| model | task | items | read | harness % | corrected % | failed but right % | passed but wrong % |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        items = row.items["failed"] + row.items["passed"]
        read = row.read["failed"] + row.read["passed"]
        cells = (
            _name(row.model_name),
            _name(row.task),
            f"{items:,}",
            f"{read:,}",
            told(row.harness_score),
            told(row.corrected_score),
            told(row.false_fails),
            told(row.false_passes),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _sentences(rows: Iterable[ReportRow]) -> list[str]:
    lines = []
    for row in rows:
        names = [_name(name) for name in (row.model_name, row.task) if name is not None]
        lines.append(f"- {', '.join(names)}: {sentence(row)}" if names else f"- {sentence(row)}")
        lines += [f"  - {plain(note)}" for note in row.notes]
    return [*lines, ""]


JUDGE_COUNTS = (
    "passed_right",
    "passed_wrong",
    "failed_right",
    "failed_wrong",
    "no_verdict",
    "unjudged",
    "agreed",
    "check_agreed",
    "fails_right",
    "passes_wrong",
)
"""What the CSV has of a judge, beside its name, its prompt and both agreements."""


def _judges(judges: Iterable[JudgeReport]) -> list[str]:
    lines = [
        "| judge | prompt | passed, right | passed, wrong | failed, right | failed, wrong | no verdict "
        "| agreement % | the check's % |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    judges = list(judges)
    for judge in judges:
        counts = (judge.passed_right, judge.passed_wrong, judge.failed_right, judge.failed_wrong, judge.no_verdict)
        agreements = (told(judge.agreement), told(judge.check_agreement))
        names = (plain(judge.model), plain((judge.prompt or "")[:8]))
        lines.append(f"| {' | '.join((*names, *(f'{n:,}' for n in counts), *agreements))} |")
    lines.append("")
    for judge in judges:
        lines.append(f"- {plain(judge_sentence(judge))}")
        lines += [f"  - {plain(note)}" for note in judge.notes]
    return [*lines, ""]


def _judge_columns(judges: Iterable[JudgeReport]) -> list[str]:
    """The columns of each judge, whose names begin with its number."""
    ends = [f"{name}_{end}" for name in ("agreement", "check_agreement") for end in ("value", "low", "high")]
    names = ("model", "prompt", *JUDGE_COUNTS, *ends)
    return [f"judge_{number}_{name}" for number, _ in enumerate(judges, 1) for name in names]


def _judge_cells(judges: Iterable[JudgeReport]) -> list[object]:
    cells: list[object] = []
    for judge in judges:
        cells += [judge.model, judge.prompt, *(getattr(judge, name) for name in JUDGE_COUNTS)]
        cells += [*_ends(judge.agreement), *_ends(judge.check_agreement)]
    return cells


def _name(name: str | None) -> str:
    return "all" if name is None else plain(name) or "none"


def plain(text: str) -> str:
    """A text from a harness that can't break out of a table, or be read as markup."""
    safe = " ".join(text.split())
    for character in "\\`*_{}[]<>|#":
        safe = safe.replace(character, "\\" + character)
    return safe


def _ends(number: Number | None) -> tuple[float | None, float | None, float | None]:
    return (number.value, number.low, number.high) if number else (None, None, None)
