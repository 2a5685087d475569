"""Two runs compared item by item, against a count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.comparing import Compared, check_gate, compare, parse_gate
from avocet.comparing.comparison import compare_several
from avocet.comparing.counting import CategoryRow, TaskRow
from avocet.comparing.gate import Verdict
from avocet.comparing.tables import chance, headline
from avocet.db import Database
from avocet.domain import Outcome
from avocet.errors import InvalidRequest, TakenBack, UnknownRun
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs import find, import_run, take_back
from tests.factories import Line, candidate_line, write_jsonl
from tests.runs.listed import Listed, import_listed

SUMS: dict[str, tuple[Outcome, Outcome]] = {
    "1": ("failed", "passed"),
    "2": ("failed", "passed"),
    "3": ("passed", "failed"),
    "4": ("failed", "failed"),
    "5": ("passed", "errored"),
    **{str(number): ("passed", "passed") for number in range(6, 11)},
}


@pytest.fixture
def two_runs(database: Database, tmp_path: Path) -> Database:
    """Sums: 1 and 2 fixed, 3 broken, 4 still wrong, 5 errored in the second run, 6 to 10 still right; a word each."""
    for at, run in enumerate(("old", "new")):
        items = [Listed(item, outcomes[at]) for item, outcomes in SUMS.items()]
        items += [Listed(f"only {run}", "failed", task="words"), Listed("both", "failed", task="words")]
        import_listed(database, tmp_path, items, run=run, keep={"passed": "all"})
    return database


def card_of(compared: Compared, item: str, *, after: bool) -> str:
    (found,) = (one for one in compared.items if one.item == item)
    card = found.after.card if after else found.before.card
    assert card is not None
    return card


def test_what_was_fixed_and_broken(two_runs: Database) -> None:
    found = compare(two_runs, "old", "new")
    assert (found.fixed, found.broken, found.still_wrong, found.still_right) == (2, 1, 2, 5)
    assert (found.items_compared, found.unjudged, found.only_before, found.only_after) == (10, 1, 1, 1)
    assert (found.right_before, found.right_after) == (6, 7)
    assert found.tasks == [TaskRow("sums", 9, 6, 7, 2, 1), TaskRow("words", 1, 0, 0, 0, 0)]
    assert found.method == "mcnemar_newcombe"
    assert found.p_value == pytest.approx(1.0)
    assert found.difference is not None
    assert found.difference.value == pytest.approx(0.1)
    assert found.difference.low < 0 < found.difference.high
    assert [(one.item, one.kind) for one in found.items] == [("3", "broken"), ("1", "fixed"), ("2", "fixed")]
    assert found.items[0].before.card
    everything = compare(two_runs, "old", "new", all_items=True)
    assert len(everything.items) == everything.items_compared


def test_peoples_verdicts_count_where_somebody_read(two_runs: Database) -> None:
    plain = compare(two_runs, "old", "new", all_items=True)

    def say(item: str, *, after: bool, **said: str | None) -> None:
        card = card_of(plain, item, after=after)
        decisions.submit(two_runs, Submission(id=card, **said), "rowan")  # type: ignore[arg-type]

    say("1", after=False, action="accept", failure_category="scoring_artifact")  # was right all along
    say("3", after=True, action="discard", failure_category="hallucination")
    say("4", after=False, action="discard", check_fault="question_broken")
    say("6", after=True, action="flag", failure_category="wrong_answer")  # passed, but wrong
    found = compare(two_runs, "old", "new")
    assert (found.fixed, found.broken, found.still_wrong, found.still_right) == (1, 2, 1, 5)
    assert found.set_aside == 1
    assert (found.read_before, found.read_after) == (1, 2)
    assert found.notes == [
        "Of 9 items, people read 1 of old and 2 of new; on 3 they read one side alone, and the harness judged the"
        " other. Read both, or compare by the harness's verdicts alone."
    ]
    assert compare(two_runs, "old", "new", verdicts="harness").notes == []
    assert found.categories == [
        CategoryRow("hallucination", 0, 1),
        CategoryRow("wrong_answer", 0, 1),
        CategoryRow(None, 2, 1),
    ]
    assert found.items[0].after.read
    again = compare(two_runs, "old", "new", verdicts="harness")
    assert (again.fixed, again.broken, again.set_aside) == (2, 1, 0)


def test_epochs_are_compared_by_their_means(database: Database, tmp_path: Path) -> None:
    outcomes: dict[str, dict[str, str]] = {
        "old": {"a": "ff", "b": "fp", "c": "pp"},
        "new": {"a": "fp", "b": "ff", "c": "pp"},
    }
    for run, items in outcomes.items():
        listed = [
            Listed(item, "passed" if sign == "p" else "failed", epoch=str(epoch))
            for item, signs in items.items()
            for epoch, sign in enumerate(signs)
        ]
        import_listed(database, tmp_path, listed, run=run)
    found = compare(database, "old", "new")
    assert (found.fixed, found.broken, found.still_right) == (1, 1, 1)
    assert found.method == "sign_flips_bootstrap"
    assert found.difference is not None
    assert found.difference.value == 0
    assert found.p_value == 1
    assert [one.before.value for one in found.items] == [0.5, 0.0]


def test_models_of_one_run_and_several_sides(database: Database, tmp_path: Path) -> None:
    for run in ("r", "s"):
        items = [Listed("1", "passed", model=model) for model in ("big", "a:b")] if run == "r" else [Listed("1")]
        import_listed(database, tmp_path, items, run=run)
    with pytest.raises(InvalidRequest, match="several models: say r:a:b or r:big"):
        compare(database, "r", "s")
    with pytest.raises(InvalidRequest, match="no model 'huge'"):
        compare(database, "r:huge", "s")
    assert compare(database, "r:big", "r:a:b").still_right == 1
    assert compare(database, "r:big", "s").broken == 1
    several = compare_several(database, ["r:big", "r:a:b", "s"])
    assert [pair.broken for pair in several.pairs] == [0, 1]
    assert [(one.values, one.cards[:2]) for one in several.items] == [([1, 1, 0], [None, None])]
    assert several.items[0].cards[2]


def test_lines_are_matched_without_the_run_in_their_ids(database: Database, tmp_path: Path) -> None:
    """What `avocet bench` writes: a line's id begins with its run, and a pass is a line without a card."""
    for run, outcomes in (("r1", ("failed", "passed")), ("r2", ("passed", "passed"))):
        lines: list[Line | str | bytes] = [
            candidate_line(n, id=f"{run}/task-{n}", benchmark_run_id=run, outcome=outcome)
            for n, outcome in enumerate(outcomes)
        ]
        path = write_jsonl(tmp_path / run / "sft_candidates.jsonl", lines)
        (source,) = find(path)
        import_run(database, source)
    found = compare(database, "r1", "r2")
    assert (found.fixed, found.still_right, found.only_before, found.only_after) == (1, 1, 0, 0)


def test_lines_of_two_models_are_matched_by_the_item_of_their_cards(database: Database, tmp_path: Path) -> None:
    """Their ids begin with the run and the model; an item that two cards of one side name is left to nobody."""
    items = ("b", "a", "Ä", "twice", "twice", "only one")
    lines: list[Line | str | bytes] = [
        candidate_line(n, id=f"r/{model}/{n}", benchmark_run_id="r", model_name=model, item_id=item)
        for model in ("one", "two")
        for n, item in enumerate(items)
        if (model, item) != ("two", "only one")
    ]
    lines.append(
        candidate_line(9, id="r/two/9", benchmark_run_id="r", model_name="two", outcome="passed", item_id="a\\b")
    )
    (source,) = find(write_jsonl(tmp_path / "r" / "sft_candidates.jsonl", lines))
    import_run(database, source)
    decisions.submit(
        database, Submission(id="r/two/1", action="accept", failure_category="scoring_artifact"), "rowan"
    )
    found = compare(database, "r:one", "r:two", all_items=True)
    assert [(one.item, one.kind) for one in found.items] == [
        ("a", "fixed"),
        ("b", "still_wrong"),
        ("Ä", "still_wrong"),
    ]
    assert (found.only_before, found.only_after) == (3, 3)
    assert found.notes[1:] == ["Matched by the item_id of cards: 3. Items without a card are left out there."]


def test_chance_is_rounded_as_the_page_rounds_it(database: Database, tmp_path: Path) -> None:
    """6 flips against 1: p is 0.125, of which half to even would make 0.12."""
    signs = {"old": "ffffffp", "new": "ppppppf"}
    for run, outcomes in signs.items():
        items = [Listed(str(n), "passed" if sign == "p" else "failed") for n, sign in enumerate(outcomes)]
        import_listed(database, tmp_path, items, run=run)
    said = chance(compare(database, "old", "new"))
    assert said is not None
    assert said.endswith("in 13 of 100 comparisons (McNemar's exact test, Newcombe's interval, p = 0.13).")


def test_what_is_not_told_where_passes_are_numbers_only(database: Database, tmp_path: Path) -> None:
    counted = Listed("", "passed", is_counted=True)
    for run in ("old", "new"):
        import_listed(database, tmp_path, [Listed("1"), Listed("2"), counted], run=run)
    cards = compare(database, "old", "new", all_items=True)
    said = Submission(id=card_of(cards, "1", after=False), action="accept", failure_category="scoring_artifact")
    decisions.submit(database, said, "rowan")
    found = compare(database, "old", "new")
    assert (found.broken, found.still_wrong, found.passes_listed) == (1, 1, False)
    assert (found.difference, found.p_value) == (None, None)
    assert headline(found) == (
        "After, 0 of 2 are right, 1 before."
        " Items that passed on a side are not among them, so that the sides' scores can't be compared."
    )
    gates = {
        "regressions <= 0": ("failed", "1 or more: does not hold."),
        "regressions <= 5": ("cannot_tell", "1 or more: cannot tell."),
        "fixed >= 0": ("passed", "0 or more: holds."),
        "score >= before": (
            "cannot_tell",
            "unknown before, unknown after on these items: cannot tell, a side's passes are not among the items.",
        ),
    }
    for gate, (verdict, sentence) in gates.items():
        (judged,) = check_gate(found, parse_gate(gate)).conditions
        assert (judged.verdict, judged.sentence) == (verdict, sentence)


def test_items_picked_because_they_failed_tell_no_difference(database: Database, tmp_path: Path) -> None:
    """8 of 20 passed: without a pass, 6 items by lot are rarer than 1 in 20 (0.024), and 5 are not (0.051)."""
    items = [Listed(str(n), "passed" if n < 8 else "failed") for n in range(20)]
    import_listed(database, tmp_path, items, run="all")
    for n in (6, 5):
        again = [Listed(str(8 + k), "passed" if k < 5 else "failed") for k in range(n)]
        import_listed(database, tmp_path, again, run=f"again-{n}")
    found = compare(database, "all", "again-6")
    assert (found.fixed, found.broken, found.passes_listed, found.difference) == (5, 0, False, None)
    assert headline(found).startswith("After, 5 of 6 are right, 0 before. Items that passed on a side are not among")
    assert found.notes[-1].startswith("6 shared items, and all passed none of them, though it passed others")
    assert compare(database, "again-6", "all").passes_listed is False
    few = compare(database, "all", "again-5")
    assert few.passes_listed
    assert few.difference is not None


def test_better_is_said_where_the_test_agrees_with_the_interval(database: Database, tmp_path: Path) -> None:
    """5 flips against none among 20 items: the interval leaves out 0, and p is 0.0625."""
    for run, passed in (("old", range(5, 12)), ("new", range(12))):
        items = [Listed(str(n), "passed" if n in passed else "failed") for n in range(20)]
        import_listed(database, tmp_path, items, run=run)
    found = compare(database, "old", "new")
    assert found.difference is not None
    assert found.difference.low > 0
    assert found.p_value == 0.0625
    assert headline(found) == "After, 12 of 20 are right, 7 before: too small a difference to be sure of."


def test_sides_that_cannot_be_compared(two_runs: Database) -> None:
    with pytest.raises(UnknownRun):
        compare(two_runs, "old", "nowhere")
    with pytest.raises(InvalidRequest, match="Both sides"):
        compare(two_runs, "old", "old")
    take_back(two_runs, "new", "rowan", decided_too=True)
    with pytest.raises(TakenBack):
        compare(two_runs, "old", "new")


@pytest.mark.parametrize(
    ("gate", "verdict"),
    [
        ("regressions <= 1", "passed"),
        ("regressions <= 0", "failed"),
        ("regressions of words <= 0", "passed"),
        ("fixed > 1, regressions < 2", "passed"),
        ("score >= 0.7", "passed"),
        ("score >= before", "passed"),
        ("score >= before + 0.2", "failed"),
        ("score of sums <= before - 0.1", "failed"),
        ("corrected_score >= 0.5", "cannot_tell"),
        ("category hallucination <= before", "cannot_tell"),
        ("category hallucination <= 3", "passed"),
        ("corrected_score >= 0.5, regressions <= 0", "failed"),
    ],
)
def test_a_gate(two_runs: Database, gate: str, verdict: Verdict) -> None:
    assert check_gate(compare(two_runs, "old", "new"), parse_gate(gate)).verdict == verdict


@pytest.mark.parametrize(
    ("gate", "what"),
    [
        ("", "empty condition"),
        ("regressions <= 1,", "empty condition"),
        ("regressions", "can't be read"),
        ("regressions <= x", "can't be read"),
        ("better >= 1", "no metric"),
        ("category spelling <= 1", "no category"),
        ("score of reading >= 1", "don't share"),
        ("corrected_score of sums >= 0.5", "leave out"),
    ],
)
def test_a_gate_that_cannot_be_read(two_runs: Database, gate: str, what: str) -> None:
    with pytest.raises(InvalidRequest, match=what):
        check_gate(compare(two_runs, "old", "new"), parse_gate(gate))
