"""`parquet`, `hf`, `csv`: tables. Parquet keeps texts as they are, where JSONL readers turn dates into times.

`hf` is a folder that `datasets.load_dataset` opens: Parquet per configuration and split, and a README.md card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec

from avocet.categories import CATEGORY_MEANINGS
from avocet.domain import Json, JsonObject, TrainingExample
from avocet.exporters.base import (
    TABLES,
    Converted,
    Encoding,
    JsonLines,
    Records,
    Rules,
    Split,
    WrittenPart,
    asks,
    no_answer,
    pair,
    plain,
    provenance,
    text_only,
    turns_of,
)
from avocet.exporters.trl import preference

_CONFIGS = {
    "sft": "chat messages that end in the approved answer",
    "preference": "pairs of a better and a worse answer",
}
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# some readers begin a new row after a lone CR
_FORMULA_BEHIND_CR = re.compile(r"\r(?=[=+\-@\t])")
COLUMNS = (
    "id",
    "status",
    "failure_category",
    "source",
    "model_name",
    "task_type",
    "task_name",
    "item_id",
    "quality_score",
    "failure_reason",
    "prompt",
    "model_response",
    "corrected_response",
    "reference",
    "note",
)


class Parquet(JsonLines):
    name: ClassVar[str] = "parquet"
    group: ClassVar[str] = TABLES
    description: ClassVar[str] = "Parquet: the sft rows as a table with exact types."
    encoding: ClassVar[Encoding] = "parquet"
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        return {"": _messages(example)}

    def file(self, part: str, split: Split | None) -> str:
        return f"{split or 'data'}.parquet"


class HuggingFace(JsonLines):
    name: ClassVar[str] = "hf"
    group: ClassVar[str] = TABLES
    description: ClassVar[str] = "Hugging Face dataset: Parquet per configuration and split, with a README.md card."
    encoding: ClassVar[Encoding] = "parquet"
    revision: ClassVar[int] = 2
    is_folder: ClassVar[bool] = True

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        return {
            "sft": _messages(example),
            "preference": pair(example, rules)
            or no_answer(example)
            or asks(turns_of(example))
            or preference(example),
        }

    def file(self, part: str, split: Split | None) -> str:
        return f"data/{part}-{split or 'train'}.parquet"

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        return {"README.md": _card([one for one in written if one.rows]).encode()}


class Csv(Records):
    name: ClassVar[str] = "csv"
    group: ClassVar[str] = TABLES
    description: ClassVar[str] = "CSV for people: every decided candidate with its prompt, answer and category."
    encoding: ClassVar[Encoding] = "csv"
    revision: ClassVar[int] = 2

    def row_of_record(self, record: JsonObject) -> JsonObject:
        row = {name: record.get(name) for name in COLUMNS}
        turns = msgspec.json.decode(record["prompt_messages"])
        row["prompt"] = "\n\n".join(f"{turn['role']}: {turn['content'] or ''}" for turn in turns)
        reference = record.get("corrected_reference") or row["reference"]
        row["reference"] = msgspec.json.decode(reference) if reference else None
        if "failure_tags" in record:
            row["failure_tags"] = record["failure_tags"]
        return {name: spreadsheet_cell(value) for name, value in row.items()}


def _messages(example: TrainingExample) -> Any:  # noqa: ANN401 (a row, or why there is none)
    answer = {"role": "assistant", "content": example.answer}
    turns = [*map(plain, turns_of(example)), answer]
    return no_answer(example) or text_only(example) or {"messages": turns, **provenance(example)}


def spreadsheet_cell(value: Json) -> Json:
    """A value for a spreadsheet: a text that begins like a formula is quoted, so that it is not one."""
    if isinstance(value, str):
        value = _FORMULA_BEHIND_CR.sub("\r'", value)
        return "'" + value if value.startswith(_FORMULA) else value
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _card(written: Sequence[WrittenPart]) -> str:
    """The dataset card: YAML that `datasets` reads, then what a person should know."""
    rows = max((sum(one.rows for one in written if one.part == part) for part in _CONFIGS), default=0)
    size = next((name for most, name in _SIZES if rows < most), "n>1M")
    configs: list[str] = []
    for part in _CONFIGS:
        files = [one for one in written if one.part == part]
        if files:
            paths = "".join(f"  - split: {one.split or 'train'}\n    path: {one.file}\n" for one in files)
            default = "  default: true\n" if not configs else ""
            configs.append(f"- config_name: {part}\n{default}  data_files:\n{paths}")
    parts = "\n".join(f"- `{part}`: {words}" for part, words in _CONFIGS.items())
    categories = "\n".join(f"- `{name}`: {meaning}" for name, meaning in CATEGORY_MEANINGS.items())
    return _CARD.format(size=size, configs="".join(configs), parts=parts, categories=categories)


_CARD = """---
license: other
license_name: see-provenance
task_categories:
- text-generation
tags:
- avocet
- human-corrected
size_categories:
- {size}
configs:
{configs}---

# Corrected answers

Answers of language models that a benchmark had called failures, reviewed one by one by people with Avocet.

{parts}

`failure_category` says why the model's own answer failed; null where the reviewer gave none:

{categories}

## Provenance

Every row names its candidate (`avocet_id`), the model that failed and the benchmark run. `manifest.json` lists the
runs' files with their hashes, and the task items that this dataset exposes: **scores on these items after training on
this dataset are not clean.** The prompts keep the licence of the benchmark they come from; set `license` accordingly
before you share this folder.
"""
