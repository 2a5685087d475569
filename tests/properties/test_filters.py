"""Whatever is filtered by: the page, its total and what a bulk step would change are what a plain filter in Python
takes, of the cards that wait and of those that are decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from avocet.db import Database
from avocet.review import bulk, decisions, history, queue, samples
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from tests.examples import examples
from tests.factories import RUN, Line, candidate_line, import_lines
from tests.properties.conftest import NewDesk

OTHER, CARDS, FIRST_DECIDED = "2026-02-03-000000", 48, 24
MODELS, TASKS, SOURCES, HARNESSES = ("a", "b", "c", None), ("x", "y", None), ("s", "t"), ("lm-eval", "inspect", None)
CHECKS = (None, {"kind": "exact", "expected": ["1"]}, {"kind": "from_tomorrow"})
REASONS = (None, "judge: bad", 'pattern_match: 1/3 required patterns matched; missing: ["b", "c"]')
CATEGORIES = (None, "wrong_answer", "format_error")
FAULTS = (None, "reference_wrong")
TAGS: tuple[list[str], ...] = ([], ["units"], ["units", "km"], ["km"])
ACTIONS, REVIEWERS = ("accept", "discard", "flag"), ("rowan", "wren")


def line(n: int) -> Line:
    return candidate_line(
        n,
        id=f"c{n}",
        model_name=MODELS[n % 4],
        task_type=TASKS[n % 3],
        source=SOURCES[n // 2 % 2],
        harness=HARNESSES[n // 5 % 3],
        check=CHECKS[n // 3 % 3],
        failure_reason=REASONS[n // 4 % 3],
        reference=[None, "ref", ["two"]][n // 7 % 3],
        model_response="é" * (n % 6),
        quality_score=(None, 0.0, 0.5, 0.9)[n // 6 % 4],
        tags=TAGS[n // 5 % 4],
    )


LINES = [line(n) for n in range(CARDS)]


def kind_of(card: Line) -> str:
    if card["check"] is None:
        return "missing_patterns" if card["failure_reason"] == REASONS[2] else "none"
    return "exact" if card["check"]["kind"] == "exact" else "unknown"


def several(*values: str) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=3)


def either(**values: tuple[str, ...]) -> dict[str, st.SearchStrategy[Any]]:
    return {f"{no}{name}": several(*them) for name, them in values.items() for no in ("", "not_")}


ANY = either(
    run_id=(RUN, OTHER, "nowhere"),
    model_name=("a", "b", "c", "d"),
    task_type=("x", "y"),
    source=SOURCES,
    harness=("lm-eval", "inspect"),
    check=("exact", "missing_patterns", "number", "unknown", "none"),
    shape=("0", "1", "none"),
    tag=("units", "KM", "unheard of"),
) | {
    "has_reference": st.none() | st.booleans(),
    "min_length": st.none() | st.integers(0, 6),
    "max_length": st.none() | st.integers(0, 6),
    "min_score": st.none() | st.sampled_from([0.0, 0.5]),
    "score": st.none() | st.just("none"),
}
SAID = either(
    action=ACTIONS,
    failure_category=("wrong_answer", "format_error", "uncategorised"),
    check_fault=("reference_wrong", "harness_fault", "none"),
    reviewer=REVIEWERS,
)


def some(of: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Up to three of the filters at once."""
    return st.lists(st.sampled_from(sorted(of)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: of[name] for name in names})
    )


def takes(asked: dict[str, Any], values: dict[str, str | None], card: Line) -> bool:
    """Whether a filter takes a card that has these values."""

    def listed(name: str) -> list[str]:
        given = asked.get(name)
        return [given] if isinstance(given, str) else list(given or ())

    for name, value in values.items():
        if listed(name) and value not in listed(name):
            return False
        if value in listed(f"not_{name}"):
            return False
    tags = set(card["tags"])
    wanted, unwanted = ({name.lower() for name in listed(key)} for key in ("tag", "not_tag"))
    if (wanted and not tags & wanted) or tags & unwanted:
        return False
    score, length = card["quality_score"], len(card["model_response"])
    wants_score, wants_reference = asked.get("min_score"), asked.get("has_reference")
    return (
        (wants_reference is None or wants_reference == (card["reference"] is not None))
        and (asked.get("min_length") or 0) <= length
        and length <= (99 if asked.get("max_length") is None else asked["max_length"])
        and (wants_score is None or (score is not None and score >= wants_score))
        and (asked.get("score") is None or score is None)
    )


def test_any_filter(new_desk: NewDesk) -> None:
    with new_desk() as (database, folder):
        import_lines(database, folder, LINES[:30], RUN)
        import_lines(database, folder, LINES[30:], OTHER)
        shapes = {
            item["id"]: item["reason_shape"] for item in queue.page(database, QueueFilter(), per_page=200).items
        }
        hashes = sorted({shape for shape in shapes.values() if shape})
        for n in range(FIRST_DECIDED, CARDS):
            decide(database, n)
        samples.draw(database, "s", Asked(size=10, seed=1), "rowan")

        def values(card: Line) -> dict[str, str | None]:
            names = ("model_name", "task_type", "source", "harness")
            run = RUN if LINES.index(card) < 30 else OTHER
            told = {"run_id": run, "check": kind_of(card), "shape": shapes[card["id"]] or "none"}
            return {name: card[name] for name in names} | told

        check_all(database, hashes, values)


def decide(database: Database, n: int) -> None:
    action = ACTIONS[n % 3]
    said = {"failure_category": CATEGORIES[n // 2 % 3], "check_fault": FAULTS[n // 4 % 2], "tags": TAGS[n // 5 % 4]}
    decisions.submit(database, Submission(id=f"c{n}", action=action, **said), REVIEWERS[n % 2])  # type: ignore[arg-type]


def check_all(database: Database, hashes: list[str], values: Callable[[Line], dict[str, str | None]]) -> None:
    def with_hashes(asked: dict[str, Any]) -> dict[str, Any]:
        """The filter with the hashes of the reasons' shapes in place of their numbers."""
        named = {"0": hashes[0], "1": hashes[1]}
        for name in ("shape", "not_shape"):
            given = asked.get(name)
            if isinstance(given, str):
                asked[name] = named.get(given, given)
            elif given:
                asked[name] = [named.get(one, one) for one in given]
        return asked

    @examples(150, deadline=None)
    @given(some(ANY), st.sampled_from(["imported", "newest", "lowest_score", "random", "same_prompt"]))
    def waiting(asked: dict[str, Any], order: Any) -> None:
        asked = with_hashes(asked)
        expected = {card["id"] for card in LINES[:FIRST_DECIDED] if takes(asked, values(card), card)}
        filters = QueueFilter(**asked, order=order)
        page = queue.page(database, filters, per_page=200)
        assert [item["id"] for item in page.items] == in_order(page.items, order)
        assert {item["id"] for item in page.items} == expected
        assert page.total == len(expected)
        assert bulk.preview(database, BulkStep(action="discard", queue=filters))[0] == len(expected)
        assert paged(database, filters) == [item["id"] for item in page.items]
        sampled = queue.page(database, msgspec.structs.replace(filters, sample="s"), per_page=200)
        drawn = queue.page(database, QueueFilter(sample="s"), per_page=200)
        assert {item["id"] for item in sampled.items} == expected & {item["id"] for item in drawn.items}

    @examples(150, deadline=None)
    @given(some(ANY | SAID))
    def decided(asked: dict[str, Any]) -> None:
        asked = with_hashes(asked)
        stand = {item.id: item for item in history.page(database, DecidedFilter(), per_page=200).items}

        def said(card: Line) -> dict[str, str | None]:
            one = stand[card["id"]]
            category, fault = one.failure_category or "uncategorised", one.check_fault or "none"
            names = {"action": one.action, "reviewer": one.reviewer}
            return values(card) | names | {"failure_category": category, "check_fault": fault}

        expected = {card["id"] for card in LINES[FIRST_DECIDED:] if takes(asked, said(card), card)}
        filters = DecidedFilter(**asked)
        page = history.page(database, filters, per_page=200)
        assert {item.id for item in page.items} == expected
        assert page.total == len(expected) == history.summary(database, filters).total
        step = BulkStep(action="recategorise", decided=filters, failure_category="hallucination")
        assert bulk.preview(database, step)[0] == len(expected)

    waiting()
    decided()


def in_order(items: Iterable[Line], order: str) -> list[str]:
    """The ids of the items in the orders that a plain sort knows, else as they are."""
    numbers = [int(item["id"][1:]) for item in items]
    match order:
        case "imported":
            numbers.sort()
        case "newest":
            numbers.sort(reverse=True)
    return [f"c{number}" for number in numbers]


def paged(database: Database, filters: QueueFilter) -> list[str]:
    """The cards of a filter, three at a time."""
    seen: list[str] = []
    while items := queue.page(database, filters, per_page=3, after=seen[-1] if seen else None).items:
        seen += [item["id"] for item in items]
    return seen
