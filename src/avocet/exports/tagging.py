"""Tags in an export: those that the filter names, and the names that rows are written with."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, Connection, false, func, or_

from avocet.db import AnySelect
from avocet.errors import UnknownFilterValue
from avocet.exports.recipe import Recipe
from avocet.exports.state import DeskState
from avocet.review import tags
from avocet.tags import key_of

KNOWN_TOLD = 20


def names(connection: Connection, recipe: Recipe) -> tags.Names:
    """The names of tags by number: those that the recipe keeps, or today's; none if it asks for no tags."""
    if recipe.tag_names is not msgspec.UNSET:
        return recipe.tag_names
    wanted = recipe.failure_tags or recipe.filter.tags or recipe.filter.not_tags
    return tags.names_of(connection) if wanted else {}


def kept(recipe: Recipe, names: tags.Names, written: set[int]) -> Recipe:
    """The recipe with the names that were used, so that the dataset can be made again after tags were renamed."""
    used = written | _numbers((*recipe.filter.tags, *recipe.filter.not_tags), names)
    chosen = {number: names[number] for number in sorted(used)}
    return msgspec.structs.replace(recipe, tag_names=chosen or msgspec.UNSET)


def check(connection: Connection, recipe: Recipe) -> None:
    """Refuse a tag that there is not.

    Raises:
        UnknownFilterValue: the filter names one; the error lists those that there are.
    """
    asked = {name: getattr(recipe.filter, name) for name in ("tags", "not_tags")}
    if not any(asked.values()):
        return
    known = list(dict.fromkeys(names(connection, recipe).values()))
    keys = set(map(key_of, known))
    for name, values in asked.items():
        for value in values:
            if key_of(value) not in keys:
                listed = ", ".join(known[:KNOWN_TOLD]) or "none yet"
                sentence = f"{name} has the unknown value {value!r:.120}. Known: {listed}."
                raise UnknownFilterValue(sentence, known=known)


def where(query: AnySelect, connection: Connection, recipe: Recipe, state: DeskState) -> AnySelect:
    """Narrow `query`, which selects from candidates joined to `state`, to what the filter wants."""
    wanted = recipe.filter
    if not (wanted.tags or wanted.not_tags):
        return query
    found = names(connection, recipe)
    if wanted.tags:
        query = query.where(_has(state, _numbers(wanted.tags, found)))
    return query.where(~_has(state, _numbers(wanted.not_tags, found))) if wanted.not_tags else query


def _has(state: DeskState, numbers: set[int]) -> ColumnElement[bool]:
    stored = func.coalesce(state.tags, "")
    return or_(false(), *(stored.contains(f",{number},") for number in sorted(numbers)))


def _numbers(asked: Iterable[str], names: tags.Names) -> set[int]:
    keys = set(map(key_of, asked))
    return {number for number, name in names.items() if key_of(name) in keys}
