"""What an exporter is: pure functions from one neutral shape to the rows of a trainer's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol

import msgspec

from avocet.categories import FailureCategory, is_artifact
from avocet.domain import STATUSES, JsonObject, Message, Status, TrainingExample
from avocet.faults import CheckFault, Reading
from avocet.importers.reading.tool_calls import calls_oddly, read_answer, read_tools, read_turns

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
Encoding = Literal["jsonl", "csv", "parquet"]
DECIDED: tuple[Status, ...] = ("approved", "discarded", "model_rejected")
OPENAI, TRL, TRAINERS, TABLES, RECORDS, ADDED = (
    "OpenAI-style",
    "For TRL",
    "Other trainers",
    "Tables",
    "Records",
    "Added here",
)
"""The groups of formats in the order in which they are shown; the last is that of other packages."""


class LeftOut(msgspec.Struct, frozen=True):
    """Why a format leaves an example out. The reasons are counted and shown."""

    reason: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows are written although they are left out by default, because they would do harm.

    `artifact_pairs`: answers that were right are used as the rejected side of a pair. `unchanged_pairs`: pairs whose
    two sides are equal. `duplicates`: rows whose prompt and answer were written already.
    """

    artifact_pairs: bool = False
    unchanged_pairs: bool = False
    duplicates: bool = False


class WrittenPart(msgspec.Struct, frozen=True):
    """One data file that was written."""

    part: str
    split: Split | None
    file: str
    rows: int


Row = Any
"""What msgspec can encode as one object."""
Converted = Mapping[str, Row | LeftOut | list[Row | LeftOut]]
"""By part of the dataset: a row, the reason that there is none, or a list of these."""


class ExampleExporter(Protocol):
    """Writes training data from decided candidates of the statuses it can learn from."""

    name: ClassVar[str]
    description: ClassVar[str]
    statuses: ClassVar[frozenset[Status]]
    encoding: ClassVar[Encoding]
    group: ClassVar[str]
    """The heading under which the format is listed."""
    is_training: ClassVar[bool]
    """True for training data, which can be split; false for whole records, to be read or moved."""
    is_kept: ClassVar[bool]
    """Whether exports are recorded: they can be made again as of any decision."""
    is_folder: ClassVar[bool]
    """Whether there are several files even without a split."""
    has_sidecar: ClassVar[bool]
    """Whether what the format has no keys for is written beside each data file, line by line, as FILE.meta.jsonl."""
    writes_once: ClassVar[bool]
    """Whether a row with the same prompt and answer as an earlier one is left out."""
    without_validation: ClassVar[str | None]
    """The warning for an export without a validation split; None if it needs none."""
    revision: ClassVar[int]
    """Grows whenever the format's rows or files change, so that an earlier export is never made again as another."""

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        """The example's rows, or why there are none."""
        ...

    def file(self, part: str, split: Split | None) -> str:
        """The path of a data file in the dataset's folder."""
        ...

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        """The other files of the folder: configurations, cards."""
        ...

    def as_of(self, row: Row, revision: int) -> Row:
        """The row as an earlier revision wrote it, if only its columns differ."""
        ...


class OneFile:
    """The defaults of a format: one file of JSON lines, each written once, that can be made again."""

    encoding: ClassVar[Encoding] = "jsonl"
    group: ClassVar[str] = ADDED
    is_kept: ClassVar[bool] = True
    is_folder: ClassVar[bool] = False
    has_sidecar: ClassVar[bool] = False
    writes_once: ClassVar[bool] = True
    without_validation: ClassVar[str | None] = None
    revision: ClassVar[int] = 1

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        return {}


class Records(OneFile):
    """A format of whole records: every decided candidate; those with the same texts and correction only once."""

    name: ClassVar[str]
    description: ClassVar[str]
    statuses: ClassVar[frozenset[Status]] = frozenset(DECIDED)
    is_training: ClassVar[bool] = False

    def row_of_record(self, record: JsonObject) -> Row:
        """The row of a candidate line, whose keys are those of docs/candidate-line.md."""
        raise NotImplementedError

    def file(self, part: str, split: Split | None) -> str:
        return f"data.{self.encoding}"


class CardOfItem(msgspec.Struct, frozen=True, kw_only=True):
    """What one card, decided or not, says of the benchmark's item: `verdict` is None while it is undecided.

    `is_read` is false where a bulk step decided a card that nobody opened. The fields that end in `_json` are JSON.
    """

    avocet_id: str
    harness: str | None
    task_type: str | None
    item_id: str | None
    model_name: str | None
    prompt_json: str
    response: str
    corrected_response: str | None
    reference_json: str | None
    failure_category: FailureCategory | None
    check_fault: CheckFault | None
    corrected_reference_json: str | None
    tags: list[str]
    must_json: str | None
    must_not_json: str | None
    verdict: Reading | None
    is_read: bool
    note: str | None
    reviewer: str | None


class Items(OneFile):
    """A format with a row for each item of a benchmark: what all its cards say of it, whatever model answered.

    It is a folder, with a card that says what the columns mean. It holds the desk as it is: nothing tells which
    undecided cards were here at an earlier decision.
    """

    name: ClassVar[str]
    description: ClassVar[str]
    statuses: ClassVar[frozenset[Status]] = frozenset(STATUSES)
    is_training: ClassVar[bool] = False
    is_kept: ClassVar[bool] = False
    is_folder: ClassVar[bool] = True
    writes_once: ClassVar[bool] = False

    def row_of_item(self, cards: Sequence[CardOfItem]) -> Row:
        """The row of an item, of which there is at least one card; the cards are in the order in which they came."""
        raise NotImplementedError

    def file(self, part: str, split: Split | None) -> str:
        return f"data.{self.encoding}"


Exporter = ExampleExporter | Records | Items


class JsonLines(OneFile):
    """The defaults of training formats: approved answers, one JSONL file per split, each row once."""

    statuses: ClassVar[frozenset[Status]] = frozenset({"approved"})
    is_training: ClassVar[bool] = True

    def file(self, part: str, split: Split | None) -> str:
        return f"{part or split or 'data'}{f'-{split}' if part and split else ''}.jsonl"

    def as_of(self, row: Row, revision: int) -> Row:
        return row


def provenance(example: TrainingExample) -> JsonObject:
    """Avocet's own columns, to none of which a trainer gives another meaning."""
    outcome = {} if example.outcome is None else {"outcome": example.outcome}
    tags = {} if example.failure_tags is None else {"failure_tags": example.failure_tags}
    return {
        "failure_category": example.failure_category,
        "avocet_id": example.avocet_id,
        "task_type": example.task_type,
        "model_name": example.model_name,
        "benchmark_run_id": example.benchmark_run_id,
        **outcome,
        **tags,
    }


def turns_of(example: TrainingExample) -> list[Message]:
    """The prompt's turns, with their tool calls in one shape, whatever version stored them."""
    return read_turns(example.prompt)


def answer_turn(example: TrainingExample) -> Message:
    """The approved answer as a turn: text, or tool calls."""
    return _turn(example, example.answer)


def response_turn(example: TrainingExample) -> Message:
    """The model's own answer as a turn: text, or tool calls."""
    return _turn(example, example.response)


def _turn(example: TrainingExample, text: str | None) -> Message:
    calls = None if text is None or example.is_text else _calls(example, text)
    if calls is None:
        return {"role": "assistant", "content": text}
    return {"role": "assistant", "content": None, "tool_calls": calls}


def _calls(example: TrainingExample, text: str) -> list[JsonObject] | None:
    return read_answer(text, may_be_flat=example.response_is_tool_calls)


def has_calls(turn: Message) -> bool:
    return "tool_calls" in turn


def tools_of(example: TrainingExample) -> list[JsonObject] | LeftOut | None:
    """The tools in OpenAI's shape, or why a trainer could not read them; None if there are none."""
    tools = example.tools
    if not tools:
        return None
    read = read_tools(tools)
    return OTHER_TOOLS if read is None else read


def has_tool_turns(prompt: Sequence[Message]) -> bool:
    return any(
        message["role"] in ("tool", "function") or message.get("tool_calls") or message.get("function_call")
        for message in prompt
    )


def plain(message: Message) -> JsonObject:
    """A turn with the two keys that every trainer knows; `developer` is what newer APIs call the system's turn."""
    role = "system" if message["role"] == "developer" else message["role"]
    return {"role": role, "content": message["content"] or ""}


def whole(message: Message) -> JsonObject:
    """A turn with its tool calls and texts, for formats with tool turns; each key has one type in every row."""
    if len(message) == 2 and message["role"] != "developer":
        return message
    texts = {
        key: value
        for key, value in message.items()
        if key == "content" or (isinstance(value, str) and key not in ("tool_calls", "function_call"))
    }
    if has_calls(message) and not calls_oddly(message):
        texts["tool_calls"] = message["tool_calls"]
    return {**texts, "role": "system"} if message["role"] == "developer" else texts


def asks(prompt: Sequence[Message]) -> LeftOut | None:
    """Why a prompt asks for no answer, which would be a second one after an assistant's turn; None if it asks."""
    return None if prompt[-1]["role"] in ("user", "tool", "function") else NOT_A_PROMPT


TOOL_TURNS = LeftOut("The format has no tool turns.")
TOOL_CALLS = LeftOut("The answer is tool calls, which the format can't carry.")
NOT_A_PROMPT = LeftOut("The prompt does not end in a user's or a tool's turn.")
OTHER_TOOLS = LeftOut("The tools are not in OpenAI's shape.")
NO_CALLS = LeftOut("A turn of the prompt calls tools in a shape that is no call.")
OLD_FUNCTIONS = LeftOut("The prompt calls functions in the shape that tools replaced.")
EMPTY_ANSWER = LeftOut("The answer is empty: there is nothing to learn from.")
NOT_ALTERNATING = LeftOut("The turns do not alternate between user and assistant.")
ARTIFACT = LeftOut("The model was right (scoring artifact): its answer is no bad example.")
UNCHANGED = LeftOut("The answer is the model's own text: there is no better and worse.")


def no_answer(example: TrainingExample) -> LeftOut | None:
    """Why there is nothing to learn from an answer; None if there is."""
    return None if example.answer and example.answer.strip() else EMPTY_ANSWER


def text_only(example: TrainingExample) -> LeftOut | None:
    """Why a format of text turns can't hold an example; None if it can."""
    if has_calls(response_turn(example) if example.answer is None else answer_turn(example)):
        return TOOL_CALLS
    return TOOL_TURNS if has_tool_turns(turns_of(example)) else None


def better_and_worse(example: TrainingExample, rules: Rules) -> LeftOut | None:
    """Why an example gives no better and worse answer; None if it does."""
    if is_artifact(example.failure_category) and not rules.artifact_pairs:
        return ARTIFACT
    return UNCHANGED if not example.is_changed and not rules.unchanged_pairs else None


def pair(example: TrainingExample, rules: Rules) -> LeftOut | None:
    """Why an example gives no pair of texts; None if it does."""
    if is_artifact(example.failure_category) and not rules.artifact_pairs:
        return ARTIFACT
    if has_calls(response_turn(example)):
        return TOOL_CALLS
    return better_and_worse(example, rules) or text_only(example)


def alternates(turns: Sequence[Message]) -> bool:
    """Whether turns go user, assistant, user … to a user, after at most one system turn at the start."""
    rest = turns[1:] if turns and turns[0]["role"] == "system" else turns
    return len(rest) % 2 == 1 and all(
        message["role"] == ("user", "assistant")[number % 2] for number, message in enumerate(rest)
    )
