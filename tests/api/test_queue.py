"""GET /api/sft/queue."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import (
    candidate_line,
    candidate_lines,
    export_rows,
    get_card,
    get_json,
    import_lines,
    queue_ids,
    submit,
    undo,
)

ORDERS = ("imported", "newest", "lowest_score", "random", "same_prompt", "same_reason")
SCORES = (0.9, None, 0.1, 0.5, None, 0.1, 0.0, 1.0, 0.39, 0.4, 0.7, 0.5)


@pytest.fixture
def ids(database: Database, bench_dir: Path) -> list[str]:
    """Twelve cards: three prompts, two models, three task types (one null), two sources, every kind of score."""
    lines = [
        candidate_line(
            number,
            quality_score=score,
            prompt_messages=[{"role": "user", "content": f"Prompt {number % 3}"}],
            model_name=f"model-{number % 2}",
            task_type=("facts", "spelling", None)[number % 3],
            source=("benchmark", "hand")[number // 6],
        )
        for number, score in enumerate(SCORES)
    ]
    import_lines(database, bench_dir, lines)
    return [line["id"] for line in lines]


def test_an_empty_desk_has_an_empty_queue(client: TestClient) -> None:
    page = get_json(client, "/queue")
    assert (page["items"], page["total"], page["page"]) == ([], 0, 1)


def test_only_cards_that_wait_are_in_it(client: TestClient, ids: list[str]) -> None:
    submit(client, ids[0], "discard")
    submit(client, ids[1], "accept")
    submit(client, ids[2], "flag")
    assert queue_ids(client) == ids[3:]
    assert get_json(client, "/queue")["total"] == len(ids) - 3
    undo(client, ids[1])
    assert queue_ids(client) == [ids[1], *ids[3:]]


def test_an_item_is_the_whole_card(client: TestClient, ids: list[str]) -> None:
    item = get_json(client, "/queue")["items"][0]
    assert item == get_card(client, ids[0])
    assert item["run_id"] == "2026-01-02-030405"
    assert item["decision_id"] is None
    assert item["prompt_messages"] == [{"role": "user", "content": "Prompt 0"}]


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ({"model_name": "model-1"}, [1, 3, 5, 7, 9, 11]),
            ({"task_type": "spelling"}, [1, 4, 7, 10]),
            ({"source": "hand"}, [6, 7, 8, 9, 10, 11]),
            ({"model_name": "model-1", "task_type": "spelling", "source": "hand"}, [7]),
            ({"run_id": "2026-01-02-030405"}, list(range(12))),
            ({"run_id": "2026"}, []),
            ({"model_name": "MODEL-1"}, []),
            ({"model_name": "%"}, []),
            ({"min_score": 0.4}, [0, 3, 7, 9, 10, 11]),
            ({"max_score": 0.4}, [2, 5, 6, 8, 9]),
            ({"max_score": 1}, [0, 2, 3, 5, 6, 7, 8, 9, 10, 11]),
            ({"min_score": 0}, [0, 2, 3, 5, 6, 7, 8, 9, 10, 11]),
            ({"min_score": 0.4, "max_score": 0.5}, [3, 9, 11]),
            ({"min_score": 0.8, "max_score": 0.2}, []),
            ({"task_type": ["facts", "spelling"]}, [0, 1, 3, 4, 6, 7, 9, 10]),
            ({"not_task_type": "facts"}, [1, 2, 4, 5, 7, 8, 10, 11]),
            ({"not_task_type": ["facts", "spelling"], "not_source": "hand"}, [2, 5]),
            ({"check": ["exact", "missing_patterns"], "has_reference": "false"}, list(range(12))),
            ({"not_check": "missing_patterns"}, []),
            ({"min_length": 9}, [10, 11]),
            ({"max_length": 8, "model_name": ["model-0", "nobody"]}, [0, 2, 4, 6, 8]),
        ],
    )
    def test_each_narrows_the_page_and_the_total(
        self, client: TestClient, ids: list[str], query: dict[str, Any], numbers: list[int]
    ) -> None:
        page = get_json(client, "/queue", per_page=200, **query)
        assert [item["id"] for item in page["items"]] == [ids[number] for number in numbers]
        assert page["total"] == len(numbers)

    def test_the_run_is_the_one_that_imported(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(1, id="a", benchmark_run_id="theirs")], "first")
        import_lines(database, bench_dir, [candidate_line(1, id="b", benchmark_run_id="theirs")], "second")
        assert queue_ids(client, run_id="second") == ["b"]
        assert queue_ids(client, run_id="theirs") == []
        assert get_card(client, "b")["benchmark_run_id"] == "theirs"

    def test_decided_cards_leave_the_filtered_total_too(self, client: TestClient, ids: list[str]) -> None:
        submit(client, ids[1], "discard")
        page = get_json(client, "/queue", model_name="model-1", task_type="spelling")
        assert (page["total"], len(page["items"])) == (1, 1)


class TestOrders:
    def test_imported_is_the_order_of_arrival(self, client: TestClient, ids: list[str]) -> None:
        assert queue_ids(client) == queue_ids(client, order="imported") == ids

    def test_newest_is_the_other_way_round(self, client: TestClient, ids: list[str]) -> None:
        assert queue_ids(client, order="newest") == ids[::-1]

    def test_lowest_score_puts_missing_scores_last(self, client: TestClient, ids: list[str]) -> None:
        expected = sorted(range(12), key=lambda number: (2.0 if SCORES[number] is None else SCORES[number], number))
        assert queue_ids(client, order="lowest_score") == [ids[number] for number in expected]

    def test_random_is_stable_for_a_seed_and_another_for_another(self, client: TestClient, ids: list[str]) -> None:
        orders = [tuple(queue_ids(client, order="random", seed=seed)) for seed in range(4)]
        assert orders[0] == tuple(queue_ids(client, order="random", seed=0))
        assert len({*orders, tuple(ids)}) == 5
        assert all(sorted(order) == sorted(ids) for order in orders)

    def test_same_reason_puts_the_largest_group_first_and_says_what_waits_of_each(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        told = ['missing: ["a"]', "timed out after 3 s", "timed out after 4 s", None, "timed out after 5 s", None]
        lines = [candidate_line(n, failure_reason=reason) for n, reason in enumerate(told)]
        import_lines(database, bench_dir, lines)
        ids = [line["id"] for line in lines]
        assert queue_ids(client, order="same_reason") == [ids[n] for n in (1, 2, 4, 3, 5, 0)]
        submit(client, ids[2], "discard")
        submit(client, ids[4], "discard")
        page = get_json(client, "/queue", order="same_reason", per_page=2)
        assert [one["id"] for one in page["items"]] == [ids[1], ids[3]]
        assert {one["text"]: one["waiting"] for one in page["reasons"]} == {"timed out after … s": 1, None: 2}
        [none] = get_json(client, "/queue", order="same_reason", after=ids[3], per_page=1)["reasons"]
        assert none == {"shape": None, "text": None, "waiting": 2}
        assert get_json(client, "/queue")["reasons"] == []

    def test_same_prompt_puts_equal_prompts_together(self, client: TestClient, ids: list[str]) -> None:
        prompts = [ids.index(card) % 3 for card in queue_ids(client, order="same_prompt")]
        changes = sum(first != second for first, second in pairwise(prompts))
        assert (len(prompts), changes) == (12, 2)


class TestPages:
    @pytest.mark.parametrize("order", ORDERS)
    def test_numbered_pages_make_the_whole(self, client: TestClient, ids: list[str], order: str) -> None:
        whole = queue_ids(client, order=order)
        pages = [get_json(client, "/queue", order=order, per_page=5, page=page) for page in (1, 2, 3, 4)]
        assert [item["id"] for page in pages for item in page["items"]] == whole
        assert [(page["total"], page["page"], page["per_page"]) for page in pages] == [
            (12, number, 5) for number in (1, 2, 3, 4)
        ]
        assert [len(page["items"]) for page in pages] == [5, 5, 2, 0]

    @pytest.mark.parametrize("order", ORDERS)
    @pytest.mark.parametrize("per_page", [1, 5, 12])
    def test_keyset_pages_show_each_card_once_while_cards_are_decided(
        self, client: TestClient, ids: list[str], order: str, per_page: int
    ) -> None:
        whole = queue_ids(client, order=order, seed=7)
        seen: list[str] = []
        while page := queue_ids(
            client, order=order, seed=7, per_page=per_page, **({"after": seen[-1]} if seen else {})
        ):
            seen += page
            # the last card of the page, which names the next page, is among those that get decided
            for card in page[1::2] or page:
                submit(client, card, "discard")
        assert seen == whole

    @pytest.mark.parametrize("order", ORDERS)
    def test_keyset_pages_keep_the_filter(self, client: TestClient, ids: list[str], order: str) -> None:
        first = queue_ids(client, order=order, model_name="model-1", per_page=3)
        rest = queue_ids(client, order=order, model_name="model-1", after=first[-1])
        assert first + rest == queue_ids(client, order=order, model_name="model-1")
        assert len(rest) == 3

    def test_cards_that_arrive_meanwhile_are_met_once(
        self, client: TestClient, database: Database, bench_dir: Path, ids: list[str]
    ) -> None:
        seen = queue_ids(client, per_page=5)
        import_lines(database, bench_dir, candidate_lines(2, benchmark_run_id="later", id=...), "later")
        seen += queue_ids(client, after=seen[-1])
        assert len(seen) == len(set(seen)) == 14

    def test_twenty_are_on_a_page_unless_told_otherwise(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        import_lines(database, bench_dir, candidate_lines(21))
        page = get_json(client, "/queue")
        assert (len(page["items"]), page["per_page"], page["total"]) == (20, 20, 21)


WRONG_QUERIES = (
    "page=0",
    "page=-1",
    "page=x",
    "page=1e3",
    "page=99999999999999999999",
    "per_page=0",
    "per_page=201",
    "min_score=-0.1",
    "max_score=1.1",
    "min_score=nan",
    "min_score=inf",
    "min_score=low",
    "order=best",
    "order=",
    "seed=-1",
    "after=nowhere",
    "after=",
    "after=%00",
    "run_id=%00",
    "check=odd",
    "not_check=exact&not_check=odd",
    "has_reference=perhaps",
    "min_length=-1",
    "model_name=",
    "&".join(f"model_name={number}" for number in range(51)),
    "model=small",
    "status=approved",
)


def test_a_wrong_query_is_refused_by_name(client: TestClient) -> None:
    for query in WRONG_QUERIES:
        body = assert_error(client.get(f"/api/sft/queue?{query}"), 422, "invalid_request")
        assert query.split("=")[0] in body["detail"]


def test_missing_numbers_come_as_null(client: TestClient, database: Database, bench_dir: Path) -> None:
    line = {"prompt_messages": [{"role": "user", "content": "?"}], "model_response": ""}
    import_lines(database, bench_dir, [line])
    (item,) = get_json(client, "/queue")["items"]
    nullable = {"quality_score", "tokens_per_sec", "task_type", "model_name", "failure_category", "note", "reference"}
    assert {name: item[name] for name in nullable} == dict.fromkeys(nullable)
    submit(client, item["id"], "accept")
    assert export_rows(client)[0]["task_type"] is None
