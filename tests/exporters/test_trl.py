"""`trl-sft`, `trl-dpo`, `trl-kto`: golden rows, and what TRL refuses (formats of TRL 1.16)."""

from __future__ import annotations

import json

import msgspec
import pytest

from avocet.exporters.base import Rules
from tests.exporters.examples import (
    CALL,
    PROVENANCE,
    QUESTION,
    SYSTEM,
    TOOL_PROMPT,
    TOOLS,
    accepted,
    calls,
    example,
    made,
)

YES, NO = [{"role": "assistant", "content": "yes"}], [{"role": "assistant", "content": "no"}]
ENDS_IN_AN_ANSWER = [*QUESTION, {"role": "assistant", "content": "Well,"}]
ARTIFACT = "The model was right (scoring artifact): its answer is no bad example."
UNCHANGED = "The answer is the model's own text: there is no better and worse."
EMPTY = "The answer is empty: there is nothing to learn from."
NOT_A_PROMPT = "The prompt does not end in a user's or a tool's turn."
CALLS = [{"role": "assistant", "content": None, "tool_calls": [CALL]}]


class TestSft:
    def test_a_row(self) -> None:
        assert made("trl-sft", example([SYSTEM, *QUESTION])) == [
            {"prompt": [SYSTEM, *QUESTION], "completion": YES, "tools": None, **PROVENANCE}
        ]

    def test_tools_are_text_so_that_their_parameters_need_no_common_type(self) -> None:
        (row,) = made("trl-sft", calls())
        assert json.loads(row["tools"]) == TOOLS
        assert row["completion"] == [{"role": "assistant", "content": None, "tool_calls": [CALL]}]

    def test_tool_turns_are_carried(self) -> None:
        assert made("trl-sft", example(TOOL_PROMPT))[0]["prompt"] == TOOL_PROMPT

    @pytest.mark.parametrize(
        ("one", "why"),
        [
            (example(answer=""), EMPTY),
            (example(ENDS_IN_AN_ANSWER), NOT_A_PROMPT),
            (example([SYSTEM]), NOT_A_PROMPT),
            (example(tools_json='["add"]'), "The tools are not in OpenAI's shape."),
        ],
    )
    def test_what_is_left_out(self, one: object, why: str) -> None:
        assert made("trl-sft", one) == [why]  # type: ignore[arg-type]


class TestDpo:
    def test_a_row(self) -> None:
        assert made("trl-dpo", example()) == [
            {"prompt": QUESTION, "chosen": YES, "rejected": NO, "tools": None, **PROVENANCE}
        ]

    @pytest.mark.parametrize(
        ("one", "why"),
        [
            (accepted(), ARTIFACT),
            (example(failure_category="scoring_artifact"), ARTIFACT),
            (example(answer="no"), UNCHANGED),
            (example(answer=" "), EMPTY),
            (example(ENDS_IN_AN_ANSWER), NOT_A_PROMPT),
        ],
    )
    def test_what_is_left_out(self, one: object, why: str) -> None:
        assert made("trl-dpo", one) == [why]  # type: ignore[arg-type]

    def test_tool_turns_and_calls_are_carried(self) -> None:
        assert made("trl-dpo", example(TOOL_PROMPT))[0]["prompt"] == TOOL_PROMPT
        (row,) = made("trl-dpo", calls("It is 2."))
        assert (row["chosen"][0]["content"], row["rejected"]) == ("It is 2.", CALLS)
        assert json.loads(row["tools"]) == TOOLS

    def test_the_defaults_can_be_changed(self) -> None:
        artifact = example(failure_category="scoring_artifact")
        assert made("trl-dpo", artifact, rules=Rules(artifact_pairs=True))[0]["chosen"] == YES
        assert made("trl-dpo", example(answer="no"), rules=Rules(unchanged_pairs=True))[0]["chosen"] == NO


class TestKto:
    def test_a_correction_is_good_and_what_it_corrects_is_bad(self) -> None:
        assert made("trl-kto", example()) == [
            {"prompt": QUESTION, "completion": YES, "label": True, "tools": None, **PROVENANCE},
            {"prompt": QUESTION, "completion": NO, "label": False, "tools": None, **PROVENANCE},
        ]

    @pytest.mark.parametrize("rules", [Rules(), Rules(artifact_pairs=True, unchanged_pairs=True, duplicates=True)])
    def test_never_bad_where_the_model_was_right(self, rules: Rules) -> None:
        """Whatever the rules of pairs."""
        artifact = example(failure_category="scoring_artifact")
        flagged = example(answer=None, failure_category="scoring_artifact")
        labels = [row["label"] for row in made("trl-kto", accepted(), rules=rules)]
        labels += [row["label"] for row in made("trl-kto", example(answer="no"), rules=rules)]
        good, why = made("trl-kto", artifact, rules=rules)
        assert (labels, good["label"], why) == ([True, True], True, ARTIFACT)
        assert made("trl-kto", flagged, rules=rules) == [ARTIFACT]

    def test_flagged_is_bad(self) -> None:
        (row,) = made("trl-kto", example(answer=None))
        assert (row["completion"], row["label"]) == (NO, False)

    def test_calls_are_calls_and_never_a_text(self) -> None:
        approved, corrected, flagged = calls(), calls("It is 2.", failure_category=None), calls()
        flagged = msgspec.structs.replace(flagged, answer=None)
        (good,) = made("trl-kto", approved)
        assert (good["completion"], good["label"]) == (CALLS, True)
        better, worse = made("trl-kto", corrected)
        assert better["completion"] == [{"role": "assistant", "content": "It is 2."}]
        assert (worse["completion"], worse["label"]) == (CALLS, False)
        (bad,) = made("trl-kto", flagged)
        assert (bad["completion"], bad["label"], json.loads(bad["tools"])) == (CALLS, False, TOOLS)

    def test_an_empty_correction_teaches_nothing_good(self) -> None:
        why, row = made("trl-kto", example(answer=""))
        assert (why, row["label"]) == (EMPTY, False)
