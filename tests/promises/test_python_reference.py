"""docs/python.md is what the docstrings of `avocet.Desk` say, and says something of all that it offers."""

from __future__ import annotations

import inspect

import pytest
from scripts.python_reference import REFERENCE, reference

from avocet import Desk

METHODS = [name for name in vars(Desk) if not name.startswith("_")]


def test_the_committed_reference_is_the_docstrings() -> None:
    assert REFERENCE.read_text("utf-8") == reference(), "run: make types"


@pytest.mark.parametrize("name", METHODS)
def test_every_method_has_a_section_with_each_of_its_parameters(name: str) -> None:
    _, found, section = reference().partition(f"\n## {name}\n")
    section = section.partition("\n## ")[0]
    assert found
    for parameter in list(inspect.signature(getattr(Desk, name)).parameters)[1:]:
        assert f"{parameter}: " in section
    assert len(section.partition("```\n")[2].strip()) > len("A sentence.")
