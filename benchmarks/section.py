"""A section of docs/performance.md that a command of its own writes."""

from __future__ import annotations

import re
from pathlib import Path


def write(page: Path, heading: str, body: str) -> None:
    """Replace the page's section of that heading, or add it at the end."""
    text = page.read_text("utf-8")
    section = f"{heading}\n\n{body}\n"
    pattern = re.compile(re.escape(heading) + r".*?(?=\n## |\Z)", re.DOTALL)
    text = pattern.sub(lambda _: section, text) if heading in text else f"{text.rstrip()}\n\n{section}"
    page.write_text(text, "utf-8")
