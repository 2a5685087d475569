"""What an exporter is: pure functions from one neutral shape to the rows of a trainer's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

import msgspec

from avocet.domain import JsonObject, Message, Status, TrainingExample

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
Encoding = Literal["jsonl", "csv", "parquet"]


class LeftOut(msgspec.Struct, frozen=True):
    """Why a format can't carry an example, in words that are counted and shown."""

    reason: str


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What is left out so that no harm is done, unless a person says otherwise.

    `artifact_pairs`: answers that were right are used as the rejected side of a pair. `unchanged_pairs`: pairs whose
    two sides are equal. `duplicates`: rows whose prompt and answer were written already.
    """

    artifact_pairs: bool = False
    unchanged_pairs: bool = False
    duplicates: bool = False


class WrittenPart(msgspec.Struct, frozen=True):
    """One data file as it was written."""

    part: str
    split: Split | None
    file: str
    rows: int


Row = Any
"""What msgspec can encode as one object."""
Converted = Mapping[str, Row | LeftOut | list[Row | LeftOut]]
"""A row or why there is none, or several of them, by the part of the dataset they belong to."""


class ExampleExporter(Protocol):
    """Writes training data from decided candidates of the statuses it can learn from."""

    name: ClassVar[str]
    description: ClassVar[str]
    statuses: ClassVar[frozenset[Status]]
    encoding: ClassVar[Encoding]
    is_folder: ClassVar[bool]
    """Several files even without a split."""
    has_sidecar: ClassVar[bool]
    """What the format has no keys for goes beside each data file, line by line, as FILE.meta.jsonl."""
    writes_once: ClassVar[bool]
    """Rows with the same prompt and answer are left out once seen."""

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        """The example's rows."""
        ...

    def file(self, part: str, split: Split | None) -> str:
        """The path of a data file in the dataset's folder."""
        ...

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        """The other files of the folder: configurations, cards."""
        ...


@runtime_checkable
class RecordExporter(Protocol):
    """Writes whole records."""

    name: ClassVar[str]
    description: ClassVar[str]
    encoding: ClassVar[Encoding]
    only_decided: ClassVar[bool]
    writes_once: ClassVar[bool]
    """Records with the same prompt, response and correction are left out once seen."""

    def row_of_record(self, record: JsonObject) -> Row: ...


Exporter = ExampleExporter | RecordExporter


class JsonLines:
    """What most formats have in common: approved answers, one JSONL file a split, each row once."""

    statuses: ClassVar[frozenset[Status]] = frozenset({"approved"})
    encoding: ClassVar[Encoding] = "jsonl"
    is_folder: ClassVar[bool] = False
    has_sidecar: ClassVar[bool] = False
    writes_once: ClassVar[bool] = True

    def file(self, part: str, split: Split | None) -> str:
        return f"{part or split or 'data'}{f'-{split}' if part and split else ''}.jsonl"

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        return {}


def provenance(example: TrainingExample) -> JsonObject:
    """The columns of our own, none of which a trainer reads as anything else."""
    return {
        "failure_category": example.failure_category,
        "avocet_id": example.avocet_id,
        "task_type": example.task_type,
        "model_name": example.model_name,
        "benchmark_run_id": example.benchmark_run_id,
    }


def has_tool_turns(prompt: Sequence[Message]) -> bool:
    return any(message["role"] in ("tool", "function") or message.get("tool_calls") for message in prompt)


def plain(message: Message) -> JsonObject:
    """A turn with the two keys that every trainer knows; `developer` is what newer APIs call the system's turn."""
    role = "system" if message["role"] == "developer" else message["role"]
    return {"role": role, "content": message["content"] or ""}


def whole(message: Message) -> JsonObject:
    """A turn with all its keys, for formats that carry tool turns."""
    return {**message, "role": "system"} if message["role"] == "developer" else message


def asks(example: TrainingExample) -> LeftOut | None:
    """Why no answer is due at the end of the prompt: after an assistant's turn it would be a second one."""
    return None if example.prompt[-1]["role"] in ("user", "tool", "function") else NOT_A_PROMPT


def other_tools(example: TrainingExample) -> LeftOut | None:
    """Why a chat template or a trainer could not read the tools."""
    tools = example.tools
    is_list = isinstance(tools, list) and all(isinstance(tool, dict) and "function" in tool for tool in tools)
    return None if not tools or is_list else OTHER_TOOLS


TOOL_TURNS = LeftOut("The format has no tool turns.")
TOOL_CALLS = LeftOut("The answer is tool calls, which the format can't carry.")
NOT_A_PROMPT = LeftOut("The prompt does not end in a user's or a tool's turn.")
OTHER_TOOLS = LeftOut("The tools are not in OpenAI's shape.")
EMPTY_ANSWER = LeftOut("The answer is empty: there is nothing to learn from.")
NOT_ALTERNATING = LeftOut("The turns do not alternate between user and assistant.")
ARTIFACT = LeftOut("The model was right (scoring artifact): its answer is no bad example.")
UNCHANGED = LeftOut("The answer is the model's own text: there is no better and worse.")


def text_only(example: TrainingExample) -> LeftOut | None:
    """Why a format of text turns can't carry an example."""
    if example.tool_calls or (example.answer is None and example.response_is_tool_calls):
        return TOOL_CALLS
    return TOOL_TURNS if has_tool_turns(example.prompt) else None


def pair(example: TrainingExample, rules: Rules) -> LeftOut | None:
    """Why an example gives no pair of a better and a worse answer."""
    if example.failure_category == "scoring_artifact" and not rules.artifact_pairs:
        return ARTIFACT
    if example.response_is_tool_calls:
        return TOOL_CALLS
    if not example.is_changed and not rules.unchanged_pairs:
        return UNCHANGED
    return text_only(example)


def alternates(turns: Sequence[Message]) -> bool:
    """Whether turns go user, assistant, user … to a user, after at most one system turn at the start."""
    rest = turns[1:] if turns and turns[0]["role"] == "system" else turns
    return len(rest) % 2 == 1 and all(
        message["role"] == ("user", "assistant")[number % 2] for number, message in enumerate(rest)
    )
