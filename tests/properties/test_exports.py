"""Any export filter takes exactly the rows that a plain predicate takes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from avocet import exports
from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.db import Database
from avocet.domain import STATUSES
from avocet.exports import ExportFilter, Recipe
from avocet.models import Decision
from tests.examples import examples
from tests.factories import Line, candidate_line, import_lines
from tests.properties.conftest import NewDesk

CATEGORIES = (*FAILURE_CATEGORIES, UNCATEGORISED)
ACTIONS = {"approved": "correct", "discarded": "discard", "model_rejected": "flag", "needs_review": None}
START = datetime(2026, 3, 1, tzinfo=UTC)


@cache
def distance(one: str, other: str) -> int:
    """How many letters have to be added, taken or changed; by the textbook."""
    if not one or not other:
        return len(one or other)
    kept = distance(one[1:], other[1:])
    return kept if one[0] == other[0] else 1 + min(kept, distance(one[1:], other), distance(one, other[1:]))


def words(texts: list[str]) -> list[str]:
    return re.findall(r"[a-z0-9]+", " ".join(texts).casefold())


def _lines() -> list[Line]:
    lines = [
        candidate_line(
            number,
            status=STATUSES[number % 4],
            corrected_response="right" if number % 4 == 1 else None,
            failure_category=[None, *FAILURE_CATEGORIES][number % 7],
            model_name=("a", "b", None)[number % 3],
            task_type=("x", "y", None, "")[number // 3 % 4],
            quality_score=(0.0, 0.5, None, 1.0)[number // 2 % 4],
            model_response=("right", "It is wrong", "rightly")[number % 3],
        )
        for number in range(84)
    ]
    for number, line in enumerate(lines):
        line["run"] = ("one", "two")[number % 2]
        line["action"] = ACTIONS[line["status"]]
        line["at"] = START + timedelta(hours=number)
        line["reviewer"] = ("ann", "bo")[number // 5 % 2] if line["action"] else None
        answer, response = line["corrected_response"], line["model_response"]
        line["change"] = distance(response, answer) / max(len(response), len(answer)) if answer else 0.0
        corrected = answer if line["action"] == "correct" else ""
        line["said"] = words([line["task_name"], line["prompt_messages"][0]["content"], response, corrected])
        if answer == response:
            line["action"] = "accept"
    return lines


LINES = _lines()


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=4).map(tuple))


moments = st.builds(
    lambda hours, zone: (START + timedelta(hours=hours)).astimezone(timezone(timedelta(minutes=zone))).isoformat(),
    st.integers(-5, 90),
    st.sampled_from([0, 60, -480, 345]),
)
filters = st.builds(
    ExportFilter,
    include_category=some(*CATEGORIES),
    exclude_category=some(*CATEGORIES),
    action=some("correct", "accept", "discard", "flag"),
    exclude_action=some("correct", "discard"),
    run_id=some("one", "two"),
    exclude_run_id=some("one", "two"),
    model_name=some("a", "b"),
    exclude_model_name=some("a", "b"),
    task_type=some("x", "y"),
    exclude_task_type=some("x", "y"),
    reviewer=some("ann", "bo"),
    exclude_reviewer=some("ann", "bo"),
    since=st.one_of(st.none(), moments),
    min_score=st.sampled_from([None, None, 0.0, 0.5]),
    max_score=st.sampled_from([None, None, 0.5, 1.0]),
    min_change=st.sampled_from([None, None, 0.0, 0.3]),
    max_change=st.sampled_from([None, None, 0.3, 0.9]),
    text=st.sampled_from([None, None, "IT IS", "8 + 1"]),
    exclude_text=st.sampled_from([None, None, "rightly"]),
)


def is_wanted(line: Line, wanted: ExportFilter) -> bool:
    category = line["failure_category"] or UNCATEGORISED
    is_decided = line["action"] is not None
    return (
        (not wanted.include_category or category in wanted.include_category)
        and category not in wanted.exclude_category
        and all(
            (not given or line[key] in given) and line[key] not in excluded
            for key, given, excluded in (
                ("run", wanted.run_id, wanted.exclude_run_id),
                ("model_name", wanted.model_name, wanted.exclude_model_name),
                ("task_type", wanted.task_type, wanted.exclude_task_type),
                ("action", wanted.action, wanted.exclude_action),
                ("reviewer", wanted.reviewer, wanted.exclude_reviewer),
            )
        )
        # to leave out what was decided so takes what was decided at all
        and (is_decided or not (wanted.exclude_action or wanted.exclude_reviewer))
        and (wanted.since is None or (is_decided and line["at"] >= datetime.fromisoformat(wanted.since)))
        and lies_between(line["quality_score"], wanted.min_score, wanted.max_score)
        and lies_between(line["change"], wanted.min_change, wanted.max_change)
        and (wanted.text is None or is_said(wanted.text, line["said"]))
        and (wanted.exclude_text is None or not is_said(wanted.exclude_text, line["said"]))
    )


def is_said(sought: str, said: list[str]) -> bool:
    *whole, last = words([sought])
    return set(whole) <= set(said) and any(word.startswith(last) for word in said)


def lies_between(value: float | None, least: float | None, most: float | None) -> bool:
    if value is None:
        return least is None and most is None
    return (least is None or value >= least) and (most is None or value <= most)


def rows(database: Database, name: str, wanted: ExportFilter) -> list[dict[str, Any]]:
    content = b"".join(exports.stream(database, Recipe(format=name, filter=wanted))).decode()
    return [json.loads(row) for row in content.split("\n")[:-1]]


@pytest.mark.hypothesis
def test_any_filter_is_the_predicate(new_desk: NewDesk) -> None:
    with new_desk() as (database, folder):
        own = {"run", "action", "at", "reviewer", "change", "said"}
        ordered: list[Line] = []
        for run in ("one", "two"):
            mine = [line for line in LINES if line["run"] == run]
            import_lines(database, folder, [{k: v for k, v in line.items() if k not in own} for line in mine], run)
            ordered += mine
        with database.write() as connection:
            for seq, line in enumerate(ordered, start=1):
                at = line["at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                values = {"at": at, "reviewer": line["reviewer"] or ""}
                connection.execute(update(Decision).where(Decision.candidate_seq == seq).values(values))

        @examples(150)
        @given(wanted=filters)
        def check(wanted: ExportFilter) -> None:
            expected = [line for line in ordered if is_wanted(line, wanted)]
            assert [row["id"] for row in rows(database, "candidates", wanted)] == [line["id"] for line in expected]
            approved = [line for line in expected if line["status"] == "approved"]
            assert [(row["avocet_id"], row["failure_category"]) for row in rows(database, "sft", wanted)] == [
                (line["id"], line["failure_category"]) for line in approved
            ]
            preview = exports.preview(database, Recipe(filter=wanted))
            assert (preview.rows, preview.read, preview.decided) == (len(approved), len(approved), 21)

        check()
