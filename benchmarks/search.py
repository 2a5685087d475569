"""What a search costs, from rare words to one in nearly every card: `python -m benchmarks.search`.

In processor time of the page and its total, so that a busy machine tells about the same as a quiet one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from functools import partial
from pathlib import Path

from avocet import queue, search
from avocet.db import Database
from avocet.queue import QueueFilter
from benchmarks import corpus, section
from benchmarks.desks import AVOCET, run

HEADING = "## Search"
ROUNDS = 9
QUERIES = {
    "no card": "nowhere",
    "a word and a number": "arithmetic 500",
    "a word in an eighth of the cards": "arithmetic",
    "a word without spaces": "雨が",
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
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        data = Path(folder)
        run(AVOCET.import_(data, corpus.write(data / "lines.jsonl", arguments.cards)), data)
        database = Database(f"sqlite:///{data}/avocet.db")
        search.index_all(database)
        told = measure(database, arguments.cards)
        database.close()
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def measure(database: Database, cards: int) -> str:
    """What the page says of it."""
    rows = [_row(database, name, query) for name, query in QUERIES.items()]
    return (
        f"The first page of a search among {cards:,} waiting cards and its exact total (SQLite), in processor time, "
        f"the fastest of {ROUNDS}: in the order of import, and shuffled, which sorts all that is found. "
        "The goal is 50 ms. "
        f"Load of the machine meanwhile: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "| query | | cards found | ms | shuffled, ms |\n|---|---|--:|--:|--:|\n"
        + "\n".join(rows)
        + "\n\n`python -m benchmarks.search` measures it anew."
    )


def _row(database: Database, name: str, query: str) -> str:
    ordered = partial(queue.page, database, QueueFilter(q=query))
    shuffled = partial(queue.page, database, QueueFilter(q=query, order="random"))
    fastest = []
    for page in (ordered, shuffled):
        taken = []
        for _ in range(ROUNDS):
            began = time.process_time()
            total = page().total
            taken.append((time.process_time() - began) * 1000)
        fastest.append(f"{min(taken):.0f}")
    return f"| {name} | `{query}` | {total:,} | {' | '.join(fastest)} |"


if __name__ == "__main__":
    main()
