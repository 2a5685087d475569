"""A benchmark that is wrong in places, made from one whose checks are taken for true.

Each item draws a number from a hash of its id, and that number says what happens to it; nothing is drawn by chance.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, Literal

import msgspec

from avocet.benching.tasks import Task

Rule = Literal["untouched", "other_answer", "cut_short", "chatty", "exact_form"]
SHARES: Final[dict[Rule, float]] = {"other_answer": 0.14, "cut_short": 0.10, "chatty": 0.08, "exact_form": 0.40}
"""The share of the items that each rule is tried on; the rest stays as it is."""
WRONG_REFERENCES: Final[tuple[Rule, ...]] = ("other_answer", "cut_short", "chatty")
SALT: Final = "spoilt"
CHATTY: Final = "Sure, I can help you with that! The answer is: {}. Let me know if there is anything else you need."


class Spoilt(msgspec.Struct, frozen=True):
    """An item as the spoilt benchmark has it, and the rule that changed it."""

    task: Task
    rule: Rule


def spoil(tasks: Sequence[Task]) -> list[Spoilt]:
    """Each task by the rule that its id draws; where that rule would make nothing wrong, the item stays untouched.

    Every task needs a reference that passes its own checks, as `avocet bench --check` tests.
    """
    partners = _partners(tasks)
    return [_spoilt(task, partners[task.id]) for task in tasks]


def drawn(item: str) -> Rule:
    """The rule that an id draws."""
    number = int.from_bytes(hashlib.sha256(f"{SALT}\n{item}".encode()).digest()[:8]) / 2**64
    ends = accumulate(SHARES.values())
    return next((rule for rule, end in zip(SHARES, ends, strict=True) if number < end), "untouched")


def _partners(tasks: Sequence[Task]) -> Mapping[str, Task | None]:
    """For each item the next one of its type whose reference is no right answer to it."""
    of_type: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        of_type[task.task_type].append(task)
    found: dict[str, Task | None] = {}
    for group in of_type.values():
        for at, task in enumerate(group):
            others = group[at + 1 :] + group[:at]
            found[task.id] = next((other for other in others if not _is_right(task, other.reference or "")), None)
    return found


def _is_right(task: Task, answer: str) -> bool:
    return task.checker.verdict(answer).outcome == "passed"


def _spoilt(task: Task, partner: Task | None) -> Spoilt:
    rule = drawn(task.id)
    reference = task.reference or ""
    match rule:
        case "exact_form":
            exact = f"(?-i:^{re.escape(reference)}$)"
            return Spoilt(msgspec.structs.replace(task, required=(*task.required, exact)), rule)
        case "other_answer" if partner is not None:
            return Spoilt(_with_answer(task, partner), rule)
        case "cut_short":
            wrong = cut(reference)
        case "chatty":
            wrong = CHATTY.format(reference.rstrip("."))
        case _:
            return Spoilt(task, "untouched")
    if not wrong or _is_right(task, wrong):
        return Spoilt(task, "untouched")
    return Spoilt(_expecting(task, wrong), rule)


def _with_answer(task: Task, other: Task) -> Task:
    """The task with the checks and the reference of another."""
    return msgspec.structs.replace(
        other, id=task.id, task_name=task.task_name, prompt_messages=task.prompt_messages, task_type=task.task_type
    )


def _expecting(task: Task, wrong: str) -> Task:
    """The task with a wrong reference, and a check that wants its text."""
    return msgspec.structs.replace(
        task,
        required=(re.escape(wrong),),
        forbidden=(),
        max_words=None,
        json_schema=None,
        number=None,
        reference=wrong,
    )


def cut(text: str) -> str:
    """The first half of a text's words; of a single word, the first half of its letters."""
    words = text.split()
    if len(words) > 1:
        return " ".join(words[: len(words) // 2])
    return text[: len(text) // 2]


def category(task: Task, answer: str) -> str:
    """Why an answer is wrong, by which of the true checks fail.

    Patterns, schema and number hold: `style_violation`. A pattern is found once its ends may lie anywhere, or what
    fails is the schema: `format_error`. Else `wrong_answer`.
    """
    loose = msgspec.structs.replace(
        task, required=tuple(map(_loose, task.required)), forbidden=(), max_words=None, json_schema=None
    )
    strict = msgspec.structs.replace(loose, required=task.required, json_schema=task.json_schema)
    if _holds(strict, answer):
        return "style_violation"
    return "format_error" if _holds(loose, answer) else "wrong_answer"


def _holds(task: Task, answer: str) -> bool:
    return task.checker.verdict(answer).outcome != "failed"


def _loose(pattern: str) -> str:
    """The pattern without the anchors at its ends."""
    return re.sub(r"(?<!\\)\$$", "", re.sub(r"^((?:\(\?[a-z]+\))?)\^", r"\1", pattern))
