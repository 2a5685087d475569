"""The meanings of a table's columns: a guess by common names, and the check of a person's mapping."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from avocet.categories import FAILURE_CATEGORIES
from avocet.domain import Json
from avocet.errors import ChoiceNeeded, InvalidRequest
from avocet.importers.reading.literals import is_listing
from avocet.importers.reading.meanings import MEANINGS, folded
from avocet.importers.reading.scores import (
    NOT_ONE_NUMBER,
    is_nan,
    score_of,
    told_number,
    truth,
    why_unscored,
    written_number,
)
from avocet.importers.reading.tables import Table, value_at

_SHOWN = 60


def guess(table: Table) -> dict[str, str]:
    """A mapping guessed from the columns' names, each column once; meanings without a fitting column are left out."""
    by_name: dict[str, str] = {}
    # columns before fields of the same name within a column
    for column in sorted(table.columns, key=lambda column: "." in column):
        by_name.setdefault(folded(column.rpartition(".")[2] or column), column)
    found: dict[str, str] = {}
    for meaning, names in MEANINGS.items():
        taken = set(found.values())
        fitting = (by_name[name] for name in map(folded, names) if name in by_name)
        if named := next((name for name in fitting if name not in taken and _fits(meaning, name, table)), None):
            found[meaning] = named
    if "messages" in found:
        found.pop("prompt", None)
        found.pop("system", None)
    return found


def check(mapping: Mapping[str, str], table: Table, name: str) -> dict[str, str]:
    """Check that a mapping says enough and that the table has its columns; return it.

    Raises:
        InvalidRequest: it says too little, or names an unknown meaning or column; says which there are.
    """
    check_meanings(mapping)
    for column in mapping.values():
        if column not in table.columns and not any(value_at(row, column) is not None for row in table.first):
            raise InvalidRequest(f"{name} has no column {column!r:.200}. It has: {_listed(table.columns)}.")
    return dict(mapping)


def check_meanings(mapping: Mapping[str, str]) -> None:
    """Check that a mapping, for whatever table, says where the prompt and the response are.

    Raises:
        InvalidRequest: it doesn't, or it names an unknown meaning.
    """
    if unknown := [meaning for meaning in mapping if meaning not in MEANINGS]:
        raise InvalidRequest(f"{unknown[0]!r:.80} is no meaning of a column. There are: {', '.join(MEANINGS)}.")
    if not mapping.keys() & {"prompt", "messages"}:
        raise InvalidRequest("Say which column holds the prompt: map prompt or messages.")
    if {"prompt", "messages"} <= mapping.keys():
        raise InvalidRequest("Map prompt or messages, not both: messages are the whole prompt.")
    if "response" not in mapping and "messages" not in mapping:
        raise InvalidRequest("Say which column holds the model's answer: map response.")


def needed(table: Table, name: str) -> ChoiceNeeded:
    """The question to ask about a table without a mapping."""
    found = guess(table)
    question = f"{name} is a table: say which columns hold the prompt and the model's response. "
    question += described(table, found)
    return ChoiceNeeded(question, needs="mapping", columns=table.columns, guess=found, meanings=list(MEANINGS))


def described(table: Table, found: Mapping[str, str]) -> str:
    """The columns of a table and what they seem to mean, in sentences."""
    names = f"Columns: {_listed(table.columns)}."
    pairs = ", ".join(f"{meaning} = {column}" for meaning, column in found.items())
    return f"{names} By their names: {pairs}." if pairs else f"{names} Their names don't tell which is which."


def completed(found: Mapping[str, str]) -> dict[str, str]:
    """A guess with the meanings it lacks; the word `COLUMN` stands for a column that could not be guessed."""
    wanted = {} if found.keys() & {"prompt", "messages"} else {"prompt": "COLUMN"}
    if "response" not in found and "messages" not in found:
        wanted["response"] = "COLUMN"
    return {**wanted, **found}


def _fits(meaning: str, column: str, table: Table) -> bool:
    """Whether a column's first values fit the meaning that its name suggests."""
    values = [value_at(row, column) for row in table.first]
    values = [value for value in values if value not in (None, "") and not is_nan(value)]
    match meaning:
        case "messages":
            return bool(values) and all(
                isinstance(value, list) or (isinstance(value, str) and is_listing(value)) for value in values
            )
        case "failure_category":
            return all(value in FAILURE_CATEGORIES for value in values if isinstance(value, str))
        case "score":
            return _are_mostly(told_number, values)
        case "passed":
            return _are_mostly(truth, values)
        case _:
            return True


def _are_mostly(said: Callable[[Any], object], values: list[Any]) -> bool:
    """Whether `said` reads most of the values that are not empty; a bad value costs only its own row."""
    filled = [value for value in values if why_unscored(value) == NOT_ONE_NUMBER]
    return bool(filled) and 2 * sum(said(value) is not None for value in filled) > len(filled)


def is_number(value: Json) -> bool:
    """Whether a value is a number, or a text that is one."""
    return is_nan(value) or (written_number(value) if isinstance(value, str) else score_of(value)) is not None


def _listed(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - _SHOWN:,} more" if len(columns) > _SHOWN else ""
    return f"{', '.join(columns[:_SHOWN])}{more}"
