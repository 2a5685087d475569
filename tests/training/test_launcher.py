"""Trainings of the desk: what is started, and what becomes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pydantic import SecretStr

from avocet import exports
from avocet.db import Database
from avocet.errors import (
    AlreadyTraining,
    InvalidRequest,
    NotFound,
    NothingToResume,
    NothingToStop,
    NotInstalled,
    TrainingExists,
    UnknownExport,
    UnknownRecipe,
)
from avocet.exports import HoldOut, Recipe, recipe
from avocet.processes import process
from avocet.settings import Settings
from avocet.training import claiming, to_ask
from avocet.training.config import TrainConfig
from avocet.training.launcher import TrainingRequest, Trainings
from tests.processes import wait_until
from tests.training.starting import FAKE, end, fake_trainings, start, until


def folder_of(settings: Settings, name: str) -> Path:
    return settings.data_dir / "trainings" / name


def test_from_the_start_to_the_report(trainings: Trainings) -> None:
    view = start(trainings, options={"method": "sft", "validation": 0.0})
    assert (view.name, view.base, view.recipe) == ("tiny-sft", "org/tiny", None)
    assert view.by_category == {"wrong_answer": 3, "format_error": 3}
    view = until(trainings, "tiny-sft", "running")
    assert (view.step, view.total_steps, view.seconds_left) == (2, 4, 2.0)
    assert (view.loss, view.eval_loss, len(view.points)) == (1.0, 1.5, 2)
    assert "Training on 3 rows" in trainings.log("tiny-sft")
    with pytest.raises(NotFound):
        trainings.report_page("tiny-sft")
    done = end(trainings, "tiny-sft", "done")
    assert (done.state, done.has_report, done.seconds_left) == ("done", True, None)
    assert "a report" in trainings.report_page("tiny-sft")
    with pytest.raises(NothingToResume):
        trainings.resume("tiny-sft")
    with pytest.raises(NothingToStop):
        trainings.stop("tiny-sft")


def test_its_categories_are_counted_before_it_is_done(trainings: Trainings) -> None:
    view = start(trainings, options={"exclude_category": ["format_error"]})
    assert view.used_by_category == {"wrong_answer": 3}
    assert view.config["exclude_category"] == ["format_error"]


def test_what_checks_ask_is_written_here_since_its_process_opens_no_desk(
    trainings: Trainings, database: Database
) -> None:
    view = start(trainings, options={"early_stop": "checks", "validation": 0.5})
    known = to_ask.read(msgspec.convert(view.config, TrainConfig))
    assert (known.checks, known.held_out, known.holds_out) == ({}, [], False)
    exports.store_hold_out(database, HoldOut(share=0.5))
    recipe.save(database, "mine", Recipe())
    second = start(trainings, recipe="mine", options={"early_stop": "checks"}, name="second", parallel=True)
    assert to_ask.read(msgspec.convert(second.config, TrainConfig)).holds_out
    third = start(trainings, name="third", parallel=True)
    assert not Path(third.folder, to_ask.FILE).exists()


def test_a_folder_from_before_a_setting_goes_on(tmp_path: Path) -> None:
    config = TrainConfig(base="base", out=str(tmp_path), recipe="mine", learning_rate=1e-4)
    before = {name: value for name, value in msgspec.to_builtins(config).items() if name != "early_stop"}
    (tmp_path / claiming.CONFIG).write_bytes(msgspec.json.encode(before))
    claiming.claim(tmp_path, config, fresh=False)
    with pytest.raises(InvalidRequest, match="another training: early_stop differ"):
        claiming.claim(tmp_path, msgspec.structs.replace(config, early_stop="checks"), fresh=False)


def test_a_recipe_keeps_its_name_and_the_export_is_remembered(trainings: Trainings, database: Database) -> None:
    recipe.save(database, "mine", Recipe())
    view = start(trainings, recipe="mine", name="first")
    assert (view.recipe, view.config["recipe"], view.config["dataset"]) == ("mine", "mine", None)
    (made,) = exports.made.read_all(database)
    assert (made.recipe_name, made.reviewer, made.manifest.recipe.format) == ("mine", "rowan", "trl-sft")
    assert Path(made.target) == Path(view.folder, "dataset")


def test_an_export_is_trained_on_as_it_was(trainings: Trainings, database: Database, tmp_path: Path) -> None:
    written = exports.write(database, Recipe(format="trl-sft"), tmp_path / "rows.jsonl")
    number = exports.record(database, written, reviewer="wren", target="rows.jsonl")
    view = start(trainings, export_id=number)
    assert (view.export_id, view.recipe) == (number, None)
    (file,) = Path(view.folder, "dataset").glob("*.jsonl")
    assert file.read_bytes() == (tmp_path / "rows.jsonl").read_bytes()
    with pytest.raises(InvalidRequest, match="dpo trains on trl-dpo; this export is trl-sft"):
        start(trainings, export_id=number, parallel=True, options={"method": "dpo"})


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"recipe": "none"}, UnknownRecipe),
        ({"export_id": 9}, UnknownExport),
        ({"recipe": "a", "export_id": 1}, InvalidRequest),
        ({"options": {"epochs": 0}}, InvalidRequest),
        ({"options": {"include_category": ["hallucination"]}}, InvalidRequest),
        ({"options": {"include_category": ["nonsense"]}}, InvalidRequest),
        ({"name": "../outside"}, InvalidRequest),
        ({"name": "a/b"}, InvalidRequest),
        ({"name": ".hidden"}, InvalidRequest),
        ({"name": "x" * 81}, InvalidRequest),
        ({"base": "/nowhere/model"}, InvalidRequest),
        ({"base": "a/b/c"}, InvalidRequest),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    trainings: Trainings, settings: Settings, fields: Any, error: type[Exception]
) -> None:
    with pytest.raises(error):
        start(trainings, **fields)
    assert trainings.all() == []
    assert not [path for path in (settings.data_dir / "trainings").glob("*") if path.name != ".lock"]


def test_one_at_a_time_unless_that_is_wanted(trainings: Trainings) -> None:
    start(trainings, name="first")
    with pytest.raises(AlreadyTraining, match="The training first runs") as refused:
        start(trainings, name="second")
    assert refused.value.extra == {"name": "first"}
    start(trainings, name="second", parallel=True)
    assert [one.name for one in trainings.all()] == ["second", "first"]
    with pytest.raises(TrainingExists):
        start(trainings, name="second", parallel=True)


def test_names_are_counted_on(trainings: Trainings) -> None:
    names = [start(trainings, base="org/My Model".replace(" ", "."), parallel=True).name for _ in range(3)]
    assert names == ["my.model-sft", "my.model-sft-2", "my.model-sft-3"]


def test_stopped_and_resumed(trainings: Trainings, settings: Settings) -> None:
    start(trainings, name="one")
    until(trainings, "one", "running")
    trainings.stop("one")
    until(trainings, "one", "stopped")
    folder = folder_of(settings, "one")
    started = process.read(folder)
    assert started
    wait_until(lambda: not process.is_alive(folder, started), "its process's end")
    trainings.resume("one")
    view = until(trainings, "one", "running")
    assert [point.step for point in view.points] == [1, 2, 3, 4]
    with pytest.raises(NothingToResume, match="runs"):
        trainings.resume("one", parallel=True)
    assert trainings.log("one").count(process.STARTED) == 2


def test_stopped_before_it_could_say_anything(trainings: Trainings) -> None:
    start(trainings, name="one")
    assert trainings.stop("one").state in ("stopping", "stopped")
    until(trainings, "one", "stopped")


def test_killed_is_interrupted_and_goes_on(trainings: Trainings) -> None:
    start(trainings, name="one")
    assert end(trainings, "one", "killed").state == "interrupted"
    Path(trainings.get("one").folder, "go").unlink()
    trainings.resume("one")
    assert until(trainings, "one", "running").step == 4


def test_failed_says_why(trainings: Trainings) -> None:
    start(trainings, name="one")
    assert end(trainings, "one", "failed").error == "ValueError: no"


def test_what_ends_without_a_word_says_what_its_log_ends_with(trainings: Trainings) -> None:
    start(trainings, base="broken", name="one")
    view = until(trainings, "one", "failed")
    assert view.error == "Traceback (most recent call last):\nImportError: no such library"


def test_another_process_of_its_number_is_not_taken_for_it(trainings: Trainings, settings: Settings) -> None:
    start(trainings, name="one")
    end(trainings, "one", "killed")
    folder = folder_of(settings, "one")
    started = process.read(folder)
    assert started
    started.pid = os.getpid()
    process.write(folder, started)
    assert trainings.get("one").state == "interrupted"


def test_it_goes_on_when_the_server_ends(trainings: Trainings, database: Database, settings: Settings) -> None:
    """Here the server is a process that starts a training and ends at once."""
    start(trainings, name="one")
    end(trainings, "one", "killed")
    folder = folder_of(settings, "one")
    (folder / "go").unlink()
    server = (
        "import os, sys; from pathlib import Path; from avocet.processes import process\n"
        "process.launch(Path(sys.argv[1]), [sys.executable, *sys.argv[2:]], os.environ, 'train.log')\n"
        "os._exit(0)"
    )
    command = [sys.executable, "-c", server, folder, FAKE, folder / "training_config.json", folder]
    subprocess.run([str(word) for word in command], check=True)
    other = fake_trainings(database, settings)
    assert end(other, "one", "done").state == "done"


def test_no_secret_reaches_its_process(
    database: Database, settings: Settings, decided: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = {
        "TOKEN": "a-token",
        "INGESTION_SECRET": "a-secret",
        "DATABASE_URL": "postgresql+psycopg://me:a-pass@h/d",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(f"AVOCET_{name}", value)
    told = "import os, sys; print(sys.argv, os.environ)"
    trainings = Trainings(
        database, settings, lambda *paths: [sys.executable, "-c", told, *map(str, paths)], lambda: None
    )
    start(trainings, name="one")
    until(trainings, "one", "failed")
    said = trainings.log("one")
    assert "AVOCET_DATA_DIR" in said
    assert "'HF_HUB_OFFLINE': '1'" in said
    assert not [value for value in ("a-token", "a-secret", "a-pass") if value in said]


def test_without_the_packages_nothing_is_started(database: Database, settings: Settings, decided: None) -> None:
    told = "avocet train needs torch: pip install 'avocet-desk[train]'"
    trainings = Trainings(database, settings, find_missing=lambda: told)
    with pytest.raises(NotInstalled, match="pip install"):
        start(trainings)
    assert trainings.all() == []


def test_what_is_no_training_is_not_listed(trainings: Trainings, settings: Settings) -> None:
    stray = folder_of(settings, "stray")
    stray.mkdir(parents=True)
    (stray / "training_config.json").write_text("{}")
    (stray / "process.json").write_text("[]")
    assert trainings.all() == []
    for name in ("stray", "..", "", "a/../stray", "x" * 300):
        with pytest.raises(NotFound):
            trainings.get(name)


def test_a_long_log_is_told_by_its_end(trainings: Trainings, settings: Settings) -> None:
    start(trainings, name="one")
    until(trainings, "one", "running")
    with (folder_of(settings, "one") / "train.log").open("a") as log:
        log.writelines(f"line {number}\n" for number in range(1000))
    told = trainings.log("one", 1)
    assert told.startswith("line ")
    assert told.endswith("line 999\n")
    assert len(told) <= 1024


class TestBases:
    @pytest.fixture
    def models(self, tmp_path: Path) -> Path:
        folder = tmp_path / "models"
        (folder / "tiny").mkdir(parents=True)
        (folder / "tiny" / "config.json").write_text("{}")
        (folder / "tiny.gguf").write_bytes(b"GGUF")
        (tmp_path / "other").mkdir()
        (folder / "out").symlink_to(tmp_path / "other")
        return folder

    def base(self, trainings: Trainings, base: str) -> str:
        return trainings.start(TrainingRequest(base=base, parallel=True), "rowan").base

    def of(self, trainings: Trainings, settings: Settings, **changes: Any) -> Trainings:
        return fake_trainings(trainings._database, settings.model_copy(update=changes))

    def test_a_folder_pins_them(self, trainings: Trainings, settings: Settings, models: Path) -> None:
        pinned = self.of(trainings, settings, models_dir=models, token=SecretStr("t"))
        assert self.base(pinned, "tiny") == str(models / "tiny")
        assert self.base(pinned, str(models / "tiny.gguf")) == str(models / "tiny.gguf")
        assert self.base(pinned, "org/name") == "org/name"
        for outside in ("out", "org/away", "../other", str(models.parent / "other"), "/etc", "~", "missing.gguf"):
            with pytest.raises(InvalidRequest, match=r"this desk's folder of models|hf download"):
                self.base(pinned, outside)

    def test_a_desk_of_ones_own_takes_any_path(self, trainings: Trainings, models: Path) -> None:
        assert self.base(trainings, str(models / "tiny")) == str(models / "tiny")

    def test_a_desk_that_is_open_to_others_takes_none(
        self, trainings: Trainings, settings: Settings, models: Path
    ) -> None:
        shared = self.of(trainings, settings, token=SecretStr("t"))
        for path in (str(models / "tiny"), "/nowhere"):
            with pytest.raises(InvalidRequest, match="AVOCET_MODELS_DIR"):
                self.base(shared, path)

    def test_a_name_that_was_not_fetched_is_refused_at_once(
        self, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(InvalidRequest, match="hf download org/away"):
            self.base(trainings, "org/away")
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        assert self.base(trainings, "org/away") == "org/away"

    def test_a_name_that_is_a_path_here_is_a_path(
        self, trainings: Trainings, settings: Settings, models: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(models)
        with pytest.raises(InvalidRequest, match="AVOCET_MODELS_DIR"):
            self.base(self.of(trainings, settings, token=SecretStr("t")), "tiny")

    def test_those_to_choose_from(
        self, settings: Settings, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from avocet.training.bases import known_bases

        (tmp_path / "hub" / "models--org--small-model").mkdir(parents=True)
        monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
        assert known_bases(settings) == ["org/small-model"]
        pinned = settings.model_copy(update={"models_dir": models})
        assert known_bases(pinned) == ["tiny", "tiny.gguf", "org/small-model"]


def test_the_configuration_is_the_commands_own(trainings: Trainings) -> None:
    """What the desk writes is what `avocet train` finds and takes for its own."""
    from avocet.training import read_config
    from avocet.training.claiming import claim

    view = start(trainings, options={"method": "kto", "epochs": 2.0})
    file = Path(view.folder, "training_config.json")
    config = read_config(file, {"out": view.folder})
    claim(Path(view.folder), config, fresh=False)
    assert json.loads(file.read_text())["learning_rate"] == 5e-5
