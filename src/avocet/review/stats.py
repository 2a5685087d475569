"""The statistics of the whole desk, from the counters alone."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, cast

import msgspec

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.db import Database
from avocet.domain import STATUSES, Outcome, Status
from avocet.faults import CHECK_FAULTS, CheckFault
from avocet.review import counters

UNKNOWN = "unknown"
"""The name under which candidates without a model or a task type are counted."""


class Stats(msgspec.Struct, frozen=True):
    """The numbers of candidates; each `by_…` adds up to `total`, but for `by_fault`: most cards name no fault.

    `by_fault` counts decided cards. `export_ready` is the number of rows of the unfiltered `sft` export.
    """

    total: int
    by_status: dict[Status, int]
    by_model: dict[str, int]
    by_task_type: dict[str, int]
    by_category: dict[str, int]
    by_model_category: dict[str, dict[str, int]]
    by_fault: dict[CheckFault, int]
    export_ready: int


def read(database: Database, outcome: Outcome | Literal["any"] = "failed") -> Stats:
    """The numbers of the cards with an outcome; `export_ready` always counts those that failed.

    A card that a later import scored otherwise than it was decided counts in `by_fault` under its new outcome.
    """
    by_status: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    by_category: dict[str, int] = dict.fromkeys((*FAILURE_CATEGORIES, UNCATEGORISED), 0)
    by_model: defaultdict[str, int] = defaultdict(int)
    by_task_type: defaultdict[str, int] = defaultdict(int)
    by_model_category: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_fault: dict[CheckFault, int] = dict.fromkeys(CHECK_FAULTS, 0)
    export_ready = 0
    with database.read() as connection:
        for key, n in counters.read(connection):
            export_ready += n if (key.status, key.outcome) == ("approved", "failed") else 0
            if outcome not in (key.outcome, "any"):
                continue
            model, category = key.model_name or UNKNOWN, key.failure_category or UNCATEGORISED
            by_status[cast("Status", key.status)] += n
            by_category[category] += n
            by_model[model] += n
            by_task_type[key.task_type or UNKNOWN] += n
            by_model_category[model][category] += n
        for fault, n in counters.faults(connection, None if outcome == "any" else outcome):
            by_fault[fault] += n
    return Stats(
        total=sum(by_status.values()),
        by_status=by_status,
        by_model=dict(sorted(by_model.items())),
        by_task_type=dict(sorted(by_task_type.items())),
        by_category=by_category,
        by_model_category={model: dict(counts) for model, counts in sorted(by_model_category.items())},
        by_fault=by_fault,
        export_ready=export_ready,
    )
