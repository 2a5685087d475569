"""The candidate line of `sft_candidates.jsonl`."""

from __future__ import annotations

import json
from math import inf, nan
from typing import Any

import pytest

from avocet.categories import FAILURE_CATEGORIES
from avocet.domain import OUTCOMES, STATUSES, CandidateDraft, RejectedLine
from avocet.faults import CHECK_FAULTS
from avocet.importers import former
from avocet.importers.base import Settled
from avocet.importers.cf_orch import CfOrch
from avocet.importers.cf_orch.spelling import plain
from tests.factories import candidate_line
from tests.importers.expected import drafts
from tests.importers.files import read_content, sniff_content


def read(**changes: Any) -> CandidateDraft | RejectedLine:
    """What becomes of one line; of one that did not fail, its card."""
    (item,) = read_content(CfOrch(), json.dumps(candidate_line(0, **changes)).encode())
    if isinstance(item.result, Settled):
        assert item.result.draft is not None
        return item.result.draft()
    return item.result


def draft(**changes: Any) -> CandidateDraft:
    result = read(**changes)
    assert isinstance(result, CandidateDraft), result
    return result


def rejected(**changes: Any) -> RejectedLine:
    result = read(**changes)
    assert isinstance(result, RejectedLine)
    return result


def test_only_the_prompt_and_the_response_are_required() -> None:
    line = json.dumps({"prompt_messages": [{"role": "user", "content": ""}], "model_response": ""})
    (item,) = read_content(CfOrch(), line.encode())
    assert item.result == CandidateDraft(
        prompt_messages=[{"role": "user", "content": ""}], model_response="", source="cf-orch"
    )


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_outcome_is_kept(outcome: str) -> None:
    assert draft(outcome=outcome).outcome == outcome


@pytest.mark.parametrize("fault", [None, *CHECK_FAULTS])
@pytest.mark.parametrize("status", STATUSES)
def test_a_fault_is_kept_on_every_status(fault: str | None, status: str) -> None:
    made = draft(check_fault=fault, status=status, corrected_reference={"any": ["of", 4, None]})
    assert (made.check_fault, made.corrected_reference) == (fault, {"any": ["of", 4, None]})


def test_old_lines_have_failed_and_name_no_fault() -> None:
    made = draft()
    assert (made.outcome, made.check_fault, made.corrected_reference, made.check) == ("failed", None, None, None)
    assert draft(outcome=None).outcome == "failed"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("outcome", "pass"),
        ("outcome", ""),
        ("outcome", True),
        ("outcome", ["failed"]),
        ("check_fault", "too_strict"),
        ("check_fault", ""),
        ("check_fault", 1),
        ("check_fault", {"fault": "check_too_lax"}),
    ],
)
def test_an_unknown_outcome_or_fault_is_rejected(key: str, value: object) -> None:
    lines = [json.dumps(candidate_line(number, **({key: value} if number else {}))) for number in range(2)]
    good, bad = read_content(CfOrch(), "\n".join(lines).encode())
    assert isinstance(good.result, CandidateDraft)
    assert isinstance(bad.result, RejectedLine)
    assert (bad.result.line_number, bad.result.code) == (2, f"unknown_{key}")
    assert key in bad.result.reason
    assert ("harness_fault" if key == "check_fault" else "unscored") in bad.result.reason


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_pass_was_never_decided_as_a_scoring_artifact(status: str, outcome: str) -> None:
    said = {"status": status, "outcome": outcome, "failure_category": "scoring_artifact"}
    if outcome == "passed" and status != "needs_review":
        line = rejected(**said)
        assert (line.line_number, line.code) == (1, "invalid_category")
        assert "scoring_artifact" in line.reason
        assert "passed" in line.reason
    else:
        assert draft(**said).failure_category == "scoring_artifact"


@pytest.mark.parametrize("key", ["prompt_messages", "model_response"])
@pytest.mark.parametrize("value", [..., None])
def test_without_one_of_them_the_line_is_rejected(key: str, value: object) -> None:
    line = rejected(**{key: value})
    assert key in line.reason


@pytest.mark.parametrize("value", [5, ["text"], {"text": "x"}, True])
def test_a_response_is_text(value: object) -> None:
    assert "model_response" in rejected(model_response=value).reason


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_kept(status: str) -> None:
    assert draft(status=status).status == status


def test_no_status_is_needs_review() -> None:
    assert draft(status=...).status == draft(status=None).status == "needs_review"


@pytest.mark.parametrize("status", ["pending", "Approved", "", 1, [], {}])
def test_an_unknown_status_is_rejected(status: object) -> None:
    line = rejected(status=status)
    assert line.code == "unknown_status"
    assert "needs_review" in line.reason


@pytest.mark.parametrize("category", [*FAILURE_CATEGORIES, None])
def test_a_category_is_kept(category: str | None) -> None:
    assert draft(failure_category=category).failure_category == category


def test_old_lines_have_no_category() -> None:
    assert draft(failure_category=...).failure_category is None


@pytest.mark.parametrize("category", ["nonsense", "Wrong_Answer", "uncategorised", "", 0, ["wrong_answer"]])
def test_an_unknown_category_is_rejected(category: object) -> None:
    line = rejected(failure_category=category)
    assert line.code == "unknown_failure_category"
    assert "scoring_artifact" in line.reason


@pytest.mark.parametrize("key", ["id", "benchmark_run_id", "task_id", "model_id", "node_id", "gpu_id", "item_id"])
def test_a_number_that_names_something_becomes_text(key: str) -> None:
    assert getattr(draft(**{key: 7}), key) == "7"
    assert getattr(draft(**{key: 2**63 - 1}), key) == str(2**63 - 1)
    wrongs: tuple[Any, ...] = (True, 1.5, ["a"], {})
    for value in wrongs:
        assert rejected(**{key: value}).code == "invalid_field"


def test_an_id_is_not_empty_and_not_endless() -> None:
    assert rejected(id="").code == "invalid_field"
    assert rejected(id="x" * 513).code == "invalid_field"
    assert draft(id="x" * 512).id == "x" * 512


@pytest.mark.parametrize("key", ["quality_score", "tokens_per_sec"])
def test_numbers_may_be_missing(key: str) -> None:
    assert getattr(draft(**{key: None}), key) is None
    assert getattr(draft(**{key: ...}), key) is None
    assert getattr(draft(**{key: float("nan")}), key) is None
    assert getattr(draft(**{key: 1}), key) == 1.0
    for value in ("0.5", True, [0.5]):
        assert rejected(**{key: value}).code == "invalid_field"


@pytest.mark.parametrize("score", [0, 0.0, 0.33, 1, 1.0])
def test_a_score_is_from_0_to_1(score: float) -> None:
    assert draft(quality_score=score).quality_score == score
    for wrong in (-0.01, 1.01, 33, 2**53):
        assert "from 0 to 1" in rejected(quality_score=wrong).reason


@pytest.mark.parametrize("key", ["task_type", "model_name", "source", "harness"])
def test_a_name_that_is_filtered_by_is_not_endless(key: str) -> None:
    assert getattr(draft(**{key: "x" * 256}), key) == "x" * 256
    assert rejected(**{key: "x" * 257}).code == "invalid_field"


@pytest.mark.parametrize(
    "key", ["timestamp", "corrected_response", "failure_reason", "task_name", "note", "explanation", "reasoning"]
)
def test_a_text_is_text(key: str) -> None:
    assert getattr(draft(**{key: "ü\u2028"}), key) == "ü\u2028"
    assert key in rejected(**{key: 5}).reason


@pytest.mark.parametrize("key", ["reference", "scores", "tools", "details"])
@pytest.mark.parametrize("value", ["text", 5, [1, None], {"a": {"b": []}}, None, False])
def test_what_harnesses_shape_as_they_like_is_kept_as_it_is(key: str, value: object) -> None:
    assert getattr(draft(**{key: value}), key) == value


def test_unknown_keys_are_kept() -> None:
    unknown = {"extra": 1, "baseline": None, "": "x", "schéma": [1]}
    assert draft(**unknown).extra == unknown


@pytest.mark.parametrize("correction", [None, ...])
def test_approved_without_a_correction_is_the_models_own_text(correction: object) -> None:
    assert draft(status="approved", corrected_response=correction).corrected_response == "It is 0."
    assert draft(status="approved", corrected_response=correction, model_response="").corrected_response == ""


@pytest.mark.parametrize("correction", ["", "  \n", "\u200b\ufeff", "\u2067 \u2069"])
def test_approved_with_a_blank_correction_is_rejected(correction: str) -> None:
    assert rejected(status="approved", corrected_response=correction).code == "blank_correction"
    assert draft(status="approved", corrected_response=correction, model_response=correction)
    assert draft(status="discarded", corrected_response=correction)


@pytest.mark.parametrize("value", [5, "text", None, True, 1.5, [], [{}]])
def test_a_line_that_is_no_object_is_rejected(value: object) -> None:
    item, _ = read_content(CfOrch(), json.dumps(value).encode() + b"\n{}")
    assert isinstance(item.result, RejectedLine)
    assert (item.result.line_number, item.result.code) == (1, "not_an_object")


class TestMessages:
    @pytest.mark.parametrize(
        "messages",
        [
            [{"role": role, "content": "x"}]
            for role in ("system", "developer", "user", "assistant", "tool", "function")
        ],
    )
    def test_every_role_of_the_trade(self, messages: list[dict[str, str]]) -> None:
        assert draft(prompt_messages=messages).prompt_messages == messages

    def test_parts_of_text_are_joined(self) -> None:
        parts = ["a", {"type": "text", "text": "b"}, {"type": "input_text", "text": "c"}]
        assert draft(prompt_messages=[{"role": "user", "content": parts}]).prompt_messages == [
            {"role": "user", "content": "abc"}
        ]

    def test_a_tool_call_needs_no_content(self) -> None:
        messages = [
            {"role": "user", "content": "?"},
            {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]},
            {"role": "tool", "content": "x", "tool_call_id": "1", "name": "f"},
        ]
        assert draft(prompt_messages=messages).prompt_messages == messages

    @pytest.mark.parametrize(
        "messages",
        [
            *([], {}, "text", 5, [None], ["text"], [[]], [{}], [{"role": "user"}], [{"content": "x"}]),
            [{"role": "user", "content": None}],
            [{"role": "user", "content": 5}],
            [{"role": "User", "content": "x"}],
            [{"role": ["user"], "content": "x"}],
            [{"role": None, "content": "x"}],
            [{"role": "user", "content": "ok"}, {"role": "robot", "content": "x"}],
        ],
    )
    def test_what_is_no_prompt_is_rejected(self, messages: object) -> None:
        assert rejected(prompt_messages=messages).code == "invalid_messages"

    @pytest.mark.parametrize(
        "part",
        [{"type": "image_url", "image_url": {"url": "http://x"}}, {"type": "input_audio"}, {"type": "text"}, 5],
    )
    def test_other_media_are_rejected(self, part: object) -> None:
        messages = [{"role": "user", "content": [{"type": "text", "text": "look"}, part]}]
        assert rejected(prompt_messages=messages).code == "media_not_supported"


class TestRecognises:
    @pytest.mark.parametrize(
        "head", [b'{"prompt_messages": [', b'\xef\xbb\xbf\n{"model_response":"x"', b'{"id":1,"model_response":']
    )
    def test_its_own_lines(self, head: bytes) -> None:
        assert CfOrch().recognises(sniff_content(head))

    @pytest.mark.parametrize("head", [b"", b"{}", b'{"prompt": "x"}', b"prompt_messages"])
    def test_no_others(self, head: bytes) -> None:
        assert not CfOrch().recognises(sniff_content(head))


def test_one_candidate_over_several_lines_and_candidates_in_a_list() -> None:
    one = {"prompt_messages": [{"role": "user", "content": "q"}], "model_response": "a"}
    for document in (one, {"items": [one], "total": 1}, {"candidates": [one]}):
        for indent in (None, 2):
            content = json.dumps(document, indent=indent).encode()
            assert CfOrch().recognises(sniff_content(content))
            (card,) = drafts(read_content(CfOrch(), content))
            assert card.model_response == "a"


def test_infinity_among_the_scores_is_kept() -> None:
    line = candidate_line(scores={"m": inf, "n": nan})
    (card,) = drafts(read_content(CfOrch(), json.dumps(line).encode()))
    assert card.scores == {"m": "Infinity", "n": None}


@pytest.mark.parametrize(
    ("changes", "is_alike"),
    [
        ({}, True),
        ({"scores": {"m": 0.5}, "own": 1.5}, True),
        ({"scores": {"m": nan}}, False),
        ({"prompt_messages": [{"role": "user", "content": [{"type": "text", "text": "q"}]}]}, False),
        ({"prompt_messages": [{"role": "user", "content": "q", "name": "n"}]}, False),
        ({"outcome": "failed"}, False),
        ({"check": None}, False),
    ],
)
def test_a_line_is_read_by_the_old_rule_only_where_that_may_differ(changes: dict[str, Any], is_alike: bool) -> None:
    line = candidate_line(id=..., **changes)
    (item,) = read_content(CfOrch(), json.dumps(line).encode())
    assert (item.former is None) == is_alike
    if is_alike:
        (card,) = drafts([item])
        assert former.said(line) == plain(card)
