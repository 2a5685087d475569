"""constraints.txt pins whatever pyproject.toml asks for, at a version that it allows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.promises.project import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def asked() -> Iterator[str]:
    yield from PROJECT["build-system"]["requires"]
    yield from PROJECT["project"]["dependencies"]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        yield from extra
    for group in PROJECT["dependency-groups"].values():
        yield from group


def pins() -> dict[str, set[str]]:
    """The pinned versions by name; one name may have several, each for its own Pythons or systems."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        if not line.lstrip().startswith("#"):
            pin = Requirement(line)
            (exact,) = pin.specifier
            assert exact.operator == "==", line
            found.setdefault(canonicalize_name(pin.name), set()).add(exact.version)
    return found


PINS = pins()
ASKED = sorted({text for text in asked() if not text.startswith(PROJECT["project"]["name"])})


@pytest.mark.parametrize("text", ASKED)
def test_each_requirement_is_locked_at_a_version_that_it_allows(text: str) -> None:
    requirement = Requirement(text)
    versions = PINS.get(canonicalize_name(requirement.name))
    assert versions, f"{requirement.name} isn't in constraints.txt: make lock"
    assert all(requirement.specifier.contains(version) for version in versions), "make lock"


def test_pytorch_is_locked_as_the_build_for_processors() -> None:
    assert not any(name.startswith(("nvidia-", "cuda-", "triton")) for name in PINS)
