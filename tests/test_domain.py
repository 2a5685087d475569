"""The desk's words: as design.md has them, and the same everywhere."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import String

from avocet import categories, domain
from avocet.api.shapes import card_shape
from avocet.domain import CandidateDraft
from avocet.models import Candidate
from avocet.review.candidates import CARD_COLUMNS
from avocet.review.passes import stored_category


def test_the_words() -> None:
    assert categories.FAILURE_CATEGORIES == (
        "scoring_artifact",
        "style_violation",
        "partial_answer",
        "wrong_answer",
        "format_error",
        "hallucination",
    )
    assert domain.STATUSES == ("needs_review", "approved", "discarded", "model_rejected")
    assert domain.STATUS_AFTER == {
        "correct": "approved",
        "accept": "approved",
        "discard": "discarded",
        "flag": "model_rejected",
    }
    assert tuple(domain.STATUS_AFTER) == domain.VERDICTS
    assert categories.UNCATEGORISED not in categories.FAILURE_CATEGORIES


def test_only_accept_brings_a_category_of_its_own() -> None:
    for verdict in domain.VERDICTS:
        assert stored_category(verdict, None, "failed") == ("scoring_artifact" if verdict == "accept" else None)
        for category in categories.FAILURE_CATEGORIES:
            assert stored_category(verdict, category, "failed") == category


@pytest.mark.parametrize(
    ("note", "stored"), [(None, None), ("", None), (" \n", None), ("\u200b", None), (" why ", " why ")]
)
def test_a_blank_note_is_none(note: str | None, stored: str | None) -> None:
    assert domain.stored_note(note) == stored


def test_every_category_says_what_it_means() -> None:
    assert tuple(categories.CATEGORY_MEANINGS) == categories.FAILURE_CATEGORIES
    assert all(categories.CATEGORY_MEANINGS.values())


def test_the_columns_hold_the_longest_words() -> None:
    columns = Candidate.__table__.columns
    for name, words in (("status", domain.STATUSES), ("failure_category", categories.FAILURE_CATEGORIES)):
        kind = columns[name].type
        assert isinstance(kind, String)
        assert max(map(len, words)) <= (kind.length or 0)


def test_what_a_draft_holds_is_stored_and_comes_back() -> None:
    fields = set(CandidateDraft.__struct_fields__)
    stored = {column.name for column in Candidate.__table__.columns}
    assert fields <= stored
    shown = {column.key for column in CARD_COLUMNS}
    assert fields <= shown
    assert fields - {"extra"} <= card_shape().model_fields.keys()
    # these are made of its values when it is asked for
    made = {"texts", "likeness", "proposal", "is_withheld"}
    assert card_shape().model_fields.keys() - made == shown - {"extra", "is_sampled"}


@pytest.mark.parametrize("module", ["domain", "errors", "importers", "exporters"])
def test_the_inner_modules_know_neither_database_nor_http(module: str) -> None:
    code = (
        f"import sys, avocet.{module}; print([m for m in ('sqlalchemy', 'fastapi', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
