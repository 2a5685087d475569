"""Ids for lines that have none, and the hash that tells same id, other text."""

from __future__ import annotations

from typing import Any

import pytest

from avocet.domain import CandidateDraft
from avocet.runs.identity import content_id, text_hash

PROMPT = [{"role": "user", "content": "?"}]


def draft(**changes: Any) -> CandidateDraft:
    return CandidateDraft(**{"prompt_messages": PROMPT, "model_response": "!", **changes})


def test_an_id_is_the_same_on_every_machine_and_in_every_version() -> None:
    # another value here would make every desk import its id-less lines a second time
    assert content_id(draft(), "run") == "line-3c2d51d30866a45e6c9b4694e7b2b477"
    assert text_hash(PROMPT, "!") == "3aa4dbbe98587a993f9a0978ab132aa1"


@pytest.mark.parametrize(
    "changes",
    [
        {"model_response": "?"},
        {"task_id": "1"},
        {"model_name": "m"},
        {"quality_score": 0.0},
        {"status": "discarded"},
        {"note": ""},
        {"extra": {"k": None}},
        {"details": []},
        {"benchmark_run_id": "other"},
    ],
)
def test_other_content_is_another_id(changes: dict[str, Any]) -> None:
    assert content_id(draft(**changes), "run") != content_id(draft(), "run")


def test_the_run_belongs_to_the_id_unless_the_line_names_its_own() -> None:
    assert content_id(draft(), "one") != content_id(draft(), "two")
    assert content_id(draft(benchmark_run_id="r"), "one") == content_id(draft(benchmark_run_id="r"), "two")


def test_the_hash_is_of_prompt_and_response_alone() -> None:
    assert text_hash([{"content": "?", "role": "user"}], "!") == text_hash(PROMPT, "!")
    others = [
        text_hash(PROMPT, "! "),
        text_hash([*PROMPT, *PROMPT], "!"),
        text_hash([{"role": "system", "content": "?"}], "!"),
        text_hash([{**PROMPT[0], "name": "x"}], "!"),
    ]
    assert len({*others, text_hash(PROMPT, "!")}) == 5
    # the first half tells the same prompt, which the queue orders by
    assert others[0][:16] == text_hash(PROMPT, "!")[:16]
