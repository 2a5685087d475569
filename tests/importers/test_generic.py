"""Any table with a mapping: what columns may mean, and what becomes of each row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import ChoiceNeeded, InvalidRequest, RunUnreadable
from avocet.importers.base import ImportOptions, ReadItem, Settled
from avocet.importers.generic import Generic
from avocet.importers.generic.row import NO_CHECK, NO_MODEL
from avocet.importers.reading.meanings import MEANINGS
from avocet.runs import find, import_run
from tests.factories import assert_counted
from tests.importers.expected import as_expected, expectation, outcome, told
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content

FOLDER = SAMPLES / "generic"
MAPPINGS: dict[str, dict[str, str]] = json.loads((FOLDER / "mappings.json").read_text())
PLAIN = {"prompt": "q", "response": "a"}


def read(*rows: Any, mapping: dict[str, str] | None = None, **options: Any) -> list[ReadItem]:
    """The items of JSON Lines."""
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    return read_content(Generic(), content, mapping=PLAIN if mapping is None else mapping, **options)


def read_one(row: Any, **meanings: str) -> Any:
    return told(read(row, mapping=PLAIN | meanings)[0])


def refused(row: Any, **meanings: str) -> str:
    result = read_one(row, **meanings)
    assert isinstance(result, RejectedLine), result
    return result.reason


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_table_becomes_what_is_expected(name: str) -> None:
    found, expected = as_expected(Generic(), FOLDER / name, mapping=MAPPINGS[name]), expectation(FOLDER / name)
    for part in expected.keys() - {"candidates"}:
        assert found[part] == expected[part]
    assert len(found["candidates"]) == len(expected["candidates"])
    for candidate, wanted in zip(found["candidates"], expected["candidates"], strict=True):
        assert candidate == wanted


class TestMapping:
    @pytest.mark.parametrize(
        ("name", "guess"),
        [
            (
                "script.jsonl",
                {
                    "prompt": "question",
                    "response": "prediction",
                    "reference": "answer",
                    "score": "score",
                    "id": "meta.id",
                    "task": "category",
                    "model": "model",
                },
            ),
            (
                "spreadsheet.csv",
                {
                    "prompt": "Question",
                    "system": "system",
                    "response": "Model Answer",
                    "passed": "passed",
                    "id": "id",
                },
            ),
            (
                "answers.parquet",
                {"messages": "turns", "response": "output", "reference": "gold", "passed": "correct"},
            ),
        ],
    )
    def test_without_one_it_is_asked_for_with_a_guess(self, name: str, guess: dict[str, str]) -> None:
        with pytest.raises(ChoiceNeeded) as needed:
            read_files(Generic(), FOLDER / name)
        assert needed.value.extra["needs"] == "mapping"
        assert needed.value.extra["guess"] == guess
        assert set(guess.values()) <= set(needed.value.extra["columns"])
        assert needed.value.extra["meanings"] == list(MEANINGS)

    def test_messages_are_guessed_by_what_they_hold(self) -> None:
        for messages, found in (([{"role": "user", "content": "x"}], "messages"), ("text", "prompt")):
            with pytest.raises(ChoiceNeeded) as needed:
                read({"messages": messages, "prompt": "y", "output": "z"}, mapping={})
            assert found in needed.value.extra["guess"]

    @pytest.mark.parametrize(
        ("mapping", "told"),
        [
            ({"prompt": "q", "response": "nowhere"}, "no column 'nowhere'. It has: q, a, deep, deep.er"),
            ({"prompt": "q", "response": "a", "answer": "a"}, "'answer' is no meaning"),
            ({"response": "a"}, "map prompt or messages"),
            ({"prompt": "q"}, "map response"),
            ({"prompt": "q", "messages": "q", "response": "a"}, "not both"),
        ],
    )
    def test_one_that_cannot_be_is_refused_with_what_there_is(self, mapping: dict[str, str], told: str) -> None:
        with pytest.raises(InvalidRequest, match=told):
            read({"q": "x", "a": "y", "deep": {"er": "z"}}, mapping=mapping)

    def test_a_path_leads_into_objects_and_lists(self) -> None:
        row = {"io": {"in": "2+2?", "outs": [{"text": "5"}]}, "a.b": "4"}
        (item,) = read(row, mapping={"prompt": "io.in", "response": "io.outs.0.text", "reference": "a.b"})
        assert isinstance(item.result, CandidateDraft)
        assert (item.result.model_response, item.result.reference) == ("5", "4")

    def test_columns_that_mean_nothing_are_kept(self) -> None:
        assert read_one({"q": "x", "a": "y", "cost": 0.5, "note": ""}).details == {"metadata": {"cost": 0.5}}

    def test_never_recognised(self) -> None:
        for content in (b"prompt,response\nx,y\n", b'{"prompt": "x", "response": "y"}'):
            assert not Generic().recognises(sniff_content(content))


class TestOutcome:
    def test_without_a_check_every_row_is_a_failure(self) -> None:
        items = read({"q": "x", "a": "y"}, {"q": "x", "a": ""})
        assert [outcome(item) for item in items] == ["failed", "failed"]
        assert items[0].notes == (NO_CHECK, NO_MODEL)

    @pytest.mark.parametrize("value", [True, 1, "1", "Yes", " PASS ", "correct", "true", 1.0])
    def test_passed(self, value: Any) -> None:
        assert read_one({"q": "x", "a": "y", "ok": value}, passed="ok") == Settled("passed")

    @pytest.mark.parametrize("value", [False, 0, "0", "No", "FAIL", "incorrect", "false", 0.0])
    def test_failed(self, value: Any) -> None:
        assert isinstance(read_one({"q": "x", "a": "y", "ok": value}, passed="ok"), CandidateDraft)

    @pytest.mark.parametrize("value", [None, "", "NaN", float("nan")])
    def test_unscored(self, value: Any) -> None:
        for meaning in ("passed", "score"):
            assert read_one({"q": "x", "a": "y", "ok": value}, **{meaning: "ok"}) == Settled("unscored")

    @pytest.mark.parametrize("value", ["perhaps", [], {}, 2])
    def test_neither(self, value: Any) -> None:
        assert "ok is" in refused({"q": "x", "a": "y", "ok": value}, passed="ok")
        if value != 2:
            assert "number" in refused({"q": "x", "a": "y", "ok": value}, score="ok")

    @pytest.mark.parametrize("value", [0.5, "0.5", 0, False])
    def test_a_score_below_the_threshold_fails(self, value: Any) -> None:
        draft = read_one({"q": "x", "a": "y", "s": value}, score="s")
        assert (draft.quality_score, draft.scores) == (float(value), {"s": float(value)})
        assert draft.failure_reason.startswith(f"s {float(value):g} (passes at 1): answered")

    def test_the_rows_own_words_come_first(self) -> None:
        draft = read_one({"q": "x", "a": "y", "s": 0, "why": "Not a capital."}, score="s", reason="why")
        assert draft.failure_reason == "Not a capital."

    def test_beyond_1_the_threshold_is_asked_for(self) -> None:
        rows = [{"q": "x", "a": "y", "s": value} for value in (40, 90)]
        with pytest.raises(ChoiceNeeded) as needed:
            read(*rows, mapping=PLAIN | {"score": "s"})
        assert needed.value.extra["needs"] == "threshold"
        items = read(*rows, mapping=PLAIN | {"score": "s"}, threshold=50)
        assert [outcome(item) for item in items] == ["failed", "passed"]
        assert isinstance(items[0].result, CandidateDraft)
        assert items[0].result.quality_score is None

    def test_another_metric_than_the_mapped_one_is_unknown(self) -> None:
        with pytest.raises(InvalidRequest, match="There is no metric 'f1'"):
            read({"q": "x", "a": "y", "s": 0}, mapping=PLAIN | {"score": "s"}, metric="f1")


class TestTexts:
    @pytest.mark.parametrize("written", [json.dumps, repr, lambda value: value])
    def test_messages_as_a_list_or_written_out(self, written: Any) -> None:
        turns = [
            {"role": "user", "content": "it's 2+2?"},
            {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]},
        ]
        for mapping in ({"messages": "q", "response": "a"}, PLAIN):
            (item,) = read({"q": written(turns), "a": "5"}, mapping=mapping)
            assert isinstance(item.result, CandidateDraft)
            assert item.result.prompt_messages == turns

    def test_without_a_response_the_last_message_is_it(self) -> None:
        turns = [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "5"}]
        mapping = {"messages": "m", "system": "s"}
        found = read(
            {"m": turns, "s": "Brief."}, {"m": turns[:1], "s": ""}, {"m": turns[1:], "s": ""}, mapping=mapping
        )
        assert isinstance(found[0].result, CandidateDraft)
        assert found[0].result.prompt_messages == [{"role": "system", "content": "Brief."}, turns[0]]
        assert found[0].result.model_response == "5"
        for item in found[1:]:
            assert isinstance(item.result, RejectedLine)
            assert "map response" in item.result.reason

    def test_a_system_prompt_goes_before_unless_there_is_one(self) -> None:
        own = [{"role": "system", "content": "Own."}, {"role": "user", "content": "x"}]
        assert read_one({"q": own, "a": "y", "s": "Other."}, system="s").prompt_messages == own
        draft = read_one({"q": "x", "a": "y", "s": "Other."}, system="s")
        assert draft.prompt_messages[0] == {"role": "system", "content": "Other."}

    def test_tool_calls_and_objects_as_a_response(self) -> None:
        calls = [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
        draft = read_one({"q": "x", "a": calls})
        assert json.loads(draft.model_response) == [{"id": "1", **{k: v for k, v in calls[0].items() if k != "id"}}]
        assert draft.details["response_type"] == "tool_calls"
        assert read_one({"q": "x", "a": {"city": "Bern"}}).model_response == '{"city":"Bern"}'

    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ({"q": None, "a": "y"}, "q is empty"),
            ({"q": "", "a": "y"}, "q is empty"),
            ({"a": "y"}, "q is empty"),
            ({"q": "x", "a": None}, "a is null"),
            ({"q": "x"}, "a is null"),
            ({"q": [{"role": "robot", "content": "x"}], "a": "y"}, "role"),
        ],
    )
    def test_a_row_without_them_is_rejected(self, row: dict[str, Any], told: str) -> None:
        items = read({"q": "x", "a": "y"}, row)
        assert isinstance(items[1].result, RejectedLine)
        assert told in items[1].result.reason

    @pytest.mark.parametrize("row", [5, None, [], "text"])
    def test_a_row_that_is_no_object_is_rejected(self, row: Any) -> None:
        items = read({"q": "x", "a": "y"}, row)
        assert isinstance(items[1].result, RejectedLine)

    def test_media_are_refused_by_name(self) -> None:
        turns = [{"role": "user", "content": [{"type": "image_url"}]}]
        result = read_one({"q": turns, "a": "y"})
        assert (result.code, "image_url" in result.reason) == ("media_not_supported", True)


class TestLabels:
    def test_a_category_and_a_correction_come_along_undecided(self) -> None:
        row = {"q": "x", "a": "y", "c": "wrong_answer", "fix": "z"}
        draft = read_one(row, failure_category="c", corrected_response="fix")
        assert (draft.failure_category, draft.corrected_response, draft.status) == (
            "wrong_answer",
            "z",
            "needs_review",
        )
        assert read_one({**row, "c": ""}, failure_category="c").failure_category is None
        assert "scoring_artifact" in refused({**row, "c": "typo"}, failure_category="c")

    @pytest.mark.parametrize(
        ("value", "moment"),
        [
            ("2026-01-02T03:04:05", "2026-01-02T03:04:05"),
            (1767225600, "2026-01-01T00:00:00Z"),
            (1767225600123, "2026-01-01T00:00:00.123000Z"),
            (7, "7"),
            (None, None),
            ("", None),
            ([], None),
            (1e308, "1e+308"),
        ],
    )
    def test_a_time(self, value: Any, moment: str | None) -> None:
        assert read_one({"q": "x", "a": "y", "t": value}, timestamp="t").timestamp == moment

    def test_the_model_is_the_rows_else_the_one_that_is_told(self) -> None:
        mapping = PLAIN | {"model": "m"}
        items = read(
            {"q": "x", "a": "y", "m": "org/a"}, {"q": "x", "a": "z", "m": ""}, mapping=mapping, model_name="b"
        )
        assert [item.result.model_name for item in items if isinstance(item.result, CandidateDraft)] == ["a", "b"]

    def test_a_label_is_not_endless(self) -> None:
        assert "longer than 256" in refused({"q": "x", "a": "y", "t": "x" * 257}, task="t")

    @pytest.mark.parametrize(
        ("value", "reference"),
        [
            ("['a', 'b']", ["a", "b"]),
            ("[1, 2]", "[1, 2]"),
            (["a"], ["a"]),
            (7, "7"),
            ("", None),
            ("[x", "[x"),
            ({}, "{}"),
        ],
    )
    def test_a_reference(self, value: Any, reference: Any) -> None:
        assert read_one({"q": "x", "a": "y", "r": value}, reference="r").reference == reference


def test_the_id_is_the_rows_or_made_of_its_texts_whatever_is_shown() -> None:
    row = {"q": "x", "a": "y", "n": 7, "other": "shown instead"}
    (plain,), (shown,) = read(row), read(row, prompt_field="other")
    assert plain.key == shown.key
    assert isinstance(shown.result, CandidateDraft)
    assert shown.result.prompt_messages == [{"role": "user", "content": "shown instead"}]
    (named,) = read(row, mapping=PLAIN | {"id": "n"})
    assert named.key is not None
    assert named.key.item == "7"
    with pytest.raises(InvalidRequest, match="q, a, other"):
        read(row, prompt_field="n")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"\n\n", b'"'])
def test_what_is_no_table_is_unreadable(content: bytes) -> None:
    with pytest.raises(RunUnreadable):
        read_content(Generic(), content, mapping=PLAIN)


def test_import_counts_add_up_and_a_second_one_skips(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "script.jsonl"
    path.write_bytes((FOLDER / "script.jsonl").read_bytes())
    (source,) = find(path, "generic")
    options = ImportOptions(mapping=MAPPINGS["script.jsonl"])
    first = import_run(database, source, importer_name="generic", options=options)
    assert (first.read, first.imported, first.passed, first.unscored, first.rejected) == (5, 2, 1, 1, 1)
    again = import_run(database, source, importer_name="generic", options=options)
    assert (again.imported, again.skipped) == (0, 2)
    assert_counted(database)
