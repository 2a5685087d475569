"""Small inputs that went wrong once, each by its name (tests/samples/cases)."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from avocet import exports
from avocet.db import Database
from avocet.desk import Desk
from avocet.errors import Prerequisite
from avocet.exporters import EXPORTERS
from avocet.exporters.base import JsonLines
from avocet.exports import Recipe, Splits
from tests.exports.deciding import read_rows, rows_of
from tests.factories import candidate_line, import_file, import_lines

SAMPLES = Path(__file__).parents[1] / "samples/cases"
TRAINING = [name for name, exporter in EXPORTERS.items() if isinstance(exporter, JsonLines)]
CARRY_CALLS = ("sft", "trl-sft", "openai-chat", "mlx")
Case = Callable[[str], Database]


@pytest.fixture
def case(database: Database) -> Case:
    def imported(name: str) -> Database:
        assert import_file(database, SAMPLES / name, name).rejected == 0
        return database

    return imported


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def rows(database: Database, format_name: str, folder: Path, **more: Any) -> list[Any]:
    written = exports.write_folder(database, Recipe(format=format_name, **more), folder)
    return [row for file in written.files if file.rows for row in read_rows(folder / file.name)]


def calls(row: Any) -> list[Any]:
    return [call for turn in row.get("prompt", row.get("messages")) for call in turn.get("tool_calls") or ()]


class TestToolCalls:
    @pytest.mark.parametrize("format_name", CARRY_CALLS)
    def test_no_arguments(self, case: Case, tmp_path: Path, format_name: str) -> None:
        """A call without arguments is `{}`, the flat form is brought into shape, what is no call is left out."""
        database = case("tool-calls/no-arguments.jsonl")
        found = rows(database, format_name, tmp_path / "set", rules=exports.Rules(duplicates=True))
        now = {"id": "c1", "type": "function", "function": {"name": "now", "arguments": "{}"}}
        assert [calls(row) for row in found if calls(row)] == [[now]] * 3
        preview = exports.preview(database, Recipe(format=format_name, rules=exports.Rules(duplicates=True)))
        if format_name == "sft":
            # the contract: one row for every approved card
            assert (preview.rows, preview.left_out) == (4, {})
        else:
            why = "A turn of the prompt calls tools in a shape that is no call."
            assert (preview.rows, preview.left_out, preview.left_out_ids) == (3, {why: 1}, {why: ["o3"]})

    def test_no_arguments_is_told_at_import(self, database: Database) -> None:
        from avocet.runs import RunSource, import_run

        report = import_run(database, RunSource(SAMPLES / "tool-calls/no-arguments.jsonl", "r", "2026-01-02"))
        assert (report.imported, sum(report.notes.values())) == (4, 1)
        assert next(iter(report.notes)).startswith("A turn calls tools in a shape that is no call")

    @pytest.mark.parametrize("format_name", CARRY_CALLS)
    def test_text_and_object(self, case: Case, tmp_path: Path, format_name: str) -> None:
        found = rows(case("tool-calls/text-and-object.jsonl"), format_name, tmp_path / "set")
        # the space is what a model wrote
        texts = ['{"x": 1}', '{"x":1}', '{"x":"one"}', '{"city":"Rome"}']
        assert [call["function"]["arguments"] for row in found for call in calls(row)] == texts

    @pytest.mark.parametrize("format_name", ["openai-chat", "mlx"])
    def test_tools_of_different_types(self, case: Case, tmp_path: Path, format_name: str) -> None:
        """Lists as a rule; text where no list could be loaded, and the lists beside it for those who want them."""
        database = case("tool-calls/tools-of-different-types.jsonl")
        found = rows(database, format_name, tmp_path / "set")

        def defaults(tools: list[Any]) -> list[Any]:
            return [one[0]["function"]["parameters"]["properties"]["x"]["default"] for one in tools]

        assert defaults([json.loads(row["tools"]) for row in found]) == [5, "five"]
        (kept,) = (tmp_path / "set/lists").iterdir()
        lists = read_rows(kept)
        assert defaults([row["tools"] for row in lists]) == [5, "five"]
        assert [row["messages"] for row in lists] == [row["messages"] for row in found]
        told = exports.preview(database, Recipe(format=format_name)).warnings
        assert any("take the files in lists/, or FILE.lists.jsonl" in sentence for sentence in told)
        assert exports.verify(tmp_path / "set", database).problems == []

    def test_tools_of_different_types_in_one_file(self, case: Case, out: Path) -> None:
        """The lists go with the file, and go when an export without them takes its place."""
        database = case("tool-calls/tools-of-different-types.jsonl")
        names = ["x.jsonl", "x.jsonl.lists.jsonl", "x.jsonl.manifest.json", "x.jsonl.meta.jsonl"]
        exports.write(database, Recipe(format="openai-chat"), out / "x.jsonl")
        assert sorted(path.name for path in out.iterdir()) == names
        assert exports.verify(out / "x.jsonl", database).problems == []
        assert [type(row["tools"]) for row in read_rows(out / names[1])] == [list, list]
        exports.write(database, Recipe(format="sft"), out / "x.jsonl")
        assert sorted(path.name for path in out.iterdir()) == ["x.jsonl", "x.jsonl.manifest.json"]

    @pytest.mark.parametrize("ending", ["meta", "lists"])
    def test_a_strangers_file_where_a_sidecar_goes_stays(self, case: Case, out: Path, ending: str) -> None:
        database = case("tool-calls/tools-of-different-types.jsonl")
        strange = out / f"x.jsonl.{ending}.jsonl"
        strange.write_text("mine\n")
        with pytest.raises(Prerequisite, match="is no export of Avocet"):
            exports.write(database, Recipe(format="openai-chat"), out / "x.jsonl")
        assert [(path.name, path.read_text()) for path in out.iterdir()] == [(strange.name, "mine\n")]

    def test_a_file_whose_name_is_like_a_sidecars_is_written_anew(self, case: Case, out: Path) -> None:
        database = case("loaders/both-ways.jsonl")
        for _ in range(2):
            exports.write(database, Recipe(format="openai-chat"), out / "x.meta.jsonl")
        assert exports.verify(out / "x.meta.jsonl", database).problems == []

    def test_tools_of_one_type_are_a_list(self, case: Case, tmp_path: Path) -> None:
        (row,) = rows(case("tool-calls/answer-is-a-call.jsonl"), "openai-chat", tmp_path / "set")
        assert row["tools"][0]["function"]["name"] == "f"

    def test_answer_is_a_call(self, case: Case) -> None:
        database = case("tool-calls/answer-is-a-call.jsonl")

        def call(b: int) -> list[Any]:
            function = {"name": "add", "arguments": f'{{"a":2,"b":{b}}}'}
            calls = [{"id": "c1", "type": "function", "function": function}]
            return [{"role": "assistant", "content": None, "tool_calls": calls}]

        (sft,) = rows_of(database, "trl-sft")
        (dpo,) = rows_of(database, "trl-dpo")
        good, bad = rows_of(database, "trl-kto")
        assert sft["completion"] == dpo["chosen"] == good["completion"] == call(2)
        assert dpo["rejected"] == bad["completion"] == call(3)
        assert (good["label"], bad["label"]) == (True, False)
        for row in (sft, dpo, good, bad):
            assert json.loads(row["tools"])[0]["function"]["name"] == "f"


@pytest.mark.parametrize("format_name", TRAINING)
def test_calls_of_every_shape_come_as_datasets(case: Case, database_url: str, format_name: str) -> None:
    for name in ("no-arguments", "text-and-object", "tools-of-different-types", "answer-is-a-call"):
        case(f"tool-calls/{name}.jsonl")
    with Desk(database_url) as desk:
        given = desk.to_datasets(format_name)
        tables = [given] if "train" in given else list(given.values())
        assert tables or format_name in ("openai-dpo",)
        for table in tables:
            for row in table["train"]:
                assert isinstance(row.get("tools"), str | None)


class TestLoaders:
    def test_both_ways(self, case: Case, tmp_path: Path) -> None:
        database = case("loaders/both-ways.jsonl")
        for format_name, contradictory in (("trl-kto", 4), ("trl-dpo", 2), ("sft", 0), ("openai-dpo", 2)):
            preview = exports.preview(database, Recipe(format=format_name))
            written = exports.write_folder(database, Recipe(format=format_name), tmp_path / format_name)
            assert preview.contradictory == written.contradictory == contradictory
            assert preview.warnings == written.warnings
            assert any("the opposite" in sentence for sentence in preview.warnings) == bool(contradictory)

    @pytest.mark.parametrize(
        ("format_name", "place"),
        [("trl-sft", "completion[].content"), ("trl-dpo", "chosen[].content"), ("alpaca", "output")],
    )
    def test_dates(self, case: Case, format_name: str, place: str) -> None:
        preview = exports.preview(case("loaders/dates.jsonl"), Recipe(format=format_name))
        assert preview.dates == {"benchmark_run_id": 2, place: 2}
        assert "Take hf or parquet" in preview.warnings[-1]

    def test_dates_are_kept_by_tables(self, case: Case) -> None:
        assert exports.preview(case("loaders/dates.jsonl"), Recipe(format="hf")).dates == {}

    def test_lone_cr(self, case: Case) -> None:
        content = b"".join(exports.stream(case("loaders/lone-cr.jsonl"), Recipe(format="csv")))
        read = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert [row["id"] for row in read] == ["c1", "c2"]
        assert read[0]["model_response"] == "step 1\rstep 2"
        # some readers begin a row there, whatever the quotes
        assert read[0]["corrected_response"] == "done\r'=1+1"

    def test_roles(self, case: Case, tmp_path: Path) -> None:
        database = case("loaders/roles.jsonl")
        written = exports.write_file(database, Recipe(format="trl-sft"), tmp_path / "train.jsonl")
        assert [row["avocet_id"] for row in read_rows(tmp_path / "train.jsonl")] == ["r5"]
        assert sorted(chain.from_iterable(written.left_out_ids.values())) == ["r1", "r2", "r3", "r4"]
        assert sum(written.left_out.values()) == 4

    def test_one_category_of_thirty(self, case: Case, tmp_path: Path) -> None:
        database = case("loaders/one-category-of-thirty.jsonl")
        empty = Counter[str]()
        for salt in "abcdefgh":
            splits = Splits(train=0.8, validation=0.1, test=0.1, salt=salt)
            recipe = Recipe(format="trl-sft", splits=splits)
            written = exports.write_folder(database, recipe, tmp_path / salt)
            assert all(file.bytes for file in written.files)
            assert sum(written.by_split.values()) == 30
            assert written.by_split == exports.preview(database, recipe).by_split
            for name, n in written.by_split.items():
                empty[name] += not n
                assert (f"{name} got 0 rows: it has no file." in written.warnings) == (n == 0)
        assert empty.total() > 0

    def test_nulls_first(self, database: Database, bench_dir: Path, tmp_path: Path) -> None:
        """What first shows that a column holds texts stands where loaders look for it."""
        none = {"failure_category": None, "model_name": None, "task_type": None, "benchmark_run_id": None}
        pad = "x" * 2000
        lines = [
            candidate_line(
                n,
                status="approved",
                corrected_response=f"b{n}{pad}",
                model_response=pad,
                **(none if n < 4500 else {}),
            )
            for n in range(4510)
        ]
        lines[4505]["failure_category"] = "wrong_answer"
        import_lines(database, bench_dir, lines)
        exports.write_file(database, Recipe(format="trl-sft"), tmp_path / "train.jsonl")
        found = read_rows(tmp_path / "train.jsonl")
        numbers = [int(row["avocet_id"].rpartition("-")[2]) for row in found]
        assert sorted(numbers) == list(range(4510))
        assert numbers[:3] == [0, 4500, 4505]
        assert numbers[3:] == [n for n in range(4510) if n not in (0, 4500, 4505)]
