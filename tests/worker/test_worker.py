"""The process that searches: one for all, stopped when a pattern does not end, and nothing left of it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator

import pytest

from avocet.worker import FoundPattern, PatternMark, PatternMarks, Worker, process
from avocet.worker.marks import MAX_GIVEN_UP

# each takes longer than the sun shines
ENDLESS = ["(a|a)*$", "(a+)+$", "((a*)b?)*c", "(a|a+){2,}$", "(?:a?){30}a{30}$"]
TEXT = f"yes {'a' * 34}!"


@pytest.fixture
def searching() -> Iterator[Worker]:
    searching = Worker()
    yield searching
    searching.close()
    assert pid(searching) is None


def pid(searching: Worker) -> int | None:
    return searching._work._process.pid if searching._work._process else None


def test_it_begins_with_the_first_who_asks_and_serves_the_next(searching: Worker) -> None:
    assert pid(searching) is None
    marks = searching.mark(TEXT, ["YES"], ["yes", "no"])
    assert marks == PatternMarks(
        [PatternMark(0, 3, "near", 1), PatternMark(0, 3, "forbidden", 2)],
        [
            FoundPattern("YES", "near", 1, "there, but for capitals", 1),
            FoundPattern("yes", "forbidden", 2, "found", 1),
        ],
        [],
    )
    first = pid(searching)
    assert searching.mark("no", [], ["no"]).marks == [PatternMark(0, 2, "forbidden", 1)]
    assert pid(searching) == first


@pytest.mark.parametrize("pattern", ENDLESS[:3])
def test_a_pattern_that_does_not_end_costs_itself(searching: Worker, pattern: str) -> None:
    searching.mark(TEXT, [], ["yes"])
    running = searching._work._process
    assert running is not None
    marks = searching.mark(TEXT, ["YES", pattern], ["yes"])
    assert [one.pattern for one in marks.legend] == ["YES", "yes"]
    assert marks.given_up == [pattern]
    # reaped: nothing of it is left in the list of processes
    assert running.returncode is not None
    assert searching.mark("yes", [], ["yes"]).given_up == []


def test_after_a_few_of_them_the_others_are_not_looked_for(searching: Worker) -> None:
    marks = searching.mark(TEXT, [], ["yes", *ENDLESS, "yes"])
    assert [one.pattern for one in marks.legend] == ["yes"]
    assert marks.given_up == [*ENDLESS, "yes"]
    assert len(ENDLESS) > MAX_GIVEN_UP


@pytest.mark.parametrize(
    "pattern", ["(" * 400, "a{1,999999999}" * 20, "(?:" * 90 + "a" + ")" * 90, "\0", "\ud83d", "[", "(?P=x)"]
)
def test_a_pattern_of_all_sorts_is_a_pattern_that_is_not_there(searching: Worker, pattern: str) -> None:
    marks = searching.mark("yes", [pattern], [pattern, "yes"])
    assert [one.pattern for one in marks.legend] == ["yes"]


def test_all_who_ask_at_once_are_served_by_one(searching: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    start = process._start

    def counted() -> subprocess.Popen[str]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(process, "_start", counted)
    answers: list[PatternMarks] = []
    asking = [threading.Thread(target=lambda: answers.append(searching.mark("yes", [], ["yes"]))) for _ in range(12)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert {len(answer.marks) for answer in answers} == {1}
    assert (len(answers), len(started)) == (12, 1)


def test_one_that_was_killed_begins_again(searching: Worker) -> None:
    searching.mark("yes", [], ["yes"])
    running = searching._work._process
    assert running is not None
    running.kill()
    running.wait()
    assert len(searching.mark("yes", [], ["yes"]).marks) == 1


def test_without_room_for_a_process_the_card_goes_without(searching: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> subprocess.Popen[str]:
        raise OSError("no room")

    monkeypatch.setattr(process, "_start", refuse)
    assert searching.mark("yes", ["a"], ["yes"]) == PatternMarks([], [], ["a", "yes"])
