"""What a batch teaches, beside what a row says it should."""

from __future__ import annotations

from typing import Any


def texts(tokenizer: Any, batch: Any) -> list[tuple[Any, ...]]:
    """Each sequence of a batch as what is only read, what is learned, and KTO's label."""
    labels = batch.get("label")
    found: list[tuple[Any, ...]] = []
    for number, ids in enumerate(batch["input_ids"]):
        real = batch["attention_mask"][number].bool()
        mask = batch["completion_mask"][number].bool() if "completion_mask" in batch else batch["labels"][number] >= 0
        label = () if labels is None else (bool(labels[number]),)
        found.append((tokenizer.decode(ids[real & ~mask]), tokenizer.decode(ids[real & mask]), *label))
    return found


def told(tokenizer: Any, row: Any) -> list[tuple[Any, ...]]:
    """What an exported row says the model is to see, as the chat template writes it."""
    label = (row["label"],) if "label" in row else ()
    found: list[tuple[Any, ...]] = []
    for name in ("completion", "chosen", "rejected"):
        if name in row:
            prompt = tokenizer.apply_chat_template(row["prompt"], tokenize=False, add_generation_prompt=True)
            whole = tokenizer.apply_chat_template([*row["prompt"], *row[name]], tokenize=False)
            assert row[name][0]["content"] in whole.removeprefix(prompt)
            found.append((prompt, whole.removeprefix(prompt), *label))
    return found
