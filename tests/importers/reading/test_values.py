"""JSON of any shape, taken as the shape that a reader expects."""

from __future__ import annotations

from typing import Any

import pytest

from avocet.importers.reading.values import (
    distinct,
    items,
    mapping,
    objects,
    several,
    text_or_none,
    value_in,
    written,
)


@pytest.mark.parametrize("value", [None, True, 0, 1.5, "text", "", [], [{"a": 1}], {}, {"a": 1}])
def test_another_shape_counts_as_nothing(value: Any) -> None:
    assert mapping(value) == (value if isinstance(value, dict) else {})
    assert items(value) == (value if isinstance(value, list) else [])
    assert several(value) == (value if isinstance(value, list) else [value])
    assert text_or_none(value) == (value if value == "text" else None)


def test_only_the_objects_of_a_list_are_objects() -> None:
    assert objects([{"a": 1}, "b", None, [{}], {}]) == [{"a": 1}, {}]
    assert objects({"a": {}}) == []


def test_a_path_may_lead_nowhere() -> None:
    value = {"a": {"b": [1]}, "c": None}
    assert value_in(value, "a", "b") == [1]
    assert [value_in(value, *path) for path in (("a", "x"), ("c", "b"), ("a", "b", "0"), ("x", "y"))] == [None] * 4
    assert value_in(value) is value


def test_what_is_not_text_is_written_as_json() -> None:
    assert [written(value) for value in ("é", {"a": [1, None]}, None, False)] == [
        "é",
        '{"a":[1,null]}',
        "null",
        "false",
    ]


def test_each_value_once_in_its_order() -> None:
    assert distinct(["b", None, "a", "", "b"]) == ["b", "a"]
