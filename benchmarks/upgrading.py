"""How long a migration that changes every card takes: `python -m benchmarks.upgrading`.

The migration is one of this file's own, so that the number stands for the machinery: a copy first, then batches.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from avocet import migrations
from avocet.db import Database
from avocet.db.upgrade import Step
from benchmarks import section

HEADING = "## Bringing a desk up to date"
CARD_BYTES = 2_900
CHANGES_EVERY_CARD = """
import sqlalchemy as sa
revision, down_revision, changes_rows = "9999", "{head}", True
def upgrade(): pass
def last(connection): return connection.scalar(sa.text("SELECT max(seq) FROM candidates"))
def batch(connection, after, to):
    query = "UPDATE candidates SET like_hash = substr(text_hash, 1, 16) WHERE seq > :after AND seq <= :to"
    connection.execute(sa.text(query), {{"after": after, "to": to}})
"""
FILL = """
WITH RECURSIVE numbers(n) AS (SELECT :from UNION ALL SELECT n + 1 FROM numbers WHERE n < :to)
INSERT INTO candidates (id, run_pk, status, source, model_name, task_type, quality_score, text_hash, like_hash,
                        prompt_messages, model_response)
SELECT 'card-' || n, 1, 'needs_review', 'bench', 'm', 't' || (n % 40), 0.25, lower(hex(randomblob(16))),
       lower(hex(randomblob(8))), '[{"role":"user","content":"' || hex(randomblob(:half)) || '"}]',
       hex(randomblob(:half))
FROM numbers
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=1_000_000)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Write the section of this page.")
    parser.add_argument("--folder", type=Path, help="Where the desk is made; on the disk that is to be measured.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        database = Database(f"sqlite:///{folder}/avocet.db")
        database.migrate()
        fill(database, arguments.cards)
        scripts = Path(folder) / "scripts"
        scripts.mkdir()
        (scripts / "9999_every_card.py").write_text(CHANGES_EVERY_CARD.format(head=migrations.HEAD), "utf-8")
        migrations.SCRIPTS = (*migrations.SCRIPTS, scripts)
        migrations.HEAD = "9999"
        told = measure(database, arguments.cards)
        database.close()
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def fill(database: Database, cards: int) -> None:
    with database.write() as connection:
        connection.execute(
            text(
                "INSERT INTO runs (pk, run_id, harness, source, state, read, imported, skipped, rejected, passed,"
                " errored, unscored, replaced_characters, bytes_read, bytes_total, started_at)"
                " VALUES (1, 'bench', 'cf-orch', 'bench', 'imported', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')"
            )
        )
    for begin in range(1, cards + 1, 50_000):
        end = min(begin + 49_999, cards)
        with database.write() as connection:
            connection.execute(text(FILL), {"from": begin, "to": end, "half": CARD_BYTES // 4})


def measure(database: Database, cards: int) -> str:
    """What the page says of it."""
    ended: dict[str, float] = {}
    begin = time.perf_counter()

    def note(step: Step) -> None:
        ended[step.doing] = time.perf_counter() - begin

    copy = database.migrate(on_step=note)
    total, (copied, *_) = time.perf_counter() - begin, ended.values()
    size = copy.bytes / 2**30 if copy else 0
    return (
        f"A migration that changes every one of {cards:,} cards and an index of theirs ({size:.1f} GiB, SQLite): "
        f"{total:.0f} s in all, of which {copied:.0f} s for the copy that is kept first. "
        f"The machine's load during it: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "`python -m benchmarks.upgrading` measures it; [Upgrading](upgrade.md) says what happens."
    )


if __name__ == "__main__":
    main()
