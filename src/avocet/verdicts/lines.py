"""A decided item as a row: for programs, for spreadsheets, for Inspect's `precomputed_scores`, as a test case."""

from __future__ import annotations

from typing import Final

import msgspec

from avocet.categories import CATEGORY_MEANINGS
from avocet.domain import Json, JsonObject
from avocet.exporters.tables import spreadsheet_cell
from avocet.faults import FAULT_MEANINGS
from avocet.verdicts.decided import DecidedItem

GRADES: Final = {"right": "C", "wrong": "I"}
"""The letters by which Inspect's own scorers say right and wrong."""
COLUMNS: Final = (
    "task_type",
    "item_id",
    "epoch",
    "model_id",
    "model_name",
    "avocet_id",
    "outcome",
    "verdict",
    "action",
    "failure_category",
    "check_fault",
    "corrected_reference",
    "note",
    "reviewer",
    "at",
    "is_read",
)
_SHOULD: Final = {"right": "pass", "wrong": "fail"}


def row(item: DecidedItem) -> JsonObject:
    """The verdict beside the harness's outcome, under the harness's own ids."""
    values = {name: getattr(item, name) for name in COLUMNS}
    return {**values, "corrected_reference": value_of(item.corrected_reference)}


def csv_row(item: DecidedItem) -> JsonObject:
    """The same as cells of a spreadsheet; a corrected reference that is no text is JSON."""
    values = row(item)
    reference = values["corrected_reference"]
    if not isinstance(reference, str):
        values["corrected_reference"] = item.corrected_reference
    values["is_read"] = "true" if item.is_read else "false"
    return {name: spreadsheet_cell(value) for name, value in values.items()}


def inspect_row(item: DecidedItem) -> JsonObject:
    """A record of Inspect's `precomputed_scores`, for a verdict that is right or wrong."""
    return {
        "id": item.item_id,
        "epoch": item.epoch if isinstance(item.epoch, int) else None,
        "value": GRADES[item.verdict],
        "answer": item.answer if item.extracted_answer is None else item.extracted_answer,
        "explanation": why(item),
        "metadata": inspect_metadata(item),
    }


def inspect_metadata(item: DecidedItem) -> JsonObject:
    """What stands beside a score in Inspect: the verdict without the ids that Inspect has itself."""
    ids = {"task_type", "item_id", "epoch", "model_id", "model_name", "note"}
    return {name: value for name, value in row(item).items() if name not in ids}


def case_row(item: DecidedItem) -> JsonObject:
    """A regression case of the check: an answer, and whether it should pass, for a verdict that is right or wrong.

    It has the lines that a right answer must and must not contain, where a person gave some.
    """
    lines = {name: value for name in ("must", "must_not") if (value := value_of(getattr(item, name))) is not None}
    return {
        "avocet_id": item.avocet_id,
        "task_type": item.task_type,
        "item_id": item.item_id,
        "epoch": item.epoch,
        "prompt": msgspec.Raw(item.prompt.encode()),
        "answer": item.answer,
        "extracted_answer": item.extracted_answer,
        "reference": value_of(item.reference),
        "corrected_reference": value_of(item.corrected_reference),
        "check": value_of(item.check),
        "should": _SHOULD[item.verdict],
        "outcome": item.outcome,
        "failure_category": item.failure_category,
        "check_fault": item.check_fault,
        "note": item.note,
        **lines,
    }


def why(item: DecidedItem) -> str:
    """Why the verdict is what it is, in words: the category, the fault, the note."""
    words = []
    if item.failure_category:
        words.append(f"{item.failure_category}: {CATEGORY_MEANINGS[item.failure_category]}")
    if item.check_fault:
        words.append(f"{item.check_fault}: {FAULT_MEANINGS[item.check_fault]}")
    if item.note:
        words.append(item.note)
    return "; ".join(words) or f"{item.reviewer} says that the answer is {item.verdict}"


def value_of(stored: str | None) -> Json:
    """A JSON value as it is stored, byte for byte; a text as a text, None if there is none."""
    if stored is None or stored.startswith('"'):
        return None if stored is None else msgspec.json.decode(stored)
    return msgspec.Raw(stored.encode())
