"""The plots of the page: an SVG of its own for each part, readable on a light and on a dark page."""

from __future__ import annotations

from html import escape

from examples.flywheel.parts import Part
from examples.flywheel.results import Result

from avocet.comparing.difference import Difference

WIDTH, LEFT, RIGHT, ROW = 720, 170, 30, 44
INK, SOFT, DOT, MEAN = "#1f2933", "#7b8794", "#9fb3c8", "#0b69a3"


def plot(part: Part, result: Result) -> str:
    """Above, what share of the items each seed passed; below, each difference with its range."""
    items = max(len(result.measured(kept=part.kept)), 1)
    before = 0 if part.kept else len(result.before)
    marks = {arm.name: result.counts(arm.name, kept=part.kept) for arm in part.arms}
    first, *others = part.arms
    told = {f"{arm.name} − {first.name}": result.compared(first.name, arm.name, kept=part.kept) for arm in others}
    top = 30
    below = top + ROW * (len(marks) + (0 if part.kept else 1)) + 60
    height = below + ROW * len(told) + 42
    label = f"{part.title}: {_said(marks, items)}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="14" role="img" aria-label="{escape(label)}">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *_shares(marks, before if not part.kept else None, items, top),
        *_differences(told, below),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _said(marks: dict[str, list[int]], items: int) -> str:
    means = (f"{name} passes {sum(counts) / len(counts):.1f} of {items}" for name, counts in marks.items())
    return ", ".join(means)


def _shares(marks: dict[str, list[int]], before: int | None, items: int, top: int) -> list[str]:
    most = max([max(counts) for counts in marks.values()] + [before or 0, 1]) / items
    end = min(1.0, (int(most * 10) + 1) / 10)
    lines = []
    rows = [*([("before", [before])] if before is not None else []), *marks.items()]
    for at, (name, counts) in enumerate(rows):
        y = top + ROW * at + ROW // 2
        lines += [_text(LEFT - 12, y + 5, name, anchor="end"), _line(LEFT, y, WIDTH - RIGHT, y, "#e4e7eb")]
        for count in counts:
            lines.append(f'<circle cx="{_x(count / items, 0, end)}" cy="{y}" r="6" fill="{DOT}" fill-opacity="0.7"/>')
        x = _x(sum(counts) / len(counts) / items, 0, end)
        lines.append(_line(x, y - 13, x, y + 13, MEAN, width=3))
    y = top + ROW * len(rows) + 4
    lines += _axis(y, [end * part / 4 for part in range(5)], 0, end, "{:.0%}")
    return lines


def _differences(told: dict[str, Difference], top: int) -> list[str]:
    ends = [
        abs(each) for one in told.values() if one.difference for each in (one.difference.low, one.difference.high)
    ]
    end = (int(max([*ends, 0.01]) * 100 / 5) + 1) * 5 / 100
    lines = [_line(_x(0, -end, end), top, _x(0, -end, end), top + ROW * len(told), SOFT)]
    for at, (name, one) in enumerate(told.items()):
        y = top + ROW * at + ROW // 2
        half = len(name) // 2 + name[len(name) // 2 :].find(" ") if len(name) > 22 else len(name)
        lines += [_text(LEFT - 12, y + (-3 if name[half:] else 5), name[:half], anchor="end")]
        lines += [_text(LEFT - 12, y + 14, name[half:].strip(), anchor="end")] if name[half:] else []
        if one.difference:
            low, value, high = (
                _x(each, -end, end) for each in (one.difference.low, one.difference.value, one.difference.high)
            )
            lines += [_line(low, y, high, y, MEAN, width=3)]
            lines.append(f'<circle cx="{value}" cy="{y}" r="6" fill="{MEAN}"/>')
    return lines + _axis(top + ROW * len(told) + 4, [-end, -end / 2, 0, end / 2, end], -end, end, "{:+.1%}")


def _axis(y: float, values: list[float], low: float, high: float, form: str) -> list[str]:
    lines = [_line(LEFT, y, WIDTH - RIGHT, y, SOFT)]
    for value in values:
        x = _x(value, low, high)
        lines += [_line(x, y, x, y + 5, SOFT), _text(x, y + 20, form.format(value), colour=SOFT)]
    return lines


def _x(value: float, low: float, high: float) -> float:
    return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: int = 1) -> str:
    return f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "middle", colour: str = INK) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
