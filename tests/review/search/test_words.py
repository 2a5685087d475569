"""What a text says to a search, and what a query looks for."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.db.fulltext import BREAK, Term
from avocet.review.search.words import MAX_WORD_CHARACTERS, finder, fold, terms, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The capital of France.", "the capital of france"),
        ("snake_case, kebab-case; 3.40", "snake case kebab case 3 40"),
        ("Café CAFE\u0301", "cafe cafe"),
        ("ﬁsh ＡＢＣ ①", "fish abc 1"),
        ("İSTANBUL straße", "istanbul strasse"),
        ("Οδυσσεύς ΟΔΥΣΣΕΎΣ", "οδυσσευσ οδυσσευσ"),
        ("Ещё Việt", "еще viet"),
        ("שָׁלוֹם مَرحَبًا", "שלום مرحبا"),
        ("हिन्दी", "हिन्दी"),
        ("日本の首都", "日本 本の の首 首都 都"),
        ("重跑gen-itgc后50条", "重跑 跑 gen itgc 后 50 条"),
        ("か\u3099 ｶﾞ", "が ガ"),
        ("กรุง", "กร รุ ุง ง"),
        ("서울은", "서울 울은 은"),
        ("great 👍🏽 ☺️", "great 👍🏽 🏽 ☺"),
        ("👨\u200d👩\u200d👧", "👨👩 👩👧 👧"),
        ("€5 → x×y ────", "€ 5 → x × y"),
        ("soft\u00adhyphen in\u200bvisible", "softhyphen invisible"),
        ("𠮷野家", "𠮷野 野家 家"),
        (f"{BREAK} ???", ""),
        ("x" * 999, "x" * MAX_WORD_CHARACTERS),
    ],
)
def test_words_of_a_text(text: str, said: str) -> None:
    assert " ".join(words(text)) == said


@pytest.mark.parametrize(
    ("query", "sought"),
    [
        ("capital fra", [(("capital",), False), (("fra",), True)]),
        ("fra ", [(("fra",), False)]),
        ("f", [(("f",), False)]),
        ('"capital of" x', [(("capital", "of"), False), (("x",), False)]),
        ("“capital of”", [(("capital", "of"), False)]),
        ('"half open', [(("half", "open"), True)]),
        ("first ???", [(("first",), True)]),
        ("首", [(("首",), True)]),
        ("首都", [(("首都",), False)]),
        ("中山區", [(("中山", "山區"), False)]),
        ("跑gen", [(("跑", "gen"), True)]),
        ("首都　京", [(("首都",), False), (("京",), True)]),
        ("👍", [(("👍",), True)]),
        ('"', []),
        ("", []),
        ("??? —", []),
    ],
)
def test_terms_of_a_query(query: str, sought: list[tuple[tuple[str, ...], bool]]) -> None:
    assert terms(query) == [Term(*one) for one in sought]


MARKS = msgspec.json.decode((Path(__file__).parents[2] / "samples/cases/text/marks.json").read_bytes())


@pytest.mark.parametrize("case", MARKS, ids=lambda case: case["query"])
def test_what_the_page_marks_is_what_is_found(case: dict[str, Any]) -> None:
    """The page is held to the same table: web/src/reading/searchWords.spec.ts."""
    sought = terms(case["query"])
    found = [term for term in sought if finder([term])([case["text"]])]
    assert len(found) == len({mark.casefold() for mark in map(fold, case["marks"])})


SPOKEN = st.text(st.sampled_from("ab é首都京のเม👍1-_ \n\"'\\:*Σς"), max_size=40)


@given(text=SPOKEN, start=st.integers(0, 40), length=st.integers(1, 8))
def test_whatever_stands_in_a_run_without_spaces_is_found(text: str, start: int, length: int) -> None:
    part = "".join(character for character in text[start : start + length] if character in "首都京の👍")
    if part and part in text:
        assert finder(terms(part))([text])


@given(text=st.text(max_size=60))
def test_a_text_finds_itself_in_any_normal_form_and_case(text: str) -> None:
    # a quotation mark is no letter, but it parts phrases
    text = text.translate(dict.fromkeys(map(ord, '"“”„‟«»')))
    for written in (text, unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text), fold(text)):
        assert finder(terms(written))([text]) == bool(words(text))


@given(text=st.text())
def test_no_word_needs_quoting(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= MAX_WORD_CHARACTERS
        assert not set(word) & set(" '\"\\:*\x00\n" + BREAK)
        assert len(word.encode()) < 2046
