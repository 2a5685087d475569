"""Inspect AI itself: it reads the verdicts as scores, and edits copies of its own logs by them."""

from __future__ import annotations

import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import score
from inspect_ai.log import read_eval_log
from inspect_ai.scorer import precomputed_scores

from avocet import verdicts
from avocet.db import Database
from avocet.errors import InvalidRequest, Prerequisite
from avocet.verdicts import Edited
from tests.cli.conftest import avocet as avocet  # the command, as a fixture
from tests.command import Avocet
from tests.verdicts import sums

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def desk(database: Database) -> Database:
    """Of the log's failures one is right and one wrong; of its passes one is wrong, one has a broken question."""
    sums.import_cards(database)
    sums.say(database, "a2", "accept", check_fault="check_too_strict", note="It shows its work.")
    sums.say(database, "a3", "flag", epoch=2, failure_category="wrong_answer")
    sums.say(database, "a1", "flag", epoch=2, corrected_reference=["forty-two", 42.0], reviewer="sam")
    sums.say(database, "a3", "flag", check_fault="question_broken")
    return database


def scores_of(log: Any, name: str = "match") -> dict[tuple[str, int], Any]:
    return {(str(one.id), one.epoch): one.scores[name] for one in log.samples if name in (one.scores or {})}


def metrics_of(log: Any) -> dict[str, float]:
    return {f"{one.name}.{name}": metric.value for one in log.results.scores for name, metric in one.metrics.items()}


@pytest.mark.parametrize("ending", [".eval", ".json"])
def test_a_copy_has_the_scores_that_people_changed(desk: Database, tmp_path: Path, ending: str) -> None:
    before = hashlib.sha256(sums.LOG.read_bytes()).hexdigest()
    copy = tmp_path / f"copy{ending}"
    done = verdicts.edit_log(desk, sums.RUN, sums.LOG, copy)
    assert done == Edited(score="match", right=1, wrong=1, set_aside=1, stay=1, not_in_log=0)
    assert hashlib.sha256(sums.LOG.read_bytes()).hexdigest() == before
    found = scores_of(read_eval_log(str(copy)))
    values = {key: one.value for key, one in found.items() if not isinstance(one.value, float)}
    assert values == {("a1", 1): "C", ("a1", 2): "I", ("a2", 1): "C", ("a2", 2): "C", ("a3", 2): "I"}
    assert math.isnan(found["a3", 1].value)
    assert found["a3", 1].reason == "question_broken"
    assert [key for key, one in found.items() if one.history] == [("a2", 1), ("a3", 1), ("a1", 2)]


def test_what_a_score_was_and_who_changed_it_is_kept(desk: Database, tmp_path: Path) -> None:
    verdicts.edit_log(desk, sums.RUN, sums.LOG, tmp_path / "copy.eval")
    one = scores_of(read_eval_log(str(tmp_path / "copy.eval")))["a2", 1]
    was, now = one.history
    assert (was.value, was.provenance, now.value) == ("I", None, "C")
    assert (one.answer, one.explanation) == (was.answer, was.explanation)
    assert now.provenance.author == "rowan"
    assert now.provenance.reason.endswith("check_too_strict: it fails answers that are right; It shows its work.")
    (told,) = (row for row in verdicts.rows(desk, sums.RUN) if row["item_id"] == "a2")
    assert now.provenance.timestamp.isoformat(timespec="microseconds") == told["at"].replace("Z", "+00:00")
    assert now.provenance.metadata["avocet_id"] == told["avocet_id"]
    lax = scores_of(read_eval_log(str(tmp_path / "copy.eval")))["a1", 2].history[-1].provenance
    assert (lax.author, lax.metadata["corrected_reference"]) == ("sam", ["forty-two", 42.0])


def test_metrics_are_computed_anew_without_what_is_set_aside(desk: Database, tmp_path: Path) -> None:
    """Means of each item's epochs: a1 (1 + 0) / 2, a2 (1 + 1) / 2, a3 without its broken first epoch 0."""
    verdicts.edit_log(desk, sums.RUN, sums.LOG, tmp_path / "copy.eval")
    before, after = metrics_of(read_eval_log(str(sums.LOG))), metrics_of(read_eval_log(str(tmp_path / "copy.eval")))
    assert before["match.accuracy"] == pytest.approx(2 / 3)
    assert after["match.accuracy"] == pytest.approx((0.5 + 1 + 0) / 3)
    others = ("quality.mean", "has_digit.accuracy")
    assert {name: after[name] for name in others} == {name: before[name] for name in others}


def test_an_edited_copy_is_edited_again(desk: Database, tmp_path: Path) -> None:
    """The second time its scores say what people say already."""
    verdicts.edit_log(desk, sums.RUN, sums.LOG, tmp_path / "one.eval")
    done = verdicts.edit_log(desk, sums.RUN, tmp_path / "one.eval", tmp_path / "two.eval")
    assert done == Edited(score="match", right=0, wrong=0, set_aside=0, stay=4, not_in_log=0)
    again = scores_of(read_eval_log(str(tmp_path / "two.eval")))
    assert [len(one.history) for one in again.values() if one.history] == [2, 2, 2]


def test_one_value_of_several_is_edited_as_a_number(database: Database, tmp_path: Path) -> None:
    sums.import_log(database, metric="rubric.quality")
    sums.say(database, "a2", "accept")
    done = verdicts.edit_log(database, sums.RUN, sums.LOG, tmp_path / "copy.eval")
    assert (done.score, done.right) == ("rubric.quality", 1)
    log = read_eval_log(str(tmp_path / "copy.eval"))
    assert scores_of(log, "rubric")["a2", 1].value == {"quality": 1.0, "has_digit": "C"}
    # of six answers four had 0.9 and two 0.25, one of which is 1 now
    assert metrics_of(log)["quality.mean"] == pytest.approx((4 * 0.9 + 1.0 + 0.25) / 6)


@pytest.mark.parametrize(
    ("name", "item", "accuracy"),
    [
        ("arithmetic-0.3.100.eval", "a2", (1 + 1 + 0.5) / 3),
        ("mcq-0.3.285.json", "2", 1),
        ("tooluse-0.3.285.eval", "3", 1 / 3),
        ("graded-0.3.100.json", "p", 1 / 3),
        ("graded-0.3.285.eval", "empty", (0 + 1 + 0.5) / 3),
    ],
)
def test_logs_of_other_versions_and_kinds(
    database: Database, tmp_path: Path, name: str, item: str, accuracy: float
) -> None:
    """Numbers as ids, partial credit, an empty answer, samples that ended with an error."""
    log = sums.FOLDER / name
    sums.import_log(database, log)
    sums.say(database, item, "accept")
    copy = tmp_path / f"copy{log.suffix}"
    done = verdicts.edit_log(database, sums.RUN, log, copy)
    assert done.right == 1
    edited = read_eval_log(str(copy))
    assert scores_of(edited, done.score)[item, 1].value == "C"
    assert metrics_of(edited)[f"{done.score}.accuracy"] == pytest.approx(accuracy)


@pytest.mark.parametrize("name", ["stopped-0.3.285.eval", "killed-0.3.285.eval"])
def test_a_log_that_was_cut_off_gets_its_edits_too(database: Database, tmp_path: Path, name: str) -> None:
    sums.import_log(database, sums.FOLDER / name)
    sums.say(database, "ok", "accept")
    assert verdicts.edit_log(database, sums.RUN, sums.FOLDER / name, tmp_path / "copy.eval").right == 1
    assert scores_of(read_eval_log(str(tmp_path / "copy.eval")), "includes")["ok", 1].value == "C"


def test_a_verdict_that_agrees_with_the_harness_leaves_the_score(database: Database, tmp_path: Path) -> None:
    """A half-right answer that a person calls wrong keeps its partial credit: the harness failed it as well."""
    log = sums.FOLDER / "graded-0.3.285.eval"
    sums.import_log(database, log)
    sums.say(database, "p", "flag", failure_category="partial_answer")
    done = verdicts.edit_log(database, sums.RUN, log, tmp_path / "copy.eval")
    assert (done.wrong, done.stay) == (0, 1)
    assert scores_of(read_eval_log(str(tmp_path / "copy.eval")), "judge")["p", 1].value == "P"


def test_a_log_is_never_edited_in_place(desk: Database, tmp_path: Path) -> None:
    log = tmp_path / "log.eval"
    log.write_bytes(sums.LOG.read_bytes())
    (tmp_path / "link.eval").symlink_to(log)
    os.link(log, tmp_path / "hard.eval")
    for name in ("log.eval", "link.eval", "hard.eval"):
        with pytest.raises(InvalidRequest, match="never edited in place"):
            verdicts.edit_log(desk, sums.RUN, log, tmp_path / name, overwrite=True)
    assert log.read_bytes() == sums.LOG.read_bytes()


def test_what_inspect_can_not_read_leaves_nothing_behind(desk: Database, tmp_path: Path) -> None:
    """The importer reads less of a log than Inspect does."""
    value = json.loads((sums.FOLDER / "graded-0.3.100.json").read_text("utf-8"))
    named = read_eval_log(str(sums.LOG), header_only=True).eval
    value["eval"] |= {"run_id": named.run_id, "eval_id": named.eval_id, "created": 7}
    (tmp_path / "odd.json").write_text(json.dumps(value))
    with pytest.raises(Prerequisite, match="Inspect AI can't read"):
        verdicts.edit_log(desk, sums.RUN, tmp_path / "odd.json", tmp_path / "copy.eval")
    assert not (tmp_path / "copy.eval").exists()


def test_a_scale_on_which_right_says_nothing_is_refused(database: Database, tmp_path: Path) -> None:
    value = json.loads((sums.FOLDER / "mcq-0.3.285.json").read_text("utf-8"))
    for number, one in enumerate(value["samples"]):
        one["scores"]["choice"]["value"] = 3 + number * 4
    log = tmp_path / "grades.json"
    log.write_text(json.dumps(value))
    sums.import_log(database, log, threshold=5)
    sums.say(database, "1", "accept")
    with pytest.raises(InvalidRequest, match="goes beyond 0 to 1"):
        verdicts.edit_log(database, sums.RUN, log, tmp_path / "copy.json")
    assert not (tmp_path / "copy.json").exists()


def test_the_command_edits_a_copy_and_says_what_it_did(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    said = avocet("verdicts", sums.RUN, "--edit", sums.LOG, "-o", tmp_path / "copy.eval")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        f"Wrote {tmp_path / 'copy.eval'}: 3 edits of the score match",
        "  1 now right",
        "  1 now wrong",
        "  1 set aside: unscored, so that no metric counts them",
        "  1 as they were: the verdict says the same, or is undecided",
    ]
    assert metrics_of(read_eval_log(str(tmp_path / "copy.eval")))["match.accuracy"] == pytest.approx(0.5)


def test_the_scorer_of_given_scores_reads_the_verdicts(desk: Database, tmp_path: Path) -> None:
    """Only what people decided is scored: a2 right, a3 and a1 wrong; what is set aside is not."""
    path = tmp_path / "scores.jsonl"
    path.write_bytes(b"".join(verdicts.stream(desk, sums.RUN, "inspect")))
    scored = score(read_eval_log(str(sums.LOG)), precomputed_scores(str(path)), action="append", display="none")
    found = {key: one.value for key, one in scores_of(scored, "precomputed_scores").items()}
    known = {key: value for key, value in found.items() if isinstance(value, str)}
    assert known == {("a2", 1): "C", ("a3", 2): "I", ("a1", 2): "I"}
    assert metrics_of(scored)["precomputed_scores.accuracy"] == pytest.approx(1 / 3)
    strict = scores_of(scored, "precomputed_scores")["a2", 1]
    assert "check_too_strict" in strict.explanation
    assert strict.metadata["reviewer"] == "rowan"
