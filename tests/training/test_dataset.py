"""Where a training's rows come from: a recipe of the desk, a written dataset, or a lone file."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest, Prerequisite, UnknownRecipe
from avocet.exports import ExportFilter, Recipe, Splits, made, recipe
from avocet.review import decisions
from avocet.training import dataset
from avocet.training.config import Method, TrainConfig
from tests.exports.deciding import decide, varied
from tests.factories import RUN, candidate_line, import_lines, write_jsonl


def config_of(folder: Path, **more: Any) -> TrainConfig:
    return TrainConfig(base="base", out=str(folder / "out"), **more)


def exported(database: Database, target: Path, format_name: str, **more: Any) -> Path:
    exports.write(database, Recipe(format=format_name, **more), target)
    return target


def opened(database: Database) -> AbstractContextManager[Database]:
    return nullcontext(database)


def texts(found: list[Any]) -> set[str]:
    return {msgspec.json.encode(row.value).decode() for row in found}


@pytest.mark.parametrize("method", ["sft", "dpo", "kto"])
def test_a_recipe_is_exported_in_the_methods_format_with_a_validation_split(
    database: Database, bench_dir: Path, tmp_path: Path, method: Method
) -> None:
    varied(database, bench_dir)
    recipe.save(database, "mine", Recipe(format="sft", filter=ExportFilter(action=("correct", "flag"))))
    config = config_of(tmp_path, recipe="mine", method=method, validation=0.3)
    (tmp_path / "out").mkdir()
    place = dataset.write(config, lambda: opened(database), "rowan")
    data = dataset.read(place, config)
    whole = exported(database, tmp_path / "whole", f"trl-{method}", filter=ExportFilter(action=("correct", "flag")))
    all_rows = dataset.read(whole, config_of(tmp_path, dataset=str(whole), method=method, validation=0))
    assert data.validation
    assert not texts(data.train) & texts(data.validation)
    assert texts(data.train) | texts(data.validation) == texts(all_rows.train)
    assert [one.recipe_name for one in made.read_all(database)] == ["mine"]


def test_a_resume_trains_on_the_same_rows_though_the_desk_went_on(
    database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    varied(database, bench_dir)
    recipe.save(database, "mine", Recipe())
    config = config_of(tmp_path, recipe="mine")
    (tmp_path / "out").mkdir()
    first = dataset.read(dataset.write(config, lambda: opened(database), "rowan"), config)
    decisions.undo(database, f"{RUN}/item-0", "rowan")
    again = dataset.read(dataset.write(config, lambda: opened(database), "rowan"), config)
    assert again == first


def test_an_unknown_recipe_is_told(database: Database, tmp_path: Path) -> None:
    with pytest.raises(UnknownRecipe, match="'absent'"):
        dataset.write(config_of(tmp_path, recipe="absent"), lambda: opened(database), "rowan")


def test_a_datasets_own_splits_are_kept_and_its_test_split_is_not_touched(
    database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    varied(database, bench_dir)
    splits = Splits(train=0.5, validation=0.25, test=0.25)
    folder = exported(database, tmp_path / "split", "trl-sft", splits=splits)
    data = dataset.read(folder, config_of(tmp_path, dataset=str(folder)))
    stored = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=exports.Manifest)
    by_split = {file.split: file.rows for file in stored.files}
    assert (len(data.train), len(data.validation), data.test_rows) == tuple(
        by_split[name] for name in ("train", "validation", "test")
    )
    assert data.manifest_sha256 == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


def test_the_filter_works_on_a_written_dataset(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    varied(database, bench_dir)
    folder = exported(database, tmp_path / "all.jsonl", "trl-sft")
    config = config_of(tmp_path, dataset=str(folder), exclude_category=("scoring_artifact",), validation=0)
    data = dataset.read(folder, config)
    assert data.by_category == {"scoring_artifact": 15, "wrong_answer": 15}
    assert data.used_by_category == {"wrong_answer": 15}
    assert {row.category for row in data.train} == {"wrong_answer"}
    only = config_of(tmp_path, dataset=str(folder), include_category=("hallucination",))
    with pytest.raises(
        InvalidRequest, match=r"leave no row to train on\. The dataset has: scoring_artifact 15, wrong"
    ):
        dataset.read(folder, only)


def test_rows_of_a_recipe_tell_which_of_them_passed(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(n, outcome="passed" if n < 2 else "failed") for n in range(6)])
    for number in range(6):
        said = ("accept", None) if number < 2 else ("correct", f"right {number}")
        decide(database, number, *said, failure_category=None if number < 2 else "wrong_answer")
    for passes, expected in (("none", {"failed": 4}), ("confirmed", {"failed": 4, "passed": 2})):
        folder = exported(database, tmp_path / f"{passes}.jsonl", "trl-sft", passes=passes)
        data = dataset.read(folder, config_of(tmp_path, dataset=str(folder), validation=0))
        assert data.by_outcome == data.used_by_outcome == expected
    (tmp_path / "confirmed.jsonl.manifest.json").unlink()
    alone = dataset.read(folder, config_of(tmp_path, dataset=str(folder), validation=0))
    assert alone.by_outcome == {"failed": 4, "passed": 2}
    assert alone.by_category == {"wrong_answer": 4, "uncategorised": 2}
    # without passes the rows say nothing themselves, and nothing else does either once the manifest is gone
    (tmp_path / "none.jsonl.manifest.json").unlink()
    bare = dataset.read(tmp_path / "none.jsonl", config_of(tmp_path, dataset="none.jsonl", validation=0))
    assert bare.by_outcome == {"not said": 4}


def test_the_same_prompt_never_stands_in_both_splits_of_a_lone_file(tmp_path: Path) -> None:
    ask = [[{"role": "user", "content": f"{number % 20}?"}] for number in range(60)]
    file = write_jsonl(
        tmp_path / "rows.jsonl",
        [
            {"prompt": prompt, "completion": [{"role": "assistant", "content": f"answer {number}"}]}
            for number, prompt in enumerate(ask)
        ],
    )
    data = dataset.read(file, config_of(tmp_path, dataset=str(file), validation=0.3))
    prompts = [{row.value["prompt"][0]["content"] for row in part} for part in (data.train, data.validation)]
    assert prompts[0]
    assert prompts[1]
    assert not prompts[0] & prompts[1]
    assert len(data.train) + len(data.validation) == 60
    assert data.manifest_sha256 is None


def test_a_dataset_that_was_changed_is_refused(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    varied(database, bench_dir)
    file = exported(database, tmp_path / "all.jsonl", "trl-sft")
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(Prerequisite, match=r"isn't what its manifest says\. all\.jsonl was changed"):
        dataset.read(file, config_of(tmp_path, dataset=str(file)))


@pytest.mark.parametrize(("method", "format_name"), [("sft", "trl-dpo"), ("dpo", "trl-sft"), ("kto", "sft")])
def test_a_dataset_of_another_format_is_refused(
    database: Database, bench_dir: Path, tmp_path: Path, method: Method, format_name: str
) -> None:
    varied(database, bench_dir)
    file = exported(database, tmp_path / "rows.jsonl", format_name)
    with pytest.raises(InvalidRequest, match=f"{method} trains on .*was exported as {format_name}"):
        dataset.read(file, config_of(tmp_path, dataset=str(file), method=method))


def test_what_is_no_dataset_is_told(tmp_path: Path) -> None:
    with pytest.raises(Prerequisite, match="There is no dataset at"):
        dataset.read(tmp_path / "absent", config_of(tmp_path, dataset="absent"))
    with pytest.raises(Prerequisite, match=r"manifest\.json can't be read"):
        dataset.read(tmp_path, config_of(tmp_path, dataset=str(tmp_path)))
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(Prerequisite, match="isn't a manifest"):
        dataset.read(tmp_path, config_of(tmp_path, dataset=str(tmp_path)))
    empty = write_jsonl(tmp_path / "empty.jsonl", [])
    with pytest.raises(InvalidRequest, match="no rows to train on"):
        dataset.read(empty, config_of(tmp_path, dataset=str(empty)))


def test_a_decision_that_stands_is_what_is_trained_on(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    varied(database, bench_dir, count=8)
    folder = exported(database, tmp_path / "rows.jsonl", "trl-dpo")
    data = dataset.read(folder, config_of(tmp_path, dataset=str(folder), method="dpo", validation=0))
    assert {row.value["chosen"][0]["content"] for row in data.train} == {"It is 1.", "It is 5."}
