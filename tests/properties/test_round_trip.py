"""What a candidate line carries comes back: import, `candidates` export, import into another desk."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from avocet import exports
from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from avocet.domain import OUTCOMES, STATUSES
from avocet.exports import Recipe
from avocet.faults import CHECK_FAULTS
from avocet.importers.base import ImportOptions
from tests.examples import examples
from tests.factories import Line, candidate_line, import_file, write_run
from tests.properties.conftest import NewDesk

EVERY = ImportOptions(keep={"passed": "all", "errored": "all", "unscored": "all"})
KNOWN = {*candidate_line(), "note", "harness", "item_id", "reference", "scores", "explanation"} | {
    *("extracted_answer", "reasoning", "tools", "details"),
    *("outcome", "check", "check_fault", "corrected_reference"),
}
texts = st.text(st.characters(codec=None), max_size=8)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), texts),
    lambda values: st.one_of(st.lists(values, max_size=3), st.dictionaries(texts, values, max_size=3)),
    max_leaves=8,
)
extras = st.dictionaries(texts.filter(lambda key: cleaned(key) not in KNOWN), json_values, max_size=4)
lines = st.builds(
    lambda number, known, extra: {**candidate_line(number), **extra, **known},
    st.integers(0, 10**6),
    st.fixed_dictionaries(
        {},
        optional={
            "note": texts,
            "explanation": texts,
            "failure_reason": texts,
            "reference": json_values,
            "scores": json_values,
            "details": json_values,
            "tools": json_values,
            "quality_score": st.floats(0, 1),
            "tokens_per_sec": st.floats(),
            "status": st.sampled_from(STATUSES),
            "failure_category": st.sampled_from([None, *FAILURE_CATEGORIES]),
            "model_response": texts,
            "outcome": st.sampled_from([None, *OUTCOMES]),
            "check": json_values,
            "check_fault": st.sampled_from([None, *CHECK_FAULTS]),
            "corrected_reference": json_values,
        },
    ),
    extras,
).filter(lambda line: not is_contradictory(line))


def is_contradictory(line: Line) -> bool:
    """Whether a line says that an answer which passed was failed wrongly: it is refused."""
    said = (line.get("outcome"), line.get("failure_category"))
    return said == ("passed", "scoring_artifact") and line["status"] != "needs_review"


def cleaned(value: Any) -> Any:
    """The documented cleaning, written a second time: no NaN, no NUL, no half pairs, no number beyond 64 bits."""
    match value:
        case str():
            # json writes a pair of halves that stand side by side as one character
            whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_half(value) else value
            return "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in whole)
        case float():
            return value if math.isfinite(value) else None
        case bool() | None:
            return value
        case int():
            return value if -(2**63) <= value < 2**63 else str(value)
        case list():
            return [cleaned(item) for item in value]
        case _:
            return {cleaned(key): cleaned(item) for key, item in value.items()}


def spelt(value: Any) -> Any:
    """Scores as they are kept: ∞ is one, which JSON can only hold as text."""
    match value:
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case list():
            return [spelt(item) for item in value]
        case dict():
            return {key: spelt(item) for key, item in value.items()}
        case _:
            return value


def _has_half(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def records(database: Database) -> bytes:
    return b"".join(exports.stream(database, Recipe(format="candidates")))


@examples(60)
@given(line=lines, escaped=st.booleans())
def test_a_line_comes_back_as_it_was(new_desk: NewDesk, line: Line, escaped: bool) -> None:
    read = json.loads(json.dumps(line))
    expected = cleaned({**read, "scores": spelt(read["scores"])} if "scores" in read else read)
    if expected["status"] == "approved":
        expected["corrected_response"] = expected["model_response"]
    for name in ("outcome", "check", "check_fault", "corrected_reference"):
        if expected.get(name) in (None, "failed" if name == "outcome" else None):
            expected.pop(name, None)
    written = json.dumps(line, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    try:
        written.decode()
    except UnicodeDecodeError:
        written = json.dumps(line).encode()
    with new_desk() as (database, folder):
        counts = import_file(database, write_run(folder, [written]), options=EVERY)
        assert (counts.imported + counts.kept, counts.rejected) == (1, 0)
        first = records(database)
    record = json.loads(first)
    missing = {key for key, value in record.items() if key not in expected and value is None}
    assert {key: value for key, value in record.items() if key not in missing} == expected
    with new_desk() as (database, folder):
        counts = import_file(database, write_run(folder, [first.removesuffix(b"\n")]), options=EVERY)
        assert counts.imported + counts.kept == 1
        assert records(database) == first
