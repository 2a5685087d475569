"""`ragas`: the scores of an evaluation by ragas (docs.ragas.io) as `to_pandas` gives them: CSV, JSON, JSON Lines.

The columns are those of `SingleTurnSample` and `MultiTurnSample`, and one for each metric, as files of 0.4.3 have
them. Such a file says neither which score is good enough nor which model answered: the person has to.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import isinf

from avocet.domain import Json, JsonObject
from avocet.errors import ChoiceNeeded, RunUnreadable
from avocet.importers.base import ImportOptions, Metric, Reading, RunPerFile, SourceFile, SourceInfo
from avocet.importers.choosing import check_prompt_field, choose_metric, with_choice
from avocet.importers.ragas.row import DETAIL_COLUMNS, RENAMED, Evaluated, number, read_row, with_new_names
from avocet.importers.reading.columns import is_number
from avocet.importers.reading.jsonl import decode_bare
from avocet.importers.reading.literals import is_listing
from avocet.importers.reading.nested import as_object, by_columns
from avocet.importers.reading.scores import is_nan
from avocet.importers.reading.sniff import Sniffed, separator_of
from avocet.importers.reading.tables import Table, peek, rows, value_at

SAMPLE_COLUMNS = frozenset({"user_input", "response", "reference", *DETAIL_COLUMNS})
_OLD = frozenset({"question", "answer"})
_GIVEN = frozenset({"contexts", "ground_truth", "ground_truths"})
METRICS = frozenset(
    [
        *("faithfulness", "answer_relevancy", "response_relevancy", "context_precision", "context_recall"),
        *("context_relevancy", "context_utilization", "context_entity_recall", "answer_similarity"),
        *("answer_correctness", "semantic_similarity", "factual_correctness", "noise_sensitivity"),
        *("llm_context_precision_with_reference", "llm_context_precision_without_reference", "aspect_critic"),
        *("agent_goal_accuracy", "tool_call_accuracy", "topic_adherence", "summarization_score"),
    ]
)
"""Metrics whose names nobody but ragas uses."""
_LOWER_IS_BETTER = ("noise_sensitivity", "maliciousness", "harmfulness")
_NO_METRICS = frozenset(("id", "index", "label", "tokens", "latency", "timestamp", "rating", "feedback"))
_LOWEST, _HIGHEST = -1, 5
_PEEKED_ROWS = 20
_OBJECT = re.compile(r"[\[,\s]*\{")


class Ragas(RunPerFile):
    """The importer of ragas' scores."""

    name = "ragas"
    title = "ragas"

    def recognises(self, file: Sniffed) -> bool:
        names = _columns(file)
        # without what was retrieved, only a metric of ragas' own identifies the file
        is_old = names >= _OLD and ("contexts" in names or bool(names & _GIVEN and names & METRICS))
        if not is_old and ("user_input" not in names or not names & (SAMPLE_COLUMNS - {"user_input"})):
            return False
        metrics = [name for name in names - SAMPLE_COLUMNS - (RENAMED.keys() if is_old else set()) if name]
        if not metrics or _NO_METRICS & {name.casefold() for name in metrics}:
            return False
        first = _first_rows(file)
        scored = [name for name in metrics if any(not _is_empty(row.get(name)) for row in first)]
        return bool(scored) and all(_are_scores(first, name) for name in scored)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        table = _renamed(peek(files))
        metrics = [
            Metric(name, not name.startswith(_LOWER_IS_BETTER), None)
            for name in table.columns
            if name not in SAMPLE_COLUMNS
            and "." not in name
            and not name.startswith("column ")
            and _are_mostly_numbers(table.first, name)
        ]
        if not metrics:
            raise RunUnreadable(
                f"{files[0].name} has no column of scores. Is it what ragas was given, not its result?"
            )
        choice = choose_metric(options, metrics)
        if options.threshold is None or choice is None:
            raise _threshold_needed(files[0], metrics)
        fields = _text_columns(table)
        evaluated = Evaluated(
            choice=choice,
            metrics=[metric.name for metric in metrics],
            prompt_field=check_prompt_field(options, fields),
            model_name=options.model_name,
        )
        info = SourceInfo(
            harness=self.name,
            models=[options.model_name] if options.model_name else [],
            metrics=metrics,
            prompt_fields=fields,
            columns=table.columns,
        )
        return Reading(with_choice(info, choice), (read_row(line, evaluated) for line in rows(files)))


def _renamed(table: Table) -> Table:
    """The table with its columns named as ragas names them from 0.2 on."""
    if "user_input" in table.columns:
        return table
    return Table([RENAMED.get(name, name) for name in table.columns], [with_new_names(row) for row in table.first])


def _threshold_needed(file: SourceFile, metrics: list[Metric]) -> ChoiceNeeded:
    question = (
        f"{file.name} doesn't say which score is good enough: say from which value of which metric on an item passes."
    )
    listed = [{"name": metric.name, "higher_is_better": metric.higher_is_better} for metric in metrics]
    return ChoiceNeeded(question, needs="threshold", metrics=listed)


def _columns(file: Sniffed) -> frozenset[str]:
    if file.kind == "json":
        return frozenset(key for key in file.keys if "." not in key and "[" not in key)
    return frozenset(file.columns) if file.kind in ("csv", "parquet") else frozenset()


def _first_rows(file: Sniffed) -> list[JsonObject]:
    """The whole rows in the head of a file, at most twenty."""
    text = file.head.decode("utf-8", "replace")
    if file.kind == "csv":
        separator = separator_of(text)
        table = text.partition("\n")[2] if separator.is_named else text
        reader = csv.DictReader(io.StringIO(table, newline=""), delimiter=separator.sign)
        try:
            return [dict(row) for row in islice(reader, _PEEKED_ROWS) if None not in row.values()]
        except csv.Error:
            return []
    found = list(islice(_objects(text), _PEEKED_ROWS))
    if len(found) == 1 and (written := as_object(file.head.strip())) and (parts := by_columns(written)):
        return [decode_bare(bytes(part)) for part in parts[:_PEEKED_ROWS]]
    return found


def _objects(text: str) -> Iterator[JsonObject]:
    """The objects of an array or of lines, up to the first thing that is not an object."""
    decoder = json.JSONDecoder(parse_constant=lambda _name: None)
    at = 0
    while start := _OBJECT.match(text, at):
        try:
            value, at = decoder.raw_decode(text, start.end() - 1)
        except (ValueError, RecursionError):
            return
        yield value


def _are_scores(rows_: Sequence[JsonObject], name: str) -> bool:
    """Whether a column holds at least one score and nothing else."""
    values = [number(row.get(name)) for row in rows_ if not _is_empty(row.get(name))]
    return bool(values) and all(
        value is not None and (_LOWEST <= value <= _HIGHEST or isinf(value)) for value in values
    )


def _are_mostly_numbers(rows_: Sequence[JsonObject], name: str) -> bool:
    """Whether a column is a metric's in a file that is taken for one of ragas; a bad value costs only its own row."""
    values = [value for row in rows_ if not _is_empty(value := row.get(name))]
    return bool(values) and 2 * sum(number(value) is not None for value in values) >= len(values)


def _is_empty(value: Json) -> bool:
    return value is None or is_nan(value) or (isinstance(value, str) and value.strip().casefold() in ("", "nan"))


def _text_columns(table: Table) -> list[str]:
    """The columns that may be shown as the prompt: texts that are neither the answer nor scores."""
    return [
        name
        for name in table.columns
        if name != "response" and any(_is_text(value_at(row, name)) for row in table.first)
    ]


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not is_number(value) and not is_listing(value)
