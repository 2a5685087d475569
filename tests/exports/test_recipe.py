"""Recipes are kept under a name."""

from __future__ import annotations

from typing import Any

import pytest

from avocet.db import Database
from avocet.errors import InvalidRequest, UnknownFormat, UnknownRecipe
from avocet.exporters.base import Rules
from avocet.exports import ExportFilter, Recipe, Splits, recipe

MINE = Recipe(
    format="trl-dpo",
    filter=ExportFilter(exclude_category=("scoring_artifact",), min_change=0.1),
    splits=Splits(train=0.9, test=0.1, salt="7"),
    rules=Rules(duplicates=True),
)


def test_comes_back_as_it_was_kept(database: Database) -> None:
    recipe.save(database, " mine ", MINE)
    recipe.save(database, "Zwei 🦤", Recipe())
    assert recipe.read(database, "mine") == MINE
    assert set(recipe.read_all(database)) == {"mine", "Zwei 🦤"}


def test_one_of_the_same_name_is_replaced(database: Database) -> None:
    recipe.save(database, "mine", MINE)
    recipe.save(database, "mine", Recipe(format="csv"))
    assert recipe.read_all(database) == {"mine": Recipe(format="csv")}


def test_can_be_forgotten(database: Database) -> None:
    recipe.save(database, "mine", MINE)
    recipe.forget(database, "mine")
    with pytest.raises(UnknownRecipe, match="Known: none yet"):
        recipe.read(database, "mine")
    with pytest.raises(UnknownRecipe):
        recipe.forget(database, "mine")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_name_that_is_none(database: Database, name: str) -> None:
    with pytest.raises(InvalidRequest):
        recipe.save(database, name, MINE)


@pytest.mark.parametrize(
    ("shares", "error"),
    [
        ({"train": 0.9}, InvalidRequest),
        ({"train": 1.1, "test": -0.1}, InvalidRequest),
        ({"train": float("nan")}, InvalidRequest),
        ({"train": float("inf"), "test": float("-inf")}, InvalidRequest),
    ],
)
def test_shares_that_are_none(database: Database, shares: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        recipe.save(database, "mine", Recipe(splits=Splits(**shares)))


def test_an_unknown_format_is_not_kept(database: Database) -> None:
    with pytest.raises(UnknownFormat):
        recipe.save(database, "mine", Recipe(format="xlsx"))
