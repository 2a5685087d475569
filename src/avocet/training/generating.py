"""Let a loaded model write answers: batches of prompts, padded on the left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from avocet.domain import JsonObject
from avocet.training.base_models import quiet

GREEDY: Final[JsonObject] = {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}


def ends_of(model: Any, tokenizer: Any) -> frozenset[int]:  # noqa: ANN401 (transformers')
    """The tokens that end an answer: a model's settings name more of them than its tokenizer, or none."""
    said = model.generation_config.eos_token_id
    named = said if isinstance(said, list) else [said]
    return frozenset(token for token in (*named, tokenizer.eos_token_id) if token is not None)


def room_of(model: Any) -> int | None:  # noqa: ANN401
    """How many tokens a prompt and its answer may have together; None if the model does not say."""
    room: int | None = getattr(model.config.get_text_config(), "max_position_embeddings", None)
    return room


def generate(
    model: Any,  # noqa: ANN401
    prompts: Sequence[list[int]],
    *,
    pad: int,
    ends: Collection[int],
    max_new_tokens: int,
    how: JsonObject = GREEDY,
) -> list[list[int]]:
    """The new tokens for each prompt of tokens, up to the first that ends the answer.

    Gradients are off, but not by `inference_mode`: what a model keeps from that, it can't be trained with.
    """
    import torch

    longest = max(map(len, prompts))
    rows = [[pad] * (longest - len(ids)) + ids for ids in prompts]
    mask = [[0] * (longest - len(ids)) + [1] * len(ids) for ids in prompts]
    with torch.no_grad(), quiet():
        output = model.generate(
            input_ids=torch.tensor(rows, device=model.device),
            attention_mask=torch.tensor(mask, device=model.device),
            max_new_tokens=max_new_tokens,
            eos_token_id=sorted(ends),
            pad_token_id=pad,
            **how,
        )
    return [_cut(row, ends) for row in output[:, longest:].tolist()]


def _cut(row: list[int], ends: Collection[int]) -> list[int]:
    """The tokens up to the first that ends the answer; what follows is padding."""
    end = next((place for place, token in enumerate(row) if token in ends), len(row) - 1)
    return row[: end + 1]
