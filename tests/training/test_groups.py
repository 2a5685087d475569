"""Rows and tokens by outcome and category: every row is in exactly one group of each kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.domain import OUTCOMES
from avocet.training import groups, rows
from avocet.training.fitting import Fitted, Tokens
from avocet.training.groups import RowGroup
from avocet.training.rows import NOT_SAID, Row


def row(category: str, outcome: str = "failed") -> Row:
    return Row(where="", category=category, value={}, outcome=outcome)


def fitted(*found: tuple[Row, int, int]) -> Fitted:
    by_row = [Tokens(tokens, answers) for _, tokens, answers in found]
    return Fitted(rows=[one for one, _, _ in found], by_row=by_row, left_out={}, unlike_prefix=0)


def test_rows_and_tokens_are_counted_by_name() -> None:
    train = fitted((row("hallucination"), 10, 4), (row("hallucination", "passed"), 20, 5), (row(NOT_SAID), 7, 1))
    validation = fitted((row("hallucination"), 100, 50))
    read = {"hallucination": 4, "style_violation": 3, NOT_SAID: 1}
    used = {"hallucination": 4, NOT_SAID: 1}
    found = groups.grouped(read, used, train, validation, rows.category_of)
    assert found == {
        "hallucination": RowGroup(rows=4, used=4, trained=2, measured=1, answer_tokens=9, tokens=30),
        "style_violation": RowGroup(rows=3),
        NOT_SAID: RowGroup(rows=1, used=1, trained=1, answer_tokens=1, tokens=7),
    }
    assert groups.sentence(found) == "2 rows hallucination (9 of 30 tokens), 1 row not said (1 of 7 tokens)"
    by_outcome = groups.grouped({"failed": 7, "passed": 1}, {}, train, validation, rows.outcome_of)
    assert by_outcome["passed"] == RowGroup(rows=1, trained=1, answer_tokens=5, tokens=20)


all_rows = st.builds(
    row, st.sampled_from((*FAILURE_CATEGORIES, UNCATEGORISED, NOT_SAID)), st.sampled_from((*OUTCOMES, NOT_SAID))
)


@given(st.lists(st.tuples(all_rows, st.integers(1, 50), st.integers(0, 50))), st.lists(all_rows))
def test_nothing_is_lost_between_the_groups(trained: list[tuple[Row, int, int]], measured: list[Row]) -> None:
    train, validation = fitted(*trained), fitted(*((one, 1, 1) for one in measured))
    everything = [*train.rows, *validation.rows]
    for name_of in (rows.category_of, rows.outcome_of):
        read = rows.count(everything, name_of)
        found = groups.grouped(read, read, train, validation, name_of).values()
        assert sum(one.rows for one in found) == len(everything)
        assert sum(one.trained for one in found) == len(train.rows)
        assert sum(one.measured for one in found) == len(measured)
        assert sum(one.tokens for one in found) == train.tokens
        assert sum(one.answer_tokens for one in found) == train.answer_tokens
