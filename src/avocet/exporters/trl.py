"""`trl-sft`, `trl-dpo`, `trl-kto`: TRL's conversational formats (huggingface.co/docs/trl, dataset_formats; 1.16).

A prompt and a completion: TRL then trains on the completion alone, where `messages` would train on every token.
`chosen` and `rejected` are lists of turns, `label` is a boolean: TRL refuses anything else.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, Message, Status, TrainingExample
from avocet.exporters.base import (
    EMPTY_ANSWER,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    pair,
    plain,
    provenance,
    text_only,
)

NOT_A_PROMPT = LeftOut("The prompt does not end in a user's or a tool's turn.")
UNPAIRED_ARTIFACT = LeftOut("Flagged as scoring artifact: the model's answer is no bad example.")


def prompt_turns(example: TrainingExample) -> list[Message] | LeftOut:
    """The prompt as TRL wants it: ending where an answer is due."""
    turns = [plain(message) for message in example.prompt]
    return turns if turns[-1]["role"] == "user" else NOT_A_PROMPT


def turn(text: str | None) -> list[JsonObject]:
    return [{"role": "assistant", "content": text or ""}]


class TrlSft(JsonLines):
    name: ClassVar[str] = "trl-sft"
    description: ClassVar[str] = "TRL SFTTrainer: prompt and completion, trains on the answer alone."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if not example.answer:
            return {"": EMPTY_ANSWER}
        prompt = example.prompt
        if prompt[-1]["role"] not in ("user", "tool", "function"):
            return {"": NOT_A_PROMPT}
        row = {"prompt": prompt, "completion": [example.answer_message], "tools": example.tools}
        return {"": {**row, **provenance(example)}}


class TrlDpo(JsonLines):
    name: ClassVar[str] = "trl-dpo"
    description: ClassVar[str] = "TRL DPOTrainer: the correction chosen, the model's own answer rejected."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if why := pair(example, rules):
            return {"": why}
        prompt = prompt_turns(example)
        if isinstance(prompt, LeftOut):
            return {"": prompt}
        row = {"prompt": prompt, "chosen": turn(example.answer), "rejected": turn(example.response)}
        return {"": {**row, **provenance(example)}}


class TrlKto(JsonLines):
    name: ClassVar[str] = "trl-kto"
    description: ClassVar[str] = "TRL KTOTrainer: each answer alone, labelled good or bad; flagged ones are bad."
    statuses: ClassVar[frozenset[Status]] = frozenset({"approved", "model_rejected"})

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        prompt = prompt_turns(example)
        if why := text_only(example):
            return {"": why}
        if isinstance(prompt, LeftOut):
            return {"": prompt}
        judged = judgements(example, rules)
        if isinstance(judged, LeftOut):
            return {"": judged}
        return {
            "": [
                {"prompt": prompt, "completion": turn(text), "label": label, **provenance(example)}
                for text, label in judged
            ]
        }


def judgements(example: TrainingExample, rules: Rules) -> list[tuple[str, bool]] | LeftOut:
    """Each text of an example with whether it is good.

    A correction is good and what it corrects is bad; an accepted answer is good; a flagged one is bad. Nothing is bad
    that the model had right, or that equals the correction.
    """
    is_artifact = example.failure_category == "scoring_artifact" and not rules.artifact_pairs
    if example.answer is None:
        return UNPAIRED_ARTIFACT if is_artifact else [(example.response, False)]
    if not example.answer:
        return EMPTY_ANSWER
    good = [(example.answer, True)]
    is_bad = example.is_changed and not is_artifact and not example.response_is_tool_calls
    return [*good, (example.response, False)] if is_bad else good
