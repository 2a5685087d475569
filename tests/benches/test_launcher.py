"""What a bench is refused, and what its request becomes; its process here is a fake that asks nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from avocet.benches import Benches, BenchJudge, FileTasks, TaskFiles
from avocet.benches.config import read_config
from avocet.benches.models import known_adapters
from avocet.db import Database
from avocet.errors import (
    AlreadyBenching,
    BenchExists,
    FolderInvalid,
    InvalidRequest,
    NotFound,
    NothingToResume,
    NothingToStop,
    NotInstalled,
)
from avocet.settings import Settings
from avocet.training.config import TrainConfig
from tests.benches.conftest import end_all
from tests.benches.starting import keep_tasks, start, until
from tests.benching.server import Model

WAITS = "import sys, time; print(sys.argv, flush=True); time.sleep(60)"
FAILS = "import sys; sys.exit('avocet: no such thing')"


def server(url: str = "http://127.0.0.1:1/v1") -> Model:
    """The address of a model that nobody asks."""
    model = Model()
    model.url = url
    return model


@pytest.fixture
def waiting(database: Database, settings: Settings, files: TaskFiles) -> Iterator[Benches]:
    """Benches whose process waits to be stopped."""
    keep_tasks(files)
    yield fake(database, settings, files)
    end_all(settings)


def fake(database: Database, settings: Settings, files: TaskFiles, program: str = WAITS) -> Benches:
    argv = lambda config: [sys.executable, "-c", program, str(config)]  # noqa: E731
    return Benches(database, settings, files, argv, find_missing=lambda: None)


def trained(settings: Settings, name: str) -> Path:
    """The folder of a training that is done, and of its adapter."""
    folder = settings.trainings_dir / name
    (folder / "adapter").mkdir(parents=True)
    (folder / "adapter" / "adapter_config.json").write_text("{}")
    config = TrainConfig(base="org/tiny", out=str(folder), recipe="mine", learning_rate=1e-4)
    (folder / "training_config.json").write_bytes(json.dumps(_builtins(config)).encode())
    (folder / "training_report.json").write_text("{}")
    return folder / "adapter"


def _builtins(config: TrainConfig) -> Any:
    import msgspec

    return msgspec.to_builtins(config)


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a base model in the machine's cache."""
    (tmp_path / "hub" / "models--org--tiny").mkdir(parents=True)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    return "org/tiny"


def test_one_at_a_time_unless_that_is_wanted(waiting: Benches) -> None:
    start(waiting, server(), name="first")
    with pytest.raises(AlreadyBenching, match="The bench first runs"):
        start(waiting, server(), name="second")
    start(waiting, server(), name="second", parallel=True)
    with pytest.raises(BenchExists):
        start(waiting, server(), name="second", parallel=True)
    assert [one.name for one in waiting.all()] == ["second", "first"]
    with pytest.raises(NothingToResume, match="runs"):
        waiting.resume("first", parallel=True)


def test_stopped_before_it_could_say_anything(waiting: Benches) -> None:
    start(waiting, server(), name="one")
    waiting.stop("one")
    until(waiting, "one", "stopped")
    with pytest.raises(NothingToStop):
        waiting.stop("one")


def test_what_ends_without_a_word_says_what_its_log_ends_with(
    database: Database, settings: Settings, files: TaskFiles
) -> None:
    keep_tasks(files)
    benches = fake(database, settings, files, FAILS)
    start(benches, server(), name="one")
    view = until(benches, "one", "failed")
    assert (view.error, view.done, view.total) == ("no such thing", 0, 6)


def test_a_base_with_adapters_is_asked_model_by_model(waiting: Benches, settings: Settings, tiny: str) -> None:
    adapter = trained(settings, "tuned")
    assert [(one.name, one.base, one.path) for one in known_adapters(settings)] == [("tuned", tiny, str(adapter))]
    view = start(waiting, server(tiny), name="Both", model=None, adapters=("tuned",))
    assert [(one.model_name, one.adapter) for one in view.models] == [
        ("tiny", None),
        ("tiny + tuned", str(adapter)),
    ]
    config = read_config(Path(view.folder, "bench.json"))
    assert settings.bench_results_dir
    assert [Path(one.folder) for one in config.models] == [
        settings.bench_results_dir / "both-1",
        settings.bench_results_dir / "both-2",
    ]
    assert len(Path(config.tasks).read_text().splitlines()) == view.total // 2 == 6


@pytest.mark.parametrize(
    ("fields", "error", "told"),
    [
        ({"model": None}, InvalidRequest, "needs the name of its model"),
        ({"adapters": ("tuned",)}, InvalidRequest, "no adapters"),
        ({"base": "ftp://host/v1"}, InvalidRequest, "isn't an address"),
        ({"base": "http://me:secret@host/v1"}, InvalidRequest, "up to /v1 alone"),
        ({"judge": BenchJudge(url="nothing", model="m")}, InvalidRequest, "isn't an address"),
        ({"judge": BenchJudge(url="http://h/v1", model="m", prompt="?")}, InvalidRequest, "prompt has no {answer}"),
        ({"tasks": FileTasks(file="none.jsonl")}, NotFound, "no task file"),
        ({"tasks": FileTasks(file="../bench.jsonl")}, NotFound, "no task file"),
        ({"name": "../x"}, InvalidRequest, "A bench's name has"),
        ({"api_key_env": "NO_SUCH_KEY"}, InvalidRequest, "NO_SUCH_KEY isn.t set where the desk runs"),
        ({"api_key_env": "AVOCET_TOKEN"}, InvalidRequest, "names no environment variable"),
        ({"api_key_env": "A-B"}, InvalidRequest, "names no environment variable"),
        ({"judge": BenchJudge(url="http://h/v1", model="m", api_key_env="avocet_x")}, InvalidRequest, "names no"),
    ],
)
def test_what_an_endpoint_may_not_be(
    waiting: Benches,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    fields: dict[str, Any],
    error: type[Exception],
    told: str,
) -> None:
    monkeypatch.setenv("AVOCET_TOKEN", "secret")
    with pytest.raises(error, match=told):
        start(waiting, server(), **fields)
    assert [path.name for path in settings.benches_dir.glob("*") if path.name != ".lock"] == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"ask_base": False}, "Nothing to ask"),
        ({"adapters": ("tuned", "tuned")}, "named twice"),
        ({"adapters": ("other",)}, "no training 'other' that is done"),
        ({"adapters": ("/nowhere",)}, "no base model"),
        ({"api_key_env": "HOME"}, "belongs to an endpoint"),
    ],
)
def test_what_a_local_model_may_not_be(
    waiting: Benches, settings: Settings, tiny: str, fields: dict[str, Any], told: str
) -> None:
    trained(settings, "tuned")
    with pytest.raises(InvalidRequest, match=told):
        start(waiting, server(tiny), model=None, **fields)


def test_without_the_packages_an_endpoint_is_asked(database: Database, settings: Settings, files: TaskFiles) -> None:
    keep_tasks(files)
    benches = Benches(database, settings, files, lambda _: [sys.executable, "-c", FAILS], lambda: "pip install it.")
    with pytest.raises(NotInstalled, match="pip install it"):
        start(benches, server("org/tiny"), model=None)
    start(benches, server(), name="one")
    until(benches, "one", "failed")


def test_a_desk_that_is_open_to_others_sends_only_the_keys_that_are_named(
    database: Database, settings: Settings, files: TaskFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_tasks(files)
    monkeypatch.setenv("MY_KEY", "sk")
    shared = settings.model_copy(update={"token": SecretStr("t")})
    with pytest.raises(InvalidRequest, match="name it in AVOCET_BENCH_KEYS"):
        start(fake(database, shared, files, FAILS), server(), api_key_env="MY_KEY")
    named = shared.model_copy(update={"bench_keys": "OTHER, MY_KEY"})
    view = start(fake(database, named, files, FAILS), server(), api_key_env="MY_KEY")
    assert view.config["api_key_env"] == "MY_KEY"
    until(fake(database, named, files), view.name, "failed")


def test_runs_go_into_the_data_folder_where_no_results_folder_is_set(
    database: Database, settings: Settings, files: TaskFiles
) -> None:
    keep_tasks(files)
    unset = settings.model_copy(update={"bench_results_dir": None})
    view = start(fake(database, unset, files, FAILS), server(), name="one")
    assert view.config["models"][0]["folder"] == str(settings.data_dir / "bench_results" / "one")
    until(fake(database, unset, files), "one", "failed")
    gone = settings.model_copy(update={"bench_results_dir": settings.data_dir / "gone"})
    with pytest.raises(FolderInvalid, match="results folder is missing"):
        start(fake(database, gone, files), server(), name="two")


def test_what_is_no_bench_is_not_listed(waiting: Benches, settings: Settings) -> None:
    stray = settings.benches_dir / "stray"
    stray.mkdir(parents=True)
    (stray / "bench.json").write_text("{}")
    (stray / "process.json").write_text('{"pid": 1, "started_at": "2026"}')
    assert waiting.all() == []
    for name in ("stray", "..", "", "a/../stray"):
        with pytest.raises(NotFound):
            waiting.get(name)
