"""avocet recipes, exports, hold-out, verify; and export with what they keep."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.command import Avocet
from tests.exports.deciding import contents, read_rows
from tests.factories import RUN, candidate_lines, import_lines, submit, undo


@pytest.fixture(autouse=True)
def _decided(database: Database, bench_dir: Path, client: TestClient) -> None:
    import_lines(database, bench_dir, candidate_lines(6))
    for number in range(6):
        action, text = ("correct", "x") if number % 2 else ("accept", None)
        submit(client, f"{RUN}/item-{number}", action, corrected_response=text)


def test_a_recipe_is_saved_used_listed_and_deleted(avocet: Avocet, tmp_path: Path) -> None:
    options = ("--format", "trl-sft", "--exclude-category", "scoring_artifact")
    avocet.done("export", *options, "--save-as", "mine", "-o", tmp_path / "a.jsonl")
    avocet.done("export", "--recipe", "mine", "-o", tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert avocet.done("recipes").splitlines()[1].split() == [
        "mine",
        "trl-sft",
        "exclude_category",
        "scoring_artifact",
    ]
    assert avocet("recipes", "--json").json()["mine"]["format"] == "trl-sft"
    avocet.done("recipes", "--delete", "mine")
    assert avocet("recipes", "--json").json() == {}


@pytest.mark.parametrize("other", [("--format", "sft"), ("--action", "correct"), ("--split", "0.8/0.1/0.1")])
def test_nothing_is_chosen_beside_a_recipe(avocet: Avocet, other: tuple[str, ...]) -> None:
    avocet.done("export", "--save-as", "mine", "-o", "-")
    assert "leave the other options out" in avocet.refused("export", "--recipe", "mine", *other, "-o", "-")


def test_an_export_is_listed_and_made_again(avocet: Avocet, client: TestClient, tmp_path: Path) -> None:
    avocet.done("export", "--format", "hf", "--split", "0.5/0/0.5", "-o", tmp_path / "first")
    undo(client, f"{RUN}/item-1")
    number, *_ = avocet.done("exports").splitlines()[1].split()
    assert avocet("exports", "--json").json()[0]["manifest"]["rows"] == 9
    avocet.done("export", "--again", number, "-o", tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    avocet.done("export", "--format", "candidates", "-o", tmp_path / "all.jsonl")
    assert len(avocet("exports", "--json").json()) == 1
    assert "give a file or a folder" in avocet.refused("export", "--again", number, "-o", "-")


def test_what_is_left_out_is_said_beside_the_dataset(avocet: Avocet, tmp_path: Path) -> None:
    why = "  left out 3: The model was right (scoring artifact): its answer is no bad example.\n"
    said = avocet("export", "--format", "trl-dpo", "-o", "-")
    assert (said.out.count("\n"), said.err) == (3, why)
    target = tmp_path / "pairs.jsonl"
    said = avocet("export", "--format", "trl-dpo", "-o", target)
    assert said.err == f"Wrote 3 rows to {target}\n{why}"


def test_a_dataset_of_several_files_is_a_folder(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    avocet.done("export", "--format", "mlx")
    (folder,) = tmp_path.glob("avocet_mlx_*")
    assert len(read_rows(folder / "train.jsonl")) == 6
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "notes.txt").write_text("mine")
    avocet.done("export", "--format", "mlx", "-o", "sets")
    assert len(list((tmp_path / "sets").glob("avocet_mlx_*/train.jsonl"))) == 1
    assert "several files" in avocet.refused("export", "--format", "mlx", "-o", "-")


def test_the_hold_out_is_set_and_told(avocet: Avocet, tmp_path: Path) -> None:
    assert avocet.done("hold-out") == "Nothing is held out\n"
    assert avocet.done("hold-out", "--share", "0.5", "--salt", "a") == "50.0% of every task is held out\n"
    assert avocet("hold-out", "--json").json() == {"share": 0.5, "salt": "a"}
    assert "left out" in avocet("export", "-o", tmp_path / "a.jsonl").err
    assert avocet("hold-out", "--share", "0", "--json").json() == {"share": 0.0, "salt": "a"}
    assert "at least 0 and less than 1" in avocet.refused("hold-out", "--share", "1")


class TestVerify:
    def test_all_is_well(self, avocet: Avocet, client: TestClient, tmp_path: Path) -> None:
        target = tmp_path / "a.jsonl"
        avocet.done("export", "-o", target)
        undo(client, f"{RUN}/item-1")
        told = "The dataset is unchanged: 6 rows."
        assert avocet.done("verify", target) == f"{told} The desk's decisions still make the same dataset.\n"
        assert avocet.done("verify", target, "--no-desk") == f"{told}\n"

    def test_what_differs_is_said_and_ends_in_one(self, avocet: Avocet, tmp_path: Path) -> None:
        target = tmp_path / "a.jsonl"
        avocet.done("export", "-o", target)
        target.write_bytes(target.read_bytes().replace(b"x", b"y"))
        said = avocet("verify", target)
        assert (said.code, said.err) == (1, "avocet: a.jsonl was changed after it was written.\n")
        assert avocet("verify", target, "--json").json()["problems"] == ["a.jsonl was changed after it was written."]

    def test_where_there_is_no_desk_none_is_made(
        self, avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "a.jsonl"
        avocet.done("export", "-o", target)
        monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
        monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "elsewhere"))
        assert avocet.done("verify", target).endswith("6 rows.\n")
        assert not (tmp_path / "elsewhere").exists()
