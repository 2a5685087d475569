"""Any sequence of verdicts, revisions, undos, and of taking the run back and bringing it back, leaves what a little
model of plain lists says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet import exports, runs
from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from avocet.domain import OUTCOMES, Outcome
from avocet.errors import (
    AlreadyDecided,
    BlankCorrection,
    InvalidRequest,
    NothingToHide,
    NothingToRestore,
    NothingToUndo,
    StaleRevision,
    TakenBack,
)
from avocet.exports import Recipe
from avocet.faults import CHECK_FAULTS
from avocet.review import candidates, decisions, entries, history, queue, stats, tags
from avocet.review.decisions import Submission
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter
from tests.consistency import assert_consistent
from tests.examples import examples
from tests.factories import RUN, Line, candidate_line, import_lines
from tests.properties.conftest import NewDesk
from tests.properties.tag_model import ModelTags, TagStep

STATUS = {"correct": "approved", "accept": "approved", "discard": "discarded", "flag": "model_rejected"}
LINES: list[Line] = [
    candidate_line(0),
    candidate_line(1, corrected_response="a draft", failure_category="partial_answer", note="brought", tags=["long"]),
    candidate_line(2, status="approved", corrected_response="early", failure_category="wrong_answer", must=["5"]),
    candidate_line(3, status="discarded", task_type=None, model_name="other", tags=["Units", "long"]),
    candidate_line(4, outcome="passed", check_fault="check_too_lax", corrected_reference=["5", 5.0]),
    candidate_line(5, outcome="passed", status="approved", corrected_response="It is 5."),
    candidate_line(6, outcome="errored", status="discarded", check_fault="harness_fault"),
]
LISTS = ("tags", "must", "must_not")
SAID = ("corrected_response", "failure_category", "note", "check_fault", "corrected_reference", *LISTS)


class Step(NamedTuple):
    """One click: `verdict` None is an undo; `revises` tells which decision it names, if any."""

    card: int
    reviewer: str
    verdict: dict[str, Any] | None
    revises: str


class RunStep(NamedTuple):
    """One thing done to the run as a whole."""

    do: Literal["take back", "take all back", "restore", "import"]


class ModelCard:
    """What a card should be: a stack of the decisions that stand on each other, a log of all of them, and whether it
    was taken back with its run."""

    is_hidden = False

    def __init__(self, line: Line, tags: ModelTags) -> None:
        self.tags = tags
        self.outcome = line.get("outcome", "failed")
        said = {name: line.get(name) for name in SAID} | {name: line.get(name, []) for name in LISTS}
        said["tags"] = tags.enter(line.get("tags", []))
        empty: Line = {**dict.fromkeys(said), **{name: [] for name in LISTS}}
        self.baseline: Line = {"action": None, "status": "needs_review", **empty}
        self.stack: list[Line] = []
        self.log: list[Line] = []
        if line["status"] == "needs_review":
            self.baseline |= said
        else:
            action = "correct" if line["status"] == "approved" else "discard"
            if said["corrected_response"] == line["model_response"]:
                action = "accept"
            self.stack = [{"action": action, "status": line["status"], **said, "id": None}]
            self.write(self.stack[0], "import", None)

    def standing(self) -> Line:
        return self.stack[-1] if self.stack else self.baseline

    def write(self, decision: Line, reviewer: str, replaces: int | None) -> None:
        self.log.append({**decision, "reviewer": reviewer, "replaces": replaces, "undone": False})

    def told(self, said: Line) -> Line:
        """What was said as the desk tells it, with today's names of the tags."""
        return {**said, "tags": self.tags.read(said["tags"])}


texts = st.one_of(st.none(), st.sampled_from(["", "  ", "It is 1.", "zwei \u2028", "It is 0."]))
tag_names = st.sampled_from(["long", "units", "UNITS", "off by one"])
verdicts = st.fixed_dictionaries(
    {
        "action": st.sampled_from(["correct", "correct", "accept", "discard", "flag"]),
        "corrected_response": texts,
        "failure_category": st.sampled_from([None, *FAILURE_CATEGORIES]),
        "note": st.sampled_from([None, "", "why"]),
        "check_fault": st.sampled_from([None, None, *CHECK_FAULTS]),
        "corrected_reference": st.sampled_from([None, "", "6", 0, {"any": [6]}]),
        "tags": st.lists(tag_names, max_size=3),
        "must": st.sampled_from([[], [], ["6"], ["6", "kg"]]),
        "must_not": st.sampled_from([[], ["5"]]),
    }
)
steps = st.builds(
    Step,
    card=st.integers(0, len(LINES) - 1),
    reviewer=st.sampled_from(["ann", "bo", "cy"]),
    verdict=st.one_of(st.none(), verdicts, verdicts),
    revises=st.sampled_from(["nothing", "standing", "standing", "older"]),
)


run_steps = st.builds(RunStep, st.sampled_from(["take back", "take all back", "restore", "import"]))
tag_steps = st.builds(TagStep, st.sampled_from(["rename", "merge"]), tag_names, tag_names)


@examples(40)
@given(script=st.lists(st.one_of(steps, steps, steps, run_steps, tag_steps), min_size=5, max_size=30))
def test_any_interleaving_leaves_the_state_the_model_says(
    new_desk: NewDesk, script: list[Step | RunStep | TagStep]
) -> None:
    with new_desk() as (database, folder):
        import_lines(database, folder, LINES)
        named = ModelTags()
        model = [ModelCard(line, named) for line in LINES]
        for card, line in zip(model, LINES, strict=True):
            if card.stack:
                number = entries.of(database, line["id"])[0].decision_id
                card.stack[0]["id"] = card.log[0]["id"] = number
        for step in script:
            if isinstance(step, RunStep):
                play_run(database, folder, model, step)
            elif isinstance(step, TagStep):
                named.play(database, step)
            else:
                play(database, model[step.card], LINES[step.card], step)
            assert_consistent(database)
        assert_desk(database, model)
        if any(card.is_hidden for card in model):
            play_run(database, folder, model, RunStep("restore"))
            assert_desk(database, model)


def play_run(database: Database, folder: Path, model: list[ModelCard], step: RunStep) -> None:
    hidden = [card for card in model if card.is_hidden]
    if step.do == "import":
        report = import_lines(database, folder, LINES)
        others = report.passed + report.errored + report.unscored
        assert (report.imported, report.skipped + others) == (0, len(LINES))
    elif step.do == "restore":
        if not hidden:
            with pytest.raises(NothingToRestore):
                runs.restore(database, RUN)
            return
        assert runs.restore(database, RUN).restored == len(hidden)
    else:
        play_take_back(database, [card for card in model if not card.is_hidden], step.do == "take all back")
        return
    for card in hidden:
        card.is_hidden = False


def play_take_back(database: Database, in_sight: list[ModelCard], decided_too: bool) -> None:
    go = [card for card in in_sight if decided_too or not card.stack]
    for dry_run in (True, False):
        if not go and not dry_run:
            with pytest.raises(NothingToHide):
                runs.take_back(database, RUN, "dan", decided_too=decided_too)
            continue
        done = runs.take_back(database, RUN, "dan", decided_too=decided_too, dry_run=dry_run)
        decided_count = sum(bool(card.stack) for card in in_sight)
        assert (done.undecided, done.decided) == (len(in_sight) - decided_count, decided_count)
        assert (done.hidden, done.dry_run) == (len(go), dry_run)
    for card in go:
        card.is_hidden = True


def play(database: Database, card: ModelCard, line: Line, step: Step) -> None:
    if step.verdict is None:
        play_undo(database, card, line, step)
        return
    standing = card.standing()
    revises = {
        "nothing": None,
        "standing": standing.get("id"),
        "older": card.log[0]["id"] if card.log else 10**9,
    }[step.revises]
    submission = Submission(id=line["id"], revises=revises, **step.verdict)
    text = step.verdict["corrected_response"] or ""
    action = step.verdict["action"]
    if action == "correct" and not text.strip():
        with pytest.raises(BlankCorrection):
            decisions.submit(database, submission, step.reviewer)
        return
    if card.is_hidden:
        with pytest.raises(TakenBack):
            decisions.submit(database, submission, step.reviewer)
        return
    if revises is None and card.stack:
        with pytest.raises(AlreadyDecided):
            decisions.submit(database, submission, step.reviewer)
        return
    if revises is not None and revises != standing.get("id"):
        with pytest.raises(StaleRevision):
            decisions.submit(database, submission, step.reviewer)
        return
    category = step.verdict["failure_category"]
    if action == "accept":
        # a text that is not the model's own is a contradiction, which has its own test
        submission = Submission(id=line["id"], revises=revises, **{**step.verdict, "corrected_response": None})
        text = line["model_response"]
    if card.outcome == "passed" and (category == "scoring_artifact" or (action == "accept" and category)):
        with pytest.raises(InvalidRequest):
            decisions.submit(database, submission, step.reviewer)
        return
    if action == "accept" and card.outcome == "failed":
        category = category or "scoring_artifact"
    done = decisions.submit(database, submission, step.reviewer)
    said = {
        "action": action,
        "status": STATUS[action],
        "corrected_response": text if text.strip() else None,
        "failure_category": category,
        "note": step.verdict["note"] or None,
        "check_fault": step.verdict["check_fault"],
        "corrected_reference": step.verdict["corrected_reference"],
        "tags": card.tags.enter(step.verdict["tags"]),
        "must": step.verdict["must"],
        "must_not": step.verdict["must_not"],
        "id": done.decision_id,
    }
    assert (done.status, done.failure_category, done.check_fault) == tuple(
        said[name] for name in ("status", "failure_category", "check_fault")
    )
    card.write(said, step.reviewer, standing.get("id"))
    card.stack.append(said)


def play_undo(database: Database, card: ModelCard, line: Line, step: Step) -> None:
    if card.is_hidden or not card.stack:
        with pytest.raises(TakenBack if card.is_hidden else NothingToUndo):
            decisions.undo(database, line["id"], step.reviewer)
        return
    undone = card.stack.pop()
    done = decisions.undo(database, line["id"], step.reviewer)
    assert done.status == card.standing()["status"]
    assert done.undone.action == undone["action"]
    assert {name: plain(getattr(done.undone, name)) for name in SAID} == {
        name: card.told(undone)[name] for name in SAID
    }
    (entry,) = [entry for entry in card.log if entry["id"] == undone["id"]]
    entry["undone"] = True
    number = entries.of(database, line["id"])[-1].decision_id
    card.write({**card.standing(), "action": "undo", "id": number}, step.reviewer, undone["id"])


def assert_desk(database: Database, model: list[ModelCard]) -> None:
    for card, line in zip(model, LINES, strict=True):
        assert_card(database, card, line)
    assert_counters(database, model)
    assert_lists(database, model)
    assert_tags(database, model)
    assert_export(database, model)


def assert_card(database: Database, card: ModelCard, line: Line) -> None:
    if card.is_hidden:
        with pytest.raises(TakenBack):
            candidates.get(database, line["id"])
        with pytest.raises(TakenBack):
            entries.of(database, line["id"])
        return
    stored, standing = candidates.get(database, line["id"]), card.told(card.standing())
    for name in ("status", *SAID):
        assert plain(stored[name]) == standing[name], name
    assert stored["decision_id"] == standing.get("id")
    history = entries.of(database, line["id"])
    said = [
        {
            "id": entry.decision_id,
            "action": entry.action,
            "status": entry.status_after,
            "corrected_response": entry.corrected_response,
            "failure_category": entry.failure_category,
            "note": entry.note,
            "check_fault": entry.check_fault,
            "corrected_reference": plain(entry.corrected_reference),
            "tags": entry.tags,
            "must": entry.must,
            "must_not": entry.must_not,
            "reviewer": entry.reviewer,
            "replaces": entry.replaces,
            "undone": entry.undone,
        }
        for entry in history
    ]
    assert said == [card.told(one) for one in card.log]
    numbers = [entry.decision_id for entry in history]
    assert numbers == sorted(set(numbers))


def plain(value: Any) -> Any:
    """A value of the desk without the JSON that it carries as it was stored."""
    return json.loads(bytes(value)) if isinstance(value, msgspec.Raw) else value


def assert_counters(database: Database, model: list[ModelCard]) -> None:
    assert_consistent(database)
    asked: tuple[Outcome | Literal["any"], ...] = (*OUTCOMES, "any")
    for outcome in asked:
        assert_stats(stats.read(database, outcome), [one for one in model if outcome in (one.outcome, "any")])
    ready = [card for card in model if card.outcome == "failed" and card.standing()["status"] == "approved"]
    assert stats.read(database).export_ready == sum(not card.is_hidden for card in ready)


def assert_stats(read: stats.Stats, model: list[ModelCard]) -> None:
    in_sight = [card for card in model if not card.is_hidden]
    by_status = Counter(card.standing()["status"] for card in in_sight)
    by_category = Counter(card.standing()["failure_category"] or "uncategorised" for card in in_sight)
    assert read.total == len(in_sight)
    assert {status: n for status, n in read.by_status.items() if n} == by_status
    assert {category: n for category, n in read.by_category.items() if n} == by_category
    by_fault = Counter(card.standing()["check_fault"] for card in in_sight if card.stack)
    assert read.by_fault == {fault: by_fault[fault] for fault in CHECK_FAULTS}


def assert_lists(database: Database, model: list[ModelCard]) -> None:
    in_sight = [(line["id"], card) for card, line in zip(model, LINES, strict=True) if not card.is_hidden]
    waiting = queue.page(database, QueueFilter(outcome="any"))
    assert [item["id"] for item in waiting.items] == [name for name, card in in_sight if not card.stack]
    assert waiting.total == len(waiting.items)
    standing = history.page(database, DecidedFilter())
    assert {item.id for item in standing.items} == {name for name, card in in_sight if card.stack}
    assert standing.total == len(standing.items)
    (run,) = runs.list_runs(database, None)
    assert (run.hidden, run.remaining) == (len(model) - len(in_sight), waiting.total)
    for outcome in OUTCOMES:
        asked = queue.page(database, QueueFilter(outcome=outcome))
        assert [item["id"] for item in asked.items] == [
            name for name, card in in_sight if not card.stack and card.outcome == outcome
        ]
        assert asked.total == len(asked.items)


def assert_tags(database: Database, model: list[ModelCard]) -> None:
    in_sight = [(line["id"], card) for card, line in zip(model, LINES, strict=True) if not card.is_hidden]
    names = {name: card.told(card.standing())["tags"] for name, card in in_sight}
    by_tag = Counter(tag for said in names.values() for tag in said)
    assert {one.name: one.cards for one in tags.read_all(database).tags if one.cards} == by_tag
    for tag in by_tag:
        having = {name for name, said in names.items() if tag in said}
        found = queue.page(database, QueueFilter(outcome="any", tag=tag.upper())).items
        decided = history.page(database, DecidedFilter(tag=tag)).items
        assert {item["id"] for item in found} | {item.id for item in decided} == having


def assert_export(database: Database, model: list[ModelCard]) -> None:
    content = b"".join(exports.stream(database, Recipe())).decode()
    rows = [json.loads(row) for row in content.split("\n")[:-1]]
    assert [(row["avocet_id"], row["messages"][-1]["content"], row["failure_category"]) for row in rows] == [
        (line["id"], card.standing()["corrected_response"], card.standing()["failure_category"])
        for card, line in zip(model, LINES, strict=True)
        if card.standing()["status"] == "approved" and not card.is_hidden and card.outcome == "failed"
    ]
    records = b"".join(exports.stream(database, Recipe(format="candidates"))).decode()
    in_sight = [line["id"] for card, line in zip(model, LINES, strict=True) if not card.is_hidden]
    assert [json.loads(row)["id"] for row in records.split("\n")[:-1]] == in_sight
