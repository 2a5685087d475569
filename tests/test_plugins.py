"""What other packages add: installed for real beside Avocet, whole ones and broken ones."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from avocet.categories import FAILURE_CATEGORIES
from avocet.settings import Settings
from tests.processes import COMMAND, environment
from tests.promises.project import ROOT

PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")
PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "avocet-broken"
version = "0.3"

[project.entry-points."avocet.importers"]
gone = "avocet_broken:Gone"
raising = "avocet_broken:Raising"
half = "avocet_broken:Half"
ours = "avocet_broken:Ours"

[project.entry-points."avocet.exporters"]
no_module = "avocet_broken_elsewhere:Any"
half = "avocet_broken:Half"

[tool.hatch.build.targets.wheel]
only-include = ["avocet_broken.py"]
"""
BROKEN = """
class Raising:
    def __init__(self):
        raise RuntimeError("no licence found")

class Half:
    name = "half"

class Ours:
    name = "lm-eval"
    title = "Not theirs"
    recognises = group = read = lambda *_: 1 / 0
"""


def block(after: str) -> str:
    """The first code block of the page behind a text."""
    found = re.search(r"```\w+\n(.*?)```", PAGE.partition(after)[2], re.DOTALL)
    assert found
    return found[1]


def install(target: Path, source: Path, files: dict[str, str]) -> None:
    source.mkdir()
    for name, text in files.items():
        (source / name).write_text(text, "utf-8")
    pip = (
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
    )
    # what make tells pip for the project itself is not for this
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    subprocess.run((*pip, "--no-build-isolation", "--target", target, source), check=True, env=outside)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both packages installed."""
    folder = tmp_path_factory.mktemp("plugins")
    files = {"quizlog.py": block("`quizlog.py`"), "pyproject.toml": block("`pyproject.toml`")}
    install(folder / "site", folder / "avocet-quizlog", files)
    install(folder / "more", folder / "avocet-broken", {"pyproject.toml": PYPROJECT, "avocet_broken.py": BROKEN})
    return folder


def run(site: Path, settings: Settings, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    path = f"{site / 'site'}:{site / 'more'}"
    command = (*COMMAND, *map(str, arguments))
    return subprocess.run(command, env=environment(settings, PYTHONPATH=path), capture_output=True, text=True)


def test_the_importer_of_the_page_imports_and_broken_ones_are_named(
    site: Path, settings: Settings, tmp_path: Path
) -> None:
    items = [json.loads(block("per line:")), {"quiz": "capitals", "question": "?", "answer": "Rome", "right": "Rome"}]
    lines = [items[0], {**items[1], "passed": True}, {**items[1], "passed": False, "answer": 3}]
    log = tmp_path / "quiz.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))

    done = run(site, settings, "import", log)
    assert done.returncode == 0, done.stderr
    assert "3 lines read: imported 1, skipped 0, rejected 1, passed 1" in done.stdout
    for name in ("Gone", "Raising", "Half", "Ours"):
        assert f"avocet_broken:{name} of the package avocet-broken 0.3 is left out" in done.stderr
    assert "no licence found" in done.stderr
    assert "the name 'lm-eval' is taken" in done.stderr
    assert "Traceback" not in done.stderr

    stats = json.loads(run(site, settings, "stats", "--json").stdout)
    assert stats["by_task_type"] == {"capitals": 1}
    assert set(FAILURE_CATEGORIES) < stats["by_category"].keys()

    exported = run(site, settings, "export", "--format", "candidates", "-o", tmp_path / "out.jsonl")
    assert exported.returncode == 0, exported.stderr
    assert "avocet_broken_elsewhere:Any of the package avocet-broken 0.3 is left out" in exported.stderr
    card = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert card["failure_reason"] == "answered 'Cusco', expected 'Lima'"


def test_the_page_keeps_its_word() -> None:
    assert len(block("`quizlog.py`").splitlines()) <= 40
