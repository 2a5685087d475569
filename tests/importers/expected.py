"""What a sample is expected to become: `<sample>.expected.json` beside it, compared field by field."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from avocet.domain import CandidateDraft, RejectedLine
from avocet.importers.base import Importer, ReadItem, Settled
from tests.importers.files import read_files

SUFFIX = ".expected.json"


def samples(folder: Path) -> list[Path]:
    """The samples of a folder: what has an expectation beside it."""
    return sorted(Path(str(path).removesuffix(SUFFIX)) for path in folder.glob(f"*{SUFFIX}"))


def outcome(item: ReadItem) -> str:
    """What an item became, in the words of the counts."""
    match item.result:
        case CandidateDraft():
            return "failed"
        case RejectedLine():
            return "rejected"
        case Settled(outcome=what):
            return what


def told(item: ReadItem) -> object:
    """What became of an item, without the maker of the card that it might have."""
    result = item.result
    return msgspec.structs.replace(result, draft=None) if isinstance(result, Settled) else result


def drafts(items: list[ReadItem]) -> list[CandidateDraft]:
    return [item.result for item in items if isinstance(item.result, CandidateDraft)]


def rejected(items: list[ReadItem]) -> list[RejectedLine]:
    return [item.result for item in items if isinstance(item.result, RejectedLine)]


def as_expected(importer: Importer, sample: Path, **options: object) -> dict[str, Any]:
    """What a sample becomes, in the shape of its expectation."""
    info, items = read_files(importer, sample, **options)
    return {
        "info": msgspec.to_builtins(info),
        "counts": dict(sorted(Counter(map(outcome, items)).items())),
        "notes": dict(sorted(Counter(note for item in items for note in item.notes).items())),
        "candidates": [
            {"key": list(item.key or ()), **msgspec.to_builtins(item.result)}
            for item in items
            if isinstance(item.result, CandidateDraft)
        ],
        "rejected": [
            {"line_number": line.line_number, "code": line.code, "reason": line.reason} for line in rejected(items)
        ],
    }


def expectation(sample: Path) -> dict[str, Any]:
    expected = json.loads(Path(f"{sample}{SUFFIX}").read_text())
    assert isinstance(expected, dict)
    return expected


def check_sample(importer: Importer, sample: Path) -> None:
    """The sample becomes what is expected, field by field."""
    found, expected = as_expected(importer, sample), expectation(sample)
    assert found["info"] == expected["info"]
    assert found["counts"] == expected["counts"]
    assert found["notes"] == expected["notes"]
    assert found["rejected"] == expected["rejected"]
    assert len(found["candidates"]) == len(expected["candidates"])
    for candidate, wanted in zip(found["candidates"], expected["candidates"], strict=True):
        for field in candidate.keys() | wanted.keys():
            assert candidate.get(field) == wanted.get(field), (candidate["key"], field)
