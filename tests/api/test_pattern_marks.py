"""POST /pattern-marks."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.worker.marks import MAX_PATTERN, MAX_PATTERNS, MAX_TEXT

PATH = "/api/sft/pattern-marks"


def test_it_says_where_patterns_are(client: TestClient) -> None:
    answer = client.post(
        PATH, json={"response": "👍 Tokyo, sure", "missing": ["^Tokyo$"], "forbidden": ["sure", "no"]}
    )
    assert answer.json() == {
        "marks": [
            {"start": 3, "end": 8, "kind": "near", "number": 1},
            {"start": 10, "end": 14, "kind": "forbidden", "number": 2},
        ],
        "legend": [
            {"pattern": "^Tokyo$", "kind": "near", "number": 1, "how": "there, but not alone", "times": 1},
            {"pattern": "sure", "kind": "forbidden", "number": 2, "how": "found", "times": 1},
        ],
        "given_up": [],
    }


def test_a_pattern_that_never_ends_is_given_up(client: TestClient) -> None:
    answer = client.post(PATH, json={"response": "a" * 34 + "!", "missing": ["(a|a)*$"], "forbidden": ["!"]})
    assert answer.json()["given_up"] == ["(a|a)*$"]
    assert [one["pattern"] for one in answer.json()["legend"]] == ["!"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"response": "a" * (MAX_TEXT + 1)},
        {"response": "a", "missing": ["a"] * (MAX_PATTERNS + 1)},
        {"response": "a", "forbidden": ["a" * (MAX_PATTERN + 1)]},
        {"response": "a", "more": 1},
    ],
)
def test_what_is_too_much_is_refused(client: TestClient, body: Any) -> None:
    assert client.post(PATH, json=body).status_code == 422


def test_no_process_is_left_when_the_desk_closes(client: TestClient) -> None:
    client.post(PATH, json={"response": "a", "missing": ["a"]})
    worker = client.app.state.worker._worker  # type: ignore[attr-defined]
    process = worker._work._process
    assert process.poll() is None
    client.__exit__()
    assert process.returncode is not None
