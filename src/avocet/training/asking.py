"""Ask a model in training again what its cards were asked, and run their own checks on what it answers."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from avocet import checks
from avocet.checks import Check, InvalidCheck
from avocet.domain import JsonObject
from avocet.errors import CheckUnusable, InvalidRequest, NotInstalled
from avocet.exports.groups import group_of
from avocet.training import generating
from avocet.training.rows import Row
from avocet.training.to_ask import HeldOutItem, ToAsk
from avocet.worker import Worker

NO_CHECK = "the card has no check, or none is known"
TOOLS = "the card has tools"
UNUSABLE = "its check can't be run here"
UNASKABLE = "the model's chat template refuses the prompt, or it leaves no room for an answer"
LONGEST_ANSWER = 200_000


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its check, and the cards that ask it."""

    prompt: list[JsonObject]
    check: Check
    cards: tuple[str, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The questions that can be asked, each once, and how many rows can't be asked, by reason."""

    items: list[Item]
    not_asked: dict[str, int]


class Score(NamedTuple):
    """How many items were asked, and how many of the answers passed."""

    asked: int
    passed: int


def of_rows(rows: Sequence[Row], known: ToAsk) -> Found:
    """The questions of validation rows. Rows that ask the same under the same check are one question.

    Raises:
        InvalidRequest: none of them can be asked.
    """
    asked: dict[bytes, tuple[Row, JsonObject, list[str]]] = {}
    not_asked: Tally[str] = Tally()
    for row in rows:
        check = known.checks.get(row.card or "")
        if check is None or row.value.get("tools"):
            not_asked[NO_CHECK if check is None else TOOLS] += 1
            continue
        key = msgspec.json.encode([row.value["prompt"], check], order="deterministic")
        asked.setdefault(key, (row, check, []))[2].append(row.card or "")
    items = [(row.value["prompt"], check, ids) for row, check, ids in asked.values()]
    found = _found(items, not_asked)
    if not found.items:
        told = ", ".join(f"{count:,} because {why}" for why, count in found.not_asked.items()) or "there are none"
        raise InvalidRequest(
            f"No validation row can be asked again ({told}), so checks can't choose: take --early-stop loss."
        )
    return found


def of_held_out(items: Sequence[HeldOutItem]) -> Found:
    """The questions of the hold-out."""
    return _found([(one.prompt, one.check, one.cards) for one in items], Tally())


def _found(asked: Iterable[tuple[list[JsonObject], JsonObject, list[str]]], not_asked: Tally[str]) -> Found:
    items: list[Item] = []
    for prompt, value, cards in asked:
        if (check := _runnable(value)) is None:
            not_asked[UNUSABLE] += len(cards)
        else:
            items.append(Item(prompt=prompt, check=check, cards=tuple(dict.fromkeys(cards))))
    return Found(items=items, not_asked=dict(not_asked))


def _runnable(value: JsonObject) -> Check | None:
    try:
        check = checks.read(value)
        if check is not None:
            checks.prepare(check)
    except (InvalidCheck, NotInstalled):
        return None
    return check


def overlap(held_out: Sequence[Item], cards: Iterable[str | None], prompts: Iterable[list[JsonObject]]) -> int:
    """How many held-out items are among rows: by one of their cards, or by their prompt but for the system's turn."""
    known_cards, known_prompts = set(cards), {_group(prompt) for prompt in prompts}
    return sum(not known_cards.isdisjoint(one.cards) or _group(one.prompt) in known_prompts for one in held_out)


def _group(prompt: list[JsonObject]) -> str:
    return group_of(None, None, msgspec.json.encode(prompt))


class Asker:
    """Asks greedily in batches. Call `close` at the end: the checks run in a process of their own, since a pattern
    may run for ever on what a model writes."""

    def __init__(self, tokenizer: Any, *, max_new_tokens: int, batch_size: int) -> None:  # noqa: ANN401
        self._tokenizer = tokenizer
        self._max_new_tokens = max_new_tokens
        self._batch_size = batch_size
        self._worker = Worker()

    def ask(self, model: Any, items: Sequence[Item]) -> Score:  # noqa: ANN401 (transformers')
        """Ask every item that can be asked. An answer whose check takes too long has not passed."""
        asked = ((self._tokens(model, item.prompt), item.check) for item in items)
        # similar lengths together, since a batch is padded
        ready = sorted(((ids, check) for ids, check in asked if ids), key=lambda one: len(one[0]))
        passed = sum(
            self._passed_of(model, ready[start : start + self._batch_size])
            for start in range(0, len(ready), self._batch_size)
        )
        return Score(len(ready), passed)

    def close(self) -> None:
        self._worker.close()

    def _tokens(self, model: Any, prompt: list[JsonObject]) -> list[int] | None:  # noqa: ANN401
        """The tokens of a prompt; None if it can't be asked."""
        try:
            text = self._tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True)
        except Exception:
            # a template is a program of its own, and may raise anything
            return None
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        room = generating.room_of(model)
        return None if room is not None and len(ids) + self._max_new_tokens > room else ids

    def _passed_of(self, model: Any, batch: Sequence[tuple[list[int], Check]]) -> int:  # noqa: ANN401
        new = generating.generate(
            model,
            [ids for ids, _ in batch],
            pad=self._tokenizer.pad_token_id,
            ends=generating.ends_of(model, self._tokenizer),
            max_new_tokens=self._max_new_tokens,
            how={**generating.GREEDY, "use_cache": True},
        )
        texts = [self._tokenizer.decode(row, skip_special_tokens=True)[:LONGEST_ANSWER] for row in new]
        return sum(self._passes(check, text) for text, (_, check) in zip(texts, batch, strict=True))

    def _passes(self, check: Check, text: str) -> bool:
        try:
            return self._worker.check(check, text).passed is True
        except CheckUnusable:
            return False
