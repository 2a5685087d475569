"""`datasets` 4.0 and the newest read every format row for row, whatever is null where and whatever was called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from avocet import exports
from avocet.db import Database
from avocet.exporters import EXPORTERS
from avocet.exporters.base import JsonLines
from avocet.exports import Recipe, Splits
from tests.exports.deciding import read_rows
from tests.factories import candidate_line, import_file, import_lines

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests/samples/cases"
VERSIONS = ("4.0.0", "newest")
TRAINING = [name for name, exporter in EXPORTERS.items() if isinstance(exporter, JsonLines)]
CASES = (
    "tool-calls/no-arguments",
    "tool-calls/text-and-object",
    "tool-calls/tools-of-different-types",
    "tool-calls/answer-is-a-call",
    "loaders/one-category-of-thirty",
    "loaders/both-ways",
    "loaders/roles",
)
SALTED = Splits(train=0.8, validation=0.1, test=0.1, salt="f")


@pytest.fixture(scope="session", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> Path:
    """A Python with that version of `datasets` in an environment of its own, made once, each by a lock."""
    version: str = request.param
    folder = ROOT / ".cache" / f"datasets-{version}"
    done = folder / ".installed"
    with FileLock(f"{folder}.lock"):
        if not done.is_file():
            lock = ROOT / ("constraints.txt" if version == "newest" else f"tests/trainers/datasets-{version}.txt")
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
            pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            # the lock of all else holds another version
            unlocked = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
            subprocess.run([*pip, "--constraint", str(lock), "datasets"], env=unlocked, check=True)
            done.touch()
    return folder / "bin/python"


def found(python: Path, folders: list[Path]) -> Iterator[dict[str, Any]]:
    script = [str(python), str(Path(__file__).with_name("reading.py"))]
    done = subprocess.run([*script, *map(str, folders)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        yield json.loads(line)


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def check(python: Path, folders: list[Path]) -> None:
    count = 0
    for one in found(python, folders):
        path = Path(one["folder"]) / one["file"]
        assert len(one["alone"]) == len(one["whole"]) > 0
        if path.suffix == ".jsonl":
            rows = without_nulls(read_rows(path))
            assert without_nulls(one["alone"]) == rows, path
            assert without_nulls(one["whole"]) == rows, path
        count += 1
    assert count >= len(folders)


@pytest.mark.parametrize("splits", [None, SALTED], ids=["whole", "split"])
def test_every_case_in_every_format(database: Database, tmp_path: Path, python: Path, splits: Splits | None) -> None:
    for name in CASES:
        import_file(database, SAMPLES / f"{name}.jsonl", name)
    folders = []
    for name in TRAINING:
        exports.write_folder(database, Recipe(format=name, splits=splits), tmp_path / name)
        folders.append(tmp_path / name)
    check(python, folders)


@pytest.mark.parametrize("format_name", ["sft", "trl-sft", "trl-kto", "openai-chat", "alpaca"])
def test_nulls_first(database: Database, bench_dir: Path, tmp_path: Path, python: Path, format_name: str) -> None:
    """Columns and tool turns that first show themselves behind the 10 MB by which types are guessed."""
    pad = "x" * 2000
    none = {"failure_category": None, "model_name": None, "task_type": None, "benchmark_run_id": None}
    call = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": {"x": 1}}}
    tools = [{"name": "f", "parameters": {"type": "object"}}]
    turns = [{"role": "assistant", "content": "", "tool_calls": [call]}]
    turns.append({"role": "tool", "content": "1", "tool_call_id": "c1"})
    lines = []
    for number in range(6010):
        asked = [{"role": "user", "content": f"q{number} {pad}"}]
        late = {"failure_category": "wrong_answer", "tools": tools if number % 2 else None}
        line = candidate_line(number, status="approved", corrected_response=f"b{number}", prompt_messages=asked)
        line.update(late if number >= 6000 else none)
        line["prompt_messages"] = asked + (turns if number == 6005 else [])
        lines.append(line)
    import_lines(database, bench_dir, lines)
    exports.write_folder(database, Recipe(format=format_name), tmp_path / "set")
    check(python, [tmp_path / "set"])


@pytest.mark.parametrize("format_name", ["openai-chat", "mlx"])
def test_parameters_of_any_name_and_size(
    database: Database, bench_dir: Path, tmp_path: Path, python: Path, format_name: str
) -> None:
    """An emoji, line ends and quotes in a name; integers beyond those that floats hold beside a fraction."""
    lines = []
    for number, (name, most) in enumerate([("\U0001f600", 0.5), ("a\n\u2028\x7f", 2**53 + 1), ("'\"\\: ", 1)]):
        parameters = {"type": "object", "properties": {name: {"type": "number"}, "n": {"maximum": most}}}
        line = candidate_line(number, status="approved", corrected_response="right")
        lines.append({**line, "tools": [{"name": "f", "parameters": parameters}]})
    import_lines(database, bench_dir, lines)
    exports.write_folder(database, Recipe(format=format_name), tmp_path / "mixed")
    import_lines(database, bench_dir, [{**lines[0], "id": "alone"}, {**lines[2], "id": "too"}], "lists")
    lists = Recipe(format=format_name, filter=exports.ExportFilter(run_id=("lists",)))
    exports.write_folder(database, lists, tmp_path / "lists")
    check(python, [tmp_path / "mixed", tmp_path / "lists"])
    assert isinstance(read_rows(min((tmp_path / "mixed").glob("*.jsonl")))[0]["tools"], str)
    assert isinstance(read_rows(min((tmp_path / "lists").glob("*.jsonl")))[0]["tools"], list)


@pytest.mark.parametrize("format_name", ["sft", "alpaca"])
def test_dates_first(database: Database, bench_dir: Path, tmp_path: Path, python: Path, format_name: str) -> None:
    """Answers that are dates for the first 10 MB, and then are not."""
    pad = "x" * 2000
    lines = [
        candidate_line(
            number,
            status="approved",
            corrected_response=f"2026-01-{number % 28 + 1:02}" if number < 6000 else "no date",
            prompt_messages=[{"role": "user", "content": f"q{number} {pad}"}],
        )
        for number in range(6010)
    ]
    import_lines(database, bench_dir, lines)
    exports.write_folder(database, Recipe(format=format_name), tmp_path / "set")
    check(python, [tmp_path / "set"])
