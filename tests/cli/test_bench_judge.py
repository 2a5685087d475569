"""avocet bench --judge, as a person types it: against a real server that judges."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from avocet.settings import Settings
from tests.benching.making import read_lines, write_tasks
from tests.benching.server import Model, Reply, answer, refusal, serving
from tests.command import Avocet
from tests.processes import COMMAND, environment, wait_until

PATIENCE_S = 30


@pytest.fixture
def model() -> Iterator[Model]:
    with serving() as model:
        model.reply = lambda prompt: answer(f"right {prompt.split()[1]}" if int(prompt.split()[1]) < 5 else "wrong")
        yield model


@pytest.fixture
def judge() -> Iterator[Model]:
    """Passes every answer to a question below 7."""
    with serving() as judge:
        judge.reply = lambda prompt: verdict("PASS" if number_in(prompt) < 7 else "FAIL")
        yield judge


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    return write_tasks(tmp_path, 12)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def number_in(prompt: str) -> int:
    return int(prompt.partition("user:\nquestion ")[2].split("\n")[0])


def verdict(word: str) -> Reply:
    return answer(f"As I see it.\nVERDICT: {word}")


def to(model: Model, judge: Model, out: Path, *more: str | Path) -> tuple[str | Path, ...]:
    beside = ("--judge", judge.url, "--judge-model", "org/judge")
    return ("--base", model.url, "--model", "org/name", "--retries", "0", "--out", out, *beside, *more)


def test_the_counts_are_told(avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path) -> None:
    said = avocet("bench", tasks, *to(model, judge, out))
    assert said.out == (
        "out: 12 tasks: passed 5, failed 7\n"
        "Judge org/judge: passed 7, failed 5; agrees with the check on 10 of 12\n"
    )  # fmt: skip
    body = judge.asked[0].body
    assert (body["model"], body["temperature"], len(body["messages"])) == ("org/judge", 0.0, 1)
    told = avocet("bench", tasks, *to(model, judge, out), "--json").json()["judge"]
    assert (told["passed"], told["failed"], told["no_verdict"], told["errored"]) == (7, 5, 0, 0)
    assert told == json.loads((out / "summary.json").read_bytes())["judge"]
    assert len(judge.asked) == 12


def test_a_prompt_of_ones_own_and_a_key(
    avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = out.with_name("prompt.txt")
    prompt.write_text("{question}\n{answer}\nSay VERDICT: PASS or FAIL.")
    monkeypatch.setenv("JUDGE_KEY", "sk-secret")
    judge.reply = lambda prompt: refusal(400, "no sk-secret") if number_in(prompt) == 3 else answer("I can't say.")
    more = ("--judge-prompt", prompt, "--judge-api-key-env", "JUDGE_KEY")
    said = avocet("bench", tasks, *to(model, judge, out, *more))
    assert "Judge org/judge: passed 0, failed 0, no verdict 11, errored 1\n" in said.out
    assert f"  task-3: {judge.url} answered 400: no …\n" in said.err
    assert judge.asked[0].headers["Authorization"] == "Bearer sk-secret"
    assert "Authorization" not in model.asked[0].headers
    assert judge.asked[0].prompt.endswith("Say VERDICT: PASS or FAIL.")
    assert b"sk-secret" not in b"".join(path.read_bytes() for path in out.iterdir())
    assert "the judge's prompt changed" in avocet.refused("bench", tasks, *to(model, judge, out))


def test_a_run_that_lacks_verdicts_is_not_imported(
    avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVOCET_DATA_DIR", str(out.parent / "data"))
    reply = judge.reply
    judge.reply = lambda prompt: refusal(400, "no") if number_in(prompt) == 3 else reply(prompt)
    said = avocet("bench", tasks, *to(model, judge, out, "--import"))
    assert "imported" not in said.out
    assert "Run the same command again, before the run is imported" in said.err
    without_judge = to(model, judge, out)[:-4]
    assert "--judge" not in without_judge
    assert "The judge was not asked this time" in avocet("bench", tasks, *without_judge).err
    judge.reply = reply
    assert "out: imported " in avocet.done("bench", tasks, *to(model, judge, out, "--import"))


def test_options_that_do_not_fit(avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path) -> None:
    plain = ("--base", model.url, "--model", "m", "--out", out)
    assert "belong to --judge" in avocet.refused("bench", tasks, *plain, "--judge-model", "x")
    assert "--judge-model is missing" in avocet.refused("bench", tasks, *plain, "--judge", judge.url)
    told = avocet.refused("bench", tasks, *plain, "--judge", "http://me:secret@host/v1", "--judge-model", "x")
    assert told == "--judge takes the address up to /v1 alone; a key is named with --judge-api-key-env."
    assert not out.exists()


def test_a_judge_that_cannot_be_reached_leaves_the_run_whole(
    avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path
) -> None:
    with serving() as gone:
        pass
    gone_url = gone.url
    said = avocet("bench", tasks, "--base", model.url, "--model", "org/name", "--retries", "0", "--out", out,
                  "--judge", gone_url, "--judge-model", "org/judge")  # fmt: skip
    assert said.code == 1
    assert said.out.endswith("Judge org/judge: passed 0, failed 0, errored 12\n")
    assert "task-0: No reply: Connection refused." in said.err
    assert "Run the same command again, before the run is imported" in said.err
    assert said.err.endswith("avocet: No answer could be judged.\n")
    assert len(read_lines(out / "sft_candidates.jsonl")) == 12
    assert avocet("import", "--json", out).json()["runs"][0]["imported"] == 7


def test_a_wrong_key_stops_the_judge_and_no_more(
    avocet: Avocet, model: Model, judge: Model, tasks: Path, out: Path
) -> None:
    judge.reply = lambda _: refusal(401, "who are you")
    said = avocet("bench", tasks, *to(model, judge, out, "--concurrency", "1"))
    assert said.code == 1
    assert "not asked to the end" in said.err
    assert "Check the key (--judge-api-key-env); nothing more was asked." in said.err
    assert len(judge.asked) == 1
    judge.reply = lambda _: verdict("PASS")
    again = avocet("bench", tasks, *to(model, judge, out))
    assert (again.code, len(model.asked), len(judge.asked)) == (0, 12, 13)


def test_killed_while_judging_nothing_is_asked_twice(
    settings: Settings, model: Model, judge: Model, tasks: Path, out: Path
) -> None:
    let_go, half = threading.Event(), 6

    def reply(prompt: str) -> Reply:
        if len(judge.asked) > half:
            let_go.wait(PATIENCE_S)
        return verdict("PASS")

    judge.reply = reply
    command = [*COMMAND, "bench", tasks, *to(model, judge, out, "--concurrency", "1")]
    file = out / "judged.jsonl"
    with subprocess.Popen(command, env=environment(settings), stderr=subprocess.PIPE) as process:
        wait_until(lambda: file.is_file() and file.read_bytes().count(b"\n") == half, "half of the verdicts")
        wait_until(lambda: len(judge.asked) == half + 1, "the next request")
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not (out / "summary.json").exists()
    let_go.set()
    again = subprocess.run(command, env=environment(settings), capture_output=True, text=True, check=True)
    assert "Judge org/judge: passed 12, failed 0; agrees with the check on 5 of 12" in again.stdout
    assert (len(model.asked), len(judge.asked)) == (12, 12 + 1)
