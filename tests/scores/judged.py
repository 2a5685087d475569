"""Runs whose answers a model judged, as candidate lines say it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from avocet.db import Database
from avocet.importers.base import ImportOptions
from avocet.runs import import_run
from avocet.runs.sources import RunSource
from tests.factories import write_jsonl
from tests.scores.desks import RUN

Json = dict[str, Any]


def says(verdict: str | None, model: str = "org/judge", prompt: str | None = "abc") -> Json:
    return {"judge": {"model": model, "verdict": verdict, "reason": "So.", "prompt": prompt}}


def judged_run(
    database: Database, folder: Path, failed: Sequence[Json], passed: Sequence[Json] = (), *, keep: Any = "all"
) -> None:
    """A run of cards with these details: `f0`, `f1` … failed, `p0`, `p1` … passed."""
    named = [(f"f{n}", "failed", one) for n, one in enumerate(failed)]
    named += [(f"p{n}", "passed", one) for n, one in enumerate(passed)]
    lines = [
        {
            "id": name,
            "task_type": "sums",
            "model_name": "small",
            "outcome": outcome,
            "prompt_messages": [{"role": "user", "content": f"{name}?"}],
            "model_response": f"It is {name}.",
            "details": details or None,
        }
        for name, outcome, details in named
    ]
    source = RunSource(write_jsonl(folder / "sft_candidates.jsonl", lines), RUN, "2026-01-02T03:04:05")
    import_run(database, source, options=ImportOptions(keep={"passed": keep}))
