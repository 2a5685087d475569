"""A desk with decisions, in few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from avocet import exports
from avocet.db import Database
from avocet.exports import ExportFilter, Recipe
from avocet.review import decisions
from avocet.review.decisions import Submission
from tests.factories import RUN, Line, candidate_line, import_lines


def decide(database: Database, number: int, action: str, text: str | None = None, **more: Any) -> int:
    """Submit on the card of `candidate_line(number)`; the decision's number."""
    submission = Submission(id=f"{RUN}/item-{number}", action=action, corrected_response=text, **more)  # type: ignore[arg-type]
    return decisions.submit(database, submission, more.get("reviewer", "rowan")).decision_id


def corrected(database: Database, folder: Path, lines: list[Line], text: str = "right") -> None:
    """Import lines as corrections."""
    done = [{**line, "status": "approved", "corrected_response": text} for line in lines]
    import_lines(database, folder, done)


def varied(database: Database, folder: Path, count: int = 60) -> None:
    """Cards of 20 items, each with several prompts, a quarter for each action."""
    import_lines(database, folder, [candidate_line(number, item_id=f"i{number % 20}") for number in range(count)])
    for number in range(count):
        action = ("correct", "accept", "discard", "flag")[number % 4]
        text = f"It is {number + 1}." if action == "correct" else None
        category = None if action == "accept" else "wrong_answer"
        decide(database, number, action, text, failure_category=category)


def rows_of(database: Database, format_name: str = "sft", **wanted: Any) -> list[Any]:
    """The rows of a format of one file."""
    content = b"".join(exports.stream(database, Recipe(format=format_name, filter=ExportFilter(**wanted))))
    return [json.loads(line) for line in content.split(b"\n") if line]


def read_rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def contents(path: Path) -> dict[str, bytes]:
    """Every file of a dataset by name: of its folder, or the one file and its manifest."""
    if path.is_dir():
        return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}
    manifest = path.with_name(f"{path.name}.manifest.json")
    return {"data": path.read_bytes(), "manifest.json": manifest.read_bytes()}
