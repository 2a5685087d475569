"""Like reasons have one shape. Every reason here was written by the importer or harness that is named beside it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.reasons import MOST_CHARACTERS, reason_shape, shape_hash
from tests.promises.project import ROOT

EXAMPLE = ROOT / "examples/smollm2/bench_results/2026-11-22-183817/sft_candidates.jsonl"


@pytest.mark.parametrize(
    ("reasons", "shape"),
    [
        # cf-orch and avocet bench
        (
            [
                'pattern_match: 0/1 required patterns matched; missing: ["\\\\b8\\\\b"]',
                'pattern_match: 2/3 required patterns matched; missing: ["\\\\b8\\\\b"]',
                r"pattern_match: 0/1 required patterns matched; missing: ['\\b8\\b']",
                r"missing pattern: \b8\b",
            ],
            r'missing: "\b8\b"',
        ),
        (
            ['missing: ["a", "B"]; forbidden: ["sure"]', 'forbidden: ["sure"]; missing: ["B", "a"]'],
            'missing: "B", "a"; forbidden: "sure"',
        ),
        (
            ["pattern_match: 1/1 required patterns matched; 60 words, at most 10", "31 words, at most 15"],
            "… words, at most …",
        ),
        (
            ["number: the last one is 41, expected 42 (± 0.5)", "number: the last one is 7, expected 8.5 (± 1)"],
            "number: the last one is …, expected … (± …)",
        ),
        (["number: none in the answer, expected 42"], "number: none in the answer, expected …"),
        (
            [
                "json_schema: $.total: '12' is not of type 'number'",
                "json_schema: $.total: [3] is not of type 'number'",
            ],
            "json_schema: $.total: … is not of type …",
        ),
        # lm-eval
        (
            [
                'exact_match 0 (passes at 1): answered " B", expected "B"',
                'exact_match 0 (passes at 1): answered "lol", expected "Paris" or "paris"',
                'exact_match 0.25 (passes at 0.5): answered ":\r\x19\ufffdګ7"[M", expected "S" or "s"',
            ],
            "exact_match … (passes at …): answered …, expected …",
        ),
        (
            ['exact_match 0 (passes at 1): answered "[invalid]", expected "42"'],
            'exact_match … (passes at …): answered "[invalid]", expected …',
        ),
        (
            [
                'mae ∞ (passes at 0 or less): answered "T: 200", expected "42.5"',
                'mae 2.5 (passes at 0 or less): answered "40", expected "42.5"',
            ],
            "mae … (passes at … or less): answered …, expected …",
        ),
        (['pass@1 0 (passes at 1): answered "    return x"'], "pass@1 … (passes at …): answered …"),
        # promptfoo
        (
            ['icontains: Expected output to contain "Paris"', 'icontains: Expected output to contain "it\'s"'],
            "icontains: expected output to contain …",
        ),
        (
            [
                'equals: Expected output "Lyon" to equal "Oslo"',
                'equals: Expected output "He said "no" to equal rights" to equal "Oslo"',
                'equals: Expected output "an answer so long that the reason is c',
            ],
            "equals: expected output … to equal …",
        ),
        (['equals: Expected output "" to equal "Oslo"'], 'equals: expected output "" to equal …'),
        (
            ['regex: Expected output to match regex "^\\d+$"'],
            'regex: expected output to match regex "^\\d+$"',
        ),
        (
            ["contains-all: Expected output to contain all of [a, b]. Missing: [b]"],
            "contains-all: expected output to contain all of …. missing: …",
        ),
        (
            [
                "is-json: Expected output to be valid JSON; "
                "javascript: Custom function returned false\noutput.city === 'Paris'"
            ],
            "is-json: expected output to be valid json; javascript: custom function returned false output.city === …",
        ),
        # deepeval
        (
            [
                "Contains 0.2 (passes at 0.5): expected 'Paris' not found in the answer; "
                "Exact Match 0 (passes at 1): The actual and expected outputs are different.",
                "Contains 0 (passes at 0.5): expected 'rain' not found in the answer; "
                "Exact Match 0.1 (passes at 1): The actual and expected outputs are different.",
            ],
            "contains … (passes at …): expected … not found in the answer; "
            "exact match … (passes at …): the actual and expected outputs are different",
        ),
        (
            ["Politeness 0 (passes at 0.5): A turn of the assistant doesn't say please."],
            "politeness … (passes at …): a turn of the assistant doesn't say please",
        ),
        # inspect
        (
            [
                'match I (passes at 1): answered "71", expected "72"',
                'match I (passes at 1): answered "I think it is 13, wrong", expected "12" or "twelve"',
            ],
            "match i (passes at …): answered …, expected …",
        ),
        (['judge P (passes at 1): answered "about", expected "7"'], "judge p (passes at …): answered …, expected …"),
        # lighteval, openai-evals, ragas
        (['em 0 (passes at 1): answered "", expected "4"'], 'em … (passes at …): answered "", expected …'),
        (['score 0 (passes at 1): answered "Lyon"'], "score … (passes at …): answered …"),
        # simple-evals
        (
            [
                'score 0.1 (passes at 1): 2 of 3 criteria missed: "Asks how bad it is", "Gives a dose"',
                'score -2 (passes at 1): 12 of 13 criteria missed: "a", "b", "c", "d", "e"',
            ],
            "score … (passes at …): … of … criteria missed: …",
        ),
        # somebody's own words
        (
            ["Traceback: File \"/usr/lib/x.py\", line 3, in foo", "traceback:  file 'a.py', line 12,\n in foo"],
            "traceback: file …, line …, in foo",
        ),
        (
            [
                "job 3fa85f64-5717-4562-b3fc-2c963f66afa6 at 2026-11-22T21:49:20Z failed",
                "Job 9fceb02d0ae598e95dc970b74767f19372d61af8 at 2026-11-23 failed.",
            ],
            "job … at … failed",
        ),
        (["see src/app/main.py:12 and data.jsonl", "see C:\\runs\\1\\out.txt and x-2.csv!"], "see …"),
        (["“a b” in https://example.org/a?b=1 after 3.5 km/h", "'it's' in /a-b after 4 km/h"], "… in … after … km/h"),
        (["No match", "no  match.", " NO\tMATCH "], "no match"),
    ],
)  # fmt: skip
def test_like_reasons_have_one_shape(reasons: list[str], shape: str) -> None:
    assert {reason_shape(reason) for reason in reasons} == {shape}


def test_reasons_of_different_kinds_have_different_shapes() -> None:
    reasons = [
        'missing: ["\\\\d"]',
        'missing: ["\\\\D"]',
        'forbidden: ["\\\\d"]',
        'exact_match 0 (passes at 1): answered "a", expected "b"',
        'f1 0 (passes at 1): answered "a", expected "b"',
        'exact_match 0 (passes at 1): answered "", expected "b"',
        'judge P (passes at 1): answered "a", expected "b"',
        'judge N (passes at 1): answered "a", expected "b"',
        'pass@1 0 (passes at 1): answered "a"',
        'pass@5 0 (passes at 1): answered "a"',
        'regex: Expected output to match regex "^a$"',
        'regex: Expected output to match regex "^b$"',
    ]
    assert len({reason_shape(reason) for reason in reasons}) == len(reasons)


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_without_a_reason_there_is_no_shape(reason: str | None) -> None:
    assert reason_shape(reason) is None


def test_long_lists_that_begin_alike_stay_apart() -> None:
    shapes = [reason_shape(f"missing: {json.dumps(['word' * 60, last])}") for last in ("x", "y")]
    assert shapes[0] != shapes[1]
    assert all(shape is not None and len(shape) <= MOST_CHARACTERS for shape in shapes)


def test_a_long_sentence_is_cut() -> None:
    assert reason_shape("so it went on " * 100 + "x") == reason_shape("so it went on " * 100 + "y")


def test_the_failures_of_the_example_group_by_what_was_missing() -> None:
    """230 of its cards failed by patterns; those that miss the same have one shape, and no others have it."""
    reasons = [json.loads(line)["failure_reason"] for line in EXAMPLE.read_text("utf-8").splitlines()]
    by_shape: dict[str, set[str]] = {}
    for reason in reasons:
        listed = re.search(r"missing: (\[.*?\"\])(?:;|$)", reason)
        by_shape.setdefault(reason_shape(reason) or "", set()).add(
            "".join(sorted(json.loads(listed[1]))) if listed else ""
        )
    assert len(reasons) > len(by_shape) > 100
    assert all(len(missing) == 1 for missing in by_shape.values())


HOSTILE = [
    '"\\', "'a ", "'a'a ", "a.", "a-1-", "/a", "[", "[a]", "{[", "1.", "-1", "…", "1 ", " ", "“", "«", ".py", "a.py.",
    "missing: [];", 'missing: ["a',
    'missing: ["\\"', "missing pattern: a;", "1/1 required patterns matched;", "`", "a1",
    'Expected output "', 'Expected output "a" to equal "', 'to match regex "', " (passes at 1)", 'answered "', "İ",
    "\x00", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("times", [1, 3, 100_000])
def test_a_hostile_reason_has_a_short_shape(piece: str, times: int) -> None:
    shape = reason_shape(piece * times)
    assert shape is None or 0 <= len(shape) <= MOST_CHARACTERS


@given(st.text() | st.lists(st.sampled_from(HOSTILE)).map("".join))
def test_any_reason_has_a_shape_that_is_a_shape(reason: str) -> None:
    shape = reason_shape(reason)
    if shape is None:
        assert not reason.strip()
    else:
        assert len(shape) <= MOST_CHARACTERS
        assert shape == " ".join(shape.split()) or "missing" in reason.lower() or "regex" in reason


@given(st.integers(0, 10**12), st.uuids(), st.dates(), st.text("abc xyz", min_size=1))
def test_what_belongs_to_an_item_alone_is_no_part_of_the_shape(
    number: int, uuid: object, date: object, quoted: str
) -> None:
    said = f'item {number} ({uuid}) of {date}: expected "{quoted}"'
    assert reason_shape(said) == "item … (…) of …: expected …"


def test_the_hash_is_sixteen_digits_and_stays() -> None:
    assert shape_hash("no match") == shape_hash("no match") == "ed4dd10051036b89"
    assert shape_hash("no match") != shape_hash("No match")
    assert re.fullmatch("[0-9a-f]{16}", shape_hash("\ud800"))
