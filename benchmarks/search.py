"""What a search costs, from rare words to one in nearly every card: `python -m benchmarks.search`.

In processor time of the page and its total; a busy machine takes up to twice as much of it as a quiet one. With
`--database-url`, which names an empty PostgreSQL, in time that passed: the work is its server's.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import product
from pathlib import Path

from avocet import runs
from avocet.db import Database
from avocet.review import queue, search
from avocet.review.queue import Order, QueueFilter
from benchmarks import corpus, section

HEADING = "## Search"
ROUNDS = 15
ORDERS: tuple[Order, ...] = ("imported", "random")
QUERIES = {
    "no card": "nowhere",
    "a word and a number": "arithmetic 500",
    "a word in an eighth of the cards": "arithmetic",
    "two characters in a quarter of the cards": "雨が",
    "a phrase in a quarter of the cards": '"英語に翻訳"',
    "a word in nearly every card": "train",
    "two such words": "train the",
    "the beginning of a word": "tr",
    "two words side by side in nearly every card": '"leaves at"',
    "three words side by side in nearly every card": '"in the field"',
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Write the section of this page.")
    parser.add_argument("--folder", type=Path, help="Where the desk is made.")
    parser.add_argument("--database-url", help="An empty database in PostgreSQL, in place of SQLite.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        data = Path(folder)
        database = Database(arguments.database_url or f"sqlite:///{data}/avocet.db")
        database.migrate()
        for source in runs.find(corpus.write(data / "lines.jsonl", arguments.cards)):
            runs.import_run(database, source)
        search.index_all(database)
        told = measure(database, arguments.cards)
        database.close()
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def measure(database: Database, cards: int) -> str:
    """What the page says of it."""
    fastest: dict[tuple[str, Order], float] = {}
    totals: dict[str, int] = {}
    clock, what = (
        (time.process_time, "processor time") if database.is_sqlite else (time.perf_counter, "time that passed")
    )
    # one round of all, then the next: what else the machine does for a while spoils no query's every try
    for _, query, order in product(range(ROUNDS), QUERIES.values(), ORDERS):
        began = clock()
        totals[query] = queue.page(database, QueueFilter(q=query, order=order)).total
        taken = (clock() - began) * 1000
        fastest[query, order] = min(taken, fastest.get((query, order), taken))
    rows = [
        f"| {name} | `{query}` | {totals[query]:,} |" + "".join(f" {fastest[query, order]:.0f} |" for order in ORDERS)
        for name, query in QUERIES.items()
    ]
    return (
        f"The first page of a search among {cards:,} waiting cards and its exact total "
        f"({'SQLite' if database.is_sqlite else 'PostgreSQL'}), in {what}, "
        f"the fastest of {ROUNDS}: in the order of import, and shuffled, which sorts everything found. "
        "The goal is 50 ms. "
        f"The machine's load during it: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "| query | | cards found | ms | shuffled, ms |\n|---|---|--:|--:|--:|\n"
        + "\n".join(rows)
        + "\n\n`python -m benchmarks.search` measures it again."
    )


if __name__ == "__main__":
    main()
