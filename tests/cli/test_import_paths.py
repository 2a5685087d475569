"""avocet import of several paths at once, and of files that nobody knows."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from pathlib import Path

import pytest

from tests.command import Avocet
from tests.factories import candidate_line, write_jsonl
from tests.importers.files import SAMPLES

LM_EVAL = SAMPLES / "lm-eval" / "0.4.13" / "mock-chat"
GENERIC = SAMPLES / "cases" / "generic"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of results as people have them: two harnesses, a folder below, and what is no result."""
    path = tmp_path / "results of today"
    shutil.copytree(LM_EVAL, path, ignore=shutil.ignore_patterns("*.expected.json"))
    (path / "nightly").mkdir()
    shutil.copy(SAMPLES / "promptfoo" / "capitals.json", path / "nightly")
    (path / "notes.txt").write_text("nothing that a harness wrote", "utf-8")
    (path / ".hidden.json").write_text("{}", "utf-8")
    return path


def test_all_that_a_folder_holds_ends_as_the_folder(avocet: Avocet, folder: Path) -> None:
    whole = avocet("import", "--dry-run", "--json", folder)
    star = avocet("import", "--dry-run", "--json", *sorted(folder.glob("[!.]*")))
    assert (star.code, json.loads(star.out)) == (whole.code, json.loads(whole.out))
    assert whole.code == 0
    assert len(json.loads(whole.out)["runs"]) == 3


def test_results_beside_their_samples_are_no_run_of_their_own(avocet: Avocet, folder: Path) -> None:
    assert avocet("import", "--dry-run", *sorted(folder.glob("[!.]*.json*"))).code == 0


def test_totals_without_samples_are_told_by_name(avocet: Avocet, folder: Path) -> None:
    (alone,) = folder.glob("results_*22-02-45*.json")
    for sample in folder.glob("samples_*22-02-45*"):
        sample.unlink()
    said = avocet("import", "--dry-run", folder)
    assert said.code == 1
    assert f"{alone.name} holds only totals" in said.err
    assert "would import" in said.out


def test_what_was_named_and_nobody_knows_is_an_error_still(avocet: Avocet, tmp_path: Path) -> None:
    known = write_jsonl(tmp_path / "a.jsonl", [candidate_line(1)])
    (tmp_path / "b.txt").write_text("nothing", "utf-8")
    (tmp_path / "c.txt").write_text("nothing", "utf-8")
    said = avocet("import", known, tmp_path / "b.txt")
    assert said.code == 1
    assert "imported 1" in said.out
    assert "b.txt isn't a results file" in said.err


@pytest.mark.skipif(os.name != "posix", reason="folders of Linux")
@pytest.mark.parametrize("folder", ["/", "/proc", "/proc/self", "/sys", "/dev", "/usr/.."])
def test_the_machine_itself_is_no_folder_of_results(avocet: Avocet, tmp_path: Path, folder: str) -> None:
    known = write_jsonl(tmp_path / "a.jsonl", [candidate_line(1)])
    said = avocet("import", folder, known)
    assert said.code == 1
    assert f"{folder} belongs to the machine itself. Give the folder that benchmark results are in." in said.err
    assert "imported 1" in said.out


@pytest.mark.parametrize("name", ["europe.csv", "sep-line.csv", "turns-as-answer.jsonl", "ends-with-user.json"])
def test_the_line_that_is_offered_for_an_unknown_file_imports_it(avocet: Avocet, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"of ours {name}"
    shutil.copy(GENERIC / name, path)
    said = avocet("import", path)
    assert said.code == 1
    line = said.err.strip().rpartition("import it with: ")[2]
    command, *arguments = shlex.split(line)
    assert command == "avocet"
    assert "imported" in avocet.done(*arguments)
