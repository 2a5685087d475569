"""`generic`: any table, once somebody has said what its columns mean (docs/importers.md).

It recognises no file, since nothing in a table says which of its columns is the model's answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf

from avocet.errors import ChoiceNeeded
from avocet.importers.base import ImportOptions, Metric, Reading, RunPerFile, SourceFile, SourceInfo
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric, with_choice
from avocet.importers.generic.row import Mapped, read_row
from avocet.importers.reading import columns
from avocet.importers.reading.scores import decimal_sign, told_number
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.tables import Table, peek, rows, value_at
from avocet.importers.reading.values import distinct


class Generic(RunPerFile):
    """The importer of tables."""

    name = "generic"
    title = "A table"

    def recognises(self, file: Sniffed) -> bool:
        return False

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        table = peek(files)
        name = files[0].name
        if not options.mapping:
            raise columns.needed(table, name)
        prompt_fields = _text_columns(table)
        prompt_field = check_prompt_field(options, prompt_fields)
        mapping = columns.check(options.mapping, table, name)
        decimal = decimal_sign(value_at(row, mapping.get("score", "")) for row in table.first)
        metrics = _metrics(table, mapping, decimal)
        choice = _choose(metrics, options, name)
        mapped = Mapped(mapping, choice, options.model_name, prompt_field, decimal)
        info = SourceInfo(
            harness=self.name,
            models=_models(table, mapped),
            metrics=metrics,
            prompt_fields=prompt_fields,
            columns=table.columns,
        )
        return Reading(with_choice(info, choice), (read_row(line, mapped) for line in rows(files)))


def _metrics(table: Table, mapping: dict[str, str], decimal: str | None) -> list[Metric]:
    """The score that was mapped. If it goes beyond 1, only a person knows which value is good enough."""
    column = mapping.get("score")
    if column is None or "passed" in mapping:
        return []
    values = [told_number(value_at(row, column), decimal) for row in table.first]
    is_unit = all(value is None or abs(value) <= 1 or isinf(value) for value in values)
    return [Metric(column, threshold=1.0 if is_unit else None)]


def _choose(metrics: list[Metric], options: ImportOptions, name: str) -> Choice | None:
    choice = choose_metric(options, metrics)
    if choice and choice.is_default and choice.metric.threshold is None:
        question = f"{choice.metric.name} of {name} goes beyond 1: say from which value on an item passes."
        metric = {"name": choice.metric.name, "higher_is_better": True}
        raise ChoiceNeeded(question, needs="threshold", metrics=[metric])
    return choice


def _models(table: Table, mapped: Mapped) -> list[str]:
    named = [mapped.text(row, "model") for row in table.first]
    return distinct((*named, mapped.model_name))[:20]


def _text_columns(table: Table) -> list[str]:
    return [column for column in table.columns if any(_is_text(value_at(row, column)) for row in table.first)]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not columns.is_number(value)
