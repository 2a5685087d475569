"""The plots of the page: an SVG of its own for each part, readable on a light and on a dark page."""

from __future__ import annotations

from html import escape

from examples.flywheel.parts import Part
from examples.flywheel.results import Result

from avocet.comparing.difference import Difference

WIDTH, LEFT, RIGHT, ROW = 720, 215, 30, 44
INK, SOFT, FAINT, DOT, MEAN = "#1f2933", "#616e7c", "#e4e7eb", "#9fb3c8", "#0b69a3"


def plot(part: Part, result: Result) -> str:
    """Above, what share of the items each seed passed; below, each difference with its range."""
    items = max(len(result.measured(kept=part.kept)), 1)
    before = 0 if part.kept else len(result.before)
    marks = {arm.name: result.counts(arm.name, kept=part.kept) for arm in part.arms}
    first, *others = part.arms
    told = {f"{arm.name} − {first.name}": result.compared(first.name, arm.name, kept=part.kept) for arm in others}
    top = 30
    below = top + ROW * (len(marks) + (0 if part.kept else 1)) + 70
    height = below + ROW * len(told) + 56
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
    step = 0.05 if most < 0.3 else 0.1
    end = min(1.0, (int(most / step) + 1) * step)
    lines = []
    rows = [*([("before", [before])] if before is not None else []), *marks.items()]
    for at, (name, counts) in enumerate(rows):
        y = top + ROW * at + ROW // 2
        lines += [_text(LEFT - 12, y + 5, name, anchor="end"), _line(LEFT, y, WIDTH - RIGHT, y, FAINT)]
        for seed, count in enumerate(counts):
            # a little below each other, so that equal ones are seen
            across = (seed - (len(counts) - 1) / 2) * 4
            lines.append(f'<circle cx="{_x(count / items, 0, end)}" cy="{y + across}" r="5" fill="{DOT}"/>')
        x = _x(sum(counts) / len(counts) / items, 0, end)
        lines.append(_line(x, y - 14, x, y + 14, MEAN, width=3))
    ticks = [step * tick for tick in range(round(end / step) + 1)]
    named = [(tick, f"{tick:.0%}") for tick in ticks]
    return lines + _axis(top + ROW * len(rows) + 4, named, 0, end, f"passed, of {items} items; a dot for each seed")


def _differences(told: dict[str, Difference], top: int) -> list[str]:
    ranges = [one.difference for one in told.values() if one.difference]
    widest = max([abs(each) for one in ranges for each in (one.low, one.high)] + [0.01])
    step = 0.05 if widest < 0.2 else 0.1
    end = (int(widest / step) + 1) * step
    lines = [_line(_x(0, -end, end), top, _x(0, -end, end), top + ROW * len(told), SOFT)]
    for at, (name, one) in enumerate(told.items()):
        y = top + ROW * at + ROW // 2
        lines.append(_text(LEFT - 12, y + 5, name, anchor="end"))
        if one.difference:
            found = one.difference
            low, value, high = (_x(each, -end, end) for each in (found.low, found.value, found.high))
            lines += [_line(low, y, high, y, MEAN, width=3)]
            lines.append(f'<circle cx="{value}" cy="{y}" r="6" fill="{MEAN}"/>')
    ticks = [step * tick for tick in range(-round(end / step), round(end / step) + 1)]
    named = [(tick, f"{tick * 100:+.0f}" if round(tick, 9) else "0") for tick in ticks]
    return lines + _axis(top + ROW * len(told) + 4, named, -end, end, "difference in points, with its 95 % range")


def _axis(y: float, ticks: list[tuple[float, str]], low: float, high: float, title: str) -> list[str]:
    lines = [_line(LEFT, y, WIDTH - RIGHT, y, SOFT)]
    for value, name in ticks:
        x = _x(value, low, high)
        lines += [_line(x, y, x, y + 5, SOFT), _text(x, y + 20, name, colour=SOFT)]
    return [*lines, _text((LEFT + WIDTH - RIGHT) / 2, y + 40, title, colour=SOFT)]


def _x(value: float, low: float, high: float) -> float:
    return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, width: int = 1) -> str:
    return f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "middle", colour: str = INK) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
