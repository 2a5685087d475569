"""`cf-orch`: the candidate lines of `sft_candidates.jsonl`, one object a line or all in an array.

docs/candidate-line.md has every field. The desk's own `candidates` export writes them too, so that work moves between
desks whole.
"""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from avocet.categories import FAILURE_CATEGORIES, is_artifact
from avocet.domain import (
    LATER_FIELDS,
    LISTS,
    OUTCOMES,
    STATUSES,
    CandidateDraft,
    Json,
    JsonObject,
    RejectedLine,
    is_blank,
)
from avocet.errors import RunUnreadable
from avocet.faults import CHECK_FAULTS
from avocet.importers import former
from avocet.importers.base import (
    Group,
    ImportOptions,
    InvalidItem,
    ItemKey,
    Reading,
    ReadItem,
    Scored,
    Settled,
    SourceFile,
    SourceInfo,
    in_turn,
    one_each,
)
from avocet.importers.cf_orch.lists import KEPT_AS_IT_CAME, said_lists
from avocet.importers.cf_orch.spelling import respell
from avocet.importers.cf_orch.summary import settled_beside
from avocet.importers.reading.documents import AS_LINES, elements, outline, read_document
from avocet.importers.reading.files import readable
from avocet.importers.reading.items import item_of
from avocet.importers.reading.jsonl import Line, lines_of
from avocet.importers.reading.messages import check_messages
from avocet.importers.reading.nested import as_object, lists_in, may_be_document
from avocet.importers.reading.scores import storable
from avocet.importers.reading.sniff import Sniffed, sniff

CANDIDATES_FILE = "sft_candidates.jsonl"
_KNOWN_BY = frozenset({"prompt_messages", "model_response"})
_LIST = re.compile(rb'\s*\{\s*"(items|candidates)"\s*:\s*\[\s*\{')
_OPEN = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\n")
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
MAX_ID_CHARACTERS = 512
MAX_LABEL_CHARACTERS = 256

_IDS = ("benchmark_run_id", "task_id", "model_id", "node_id", "gpu_id", "item_id")
_LABELS = ("source", "task_type", "model_name", "harness")
_TEXTS = (
    "timestamp",
    "corrected_response",
    "failure_reason",
    "task_name",
    "note",
    "explanation",
    "extracted_answer",
    "reasoning",
)
_JSON = ("reference", "scores", "tools", "details", "check", "corrected_reference")
_KNOWN = frozenset(CandidateDraft.__struct_fields__) - {"extra"}


class CfOrch:
    """The importer of candidate lines, and the fallback for any file named `sft_candidates.jsonl`."""

    name = "cf-orch"
    title = "Candidate lines"

    def recognises(self, file: Sniffed) -> bool:
        # either key will do: after a long prompt the other one may come beyond the head
        return file.kind == "json" and bool(_own(file) or (not file.is_array and _in_list(file)))

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        """Each file as a run of its own; a `sft_candidates.jsonl` is named after its folder."""
        runs = []
        for file in files:
            (run,) = one_each([file])
            folder = Path(file.name).parent.name or file.path.parent.name
            runs.append(run._replace(name=folder) if Path(file.name).name == CANDIDATES_FILE and folder else run)
        return runs

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        return Reading(SourceInfo(harness=self.name), self._items(files))

    def _items(self, files: Sequence[SourceFile]) -> Iterator[ReadItem]:
        bytes_read = 0
        listed: defaultdict[str, Tally[Scored]] = defaultdict(Tally)
        for line in _rows(files):
            bytes_read = line.bytes_read
            item = item_of(line, _read)
            if isinstance(item.result, RejectedLine):
                item.scored = _scored(line.value)
            if not _was_read_alike(line, item.result):
                item.former = partial(former.said, line.value)
            if (scored := _listed(item)) and scored.outcome != "failed":
                listed[line.file][scored] += 1
            yield item
        for file in files:
            if Path(file.name).name == CANDIDATES_FILE:
                yield from settled_beside(file, bytes_read, listed[file.name])


def _listed(item: ReadItem) -> Scored | None:
    """What a line says of its item; None if it is no candidate."""
    match item.result:
        case CandidateDraft(outcome=outcome, model_name=model, task_type=task) | Settled(outcome, model, task):
            return Scored(outcome, model, task)
        case _:
            return item.scored


def _scored(value: Json) -> Scored | None:
    """What a line says of its item although it is no valid candidate; None if it is something else altogether."""
    if not isinstance(value, dict) or not value.keys() & _KNOWN_BY:
        return None
    outcome = value.get("outcome") or "failed"
    if outcome not in OUTCOMES:
        return None
    model, task = value.get("model_name"), value.get("task_type")
    return Scored(outcome, model if isinstance(model, str) else None, task if isinstance(task, str) else None)


def _was_read_alike(line: Line, result: object) -> bool:
    """Whether version 0.1.0 surely read a line as it is read today, so that it need not be read both ways."""
    if line.is_bare or isinstance(result, RejectedLine) or not LATER_FIELDS.keys().isdisjoint(line.value):
        return False
    return all(len(turn) == 2 and type(turn["content"]) is str for turn in line.value["prompt_messages"])


def _own(file: Sniffed) -> bool:
    """Whether the first object of a file is a candidate."""
    return bool(file.keys & _KNOWN_BY)


def _in_list(file: Sniffed) -> bool:
    """Whether the one object of a file begins with a list of candidates, as an answer to `GET /queue` does."""
    found = _LIST.match(file.head)
    return found is not None and any(f"{found[1].decode()}[].{key}" in file.keys for key in _KNOWN_BY)


def _rows(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The lines of files; of a file that is an array, its objects."""
    return in_turn((file, _rows_of(file)) for file in files)


def _rows_of(file: SourceFile) -> Iterator[Line]:
    objects = _objects(file)
    return lines_of(file) if objects is None else elements(file, objects, file.size)


def _objects(file: SourceFile) -> list[msgspec.Raw] | None:
    """The objects of a document; None for lines and for a damaged document, whose lines are refused one by one."""
    with readable(file.name), file.path.open("rb") as stream:
        head = stream.read(4096)
    if not _ARRAY.match(head):
        return _of_object(file, head)
    data = read_document(file, AS_LINES)
    try:
        return outline(file, data, list[msgspec.Raw])
    except RunUnreadable:
        return None


def _of_object(file: SourceFile, head: bytes) -> list[msgspec.Raw] | None:
    """The candidate that a file is, written over several lines, or those of the list in the file's one object."""
    sniffed = sniff(file.path, file.name)
    if not may_be_document(file) or not (_in_list(sniffed) or (_own(sniffed) and _OPEN.match(head))):
        return None
    data = read_document(file)
    document = as_object(data) or {}
    if document.keys() & _KNOWN_BY:
        return [msgspec.Raw(data)]
    lists = dict(islice(document.items(), 1))
    found = (parts for parts in lists_in(lists) if (as_object(bytes(parts[0])) or {}).keys() & _KNOWN_BY)
    return next(found, None)


def _read(line: Line, item: ReadItem) -> None:
    made = draft(line.finite())
    if not made.extra.keys().isdisjoint(LISTS):
        item.notes = (*item.notes, KEPT_AS_IT_CAME)
    if line.is_bare:
        made.scores = storable(line.value.get("scores"))
    respell(made, line.raw)
    if made.outcome == "failed" or made.status != "needs_review":
        item.result = made
        return
    # the key takes the place of the id, which the desk does not see until the card is made
    item.key = None if made.id is None else ItemKey("", made.id)
    item.result = Settled(made.outcome, made.model_name, made.task_type, partial(_card, made))


def _card(made: CandidateDraft) -> CandidateDraft:
    """The card as the line has it, apart from what is done with it later."""
    return msgspec.structs.replace(made)


def draft(value: Json) -> CandidateDraft:
    """The candidate in the JSON value of a line.

    Raises:
        InvalidItem: a field is missing or breaks the contract of the line.
        InvalidMessages: the prompt is not a list of text messages.
    """
    if not isinstance(value, dict):
        raise InvalidItem(f"The line is {_kind(value)}, not a JSON object.", "not_an_object")
    if "prompt_messages" not in value:
        raise InvalidItem("prompt_messages is missing.", "missing_field")
    response = value.get("model_response")
    if not isinstance(response, str):
        what = "missing" if response is None else f"{_kind(response)}, not text"
        raise InvalidItem(f"model_response is {what}.", "missing_field")
    fields: JsonObject = {
        "prompt_messages": check_messages(value["prompt_messages"]),
        "model_response": response,
        "id": _text_id(value, "id", MAX_ID_CHARACTERS),
        "status": _one_of(value, "status", STATUSES) or "needs_review",
        "failure_category": _one_of(value, "failure_category", FAILURE_CATEGORIES),
        "outcome": _one_of(value, "outcome", OUTCOMES) or "failed",
        "check_fault": _one_of(value, "check_fault", CHECK_FAULTS),
        "quality_score": _score(value),
        "tokens_per_sec": _number(value, "tokens_per_sec"),
        "extra": {key: item for key, item in value.items() if key not in _KNOWN},
    }
    for key in _IDS:
        item = value.get(key)
        fields[key] = item if type(item) is str or item is None else _text_id(value, key, None)
    for key in _LABELS:
        fields[key] = _text_id(value, key, MAX_LABEL_CHARACTERS)
    for key in _TEXTS:
        item = value.get(key)
        fields[key] = item if type(item) is str or item is None else _text(value, key)
    for key in _JSON:
        fields[key] = value.get(key)
    fields |= said_lists(value)
    fields["extra"] |= {key: value[key] for key in LISTS if key in value and key not in fields}
    fields["source"] = fields["source"] or CfOrch.name
    _check_correction(fields)
    _check_category(fields)
    return CandidateDraft(**fields)


def _check_correction(fields: JsonObject) -> None:
    """Fill in or refuse an approved line's correction.

    A line without one was accepted as it is; a blank one would train nothing.
    """
    if fields["status"] != "approved":
        return
    correction = fields["corrected_response"]
    if correction is None:
        fields["corrected_response"] = fields["model_response"]
    elif is_blank(correction) and correction != fields["model_response"]:
        reason = "The line is approved and its corrected_response is blank: it has no character that can be seen."
        raise InvalidItem(reason, "blank_correction")


def _check_category(fields: JsonObject) -> None:
    """Refuse a decided line that calls an answer that passed a scoring artifact: the check did not fail it."""
    if (
        fields["outcome"] == "passed"
        and fields["status"] != "needs_review"
        and is_artifact(fields["failure_category"])
    ):
        reason = "The line is decided as a scoring_artifact and its outcome is passed: no check failed its answer."
        raise InvalidItem(reason, "invalid_category")


def _text(value: JsonObject, key: str) -> str | None:
    item = value.get(key)
    if item is None or isinstance(item, str):
        return item
    raise InvalidItem(f"{key} is {_kind(item)}, not text.", "invalid_field")


def _text_id(value: JsonObject, key: str, longest: int | None) -> str | None:
    item = value.get(key)
    if isinstance(item, int) and not isinstance(item, bool):
        item = str(item)
    if item is None:
        return None
    if not isinstance(item, str):
        raise InvalidItem(f"{key} is {_kind(item)}, not text or a whole number.", "invalid_field")
    if longest and len(item) > longest:
        raise InvalidItem(f"{key} is longer than {longest} characters.", "invalid_field")
    if not item and key == "id":
        raise InvalidItem("id is empty.", "invalid_field")
    return item


def _number(value: JsonObject, key: str) -> float | None:
    item = value.get(key)
    if item is None:
        return None
    if isinstance(item, bool) or not isinstance(item, int | float):
        raise InvalidItem(f"{key} is {_kind(item)}, not a number.", "invalid_field")
    return float(item)


def _score(value: JsonObject) -> float | None:
    score = _number(value, "quality_score")
    if score is not None and not 0 <= score <= 1:
        raise InvalidItem(f"quality_score is {score:g}; it must be from 0 to 1, or null.", "invalid_field")
    return score


def _one_of(value: JsonObject, key: str, known: tuple[str, ...]) -> str | None:
    item = value.get(key)
    if item is None or item in known:
        return item
    raise InvalidItem(f"{key} is {item!r:.80}; known are {', '.join(known)}.", f"unknown_{key}")


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "an object"
