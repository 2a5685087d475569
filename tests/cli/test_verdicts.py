"""avocet verdicts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from avocet.db import Database
from tests.command import Avocet
from tests.exports.deciding import decide
from tests.factories import RUN, candidate_lines, import_lines
from tests.verdicts import sums


@pytest.fixture
def _decided(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(4))
    decide(database, 0, "accept")
    decide(database, 1, "flag")
    decide(database, 2, "discard")


@pytest.fixture
def _log(database: Database) -> None:
    sums.import_log(database)
    sums.say(database, "a2", "accept")


@pytest.mark.usefixtures("_decided")
def test_lines_go_to_standard_output_and_the_counts_to_the_person(avocet: Avocet) -> None:
    said = avocet("verdicts", RUN)
    assert [json.loads(line)["verdict"] for line in said.out.splitlines()] == ["right", "wrong"]
    assert said.err == "Written: 2 answers (1 right, 1 wrong)\n  left out 1: undecided\n"


@pytest.mark.usefixtures("_decided")
@pytest.mark.parametrize("name", ["jsonl", "csv", "report", "cases"])
def test_a_file_holds_the_same(avocet: Avocet, tmp_path: Path, name: str) -> None:
    path = tmp_path / "new folder" / "verdicts"
    said = avocet("verdicts", RUN, "--format", name, "-o", path)
    assert said.out == ""
    assert said.err.startswith(f"Wrote {1 if name == 'report' else 2} answer")
    assert path.read_text("utf-8") == avocet.done("verdicts", RUN, "--format", name, "-o", "-")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("_decided")
def test_a_file_that_is_there_is_replaced_only_when_told_to(avocet: Avocet, tmp_path: Path, bench_dir: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("mine")
    assert avocet.refused("verdicts", RUN, "-o", path).endswith(
        "mine.txt is there already. Give another name, or say --overwrite."
    )
    assert path.read_text() == "mine"
    avocet.done("verdicts", RUN, "-o", path, "--overwrite")
    assert "verdict" in path.read_text()
    assert "is a folder" in avocet.refused("verdicts", RUN, "-o", bench_dir)


@pytest.mark.only("sqlite")
@pytest.mark.usefixtures("_log")
def test_the_desk_itself_is_never_a_target(avocet: Avocet, tmp_path: Path) -> None:
    desk = tmp_path / "data" / "avocet.db"
    before = desk.stat().st_size
    assert "is the desk itself" in avocet.refused("verdicts", sums.RUN, "-o", desk, "--overwrite")
    for target in (desk, tmp_path / "data" / "copy.eval"):
        avocet.refused("verdicts", sums.RUN, "--edit", sums.LOG, "-o", target, "--overwrite")
    assert desk.stat().st_size == before


@pytest.mark.usefixtures("_log")
def test_an_edit_that_makes_no_sense_is_refused_in_a_sentence(
    avocet: Avocet, database: Database, tmp_path: Path
) -> None:
    edit = ("verdicts", sums.RUN, "--edit", sums.LOG)
    copy = tmp_path / "copy.eval"
    assert "say where to" in avocet.refused(*edit)
    assert "leave --format out" in avocet.refused(*edit, "--format", "inspect", "-o", copy)
    assert "must end in .eval or .json" in avocet.refused(*edit, "-o", tmp_path / "copy.txt")
    assert "There is no file" in avocet.refused("verdicts", sums.RUN, "--edit", tmp_path / "none.eval", "-o", copy)
    other = sums.FOLDER / "mcq-0.3.285.json"
    assert "is another log than the one" in avocet.refused("verdicts", sums.RUN, "--edit", other, "-o", copy)
    copy.write_text("mine")
    assert "is there already" in avocet.refused(*edit, "-o", copy)
    assert copy.read_text() == "mine"
    import_lines(database, tmp_path / "results", candidate_lines(1))
    assert "take jsonl or csv" in avocet.refused("verdicts", RUN, "--edit", sums.LOG, "-o", tmp_path / "new.eval")


def test_a_log_of_which_nothing_is_decided_is_left_alone(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    sums.import_log(database)
    said = avocet.refused("verdicts", sums.RUN, "--edit", sums.LOG, "-o", tmp_path / "copy.eval")
    assert said == "Nothing of sums is decided yet: there is nothing to edit."


@pytest.mark.usefixtures("_log")
def test_without_inspect_the_command_says_what_to_install(
    avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "inspect_ai", None)
    said = avocet.refused("verdicts", sums.RUN, "--edit", sums.LOG, "-o", tmp_path / "copy.eval")
    assert said == "Editing a log needs Inspect AI: pip install 'inspect-ai>=0.3.285'"


@pytest.mark.usefixtures("_decided")
def test_unknown_names_are_refused_with_the_known_ones(avocet: Avocet) -> None:
    assert "Known: jsonl, csv, inspect, report, cases" in avocet.refused("verdicts", RUN, "--format", "xlsx")
    assert avocet.refused("verdicts", "another") == "No run 'another' was imported."
