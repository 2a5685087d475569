"""Rows of a written dataset: what can be trained on, and what a category filter takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exporters import trainable
from avocet.exporters.base import EMPTY_ANSWER, NOT_A_PROMPT, OLD_FUNCTIONS, LeftOut
from avocet.training import rows
from avocet.training.config import Method, TrainConfig
from avocet.training.rows import NOT_SAID, Row
from tests.factories import write_jsonl

ASK = [{"role": "user", "content": "2 + 2?"}]
CATEGORIES = (*FAILURE_CATEGORIES, UNCATEGORISED)


def says(text: Any = "4", role: str = "assistant") -> list[dict[str, Any]]:
    return [{"role": role, "content": text}]


def read(folder: Path, row: Any, method: Method = "sft") -> list[Row]:
    return rows.read(write_jsonl(folder / "data.jsonl", [row]), method).rows


def test_each_method_reads_its_own_columns_and_no_other(tmp_path: Path) -> None:
    extra = {"failure_category": "wrong_answer", "avocet_id": "a", "model_name": "m", "score": 1}
    (sft,) = read(tmp_path, {"prompt": ASK, "completion": says(), **extra})
    assert (sft.value, sft.category) == ({"prompt": ASK, "completion": says()}, "wrong_answer")
    (dpo,) = read(tmp_path, {"prompt": ASK, "chosen": says(), "rejected": says("5"), **extra}, "dpo")
    assert dpo.value == {"prompt": ASK, "chosen": says(), "rejected": says("5")}
    (kto,) = read(tmp_path, {"prompt": ASK, "completion": says(), "label": False, **extra}, "kto")
    assert kto.value == {"prompt": ASK, "completion": says(), "label": False}


def test_of_a_conversation_only_the_last_turn_is_learned(tmp_path: Path) -> None:
    turns = [{"role": "system", "content": ""}, *ASK, *says("no"), *ASK, *says("yes")]
    (row,) = read(tmp_path, {"messages": turns})
    assert row.value == {"prompt": turns[:-1], "completion": turns[-1:]}
    assert (row.category, row.outcome) == (NOT_SAID, NOT_SAID)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"failure_category": None, "outcome": "passed"}, (UNCATEGORISED, "passed")),
        ({"failure_category": "hallucination"}, ("hallucination", "failed")),
        # another program's column of that name
        ({"outcome": 0.5}, (NOT_SAID, "failed")),
        ({"outcome": ["passed"]}, (NOT_SAID, "failed")),
    ],
)
def test_a_row_tells_its_outcome_and_category_or_it_is_told(tmp_path: Path, told: Any, expected: Any) -> None:
    file = write_jsonl(tmp_path / "data.jsonl", [{"prompt": ASK, "completion": says(), **told}])
    (row,) = rows.read(file, "sft", "failed").rows
    assert (row.category, row.outcome) == expected


def test_a_row_without_a_category_is_filtered_like_one_that_has_none() -> None:
    all_rows = [Row(where="", category=category, value={}) for category in (NOT_SAID, UNCATEGORISED, "hallucination")]
    only = TrainConfig(base="b", out="o", include_category=(UNCATEGORISED,))
    assert rows.choose(all_rows, only).rows == all_rows[:2]
    without = TrainConfig(base="b", out="o", exclude_category=(UNCATEGORISED,))
    assert rows.choose(all_rows, without).rows == all_rows[2:]
    assert rows.choose(all_rows, only).by_category == {"hallucination": 1, UNCATEGORISED: 1, NOT_SAID: 1}


def test_tools_stay_text(tmp_path: Path) -> None:
    tools = [{"type": "function", "function": {"name": "add"}}]
    for given_tools in (tools, msgspec.json.encode(tools).decode()):
        (row,) = read(tmp_path, {"prompt": ASK, "completion": says(), "tools": given_tools})
        assert msgspec.json.decode(row.value["tools"]) == tools


@pytest.mark.parametrize(
    ("row", "method", "told"),
    [
        ("{", "sft", "not JSON"),
        ("[]", "sft", "not a JSON object"),
        ({"prompt": ASK}, "sft", "no 'completion'"),
        ({"prompt": ASK, "completion": says()}, "dpo", "export it as trl-dpo"),
        ({"prompt": [], "completion": says()}, "sft", "list of turns"),
        ({"prompt": "2 + 2?", "completion": says()}, "sft", "list of turns"),
        ({"prompt": says("x", "bot"), "completion": says()}, "sft", "the role 'bot'"),
        ({"prompt": ASK, "completion": says("4", "user")}, "sft", "'user' instead of assistant"),
        ({"prompt": ASK, "completion": [*says(), *says()]}, "sft", "one turn"),
        ({"prompt": ASK, "completion": says(4)}, "sft", "completion has no text"),
        ({"prompt": ASK, "completion": says(), "label": "true"}, "kto", "label must be true or false"),
        ({"prompt": ASK, "completion": says(), "failure_category": "bad"}, "sft", "no failure category 'bad'"),
        ({"prompt": ASK, "completion": says(), "tools": "add"}, "sft", "tools must be a list"),
        ({"messages": says()}, "sft", "prompt must be a list of turns"),
    ],
)
def test_a_row_of_another_shape_is_told_with_its_line(tmp_path: Path, row: Any, method: Method, told: str) -> None:
    good = {"prompt": ASK, "completion": says(), "chosen": says(), "rejected": says("5"), "label": True}
    path = write_jsonl(tmp_path / "data.jsonl", [good, row])
    with pytest.raises(InvalidRequest, match=r"^One row can't be trained on\. data\.jsonl:2: ") as caught:
        rows.read(path, method)
    assert told in caught.value.detail


@pytest.mark.parametrize(
    ("row", "method", "told"),
    [
        ({"prompt": [*ASK, *says("x", "system"), *ASK], "completion": says()}, "sft", trainable.LATE_SYSTEM),
        ({"prompt": [*ASK, *says("1", "function")], "completion": says()}, "sft", OLD_FUNCTIONS),
        ({"prompt": [*ASK, *says()], "completion": says()}, "sft", NOT_A_PROMPT),
        ({"prompt": [{"role": "user", "content": None}], "completion": says()}, "sft", trainable.EMPTY_TURN),
        ({"prompt": ASK, "completion": says(" \n")}, "sft", EMPTY_ANSWER),
        ({"prompt": ASK, "completion": says(""), "label": True}, "kto", EMPTY_ANSWER),
        ({"prompt": ASK, "chosen": says(), "rejected": says()}, "dpo", trainable.EQUAL_SIDES),
    ],
)
def test_a_row_that_cannot_be_trained_on_is_left_out_and_named(
    tmp_path: Path, row: Any, method: Method, told: LeftOut
) -> None:
    good = {"prompt": ASK, "completion": says(), "chosen": says(), "rejected": says("5"), "label": True}
    path = write_jsonl(tmp_path / "data.jsonl", [good, row, {**row, "avocet_id": "a/1"}])
    read_rows = rows.read(path, method)
    assert (len(read_rows.rows), read_rows.left_out) == (1, {told.reason: ["data.jsonl:2", "a/1"]})


def test_every_bad_row_is_counted(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "data.jsonl", ["{"] * 30)
    with pytest.raises(InvalidRequest, match=r"^30 rows can't be trained on") as caught:
        rows.read(path, "sft")
    assert len(caught.value.extra["problems"]) == 20


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Prerequisite, match="can't be read"):
        rows.read(tmp_path / "absent.jsonl", "sft")


texts = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(texts, texts)
def test_texts_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, question: str, answer: str) -> None:
    row = {"prompt": says(question, "user"), "completion": says(answer)}
    assert read(tmp_path_factory.mktemp("rows"), row)[0].value == row


@given(
    st.lists(st.sampled_from(CATEGORIES)),
    st.lists(st.sampled_from(CATEGORIES), unique=True),
    st.lists(st.sampled_from(CATEGORIES), unique=True),
)
def test_a_filter_takes_exactly_what_it_says(present: list[str], include: list[str], exclude: list[str]) -> None:
    all_rows = [Row(where=str(n), category=category, value={}) for n, category in enumerate(present)]
    config = TrainConfig(base="b", out="o", include_category=tuple(include), exclude_category=tuple(exclude))
    chosen = rows.choose(all_rows, config)
    wanted = [row for row in all_rows if (not include or row.category in include) and row.category not in exclude]
    assert chosen.rows == wanted
    assert sum(chosen.by_category.values()) == len(present)
