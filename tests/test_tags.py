"""What a tag is, and what a must line is."""

from __future__ import annotations

import pytest

from avocet import must, tags
from avocet.errors import InvalidRequest


def test_spellings_of_a_tag_are_one_and_the_first_stays() -> None:
    assert tags.checked(["  Off \t by\none ", "units", "OFF BY ONE", "Units"]) == ("Off by one", "units")
    assert tags.checked(["cafe\u0301", "CAFÉ"]) == ("café",)
    assert tags.checked(["STRASSE", "straße", "C#", "x" * 40]) == ("STRASSE", "C#", "x" * 40)
    assert len(tags.checked([f"t{number}" for number in range(20)])) == 20


@pytest.mark.parametrize("tag", ["", "  ", "\u200b", "#units", "a,b", "x" * 41, "a\x07b", "a\u202eb", "\ud800"])
def test_what_is_no_tag_is_refused_by_name(tag: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        tags.checked(["fine", tag])
    assert refused.value.extra == {"tag": tag}
    assert "1 to 40 characters" in refused.value.detail


def test_more_than_twenty_tags_are_refused() -> None:
    with pytest.raises(InvalidRequest, match="at most 20 tags; these are 21"):
        tags.checked([f"t{number}" for number in range(21)])


def test_lines_are_trimmed_and_kept_in_order_each_once() -> None:
    assert must.checked([" 42 km ", "b", "42  KM"], ["a"]) == (("42 km", "b"), ("a",))


@pytest.mark.parametrize(
    ("lines", "others", "said"),
    [
        (["a\nb"], [], "in must is no line"),
        ([], ["  "], "in must_not is no line"),
        (["x" * 501], [], "1 to 500 characters"),
        ([str(number) for number in range(21)], [], "at most 20 lines"),
        (["42 km"], ["42  KM"], "in must and in must_not"),
    ],
)
def test_what_is_no_line_is_refused(lines: list[str], others: list[str], said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        must.checked(lines, others)
