"""A copy of an Inspect log in which Inspect itself has edited the scores that people found wrong.

Inspect keeps what a score was before in its history, with who changed it, when and why, and computes metrics anew.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from avocet.db import Database
from avocet.disk import sync
from avocet.errors import InvalidRequest, NotInstalled, Prerequisite
from avocet.exports import placing
from avocet.importers.base import ImportOptions, SourceFile
from avocet.importers.inspect_ai import InspectAi
from avocet.verdicts import decided, lines
from avocet.verdicts.decided import DecidedItem, HarnessRun
from avocet.verdicts.formats import check_inspect

ENDINGS: Final = (".eval", ".json")
LEAST_VERSION: Final = (0, 3, 285)
"""The first that keeps who edited a score and why, and leaves unscored samples out of the metrics."""
INSTALL: Final = "pip install 'inspect-ai>=0.3.285'"
_UNSCORED: Final = math.nan


class Edited(msgspec.Struct, frozen=True):
    """What was edited: scores that became right, wrong or unscored, those that stay, and samples that aren't there.

    `stay` counts verdicts that say what the log says already, and undecided ones; `not_in_log` those on samples that
    the log doesn't have, or that ended with an error there.
    """

    score: str
    right: int
    wrong: int
    set_aside: int
    stay: int
    not_in_log: int


def edit_log(database: Database, run_id: str, log: Path, copy: Path, *, overwrite: bool = False) -> Edited:
    """Write `copy`, the log with the scores that people found wrong edited by Inspect. The log itself stays.

    Raises:
        NotInstalled: Inspect AI isn't installed, or is too old.
        UnknownRun, TakenBack: no such run was imported, or it was taken back.
        InvalidRequest: the log is another run's, the copy is the log itself or has another ending, or the scores are
            on a scale that right and wrong say nothing on.
        Prerequisite, DiskFull: the log can't be read, or the copy can't be written or is there already.
    """
    run = decided.run_called(database, run_id)
    check_inspect(database, run)
    _check_copy(log, copy, overwrite=overwrite)
    with database.read() as connection:
        named = decided.logs_of(connection, run)
        items = [item for item in decided.decided_items(connection, run) if item.harness == "inspect"]
    if not items:
        raise InvalidRequest(f"Nothing of {run.run_id} is decided yet: there is nothing to edit.")
    metric = _metric(run, log, named[0])
    inspect = _inspect()
    read = _read(inspect, log)
    edited = _edit(inspect, read, metric, items)
    _write(inspect, read, log, copy)
    return edited


def _check_copy(log: Path, copy: Path, *, overwrite: bool) -> None:
    if not log.is_file():
        raise Prerequisite(f"There is no file {log}.")
    if copy.suffix.lower() not in ENDINGS:
        raise InvalidRequest(f"{copy.name} must end in .eval or .json: that says in which form it is written.")
    if copy.exists() and (copy.samefile(log) or not copy.is_file()):
        raise InvalidRequest(f"{copy} is the log itself. Give the copy another name; a log is never edited in place.")
    if copy.exists() and copy.stat().st_size and not overwrite:
        raise Prerequisite(f"{copy} is there already. Give another name, or say --overwrite.")


def _metric(run: HarnessRun, log: Path, named: str | None) -> str:
    """The score that decided when the run was imported, by the log itself, whose own name must be `named`."""
    options = msgspec.json.decode(run.options or "{}", type=ImportOptions)
    info = InspectAi().read([SourceFile(log, log.name)], ImportOptions(metric=options.metric)).info
    if info.run_id != named:
        raise InvalidRequest(f"{log.name} is another log than the one that {run.run_id} was read from.")
    if info.metric is None:
        raise InvalidRequest(f"{log.name} holds no scores: there is nothing to edit.")
    return info.metric


def _inspect() -> Any:  # noqa: ANN401 (a package without types here)
    try:
        import inspect_ai
        import inspect_ai.log
        import inspect_ai.scorer
    except ImportError:
        raise NotInstalled(f"Editing a log needs Inspect AI: {INSTALL}") from None
    version = tuple(int(part) for part in inspect_ai.__version__.split(".")[:3] if part.isdigit())
    if version < LEAST_VERSION:
        raise NotInstalled(f"Inspect AI {inspect_ai.__version__} is too old to edit a log: {INSTALL}")
    return inspect_ai


def _read(inspect: Any, log: Path) -> Any:  # noqa: ANN401
    try:
        return inspect.log.read_eval_log(str(log))
    except Exception as error:
        # whatever its parts raise: the file is not one that it wrote
        raise Prerequisite(f"Inspect AI can't read {log}: {error}.") from None


def _write(inspect: Any, read: Any, log: Path, copy: Path) -> None:  # noqa: ANN401
    try:
        inspect.log.recompute_metrics(read)
    except Exception as error:
        raise Prerequisite(
            f"Inspect AI can't compute the metrics of {log.name} anew: {error}. "
            "If they are your own, run this where their module can be imported. Nothing was written."
        ) from None
    with placing.beside(copy) as folder:
        part = folder / copy.name
        inspect.log.write_eval_log(read, str(part))
        sync(part)
        part.replace(copy)


def _edit(inspect: Any, log: Any, metric: str, items: list[DecidedItem]) -> Edited:  # noqa: ANN401
    """Edit each score whose verdict says something else than the harness."""
    samples = {(str(sample.id), sample.epoch): sample for sample in log.samples or []}
    name, key = _place(metric, [sample.scores or {} for sample in samples.values()])
    is_graded = _is_graded(metric, name, key, samples.values())
    counts = {"right": 0, "wrong": 0, "set_aside": 0, "stay": 0, "not_in_log": 0}
    for item in items:
        sample = _sample(samples, item)
        if sample is None:
            counts["not_in_log"] += 1
            continue
        if not _differs(item):
            counts["stay"] += 1
            continue
        value = _value(item, is_graded=is_graded)
        if _edit_one(inspect, log, sample, name, key, value, item):
            counts[item.verdict] += 1
        else:
            counts["stay"] += 1
    return Edited(score=metric, **counts)


def _sample(samples: Mapping[tuple[str, int], Any], item: DecidedItem) -> Any:  # noqa: ANN401
    """The sample of an item; None if the log doesn't have it, or has an error in place of an answer."""
    found = samples.get((item.item_id or "", item.epoch if isinstance(item.epoch, int) else 1))
    return None if found is None or found.error is not None else found


def _differs(item: DecidedItem) -> bool:
    """Whether the verdict says something else than the harness: an unscored item says nothing."""
    if item.verdict == "undecided":
        return False
    return item.verdict == "set_aside" or item.outcome == "unscored" or item.is_false_fail or item.is_false_pass


def _place(metric: str, scores: list[Mapping[str, Any]]) -> tuple[str, str | None]:
    """The score's name in a sample and, of one with several values, the key or number of the one that decides."""
    # a scorer's own name may hold a dot
    if any(metric in one for one in scores):
        return metric, None
    name, _, key = metric.rpartition(".")
    return name, key


def _is_graded(metric: str, name: str, key: str | None, samples: Any) -> bool:  # noqa: ANN401
    """Whether the score's values are grades (C, I) rather than numbers.

    Raises:
        InvalidRequest: some are numbers below 0 or above 1.
    """
    values = [_in(sample.scores[name].value, key) for sample in samples if name in (sample.scores or {})]
    numbers = [value for value in values if isinstance(value, int | float) and not math.isnan(value)]
    if any(not 0 <= number <= 1 for number in numbers):
        raise InvalidRequest(
            f"The score {metric} goes beyond 0 to 1, and a verdict is right or wrong: it has no place on that scale. "
            "Take --format inspect, which makes a score of its own."
        )
    return any(isinstance(value, str) for value in values) or not numbers


def _in(value: Any, key: str | None) -> Any:  # noqa: ANN401
    """The value itself, or its part of that key or number."""
    if key is None:
        return value
    if isinstance(value, Mapping):
        return value.get(key)
    return value[int(key)] if isinstance(value, list) and key.isdigit() and int(key) < len(value) else None


def _value(item: DecidedItem, *, is_graded: bool) -> Any:  # noqa: ANN401
    if item.verdict == "set_aside":
        return _UNSCORED
    return lines.GRADES[item.verdict] if is_graded else float(item.verdict == "right")


def _edit_one(
    inspect: Any,  # noqa: ANN401
    log: Any,  # noqa: ANN401
    sample: Any,  # noqa: ANN401
    name: str,
    key: str | None,
    value: Any,  # noqa: ANN401
    item: DecidedItem,
) -> bool:
    """Edit one score; False if it says so already."""
    score = (sample.scores or {}).get(name)
    before = None if score is None else score.value
    if _is_same(_in(before, key), value):
        return False
    is_aside = item.verdict == "set_aside"
    edit = inspect.scorer.ScoreEdit(
        value=_with(before, key, value),
        # the reason of a score that is none: what is wrong with the item
        reason=item.check_fault if is_aside else "UNCHANGED" if score is None or score.reason is None else None,
        provenance=inspect.log.ProvenanceData(
            timestamp=datetime.fromisoformat(item.at),
            author=item.reviewer,
            reason=lines.why(item),
            metadata=msgspec.json.decode(msgspec.json.encode(lines.inspect_metadata(item))),
        ),
    )
    inspect.log.edit_score(log, sample.id, name, edit, recompute_metrics=False, epoch=sample.epoch)
    return True


def _is_same(one: Any, other: Any) -> bool:  # noqa: ANN401
    both_unscored = all(isinstance(value, float) and math.isnan(value) for value in (one, other))
    return both_unscored or bool(one == other)


def _with(before: Any, key: str | None, value: Any) -> Any:  # noqa: ANN401
    """The value with one part of it changed; the other parts are another scorer's word."""
    if key is None:
        return value
    if isinstance(before, list) and key.isdigit():
        return [value if number == int(key) else one for number, one in enumerate(before)]
    return {**(before if isinstance(before, Mapping) else {}), key: value}
