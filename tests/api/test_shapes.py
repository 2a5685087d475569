"""GET /api/sft/shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import candidate_lines, get_json, import_lines, queue_ids, submit


def test_a_group_is_read_and_the_rest_of_it_found_in_the_queue(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    lines = candidate_lines(3)
    import_lines(database, bench_dir, lines)
    submit(client, lines[0]["id"], "accept")
    answer = get_json(client, "/shapes")
    assert {key: answer[key] for key in ("total", "page", "per_page")} == {"total": 1, "page": 1, "per_page": 50}
    (group,) = answer["items"]
    assert group == {
        "task_type": "arithmetic",
        "shape": group["shape"],
        "text": 'missing: "b", "c"',
        **{"cards": 3, "waiting": 2, "read": 1, "unread": 2},
        **{"right": 1, "wrong": 0, "set_aside": 0, "undecided": 0},
    }
    assert queue_ids(client, shape=group["shape"]) == [line["id"] for line in lines[1:]]


@pytest.mark.parametrize("query", ["outcome=lost", "page=0", "per_page=501", "run_id=", "shape=a"])
def test_a_question_without_sense_is_refused(client: TestClient, query: str) -> None:
    assert_error(client.get(f"/api/sft/shapes?{query}"), 422, "invalid_request")
