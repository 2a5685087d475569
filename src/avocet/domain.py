"""The domain: actions, statuses, and the shapes between importers and exporters.

`CandidateDraft` is what every importer makes, `TrainingExample` is what every exporter reads.
This module knows no database and no HTTP.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args

import msgspec

from avocet.categories import FailureCategory
from avocet.faults import CheckFault

Verdict = Literal["correct", "accept", "discard", "flag"]
Action = Literal["correct", "accept", "discard", "flag", "undo"]
Status = Literal["needs_review", "approved", "discarded", "model_rejected"]
Outcome = Literal["failed", "passed", "errored", "unscored"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
ItemOutcome = Outcome | Literal["absent"]
"""An item's outcome by the last import; `absent` if the files no longer have it."""
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

STATUS_AFTER: Final[dict[Verdict, Status]] = {
    "correct": "approved",
    "accept": "approved",
    "discard": "discarded",
    "flag": "model_rejected",
}
IMPORT_REVIEWER: Final = "import"

# Any character but white space, control and format characters, and those that Unicode calls default ignorable. The
# ranges are written out, so that every Python gives the same answer, whatever version of Unicode it has.
_VISIBLE = re.compile(
    "[^\\x00-\\x20\\x7f-\\xa0\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u115f\\u1160"
    "\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\u3164\\ufe00-\\ufe0f"
    "\\ufeff\\uffa0\\ufff0-\\ufffb\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3"
    "\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff]"
)


def is_blank(text: str | None) -> bool:
    """Whether a text has nothing visible: it is None, empty, or only white space and invisible characters."""
    return text is None or _VISIBLE.search(text) is None


def stored_note(note: str | None) -> str | None:
    """The note that a verdict is stored with: None if it is blank."""
    return None if is_blank(note) else note


Json: TypeAlias = Any
"""Any JSON value, or what a reader made of one."""
JsonObject = dict[str, Json]
DOCUMENT: Final = msgspec.Meta(title="Document")
"""Annotates a JSON object that is returned as it was stored, by whichever version."""
Message = Annotated[JsonObject, msgspec.Meta(title="Message")]
"""One chat turn: `role`, `content`, and for tool turns `name`, `tool_calls`, `tool_call_id` (OpenAI's shape)."""


class CandidateDraft(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One item to review as an importer makes it: checked, without characters that no file can carry, not yet stored.

    `id` is None if the harness gave none; `runs.import_run` then makes one from the content. `extra` holds the keys
    that this version does not know; they come back on re-export.
    """

    prompt_messages: list[Message]
    model_response: str
    id: str | None = None
    source: str = ""
    benchmark_run_id: str | None = None
    timestamp: str | None = None
    status: Status = "needs_review"
    corrected_response: str | None = None
    quality_score: float | None = None
    failure_reason: str | None = None
    task_id: str | None = None
    task_type: str | None = None
    task_name: str | None = None
    model_id: str | None = None
    model_name: str | None = None
    node_id: str | None = None
    gpu_id: str | None = None
    tokens_per_sec: float | None = None
    failure_category: FailureCategory | None = None
    note: str | None = None
    harness: str | None = None
    item_id: str | None = None
    reference: Any = None
    scores: Any = None
    explanation: str | None = None
    extracted_answer: str | None = None
    reasoning: str | None = None
    tools: Any = None
    details: Any = None
    outcome: Outcome = "failed"
    check: Any = None
    check_fault: CheckFault | None = None
    corrected_reference: Any = None
    tags: list[str] = []
    must: list[str] = []
    must_not: list[str] = []
    extra: JsonObject = {}


JSON_FIELDS: Final = ("prompt_messages", "reference", "scores", "tools", "details")
"""The fields of a candidate line that hold JSON, in the order of a line, where they follow all others."""
PLAIN_FIELDS: Final = (
    "id",
    "source",
    "benchmark_run_id",
    "timestamp",
    "status",
    "model_response",
    "corrected_response",
    "quality_score",
    "failure_reason",
    "task_id",
    "task_type",
    "task_name",
    "model_id",
    "model_name",
    "node_id",
    "gpu_id",
    "tokens_per_sec",
    "failure_category",
    "note",
    "harness",
    "item_id",
    "explanation",
    "extracted_answer",
    "reasoning",
)
"""The other fields of a candidate line, in the order of a line; each is a text or a number."""
LATER_FIELDS: Final[dict[str, Outcome | None]] = {
    "outcome": "failed",
    "check": None,
    "check_fault": None,
    "corrected_reference": None,
    "tags": None,
    "must": None,
    "must_not": None,
}
"""Fields that came with version 0.3.0, at the end of a line, and the values with which a line leaves them out."""
LATER_JSON: Final = ("check", "corrected_reference", "must", "must_not")
"""Those of them that hold JSON."""
LISTS: Final = ("tags", "must", "must_not")
"""Those of them that are lists of texts; an empty one is left out."""
DECIDED_FIELDS: Final = ("status", "failure_category", "corrected_response", "note")
"""The fields that a decision changes."""


class RejectedLine(msgspec.Struct, frozen=True):
    """A line that was read and could not become a candidate: where it is, why not, and how it begins.

    `line_number` counts from 1: lines or, in a file without lines, items.
    """

    line_number: int
    code: str
    reason: str
    text_start: str
    file: str = ""


class TrainingExample(msgspec.Struct, frozen=True, kw_only=True):
    """One decided candidate as every exporter sees it.

    `answer` is the right answer, None if the model was wrong and nobody corrected it; `response` is what the model
    wrote. The prompt stays JSON until an exporter asks for its turns, since most pass it on as it is. `is_text` says
    that the answer is text even if it looks like tool calls. `failure_tags` is None unless a recipe asks for them,
    `outcome` unless it takes in answers that passed.
    """

    avocet_id: str
    prompt_json: bytes
    answer: str | None
    response: str
    failure_category: FailureCategory | None
    task_type: str | None = None
    model_name: str | None = None
    benchmark_run_id: str | None = None
    item_id: str | None = None
    tools_json: str | None = None
    response_is_tool_calls: bool = False
    is_text: bool = False
    failure_tags: list[str] | None = None
    outcome: Outcome | None = None

    @property
    def prompt(self) -> list[Message]:
        """The turns of the prompt."""
        return _messages.decode(self.prompt_json)

    @property
    def tools(self) -> Json:
        """The tools that the model was given; None if there were none."""
        return None if self.tools_json is None else msgspec.json.decode(self.tools_json)

    @property
    def is_changed(self) -> bool:
        """Whether there is a right answer, and it differs from the model's response."""
        return self.answer is not None and self.answer != self.response


_messages = msgspec.json.Decoder(list[Message])


def plural(number: int, noun: str) -> str:
    """A number with its noun: 1 row, 2,000 rows."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
