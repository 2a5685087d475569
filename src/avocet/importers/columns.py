"""What the columns of a table mean: the meanings there are, a guess by common names, and a mapping checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from avocet.domain import FAILURE_CATEGORIES
from avocet.errors import ChoiceNeeded, InvalidRequest
from avocet.importers.literals import is_listing
from avocet.importers.tables import Table, value_at

MEANINGS: dict[str, tuple[str, ...]] = {
    "messages": ("messages", "prompt_messages", "conversation", "chat"),
    "prompt": ("prompt", "question", "input", "instruction", "query", "user_input", "problem"),
    "system": ("system", "system_prompt", "system_message"),
    "response": (
        *("response", "model_response", "output", "model_output", "completion", "prediction", "generation"),
        *("generated_text", "answer"),
    ),
    "corrected_response": ("corrected_response", "correction", "corrected"),
    "reference": (
        *("reference", "expected", "target", "label", "gold", "ground_truth", "expected_output", "reference_answer"),
        *("correct_answer", "answer"),
    ),
    "score": ("score", "quality_score"),
    "passed": ("passed", "pass", "success", "correct", "is_correct"),
    "reason": ("reason", "failure_reason", "feedback"),
    "explanation": ("explanation", "rationale", "comment"),
    "id": ("id", "item_id", "sample_id", "example_id", "uuid", "idx", "index"),
    "task": ("task", "task_type", "task_name", "benchmark", "dataset", "category", "topic"),
    "model": ("model", "model_name", "model_id"),
    "timestamp": ("timestamp", "time", "created_at", "date"),
    "failure_category": ("failure_category", "failure_type"),
}
"""Every meaning that a column may have, with the names it usually goes by."""
_SHOWN = 60


def guess(table: Table) -> dict[str, str]:
    """A mapping by the columns' names, each column once; what it can't tell is left out."""
    by_name: dict[str, str] = {}
    for column in table.columns:
        by_name.setdefault(_folded(column), column)
    found: dict[str, str] = {}
    for meaning, names in MEANINGS.items():
        taken = set(found.values())
        fitting = (by_name[folded] for folded in map(_folded, names) if folded in by_name)
        if named := next((name for name in fitting if name not in taken and _fits(meaning, name, table)), None):
            found[meaning] = named
    if "messages" in found:
        found.pop("prompt", None)
        found.pop("system", None)
    return found


def check(mapping: Mapping[str, str], table: Table, name: str) -> dict[str, str]:
    """The mapping, if the table has its columns and it says enough.

    Raises:
        InvalidRequest: an unknown meaning or column; says which there are.
    """
    check_meanings(mapping)
    for column in mapping.values():
        if column not in table.columns and not any(value_at(row, column) is not None for row in table.first):
            raise InvalidRequest(f"{name} has no column {column!r:.200}. It has: {_listed(table.columns)}.")
    return dict(mapping)


def check_meanings(mapping: Mapping[str, str]) -> None:
    """Check that a mapping, whatever the table, says where the prompt and the response are.

    Raises:
        InvalidRequest: it doesn't, or a column is to mean what none can.
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
    """The question that a table without a mapping raises."""
    told = (
        f"{name} is a table: say which columns hold the prompt and the model's response. "
        f"Columns: {_listed(table.columns)}."
    )
    return ChoiceNeeded(told, needs="mapping", columns=table.columns, guess=guess(table), meanings=list(MEANINGS))


def _fits(meaning: str, column: str, table: Table) -> bool:
    """Whether a column's first values are what its name promises."""
    values = [value for value in (value_at(row, column) for row in table.first) if value not in (None, "")]
    match meaning:
        case "messages":
            return bool(values) and all(
                isinstance(value, list) or (isinstance(value, str) and is_listing(value)) for value in values
            )
        case "failure_category":
            return all(value in FAILURE_CATEGORIES for value in values if isinstance(value, str))
        case "score":
            return bool(values) and all(is_number(value) for value in values)
        case _:
            return True


def is_number(value: Any) -> bool:  # noqa: ANN401 (JSON)
    """Whether a value is a number, or a text that says one."""
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return False
        return True
    return isinstance(value, int | float)


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _listed(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - _SHOWN:,} more" if len(columns) > _SHOWN else ""
    return f"{', '.join(columns[:_SHOWN])}{more}"
