"""Every number that a page links to cards is the number of cards that the link opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient

from avocet.db import Database
from avocet.review import bulk, queue
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission, submit
from avocet.review.queue import QueueFilter
from tests.factories import candidate_line, import_lines
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import RUN, draw, members

DECISIONS, QUEUE = "/api/sft/decisions", "/api/sft/queue"
READ = ("failed", "passed")


class Shown(NamedTuple):
    """A number on a page, and the request of the list that it opens."""

    says: str
    number: int
    path: str
    asked: dict[str, str]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> None:
    """Two tasks and two models; samples of both outcomes read in part, faults, a bulk step, a card read by itself."""
    items = [
        Listed(f"{outcome}-{number}-{task}-{model}", outcome, task, model)  # type: ignore[arg-type]
        for outcome, many in (("failed", 12), ("passed", 8), ("errored", 1))
        for number in range(many)
        for task in ("sums", "facts")
        for model in ("small", "large")
    ]
    import_listed(database, tmp_path, items, keep={"passed": 4, "errored": "all"})
    alike = [candidate_line(number, failure_reason=f"timeout after {number} s") for number in range(6)]
    import_lines(database, tmp_path, alike)
    said: list[dict[str, Any]] = [
        {"action": "accept", "check_fault": "check_too_strict"},
        {"action": "flag", "failure_category": "wrong_answer"},
        {"action": "flag", "failure_category": "wrong_answer", "check_fault": "question_broken"},
        {"action": "correct", "corrected_response": "better"},
        {"action": "discard"},
        {"action": "discard", "failure_category": "partial_answer", "check_fault": "reference_wrong"},
    ]
    for outcome, cards in (("failed", 20), ("passed", 10)):
        draw(database, outcome, cards, outcome)
        for number, card in enumerate(members(database, outcome)):
            submit(database, Submission(id=card, **said[number % len(said)]), "rowan")
    one, *more = queue.page(database, QueueFilter(run_id=RUN), per_page=7).items
    submit(database, Submission(id=one["id"], action="accept"), "sam")
    chosen = tuple(card["id"] for card in more)
    bulk.decide(database, BulkStep(action="discard", ids=chosen, failure_category="wrong_answer"), "rowan")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", ["scores", "insights", "overview"])
def test_a_number_opens_exactly_that_many_cards(client: TestClient, page: str) -> None:
    shown = list(PAGES[page](client))
    assert sum(one.number > 0 for one in shown) > 5
    opened = [one._replace(number=client.get(one.path, params=one.asked).json()["total"]) for one in shown]
    assert opened == shown


def of_scores(client: TestClient) -> Iterator[Shown]:
    for group in ("none", "task", "model", "task_model"):
        for row in client.get("/api/sft/report", params={"run_id": RUN, "group": group}).json()["rows"]:
            scope = {"task_type": row["task"], "model_name": row["model_name"]}
            here = {"run_id": RUN, "reading": "any"} | {name: value for name, value in scope.items() if value}
            yield from _of_row(row, here)


def _of_row(row: dict[str, Any], here: dict[str, str]) -> Iterator[Shown]:
    yield Shown("read", sum(row["read"].values()), DECISIONS, here)
    yield Shown("set aside", sum(row["set_aside"].values()), DECISIONS, here | {"reading": "set_aside"})
    for outcome in READ:
        its = here | {"outcome": outcome}
        right, aside = row["right"][outcome], row["set_aside"][outcome] + row["undecided"][outcome]
        yield Shown(f"{outcome} read", row["read"][outcome], DECISIONS, its)
        yield Shown(f"{outcome} right", right, DECISIONS, its | {"reading": "right"})
        yield Shown(f"{outcome} wrong", row["read"][outcome] - right - aside, DECISIONS, its | {"reading": "wrong"})
    for category, one in row["by_category"].items():
        its = here | {"outcome": "failed", "reading": "told", "failure_category": category}
        yield Shown(category, one["read"], DECISIONS, its)
    for fault, n in row["by_fault"].items():
        yield Shown(fault, n, DECISIONS, here | {"check_fault": fault})


def of_insights(client: TestClient) -> Iterator[Shown]:
    found = client.get("/api/sft/insights").json()
    rows: list[tuple[dict[str, str], dict[str, Any]]] = [({}, found["all"])]
    rows += [({"model_name": row["name"]}, row) for row in found["by_model"]]
    rows += [({"task_type": row["name"]}, row) for row in found["by_task"]]
    rows += [({"run_id": row["mix"]["name"]}, row["mix"]) for row in found["by_run"]]
    for scope, row in rows:
        waits = row["failed"] - row["read"] - row["unopened"]
        yield Shown("waiting", waits, QUEUE, scope)
        for category, one in row["by_category"].items():
            its = {"outcome": "failed", "reading": "told", "failure_category": category}
            yield Shown(category, one["read"], DECISIONS, scope | its)
    for one in found["kinds"]["unread"]:
        yield Shown(one["text"], one["waiting"], QUEUE, {"shape": one["shape"]})
    yield Shown("decided", found["pace"]["decided"], DECISIONS, {"outcome": "failed"})
    yield Shown("waiting", found["pace"]["waiting"], QUEUE, {})
    corrections = {"outcome": "failed", "reading": "any", "action": "correct"}
    yield Shown("corrections", found["corrections"]["corrections"], DECISIONS, corrections)


def of_overview(client: TestClient) -> Iterator[Shown]:
    found = client.get("/api/sft/overview").json()
    for outcome in ("failed", "passed", "errored", "unscored"):
        yield Shown(f"{outcome} waiting", found["waiting"][outcome], QUEUE, {"outcome": outcome})
    yield Shown("decided", sum(found["decided"].values()), DECISIONS, {"outcome": "failed"})
    for fault, n in found["faults"].items():
        yield Shown(fault, n, DECISIONS, {"check_fault": fault})
    alike = found["alike"]
    yield Shown("alike", alike["waiting"], QUEUE, {"shape": alike["shape"]})


PAGES = {"scores": of_scores, "insights": of_insights, "overview": of_overview}
