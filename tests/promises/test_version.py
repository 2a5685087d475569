"""The version stands in pyproject.toml, and nobody else writes it."""

from __future__ import annotations

import tomllib

from avocet import __version__
from tests.promises.project import ROOT, files

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_the_package_says_the_version_of_its_metadata() -> None:
    assert __version__ == VERSION, "installed from an older pyproject.toml: make setup"


def test_no_source_writes_the_version_a_second_time() -> None:
    for path in files("src", suffixes=(".py",)):
        assert f'"{VERSION}"' not in path.read_text("utf-8"), path


def test_the_changelog_has_the_version_with_its_day_and_kinds() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    _, found, entries = changelog.partition(f"\n## {VERSION} - 20")
    assert found
    for kind in ("Added", "Changed", "Fixed"):
        assert f"\n### {kind}\n\n- " in entries.partition("\n## ")[0]
