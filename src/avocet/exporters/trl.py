"""`trl-sft`, `trl-dpo`, `trl-kto`: TRL's conversational formats (huggingface.co/docs/trl, dataset_formats; 1.16).

A prompt and a completion: TRL then trains on the completion alone, where `messages` would train on every token.
`chosen` and `rejected` are lists of turns, `label` is a boolean: TRL refuses anything else.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, Status, TrainingExample
from avocet.exporters.base import (
    ARTIFACT,
    EMPTY_ANSWER,
    TOOL_CALLS,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    asks,
    other_tools,
    pair,
    plain,
    provenance,
    text_only,
    whole,
)


def turn(text: str | None) -> list[JsonObject]:
    return [{"role": "assistant", "content": text or ""}]


class TrlSft(JsonLines):
    name: ClassVar[str] = "trl-sft"
    description: ClassVar[str] = "TRL SFTTrainer: prompt and completion, trains on the answer alone."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if not example.answer:
            return {"": EMPTY_ANSWER}
        if why := asks(example) or other_tools(example):
            return {"": why}
        # as text, which TRL reads too: datasets would make one type of the parameters of all tools
        row = {
            "prompt": [whole(message) for message in example.prompt],
            "completion": [example.answer_message],
            "tools": example.tools_json,
        }
        return {"": {**row, **provenance(example)}}


class TrlDpo(JsonLines):
    name: ClassVar[str] = "trl-dpo"
    description: ClassVar[str] = "TRL DPOTrainer: the correction chosen, the model's own answer rejected."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        return {"": pair(example, rules) or asks(example) or preference(example)}


def preference(example: TrainingExample) -> JsonObject:
    """A pair with an explicit prompt."""
    return {
        "prompt": [plain(message) for message in example.prompt],
        "chosen": turn(example.answer),
        "rejected": turn(example.response),
        **provenance(example),
    }


class TrlKto(JsonLines):
    name: ClassVar[str] = "trl-kto"
    description: ClassVar[str] = "TRL KTOTrainer: each answer alone, labelled good or bad; flagged ones are bad."
    statuses: ClassVar[frozenset[Status]] = frozenset({"approved", "model_rejected"})

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if why := text_only(example) or asks(example):
            return {"": why}
        prompt = [plain(message) for message in example.prompt]
        return {
            "": [
                judged
                if isinstance(judged, LeftOut)
                else {"prompt": prompt, "completion": turn(judged[0]), "label": judged[1], **provenance(example)}
                for judged in judgements(example)
            ]
        }


def judgements(example: TrainingExample) -> list[tuple[str, bool] | LeftOut]:
    """Each text of an example with whether it is good, or why it is neither.

    A correction is good and what it corrects is bad; an accepted answer is good; a flagged one is bad. Nothing is bad
    that the model had right, or that equals the correction, whatever the rules of pairs.
    """
    if example.answer is None:
        return [_bad(example)]
    good = (example.answer, True) if example.answer else EMPTY_ANSWER
    # the model's own text has no worse one beside it
    return [good, _bad(example)] if example.is_changed else [good]


def _bad(example: TrainingExample) -> tuple[str, bool] | LeftOut:
    if example.failure_category == "scoring_artifact":
        return ARTIFACT
    return TOOL_CALLS if example.response_is_tool_calls else (example.response, False)
