"""avocet export."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.settings import Settings
from tests.command import Avocet
from tests.factories import RUN, candidate_line, candidate_lines, import_lines, queue_ids, submit
from tests.processes import COMMAND, environment

OLD = b"the dataset of last week\n"


@pytest.fixture(autouse=True)
def _decided(database: Database, bench_dir: Path, client: TestClient) -> None:
    """Three of four cards approved: a wrong answer, a format error, one without a category."""
    import_lines(database, bench_dir, candidate_lines(4))
    ids = queue_ids(client)
    submit(client, ids[0], "correct", corrected_response="It is 1.", failure_category="wrong_answer")
    submit(client, ids[1], "correct", corrected_response="Es ist „2“.", failure_category="format_error")
    submit(client, ids[2], "correct", corrected_response="It is 3.")


def manifest_of(path: Path) -> Any:
    return json.loads(path.with_name(f"{path.name}.manifest.json").read_text("utf-8"))


def categories(text: str) -> list[str | None]:
    return [json.loads(line)["failure_category"] for line in text.splitlines()]


def test_a_file_and_its_manifest(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    target = tmp_path / "train.jsonl"
    said = avocet("export", "-o", target)
    assert (said.code, said.out, said.err) == (0, "", f"Wrote 3 rows to {target}\n")
    written = target.read_bytes()
    assert categories(written.decode()) == ["wrong_answer", "format_error", None]
    assert "„2“".encode() in written
    manifest = manifest_of(target)
    (file,) = manifest["files"]
    assert file["sha256"] == hashlib.sha256(written).hexdigest()
    assert (file["name"], file["bytes"], file["rows"]) == ("train.jsonl", len(written), 3)
    assert (manifest["recipe"]["format"], manifest["recipe"]["filter"], manifest["recipe"]["splits"]) == (
        "sft",
        {},
        None,
    )
    assert (manifest["as_of"]["decision"], manifest["rows"]) == (3, 3)
    assert manifest["by_category"] == {"format_error": 1, "uncategorised": 1, "wrong_answer": 1}
    (run,) = manifest["runs"]
    assert (run["run_id"], run["candidates"], len(run["sha256"])) == (RUN, 3, 64)
    assert sorted(path.name for path in tmp_path.glob("train*")) == ["train.jsonl", "train.jsonl.manifest.json"]


def test_standard_output_carries_the_dataset_and_nothing_else(avocet: Avocet, client: TestClient) -> None:
    said = avocet("export", "-o", "-")
    assert (said.code, said.err) == (0, "")
    assert said.out.encode() == client.get("/api/sft/export").content


def test_a_folder_gets_a_named_file(avocet: Avocet, tmp_path: Path) -> None:
    folder = tmp_path / "datasets"
    folder.mkdir()
    avocet.done("export", "-o", folder)
    dataset, manifest = sorted(path.name for path in folder.iterdir())
    assert re.fullmatch(r"avocet_sft_\d{8}T\d{6}Z\.jsonl", dataset)
    assert manifest == f"{dataset}.manifest.json"


def test_without_a_target_it_goes_to_the_current_folder(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    avocet.done("export")
    assert len(list(tmp_path.glob("avocet_sft_*.jsonl"))) == 1


def test_twice_is_the_same_to_the_byte(avocet: Avocet, tmp_path: Path) -> None:
    written = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        folder.mkdir()
        avocet.done("export", "-o", folder / "train.jsonl", "--exclude-category", "hallucination")
        written.append([path.read_bytes() for path in sorted(folder.iterdir())])
    assert len(written[0]) == 2
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--include-category", "wrong_answer"), ["wrong_answer"]),
        (("--include-category", "uncategorised"), [None]),
        (("--include-category", "uncategorised", "--include-category", "format_error"), ["format_error", None]),
        (("--exclude-category", "wrong_answer"), ["format_error", None]),
        (("--exclude-category", "uncategorised"), ["wrong_answer", "format_error"]),
        (("--include-category", "wrong_answer", "--exclude-category", "wrong_answer"), []),
        (("--action", "accept"), []),
        (("--action", "correct", "--run-id", RUN), ["wrong_answer", "format_error", None]),
        (("--model-name", "small-model"), ["wrong_answer", "format_error", None]),
        (("--task-type", "arithmetic"), ["wrong_answer", "format_error", None]),
        (("--since", "2999-01-01"), []),
        (("--since", "2020-01-01T00:00:00+02:00"), ["wrong_answer", "format_error", None]),
    ],
)
def test_filters(avocet: Avocet, arguments: tuple[str, ...], expected: list[str | None]) -> None:
    assert categories(avocet.done("export", "-o", "-", *arguments)) == expected


def test_the_manifest_names_the_filter(avocet: Avocet, tmp_path: Path) -> None:
    avocet.done("export", "-o", tmp_path / "t.jsonl", "--include-category", "wrong_answer", "--since", "2020-01-01")
    manifest = manifest_of(tmp_path / "t.jsonl")
    assert manifest["recipe"]["filter"] == {"include_category": ["wrong_answer"], "since": "2020-01-01"}
    assert manifest["rows"] == 1


def test_a_dataset_without_rows_says_what_waits(avocet: Avocet, tmp_path: Path) -> None:
    said = avocet("export", "--include-category", "hallucination", "-o", tmp_path / "none.jsonl")
    assert said.err.endswith("  nothing that was decided matches; 1 card waits for review (avocet serve)\n")


def test_a_dataset_that_is_not_there_is_named(avocet: Avocet, tmp_path: Path) -> None:
    assert f"There is no dataset at {tmp_path / 'none'}." in avocet.refused("verify", tmp_path / "none")


def test_candidates_come_whole_and_move_to_another_desk(avocet: Avocet, tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    avocet.done("export", "--format", "candidates", "-o", target)
    assert len(target.read_text("utf-8").splitlines()) == 4
    assert "skipped 4" in avocet.done("import", target)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "xlsx"), "There is no format 'xlsx'. Known: sft, trl-sft,"),
        (("--text", ""), "text is empty, which stands in every text."),
        (("--min-score", "nan"), "min_score isn't a number."),
        (("--min-change", "0.5", "--max-change", "0.1"), "min_change is beyond max_change: nothing lies between."),
        (("--salt", "x"), "--salt belongs to a split: give the shares with --split."),
        (("--split", "0.9"), "--split takes three shares that add up to 1, such as 0.8/0.1/0.1."),
        (("--split", "0.9/0.1/0.1"), "train, validation and test are shares of one whole"),
        (("--split", "nan/0/0"), "train, validation and test are shares of one whole"),
        (("--as-of", "4"), "There is no decision 4 yet; the newest is 3."),
        (("--recipe", "none"), "There is no recipe 'none'. Known: none yet."),
        (("--again", "7"), "There is no export 7."),
        (("--include-category", "nonsense"), "include_category has the unknown value 'nonsense'."),
        (("--exclude-category", ""), "exclude_category has the unknown value ''."),
        (("--action", "undo"), "action has the unknown value 'undo'. Known: correct, accept, discard, flag."),
        (("--run-id", "gone"), f"run_id has the unknown value 'gone'. Known: {RUN}."),
        (("--model-name", "big-model"), "model_name has the unknown value 'big-model'. Known: small-model."),
        (("--task-type", "poetry"), "task_type has the unknown value 'poetry'. Known: arithmetic."),
        (("--since", "yesterday"), "since isn't an ISO 8601 date or time: 'yesterday'."),
    ],
)
def test_an_unknown_value_is_named(avocet: Avocet, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    target = tmp_path / "train.jsonl"
    for output in (target, "-"):
        assert avocet.refused("export", "-o", output, *arguments).startswith(sentence)
    assert not target.exists()


def test_missing_folders_are_made(avocet: Avocet, tmp_path: Path) -> None:
    target = tmp_path / "new" / "er" / "train.jsonl"
    assert avocet("export", "-o", target).code == 0
    assert target.is_file()


def test_a_file_where_the_folder_should_be_is_a_sentence(avocet: Avocet, tmp_path: Path) -> None:
    target = tmp_path / "file" / "train.jsonl"
    target.parent.write_bytes(OLD)
    assert avocet.refused("export", "-o", target) == f"{target} can't be written: Not a directory."


def test_a_device_is_never_replaced_by_a_file(avocet: Avocet, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    # stands for /dev/null and /dev/stdout, which root could replace
    subprocess.run(["mkfifo", pipe], check=True)
    assert "isn't a file" in avocet.refused("export", "-o", pipe)
    assert pipe.is_fifo()


def test_a_target_that_can_not_be_written_leaves_the_old_file(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "train.jsonl"
    target.write_bytes(OLD)

    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    assert avocet.refused("export", "--overwrite", "-o", target) == f"{target} can't be written: Permission denied."
    assert [path.name for path in tmp_path.glob("train*")] == ["train.jsonl"]
    assert target.read_bytes() == OLD


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "train.jsonl"
    target.write_bytes(OLD)

    class FullDisk(io.FileIO):
        def write(self, data: Any, /) -> int:
            super().write(bytes(data)[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

    usual = Path.open

    def opened(path: Path, *arguments: Any, **options: Any) -> Any:
        is_ours = path.name == target.name
        return FullDisk(str(path), "w") if is_ours else usual(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", opened)
    assert avocet.refused("export", "--overwrite", "-o", target) == f"The disk is full: {target} was not written."
    monkeypatch.undo()
    assert [path.name for path in tmp_path.glob("train*")] == ["train.jsonl"]
    assert target.read_bytes() == OLD


def test_a_file_size_limit_leaves_no_half_file(settings: Settings, tmp_path: Path) -> None:
    """The operating system itself refuses in the middle of the dataset."""
    target = tmp_path / "train.jsonl"
    limited = ["bash", "-c", 'ulimit -f 0; exec "$@"', "-", *COMMAND, "export", "-o", str(target)]
    done = subprocess.run(limited, env=environment(settings), capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"avocet: {target} can't be written: File too large.\n"
    assert not list(tmp_path.glob("train*"))


def test_a_reader_that_stops_early_is_no_traceback(settings: Settings) -> None:
    with subprocess.Popen(
        [*COMMAND, "export", "-o", "-"], env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert process.returncode == 1


def test_standard_output_on_a_full_disk_is_a_sentence(settings: Settings) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "export", "-o", "-"], env=environment(settings), stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("avocet: ")
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(("format_name", "name"), [("openai-chat", "train.jsonl"), ("openai-dpo", "pairs.jsonl")])
def test_a_file_name_gives_a_file_and_its_sidecar(
    avocet: Avocet, tmp_path: Path, format_name: str, name: str
) -> None:
    target = tmp_path / "out" / name
    assert avocet("export", "--format", format_name, "-o", target).code == 0
    names = [name, f"{name}.manifest.json", f"{name}.meta.jsonl"]
    assert sorted(path.name for path in target.parent.iterdir()) == names
    assert len(target.read_bytes().splitlines()) == len((target.parent / names[2]).read_bytes().splitlines())
    assert avocet("verify", target).code == 0


def test_a_file_name_gives_a_parquet_file(avocet: Avocet, tmp_path: Path) -> None:
    assert avocet("export", "--format", "parquet", "-o", tmp_path / "x.parquet").code == 0
    assert (tmp_path / "x.parquet").is_file()
    assert avocet("verify", tmp_path / "x.parquet").code == 0


@pytest.mark.parametrize(
    "arguments", [("--format", "mlx"), ("--format", "hf"), ("--split", "0.5/0/0.5"), ("--format", "llama-factory")]
)
def test_a_file_name_for_several_files_is_refused_with_the_folder_to_name(
    avocet: Avocet, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    told = avocet.refused("export", "-o", tmp_path / "train.jsonl", *arguments)
    assert told.endswith(f"and train.jsonl is a file's name. Name a folder, such as {tmp_path / 'train'}.")
    assert not (tmp_path / "train.jsonl").exists()


def test_mlx_without_a_validation_split_says_so(avocet: Avocet, tmp_path: Path) -> None:
    said = avocet("export", "--format", "mlx", "-o", tmp_path / "set")
    assert said.code == 0
    assert said.err.index("There is no valid.jsonl") < said.err.index("Wrote")


def test_one_row_is_counted_in_the_singular(avocet: Avocet, tmp_path: Path) -> None:
    target = tmp_path / "one.jsonl"
    said = avocet("export", "--include-category", "wrong_answer", "-o", target)
    assert said.err == f"Wrote 1 row to {target}\n"
    assert avocet.done("verify", target, "--no-desk") == "The dataset is unchanged: 1 row.\n"


def test_the_rows_of_each_split_are_told_before_they_are_written(avocet: Avocet, tmp_path: Path) -> None:
    said = avocet("export", "--split", "1/0/0", "-o", tmp_path / "all")
    assert said.err.index("train 3 rows") < said.err.index("Wrote 3 rows")
    said = avocet("export", "--split", "0.999999/0.000001/0", "-o", tmp_path / "none")
    assert "validation got 0 rows: it has no file." in " ".join(said.err.split())


def test_passes_are_written_as_far_as_somebody_vouched_for_them(
    avocet: Avocet, database: Database, bench_dir: Path, client: TestClient, tmp_path: Path
) -> None:
    passed = [candidate_line(number, outcome="passed") for number in (7, 8, 9)]
    import_lines(database, bench_dir, passed, "passed")
    submit(client, passed[0]["id"], "correct", corrected_response="It is 8.")
    submit(client, passed[1]["id"], "accept")

    def rows(*arguments: str) -> int:
        return len(avocet("export", *arguments, "-o", "-").out.splitlines())

    assert rows() == rows("--passes", "none") == rows("--outcome", "failed") == 3
    assert [rows("--passes", "corrected"), rows("--passes", "confirmed")] == [4, 5]
    assert rows("--outcome", "passed", "--passes", "confirmed") == 2
    assert [rows("--format", "candidates"), rows("--format", "candidates", "--outcome", "passed")] == [7, 3]
    refused = avocet("export", "--outcome", "passed", "-o", tmp_path / "none.jsonl")
    assert (refused.code, "corrected, or confirmed" in refused.err) == (1, True)
    assert not (tmp_path / "none.jsonl").exists()
    assert avocet("export", "--passes", "some", "-o", "-").code == 2

    avocet.done("export", "--passes", "confirmed", "--save-as", "all", "-o", tmp_path / "a.jsonl")
    avocet.done("export", "--recipe", "all", "-o", tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert manifest_of(tmp_path / "a.jsonl")["recipe"]["passes"] == "confirmed"
    avocet.done("export", "-o", tmp_path / "c.jsonl")
    assert "passes" not in manifest_of(tmp_path / "c.jsonl")["recipe"]
