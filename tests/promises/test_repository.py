"""What is committed works elsewhere: no lock names a registry, no file names the place where it was written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.promises.project import ROOT, files

LOCKS = (
    "constraints.txt",
    "datasets-4.0.0.txt",
    "inspect-ai.txt",
    "package-lock.json",
    "uv.lock",
    "poetry.lock",
    "requirements.txt",
    "pnpm-lock.yaml",
    "yarn.lock",
)
TEXT = (
    ".py",
    ".ts",
    ".vue",
    ".md",
    ".toml",
    ".json",
    ".js",
    ".mjs",
    ".html",
    ".css",
    ".yml",
    ".yaml",
    ".cfg",
    ".mako",
)
# written in two parts: this file is looked at too
WORKPLACE = re.compile("/" + r"work/(?:main|shared)\b" + "|/" + r"root/|/" + r"home/\w+/")
REGISTRY = re.compile(r"https?://[^\s\"']*(?:registry|pypi|artifactory|nexus|jfrog|mirror)[^\s\"']*", re.IGNORECASE)
PUBLIC = re.compile("https://" + r"(?:pypi\.org/project/|www\.npmjs\.com/package/)")


@pytest.mark.parametrize("path", [path for path in files("", suffixes=()) if path.name in LOCKS], ids=str)
def test_no_lock_names_a_registry(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not REGISTRY.search(text)
    if path.name == "package-lock.json":
        packages = json.loads(text)["packages"]
        assert packages
        assert not [name for name, package in packages.items() if "resolved" in package]


def test_no_source_names_the_place_where_it_was_written() -> None:
    for path in files("", suffixes=TEXT):
        text = path.read_text("utf-8")
        if match := WORKPLACE.search(text):
            raise AssertionError(f"{path.relative_to(ROOT)} names {match.group()}")


def test_no_source_names_a_registry() -> None:
    for path in files("", suffixes=TEXT):
        for match in REGISTRY.finditer(path.read_text("utf-8")):
            assert PUBLIC.match(match.group()), f"{path.relative_to(ROOT)} names {match.group()}"
