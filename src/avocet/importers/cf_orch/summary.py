"""`summary.json` beside candidate lines: how many items of the run passed, errored or were not scored.

The lines may hold only what failed; their writer counted the rest by model and task type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from avocet.importers.base import ReadItem, Scored, Settled, SourceFile

COUNTED = "The summary.json beside the lines counts it, and does not say why it was errored or not scored."
SUMMARY_FILE = "summary.json"
MAX_BYTES = 8 * 1024 * 1024
MOST_ITEMS = 1_000_000
_Count = Annotated[int, Meta(ge=0)]


class _Counted(msgspec.Struct):
    passed: _Count = 0
    errored: _Count = 0
    unscored: _Count = 0


class _Model(msgspec.Struct):
    model_name: Annotated[str, Meta(max_length=256)]
    task_types: dict[Annotated[str, Meta(max_length=256)], _Counted]


class _Summary(msgspec.Struct):
    models: list[_Model]


def settled_beside(file: SourceFile, bytes_read: int, listed: Mapping[Scored, int]) -> Iterator[ReadItem]:
    """The items of the run that need no review and are only counted; none if no valid summary lies beside the file.

    `listed` is how many of each outcome the lines themselves hold.
    """
    for model in _read(file.path.with_name(SUMMARY_FILE)).models:
        for task_type, counted in model.task_types.items():
            for outcome in ("passed", "errored", "unscored"):
                settled = Settled(outcome, model.model_name, task_type, is_counted=True)
                notes = () if outcome == "passed" else (COUNTED,)
                known = listed.get(Scored(outcome, model.model_name, task_type), 0)
                for _ in range(getattr(counted, outcome) - known):
                    yield ReadItem(settled, bytes_read, 0, notes=notes)


def _read(path: Path) -> _Summary:
    nothing = _Summary([])
    try:
        # a link may lead out of the results folder
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return nothing
        summary = msgspec.json.decode(path.read_bytes(), type=_Summary)
    except (OSError, msgspec.DecodeError, RecursionError):
        return nothing
    counts = [counted for model in summary.models for counted in model.task_types.values()]
    total = sum(counted.passed + counted.errored + counted.unscored for counted in counts)
    return summary if total <= MOST_ITEMS else nothing
