"""Rows of a written dataset, checked and chosen by failure category, in TRL's shapes."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.domain import OUTCOMES, JsonObject, Message
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exporters import trainable
from avocet.exporters.base import LeftOut
from avocet.exports.selection import CATEGORY_VALUES
from avocet.importers.reading.tool_calls import read_turns
from avocet.training.config import Method, TrainConfig

ANSWERS: dict[Method, tuple[str, ...]] = {
    "sft": ("completion",),
    "dpo": ("chosen", "rejected"),
    "kto": ("completion",),
}
NOT_SAID: Final = "not said"
"""The category and the outcome of a row that tells none. A category filter takes it for one without a category."""
ROLES = ("system", "developer", "user", "assistant", "tool", "function")


class Untrainable(ValueError):
    """A row in the right shape that nothing can be learned from."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row as TRL takes it (`prompt`, the answers, `label`, `tools`), and its file and line.

    `category` is the failure category of its card, `outcome` what the harness said of its answer, `card` its id.
    """

    where: str
    category: str
    value: JsonObject
    outcome: str = NOT_SAID
    card: str | None = None


class ReadRows(msgspec.Struct, kw_only=True):
    """The rows of a file; `left_out` names the cards, or lines, of those that can't be trained on, by reason."""

    rows: list[Row]
    left_out: dict[str, list[str]]


class Choice(msgspec.Struct, kw_only=True):
    """The rows that a category filter took, and how many there were of each category and outcome before."""

    rows: list[Row]
    by_category: dict[str, int]
    by_outcome: dict[str, int]


def read(path: Path, method: Method, outcome: str = NOT_SAID) -> ReadRows:
    """Every row of a JSON Lines file that can be trained on; the others are left out and named.

    What can be trained on is what exporters write (`avocet.exporters.trainable`). `outcome` is that of the rows that
    do not tell their own.

    Raises:
        Prerequisite: the file can't be read.
        InvalidRequest: rows have another shape; the error says how many, and where the first is and why.
    """
    rows: list[Row] = []
    problems: list[str] = []
    left_out: dict[str, list[str]] = {}
    for where, line in _lines(path):
        try:
            rows.append(_row(where, line, method, outcome))
        except Untrainable as error:
            left_out.setdefault(str(error), []).append(_name(line) or where)
        except ValueError as error:
            problems.append(f"{where}: {error}")
    if problems:
        count = "One row" if len(problems) == 1 else f"{len(problems):,} rows"
        raise InvalidRequest(f"{count} can't be trained on. {problems[0]}.", problems=problems[:20])
    return ReadRows(rows=rows, left_out=left_out)


def _name(line: bytes) -> str | None:
    name = msgspec.json.decode(line).get("avocet_id")
    return name if isinstance(name, str) else None


def choose(rows: Iterable[Row], config: TrainConfig) -> Choice:
    """Choose the rows of the wanted categories; excluding beats including, as in an export."""
    include = config.include_category or CATEGORY_VALUES
    all_rows = list(rows)
    return Choice(
        rows=[row for row in all_rows if _sought(row) in include and _sought(row) not in config.exclude_category],
        by_category=count(all_rows, category_of),
        by_outcome=count(all_rows, outcome_of),
    )


def category_of(row: Row) -> str:
    return row.category


def outcome_of(row: Row) -> str:
    return row.outcome


def count(rows: Iterable[Row], name_of: Callable[[Row], str]) -> dict[str, int]:
    return in_order(Tally(map(name_of, rows)))


def in_order(tally: Tally[str]) -> dict[str, int]:
    """Counts by category or by outcome, in the order in which these are always listed."""
    return {name: tally[name] for name in (*CATEGORY_VALUES, *OUTCOMES, NOT_SAID) if tally[name]}


def _sought(row: Row) -> str:
    return UNCATEGORISED if row.category == NOT_SAID else row.category


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield f"{path.name}:{number}", line
    except OSError as error:
        raise Prerequisite(f"{path} can't be read: {error.strerror}.") from None


def _row(where: str, line: bytes, method: Method, outcome: str) -> Row:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not JSON ({error})") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    category = value.get("failure_category") or UNCATEGORISED
    if category not in (*FAILURE_CATEGORIES, UNCATEGORISED):
        raise ValueError(f"there is no failure category {category!r:.60}")
    if method == "sft" and "messages" in value and "completion" not in value:
        value = _split_messages(value)
    taken: JsonObject = {"prompt": _prompt(value.get("prompt"))}
    for name in ANSWERS[method]:
        if name not in value:
            raise ValueError(f"it has no {name!r}, so this is no dataset for {method}: export it as trl-{method}")
        taken[name] = _answer(name, value[name])
    if method == "kto":
        if not isinstance(value.get("label"), bool):
            raise ValueError("label must be true or false")
        taken["label"] = value["label"]
    if why := _refused(taken, method):
        raise Untrainable(why.reason)
    if value.get("tools"):
        taken["tools"] = _tools(value["tools"])
    # the name is a common one: a column that means something else tells nothing
    said = value["outcome"] if value.get("outcome") in OUTCOMES else outcome
    category = category if "failure_category" in value else NOT_SAID
    card = value.get("avocet_id")
    return Row(
        where=where,
        category=category,
        value=taken,
        outcome=said,
        card=card if isinstance(card, str) else None,
    )


def _refused(taken: JsonObject, method: Method) -> LeftOut | None:
    """Why a row is left out, by the definition that exporters share; None if it is not."""
    learned = {"sft": "completion", "dpo": "chosen", "kto": "completion"}[method]
    if why := trainable.prompt_refused(taken["prompt"]):
        return why
    if method == "dpo" and taken["chosen"] == taken["rejected"]:
        return trainable.EQUAL_SIDES
    return trainable.answer_refused(taken[learned][0]) if taken.get("label", True) else None


def _split_messages(value: JsonObject) -> JsonObject:
    """A conversation as its prompt and its last turn, so that only that one is learned."""
    messages = value["messages"]
    if not isinstance(messages, list) or not messages:
        raise ValueError("messages must be a list of turns")
    return {**value, "prompt": messages[:-1], "completion": messages[-1:]}


def _prompt(turns: Any) -> list[Message]:  # noqa: ANN401 (what stands in a file)
    if not isinstance(turns, list) or not turns:
        raise ValueError("prompt must be a list of turns")
    for number, turn in enumerate(turns, start=1):
        role = turn.get("role") if isinstance(turn, dict) else None
        if role not in ROLES:
            raise ValueError(f"turn {number} of the prompt has the role {role!r:.40}, not one of {', '.join(ROLES)}")
    return read_turns(turns)


def _answer(name: str, turns: Any) -> list[Message]:  # noqa: ANN401 (what stands in a file)
    if not isinstance(turns, list) or len(turns) != 1 or not isinstance(turns[0], dict):
        raise ValueError(f"{name} must be a list of one turn")
    turn = turns[0]
    if turn.get("role") != "assistant":
        raise ValueError(f"{name} has the role {turn.get('role')!r:.40} instead of assistant")
    if not isinstance(turn.get("content"), str) and not turn.get("tool_calls"):
        raise ValueError(f"{name} has no text")
    return read_turns(turns)


def _tools(value: Any) -> str:  # noqa: ANN401 (what stands in a file)
    """The tools as JSON text: `datasets` would merge the parameters of all rows into one type."""
    tools = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    try:
        if isinstance(msgspec.json.decode(tools), list):
            return tools
    except (msgspec.DecodeError, RecursionError):
        pass
    raise ValueError("tools must be a list")
