"""Recipes: format, filter, split and rules of an export, saved under a name; and the desk's hold-out."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from sqlalchemy import delete, select

from avocet import exporters, stored
from avocet.db import Database, put
from avocet.errors import InvalidRequest, UnknownFilterValue, UnknownRecipe
from avocet.exporters import Exporter
from avocet.exporters.base import SPLITS, Rules, Split
from avocet.exports.selection import ExportFilter
from avocet.models import Recipe as RecipeRow
from avocet.review.search import words

Passes = Literal["none", "corrected", "confirmed"]
MAX_NAME_CHARACTERS = 80
_TOLERANCE = 1e-6


class Splits(msgspec.Struct, frozen=True, kw_only=True):
    """The share of the groups that goes to each split. The same salt always gives the same split."""

    train: float
    validation: float = 0.0
    test: float = 0.0
    salt: str = ""

    def of(self, group: str) -> Split:
        """The split of a group, which all its rows have in every export with this salt."""
        at, upto = fraction(f"split\x00{self.salt}", group), 0.0
        for name in SPLITS:
            upto += getattr(self, name)
            if at < upto:
                return name
        return "train"


class HoldOut(msgspec.Struct, frozen=True, kw_only=True):
    """The share of every task that stays out of every export, so that it can be measured honestly afterwards."""

    share: float = 0.0
    salt: str = ""

    def holds(self, group: str) -> bool:
        """Whether a group is held out."""
        return self.share > 0 and fraction(f"hold-out\x00{self.salt}", group) < self.share


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What to write. The same recipe on the same state of the desk gives the same bytes.

    `revision` is that of the format which wrote a dataset; without one, a recipe is written by today's. `text_rule`
    is the rule by which `text` and `exclude_text` are searched (`search.words.RULE`); None means today's.

    `passes` are the answers that passed the check and are written beside those that did not: those that somebody
    corrected, or `confirmed`, also those that somebody accepted. `failure_tags` adds a column of that name with the
    tags. "none" and false are kept as if they were not given, so that a recipe reads as it did before there were
    these choices. `tag_names` are the names that tags had when a dataset was written, by number.
    """

    format: str = "sft"
    filter: ExportFilter = ExportFilter()
    splits: Splits | None = None
    rules: Rules = Rules()
    revision: int | msgspec.UnsetType = msgspec.UNSET
    text_rule: Literal[1, 2] | None = None
    passes: Passes | msgspec.UnsetType = msgspec.UNSET
    failure_tags: bool | msgspec.UnsetType = msgspec.UNSET
    tag_names: dict[int, str] | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        if self.passes == "none":
            msgspec.structs.force_setattr(self, "passes", msgspec.UNSET)
        if self.failure_tags is False:
            msgspec.structs.force_setattr(self, "failure_tags", msgspec.UNSET)


def fraction(salt: str, group: str) -> float:
    """A number from 0 to 1 that depends on the arguments alone."""
    digest = hashlib.blake2b(f"{salt}\x00{group}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def check(exporter: Exporter, recipe: Recipe) -> None:
    """Refuse a recipe that makes no sense, whatever the desk holds.

    Raises:
        UnknownFilterValue: a text filter holds no word to search for.
        InvalidRequest: the format can't be split or has no column of tags, the shares don't add up to 1, or the
            outcome takes in passes and the recipe does not say which.
    """
    for name in ("text", "exclude_text"):
        sought = getattr(recipe.filter, name)
        if sought and recipe.text_rule != 1 and not words.terms(sought):
            raise UnknownFilterValue(f"{name} holds no word to look for: {sought!r:.60}.", known=[])
    if exporter.is_training and recipe.filter.outcome in ("passed", "any") and not recipe.passes:
        raise InvalidRequest(
            "A training set takes in answers that passed only if passes says which: "
            "corrected, or confirmed for accepted ones too."
        )
    if recipe.failure_tags and not exporter.is_training and exporter.encoding != "csv":
        raise InvalidRequest(f"failure_tags is a column of training data and of csv; {recipe.format} has none.")
    if recipe.splits is None:
        return
    if not exporter.is_training:
        raise InvalidRequest(f"{recipe.format} is for moving and reading records: it is not split.")
    shares = [getattr(recipe.splits, name) for name in SPLITS]
    if not (min(shares) >= 0 and abs(sum(shares) - 1) <= _TOLERANCE):
        raise InvalidRequest("train, validation and test are shares of one whole: they must add up to 1.")


def save(database: Database, name: str, recipe: Recipe) -> None:
    """Save a recipe under a name, in place of one that has it.

    Raises:
        InvalidRequest: the name is blank or too long, or the recipe makes no sense.
        UnknownFormat: there is no such format.
    """
    name = name.strip()
    if not name or len(name) > MAX_NAME_CHARACTERS or "\x00" in name:
        raise InvalidRequest(f"A recipe's name has 1 to {MAX_NAME_CHARACTERS} characters.")
    check(exporters.choose(recipe.format), recipe)
    text = msgspec.json.encode(recipe).decode()
    database.change(lambda connection: put(connection, RecipeRow.__table__, {"name": name}, {"recipe": text}))


def read_all(database: Database) -> dict[str, Recipe]:
    """Every saved recipe, by name."""
    with database.read() as connection:
        rows = connection.execute(select(RecipeRow.name, RecipeRow.recipe).order_by(RecipeRow.name)).all()
    return {name: msgspec.json.decode(text, type=Recipe) for name, text in rows}


def read(database: Database, name: str) -> Recipe:
    """The saved recipe of a name.

    Raises:
        UnknownRecipe: no recipe has that name; the error lists those that there are.
    """
    known = read_all(database)
    if name not in known:
        listed = ", ".join(known) or "none yet"
        raise UnknownRecipe(f"There is no recipe {name!r:.100}. Known: {listed}.", known=list(known))
    return known[name]


def named_or_given(database: Database, name: str | None, given: Recipe | None) -> Recipe:
    """The saved recipe of that name, or else the one given.

    Raises:
        InvalidRequest: there are both, or neither.
        UnknownRecipe: no recipe has that name.
    """
    if (given is None) == (name is None):
        raise InvalidRequest("Say which: recipe_name, or recipe.")
    return read(database, name) if name else given or Recipe()


def forget(database: Database, name: str) -> None:
    """Delete a saved recipe.

    Raises:
        UnknownRecipe: no recipe has that name.
    """
    read(database, name)
    database.change(lambda connection: connection.execute(delete(RecipeRow).where(RecipeRow.name == name)))


def hold_out(database: Database) -> HoldOut:
    """The desk's hold-out; its share is 0 until somebody sets one."""
    with database.read() as connection:
        text = stored.read(connection, "hold_out")
    return msgspec.json.decode(text, type=HoldOut) if text else HoldOut()


def store_hold_out(database: Database, wanted: HoldOut) -> None:
    """Set the desk's hold-out. Earlier exports stay as they are; their manifests tell what they hold.

    Raises:
        InvalidRequest: the share is less than 0, or 1 or more.
    """
    if not 0 <= wanted.share < 1:
        raise InvalidRequest("The hold-out's share is at least 0 and less than 1.")
    text = msgspec.json.encode(wanted).decode()
    database.change(lambda connection: stored.store(connection, "hold_out", text))
