"""`generic`: any table, once somebody has said what its columns mean (docs/importers.md).

Never recognised: which of a table's columns is the model's answer can only be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isinf

from avocet.domain import CandidateDraft
from avocet.errors import ChoiceNeeded
from avocet.importers.base import Group, ImportOptions, Metric, Reading, ReadItem, SourceFile, SourceInfo, one_each
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric
from avocet.importers.generic.row import Mapped, read_row
from avocet.importers.reading import columns
from avocet.importers.reading.scores import decimal_sign, told_number
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.tables import Table, peek, rows, value_at


class Generic:
    """The importer."""

    name = "generic"
    title = "A table"

    def recognises(self, file: Sniffed) -> bool:
        return False

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        return one_each(files)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        table = peek(files)
        called = files[0].name
        if not options.mapping:
            raise columns.needed(table, called)
        prompt_fields = _text_columns(table)
        prompt_field = check_prompt_field(options, prompt_fields)
        mapping = columns.check(options.mapping, table, called)
        decimal = decimal_sign(value_at(row, mapping.get("score", "")) for row in table.first)
        metrics = _metrics(table, mapping, decimal)
        choice = _choose(metrics, options, called)
        mapped = Mapped(mapping, choice, options.model_name, prompt_field, decimal)
        info = SourceInfo(
            harness=self.name,
            models=_models(table, mapped),
            metrics=metrics,
            metric=choice.metric.name if choice else None,
            threshold=choice.threshold if choice else None,
            prompt_fields=prompt_fields,
            columns=table.columns,
        )
        return Reading(info, _items(files, mapped))


def _metrics(table: Table, mapping: dict[str, str], decimal: str | None) -> list[Metric]:
    """The score that was mapped; beyond 1, only a person knows from where on it is good."""
    column = mapping.get("score")
    if column is None or "passed" in mapping:
        return []
    values = [told_number(value_at(row, column), decimal) for row in table.first]
    is_unit = all(value is None or abs(value) <= 1 or isinf(value) for value in values)
    return [Metric(column, threshold=1.0 if is_unit else None)]


def _choose(metrics: list[Metric], options: ImportOptions, called: str) -> Choice | None:
    choice = choose_metric(options, metrics)
    if choice and choice.is_default and choice.metric.threshold is None:
        told = f"{choice.metric.name} of {called} goes beyond 1: say from which value on an item passes."
        raise ChoiceNeeded(told, needs="threshold", metrics=[{"name": choice.metric.name, "higher_is_better": True}])
    return choice


def _models(table: Table, mapped: Mapped) -> list[str]:
    named = [mapped.text(row, "model") for row in table.first]
    return list(dict.fromkeys(name for name in (*named, mapped.model_name) if name))[:20]


def _text_columns(table: Table) -> list[str]:
    return [column for column in table.columns if any(_is_text(value_at(row, column)) for row in table.first)]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not columns.is_number(value)


def _items(files: Sequence[SourceFile], mapped: Mapped) -> Iterator[ReadItem]:
    for line in rows(files):
        result, notes = (line.rejected, ()) if line.rejected else read_row(line, mapped)
        item = ReadItem(result, line.bytes_read, line.number, line.replaced, line.file, notes=notes, size=line.size)
        if isinstance(result, CandidateDraft):
            item.key = mapped.key(line.value, result)
        yield item
