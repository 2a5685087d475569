"""lighteval's details: three shapes of rows, files of one run, what its results file adds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import ChoiceNeeded, InvalidRequest, Prerequisite, RunUnreadable
from avocet.importers.base import ImportOptions, ReadItem, Settled, SourceFile, SourceInfo
from avocet.importers.lighteval import Lighteval
from avocet.importers.lighteval.items import task_name
from avocet.importers.reading.sniff import sniff
from avocet.runs import find, import_run
from tests.factories import assert_counted
from tests.importers.expected import outcome, told
from tests.importers.files import SAMPLES

FOLDER = SAMPLES / "lighteval"
DATE = "2026-01-02T03-04-05.678901"
LIGHTEVAL = Lighteval()


def read(root: Path, **options: Any) -> tuple[SourceInfo, list[ReadItem]]:
    """The one run that lies in a folder."""
    files = [SourceFile(path, str(path.relative_to(root))) for path in sorted(root.rglob("*")) if path.is_file()]
    (run,) = LIGHTEVAL.group([file for file in files if LIGHTEVAL.recognises(sniff(file.path))])
    reading = LIGHTEVAL.read(run.files, ImportOptions(**options))
    return reading.info, list(reading.items)


def drafts(items: list[ReadItem]) -> list[CandidateDraft]:
    return [item.result for item in items if isinstance(item.result, CandidateDraft)]


def written(item: ReadItem) -> dict[str, Any]:
    """What became of an item, as the expectations have it."""
    fields: dict[str, Any] = msgspec.to_builtins(told(item))
    return {name: value for name, value in fields.items() if name not in ("draft", "is_counted")}


def row(item: object = "0", metric: Any = None, response: Any = None, **doc: Any) -> dict[str, Any]:
    """A details row of lighteval 0.13."""
    base = {"query": "2+2?", "choices": ["4"], "gold_index": 0, "id": item, "task_name": "sums|0"}
    told = {"input": None, "text": ["5"], "logprobs": []} if response is None else response
    return {"doc": {**base, **doc}, "metric": {"em": 0.0} if metric is None else metric, "model_response": told}


def write(folder: Path, *rows: dict[str, Any], task: str = "sums|0", **options: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"details_{task}_{DATE}.parquet"
    pq.write_table(pa.Table.from_pylist(list(rows)), path, **options)
    return path


@pytest.fixture
def as_written(tmp_path: Path) -> Path:
    """The samples under the names that lighteval gave them; the repository's must suit every file system."""
    root = tmp_path / "samples"
    shutil.copytree(FOLDER, root)
    for path in root.rglob("details_*.parquet"):
        name = path.name.replace("desk-", "desk:").replace("-1_", "|1_").replace("-0_", "|0_")
        path.rename(path.with_name(name.replace("community-", "community|").replace("leaderboard-", "leaderboard|")))
    return root


@pytest.mark.parametrize("version", ["0.13.0", "0.9.2", "0.6-text", "shapes"])
def test_a_run_becomes_what_is_expected(as_written: Path, version: str) -> None:
    info, items = read(as_written / version)
    found = {
        "info": msgspec.to_builtins(info),
        "items": [{"is": outcome(item), "key": item.key, "notes": item.notes, **written(item)} for item in items],
    }
    expected = json.loads((FOLDER / f"{version}.expected.json").read_text("utf-8"))
    found = json.loads(json.dumps(found))
    assert found["info"] == expected["info"]
    assert len(found["items"]) == len(expected["items"])
    for item, wanted in zip(found["items"], expected["items"], strict=True):
        for field in item.keys() | wanted.keys():
            assert item.get(field) == wanted.get(field), (item["key"], field)


class TestGroup:
    def test_the_files_of_one_date_and_model_are_one_run(self, tmp_path: Path) -> None:
        names = [
            *(f"out/details/org/a/{DATE}/details_{task}|0_{DATE}.parquet" for task in ("x", "y")),
            f"out/results/org/a/results_{DATE}.json",
            f"out/details/org/b/{DATE}/details_x|0_{DATE}.parquet",
            "out/renamed.parquet",
        ]
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"PAR1" if name.endswith("parquet") else b"{}")
        groups = LIGHTEVAL.group([SourceFile(tmp_path / name, name) for name in names])
        assert [(group.name, [file.name for file in group.files]) for group in groups] == [
            (f"a_{DATE}", names[:3]),
            (f"b_{DATE}", [names[3]]),
            ("renamed", [names[4]]),
        ]

    def test_the_results_alone_are_refused_with_what_to_do(self) -> None:
        (path,) = (FOLDER / "0.13.0/results").rglob("*.json")
        with pytest.raises(RunUnreadable, match=r"details_\*\.parquet.*--save-details"):
            LIGHTEVAL.read([SourceFile(path, path.name)], ImportOptions())

    def test_the_results_are_found_where_lighteval_puts_them(self, tmp_path: Path) -> None:
        path = write(tmp_path / "details/org/tiny" / DATE, row())
        results = {"config_general": {"model_name": "org/tiny-but-named"}}
        for companion in (tmp_path / f"results/org/tiny/results_{DATE}.json", path.parent / f"results_{DATE}.json"):
            assert LIGHTEVAL.read([SourceFile(path, path.name)], ImportOptions()).info.models == ["org/tiny"]
            companion.parent.mkdir(parents=True, exist_ok=True)
            companion.write_text(json.dumps(results))
            info = LIGHTEVAL.read([SourceFile(path, path.name)], ImportOptions()).info
            assert info.models == ["org/tiny-but-named"]
            companion.unlink()

    @pytest.mark.parametrize(
        "content", [b"", b"[]", b"{", b'{"config_general": 1}', b'{"config_general": {"model_name": 5}}']
    )
    def test_results_of_another_shape_say_nothing(self, tmp_path: Path, content: bytes) -> None:
        path = write(tmp_path, row())
        (tmp_path / f"results_{DATE}.json").write_bytes(content)
        reading = LIGHTEVAL.read([SourceFile(path, path.name)], ImportOptions(model_name="org/told"))
        assert reading.info.models == ["org/told"]
        assert [draft.model_name for draft in drafts(list(reading.items))] == ["told"]


class TestThreshold:
    ROWS = (
        row("0", {"em": 0.0, "f1": 0.5, "ter": 3.0}),
        row("1", {"em": 1.0, "f1": 1.0, "ter": 0.0}),
        row("2", {"em": None, "f1": 0.75, "ter": None}),
    )

    def outcomes(self, folder: Path, **options: Any) -> list[str]:
        return [outcome(item) for item in read(folder, **options)[1]]

    def test_the_first_metric_decides_unless_another_is_chosen(self, tmp_path: Path) -> None:
        write(tmp_path, *self.ROWS)
        assert self.outcomes(tmp_path) == ["failed", "passed", "unscored"]
        assert self.outcomes(tmp_path, metric="f1") == ["failed", "passed", "failed"]
        assert self.outcomes(tmp_path, metric="f1", threshold=0.7) == ["failed", "passed", "passed"]
        assert self.outcomes(tmp_path, threshold=0) == ["passed", "passed", "unscored"]

    def test_a_score_without_a_full_mark_needs_a_threshold(self, tmp_path: Path) -> None:
        write(tmp_path, *self.ROWS)
        with pytest.raises(ChoiceNeeded) as needed:
            read(tmp_path, metric="ter")
        assert needed.value.extra == {"needs": "threshold", "metrics": [{"name": "ter", "higher_is_better": True}]}
        assert self.outcomes(tmp_path, metric="ter", threshold=1) == ["passed", "failed", "unscored"]

    def test_lower_is_better_where_the_results_say_so(self, tmp_path: Path) -> None:
        write(tmp_path, *self.ROWS)
        tasks = {
            "sums|0": {
                "metrics": [
                    {"metric_name": "ter", "higher_is_better": False},
                    {"metric_name": ["em", "f1"], "higher_is_better": {"em": True, "f1": True}},
                ]
            }
        }
        results = {"config_general": {"lighteval_sha": "?", "job_id": "0"}, "results": {}, "config_tasks": tasks}
        (tmp_path / f"results_{DATE}.json").write_text(json.dumps(results))
        assert self.outcomes(tmp_path, metric="ter", threshold=1) == ["failed", "passed", "unscored"]

    def test_an_unknown_metric_or_field_is_refused_with_those_there_are(self, tmp_path: Path) -> None:
        write(tmp_path, *self.ROWS)
        with pytest.raises(InvalidRequest, match="em, f1, ter"):
            read(tmp_path, metric="bleu")
        with pytest.raises(InvalidRequest, match=r"doc\.query"):
            read(tmp_path, prompt_field="doc.nothing")

    def test_a_task_without_the_chosen_metric_is_decided_by_its_own(self, tmp_path: Path) -> None:
        write(tmp_path, *self.ROWS)
        write(tmp_path, row("0", {"acc": 1.0}), row("1", {"acc": 0.0}), task="other|0")
        assert self.outcomes(tmp_path, metric="f1", threshold=0.6) == [
            "passed",
            "failed",
            "failed",
            "passed",
            "passed",
        ]

    def test_no_task_is_left_out_when_none_of_its_scores_has_a_full_mark(self, tmp_path: Path) -> None:
        write(tmp_path, row("0", {"words": 12.0}), row("1", {"words": 1.0}))
        info, items = read(tmp_path)
        assert [outcome(item) for item in items] == ["unscored", "unscored"]
        assert (info.metric, [metric.threshold for metric in info.metrics]) == (None, [None])


class TestRows:
    def one(self, folder: Path, *args: Any, **doc: Any) -> Any:
        write(folder, row(*args, **doc))
        (item,) = read(folder)[1]
        return told(item)

    @pytest.mark.parametrize("index", [None, -1, 5, [0, 7], "0"])
    def test_a_right_answer_that_is_not_there_is_left_out(self, tmp_path: Path, index: Any) -> None:
        assert self.one(tmp_path, gold_index=index).reference in (None, "4")

    def test_the_likeliest_of_the_choices_is_the_answer(self, tmp_path: Path) -> None:
        response = {"text": [], "logprobs": [-2.0, float("nan"), -1.0, 0.0, 0.0, 0.0], "input": None}
        draft = self.one(tmp_path, "0", None, response, choices=[" a", " b", " c"], gold_index=0)
        assert (draft.model_response, draft.reference) == ("c", "a")

    @pytest.mark.parametrize(
        "response", [{"text": [], "logprobs": [-1.0]}, {"text": None, "logprobs": None}, {"text": "5"}]
    )
    def test_without_an_answer_there_is_nothing_to_review(self, tmp_path: Path, response: Any) -> None:
        assert self.one(tmp_path, "0", None, response, choices=["a", "b"]) == Settled("unscored", None, "sums")

    @pytest.mark.parametrize("item", [1.5, None, ["0"], True])
    def test_an_item_without_an_id_is_rejected(self, tmp_path: Path, item: Any) -> None:
        result = self.one(tmp_path, item)
        assert isinstance(result, RejectedLine)
        assert (result.code, result.line_number) == ("invalid_item", 1)

    @pytest.mark.parametrize("query", [None, 5, ["2+2?"]])
    def test_an_item_without_a_prompt_is_rejected(self, tmp_path: Path, query: Any) -> None:
        assert "doc.query" in self.one(tmp_path, query=query).reason

    def test_messages_as_they_were_sent(self, tmp_path: Path) -> None:
        sent = [{"role": "system", "content": "Brief."}, {"role": "user", "content": "2+2?"}]
        assert self.one(tmp_path, "0", None, {"input": sent, "text": ["5"]}).prompt_messages == sent

    def test_another_field_as_the_prompt_leaves_the_id(self, tmp_path: Path) -> None:
        write(tmp_path, row(specific={"question": "What is 2+2?"}))
        _, (plain,) = read(tmp_path)
        info, (shown,) = read(tmp_path, prompt_field="doc.specific.question")
        assert info.prompt_fields == ["doc.query", "doc.specific.question"]
        assert shown.key == plain.key
        assert drafts([shown])[0].prompt_messages == [{"role": "user", "content": "What is 2+2?"}]

    def test_scores_that_are_no_numbers_decide_nothing(self, tmp_path: Path) -> None:
        write(tmp_path, row(metric={"corpus": {"golds": ["4"]}, "listed": [1.0], "em": True}))
        info, (item,) = read(tmp_path)
        assert [metric.name for metric in info.metrics] == ["em"]
        assert outcome(item) == "passed"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gsm8k|5", ("gsm8k", None, None, 5)),
        ("mmlu:abstract_algebra|0", ("mmlu", "abstract_algebra", None, 0)),
        ("leaderboard|arc:challenge|25", ("arc", "challenge", "leaderboard", 25)),
        ("lighteval|gsm8k|5|1", ("gsm8k", None, "lighteval", 5)),
        ("plain", ("plain", None, None, None)),
        ("", ("", None, None, None)),
        ("|", ("|", None, None, None)),
    ],
)
def test_the_parts_of_a_task_name(text: str, parts: tuple[Any, ...]) -> None:
    assert tuple(task_name(text)) == parts


def test_a_damaged_file_is_unreadable(tmp_path: Path) -> None:
    path = write(tmp_path, *(row(str(number)) for number in range(50)))
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + whole[-800:])
    with pytest.raises(RunUnreadable, match="isn't a whole Parquet file"):
        read_one(path)


def read_one(path: Path) -> list[ReadItem]:
    return list(LIGHTEVAL.read([SourceFile(path, path.name)], ImportOptions()).items)


def test_without_pyarrow_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, row())
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(Prerequisite, match=r"pip install 'avocet-desk\[parquet\]'"):
        read_one(path)


def test_import_counts_add_up_and_a_second_one_skips(database: Database, as_written: Path) -> None:
    (source,) = find(as_written / "0.13.0")
    first = import_run(database, source)
    assert (first.read, first.imported, first.passed) == (6, 5, 1)
    again = import_run(database, source)
    assert (again.run_id, again.imported, again.skipped, again.passed) == (first.run_id, 0, 5, 1)
    assert {(total.task_type, total.failed, total.passed) for total in again.totals} == {("desk", 5, 1)}
    assert_counted(database)
