"""`trl-sft`, `trl-dpo`, `trl-kto`: TRL's conversational formats (huggingface.co/docs/trl, dataset_formats; 1.16).

With a prompt and a completion TRL trains on the completion alone, where `messages` would train on every token.
`chosen` and `rejected` are lists of turns, `label` is a boolean: TRL refuses anything else.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from avocet.categories import is_artifact
from avocet.domain import JsonObject, Message, Status, TrainingExample
from avocet.exporters.base import (
    ARTIFACT,
    EMPTY_ANSWER,
    TRL,
    Converted,
    JsonLines,
    LeftOut,
    Row,
    Rules,
    answer_turn,
    better_and_worse,
    plain,
    provenance,
    response_turn,
    tools_of,
    turns_of,
    whole,
)
from avocet.exporters.trainable import answer_refused, prompt_refused

_encode = msgspec.json.Encoder().encode


def turn(text: str | None) -> list[JsonObject]:
    return [{"role": "assistant", "content": text or ""}]


def asked(example: TrainingExample) -> JsonObject | LeftOut:
    """What the model is asked, as `prompt` and `tools`, or why it can't be asked that.

    Arguments and tools are text: `datasets` would merge those of all rows into one type, filled up with nulls.
    """
    prompt = turns_of(example)
    tools = tools_of(example)
    why = prompt_refused(prompt) or (tools if isinstance(tools, LeftOut) else None)
    if why:
        return why
    return {"prompt": [whole(message) for message in prompt], "tools": _encode(tools).decode() if tools else None}


class TrlSft(JsonLines):
    name: ClassVar[str] = "trl-sft"
    group: ClassVar[str] = TRL
    description: ClassVar[str] = "TRL SFTTrainer: prompt and completion, trains on the answer alone."
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        answer = answer_turn(example)
        question = answer_refused(answer) or asked(example)
        if isinstance(question, LeftOut):
            return {"": question}
        return {
            "": {
                "prompt": question["prompt"],
                "completion": [answer],
                "tools": question["tools"],
                **provenance(example),
            }
        }


class _WithTools(JsonLines):
    """A format whose first revision had no tools."""

    revision: ClassVar[int] = 2

    def as_of(self, row: Row, revision: int) -> Row:
        return row if revision > 1 else {name: value for name, value in row.items() if name != "tools"}


class TrlDpo(_WithTools):
    name: ClassVar[str] = "trl-dpo"
    group: ClassVar[str] = TRL
    description: ClassVar[str] = "TRL DPOTrainer: the correction chosen, the model's own answer rejected."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        chosen = answer_turn(example)
        question = better_and_worse(example, rules) or answer_refused(chosen) or asked(example)
        if isinstance(question, LeftOut):
            return {"": question}
        rejected = response_turn(example)
        return {
            "": {
                "prompt": question["prompt"],
                "chosen": [chosen],
                "rejected": [rejected],
                "tools": question["tools"],
                **provenance(example),
            }
        }


def preference(example: TrainingExample) -> JsonObject:
    """A pair of texts with an explicit prompt."""
    return {
        "prompt": [plain(message) for message in turns_of(example)],
        "chosen": turn(example.answer),
        "rejected": turn(example.response),
        **provenance(example),
    }


class TrlKto(_WithTools):
    name: ClassVar[str] = "trl-kto"
    group: ClassVar[str] = TRL
    description: ClassVar[str] = "TRL KTOTrainer: each answer alone, labelled good or bad; flagged ones are bad."
    statuses: ClassVar[frozenset[Status]] = frozenset({"approved", "model_rejected"})

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        question = asked(example)
        if isinstance(question, LeftOut):
            return {"": question}
        return {
            "": [
                judged
                if isinstance(judged, LeftOut)
                else {
                    "prompt": question["prompt"],
                    "completion": [judged[0]],
                    "label": judged[1],
                    "tools": question["tools"],
                    **provenance(example),
                }
                for judged in judgements(example)
            ]
        }


def judgements(example: TrainingExample) -> list[tuple[Message, bool] | LeftOut]:
    """Each answer of an example with whether it is good, or why it is neither.

    A correction is good and what it corrects is bad; an accepted answer is good; a flagged one is bad. An answer is
    never bad if the model was right, or if it equals the correction, whatever the rules for pairs.
    """
    if example.answer is None:
        return [_bad(example)]
    answer = answer_turn(example)
    good = EMPTY_ANSWER if answer_refused(answer) else (answer, True)
    # beside the model's own text, accepted, there is no worse one
    return [good, _bad(example)] if example.is_changed else [good]


def _bad(example: TrainingExample) -> tuple[Message, bool] | LeftOut:
    return ARTIFACT if is_artifact(example.failure_category) else (response_turn(example), False)
