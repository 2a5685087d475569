"""Exit codes that scripts can use: 0 done, 1 a sentence says why not, 2 the command itself is wrong, 130 Ctrl+C."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest
import typer
from rich.markup import render

from avocet.cli import app
from avocet.db import Database
from avocet.settings import Settings
from tests.command import Avocet
from tests.consistency import lines_read
from tests.factories import candidate_line, write_jsonl
from tests.processes import COMMAND, environment, wait_until


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "command", ["serve", "import", "export", "stats", "runs", "take-back", "restore", "backup", "demo"]
)
def test_help_is_no_failure(avocet: Avocet, command: str) -> None:
    assert f"avocet {command}" in avocet.done(command, "--help")


def test_no_help_is_taken_for_markup() -> None:
    commands = typer.main.get_group(app).commands
    assert "train" in commands
    for name, command in commands.items():
        for option in command.params:
            told = getattr(option, "help", None) or ""
            assert render(told).plain == told, f"avocet {name}: {option.name}"


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("stats", "--no-such-option"),
        ("stats", "extra"),
        ("export", "-o"),
        ("backup",),
        ("serve", "--port", "many"),
    ],
)
def test_a_wrong_command_is_2(avocet: Avocet, arguments: tuple[str, ...]) -> None:
    said = avocet(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_no_command_shows_the_help(avocet: Avocet) -> None:
    said = avocet()
    assert "import" in said.out + said.err
    assert said.code in (0, 2)


def test_ctrl_c_is_130_without_a_traceback(settings: Settings, database: Database, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "long.jsonl", (candidate_line(number) for number in range(20_000)))
    with subprocess.Popen(
        [*COMMAND, "import", str(path)], env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        wait_until(lambda: lines_read(database), "the first batch")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
