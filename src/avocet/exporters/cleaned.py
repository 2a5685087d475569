"""`cleaned`: the benchmark itself, item by item, with what people found out about its questions and references.

The columns `cleaning_status`, `platinum_target` and `original_target` are those of the platinum benchmarks (Vendrow
and others, arXiv 2502.03461), so that what reads those reads this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

import msgspec

from avocet.domain import Json, JsonObject
from avocet.exporters.base import RECORDS, CardOfItem, Items, WrittenPart
from avocet.faults import CHECK_FAULTS, FAULT_MEANINGS
from avocet.importers.reading.values import written
from avocet.json_text import texts

ItemStatus = Literal["rejected", "revised", "conflict", "verified", "unread"]
_MEANINGS: dict[ItemStatus, str] = {
    "rejected": "the question is broken, or its reference is wrong and nobody said which is right",
    "revised": "the reference was wrong; `target` is the corrected one",
    "conflict": "people gave different corrected references",
    "verified": "somebody read an answer to it, and found nothing wrong with the question or its reference",
    "unread": "nobody has read an answer to it, or whoever did could not tell: nothing is known of its reference",
}
_CLEANING: dict[ItemStatus, str | None] = {
    "rejected": "rejected",
    "revised": "revised",
    "conflict": None,
    "verified": "verified",
    "unread": None,
}
_canonical = msgspec.json.Encoder(order="deterministic").encode


class Cleaned(Items):
    name: ClassVar[str] = "cleaned"
    group: ClassVar[str] = RECORDS
    description: ClassVar[str] = "The cleaned benchmark: a row for each item, with its reference as people left it."

    def row_of_item(self, cards: Sequence[CardOfItem]) -> JsonObject:
        said = [card for card in cards if _says_something(card)]
        original = next((card.reference_json for card in cards if card.reference_json is not None), None)
        corrected = _corrected(said)
        status = _status(said, corrected, original)
        target = corrected[0] if status == "revised" else original if status in ("verified", "unread") else None
        faults = {card.check_fault for card in said}
        return {
            "harness": cards[0].harness,
            "task_type": cards[0].task_type,
            "item_id": cards[0].item_id,
            "avocet_id": cards[0].avocet_id,
            "prompt": _prompt(cards[0].prompt_json),
            "target": None if target is None else written(msgspec.json.decode(target)),
            "original_target": _texts(original),
            "status": status,
            "check_faults": [fault for fault in CHECK_FAULTS if fault in faults],
            "cards": len(cards),
            "decided": sum(card.verdict is not None for card in cards),
            "people": len({card.reviewer for card in said}),
            "notes": list(dict.fromkeys(card.note for card in said if card.note)),
            "tags": list(dict.fromkeys(tag for card in said for tag in card.tags)),
            "must": _lines(card.must_json for card in said),
            "must_not": _lines(card.must_not_json for card in said),
            "cleaning_status": _CLEANING[status],
            "platinum_target": _texts(target),
        }

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        return {"README.md": _card(written).encode()}


def _says_something(card: CardOfItem) -> bool:
    """Whether a person said something of the item: opened the card and decided it, or named what is wrong."""
    has_fault = card.check_fault is not None or card.corrected_reference_json is not None
    return card.verdict is not None and (card.is_read or has_fault)


def _corrected(said: Sequence[CardOfItem]) -> list[str]:
    """The corrected references that differ, in the order in which they were first given on a card."""
    given = [card.corrected_reference_json for card in said if card.corrected_reference_json is not None]
    return list({_key(one): one for one in reversed(given)}.values())[::-1]


def _status(said: Sequence[CardOfItem], corrected: Sequence[str], original: str | None) -> ItemStatus:
    faults = {card.check_fault for card in said}
    if "question_broken" in faults:
        return "rejected"
    if len(corrected) > 1:
        return "conflict"
    if corrected and not _is_same(corrected[0], original):
        return "revised"
    if "reference_wrong" in faults and not corrected:
        return "rejected"
    # what was lost on its way to the check, and what nobody could tell, vouches for nothing
    return "verified" if corrected or any(card.verdict in ("right", "wrong") for card in said) else "unread"


def _lines(given: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(line for text in given for line in texts(text)))


def _is_same(one: str, other: str | None) -> bool:
    return other is not None and _key(one) == _key(other)


def _key(reference: str) -> bytes:
    """Equal for references that mean the same: the number 5 and the text `5 `, objects in any order."""
    value = msgspec.json.decode(reference)
    return value.strip().encode() if isinstance(value, str) else _canonical(value)


def _texts(reference: str | None) -> list[str] | None:
    """A reference as a list of texts, any of which is right."""
    if reference is None:
        return None
    value: Json = msgspec.json.decode(reference)
    if isinstance(value, list) and value and not any(isinstance(one, list | dict) for one in value):
        return [written(one) for one in value]
    return [written(value)]


def _prompt(prompt_json: str) -> str:
    """The question: the text of a single turn, else each turn after its role."""
    turns: list[Any] = msgspec.json.decode(prompt_json)
    if len(turns) == 1:
        return written(turns[0].get("content") or "")
    return "\n\n".join(f"{turn['role']}: {written(turn.get('content') or '')}" for turn in turns)


def _card(written_parts: Sequence[WrittenPart]) -> str:
    files = "".join(f"  - split: test\n    path: {one.file}\n" for one in written_parts if one.rows)
    statuses = "\n".join(f"- `{name}`: {meaning}" for name, meaning in _MEANINGS.items())
    faults = "\n".join(f"- `{name}`: {meaning}" for name, meaning in FAULT_MEANINGS.items())
    configs = f"configs:\n- config_name: default\n  data_files:\n{files}  features:\n{_FEATURES}" if files else ""
    return _CARD.format(configs=configs, statuses=statuses, faults=faults)


_COLUMNS = (
    *((name, "dtype: string") for name in ("harness", "task_type", "item_id", "avocet_id", "prompt", "target")),
    ("original_target", "list: string"),
    ("status", "dtype: string"),
    ("check_faults", "list: string"),
    ("cards", "dtype: int64"),
    ("decided", "dtype: int64"),
    ("people", "dtype: int64"),
    ("notes", "list: string"),
    ("tags", "list: string"),
    ("must", "list: string"),
    ("must_not", "list: string"),
    ("cleaning_status", "dtype: string"),
    ("platinum_target", "list: string"),
)
_FEATURES = "".join(f"  - name: {name}\n    {kind}\n" for name, kind in _COLUMNS)
_CARD = """---
{configs}tags:
- avocet
- human-corrected
---

# A benchmark, cleaned

One row for each item of a harness's task of which a model's answer was reviewed with Avocet, over all models, runs
and epochs. Items that every model passed, and of which no card was kept, are not in it.

`status` says what people found out about the question and its reference:

{statuses}

`target` is the reference to score against, null where there is none: of a rejected item and of a conflict. If it is
not one text it is JSON there; `original_target` and `platinum_target` are lists of texts, any of which is right.
`check_faults` lists what is wrong with the item or its check:

{faults}

`people` counts those who said something of the item, and `notes` are theirs, as are the `tags` of their decisions and
the lines that a right answer must and must not contain (`must`, `must_not`). `cards` are the answers that are here,
and `decided` are those of them that were decided in any way, many at once included.
`cleaning_status`, `platinum_target` and `original_target` are the columns of the platinum benchmarks
(arXiv 2502.03461); `cleaning_status` is null for unread items and conflicts.

The questions keep the licence of the benchmark they come from.
"""
