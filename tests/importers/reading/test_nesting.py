"""What is nested beyond all sense costs at most itself, wherever it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from avocet.errors import AvocetError
from avocet.importers import IMPORTERS
from avocet.importers.base import Importer
from avocet.importers.reading.templates import KEPT_WHOLE, prompt_of
from tests.importers.files import SAMPLES, read_content

DEPTH = 30_000
FILES = [path for name in IMPORTERS for path in sorted((SAMPLES / name).rglob("*.json*")) if path.is_file()]
JSON_FILES = [path for path in FILES if not path.name.endswith(".expected.json")]
_TEXT = re.compile(r'(?<=": )"(?:[^"\\]|\\.){4,}+"')


def read(importer: Importer, content: bytes, name: str) -> int:
    try:
        return len(read_content(importer, content, name))
    except AvocetError:
        return 0


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize(
    "content",
    [b'{"a":' * DEPTH, b"[" * DEPTH, b'{"id": 1}\n' + b'{"a":' * DEPTH],
    ids=["object", "array", "second line"],
)
def test_as_a_file(name: str, content: bytes) -> None:
    for file in ("results.jsonl", "samples_x_2026-11-22T10-00-00.000001.jsonl"):
        read(IMPORTERS[name], content, file)


@pytest.mark.parametrize("path", JSON_FILES, ids=lambda path: path.name[:40])
def test_as_a_text_of_a_row(path: Path) -> None:
    importer = IMPORTERS[path.relative_to(SAMPLES).parts[0]]
    text = path.read_text("utf-8")[:1_000_000]
    rows = read(importer, text.encode(), path.name)
    deep = json.dumps('[{"role": ' + "[" * DEPTH)
    for longest in sorted(set(_TEXT.findall(text)), key=len)[-4:]:
        assert read(importer, text.replace(longest, deep, 1).encode(), path.name) <= rows


def test_as_a_prompt() -> None:
    assert prompt_of("[{" + "[" * DEPTH).messages[0]["content"].startswith("[{[")
    assert prompt_of("<|im_start|>[{" + "[" * DEPTH).notes == (KEPT_WHOLE,)
