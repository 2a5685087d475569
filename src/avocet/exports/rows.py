"""The rows of a dataset, one after the other, and the count of what became of every candidate that was read."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein
from sqlalchemy import Connection, select

from avocet import cards, exporters
from avocet.db import AnySelect
from avocet.domain import UNCATEGORISED, FailureCategory, Message, TrainingExample
from avocet.exporters import ExampleExporter, RecordExporter
from avocet.exporters.base import LeftOut, Row, Split, provenance
from avocet.exports import selection
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.selection import ExportFilter
from avocet.exports.state import DeskState
from avocet.importers.answers import TOOL_CALLS
from avocet.models import Candidate

ROWS_A_FETCH = 500
HELD_OUT = "Held out: this part of every task stays out of every export."
DUPLICATE = "The same prompt and answer were written already."
DECIDED = ("approved", "discarded", "model_rejected")
_TOOL_CALLS_JSON = msgspec.json.encode(TOOL_CALLS).decode()[1:-1]
_PROVENANCE = frozenset(
    provenance(TrainingExample(avocet_id="", prompt_json="", answer="", response="", failure_category=None))
)
_encode = msgspec.json.Encoder().encode


class OutRow(NamedTuple):
    """One row of one of the dataset's files; `example` is None for whole records."""

    part: str
    split: Split | None
    row: Row
    example: TrainingExample | None


class Tallies:
    """What went by: `read` candidates that the filter took, `rows` written of them, and why others were left out."""

    def __init__(self) -> None:
        self.read = 0
        self.rows = 0
        self.used = 0
        self.left_out: Tally[str] = Tally()
        self.by_category: Tally[str] = Tally()
        self.by_model: Tally[str] = Tally()
        self.by_task: Tally[str] = Tally()
        self.by_part: Tally[tuple[str, Split | None]] = Tally()
        self.by_run: Tally[int] = Tally()
        self.items: dict[str, set[str]] = {}
        self.without_item = 0

    def add(self, run_pk: int, category: str | None, model: str | None, task: str | None, item: str | None) -> None:
        """A candidate of which something was written."""
        self.used += 1
        self.by_category[category or UNCATEGORISED] += 1
        self.by_model[model or ""] += 1
        self.by_task[task or ""] += 1
        self.by_run[run_pk] += 1
        if item is None:
            self.without_item += 1
        else:
            self.items.setdefault(task or "", set()).add(item)


class _Found(NamedTuple):
    """A row of the examples' query, in its order."""

    run_pk: int
    status: str
    failure_category: FailureCategory | None
    avocet_id: str
    prompt_json: str
    corrected_response: str | None
    model_response: str
    task_type: str | None
    model_name: str | None
    benchmark_run_id: str | None
    item_id: str | None
    task_id: str | None
    tools: str | None
    details: str | None

    @property
    def item(self) -> str | None:
        return self.item_id or self.task_id

    def example(self) -> TrainingExample:
        return TrainingExample(
            avocet_id=self.avocet_id,
            prompt_json=self.prompt_json,
            answer=self.corrected_response if self.status == "approved" else None,
            response=self.model_response,
            failure_category=self.failure_category,
            task_type=self.task_type,
            model_name=self.model_name,
            benchmark_run_id=self.benchmark_run_id,
            item_id=self.item,
            tools_json=self.tools,
            response_is_tool_calls=self.details is not None and _TOOL_CALLS_JSON in self.details,
        )


def rows(
    connection: Connection, recipe: Recipe, hold_out: HoldOut, state: DeskState, tallies: Tallies
) -> Iterator[OutRow]:
    """Every row that the recipe makes of a state, in the order of the candidates."""
    exporter = exporters.choose(recipe.format)
    if isinstance(exporter, RecordExporter):
        yield from _records(connection, exporter, recipe.filter, state, tallies)
    else:
        yield from _examples(connection, exporter, recipe, hold_out, state, tallies)


def group_of(task_type: str | None, item: str | None, prompt_json: str) -> str:
    """What must not be torn apart by a split: the task's item where known, else the turns but the system's.

    So variants of a prompt stay together, and a group keeps its place when the dataset grows.
    """
    if item is not None:
        return f"item\x00{task_type or ''}\x00{item}"
    turns = [
        [message["role"], message["content"]]
        for message in msgspec.json.decode(prompt_json, type=list[Message])
        if message["role"] not in ("system", "developer")
    ]
    return "turns\x00" + hashlib.blake2b(_encode(turns), digest_size=16).hexdigest()


def _examples(
    connection: Connection,
    exporter: ExampleExporter,
    recipe: Recipe,
    hold_out: HoldOut,
    state: DeskState,
    tallies: Tallies,
) -> Iterator[OutRow]:
    seen = None if recipe.rules.duplicates or not exporter.writes_once else set[bytes]()
    for values in _fetch(connection, _example_query(exporter, state), recipe.filter, state):
        found = _Found(*values)
        example = found.example()
        if recipe.filter.looks_at_text and not _matches(example, recipe.filter):
            continue
        tallies.read += 1
        group = ""
        if recipe.splits or hold_out.share:
            group = group_of(found.task_type, found.item, found.prompt_json)
        if hold_out.holds(group):
            tallies.left_out[HELD_OUT] += 1
            continue
        split = recipe.splits.of(group) if recipe.splits else None
        written = list(_converted(exporter, example, recipe, split, seen, tallies))
        if written:
            tallies.rows += len(written)
            tallies.add(found.run_pk, found.failure_category, found.model_name, found.task_type, found.item)
        for one in written:
            tallies.by_part[one.part, split] += 1
            yield one


def _converted(
    exporter: ExampleExporter,
    example: TrainingExample,
    recipe: Recipe,
    split: Split | None,
    seen: set[bytes] | None,
    tallies: Tallies,
) -> Iterator[OutRow]:
    for part, made in exporter.convert(example, recipe.rules).items():
        where = f"{part}: " if part else ""
        if isinstance(made, LeftOut):
            tallies.left_out[where + made.reason] += 1
            continue
        for row in made if isinstance(made, list) else [made]:
            if seen is not None and _is_known(part, row, seen):
                tallies.left_out[where + DUPLICATE] += 1
                continue
            yield OutRow(part, split, row, example)


def _is_known(part: str, row: Row, seen: set[bytes]) -> bool:
    """Whether a row that says the same to a trainer went by already."""
    said = {name: value for name, value in row.items() if name not in _PROVENANCE} if isinstance(row, dict) else row
    digest = hashlib.blake2b(_encode([part, said]), digest_size=16).digest()
    if digest in seen:
        return True
    seen.add(digest)
    return False


def _records(
    connection: Connection, exporter: RecordExporter, wanted: ExportFilter, state: DeskState, tallies: Tallies
) -> Iterator[OutRow]:
    columns = [getattr(state, column.key, column) for column in cards.LINE_COLUMNS]
    query: AnySelect = select(Candidate.run_pk, *columns)
    if exporter.only_decided:
        query = query.where(state.status.in_(DECIDED))
    for values in _fetch(connection, query, wanted, state):
        record = cards.line(values[1:])
        if wanted.looks_at_text and not _matches(_example_of(record), wanted):
            continue
        tallies.read += 1
        tallies.rows += 1
        item = record["item_id"] or record["task_id"]
        tallies.add(values[0], record["failure_category"], record["model_name"], record["task_type"], item)
        tallies.by_part["", None] += 1
        yield OutRow("", None, exporter.row_of_record(record), None)


def _example_of(record: dict[str, Any]) -> TrainingExample:
    return TrainingExample(
        avocet_id=record["id"],
        prompt_json=bytes(record["prompt_messages"]).decode(),
        answer=record["corrected_response"],
        response=record["model_response"],
        failure_category=record["failure_category"],
    )


def _example_query(exporter: ExampleExporter, state: DeskState) -> AnySelect:
    return select(
        Candidate.run_pk,
        state.status,
        state.failure_category,
        Candidate.id,
        Candidate.prompt_messages,
        state.corrected_response,
        Candidate.model_response,
        Candidate.task_type,
        Candidate.model_name,
        Candidate.benchmark_run_id,
        Candidate.item_id,
        Candidate.task_id,
        Candidate.tools,
        Candidate.details,
    ).where(state.status.in_(sorted(exporter.statuses)))


def _fetch(connection: Connection, query: AnySelect, wanted: ExportFilter, state: DeskState) -> Iterator[Any]:
    query = selection.where(state.join(query), wanted, state).order_by(Candidate.seq)
    with connection.execution_options(yield_per=ROWS_A_FETCH).execute(query) as result:
        for part in result.partitions():
            yield from part


def _matches(example: TrainingExample, wanted: ExportFilter) -> bool:
    if wanted.text is not None and not _stands_in(wanted.text, example):
        return False
    if wanted.exclude_text is not None and _stands_in(wanted.exclude_text, example):
        return False
    if wanted.min_change is None and wanted.max_change is None:
        return True
    most = 1.0 if wanted.max_change is None else wanted.max_change
    return (wanted.min_change or 0.0) <= change(example) <= most


def _stands_in(sought: str, example: TrainingExample) -> bool:
    turns = [message["content"] or "" for message in example.prompt]
    return any(sought.casefold() in text.casefold() for text in (*turns, example.response, example.answer or ""))


def change(example: TrainingExample) -> float:
    """How much of the answer a person changed: edit distance over the longer text, 0 where nobody corrected."""
    if not example.is_changed or example.answer is None:
        return 0.0
    return Levenshtein.normalized_distance(example.response, example.answer)
