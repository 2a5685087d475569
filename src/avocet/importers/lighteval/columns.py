"""The three shapes of a details row, brought into one: nested, flat, and flat with every column as text."""

from __future__ import annotations

from typing import Any, NamedTuple

from avocet.domain import Json, JsonObject
from avocet.importers.choosing import text_fields
from avocet.importers.reading.literals import literal
from avocet.importers.reading.values import items, mapping, several

FLAT = frozenset({"example", "full_prompt", "predictions", "gold_index", "metrics", "cont_tokens"})
_PLAIN_TEXT = frozenset({"example", "instruction", "full_prompt"})
# without tokens and logits, which make up most of a file
_WANTED = (
    *("doc.query", "doc.choices", "doc.gold_index", "doc.instruction", "doc.images", "doc.specific", "doc.id"),
    *("doc.task_name", "doc.fewshot_samples", "doc.generation_size", "doc.stop_sequences", "doc.original_query"),
    *("metric", "model_response.input", "model_response.text", "model_response.text_post_processed"),
    *("model_response.reasonings", "model_response.logprobs", "model_response.truncated_tokens_count"),
)
_WANTED_FLAT = (
    *(
        "example",
        "instruction",
        "full_prompt",
        "predictions",
        "gold",
        "choices",
        "gold_index",
        "metrics",
        "specifics",
    ),
    *("num_asked_few_shots", "num_effective_few_shots", "truncated"),
)


class Detail(NamedTuple):
    """One item as lighteval saved it. Every part may be of any type, as in a damaged file."""

    item: Any
    task: Any
    query: Any
    instruction: Any
    prompt: Any
    few_shots: list[Any]
    images: Any
    choices: list[Any]
    gold: list[Any]
    texts: list[Any]
    processed: list[Any]
    reasonings: list[Any]
    log_probabilities: list[Any]
    metadata: Any
    parameters: JsonObject
    truncated: Any
    few_shot_count: Any = None


def wanted(schema: Any) -> list[str]:  # noqa: ANN401 (a pyarrow schema)
    """The columns to read, out of those that the file has."""
    names = set(schema.names)
    if names >= FLAT:
        return [name for name in _WANTED_FLAT if name in names]
    fields = {name: {child.name for child in _children(schema.field(name).type)} for name in names}
    return [
        name for name in _WANTED if name in names or name.partition(".")[2] in fields.get(name.partition(".")[0], ())
    ]


def _children(kind: Any) -> list[Any]:  # noqa: ANN401 (a pyarrow type)
    return [kind.field(number) for number in range(kind.num_fields)] if kind.num_fields else []


def scores(row: JsonObject) -> dict[str, float | None]:
    """The scores that are numbers, null, NaN or ∞. What a corpus metric computes from is not a score."""
    metrics = mapping(_read(row.get("metric", row.get("metrics"))))
    found: dict[str, float | None] = {}
    for name, value in metrics.items():
        if value is None or isinstance(value, bool | int | float):
            found[str(name)] = None if value is None else float(value)
    return found


def prompt_fields(row: JsonObject) -> list[str]:
    """The texts of an item that may be shown as the prompt."""
    if "doc" in row:
        doc = mapping(row["doc"])
        own = [name for name in text_fields(doc, under="doc") if name not in ("doc.id", "doc.task_name")]
        return [*own, *text_fields(mapping(doc.get("specific")), under="doc.specific")]
    own = [name for name in ("example", "instruction", "full_prompt") if isinstance(row.get(name), str)]
    return [*own, *text_fields(_read(row.get("specifics")), under="specifics")]


def detail(row: JsonObject, number: int, file_task: str) -> Detail:
    """A row of any of the three shapes. In one without an id, the item's id is its number from 0."""
    if "doc" not in row:
        return _flat({name: _read_column(name, value) for name, value in row.items()}, number, file_task)
    doc, response = mapping(row["doc"]), mapping(row.get("model_response"))
    choices = items(doc.get("choices"))
    return Detail(
        item=doc.get("id"),
        task=doc.get("task_name") or file_task,
        query=doc.get("query"),
        instruction=doc.get("instruction"),
        prompt=response.get("input"),
        few_shots=items(doc.get("fewshot_samples")),
        images=doc.get("images"),
        choices=choices,
        gold=golds(choices, doc.get("gold_index")),
        texts=items(response.get("text")),
        processed=items(response.get("text_post_processed")),
        reasonings=items(response.get("reasonings")),
        log_probabilities=items(response.get("logprobs")),
        metadata=doc.get("specific"),
        parameters={name: doc.get(name) for name in ("generation_size", "stop_sequences")},
        truncated=response.get("truncated_tokens_count"),
    )


def golds(choices: list[Json], index: Json) -> list[Json]:
    """The right answers: the choices that the index, a number or a list of them, points to."""
    places = [number for number in several(index) if type(number) is int]
    return [choices[place] for place in places if -len(choices) <= place < len(choices)]


def _flat(row: JsonObject, number: int, file_task: str) -> Detail:
    choices = items(row.get("choices"))
    predictions = items(row.get("predictions"))
    pairs = [pair for pair in predictions if isinstance(pair, list) and pair]
    is_text = not pairs and all(isinstance(prediction, str | None) for prediction in predictions)
    return Detail(
        item=number - 1,
        task=file_task,
        query=row.get("example"),
        instruction=row.get("instruction"),
        prompt=row.get("full_prompt"),
        few_shots=[],
        images=None,
        choices=choices,
        gold=items(row.get("gold")) or golds(choices, row.get("gold_index")),
        texts=predictions if is_text else [],
        processed=[],
        reasonings=[],
        log_probabilities=[pair[0] for pair in pairs] or ([] if is_text else predictions),
        metadata=row.get("specifics"),
        parameters={},
        truncated=next(iter(items(row.get("truncated"))), None),
        few_shot_count=row.get("num_effective_few_shots"),
    )


def _read_column(name: str, value: Json) -> Json:
    return value if name in _PLAIN_TEXT and not _is_messages(value) else _read(value)


def _is_messages(value: Json) -> bool:
    return isinstance(value, str) and value.startswith("[{") and "role" in value[:100]


def _read(value: Json) -> Json:
    """The value of a column that lighteval ≤ 0.6 wrote as text."""
    if not isinstance(value, str):
        return value
    try:
        return literal(value)
    except ValueError:
        return value
