"""What the ledger of items costs: `python -m benchmarks.ledger [--write docs/performance.md]`.

Imports of lm-eval's rows in processor time, beside reading the same rows alone; the bytes of a row of the ledger; the
report of a run of 1,000,000 items. On SQLite; the bytes on PostgreSQL too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from avocet.db import Database
from avocet.importers import registry
from avocet.importers.base import ImportOptions
from avocet.models import Candidate, Sample, SampleMember
from avocet.review import decisions, lot, samples
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.runs import RunSource, find, import_run
from avocet.scores.report import report
from benchmarks import harness, ledger_rows, section

HEADING = "## The ledger of items"
ROUNDS = 3
PASSED = (0.0, 0.9, 1.0)
TASKS, ITEMS, FAILED, READ = 40, 1_000_000, 100_000, 500
KEPT = 50
"""The passes of each task that become cards by lot, all of them read."""
RUN = """
INSERT INTO runs (pk, run_id, harness, source, state, read, imported, skipped, rejected, passed, errored, unscored,
                  replaced_characters, bytes_read, bytes_total, started_at)
VALUES (1, 'bench', 'lm-eval', 'bench', 'imported', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')
"""
GROUPS = """
WITH RECURSIVE tasks(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM tasks WHERE n < :tasks - 1)
INSERT INTO item_groups (pk, run_pk, model_name, task_type, failed, passed, kept_to)
SELECT n + 1, 1, 'm', 't' || n, :failed / :tasks, (:items - :failed) / :tasks, :kept_to FROM tasks
"""
CANDIDATES = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :cards - 1)
INSERT INTO candidates (seq, id, run_pk, status, source, model_name, task_type, quality_score, text_hash, like_hash,
                        outcome, item_outcome, prompt_messages, model_response)
SELECT n + 1, 'card-' || n, 1, 'needs_review', 'bench', 'm', 't' || (n % :tasks), n >= :failed,
       lower(hex(randomblob(16))), lower(hex(randomblob(8))), iif(n < :failed, 'failed', 'passed'),
       iif(n < :failed, 'failed', 'passed'), '[]', hex(randomblob(400))
FROM numbers
"""
COUNTERS = """
INSERT INTO counters (run_pk, model_name, task_type, status, failure_category, outcome, n)
SELECT run_pk, model_name, task_type, status, '', outcome, count(*) FROM candidates GROUP BY 1, 2, 3, 4, 6
"""
LEDGER = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :items - 1)
INSERT INTO items (group_pk, item, epoch, outcome, seen, candidate_seq)
SELECT n % :tasks + 1, CAST(n AS BLOB), '', iif(n < :failed, 'failed', 'passed'), 1, iif(n < :cards, n + 1, NULL)
FROM numbers
"""


class Imported(NamedTuple):
    """Processor seconds of reading alone and of the import."""

    reading: float
    importing: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Write the section of this page.")
    arguments = parser.parse_args()
    told = f"{tell_imports(arguments.rows)}\n\n{ledger_rows.tell()}\n\n{tell_report()}"
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def tell_imports(rows: int) -> str:
    lines = []
    for passed in PASSED:
        with tempfile.TemporaryDirectory() as folder:
            samples_file = Path(folder) / "model" / "samples_gsm8k_2026-11-22T10-00-00.000001.jsonl"
            harness.write(samples_file, 1 - passed, rows)
            found = [measure(samples_file, Path(folder) / f"{number}.db") for number in range(ROUNDS)]
        reading, importing = (min(one[at] for one in found) / rows * 1e6 for at in (0, 1))
        lines.append(f"| {passed:.0%} | {reading:.0f} | {importing:.0f} | {importing / reading:.2f} |")
    return (
        f"Every item that a file lists has a row, also where no card is made of it. {rows:,} rows of lm-eval, in µs "
        f"of processor time a row, the fastest of {ROUNDS}: the reading alone, and the whole import.\n\n"
        "| rows that passed | reading | import | ratio |\n|---|--:|--:|--:|\n" + "\n".join(lines)
    )


def measure(file: Path, database_file: Path) -> Imported:
    """Read a file, then import it into a new desk."""
    (source,) = find(file)
    reading = _seconds(partial(_read, source))
    database = Database(f"sqlite:///{database_file}")
    database.migrate()
    importing = _seconds(partial(import_run, database, source))
    database.close()
    return Imported(reading, importing)


def tell_report() -> str:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/avocet.db")
        database.migrate()
        with database.write() as connection:
            fill(connection)
        read_sample(database)
        read_passes(database)
        plain = _seconds(partial(report, database, "bench"), ROUNDS)
        by_task = _seconds(partial(report, database, "bench", group="task"), ROUNDS)
        like_these = _seconds(partial(report, database, "bench", like_these=True), ROUNDS)
        database.close()
    return (
        f"The report of a run of {ITEMS:,} items, {FAILED:,} of them failed, {TASKS} tasks, a sample of {READ} "
        f"failures and {KEPT} passes of each task read: "
        f"{plain * 1000:.0f} ms of processor time, {by_task * 1000:.0f} ms with a row for each task, "
        f"{like_these * 1000:.0f} ms with the intervals for other questions of this sort, which look through the "
        "items. The goal is 1 s. "
        f"The machine's load during all of this: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "`python -m benchmarks.ledger` measures it again."
    )


def fill(connection: Connection) -> None:
    """A run with its ledger and cards, as an import leaves them."""
    # all of the passes are before this place, but only where each is can tell
    numbers = {
        "tasks": TASKS,
        "items": ITEMS,
        "failed": FAILED,
        "cards": FAILED + KEPT * TASKS,
        "kept_to": lot.EVERY - 1,
    }
    connection.execute(text(RUN))
    for statement in (GROUPS, CANDIDATES, LEDGER):
        connection.execute(text(statement), {name: n for name, n in numbers.items() if f":{name}" in statement})
    connection.execute(text(COUNTERS))


def read_sample(database: Database) -> None:
    """Draw a sample of the failures and read all of it."""
    samples.draw(database, "bench", Asked(filter=QueueFilter(run_id="bench"), size=READ, seed=1), "bench")
    query = select(Candidate.id).join(SampleMember, SampleMember.candidate_seq == Candidate.seq)
    query = query.join(Sample, Sample.pk == SampleMember.sample_pk).order_by(SampleMember.place)
    with database.read() as connection:
        members = list(connection.scalars(query))
    for number, card in enumerate(members):
        if number % 10:
            said = Submission(id=card, action="discard", failure_category="wrong_answer")
        else:
            said = Submission(id=card, action="accept")
        decisions.submit(database, said, "bench")


def read_passes(database: Database) -> None:
    """Read every pass that has a card."""
    with database.read() as connection:
        passes = list(connection.scalars(select(Candidate.id).where(Candidate.outcome == "passed")))
    for card in passes:
        decisions.submit(database, Submission(id=card, action="accept"), "bench")


def _read(source: RunSource) -> int:
    items = registry()["lm-eval"].read(source.parts, ImportOptions()).items
    return sum(1 for _ in items)


def _seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """The processor time that some work takes at best."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    main()
