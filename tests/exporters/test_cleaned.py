"""`cleaned`: a row for each item, with what people found out about its question and its reference."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from avocet.exporters.base import CardOfItem, WrittenPart
from avocet.exporters.cleaned import Cleaned
from avocet.faults import CHECK_FAULTS, reading_of

NO_REFERENCE = object()
actions = st.sampled_from(["accept", "correct", "discard", "flag", None])
faults = st.sampled_from([None, *CHECK_FAULTS])


def card(action: str | None = None, reference: Any = "4", *, by: str = "rowan", **more: Any) -> CardOfItem:
    """A card of the item `2 + 2?`; without an action it waits for review."""
    fault, corrected = more.pop("fault", None), more.pop("corrected", NO_REFERENCE)
    values: dict[str, Any] = {
        "avocet_id": "c1",
        "harness": "inspect",
        "task_type": "sums",
        "item_id": "s1",
        "model_name": "small",
        "prompt_json": '[{"role": "user", "content": "2 + 2?"}]',
        "response": "5",
        "corrected_response": None,
        "reference_json": None if reference is None else msgspec.json.encode(reference).decode(),
        "failure_category": None,
        "check_fault": fault,
        "corrected_reference_json": None if corrected is NO_REFERENCE else msgspec.json.encode(corrected).decode(),
        "tags": [],
        "must_json": None,
        "must_not_json": None,
        "verdict": None if action is None else reading_of(action, more.get("failure_category"), fault),
        "is_read": action is not None,
        "note": None,
        "reviewer": None if action is None else by,
    }
    return CardOfItem(**{**values, **more})


def row(*cards: CardOfItem) -> dict[str, Any]:
    return Cleaned().row_of_item(cards)


def test_a_row_has_our_columns_and_those_of_the_platinum_benchmarks() -> None:
    made = row(
        card("flag", fault="reference_wrong", corrected="five", note="See the text."),
        card("accept", by="sam", note="See the text."),
        card(),
    )
    assert made == {
        "harness": "inspect",
        "task_type": "sums",
        "item_id": "s1",
        "avocet_id": "c1",
        "prompt": "2 + 2?",
        "target": "five",
        "original_target": ["4"],
        "status": "revised",
        "check_faults": ["reference_wrong"],
        "cards": 3,
        "decided": 2,
        "people": 2,
        "tags": [],
        "must": [],
        "must_not": [],
        "notes": ["See the text."],
        "cleaning_status": "revised",
        "platinum_target": ["five"],
    }


@pytest.mark.parametrize(
    ("cards", "status", "target"),
    [
        ([card()], "unread", "4"),
        ([card("accept")], "verified", "4"),
        ([card("flag")], "verified", "4"),
        ([card("flag", fault="check_too_lax")], "verified", "4"),
        ([card("accept", is_read=False)], "unread", "4"),  # a bulk step reads nothing
        ([card("discard")], "unread", "4"),  # nobody could tell
        ([card("flag", fault="harness_fault")], "unread", "4"),  # the answer was lost, so nobody saw one
        ([card("flag", fault="harness_fault"), card("accept")], "verified", "4"),
        ([card("flag", fault="question_broken")], "rejected", None),
        ([card("accept"), card("flag", fault="question_broken", corrected="5")], "rejected", None),
        ([card("flag", fault="reference_wrong")], "rejected", None),
        ([card("flag", fault="reference_wrong"), card("accept", corrected="5")], "revised", "5"),
        ([card("accept", corrected="5", is_read=False)], "revised", "5"),  # said of the item's other answers together
        ([card("accept", corrected="5"), card("flag", corrected="6")], "conflict", None),
        ([card("accept", corrected="5"), card("flag", corrected=5)], "revised", "5"),
        (
            [card("accept", corrected={"a": 1, "b": 2}), card("flag", corrected={"b": 2, "a": 1})],
            "revised",
            '{"a":1,"b":2}',
        ),
        ([card("accept", corrected="4 ")], "verified", "4"),
        ([card("accept", corrected="4"), card("accept", corrected="5")], "conflict", None),
    ],
)
def test_the_status_follows_from_what_was_said(cards: list[CardOfItem], status: str, target: str | None) -> None:
    made = row(*cards)
    assert (made["status"], made["target"]) == (status, target)
    assert made["cleaning_status"] == {"unread": None, "conflict": None}.get(status, status)


def the_letter(row: dict[str, Any], corrected: int) -> str:
    """The status by the plain rule (ADR 0035), from the columns of a row and the number of corrected references."""
    if "question_broken" in row["check_faults"]:
        return "rejected"
    if corrected > 1:
        return "conflict"
    if row["status"] == "revised":
        return "revised"
    return "verified" if row["decided"] else "unread"


@pytest.mark.parametrize(
    ("cards", "ours", "letter"),
    [
        ([card("flag", fault="reference_wrong")], "rejected", "verified"),
        ([card("discard")], "unread", "verified"),
        ([card("flag", fault="harness_fault")], "unread", "verified"),
        ([card("accept", is_read=False), card()], "unread", "verified"),
        ([card(), card()], "unread", "unread"),
        ([card("accept")], "verified", "verified"),
        ([card("flag", fault="question_broken")], "rejected", "rejected"),
        ([card("accept", corrected="5")], "revised", "revised"),
        ([card("accept", corrected="5"), card("accept", corrected="6")], "conflict", "conflict"),
    ],
)
def test_a_row_holds_what_the_plain_rule_needs(cards: list[CardOfItem], ours: str, letter: str) -> None:
    made = row(*cards)
    corrected = {one.corrected_reference_json for one in cards if one.corrected_reference_json}
    assert (made["status"], the_letter(made, len(corrected))) == (ours, letter)


@pytest.mark.parametrize(
    ("reference", "texts", "target"),
    [
        ("4", ["4"], "4"),
        (4, ["4"], "4"),
        (["12", "twelve"], ["12", "twelve"], '["12","twelve"]'),
        ([["a"], ["b"]], ['[["a"],["b"]]'], '[["a"],["b"]]'),
        ({"a": 1}, ['{"a":1}'], '{"a":1}'),
        ([], ["[]"], "[]"),
        (None, None, None),
    ],
)
def test_references_are_texts_of_which_any_is_right(
    reference: Any, texts: list[str] | None, target: str | None
) -> None:
    made = row(card("accept", reference))
    assert (made["original_target"], made["platinum_target"], made["target"]) == (texts, texts, target)


def test_a_prompt_of_several_turns_names_who_speaks() -> None:
    turns = '[{"role": "system", "content": "Be brief."}, {"role": "user", "content": null}]'
    assert row(card(prompt_json=turns))["prompt"] == "system: Be brief.\n\nuser: "


@given(st.lists(st.tuples(actions, faults, st.sampled_from([NO_REFERENCE, "4", "5", 6])), min_size=1, max_size=5))
def test_every_item_has_one_status_and_a_target_only_where_one_holds(said: list[tuple[Any, Any, Any]]) -> None:
    cards = [card(a, fault=f, corrected=c) if a else card() for a, f, c in said]
    made = row(*cards)
    assert (made["target"] is None) == (made["status"] in ("rejected", "conflict"))
    assert (made["target"] is None) == (made["platinum_target"] is None)
    # the order of the cards changes nothing but which card speaks for the item
    again = row(*reversed(cards))
    names = ("status", "cleaning_status", "check_faults", "people", "cards")
    assert {name: made[name] for name in names} == {name: again[name] for name in names}


def test_the_card_of_the_dataset_tells_every_column_and_status() -> None:
    files = Cleaned().companions([WrittenPart("", None, "data.jsonl", 2)])
    text = files["README.md"].decode()
    _, head, body = text.split("---\n", 2)
    (config,) = yaml.safe_load(head)["configs"]
    assert config["data_files"] == [{"split": "test", "path": "data.jsonl"}]
    assert [one["name"] for one in config["features"]] == list(row(card()))
    for name in ("rejected", "revised", "conflict", "verified", "unread", *CHECK_FAULTS):
        assert f"\n- `{name}`: " in body
    assert "configs" not in Cleaned().companions([WrittenPart("", None, "data.jsonl", 0)])["README.md"].decode()
