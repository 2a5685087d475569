"""Checks in the process that can be stopped: the same results as outside it, and an end to those that have none."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from avocet.checks import (
    AllOf,
    Assertion,
    Assertions,
    Check,
    Exact,
    Extract,
    Includes,
    JsonSchema,
    MissingPatterns,
    Number,
    Patterns,
    run,
)
from avocet.errors import CheckUnusable
from avocet.worker import CheckOutcome, PatternMark, Worker, process
from avocet.worker.checking import TOO_SLOW
from tests.worker.test_worker import ENDLESS, TEXT, pid

POINT = {"type": "object", "required": ["x"]}


@pytest.fixture
def checking() -> Iterator[Worker]:
    checking = Worker()
    yield checking
    checking.close()
    assert pid(checking) is None


@pytest.mark.parametrize(
    "check",
    [
        Patterns(required=("x", "é"), forbidden=("sure",), max_words=3),
        MissingPatterns(missing=("x",)),
        Exact(expected=("x",)),
        Includes(expected=("👍",)),
        Number(value=1),
        JsonSchema(schema=POINT),
        AllOf(checks=(Patterns(required=("x",)), JsonSchema(schema=POINT))),
        Assertions(
            assertions=(Assertion(type="is-json", value=POINT), Assertion(type="not-contains", value="z")),
            others=("llm-rubric",),
        ),
    ],
    ids=lambda check: type(check).__name__,
)
@pytest.mark.parametrize("text", ['{"x": 1}', "é 👍 sure\n", ""])
def test_it_says_what_is_said_outside(checking: Worker, check: Check, text: str) -> None:
    there, here = checking.check(check, text), run(check, text)
    assert there == CheckOutcome(False, here.passed, here.is_partial, here.sentence, here.parts)


@pytest.mark.parametrize("pattern", ENDLESS[:2])
def test_a_check_that_does_not_end_is_stopped_and_the_next_one_works(checking: Worker, pattern: str) -> None:
    slow = checking.check(Patterns(required=("yes", pattern)), TEXT)
    assert slow == CheckOutcome(True, None, False, TOO_SLOW, [])
    assert "takes too long" in slow.sentence
    assert pid(checking) is None
    assert checking.check(Patterns(required=("yes",)), TEXT).passed
    assert checking.mark(TEXT, [], ["yes"]).marks == [PatternMark(0, 3, "forbidden", 1)]


def test_what_javascript_never_ends_is_stopped_too(checking: Worker) -> None:
    check = Assertions(assertions=(Assertion(type="regex", value=ENDLESS[0]),))
    assert checking.check(check, TEXT).is_slow
    assert checking.check(Exact(expected=("b",), extract=Extract(pattern=ENDLESS[1])), TEXT).is_slow


def test_one_process_serves_marks_and_checks(checking: Worker) -> None:
    checking.mark("yes", [], ["yes"])
    first = pid(checking)
    assert first is not None
    assert checking.check(Number(value=1), "1").passed
    assert checking.mark("yes", [], ["yes"]).marks
    assert checking.check(JsonSchema(schema=POINT), "{}").passed is False
    assert pid(checking) == first


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (Patterns(required=("(",)), "does not compile"),
        (JsonSchema(schema={"type": "thing"}), "no JSON schema"),
        (Assertions(assertions=(Assertion(type="similar", value="x"),)), "'similar' can't be run"),
        (Assertions(assertions=(Assertion(type="regex", value="(?i)x"),)), "JavaScript"),
    ],
)
def test_a_check_that_can_not_be_run_says_why(checking: Worker, check: Check, told: str) -> None:
    with pytest.raises(CheckUnusable, match="can't be run") as raised:
        checking.check(check, "x")
    assert told in raised.value.detail
    assert checking.check(Number(value=1), "1").passed


def test_without_room_for_a_process_the_check_is_not_run(checking: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> subprocess.Popen[str]:
        raise OSError("no room")

    monkeypatch.setattr(process, "_start", refuse)
    with pytest.raises(CheckUnusable, match="could not start"):
        checking.check(Number(value=1), "1")


def test_a_long_text_is_checked(checking: Worker) -> None:
    assert checking.check(Patterns(required=("end$",)), "é" * 900_000 + "end").passed
