"""How far a judge can be believed: counted by hand, estimated as the check's quality is, told in every form."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from avocet.db import Database
from avocet.review import queue
from avocet.review.queue import QueueFilter
from avocet.scores import corrected_score
from avocet.scores.judging import JudgeReport
from avocet.scores.report import report
from avocet.scores.rows import Number, number_of
from avocet.scores.tables import as_csv, as_markdown, judge_sentence
from tests.scores.desks import RUN, draw, members, say
from tests.scores.judged import Json, judged_run, says
from tests.scores.reads import reads

NOTHING: Json = {}


def cards(names: str) -> Iterable[str]:
    return names.split()


def judge_of(database: Database) -> JudgeReport:
    (judge,) = report(database, RUN).judges
    return judge


def ends(number: Number | None) -> tuple[float | None, ...]:
    assert number is not None
    return tuple(None if end is None else round(end, 6) for end in (number.value, number.low, number.high))


def counts(judge: JudgeReport) -> tuple[int, ...]:
    return (judge.passed_right, judge.passed_wrong, judge.failed_right, judge.failed_wrong)


def test_without_a_judge_there_is_nothing_to_tell(database: Database, tmp_path: Path) -> None:
    judged_run(database, tmp_path, [NOTHING, {"note": 'a "judge" in a text'}])
    say(database, cards("f0 f1"), "wrong")
    found = report(database, RUN)
    assert found.judges == []
    assert "udge" not in as_markdown(found) + as_csv(found)


def test_counted_by_hand_where_all_is_read(database: Database, tmp_path: Path) -> None:
    """Of 6 failures and 4 passes, all read:

    judge passes f0 f1 f2 p0 p1, fails f3 f4 p2 p3, and has no verdict on f5.
    right are f0 f3 f5 p0 p1 p2; wrong are f1 f4 p3; the question of f2 is broken.
    """
    yes, no, silent = says("passed"), says("failed"), says(None)
    judged_run(database, tmp_path, [yes, yes, yes, no, no, silent], [yes, yes, no, no])
    say(database, cards("f0 f3 f5 p0 p1 p2"), "right")
    say(database, cards("f1 f4 p3"), "wrong")
    say(database, cards("f2"), "aside")
    judge = judge_of(database)
    assert (judge.model, judge.prompt) == ("org/judge", "abc")
    # f0 p0 p1 | f1 | f3 p2 | f4 p3
    assert counts(judge) == (3, 1, 2, 2)
    assert (judge.no_verdict, judge.unjudged) == (1, 0)
    # of the 8 the judge agrees on f0 p0 p1 f4 p3, the check on f1 f4 p0 p1 p2
    assert (judge.agreed, judge.check_agreed) == (5, 5)
    assert (judge.fails_right, judge.passes_wrong) == (2 / 5, 1 / 3)
    assert ends(judge.agreement) == ends(judge.check_agreement) == (0.625, 0.625, 0.625)
    assert not judge.rough
    assert judge.notes == []


def test_estimated_from_a_sample_of_each_outcome(database: Database, tmp_path: Path) -> None:
    """Worked example 1 of the method, with "the judge agrees" for "right": failed (20, 10, 3), passed (30, 10, 9)."""
    verdicts = [says("passed"), says("failed")]
    judged_run(database, tmp_path, verdicts * 10, verdicts * 15)
    right_by_check = {"failed": 0, "passed": 0}
    for outcome, agrees in (("failed", 3), ("passed", 9)):
        draw(database, outcome, 10, outcome)
        for at, card in enumerate(members(database, outcome)):
            judge_passes = int(card[1:]) % 2 == 0
            is_right = judge_passes == (at < agrees)
            say(database, [card], "right" if is_right else "wrong")
            right_by_check[outcome] += is_right == (outcome == "passed")
    judge = judge_of(database)
    assert sum(counts(judge)) == 20
    assert (judge.agreed, judge.check_agreed) == (12, sum(right_by_check.values()))
    assert ends(judge.agreement) == (0.66, 0.52, 0.76)
    assert judge.rough
    of_check = [reads((size, 10, right_by_check[name])) for name, size in (("failed", 20), ("passed", 30))]
    assert judge.check_agreement == number_of(corrected_score(*of_check))


def test_what_a_reader_sets_aside_is_in_no_estimate(database: Database, tmp_path: Path) -> None:
    """Worked example 8b: failed (412, 100, 12) of which 2 are aside, passed (588, 50, 49)."""
    failed = [says("passed") for _ in range(412)]
    judged_run(database, tmp_path, failed, [says("passed") for _ in range(588)], keep="all")
    draw(database, "f", 100, "failed")
    in_order = members(database, "f")
    say(database, in_order[:12], "right")
    say(database, in_order[12:98], "wrong")
    say(database, in_order[98:], "undecided")
    draw(database, "p", 50, "passed")
    of_passes = members(database, "p")
    say(database, of_passes[:49], "right")
    say(database, of_passes[49:], "wrong")
    judge = judge_of(database)
    assert counts(judge) == (61, 87, 0, 0)
    assert ends(judge.agreement) == (0.630878, 0.587165, 0.660384)


def test_silence_counts_as_a_read_that_could_not_decide(database: Database, tmp_path: Path) -> None:
    judged_run(database, tmp_path, [says("failed"), says(None)] * 20)
    draw(database, "f", 30, "failed")
    say(database, members(database, "f"), "wrong")
    judge = judge_of(database)
    spoken = sum(int(card[1:]) % 2 == 0 for card in members(database, "f"))
    assert counts(judge) == (0, 0, 0, spoken)
    assert judge.no_verdict == 30 - spoken
    assert judge.agreement is not None
    assert (judge.agreement.value, judge.agreement.high) == (1.0, 1.0)


def test_reads_that_were_chosen_give_counts_alone(database: Database, tmp_path: Path) -> None:
    judged_run(database, tmp_path, [says("passed")] * 40, [says("passed")] * 12)
    say(database, (f"f{number}" for number in range(15)), "right")
    judge = judge_of(database)
    assert counts(judge) == (15, 0, 0, 0)
    assert judge.agreement is judge.check_agreement is None
    assert judge.notes == ["Nothing is estimated of all answers: none of the failed items was read at random yet."]
    assert judge_sentence(judge) == "org/judge says what people say on 15 of 15 read answers, the check on 0."
    draw(database, "f", 12, "failed")
    say(database, members(database, "f"), "right")
    judge = judge_of(database)
    assert judge.notes == ["Nothing is estimated of all answers: none of the passed items was read at random yet."]


def test_kept_passes_stand_for_all(database: Database, tmp_path: Path) -> None:
    judged_run(database, tmp_path, [says("failed")] * 12, [says("passed")] * 100, keep=40)
    passed = [str(card["id"]) for card in queue.page(database, QueueFilter(outcome="passed"), per_page=100).items]
    assert len(passed) == 40
    say(database, (f"f{number}" for number in range(12)), "wrong")
    say(database, passed, "right")
    judge = judge_of(database)
    assert judge.agreement is not None
    assert (judge.agreement.value, judge.agreement.high) == (1.0, 1.0)
    assert judge.agreement.low is not None
    assert 0.4 < judge.agreement.low < 1.0


def test_two_prompts_are_two_judges_and_odd_shapes_are_none(database: Database, tmp_path: Path) -> None:
    odd: list[Json] = [{"judge": "passed"}, {"judge": {"model": 3}}, says("maybe"), {"judge": None}]
    failed = [says("passed"), says("passed", prompt="def"), says("failed", prompt=None), *odd]
    judged_run(database, tmp_path, failed)
    say(database, (f"f{number}" for number in range(len(failed))), "right")
    found = report(database, RUN).judges
    assert [(judge.model, judge.prompt, counts(judge), judge.unjudged) for judge in found] == [
        ("org/judge", None, (0, 0, 1, 0), 6),
        ("org/judge", "abc", (1, 0, 0, 0), 6),
        ("org/judge", "def", (1, 0, 0, 0), 6),
    ]
    assert found[0].passes_wrong is None
    # undone, nothing is read
    assert report(database, RUN, group="task").judges == found


def test_markdown_and_csv_have_it(database: Database, tmp_path: Path) -> None:
    hostile = says("passed", model="[red]| `=cmd`", prompt="a|b")
    judged_run(database, tmp_path, [hostile, hostile, says(None, model="other", prompt=None)])
    say(database, cards("f0 f2"), "right")
    say(database, cards("f1"), "wrong")
    found = report(database, RUN)
    markdown = as_markdown(found)
    assert "\n## Judges\n" in markdown
    assert "| \\[red\\]\\| \\`=cmd\\` | a\\|b | 1 | 1 | 0 | 0 | 0 | 50.0 | 50.0 |" in markdown
    head, row = csv.reader(as_csv(found).splitlines())
    values = dict(zip(head, row, strict=True))
    assert (values["judge_1_model"], values["judge_1_passed_wrong"], values["judge_2_no_verdict"]) == (
        "[red]| `=cmd`",
        "1",
        "1",
    )
    assert values["judge_1_agreement_value"] == "0.5"
    (by_task,) = csv.DictReader(as_csv(report(database, RUN, group="task")).splitlines(), restval="nothing")
    assert by_task["judge_1_model"] == "nothing"


@pytest.mark.parametrize("compared", [True, False])
def test_a_sentence_says_what_is_estimated(compared: bool) -> None:
    half = Number(0.5, 0.4, 0.6)
    judge = JudgeReport("j", None, 3, 1, 0, 0, 0, 0, 3, 2, 0.0, 1.0, half, half if compared else None, False, [])
    of_check = ", the check on 50.0 (40.0 to 60.0) %" if compared else ""
    said = "j says what people say on 3 of 4 read answers, the check on 2."
    assert judge_sentence(judge) == f"{said} Of all answers that would be 50.0 (40.0 to 60.0) %{of_check}."
