"""Items that a compared model was trained on, told apart from the others: against a count by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from avocet import Desk, exports
from avocet.benching import Settings
from avocet.benching.choice import is_held_out
from avocet.comparing import Compared, check_gate, compare, parse_gate
from avocet.comparing.comparison import compare_several
from avocet.comparing.exposure import ExposingDataset, SideExposure
from avocet.comparing.trained_on import Sources
from avocet.db import Database
from avocet.domain import JsonObject
from avocet.errors import InvalidRequest, Prerequisite, UnknownExport
from avocet.exports import HoldOut, Recipe
from avocet.models import Candidate
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs import find, import_run
from avocet.settings import Settings as DeskSettings
from avocet.training import TrainConfig
from tests.benching.making import Fake, bench, task_line, tasks_of
from tests.exports.deciding import corrected
from tests.factories import Line, candidate_line, write_jsonl
from tests.runs.listed import Listed, import_listed

NOT_CLEAN = "Not clean: 4 of 10 compared items stood in what new was trained on (export 1)."


def export(database: Database, folder: Path, items: dict[str, list[str]], **changes: Any) -> Path:
    """Make an export of corrections of these items by task; the folder of its dataset."""
    lines = [
        candidate_line(
            number,
            id=f"{folder.name}/{task}-{item}",
            task_type=task,
            prompt_messages=[{"role": "user", "content": f"{task}, {item}?"}],
            **{"item_id": item, **changes},
        )
        for number, (task, item) in enumerate((task, item) for task, named in items.items() for item in named)
    ]
    corrected(database, folder, lines)
    target = folder / "made"
    exports.make(database, Recipe(format="trl-sft"), target, reviewer="rowan", as_folder=True)
    return target


def training(folder: Path, dataset: Path, base: str = "org/tiny", *, sha256: str | None = None) -> Path:
    """What a training leaves: its settings and, if it is done, its report."""
    (folder / "adapter").mkdir(parents=True)
    config = TrainConfig(base=base, out=str(folder), dataset=str(dataset))
    (folder / "training_config.json").write_bytes(msgspec.json.encode(config))
    if sha256:
        (folder / "training_report.json").write_text(json.dumps({"manifest_sha256": sha256}))
    return folder


@pytest.fixture
def two_runs(database: Database, tmp_path: Path) -> Database:
    """Ten sums. Before 1 to 5 are right; after 1 to 4 and 6 to 9. And a word that is wrong on both sides."""
    for run, right in (("old", "12345"), ("new", "12346789")):
        items = [Listed(str(n), "passed" if str(n) in right else "failed") for n in range(1, 10)]
        import_listed(database, tmp_path, [*items, Listed("1", "failed", task="words")], run=run)
    return database


def test_the_exposed_and_the_others_are_scored_apart(two_runs: Database, tmp_path: Path) -> None:
    export(two_runs, tmp_path / "one", {"sums": ["5", "6", "7", "8", "never asked"]})
    found = compare(two_runs, "old", "new", sources=Sources(after=("1",)), all_items=True)
    told = found.exposure
    assert told is not None
    assert told.before == SideExposure([], 0)
    assert told.after == SideExposure([ExposingDataset("export 1", "given", 5, 0, 4)], 4)
    # of 5 to 8: 5 is broken, 6 to 8 are fixed; of the others 9 is fixed, the word stays wrong
    assert (told.exposed.items, told.exposed.right_before, told.exposed.right_after) == (4, 1, 3)
    assert (told.rest.items, told.rest.right_before, told.rest.right_after) == (6, 4, 5)
    assert told.exposed.difference is not None
    assert told.exposed.difference.value == pytest.approx(0.5)
    assert told.exposed.p_value == pytest.approx(0.625)  # 3 to 1: two-sided, 2 * (1 + 4) / 16
    assert told.rest.difference is not None
    assert told.rest.difference.value == pytest.approx(1 / 6)
    assert told.rest.p_value == 1
    assert {one.item for one in found.items if one.exposed} == {"5", "6", "7", "8"}
    assert found.notes[0] == f"{NOT_CLEAN} Without them 5 of 6 are right, 4 before."


def test_a_gate_says_that_the_comparison_is_not_clean(two_runs: Database, tmp_path: Path) -> None:
    conditions = parse_gate("regressions <= 1")
    assert check_gate(compare(two_runs, "old", "new"), conditions).note is None
    export(two_runs, tmp_path / "one", {"sums": ["5", "6", "7", "8"]})
    judged = check_gate(compare(two_runs, "old", "new", sources=Sources(after=("1",))), conditions)
    assert judged.verdict == "passed"
    assert judged.note is not None
    assert judged.note.startswith(NOT_CLEAN)


def test_each_side_has_its_own_datasets(two_runs: Database, tmp_path: Path) -> None:
    export(two_runs, tmp_path / "one", {"sums": ["1", "2"]})
    export(two_runs, tmp_path / "two", {"sums": ["3"], "words": ["1"]})
    found = compare(two_runs, "old", "new", sources=Sources(before=("1",), after=("1", "2", "2")))
    told = found.exposure
    assert told is not None
    # the second export holds the cards of the first as well
    assert (told.before.items, told.after.items) == (2, 4)
    assert [one.exposed for one in told.after.datasets] == [2, 4]
    assert (told.exposed.items, told.rest.items) == (4, 6)
    assert "2 of 10 compared items stood in what old was trained on (export 1); 4 of 10" in found.notes[0]


def test_nothing_known_is_not_clean_nor_unclean(two_runs: Database, tmp_path: Path) -> None:
    found = compare(two_runs, "old", "new", sources=Sources(trainings=tmp_path / "none"))
    assert found.exposure is None
    assert found.notes == []
    assert not any(one.exposed for one in found.items)
    export(two_runs, tmp_path / "one", {"others": ["1"]})
    apart = compare(two_runs, "old", "new", sources=Sources(after=("1",)))
    assert apart.exposure is not None
    assert apart.exposure.exposed.items == 0
    assert apart.exposure.exposed.difference is None
    assert apart.notes == []


def test_a_pass_without_a_card_is_found_by_the_run_that_the_row_came_from(database: Database, tmp_path: Path) -> None:
    """The ledger has the line's id; the manifest has the card's item, which only the first run's card knows."""
    for run, outcome in (("r0", "failed"), ("r1", "passed"), ("r2", "passed")):
        lines: list[Line | str | bytes] = [
            candidate_line(n, id=f"{run}/line-{n}", benchmark_run_id=run, outcome=outcome) for n in range(3)
        ]
        (source,) = find(write_jsonl(tmp_path / run / "sft_candidates.jsonl", lines))
        import_run(database, source)
    decisions.submit(database, Submission(id="r0/line-1", action="correct", corrected_response="It is 2."), "rowan")
    exports.make(database, Recipe(format="trl-sft"), tmp_path / "made", reviewer="rowan", as_folder=True)
    found = compare(database, "r1", "r2", sources=Sources(after=(str(tmp_path / "made"),)))
    assert found.exposure is not None
    (dataset,) = found.exposure.after.datasets
    assert (dataset.name, dataset.items, dataset.exposed) == (str(tmp_path / "made"), 1, 1)


def test_rows_without_an_item_are_told(two_runs: Database, tmp_path: Path) -> None:
    export(two_runs, tmp_path / "one", {"sums": ["1", "2", "3"]}, item_id=None, task_id=None)
    found = compare(two_runs, "old", "new", sources=Sources(after=("1",)))
    assert found.exposure is not None
    assert [(one.items, one.unnamed) for one in found.exposure.after.datasets] == [(0, 3)]


def test_whatever_names_a_dataset(two_runs: Database, tmp_path: Path) -> None:
    made = export(two_runs, tmp_path / "one", {"sums": ["1", "2", "3"]})
    lone = tmp_path / "lone" / "rows.jsonl"
    lone.parent.mkdir()
    exports.make(two_runs, Recipe(format="sft"), lone, reviewer="rowan")
    trained = training(tmp_path / "elsewhere" / "tuned", made)
    checkpoint = trained / "checkpoints" / "checkpoint-20"
    checkpoint.mkdir(parents=True)
    datasets = (made, made / "manifest.json", lone, lone.with_name("rows.jsonl.manifest.json"))
    for name in ("1", *map(str, (*datasets, trained, trained / "adapter", checkpoint))):
        told = compare(two_runs, "old", "new", sources=Sources(after=(name,))).exposure
        assert told is not None
        assert told.after.items == 3, name
    twice = compare(two_runs, "old", "new", sources=Sources(after=("1", str(made)))).exposure
    assert twice is not None
    assert [one.name for one in twice.after.datasets] == ["export 1"]


def test_what_is_no_dataset_is_refused(two_runs: Database, tmp_path: Path) -> None:
    def refused(name: str, **more: Any) -> None:
        compare(two_runs, "old", "new", sources=Sources(before=(name,), **more))

    with pytest.raises(UnknownExport):
        refused("9" * 20)
    for name in ("nowhere", "~nobody-of-this-name", "x" * 5000, "9" * 5000):
        with pytest.raises(InvalidRequest, match="is nothing that a model was trained on"):
            refused(name)
    with pytest.raises(Prerequisite, match="manifest"):
        refused(str(tmp_path))
    # over HTTP no path is looked at, and a name leads nowhere else
    training(tmp_path / "secret", tmp_path)
    (tmp_path / "trainings").mkdir()
    for name in (str(tmp_path), "../secret", ".."):
        with pytest.raises(InvalidRequest, match="name of a training of this desk"):
            refused(name, has_paths=False, trainings=tmp_path / "trainings")


def test_from_python(two_runs: Database, settings: DeskSettings, tmp_path: Path) -> None:
    made = export(two_runs, tmp_path / "one", {"sums": ["1", "2"]})
    with Desk(settings.url) as desk:
        told = desk.compare("old", "new", trained_on=[1], before_trained_on=[made]).exposure
    assert told is not None
    assert (told.before.datasets[0].name, told.after.datasets[0].name) == (str(made), "export 1")
    assert (told.before.items, told.after.items) == (2, 2)


def named_runs(database: Database, folder: Path, model: str) -> Compared:
    for run, name in (("base", "tiny"), ("tuned", model)):
        import_listed(database, folder, [Listed(str(n), model=name) for n in range(4)], run=run)
    return compare(database, "base", "tuned", sources=Sources(trainings=folder / "trainings"))


@pytest.mark.parametrize(
    ("model", "exposed"), [("tiny + mine", 2), ("mine", 2), ("other", None), ("tiny + adapter", None)]
)
def test_a_training_of_the_desk_is_found_by_the_models_name(
    database: Database, tmp_path: Path, model: str, exposed: int | None
) -> None:
    made = export(database, tmp_path / "one", {"sums": ["1", "2"]})
    training(tmp_path / "trainings" / "mine", made)
    training(tmp_path / "trainings" / "adapter", made)
    told = named_runs(database, tmp_path, model).exposure
    assert (told and told.after.items) == exposed
    if told:
        assert [(one.name, one.how) for one in told.after.datasets] == [("the training mine", "name")]


def test_what_made_the_base_counts_too(database: Database, tmp_path: Path) -> None:
    first = training(tmp_path / "first", export(database, tmp_path / "one", {"sums": ["1"]}))
    second = export(database, tmp_path / "two", {"sums": ["2"]})
    training(tmp_path / "trainings" / "mine", second, base=str(first / "merged"))
    told = named_runs(database, tmp_path, "mine").exposure
    assert told is not None
    assert [one.name for one in told.after.datasets] == ["the training mine", "the training first"]


def test_a_dataset_that_changed_since_is_not_taken_for_the_one_trained_on(database: Database, tmp_path: Path) -> None:
    made = export(database, tmp_path / "one", {"sums": ["1"]})
    training(tmp_path / "trainings" / "mine", made, sha256="0" * 64)
    found = named_runs(database, tmp_path, "mine")
    assert found.exposure is None
    assert found.notes == [
        "Of the training mine there is no manifest as it was: which items it was trained on can't be told."
    ]


class Tuned(Fake):
    """A local model with an adapter, which answers like the tests' own."""

    def __init__(self, answers: dict[str, str], adapter: Path | None) -> None:
        super().__init__(answers)
        self.adapter = adapter

    def about(self) -> JsonObject:
        return {"--base": "org/m", "--adapter": str(self.adapter) if self.adapter else None}


def test_the_whole_round(database: Database, tmp_path: Path) -> None:
    """Bench, import, correct, export with a hold-out, train, bench again: nobody has to say what was learned."""
    held = HoldOut(share=0.5, salt="s")
    exports.store_hold_out(database, held)
    tasks = tasks_of(tmp_path, *(task_line(n) for n in range(12)))
    right = {f"question {n}": f"right {n}" for n in range(12)}

    def run(name: str, model: Tuned) -> str:
        bench(tmp_path / name, tasks, model, settings=Settings(model.about()))
        (source,) = find(tmp_path / name)
        return import_run(database, source).run_id

    before = run("base", Tuned(dict.fromkeys(right, "wrong") | {"question 0": "right 0"}, None))
    with database.read() as connection:
        cards = connection.scalars(select(Candidate.id)).all()
    for card in cards:
        decisions.submit(database, Submission(id=card, action="correct", corrected_response="right"), "rowan")
    folder = tmp_path / "runs" / "tuned"
    exports.make(database, Recipe(format="trl-sft"), folder / "dataset", reviewer="rowan", as_folder=True)
    manifest = (folder / "dataset" / "manifest.json").read_bytes()
    training(folder, folder / "dataset", sha256=hashlib.sha256(manifest).hexdigest())
    after = run("after", Tuned(right, folder / "adapter"))
    found = compare(database, before, after, all_items=True)
    learned = {task.id for task in tasks[1:] if not is_held_out(task, held)}
    assert 0 < len(learned) < 11
    assert {one.item for one in found.items if one.exposed} == learned
    assert found.exposure is not None
    assert found.exposure.before == SideExposure([], 0)
    assert found.exposure.after == SideExposure(
        [ExposingDataset("the training tuned", "run", len(learned), 0, len(learned))], len(learned)
    )
    assert found.exposure.rest.right_before == 1
    several = compare_several(database, [before, after])
    assert several.pairs[0].exposure == found.exposure
    # a folder from elsewhere may hold anything
    head = json.loads((tmp_path / "after" / "bench.json").read_text("utf-8"))
    for adapter in ("/a\0b", "tuned/adapter", 7, str(tmp_path / "gone" / "adapter")):
        settings = {**head["settings"], "--adapter": adapter}
        (tmp_path / "after" / "bench.json").write_text(json.dumps({**head, "settings": settings}), "utf-8")
        assert compare(database, before, after).exposure is None
    # begun anew, the folder holds another run than the one that was imported
    bench(tmp_path / "after", tasks[:3], Tuned(right, folder / "adapter"), fresh=True, settings=Settings({}))
    assert compare(database, before, after).exposure is None
