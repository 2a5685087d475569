"""The tasks that a bench asks, found in a file or made of the desk's cards, and what was left out."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, select

from avocet import checks
from avocet.benches.asked import BenchTasks, CardsTasks, CardsWanted, FileTasks
from avocet.benches.task_files import TaskFiles
from avocet.benching import Task
from avocet.benching.choice import first, is_held_out
from avocet.benching.tasks import MAX_ID_CHARACTERS
from avocet.checks import Check, InvalidCheck
from avocet.db import Database
from avocet.domain import JsonObject, plural
from avocet.errors import InvalidRequest, NotInstalled
from avocet.exports import HoldOut, hold_out
from avocet.importers.base import within_run
from avocet.models import HIDDEN, ITEM_NAME, Candidate, Run
from avocet.review import history, queue
from avocet.review.texts import references_of
from avocet.training import to_ask

UNTYPED = "unknown"
"""The task type of items whose cards name none."""
TOOLS = "the card has tools, and a model that calls them is checked by no check"
ANSWERED = "the prompt ends with the assistant's turn"
LONG = f"the item's name is longer than {MAX_ID_CHARACTERS} characters"
SAME_NAME = "an item of another task type has the same name"
SAME_PROMPT = "another item asks the same"
NOTHING_HELD_OUT = "Nothing is held out: set the desk's hold-out first (Export, or avocet hold-out --share)."

_COLUMNS: tuple[ColumnElement[Any], ...] = (
    Candidate.id.label("id"),
    Candidate.benchmark_run_id.label("run"),
    ITEM_NAME.label("item"),
    Candidate.task_type.label("task_type"),
    Candidate.task_name.label("task_name"),
    Candidate.prompt_messages.label("prompt"),
    Candidate.check.label("check"),
    func.coalesce(Candidate.corrected_reference, Candidate.reference).label("reference"),
    Candidate.tools.label("tools"),
)
_Item = tuple[str, str]


class LeftOut(msgspec.Struct, frozen=True):
    """Why cards can't be asked again, and how many."""

    reason: str
    count: int


class Found(NamedTuple):
    """The tasks to ask, what was left out, and in words what they are."""

    tasks: list[Task]
    left_out: list[LeftOut]
    words: str


class BenchPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a bench would ask. `unscored` tasks have no check that can be run here."""

    tasks: int
    task_types: dict[str, int]
    unscored: int
    left_out: list[LeftOut]
    references: int


def find(database: Database, files: TaskFiles, wanted: BenchTasks, limit: int | None) -> Found:
    """Find the tasks to ask; `limit` is how many of each type at most.

    Raises:
        NotFound: there is no such task file.
        InvalidRequest: a line of it is no task, nothing is held out, or no task is left.
    """
    if isinstance(wanted, FileTasks):
        found = _of_file(database, files, wanted)
    else:
        with database.read() as connection:
            found = (
                _of_cards(connection, wanted)
                if isinstance(wanted, CardsTasks)
                else _of_hold_out(database, connection)
            )
    tasks = list(first(found.tasks, limit))
    if not tasks:
        told = "; ".join(f"{plural(one.count, 'card')}: {one.reason}" for one in found.left_out)
        raise InvalidRequest(f"No task is left to ask{f' ({told})' if told else ''}.")
    return found._replace(tasks=tasks)


def preview(found: Found) -> BenchPreview:
    return BenchPreview(
        tasks=len(found.tasks),
        task_types=dict(Tally(task.task_type for task in found.tasks)),
        unscored=sum(task.check is None for task in found.tasks),
        left_out=found.left_out,
        references=sum(task.reference is not None for task in found.tasks),
    )


def held_out_items(database: Database) -> int:
    """How many items `held-out` asks; 0 without a hold-out."""
    held = hold_out(database)
    if not held.share:
        return 0
    with database.read() as connection:
        return len(_tasks_of(to_ask.held_out_cards(connection, held, _COLUMNS))[0])


def _of_file(database: Database, files: TaskFiles, wanted: FileTasks) -> Found:
    tasks = files.read(wanted.file).tasks
    if wanted.part == "all":
        return Found(tasks, [], wanted.file)
    held = _held(database)
    chosen = [task for task in tasks if is_held_out(task, held) == (wanted.part == "held-out")]
    return Found(chosen, [], f"{wanted.file}, {'held out' if wanted.part == 'held-out' else 'not held out'}")


def _of_hold_out(database: Database, connection: Connection) -> Found:
    held = _held(database)
    return Found(*_tasks_of(to_ask.held_out_cards(connection, held, _COLUMNS)), "what is held out")


def _held(database: Database) -> HoldOut:
    held = hold_out(database)
    if not held.share:
        raise InvalidRequest(NOTHING_HELD_OUT)
    return held


def _of_cards(connection: Connection, wanted: CardsTasks) -> Found:
    cards = _cards(connection, wanted.filter)
    return Found(*_tasks_of(cards), f"the items of {plural(len(cards), 'card')}")


def _cards(connection: Connection, wanted: CardsWanted) -> list[Row[Any]]:
    if (wanted.queue is not None) + (wanted.decided is not None) + (wanted.ids is not None) != 1:
        raise InvalidRequest("Choose the cards by exactly one of queue, decided and ids.")
    query = select(*_COLUMNS)
    if wanted.decided is not None:
        query = history.matching(connection, history.standing(query), wanted.decided)
    else:
        query = query.select_from(Candidate).join(Run, Run.pk == Candidate.run_pk)
        if wanted.queue is not None:
            query = queue.matching(connection, query, wanted.queue)
        else:
            query = query.where(Candidate.id.in_(wanted.ids or ()), Candidate.status != HIDDEN)
    return list(connection.execute(query.order_by(Candidate.seq)))


def _tasks_of(cards: Iterable[Row[Any]]) -> tuple[list[Task], list[LeftOut]]:
    """The items of cards, each once: as its first card tells it, with the first check that can be run."""
    tasks: dict[_Item, Task] = {}
    left_out: Tally[str] = Tally()
    types: dict[str, str] = {}
    prompts: dict[str, _Item] = {}
    for card in cards:
        name = card.item or within_run(card.id, card.run)
        item = (card.task_type or UNTYPED, name)
        prompt: list[JsonObject] = msgspec.json.decode(card.prompt)
        if reason := _why_not(card, item, prompt, types, prompts):
            left_out[reason] += 1
            continue
        types[name], prompts[card.prompt] = item[0], item
        known = tasks.get(item)
        if known is None or known.check is None:
            tasks[item] = _task(card, item, prompt) if known is None else _with_check(known, card.check)
    return list(tasks.values()), [LeftOut(reason, count) for reason, count in left_out.most_common()]


def _why_not(
    card: Row[Any], item: _Item, prompt: list[JsonObject], types: dict[str, str], prompts: dict[str, _Item]
) -> str | None:
    """Why a card can't be asked again; None if it can."""
    task_type, name = item
    if card.tools is not None:
        return TOOLS
    if prompt[-1]["role"] == "assistant":
        return ANSWERED
    if len(name) > MAX_ID_CHARACTERS:
        return LONG
    if types.get(name, task_type) != task_type:
        return SAME_NAME
    return SAME_PROMPT if prompts.get(card.prompt, item) != item else None


def _task(card: Row[Any], item: _Item, prompt: list[JsonObject]) -> Task:
    task = Task(
        id=item[1],
        task_type=item[0],
        task_name=card.task_name,
        prompt_messages=prompt,
        reference=next(iter(references_of(card.reference)), None),
    )
    return _with_check(task, card.check)


def _with_check(task: Task, stored: str | None) -> Task:
    value = msgspec.json.decode(stored) if stored else None
    return task if value is None or not _is_whole(value) else msgspec.structs.replace(task, own_check=value)


def _is_whole(value: JsonObject) -> bool:
    """Whether a check can be run here and says all that makes an answer right: else its passes would be none."""
    check = checks.read(value)
    try:
        if check is not None:
            checks.prepare(check)
    except (InvalidCheck, NotInstalled):
        return False
    return check is not None and not _is_partial(check)


def _is_partial(check: Check) -> bool:
    return isinstance(check, checks.MissingPatterns) or (isinstance(check, checks.Assertions) and bool(check.others))
