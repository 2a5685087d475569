"""Whose a file is: each harness's samples are its own, and what only looks like them is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.importers import registry
from avocet.importers.sniff import sniff
from tests.importers.reading import SAMPLES

NOT_SAMPLES = (".md", ".expected.json")
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and not path.name.endswith(NOT_SAMPLES))


@pytest.mark.parametrize("name", ["inspect", "promptfoo", "deepeval"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_an_importer_takes_its_own_files_and_no_others(name: str, path: Path) -> None:
    assert registry()[name].recognises(sniff(path, "file")) == (path.relative_to(SAMPLES).parts[0] == name)
