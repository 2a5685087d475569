"""Tags and must lines on decisions, and GET /tags, POST /tags/rename, POST /tags/merge, DELETE /tags/{name}."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from avocet.db import Database
from avocet.review import decisions
from avocet.review.decisions import Submission
from tests.consistency import assert_consistent
from tests.factories import (
    RUN,
    Line,
    candidate_line,
    candidate_lines,
    get_card,
    get_history,
    get_json,
    import_lines,
    queue_ids,
    submit,
)

API = "/api/sft"
TOUCHES_TAGS = re.compile(r"(FROM|INTO) (card_)?tags\b")


@pytest.fixture
def cards(database: Database, bench_dir: Path, client: TestClient) -> Iterator[list[str]]:
    import_lines(database, bench_dir, candidate_lines(6))
    yield queue_ids(client)
    assert_consistent(database)


def post(client: TestClient, path: str, status: int = 200, /, **body: Any) -> Line:
    response = client.post(f"{API}{path}", json=body)
    assert response.status_code == status, response.text
    return dict(response.json())


def listed(client: TestClient, **query: Any) -> dict[str, int]:
    return {tag["name"]: tag["cards"] for tag in get_json(client, "/tags", **query)["tags"]}


def decided(client: TestClient, **query: Any) -> set[str]:
    return {item["id"] for item in get_json(client, "/decisions", **query)["items"]}


def test_a_decision_carries_its_tags_and_lines_until_it_is_undone(client: TestClient, cards: list[str]) -> None:
    card = cards[0]
    said = {"tags": ["Off by one", "units"], "must": ["42 km", "b"], "must_not": ["41"]}
    first = submit(client, card, "discard", **said)
    assert {name: get_card(client, card)[name] for name in said} == said
    assert {name: get_history(client, card)[0][name] for name in said} == said
    (item,) = get_json(client, "/decisions")["items"]
    assert {name: item[name] for name in said} == said
    # a revision states all; another spelling is the same tag
    submit(client, card, "flag", tags=["UNITS"], revises=first["decision_id"])
    assert (get_card(client, card)["tags"], get_card(client, card)["must"]) == (["units"], [])
    assert listed(client) == {"units": 1, "Off by one": 0}
    undone = post(client, "/undo", id=card)["undone"]
    assert (undone["tags"], undone["must"], undone["must_not"]) == (["units"], [], [])
    assert {name: get_card(client, card)[name] for name in said} == said
    undone = post(client, "/undo", id=card)["undone"]
    assert {name: undone[name] for name in said} == said
    assert all(get_card(client, card)[name] == [] for name in said)
    assert listed(client) == {"Off by one": 0, "units": 0}


@pytest.mark.parametrize(
    "said", [{"tags": ["a,b"]}, {"tags": ["#a"]}, {"must": ["a\nb"]}, {"must": ["a"], "must_not": ["A"]}]
)
def test_what_is_no_tag_or_line_changes_nothing(client: TestClient, cards: list[str], said: Line) -> None:
    post(client, "/submit", 422, id=cards[0], action="flag", **said)
    post(client, "/bulk", 422, action="flag", ids=cards, **said)
    assert queue_ids(client) == cards
    assert listed(client) == {}


def test_a_tag_is_found_by_the_beginning_of_a_word(client: TestClient, cards: list[str]) -> None:
    submit(client, cards[0], "flag", tags=["off by one", "Byte order", "units"])
    submit(client, cards[1], "flag", tags=["units"])
    assert list(listed(client)) == ["units", "Byte order", "off by one"]
    assert listed(client, q="BY") == {"Byte order": 1, "off by one": 1}
    assert listed(client, q="nits") == {}


def test_a_renamed_tag_has_its_new_name_on_every_decision(client: TestClient, cards: list[str]) -> None:
    first = submit(client, cards[0], "flag", tags=["unit"])
    submit(client, cards[0], "flag", revises=first["decision_id"])
    submit(client, cards[1], "flag", tags=["unit", "other"])
    assert post(client, "/tags/rename", name="UNIT", to="Units") == {"ok": True, "name": "Units", "cards": 1}
    assert get_history(client, cards[0])[0]["tags"] == ["Units"]
    assert get_card(client, cards[1])["tags"] == ["Units", "other"]
    assert decided(client, tag="units") == {cards[1]}
    assert decided(client, tag="unit") == set()
    refused = post(client, "/tags/rename", 409, name="units", to="OTHER")
    assert (refused["code"], "merge" in refused["detail"]) == ("tag_exists", True)
    assert post(client, "/tags/rename", 404, name="none", to="x")["code"] == "unknown_tag"
    post(client, "/tags/rename", 422, name="units", to="a,b")
    # another spelling of its own name is no other tag, and the old name is free again
    post(client, "/tags/rename", name="units", to="UNITS")
    submit(client, cards[2], "flag", tags=["unit"])
    assert listed(client) == {"other": 1, "unit": 1, "UNITS": 1}


def test_a_merge_holds_for_what_is_undone_afterwards(client: TestClient, cards: list[str]) -> None:
    first = submit(client, cards[0], "flag", tags=["kg", "mass", "km"])
    submit(client, cards[0], "discard", revises=first["decision_id"])
    submit(client, cards[1], "flag", tags=["kg", "mass"])
    submit(client, cards[2], "flag", tags=["km"])
    assert post(client, "/tags/merge", names=["kg", "mass"], into="units")["cards"] == 1
    assert post(client, "/tags/merge", names=["units", "km"], into="KM") == {"ok": True, "name": "km", "cards": 2}
    # no chains, no doubles
    assert get_history(client, cards[0])[0]["tags"] == ["km"]
    assert get_card(client, cards[1])["tags"] == ["km"]
    post(client, "/undo", id=cards[0])
    assert get_card(client, cards[0])["tags"] == ["km"]
    assert listed(client) == {"km": 3}
    # the old names lead to it
    submit(client, cards[3], "flag", tags=["mass", "kg"])
    assert get_card(client, cards[3])["tags"] == ["km"]
    assert decided(client, tag="units") == set(cards[:4])
    # it may take one of them
    post(client, "/tags/rename", name="km", to="Units")
    assert listed(client) == {"Units": 4}
    assert decided(client, tag="km") == set(cards[:4])
    assert post(client, "/tags/merge", 404, names=["none"], into="units")["code"] == "unknown_tag"


def test_tags_are_counted_by_outcome_and_category(client: TestClient, cards: list[str]) -> None:
    submit(client, cards[0], "flag", tags=["units", "b"], failure_category="wrong_answer")
    submit(client, cards[1], "flag", tags=["units"])
    counted = {"name": "units", "cards": 2, "by_outcome": {"failed": 2}}
    counted["by_category"] = {"wrong_answer": 1, "uncategorised": 1}
    assert get_json(client, "/insights/tags", run_id=RUN)["tags"][0] == counted
    assert [tag["name"] for tag in get_json(client, "/insights/tags")["tags"]] == ["units", "b"]
    assert get_json(client, "/insights/tags", model_name="another") == {"tags": []}


def test_only_a_tag_that_no_card_has_can_be_deleted(client: TestClient, cards: list[str]) -> None:
    submit(client, cards[0], "flag", tags=["a/b"])
    refused = client.delete(f"{API}/tags/a%2Fb")
    assert (refused.status_code, refused.json()["code"]) == (409, "tag_in_use")
    post(client, "/undo", id=cards[0])
    assert client.delete(f"{API}/tags/a%2Fb").json() == {"ok": True, "name": "a/b", "cards": 0}
    assert listed(client) == {}
    assert client.delete(f"{API}/tags/a%2Fb").status_code == 404
    assert get_history(client, cards[0])[0]["tags"] == ["a/b"]
    submit(client, cards[0], "flag", tags=["a/b"])
    assert listed(client) == {"a/b": 1}


def test_tags_that_a_line_brings_are_those_of_the_waiting_card(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    lines = [
        candidate_line(0, tags=["Units", "units"], must=["42"], must_not=[]),
        candidate_line(1, tags=["units"], status="discarded"),
        candidate_line(2, tags="of another kind", must=["a\nb"]),
    ]
    import_lines(database, bench_dir, lines)
    waiting = [get_card(client, str(line["id"])) for line in lines]
    assert [(card["tags"], card["must"]) for card in waiting] == [(["Units"], ["42"]), (["Units"], []), ([], [])]
    assert queue_ids(client, tag="UNITS") == [lines[0]["id"]]
    assert decided(client, tag="units") == {lines[1]["id"]}
    assert listed(client) == {"Units": 2}
    (run,) = get_json(client, "/runs")
    assert [note for note in run["notes"] if "tags" in note]
    out = {line["id"]: line for line in map(dict, _candidates(client))}
    assert (out[lines[0]["id"]]["tags"], out[lines[0]["id"]]["must"]) == (["Units"], ["42"])
    assert (out[lines[2]["id"]]["tags"], out[lines[2]["id"]]["must"]) == ("of another kind", ["a\nb"])
    submit(client, str(lines[0]["id"]), "flag", tags=["other"])
    post(client, "/undo", id=lines[0]["id"])
    assert get_card(client, str(lines[0]["id"]))["tags"] == ["Units"]
    # what is taken back is not counted
    client.delete(f"{API}/runs/{RUN}", params={"decided_too": True})
    assert listed(client) == {"Units": 0, "other": 0}
    assert_consistent(database)
    client.post(f"{API}/runs/{RUN}/restore")
    assert listed(client)["Units"] == 2
    assert_consistent(database)


def _candidates(client: TestClient) -> list[Line]:
    return [
        json.loads(line) for line in client.get(f"{API}/export", params={"format": "candidates"}).text.splitlines()
    ]


class TestManyCards:
    def test_a_verdict_sets_the_tags_of_all(self, client: TestClient, cards: list[str]) -> None:
        said = {"tags": ["units"], "must": ["42"], "must_not": ["41"]}
        done = post(client, "/bulk", action="discard", ids=cards, **said)
        assert {name: get_card(client, cards[5])[name] for name in said} == said
        assert listed(client) == {"units": 6}
        post(client, f"/bulk/{done['batch_id']}/undo")
        assert listed(client) == {"units": 0}
        assert get_card(client, cards[5])["must"] == []

    def test_recategorise_gives_and_takes_tags(self, client: TestClient, cards: list[str]) -> None:
        submit(client, cards[0], "flag", tags=["kg", "b"], must=["42"])
        submit(client, cards[1], "flag", tags=["b"])
        submit(client, cards[2], "flag")
        submit(client, cards[3], "flag", tags=["c"])
        post(client, "/tags/merge", names=["kg"], into="units")
        step = {"action": "recategorise", "decided": {}, "add_tags": ["units", "new"], "remove_tags": ["B"]}
        assert post(client, "/bulk", **step, dry_run=True)["count"] == 4
        assert listed(client) == {"b": 2, "c": 1, "units": 1}
        done = post(client, "/bulk", **step)
        found = [get_card(client, card)["tags"] for card in cards[:4]]
        assert found == [["units", "new"], ["units", "new"], ["units", "new"], ["c", "units", "new"]]
        assert get_card(client, cards[0])["must"] == ["42"]
        # nothing is left to do
        assert post(client, "/bulk", 409, **step)["code"] == "nothing_matches"
        taken = post(client, "/bulk", action="recategorise", decided={"tag": "c"}, remove_tags=["units", "c", "new"])
        assert (taken["count"], get_card(client, cards[3])["tags"]) == (1, [])
        post(client, f"/bulk/{taken['batch_id']}/undo")
        assert post(client, f"/bulk/{done['batch_id']}/undo")["count"] == 4
        assert [get_card(client, card)["tags"] for card in cards[:4]] == [["units", "b"], ["b"], [], ["c"]]

    def test_nobody_gets_more_than_twenty(self, client: TestClient, cards: list[str]) -> None:
        submit(client, cards[0], "flag", tags=[f"t{number}" for number in range(20)])
        submit(client, cards[1], "flag")
        refused = post(client, "/bulk", 422, action="recategorise", decided={}, add_tags=["one more"])
        assert (refused["count"], get_card(client, cards[1])["tags"]) == (1, [])
        assert post(client, "/bulk", action="recategorise", decided={}, add_tags=["t3"])["count"] == 1

    @pytest.mark.parametrize(
        "step",
        [
            {"action": "recategorise", "tags": ["a"]},
            {"action": "recategorise", "must": ["a"], "failure_category": None},
            {"action": "recategorise", "add_tags": ["a"], "remove_tags": ["A"]},
            {"action": "flag", "add_tags": ["a"]},
        ],
    )
    def test_a_step_that_makes_no_sense_is_refused(self, client: TestClient, cards: list[str], step: Line) -> None:
        post(client, "/bulk", 422, ids=cards, **step)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_decision_without_tags_costs_no_statement_more(database: Database, cards: list[str]) -> None:
    def asked(card: str, *tags: str, revises: int | None = None) -> tuple[int, int]:
        with statements(database) as sent:
            done = decisions.submit(
                database, Submission(id=card, action="flag", tags=tags, must=["a"], revises=revises), "ann"
            )
        return done.decision_id, len([one for one in sent if TOUCHES_TAGS.search(one)])

    decision, count = asked(cards[0])
    assert count == 0
    decision, count = asked(cards[0], "a", "b", "c", revises=decision)
    assert count == 4  # they are new: looked for, entered, looked for, given to the card
    _, count = asked(cards[0], "c", revises=decision)
    assert count == 3
    assert asked(cards[1], "a", "b", "c")[1] == 2
    with statements(database) as sent:
        decisions.undo(database, cards[0], "ann")
    assert len([one for one in sent if TOUCHES_TAGS.search(one)]) == 3
