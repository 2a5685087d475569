"""Any export filter takes exactly the rows that a plain predicate takes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from avocet import exports
from avocet.db import Database
from avocet.domain import FAILURE_CATEGORIES, STATUSES, UNCATEGORISED
from avocet.exports import ExportFilter
from avocet.models import Decision
from tests.factories import Line, candidate_line, import_lines
from tests.properties.conftest import NewDesk

CATEGORIES = (*FAILURE_CATEGORIES, UNCATEGORISED)
ACTIONS = {"approved": "correct", "discarded": "discard", "model_rejected": "flag", "needs_review": None}
START = datetime(2026, 3, 1, tzinfo=UTC)


def _lines() -> list[Line]:
    lines = [
        candidate_line(
            number,
            status=STATUSES[number % 4],
            corrected_response="right" if number % 4 == 1 else None,
            failure_category=[None, *FAILURE_CATEGORIES][number % 7],
            model_name=("a", "b", None)[number % 3],
            task_type=("x", "y", None, "")[number // 3 % 4],
        )
        for number in range(84)
    ]
    for number, line in enumerate(lines):
        line["run"] = ("one", "two")[number % 2]
        line["action"] = ACTIONS[line["status"]]
        line["at"] = START + timedelta(hours=number)
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
    run_id=some("one", "two"),
    model_name=some("a", "b"),
    task_type=some("x", "y"),
    since=st.one_of(st.none(), moments),
)


def is_wanted(line: Line, wanted: ExportFilter) -> bool:
    category = line["failure_category"] or UNCATEGORISED
    return (
        (not wanted.include_category or category in wanted.include_category)
        and category not in wanted.exclude_category
        and (not wanted.action or line["action"] in wanted.action)
        and (not wanted.run_id or line["run"] in wanted.run_id)
        and (not wanted.model_name or line["model_name"] in wanted.model_name)
        and (not wanted.task_type or line["task_type"] in wanted.task_type)
        and (
            wanted.since is None
            or (line["action"] is not None and line["at"] >= datetime.fromisoformat(wanted.since))
        )
    )


def rows(database: Database, name: str, wanted: ExportFilter) -> list[dict[str, Any]]:
    content = b"".join(exports.stream(database, name, wanted)).decode()
    return [json.loads(row) for row in content.split("\n")[:-1]]


def test_any_filter_is_the_predicate(new_desk: NewDesk) -> None:
    with new_desk() as (database, folder):
        own = {"run", "action", "at"}
        ordered: list[Line] = []
        for run in ("one", "two"):
            mine = [line for line in LINES if line["run"] == run]
            import_lines(database, folder, [{k: v for k, v in line.items() if k not in own} for line in mine], run)
            ordered += mine
        with database.write() as connection:
            for seq, line in enumerate(ordered, start=1):
                at = line["at"].strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                connection.execute(update(Decision).where(Decision.candidate_seq == seq).values(at=at))

        @settings(max_examples=150)
        @given(wanted=filters)
        def check(wanted: ExportFilter) -> None:
            expected = [line for line in ordered if is_wanted(line, wanted)]
            assert [row["id"] for row in rows(database, "candidates", wanted)] == [line["id"] for line in expected]
            approved = [line for line in expected if line["status"] == "approved"]
            assert [(row["avocet_id"], row["failure_category"]) for row in rows(database, "sft", wanted)] == [
                (line["id"], line["failure_category"]) for line in approved
            ]
            preview = exports.preview(database, "sft", wanted)
            assert (preview.rows, preview.rows + preview.left_out) == (len(approved), 21)

        check()
