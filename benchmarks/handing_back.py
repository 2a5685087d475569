"""What leaves a desk item by item: `python -m benchmarks.handing_back [--write docs/performance.md]`.

The export `cleaned` and `avocet verdicts`, in the time and memory of the whole command, beside a floor that reads the
same rows with sqlite3 and writes them with msgspec. Every item is decided. SQLite.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import msgspec
from sqlalchemy import text

from avocet.db import Database
from benchmarks import section
from benchmarks.desks import Command, run

HEADING = "## Handing back item by item"
SIZES = (100_000, 1_000_000)
EXPORTS = ("candidates", "cleaned")
VERDICTS = ("jsonl", "csv", "inspect", "cases", "report")
TASKS, EPOCHS = 40, 2
RUN = """
INSERT INTO runs (pk, run_id, harness, source, state, read, imported, skipped, rejected, passed, errored, unscored,
                  replaced_characters, bytes_read, bytes_total, started_at)
VALUES (1, 'bench', 'inspect', 'bench', 'imported', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')
"""
GROUPS = """
WITH RECURSIVE tasks(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM tasks WHERE n < :tasks - 1)
INSERT INTO item_groups (pk, run_pk, model_name, task_type, failed)
SELECT n + 1, 1, 'm', 't' || n, :cards / :tasks FROM tasks
"""
CANDIDATES = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :cards - 1)
INSERT INTO candidates (seq, id, run_pk, status, source, harness, benchmark_run_id, model_name, task_type, item_id,
                        text_hash, like_hash, prompt_messages, model_response, reference, decision_id, reading,
                        is_read)
SELECT n + 1, 'card-' || n, 1, 'discarded', 'bench', 'inspect', 'bench', 'm', 't' || (n / :epochs % :tasks),
       'item-' || (n / :epochs), lower(hex(randomblob(16))), lower(hex(randomblob(8))),
       '[{"role":"user","content":"' || hex(randomblob(100)) || '"}]', hex(randomblob(100)), '"42"', n + 1, 'wrong', 1
FROM numbers
"""
DECISIONS = """
INSERT INTO decisions (id, candidate_seq, action, status_after, reviewer, at)
SELECT seq, seq, 'discard', 'discarded', 'bench', '2026-11-30T00:00:00.000000Z' FROM candidates
"""
ITEMS = """
INSERT INTO items (group_pk, item, epoch, outcome, seen, candidate_seq)
SELECT (seq - 1) / :epochs % :tasks + 1, randomblob(10), (seq - 1) % :epochs + 1, 'failed', 1, seq FROM candidates
"""
FLOOR = """
SELECT c.id, c.task_type, c.item_id, c.prompt_messages, c.model_response, c.reference, d.action, d.reviewer, d.at
FROM candidates c JOIN decisions d ON d.id = c.decision_id ORDER BY c.seq
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handing_back", description=__doc__)
    parser.add_argument("--floor", nargs=2, type=Path, metavar=("DATABASE", "FILE"), help="Run the floor alone.")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Write the section of this page.")
    parser.add_argument("--folder", type=Path, help="Where the desks are made.")
    arguments = parser.parse_args()
    if arguments.floor:
        floor(*arguments.floor)
        return
    lines = []
    for cards in SIZES:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            (Path(folder) / "desk").mkdir(mode=0o700)
            fill(Path(folder) / "desk" / "avocet.db", cards)
            lines += measure(Path(folder), cards)
    told = (
        "Every card is decided, two epochs of each item, 200 characters each of prompt and answer (SQLite): the "
        "whole command, beside a floor that reads the same rows with sqlite3 and writes them with msgspec.\n\n"
        "| cards | what | s | × floor | memory, MiB |\n|--:|---|--:|--:|--:|\n"
        + "\n".join(lines)
        + f"\n\nThe machine's load during all of this: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "`python -m benchmarks.handing_back` measures it again."
    )
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def fill(file: Path, cards: int) -> None:
    database = Database(f"sqlite:///{file}")
    database.migrate()
    numbers = {"cards": cards, "tasks": TASKS, "epochs": EPOCHS}
    with database.write() as connection:
        for statement in (RUN, GROUPS, CANDIDATES, DECISIONS, ITEMS):
            connection.execute(text(statement), {name: n for name, n in numbers.items() if f":{name}" in statement})
    database.close()


def measure(folder: Path, cards: int) -> list[str]:
    """A line of the table for the floor and each command."""
    avocet = str(Path(sys.executable).with_name("avocet"))
    commands: dict[str, Command] = {
        "floor": [
            sys.executable,
            "-m",
            "benchmarks.handing_back",
            "--floor",
            f"{folder}/desk/avocet.db",
            f"{folder}/floor",
        ]
    }
    for name in EXPORTS:
        commands[f"`avocet export --format {name}`"] = [avocet, "export", "--format", name, "-o", f"{folder}/{name}"]
    for name in VERDICTS:
        command = [avocet, "verdicts", "bench", "--format", name, "-o", f"{folder}/verdicts-{name}"]
        commands[f"`avocet verdicts --format {name}`"] = command
    taken = {name: run(command, folder / "desk") for name, command in commands.items()}
    least = taken["floor"].seconds
    return [
        f"| {cards:,} | {name} | {one.seconds:.1f} | {one.seconds / least:.1f} | {one.peak_mib or 0:.0f} |"
        for name, one in taken.items()
    ]


def floor(database: Path, file: Path) -> None:
    encode = msgspec.json.Encoder().encode
    connection = sqlite3.connect(database)
    with file.open("wb") as out:
        for row in connection.execute(FLOOR):
            out.write(encode(row) + b"\n")
    connection.close()


if __name__ == "__main__":
    main()
