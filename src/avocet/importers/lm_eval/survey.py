"""A first, quick look at a whole samples file: its metrics, and which of its rows are of one document.

A task with several filters repeats every document once for each of them. All rows of a document are one item: the row
of one filter decides, and the answers and scores of the others go with it.
"""

from __future__ import annotations

from collections import Counter as Tally
from math import isinf
from typing import Any

import msgspec

from avocet.domain import Json
from avocet.importers.base import SourceFile
from avocet.importers.choosing import text_fields
from avocet.importers.lm_eval.rows import Rows, metric_names, number, value_of

SAMPLED_ROWS = 20
_LIKELIHOODS = frozenset({"bypass", "perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte"})
_MOST_SMALL = 1 << 26

DocId = int | str


class Survey(msgspec.Struct):
    """What a look at a samples file found.

    `metrics` holds by filter the scores that are single numbers, and whether all values seen are from 0 to 1.
    `others` are the positions of a document's rows that decide nothing.
    """

    metrics: dict[str | None, dict[str, bool]]
    prompt_fields: list[str]
    others: dict[DocId, tuple[int, ...]]

    @property
    def filters(self) -> list[str | None]:
        return list(self.metrics)


class _Glance(msgspec.Struct):
    doc_id: Any = None
    filter: Any = None


class _DocIds:
    """A set of document ids; a small number, as nearly all of them are, takes one byte."""

    def __init__(self) -> None:
        self._small = bytearray()
        self._rest: set[DocId] = set()

    def __contains__(self, doc: DocId) -> bool:
        if isinstance(doc, int) and 0 <= doc < _MOST_SMALL:
            return doc < len(self._small) and self._small[doc] == 1
        return doc in self._rest

    def add(self, doc: DocId) -> None:
        if not isinstance(doc, int) or not 0 <= doc < _MOST_SMALL:
            self._rest.add(doc)
            return
        if doc >= len(self._small):
            self._small.extend(bytes(max(doc + 1 - len(self._small), 4096)))
        self._small[doc] = 1


def doc_key(doc_id: object) -> DocId | None:
    """A document's id as a key; None if it has none."""
    if isinstance(doc_id, int | str) and not isinstance(doc_id, bool):
        return doc_id
    return None if doc_id is None else repr(doc_id)


def filter_name(value: object) -> str | None:
    return value if isinstance(value, str) else None


def survey(file: SourceFile, deciding: str | None = None) -> Survey:
    """Look at a file. The rows of the filter `deciding` decide, or those of its first filter if that is None."""
    metrics: dict[str | None, dict[str, bool]] = {}
    sampled: Tally[str | None] = Tally()
    fields: dict[str, None] = {}
    others: dict[DocId, tuple[int, ...]] = {}
    decided = _DocIds()
    decoder = msgspec.json.Decoder(_Glance)
    with Rows(file) as rows:
        for position, raw in rows.raw():
            row = _glance(decoder, raw)
            if row is None:
                continue
            name = filter_name(row.filter)
            # the harness may have been unable to score the first rows
            if sampled[name] < SAMPLED_ROWS or not metrics[name]:
                sampled[name] += 1
                _sample(value_of(raw), metrics.setdefault(name, {}), fields)
                deciding = deciding or name
            doc = doc_key(row.doc_id)
            if doc is None:
                continue
            if name != deciding or (name is None and doc in decided):
                others[doc] = (*others.get(doc, ()), position)
            else:
                decided.add(doc)
    for doc in [doc for doc in others if doc not in decided]:
        # a document without a row of the deciding filter is decided by its first row
        others[doc] = others[doc][1:]
    return Survey(metrics, list(fields), others)


def _glance(decoder: msgspec.json.Decoder[_Glance], raw: bytes) -> _Glance | None:
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError):
        row = value_of(raw)
        return _Glance(row.get("doc_id"), row.get("filter")) if isinstance(row, dict) else None


def _sample(row: Json, metrics: dict[str, bool], fields: dict[str, None]) -> None:
    if not isinstance(row, dict):
        return
    fields.update(dict.fromkeys(text_fields(row.get("doc"), under="doc")))
    for name in metric_names(row):
        value = number(row.get(name))
        if value is not None and name not in _LIKELIHOODS:
            metrics[name] = metrics.get(name, True) and (isinf(value) or 0 <= value <= 1)
