"""Whatever happens on a desk, an export holds what stands, each once, and is made again byte for byte ever after."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from avocet import exports, runs
from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.db import Database
from avocet.errors import AvocetError
from avocet.exporters import EXPORTERS
from avocet.exporters.base import Rules
from avocet.exports import ExportFilter, HoldOut, Manifest, Recipe, Splits
from avocet.exports.groups import group_of
from avocet.exports.recipe import fraction
from avocet.review import decisions, entries
from avocet.review.decisions import Submission
from tests.examples import examples
from tests.exports.deciding import contents, rows_of
from tests.factories import Line, candidate_line, import_lines
from tests.properties.conftest import Desk, NewDesk

RUNS = ("one", "two")
ANSWERS = {"correct": "right"}
FORMATS = [name for name, exporter in EXPORTERS.items() if exporter.is_training]


def _line(number: int) -> Line:
    """Items and prompts repeat across runs; every fourth arrives decided."""
    return candidate_line(
        number,
        task_id=f"t{number % 3}" if number % 5 else None,
        prompt_messages=[{"role": "user", "content": f"Question {number % 4}?"}],
        status="approved" if number % 4 == 1 else "needs_review",
        corrected_response="early" if number % 4 == 1 else None,
        model_response=f"It is {number % 2}.",
    )


LINES = {run: [_line(number) for number in range(first, first + 6)] for run, first in zip(RUNS, (0, 6), strict=True)}
IDS = [line["id"] for run in RUNS for line in LINES[run]]


class Step(NamedTuple):
    do: Literal["submit", "revise", "undo", "import", "take back", "take all back", "restore", "hold out"]
    card: int
    run: str
    action: str
    category: str | None


recipes = st.builds(
    Recipe,
    format=st.sampled_from(FORMATS),
    filter=st.builds(
        ExportFilter,
        include_category=st.sampled_from([(), (), ("wrong_answer", UNCATEGORISED)]),
        exclude_category=st.sampled_from([(), (), ("scoring_artifact",)]),
        action=st.sampled_from([(), (), ("correct",), ("accept", "flag")]),
        exclude_reviewer=st.sampled_from([(), ("import",)]),
        text=st.sampled_from([None, None, "Question 1"]),
    ),
    splits=st.sampled_from([None, Splits(train=0.5, validation=0.25, test=0.25)]),
    rules=st.builds(Rules, artifact_pairs=st.booleans(), duplicates=st.booleans()),
)
steps = st.builds(
    Step,
    do=st.sampled_from(
        ["submit"] * 4 + ["revise", "undo", "undo", "import", "take back", "take all back", "restore", "hold out"]
    ),
    card=st.integers(0, len(IDS) - 1),
    run=st.sampled_from(RUNS),
    action=st.sampled_from(["correct", "accept", "discard", "flag"]),
    category=st.sampled_from([None, *FAILURE_CATEGORIES]),
)


@examples(25)
@given(script=st.lists(st.one_of(steps, steps, steps, recipes), min_size=8, max_size=30), last=recipes)
def test_an_export_stays_what_it_was(new_desk: NewDesk, script: list[Step | Recipe], last: Recipe) -> None:
    with new_desk() as desk:
        import_lines(desk.database, desk.folder, LINES["one"], "one")
        kept: list[tuple[Manifest, Path]] = []
        for number, one in enumerate([*script, last]):
            if isinstance(one, Step):
                play(desk, one)
            else:
                assert_what_stands(desk.database)
                target = desk.folder / f"set-{number}"
                if (written := export(desk.database, one, target)) is not None:
                    kept.append((written, target))
        for number, (written, target) in enumerate(kept):
            again = desk.folder / f"again-{number}" / target.name
            again.parent.mkdir()
            exports.again(desk.database, written, again)
            assert contents(again) == contents(target)
            assert exports.verify(target, desk.database).problems == []


def play(desk: Desk, step: Step) -> None:
    """One step; what is refused changes nothing, and has its own tests."""
    database, name = desk.database, IDS[step.card]
    try:
        match step.do:
            case "submit":
                decisions.submit(database, verdict(name, step), "ann")
            case "revise":
                standing = entries.of(database, name)[-1].decision_id
                decisions.submit(database, verdict(name, step, revises=standing), "bo")
            case "undo":
                decisions.undo(database, name, "bo")
            case "import":
                import_lines(database, desk.folder, LINES[step.run], step.run)
            case "restore":
                runs.restore(database, step.run)
            case "hold out":
                exports.store_hold_out(database, HoldOut(share=0.2 * (step.card % 3), salt=step.run))
            case _:
                runs.take_back(database, step.run, "ann", decided_too=step.do == "take all back")
    except (AvocetError, IndexError):
        pass


def verdict(name: str, step: Step, **more: Any) -> Submission:
    text = ANSWERS.get(step.action)
    return Submission(id=name, action=step.action, corrected_response=text, failure_category=step.category, **more)  # type: ignore[arg-type]


def export(database: Database, recipe: Recipe, target: Path) -> Manifest | None:
    try:
        return exports.write(database, recipe, target)
    except AvocetError:
        # nobody of that name has decided anything yet
        return None


def assert_what_stands(database: Database) -> None:
    """Without a hold-out, the plain export is the approved cards in sight, in their order, each once."""
    held = exports.hold_out(database)
    exports.store_hold_out(database, HoldOut())
    records = rows_of(database, "candidates")
    said = [
        (row["id"], row["corrected_response"], row["failure_category"])
        for row in records
        if row["status"] == "approved"
    ]
    rows = rows_of(database)
    assert [(row["avocet_id"], row["messages"][-1]["content"], row["failure_category"]) for row in rows] == said
    assert len({row["avocet_id"] for row in rows}) == len(rows)
    labels = [(row["avocet_id"], row["label"]) for row in rows_of(database, "trl-kto")]
    artifacts = {row["id"] for row in records if row["failure_category"] == "scoring_artifact"}
    assert not [name for name, label in labels if name in artifacts and not label]
    exports.store_hold_out(database, held)


@given(
    item=st.one_of(st.none(), st.text(max_size=5)),
    turns=st.lists(st.text(max_size=5), min_size=1, max_size=3),
    system=st.text(max_size=5),
    salt=st.text(max_size=5),
)
def test_a_group_depends_on_its_item_or_its_turns_alone(
    item: str | None, turns: list[str], system: str, salt: str
) -> None:
    def json(*head: dict[str, str]) -> bytes:
        return msgspec.json.encode([*head, *({"role": "user", "content": text} for text in turns)])

    plain, variant = group_of("t", item, json()), group_of("t", item, json({"role": "system", "content": system}))
    assert plain == variant
    assert 0 <= fraction(salt, plain) < 1
    splits = Splits(train=0.5, validation=0.25, test=0.25, salt=salt)
    assert splits.of(plain) == splits.of(variant)
    # a larger share of train takes groups from others and gives none away
    if splits.of(plain) == "train":
        assert Splits(train=0.9, test=0.1, salt=salt).of(plain) == "train"


def test_a_split_has_the_share_it_should() -> None:
    splits = Splits(train=0.8, validation=0.1, test=0.1)
    where = [splits.of(f"item\x00t\x00{number}") for number in range(5000)]
    assert abs(where.count("train") / 5000 - 0.8) < 0.03
    assert abs(where.count("test") / 5000 - 0.1) < 0.03
