"""`datasets` reads every format back row for row, and no text comes back changed."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from avocet import exports
from avocet.db import Database
from avocet.desk import Desk
from avocet.exporters import EXPORTERS
from avocet.exporters.base import JsonLines
from avocet.exports import Recipe, Splits
from tests.exports.deciding import contents, decide, read_rows, rows_of, varied
from tests.factories import candidate_line, import_lines

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import datasets

TRAINING = [name for name, exporter in EXPORTERS.items() if isinstance(exporter, JsonLines)]
HARD = [
    "2024-01-02",
    "2024-01-02T03:04:05Z",
    "NaN",
    "null",
    "1e999",
    "🦤 Grüße 日本 👩‍👩‍👧",
    "a\u2028b\u2029c\u0085d",
    '"quoted", and; separated\r\n\tby\\',
    "  blank around \n",
    "x" * 1_000_000,
]
SYSTEM = {"role": "system", "content": ""}


@pytest.fixture
def hard(database: Database, bench_dir: Path) -> Database:
    """A correction of every hard text to the next one, under an empty system prompt."""
    lines = [
        candidate_line(n, prompt_messages=[SYSTEM, {"role": "user", "content": text}], model_response=text)
        for n, text in enumerate(HARD)
    ]
    import_lines(database, bench_dir, lines)
    for number in range(len(HARD)):
        decide(database, number, "correct", HARD[number - 1])
    return database


def loaded(path: Path, **more: Any) -> Any:
    kind = {".jsonl": "json", ".parquet": "parquet"}[path.suffix]
    return datasets.load_dataset(
        kind, data_files=str(path), split="train", cache_dir=str(path.parent / "cache"), **more
    )


def without_nulls(value: Any) -> Any:
    """`datasets` gives every turn the keys of all."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("format_name", TRAINING)
def test_every_format_is_read_back_row_for_row(
    database: Database, bench_dir: Path, tmp_path: Path, format_name: str
) -> None:
    varied(database, bench_dir)
    recipe = Recipe(format=format_name, splits=Splits(train=0.6, test=0.4))
    written = exports.write_folder(database, recipe, tmp_path / "set")
    files = [file for file in written.files if file.rows]
    assert sum(file.rows or 0 for file in files) == written.rows > 0
    for file in files:
        path = tmp_path / "set" / file.name
        table = loaded(path)
        assert len(table) == file.rows
        if path.suffix == ".jsonl":
            assert without_nulls(table.to_list()) == without_nulls(read_rows(path))


def test_the_folder_for_hugging_face_opens_with_its_configurations_and_splits(
    database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    varied(database, bench_dir)
    recipe = Recipe(format="hf", splits=Splits(train=0.6, validation=0.2, test=0.2))
    written = exports.write_folder(database, recipe, tmp_path / "set")
    for part in ("sft", "preference"):
        opened = datasets.load_dataset(str(tmp_path / "set"), part, cache_dir=str(tmp_path / "cache"))
        rows = {file.split: file.rows for file in written.files if file.part == part}
        assert {split: len(table) for split, table in opened.items()} == rows
        assert set(rows) == {"train", "validation", "test"}
    default = datasets.load_dataset(str(tmp_path / "set"), cache_dir=str(tmp_path / "cache"))
    assert "messages" in default["train"].column_names


def test_parquet_holds_the_rows_of_sft(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    varied(database, bench_dir)
    exports.write_folder(database, Recipe(format="parquet"), tmp_path / "set")
    assert loaded(tmp_path / "set" / "data.parquet").to_list() == rows_of(database)


@pytest.mark.parametrize("format_name", ["parquet", "hf"])
def test_hard_texts_come_back_from_parquet(hard: Database, tmp_path: Path, format_name: str) -> None:
    written = exports.write_folder(hard, Recipe(format=format_name), tmp_path / "set")
    (file,) = [file for file in written.files if file.part in ("", "sft")]
    rows = loaded(tmp_path / "set" / file.name).to_list()
    assert [row["messages"] for row in rows] == [
        [SYSTEM, {"role": "user", "content": text}, {"role": "assistant", "content": HARD[number - 1]}]
        for number, text in enumerate(HARD)
    ]


@pytest.mark.parametrize("format_name", [name for name in TRAINING if name not in ("openai-chat", "openai-dpo")])
def test_hard_texts_come_back_as_datasets(hard: Database, database_url: str, format_name: str) -> None:
    """Not read by the loader of JSON, which takes texts that look like dates for times."""
    with Desk(database_url) as desk:
        given = desk.to_datasets(format_name)
    tables = given if any("train" in one for one in given.values() if isinstance(one, dict)) else {"": given}
    for one in tables.values():
        told = json.dumps(one["train"].to_list(), ensure_ascii=False)
        for text in HARD:
            assert json.dumps(text, ensure_ascii=False)[1:-1] in told


@pytest.mark.parametrize("format_name", ["sft", "trl-sft", "trl-dpo", "mlx", "axolotl"])
def test_empty_system_prompts_stay(hard: Database, tmp_path: Path, format_name: str) -> None:
    exports.write(hard, Recipe(format=format_name), tmp_path / "set")
    for name, content in contents(tmp_path / "set").items():
        if name == "data" or name.endswith("jsonl"):
            for line in content.split(b"\n")[:-1]:
                row = json.loads(line)
                first = (row.get("prompt") or row["messages"])[0]
                assert (first["role"], first["content"]) == ("system", "")


def test_what_openai_refuses_is_counted(hard: Database) -> None:
    for format_name in ("openai-chat", "openai-dpo"):
        preview = exports.preview(hard, Recipe(format=format_name))
        assert (preview.rows, sum(preview.left_out.values())) == (0, len(HARD))


def test_the_sidecar_stands_line_by_line_beside_its_file(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    varied(database, bench_dir)
    exports.write_folder(database, Recipe(format="openai-chat"), tmp_path / "set")
    rows, meta = read_rows(tmp_path / "set" / "data.jsonl"), read_rows(tmp_path / "set" / "data.meta.jsonl")
    plain = rows_of(database)
    assert [row["messages"] for row in rows] == [row["messages"] for row in plain]
    assert meta == [{key: value for key, value in row.items() if key != "messages"} for row in plain]


def test_csv_is_read_by_a_spreadsheet(hard: Database) -> None:
    content = b"".join(exports.stream(hard, Recipe(format="csv")))
    assert content.startswith(b"\xef\xbb\xbfid,status,")
    csv.field_size_limit(2_000_000)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["model_response"] for row in rows] == HARD
