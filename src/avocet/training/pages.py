"""HTML pages of reports: no script, nothing to fetch, and every text is escaped."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import msgspec


def page(title: str, *parts: str) -> str:
    """A whole page; `parts` are HTML, the title is text."""
    return _PAGE.format(title=html.escape(title), body="\n".join(parts))


def facts(told: Mapping[str, str]) -> str:
    """A table of names and texts."""
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(value)}</td></tr>'
        for name, value in told.items()
    )
    return f'<table class="facts">{rows}</table>'


def settings(config: msgspec.Struct) -> str:
    """A table of every value of a configuration."""
    return facts({name: _shown(value) for name, value in msgspec.to_builtins(config).items()})


def grid(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with a heading for each column; the first cell of a row is its heading."""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return f'<div class="grid"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title} · Avocet</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; --train: #8a5a12; --eval: #1d6fa5; }}
@media (prefers-color-scheme: dark) {{ :root {{ --train: #e0a94f; --eval: #6cb8e6; }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.4rem; }} h2 {{ font-size: 1.05rem; margin-top: 2rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line);
  font-variant-numeric: tabular-nums; }}
th[scope=row] {{ font-weight: 500; overflow-wrap: anywhere; }}
.facts th {{ width: 14rem; }} .facts td {{ overflow-wrap: anywhere; }}
.grid {{ overflow-x: auto; }} .grid td {{ white-space: nowrap; }}
svg {{ width: 100%; height: auto; }} svg text {{ font-size: 11px; fill: currentColor; }}
polyline, line.mean {{ fill: none; stroke-width: 2; }} polyline.train {{ stroke: var(--train); }}
polyline.eval {{ stroke: var(--eval); stroke-dasharray: 5 4; }} circle.eval {{ fill: var(--eval); }}
line.mean {{ stroke: var(--train); }} line.axis {{ stroke: var(--line); }}
.key span {{ margin-inline-end: 1.5rem; }} .key .train {{ color: var(--train); }} .key .eval {{ color: var(--eval); }}
</style></head><body>
<h1>{title}</h1>
{body}
</body></html>
"""
