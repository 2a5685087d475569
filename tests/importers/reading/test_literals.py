"""Python's `repr` read as JSON, without running anything."""

from __future__ import annotations

from contextlib import suppress
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.importers.reading.literals import literal

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=8,
)


@given(VALUES)
def test_what_repr_writes_comes_back(value: Any) -> None:
    assert literal(repr([value])) == [value]


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for written in (text, f"[{text}]", repr(text)[:-1]):
        with suppress(ValueError):
            literal(written)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('["a"]', ["a"]),
        ("(1, 2)", [1, 2]),
        ("(1,)", [1]),
        ("()", []),
        ("[inf, -inf, None]", [inf, -inf, None]),
        ("[np.float64(0.5), np.str_('x')]", None),
        ("[np.float64(0.5), np.float64(inf)]", [0.5, inf]),
        ("{'a': array(['x', 'y'], dtype=object)}", {"a": ["x", "y"]}),
        ("""["it's", 'say "hi"', 'both \\' "']""", ["it's", 'say "hi"', "both ' \""]),
    ],
)
def test_what_pandas_and_numpy_write(text: str, value: Any) -> None:
    if value is None:
        with pytest.raises(ValueError):
            literal(text)
    else:
        assert literal(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "[", "['a'", "name", "1 + 1", "[1 2]", "{1, 2}", "b'x'", "'a' 'b'", "lambda: 1"),
        *("__import__('os').system('true')", "open('x')", "(" * 100_000, "[" * 65 + "]" * 65, "-" * 100_000 + "1"),
        *("'" + "\\'" * 100_000, "'" * 100_001, '"' + "a" * 100_000, "array([1," * 20_000),
    ],
)
def test_anything_else_is_refused_at_once(text: str) -> None:
    with pytest.raises(ValueError):
        literal(text)
