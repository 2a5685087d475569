"""A comparison for people and for CI: sentences, Markdown, JUnit."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from html import escape

from avocet.comparing.comparison import Compared, Comparison
from avocet.comparing.counting import TaskRow
from avocet.comparing.difference import Range
from avocet.comparing.exposure import ScoredItems, known
from avocet.comparing.gate import GateResult
from avocet.domain import plural
from avocet.scores.tables import plain

MOST_LISTED = 200
SURE = 0.05
_SMALLEST_P = 0.0001
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GATE = {"passed": "Gate passes", "failed": "Gate fails", "cannot_tell": "Gate cannot tell"}
_METHODS = {
    "mcnemar_newcombe": "McNemar's exact test, Newcombe's interval",
    "sign_flips_bootstrap": "flips of signs over items, bootstrap over items",
}


def headline(compared: Compared) -> str:
    """What the comparison says, in words that stand without a table."""
    items, found = compared.items_compared, compared.difference
    if not items:
        return "No item was judged on both sides."
    said = f"After, {_count(compared.right_after)} of {items:,} are right, {_count(compared.right_before)} before"
    if found is None:
        return f"{said}. Items that passed on a side are not among them, so that the sides' scores can't be compared."
    if _is_sure(compared):
        return f"{said}: {'better' if found.low > 0 else 'worse'} by {points(abs(found.value))} points."
    return f"{said}: too small a difference to be sure of." if found.value else f"{said}."


def _is_sure(compared: Compared) -> bool:
    """Whether both the interval and the test say that the sides differ; on few items they may not agree."""
    found, p = compared.difference, compared.p_value
    return found is not None and p is not None and p < SURE and (found.low > 0 or found.high < 0)


def flips(compared: Compared) -> str:
    unchanged = compared.still_right + compared.still_wrong
    return f"{compared.fixed:,} fixed, {compared.broken:,} broken; the other {unchanged:,} as they were."


def chance(compared: Compared) -> str | None:
    """How large the difference is, and how often chance alone would part two equal sides so far."""
    found, p = compared.difference, compared.p_value
    if found is None or p is None:
        return None
    method = _METHODS[compared.method]
    often = f"would differ so much or more in {_two_digits(100 * p):.0f} of 100 comparisons"
    if p < 0.01:
        often = "would hardly ever differ so much"
    told = f"p = {_two_digits(p):f}" if p >= _SMALLEST_P else f"p < {_SMALLEST_P}"
    return f"{_points(found)}. Two equally good sides {often} ({method}, {told})."


def _two_digits(value: float) -> Decimal:
    """Two significant digits, half of the last one rounded up as on the page."""
    return Context(prec=2, rounding=ROUND_HALF_UP).create_decimal_from_float(value).normalize()


def exposures(compared: Compared) -> list[str]:
    """The exposed items and the others beside each other, and of which side nothing is known."""
    told = compared.exposure
    lines = known(told, (compared.before.name, compared.after.name))
    if told is None or not told.exposed.items:
        return lines
    parts = (("The exposed", told.exposed), ("The other", told.rest))
    return [*(_scored(name, items) for name, items in parts if items.items), *lines]


def _scored(name: str, scored: ScoredItems) -> str:
    counts = f"{_count(scored.right_after)} right, {_count(scored.right_before)} before"
    said = f"{name} {plural(scored.items, 'item')}: {counts}"
    if scored.difference is None or scored.p_value is None:
        return f"{said}."
    return f"{said}; {_points(scored.difference)} (p = {scored.p_value:.2g})."


def verdict(gate: GateResult) -> str:
    """What the gate says in a few words."""
    return f"{GATE[gate.verdict]}, but the comparison is not clean" if gate.note else GATE[gate.verdict]


def points(share: float) -> str:
    return f"{100 * share:.1f}"


def _points(found: Range) -> str:
    value, low, high = (f"{100 * end:+.1f}".replace("-", "−") for end in (found.value, found.low, found.high))
    return f"{value} points, between {low} and {high}"


def _count(right: float) -> str:
    return f"{right:,.0f}" if right == int(right) else f"{right:,.1f}"


def as_markdown(compared: Compared, gate: GateResult | None = None) -> str:
    """The comparison as Markdown, with the gate and the items that flipped."""
    names = f"{plain(compared.before.name)} and {plain(compared.after.name)}"
    lines = [f"# {names} compared", "", headline(compared), flips(compared)]
    lines += [said] if (said := chance(compared)) else []
    if gate:
        lines += ["", f"**{verdict(gate)}**", ""]
        lines += [f"- {plain(one.condition)}: {plain(one.sentence)}" for one in gate.conditions]
    lines += ["", *_tasks(compared.tasks), "", *_items(compared)]
    return "\n".join([*lines, *(f"- {plain(note)}" for note in (*compared.notes, *exposures(compared))), ""])


def _tasks(rows: list[TaskRow]) -> list[str]:
    lines = ["| task | items | before | after | fixed | broken |", "|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        numbers = (f"{row.items:,}", _count(row.before), _count(row.after), f"{row.fixed:,}", f"{row.broken:,}")
        lines.append(f"| {' | '.join((plain(row.task) or 'none', *numbers))} |")
    return lines


def _items(compared: Compared) -> list[str]:
    shown = compared.items[:MOST_LISTED]
    if not shown:
        return []
    has_exposed = any(one.exposed for one in shown)
    lines = ["| | task | item | category |", "|---|---|---|---|"]
    if has_exposed:
        lines = [f"{lines[0]} exposed |", f"{lines[1]}---|"]
    for one in shown:
        category = one.after.category or one.before.category or ""
        name = one.title or one.item or ""
        mark = (" exposed |" if one.exposed else " |") if has_exposed else ""
        lines.append(f"| {one.kind.replace('_', ' ')} | {plain(one.task)} | {plain(name)} | {category} |" + mark)
    if more := len(compared.items) - len(shown):
        lines.append(f"\nand {more:,} more (`--json` has all).")
    return [*lines, ""]


def as_junit(compared: Compared, gate: GateResult) -> str:
    """The gate as a JUnit file: one test for each condition; what can't be told is an error."""
    suite = f"{compared.before.name} → {compared.after.name}"
    failures = sum(one.verdict == "failed" for one in gate.conditions)
    errors = sum(one.verdict == "cannot_tell" for one in gate.conditions)
    counts = f'tests="{len(gate.conditions)}" failures="{failures}" errors="{errors}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuite name={_attribute(suite)} {counts}>"]
    if gate.note:
        lines.append(f'  <properties><property name="exposure" value={_attribute(gate.note)}/></properties>')
    for one in gate.conditions:
        case = f"  <testcase classname={_attribute('avocet.gate')} name={_attribute(one.condition)}"
        match one.verdict:
            case "passed":
                lines.append(f"{case}><system-out>{escape(_NOT_XML.sub('', one.sentence))}</system-out></testcase>")
            case "failed":
                lines.append(f"{case}><failure message={_attribute(one.sentence)}/></testcase>")
            case _:
                lines.append(f"{case}><error message={_attribute(one.sentence)}/></testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def _attribute(text: str) -> str:
    return f'"{escape(_NOT_XML.sub("", text))}"'


def several_as_markdown(comparison: Comparison) -> str:
    """Several sides as Markdown: each with the first, and a table of the items on which they differ."""
    names = [plain(side.name) for side in comparison.sides]
    lines = [f"# {', '.join(names)} compared", ""]
    for name, pair in zip(names[1:], comparison.pairs, strict=True):
        lines.append(f"- {name}: {headline(pair)} {flips(pair)}")
        lines += [f"  {plain(note)}" for note in pair.notes]
    lines += ["", f"| task | item | {' | '.join(names)} |", f"|---|---|{'--:|' * len(names)}"]
    for one in comparison.items[:MOST_LISTED]:
        values = " | ".join(f"{value:g}" for value in one.values)
        lines.append(f"| {plain(one.task)} | {plain(one.title or one.item or '')} | {values} |")
    if (more := len(comparison.items) - MOST_LISTED) > 0:
        lines.append(f"\nand {more:,} more (`--json` has all).")
    return "\n".join([*lines, ""])
