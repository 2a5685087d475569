"""avocet bench, as a person types it: against a real server, killed in the middle, imported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from avocet.settings import Settings
from tests.benching.making import read_lines, task_line, write_tasks
from tests.benching.server import Model, Reply, answer, refusal, serving
from tests.command import Avocet
from tests.factories import write_jsonl
from tests.processes import COMMAND, environment, wait_until

PATIENCE_S = 30


@pytest.fixture
def model() -> Iterator[Model]:
    with serving() as model:
        yield model


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    return write_tasks(tmp_path, 12)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def to(model: Model, *more: str | Path) -> tuple[str | Path, ...]:
    return ("--base", model.url, "--model", "org/name", "--retries", "0", *more)


def right_up_to(number: int) -> Callable[[str], Reply]:
    return lambda prompt: answer(f"right {asked}" if (asked := int(prompt.split()[1])) < number else "wrong")


def test_a_run_is_written_into_the_results_folder_and_imported(
    avocet: Avocet, model: Model, tasks: Path, bench_dir: Path
) -> None:
    model.reply = right_up_to(5)
    said = avocet("bench", tasks, *to(model))
    (folder,) = bench_dir.iterdir()
    assert said.out == f"{folder.name}: 12 tasks: passed 5, failed 7\n"
    assert said.err == f"To review what failed: avocet import {folder}\n"
    (run,) = avocet("import", "--json", bench_dir).json()["runs"]
    assert (run["run_id"], run["imported"], run["passed"]) == (folder.name, 7, 5)
    (listed,) = avocet("runs", "--json").json()
    assert {total["task_type"]: (total["passed"], total["failed"]) for total in listed["totals"]} == {
        "facts": (3, 3),
        "arithmetic": (2, 4),
    }


def test_json_is_the_summary(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    told = avocet("bench", tasks, *to(model), "--out", out, "--json").json()
    assert told.pop("folder") == str(out)
    assert told.pop("asked") == 12
    assert told == json.loads((out / "summary.json").read_bytes())
    assert told["totals"] == {"items": 12, "passed": 0, "failed": 12, "errored": 0, "unscored": 0}


def test_several_are_asked_at_once(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    barrier = threading.Barrier(3)

    def together(_: str) -> Reply:
        barrier.wait(PATIENCE_S)
        return answer("x")

    model.reply = together
    avocet.done("bench", tasks, *to(model), "--out", out, "--concurrency", "3")
    assert model.most_at_once == 3


def test_what_errored_is_listed_and_asked_again(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    model.reply = lambda prompt: refusal(429, "slow down") if prompt.endswith(" 3") else answer("x")
    said = avocet("bench", tasks, *to(model), "--out", out)
    assert said.code == 0
    assert said.out == "out: 12 tasks: passed 0, failed 11, errored 1\n"
    assert f"  task-3: {model.url} answered 429: slow down\n" in said.err
    assert len(read_lines(out / "sft_candidates.jsonl")) == 11
    model.reply = lambda _: answer("x")
    said = avocet("bench", tasks, *to(model), "--out", out)
    assert said.err.startswith(f"Going on in {out}: 11 answered before\n")
    assert model.prompts()["question 3"] == 2
    assert sum(model.prompts().values()) == 13


def test_nothing_but_errors_is_a_failure(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    model.reply = lambda _: refusal(500)
    said = avocet("bench", tasks, *to(model), "--out", out)
    assert said.code == 1
    assert said.err.endswith("avocet: No task could be answered.\n")


def test_the_key_is_sent_and_written_nowhere(
    avocet: Avocet, model: Model, tasks: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", "sk-secret\n")
    model.reply = lambda prompt: refusal(400, "bad key sk-secret") if prompt.endswith("1") else answer("x")
    said = avocet("bench", tasks, *to(model, "--api-key-env", "MY_KEY"), "--out", out)
    assert model.asked[0].headers["Authorization"] == "Bearer sk-secret"
    written = b"".join(path.read_bytes() for path in out.iterdir())
    assert "sk-secret" not in said.out + said.err + written.decode()


def test_a_key_that_is_not_there(avocet: Avocet, model: Model, tasks: Path) -> None:
    assert "NO_SUCH_KEY is empty" in avocet.refused("bench", tasks, *to(model, "--api-key-env", "NO_SUCH_KEY"))


def test_a_wrong_key_stops_at_once(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    model.reply = lambda _: refusal(401, "who are you")
    told = avocet.refused("bench", tasks, *to(model, "--concurrency", "1"), "--out", out)
    assert told == f"{model.url} answered 401: who are you. Check the key (--api-key-env); nothing more was asked."
    assert len(model.asked) == 1


def test_settings_that_differ_are_refused(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    avocet.done("bench", tasks, *to(model), "--out", out)
    told = avocet.refused("bench", tasks, *to(model), "--out", out, "--limit", "3", "--temperature", "1")
    assert "--limit was unset, is 3; --temperature was 0.0, is 1.0" in told
    write_tasks(tasks.parent, 13)
    assert "the task file changed" in avocet.refused("bench", tasks, *to(model), "--out", out)
    assert avocet.done("bench", tasks, *to(model), "--out", out, "--fresh").startswith("out: 13 tasks")
    # how fast it is asked changes no answer
    avocet.done("bench", tasks, *to(model, "--concurrency", "2", "--timeout", "9"), "--out", out)


def test_the_hold_out_is_the_desks_own(avocet: Avocet, model: Model, tasks: Path, tmp_path: Path) -> None:
    assert "Nothing is held out" in avocet.refused("bench", tasks, *to(model, "--split", "held-out"))
    avocet.done("hold-out", "--share", "0.5", "--salt", "s")
    for split in ("held-out", "rest"):
        avocet.done("bench", tasks, *to(model, "--split", split), "--out", tmp_path / split)
    assert model.prompts() == {f"question {number}": 1 for number in range(12)}
    said = avocet("bench", tasks, *to(model, "--split", "rest", "--share", "0.5"), "--out", tmp_path / "rest")
    assert said.err.startswith("Going on")
    told = avocet.refused("bench", tasks, *to(model, "--split", "rest", "--salt", "t"), "--out", tmp_path / "rest")
    assert "--salt was 's', is 't'" in told
    assert "belong to --split" in avocet.refused("bench", tasks, *to(model, "--share", "0.5"))


def test_only_some_are_asked(avocet: Avocet, model: Model, tasks: Path, out: Path, tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text("task-4\ntask-7\ntask-6\n")
    avocet.done("bench", tasks, *to(model, "--system", "Be brief."), "--out", out, "--only", ids, "--limit", "1")
    assert set(model.prompts()) == {"question 4", "question 7"}
    assert model.asked[0].body["messages"][0] == {"role": "system", "content": "Be brief."}


def test_a_task_file_is_checked(avocet: Avocet, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "t.jsonl", [task_line(0, reference="right 0"), task_line(1)])
    assert avocet.done("bench", path, "--check") == "2 tasks of 2 types; 1 reference passes its checks\n"
    assert avocet("bench", path, "--check", "--json").json()["tasks"] == 2
    path = write_jsonl(tmp_path / "t.jsonl", [task_line(0, reference="wrong")])
    assert avocet.refused("bench", path, "--check").startswith(f"{path}:1: The reference fails its own checks")


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--base is missing"),
        (("--base", "http://127.0.0.1:1/v1"), "--model is missing"),
        (("--base", "http://127.0.0.1:1/v1", "--model", "x", "--adapter", "y"), "--adapter belongs to a local"),
        (("--base", "ftp://x", "--model", "x"), "isn't an address"),
        (("--base", "./nowhere"), "There is no model at ./nowhere"),
        (("--base", "org/name", "--api-key-env", "X"), "belongs to an endpoint"),
        (("--base", "org/name", "--adapter", "./nowhere"), "no PEFT adapter"),
        (("--base", "org/name", "--system", "\udcff"), "'\\udcff' isn't UTF-8 text"),
        (("--base", "org/name", "--out", "\udcff"), "'\\udcff' isn't UTF-8 text"),
        (("--base", "http://127.0.0.1:1/v1", "--model", "x", "--only", "./nowhere"), "can't be read"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(
    avocet: Avocet, tasks: Path, bench_dir: Path, options: tuple[str, ...], told: str
) -> None:
    assert told in avocet.refused("bench", tasks, *options)
    assert not list(bench_dir.iterdir())


def test_without_torch_the_command_to_install_it_is_told(
    avocet: Avocet, tasks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as if they were not installed
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "transformers", None)
    (tmp_path / "model").mkdir()
    told = avocet.refused("bench", tasks, "--base", tmp_path / "model")
    assert told == "A local model needs packages: pip install 'avocet-desk[train]'"


def test_without_jsonschema_the_command_to_install_it_is_told(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "t.jsonl", [task_line(0, json_schema={})])
    monkeypatch.setitem(sys.modules, "jsonschema.validators", None)
    assert avocet.refused("bench", path, "--check").endswith("pip install 'avocet-desk[bench]'")


def test_a_results_folder_that_is_missing(avocet: Avocet, model: Model, tasks: Path, bench_dir: Path) -> None:
    bench_dir.rmdir()
    assert "is missing. Make it, or give --out" in avocet.refused("bench", tasks, *to(model))


def test_killed_in_the_middle_nothing_that_was_answered_is_asked_again(
    settings: Settings, model: Model, tmp_path: Path, out: Path
) -> None:
    tasks, half, let_go = write_tasks(tmp_path, 60), 30, threading.Event()

    def reply(prompt: str) -> Reply:
        # past the half, nobody is answered until the first process is dead
        if len(model.asked) > half:
            let_go.wait(PATIENCE_S)
        return answer(f"right {prompt.split()[1]}")

    model.reply = reply
    command = [*COMMAND, "bench", tasks, *to(model, "--concurrency", "4", "--out", out)]
    answers = out / "answers.jsonl"

    def kept() -> bool:
        return answers.is_file() and answers.read_bytes().count(b"\n") == half

    with subprocess.Popen(command, env=environment(settings), stderr=subprocess.PIPE) as process:
        wait_until(kept, "half of the answers")
        wait_until(lambda: len(model.asked) == half + 4, "the next requests")
        process.kill()
    assert process.returncode == -signal.SIGKILL
    answered = {line["task"] for line in read_lines(answers)}
    let_go.set()
    again = subprocess.run(command, env=environment(settings), capture_output=True, text=True, check=True)
    assert again.stdout == "out: 60 tasks: passed 60, failed 0\n"
    assert f"{half} answered before" in again.stderr
    asked = model.prompts()
    assert all(asked[f"question {task.removeprefix('task-')}"] == 1 for task in answered)
    assert sum(asked.values()) == 60 + 4
    assert len(read_lines(answers)) == 60


def test_ctrl_c_does_not_wait_for_a_slow_server(settings: Settings, model: Model, tasks: Path, out: Path) -> None:
    let_go = threading.Event()

    def never(_: str) -> Reply:
        let_go.wait(PATIENCE_S * 2)
        return answer("x")

    model.reply = never
    command = [*COMMAND, "bench", tasks, *to(model, "--out", out)]
    with subprocess.Popen(command, env=environment(settings), stderr=subprocess.PIPE) as process:
        wait_until(lambda: len(model.asked) == 4, "the first requests")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 130
    let_go.set()


def test_the_other_commands_load_nothing_that_asks_models(settings: Settings) -> None:
    code = (
        "import avocet.cli, sys; print(*{'torch', 'transformers', 'jsonschema', 'urllib.request'} & set(sys.modules))"
    )
    told = subprocess.run(
        [COMMAND[0], "-c", code],
        env={**os.environ, **environment(settings)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == ""


def test_a_run_is_imported_at_once_and_again_after_what_errored(
    avocet: Avocet, model: Model, tasks: Path, out: Path
) -> None:
    model.reply = lambda prompt: refusal(400, "no") if prompt.endswith(" 11") else right_up_to(5)(prompt)
    command = ("bench", tasks, *to(model), "--out", out, "--import", "--keep", "passed=1")
    said = avocet(*command)
    # six failed, and of the two task types one pass each is kept
    assert said.out == "out: 12 tasks: passed 5, failed 6, errored 1\nout: imported 6, skipped 0, kept 2\n"
    assert "To review" not in said.err
    model.reply = right_up_to(5)
    assert avocet(*command, "--json").json()["imported"]["imported"] == 1
    (listed,) = avocet("runs", "--json").json()
    assert sum(total["passed"] for total in listed["totals"]) == 5


def test_a_run_without_any_check_is_imported_as_numbers(
    avocet: Avocet, model: Model, tmp_path: Path, out: Path
) -> None:
    tasks = write_tasks(tmp_path, 3, required=...)
    said = avocet("bench", tasks, *to(model), "--out", out, "--import")
    assert said.out.startswith("out: 3 tasks: passed 0, failed 0, unscored 3\n")
    (listed,) = avocet("runs", "--json").json()
    assert sum(total["unscored"] for total in listed["totals"]) == 3


def test_nothing_is_imported_if_nothing_was_answered(avocet: Avocet, model: Model, tasks: Path, out: Path) -> None:
    model.reply = lambda _: refusal(500)
    said = avocet("bench", tasks, *to(model), "--out", out, "--import")
    assert (said.code, said.err.endswith("avocet: No task could be answered.\n")) == (1, True)
    assert avocet("runs", "--json").json() == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "TASKS is missing"),
        (("TASKS", "--keep", "passed=1"), "--keep belongs to --import"),
        (("TASKS", "--import", "--keep", "failed=1"), "--keep failed=1: say"),
        (("TASKS", "--config", "bench.json", "--limit", "3"), "--config says all of it: leave out tasks, --limit."),
        (("--config", "none.json"), "none.json can't be read"),
        (("--config", "TASKS"), "is no configuration of a bench"),
    ],
)
def test_options_that_make_no_sense(avocet: Avocet, tasks: Path, arguments: tuple[str, ...], told: str) -> None:
    given = [tasks if one == "TASKS" else one for one in arguments]
    assert told in avocet.refused("bench", *given)


def bench_config(tmp_path: Path, model: Model, tasks: Path, **changes: object) -> Path:
    models = [{"name": "org/name", "folder": str(tmp_path / "results" / "one")}]
    config = {"tasks": str(tasks), "asked": "tasks", "base": model.url, "model": "org/name", "models": models}
    file = tmp_path / "one" / "bench.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(config | changes))
    return file


def test_a_bench_by_its_file(avocet: Avocet, model: Model, tasks: Path, tmp_path: Path) -> None:
    model.reply = right_up_to(5)
    file = bench_config(tmp_path, model, tasks)
    told = avocet("bench", "--config", file, "--json").json()
    assert told == json.loads((file.parent / "progress.json").read_bytes())
    assert (told["state"], told["models"][0]["passed"], told["models"][0]["imported"]) == ("done", 5, True)
    (listed,) = avocet("runs", "--json").json()
    assert listed["run_id"] == told["models"][0]["run"]
    # a second time nothing is left to do
    avocet.done("bench", "--config", file)
    assert sum(model.prompts().values()) == 12


def test_a_bench_whose_file_names_no_model(avocet: Avocet, model: Model, tasks: Path, tmp_path: Path) -> None:
    file = bench_config(tmp_path, model, tasks, models=[])
    assert "names no model" in avocet.refused("bench", "--config", file)
