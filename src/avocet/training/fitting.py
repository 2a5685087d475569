"""Which rows a base model can be shown whole: its chat template and its length in tokens."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from avocet.domain import JsonObject
from avocet.errors import InvalidRequest
from avocet.training.config import Method
from avocet.training.rows import ANSWERS, Row

NO_SYSTEM = "the base model's chat template refuses a system turn"
REFUSED = "the base model's chat template refuses the row"
TOO_LONG = "longer than max_length"
_PROBE = "avocet-probe"


class Tokens(NamedTuple):
    """The tokens of a row: all that the model is shown, and those of its answers; a pair is shown twice."""

    all: int
    answers: int


class Fitted(msgspec.Struct, kw_only=True):
    """The rows that fit with the tokens of each, and the number left out by reason.

    `unlike_prefix` counts rows for which the template writes the prompt alone in another way than at the beginning of
    prompt and answer.
    """

    rows: list[Row]
    by_row: list[Tokens]
    left_out: dict[str, int]
    unlike_prefix: int

    @property
    def tokens(self) -> int:
        """All tokens of one pass over the rows."""
        return sum(one.all for one in self.by_row)

    @property
    def answer_tokens(self) -> int:
        """Those that are learned in one pass."""
        return sum(one.answers for one in self.by_row)


def check_template(tokenizer: Any) -> bool:  # noqa: ANN401 (of an optional package)
    """Check a base model's chat template, and return whether it writes a system turn.

    Raises:
        InvalidRequest: it has no template, or one that can't write a question and an answer.
    """
    if not tokenizer.chat_template:
        raise InvalidRequest(
            "The base model has no chat template: take the instruction-tuned one, or give --chat-template FILE."
        )
    user = {"role": "user", "content": "2 + 2?"}
    try:
        _write(tokenizer, [user, {"role": "assistant", "content": "4"}], None)
    except Exception as error:
        raise InvalidRequest(
            f"The base model's chat template can't write a question and an answer: {error}."
        ) from None
    try:
        return _PROBE in _write(tokenizer, [{"role": "system", "content": _PROBE}, user], None)
    except Exception:
        return False


def fit(tokenizer: Any, rows: Sequence[Row], method: Method, max_length: int) -> Fitted:  # noqa: ANN401
    """The rows that the model can be shown whole. None is cut; those left out are counted by reason."""
    has_system = check_template(tokenizer)
    kept: list[Row] = []
    by_row: list[Tokens] = []
    left_out: Tally[str] = Tally()
    unlike = 0
    for row in rows:
        if not has_system and row.value["prompt"][0]["role"] in ("system", "developer"):
            left_out[NO_SYSTEM] += 1
            continue
        try:
            lengths = [_lengths(tokenizer, row.value, name) for name in ANSWERS[method]]
        except Exception:
            # a template is a program of its own, and may raise anything
            left_out[REFUSED] += 1
            continue
        if max(whole for _, whole, _ in lengths) > max_length:
            left_out[TOO_LONG] += 1
            continue
        kept.append(row)
        everything = sum(whole for _, whole, _ in lengths)
        by_row.append(Tokens(everything, everything - sum(prompt for prompt, _, _ in lengths)))
        unlike += not all(is_prefix for _, _, is_prefix in lengths)
    return Fitted(rows=kept, by_row=by_row, left_out=dict(left_out), unlike_prefix=unlike)


def _lengths(tokenizer: Any, value: JsonObject, answer: str) -> tuple[int, int, bool]:  # noqa: ANN401
    """The tokens of the prompt, those of prompt and answer, and whether the second text begins with the first."""
    tools = msgspec.json.decode(value["tools"]) if "tools" in value else None
    prompt = _write(tokenizer, value["prompt"], tools, add_generation_prompt=True)
    whole = _write(tokenizer, [*value["prompt"], *value[answer]], tools)
    ids = tokenizer([prompt, whole], add_special_tokens=False)["input_ids"]
    return len(ids[0]), len(ids[1]), whole.startswith(prompt)


def _write(tokenizer: Any, turns: list[JsonObject], tools: Any, **options: Any) -> str:  # noqa: ANN401
    return str(tokenizer.apply_chat_template(turns, tools=tools, tokenize=False, **options))
