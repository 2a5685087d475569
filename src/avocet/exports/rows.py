"""The rows of a dataset, one after the other, and counts of what became of every candidate that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, null, select

from avocet.categories import FailureCategory
from avocet.db import AnySelect, undecoded
from avocet.domain import JsonObject, Outcome, TrainingExample
from avocet.exporters import ExampleExporter, Exporter, Items, Records
from avocet.exporters.base import DECIDED, LeftOut, Row, Split, provenance
from avocet.exports import items, tagging
from avocet.exports.fetching import fetch
from avocet.exports.groups import Groups
from avocet.exports.matching import matches
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.state import DeskState
from avocet.exports.tallies import Tallies
from avocet.importers.reading.answers import TOOL_CALLS
from avocet.importers.reading.tool_calls import response_type
from avocet.models import Candidate
from avocet.review import candidates, tags

HELD_OUT = "Held out: this part of every task stays out of every training set."
DUPLICATE = "The same prompt and answer were written already."
((_MARK, _TOOL_CALLS),) = TOOL_CALLS.items()
_PROVENANCE = frozenset(
    provenance(
        TrainingExample(
            avocet_id="",
            prompt_json=b"",
            answer="",
            response="",
            failure_category=None,
            failure_tags=[],
            outcome="failed",
        )
    )
)
_TAGS = 1 + [column.key for column in candidates.LINE_COLUMNS].index("tags")
_encode = msgspec.json.Encoder().encode


class OutRow(NamedTuple):
    """One row of one of the dataset's files; `example` is None for whole records."""

    part: str
    split: Split | None
    row: Row
    example: TrainingExample | None


class _FoundCard(NamedTuple):
    """The columns of a candidate that examples are made of; `prompt` as the driver reads it."""

    run_pk: int
    text_hash: str
    task_id: str | None
    status: str
    id: str
    prompt: str | bytes
    corrected_response: str | None
    model_response: str
    failure_category: FailureCategory | None
    task_type: str | None
    model_name: str | None
    benchmark_run_id: str | None
    item_id: str | None
    tools: str | None
    details: str | None
    tags: str | None
    outcome: Outcome | None


def rows(
    connection: Connection,
    exporter: Exporter,
    recipe: Recipe,
    hold_out: HoldOut,
    state: DeskState,
    tallies: Tallies,
) -> Iterator[OutRow]:
    """Every row that the recipe makes of a state, in the order of the candidates."""
    if isinstance(exporter, Records):
        yield from _records(connection, exporter, recipe, state, tallies)
    elif isinstance(exporter, Items):
        yield from _items(connection, exporter, recipe, state, tallies)
    else:
        yield from _examples(connection, exporter, recipe, hold_out, state, tallies)


def _examples(
    connection: Connection,
    exporter: ExampleExporter,
    recipe: Recipe,
    hold_out: HoldOut,
    state: DeskState,
    tallies: Tallies,
) -> Iterator[OutRow]:
    seen = None if recipe.rules.duplicates or not exporter.writes_once else set[bytes]()
    groups = Groups(connection) if recipe.splits or hold_out.share else None
    split: Split | None = None
    looks_at_text = recipe.filter.looks_at_text
    earlier = recipe.revision or exporter_revision(exporter)
    is_earlier = earlier < exporter_revision(exporter)
    for run_pk, text_hash, task_id, example in _found(connection, exporter, recipe, state, tallies):
        if looks_at_text and not matches(example, recipe):
            continue
        tallies.read += 1
        item = example.item_id or task_id or None
        if groups:
            group = groups.of(text_hash, example.task_type, item, example.prompt_json)
            if hold_out.holds(group):
                tallies.leave_out(HELD_OUT, example.avocet_id)
                continue
            split = recipe.splits.of(group) if recipe.splits else None
        before = tallies.rows
        for part, made in exporter.convert(example, recipe.rules).items():
            for row in made if isinstance(made, list) else (made,):
                if is_earlier and not isinstance(row, LeftOut):
                    row = exporter.as_of(row, earlier)
                # checked before the call, which would cost time for every row of the largest exports
                if (seen is not None or isinstance(row, LeftOut)) and (why := _why_not(part, row, seen)):
                    tallies.leave_out(why, example.avocet_id)
                    continue
                tallies.rows += 1
                tallies.by_part[part, split] += 1
                yield OutRow(part, split, row, example)
        if tallies.rows > before:
            tallies.add(run_pk, example.failure_category, example.model_name, example.task_type, item)


def _why_not(part: str, row: Row | LeftOut, seen: set[bytes] | None) -> str | None:
    """Why a row is not written, with the part of the dataset it belongs to; None if it is written."""
    if isinstance(row, LeftOut):
        why = row.reason
    elif seen is None or not _is_known(part, row, seen):
        return None
    else:
        why = DUPLICATE
    return f"{part}: {why}" if part else why


def _is_known(part: str, row: Row, seen: set[bytes]) -> bool:
    """Whether a row that tells a trainer the same was written already."""
    said = without_provenance(row) if isinstance(row, dict) else row
    return _is_seen(_encode([part, said]), seen)


def without_provenance(row: JsonObject) -> JsonObject:
    """The columns of a row that tell a trainer something."""
    return {name: value for name, value in row.items() if name not in _PROVENANCE}


def exporter_revision(exporter: Exporter) -> int:
    """The revision of a format today; formats of other packages need not have one."""
    return getattr(exporter, "revision", 1)


def _is_seen(said: bytes, seen: set[bytes]) -> bool:
    digest = hashlib.blake2b(said, digest_size=16).digest()
    if digest in seen:
        return True
    seen.add(digest)
    return False


def _records(
    connection: Connection, exporter: Records, recipe: Recipe, state: DeskState, tallies: Tallies
) -> Iterator[OutRow]:
    seen = set[bytes]() if exporter.writes_once and not recipe.rules.duplicates else None
    columns = [getattr(state, column.key, column) for column in candidates.LINE_COLUMNS]
    query: AnySelect = select(Candidate.run_pk, *columns)
    if exporter.is_kept:
        query = query.where(state.status.in_(DECIDED))
    names = tagging.names(connection, recipe) if recipe.failure_tags else tags.names_of(connection)
    for values in fetch(connection, exporter, query, recipe, state):
        record = candidates.line(values[1:], names)
        if recipe.failure_tags:
            record["failure_tags"] = tallies.named(values[_TAGS], names)
        if recipe.filter.looks_at_text and not matches(_example_of(record), recipe):
            continue
        tallies.read += 1
        if seen is not None and _is_seen(_texts(record), seen):
            tallies.leave_out(DUPLICATE, record["id"])
            continue
        tallies.rows += 1
        item = record["item_id"] or record["task_id"] or None
        tallies.add(values[0], record["failure_category"], record["model_name"], record["task_type"], item)
        tallies.by_part["", None] += 1
        yield OutRow("", None, exporter.row_of_record(record), None)


def _items(
    connection: Connection, exporter: Items, recipe: Recipe, state: DeskState, tallies: Tallies
) -> Iterator[OutRow]:
    for found in items.by_item(connection, exporter, recipe, state):
        for run_pk, one in found:
            tallies.count(run_pk, one.failure_category, one.model_name, one.task_type)
            tallies.without_item += one.item_id is None
        tallies.read += len(found)
        tallies.rows += 1
        tallies.by_part["", None] += 1
        yield OutRow("", None, exporter.row_of_item([one for _, one in found]), None)


def _texts(record: dict[str, Any]) -> bytes:
    return _encode([record["prompt_messages"], record["model_response"], record["corrected_response"]])


def _example_of(record: dict[str, Any]) -> TrainingExample:
    return TrainingExample(
        avocet_id=record["id"],
        prompt_json=bytes(record["prompt_messages"]),
        answer=record["corrected_response"],
        response=record["model_response"],
        failure_category=record["failure_category"],
    )


def _found(
    connection: Connection, exporter: ExampleExporter, recipe: Recipe, state: DeskState, tallies: Tallies
) -> Iterator[tuple[int, str, str | None, TrainingExample]]:
    """Each candidate that the format can learn from and the filter takes: its run, text hash, task id, example."""
    # most formats pass the prompt on as JSON, so its bytes need not be decoded to text
    prompt_column, as_bytes = undecoded(connection, Candidate.prompt_messages)
    columns: dict[str, Any] = {
        "run_pk": Candidate.run_pk,
        "text_hash": Candidate.text_hash,
        "task_id": Candidate.task_id,
        "status": state.status,
        "id": Candidate.id,
        "prompt": prompt_column,
        "corrected_response": state.corrected_response,
        "model_response": Candidate.model_response,
        "failure_category": state.failure_category,
        "task_type": Candidate.task_type,
        "model_name": Candidate.model_name,
        "benchmark_run_id": Candidate.benchmark_run_id,
        "item_id": Candidate.item_id,
        "tools": Candidate.tools,
        "details": Candidate.details,
        "tags": state.tags if recipe.failure_tags else null(),
        "outcome": state.outcome if recipe.passes else null(),
    }
    names = tagging.names(connection, recipe)
    query = select(*(columns[name] for name in _FoundCard._fields))
    query = query.where(state.status.in_(sorted(exporter.statuses)))
    for row in map(_FoundCard._make, fetch(connection, exporter, query, recipe, state)):
        yield (
            row.run_pk,
            row.text_hash,
            row.task_id,
            TrainingExample(
                avocet_id=row.id,
                prompt_json=as_bytes(row.prompt),
                answer=row.corrected_response if row.status == "approved" else None,
                response=row.model_response,
                failure_category=row.failure_category,
                task_type=row.task_type,
                model_name=row.model_name,
                benchmark_run_id=row.benchmark_run_id,
                item_id=row.item_id,
                tools_json=row.tools,
                failure_tags=tallies.named(row.tags, names) if recipe.failure_tags else None,
                outcome=row.outcome,
                **_marks(row.details),
            ),
        )


def _marks(details: str | None) -> dict[str, bool]:
    """Whether a response is tool calls or text, if its details tell."""
    if details is None or _MARK not in details:
        return {}
    kind = response_type(msgspec.json.decode(details))
    return {"response_is_tool_calls": kind == _TOOL_CALLS, "is_text": kind not in (None, _TOOL_CALLS)}
