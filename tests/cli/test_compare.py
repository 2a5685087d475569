"""avocet compare: every way to print it, and the exit codes of its gate."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from avocet import exports
from avocet.db import Database
from avocet.exports import Recipe
from tests.command import Avocet
from tests.exports.deciding import corrected
from tests.factories import candidate_line
from tests.runs.listed import Listed, import_listed

FOR_TWO = "--gate, --all, --trained-on and --before-trained-on are for two runs."
OUTCOMES = {"old": "fffppppp", "new": "fppppppf"}


@pytest.fixture(autouse=True)
def _runs(database: Database, tmp_path: Path) -> None:
    for run, signs in OUTCOMES.items():
        items = [Listed(str(n), "passed" if sign == "p" else "failed") for n, sign in enumerate(signs)]
        import_listed(database, tmp_path, items, run=run)


def test_sentences_and_the_flips(avocet: Avocet) -> None:
    lines = avocet.done("compare", "old", "new").splitlines()
    assert lines[0] == "After, 6 of 8 are right, 5 before: too small a difference to be sure of."
    assert lines[1] == "2 fixed, 1 broken; the other 5 as they were."
    assert lines[2].startswith("+12.5 points, between")
    assert lines[3] == "What old and new were trained on is not known, so no item can be told to be exposed."
    assert [line.split()[0] for line in lines[5:]] == ["broken", "fixed", "fixed"]


def test_json_has_what_a_script_needs(avocet: Avocet) -> None:
    found = avocet("compare", "old", "new", "--json").json()
    assert (found["fixed"], found["broken"], found["still_wrong"], found["still_right"]) == (2, 1, 1, 4)
    assert found["difference"].keys() == {"value", "low", "high"}
    assert (found["p_value"], found["method"], found["gate"]) == (1, "mcnemar_newcombe", None)
    assert len(found["items"]) == 3
    assert len(avocet("compare", "old", "new", "--json", "--all").json()["items"]) == 8


def test_a_gate_ends_with_its_own_exit_code(avocet: Avocet) -> None:
    for gate, code in (("regressions <= 1", 0), ("regressions <= 0", 3), ("corrected_score >= 0.5", 4)):
        assert avocet("compare", "old", "new", "--gate", gate).code == code
    assert "Gate fails" in avocet("compare", "old", "new", "--gate", "regressions <= 0", "--md").out
    assert avocet("compare", "old", "new", "--gate", "nonsense").code == 1


def test_junit_says_which_condition_failed(avocet: Avocet) -> None:
    done = avocet("compare", "old", "new", "--junit", "--gate", "regressions <= 0, score >= before")
    suite = ET.fromstring(done.out)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["regressions <= 0"]


@pytest.fixture
def made(database: Database, tmp_path: Path) -> Path:
    """Export 1, of corrections of the items 1 and 7: fixed and broken."""
    lines = [candidate_line(int(item), item_id=item, task_type="sums") for item in ("1", "7")]
    corrected(database, tmp_path, lines)
    exports.make(database, Recipe(format="sft"), tmp_path / "made.jsonl", reviewer="rowan")
    return tmp_path / "made.jsonl"


def test_what_a_side_was_trained_on_is_told_apart(avocet: Avocet, made: Path) -> None:
    not_clean = "Not clean: 2 of 8 compared items stood in what new was trained on (export 1)."
    not_clean += " Without them 5 of 6 are right, 4 before."
    lines = avocet.done("compare", "old", "new", "--trained-on", "1", "--gate", "regressions <= 1").splitlines()
    assert lines[3] == not_clean
    assert lines[4].startswith("The exposed 2 items: 1 right, 1 before; +0.0 points, between")
    assert lines[5].startswith("The other 6 items: 5 right, 4 before; +16.7 points, between")
    assert lines[6] == "What old was trained on is not known."
    assert lines[7] == "Gate passes, but the comparison is not clean."
    assert [line.split() for line in lines[10:]] == [
        ["broken", "sums", "7", "exposed"],
        ["fixed", "sums", "1", "exposed"],
        ["fixed", "sums", "2"],
    ]
    found = avocet("compare", "old", "new", "--before-trained-on", made, "--json").json()
    assert found["exposure"]["before"]["items"] == 2
    assert found["exposure"]["after"] == {"datasets": [], "items": 0}
    assert [one["exposed"] for one in found["items"]] == [True, True, False]


def test_files_say_what_is_not_clean(avocet: Avocet, made: Path) -> None:
    asked = ("compare", "old", "new", "--trained-on", made, "--gate", "regressions <= 1")
    text = avocet.done(*asked, "--md")
    assert "**Gate passes, but the comparison is not clean**" in text
    assert "| broken | sums |" in text
    assert text.count(" exposed |") == 3  # the column's head and two rows
    suite = ET.fromstring(avocet.done(*asked, "--junit"))
    (told,) = suite.findall("properties/property")
    assert told.get("name") == "exposure"
    assert str(told.get("value")).startswith("Not clean: 2 of 8")
    assert [case.tag for case in suite].count("testcase") == 1
    plain = ET.fromstring(avocet.done("compare", "old", "new", "--gate", "regressions <= 1", "--junit"))
    assert plain.find("properties") is None


def test_three_runs_are_compared_with_the_first(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed(str(n), "passed") for n in range(8)], run="third")
    found = avocet("compare", "old", "new", "third", "--json").json()
    assert [pair["fixed"] for pair in found["pairs"]] == [2, 3]
    assert [one["values"] for one in found["items"]] == [[0, 0, 1], [0, 1, 1], [0, 1, 1], [1, 0, 1]]
    assert "| sums | 7 | 1 | 0 | 1 |" in avocet.done("compare", "old", "new", "third", "--md")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("old",), "Name two runs: the one before, then the one after."),
        (("old", "new", "--json", "--md"), "Choose one of --json, --md and --junit."),
        (("old", "new", "--junit"), "--junit prints what a gate says: give --gate too."),
        (("old", "new", "third", "--all"), FOR_TWO),
        (("old", "new", "third", "--trained-on", "1"), FOR_TWO),
        (("old", "new", "--trained-on", "1"), "There is no export 1."),
        (("old", "nowhere"), "No run 'nowhere' was imported."),
    ],
)
def test_what_is_refused(avocet: Avocet, arguments: tuple[str, ...], sentence: str) -> None:
    assert avocet.refused("compare", *arguments) == sentence
