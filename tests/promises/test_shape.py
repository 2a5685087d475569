"""Files stay small, names say what a thing is, comments are few, nothing is left for later."""

from __future__ import annotations

import io
import re
import statistics
import tokenize
from pathlib import Path

import pytest

from tests.promises.project import ROOT, files

MAX_LINES = 400
MAX_MEDIAN = 150
SOURCE = files("src")
WEB = files("web/src", suffixes=(".ts", ".vue", ".css"))
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "misc", "common"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_longer_than_a_person_reads() -> None:
    generated = {ROOT / "web/src/api/schema.d.ts"}
    long = {str(path.relative_to(ROOT)): lines(path) for path in SOURCE + WEB if path not in generated}
    assert not {name: count for name, count in long.items() if count > MAX_LINES}


def test_half_the_files_are_short() -> None:
    assert statistics.median(map(lines, SOURCE)) < MAX_MEDIAN


def test_names_say_what_a_thing_is() -> None:
    for path in files("src", "tests", "web/src", suffixes=(".py", ".ts", ".vue")):
        parts = {part.partition(".")[0].lower().strip("_") for part in path.relative_to(ROOT).parts}
        assert not parts & EMPTY_NAMES, path


def test_comments_are_few() -> None:
    comments = total = 0
    for path in SOURCE:
        text = path.read_text("utf-8")
        total += len([line for line in text.splitlines() if line.strip()])
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        comments += sum(token.type == tokenize.COMMENT and "noqa" not in token.string for token in tokens)
    assert 0 < comments / total <= 0.06


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "X" + "XX"])
def test_nothing_is_left_for_later(word: str) -> None:
    found = re.compile(rf"\b{word}\b")
    for path in files("src", "web/src", "tests", "scripts", suffixes=(".py", ".ts", ".vue")):
        assert not found.search(path.read_text("utf-8")), path


def test_the_changelog_is_open_for_the_next_line() -> None:
    assert "\n## Unreleased\n" in "\n" + (ROOT / "CHANGELOG.md").read_text("utf-8")
