"""100,000 rows of lm-eval, imported by the command: `python -m benchmarks.harness [--write docs/performance.md]`.

The floor reads the same file with msgspec and keeps each failed row's bytes in a table of SQLite, 1,000 to a commit.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import corpus, section
from benchmarks.desks import AVOCET, run

ROWS = 100_000
BATCH = 1000
HEADING = "## Import of lm-eval's samples"
NOTE = (
    "The import command on one `samples_*.jsonl` of 100,000 rows, including its start and its search for known "
    "cards. The floor reads the file with msgspec and stores the bytes of each failed row in SQLite, a thousand rows "
    "per commit. The goal is 10,000 rows a second. `python -m benchmarks.harness` measures it again."
)
SHA = "0c577f3045d7f86d9e755a2327537de0cbd838e8440029c931e1d2a0f4268466"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    page = parser.parse_args().write
    table = "\n".join(
        [
            "| rows that failed | file, MB | floor, rows/s | Avocet, rows/s | ratio | Avocet's memory, MiB |",
            "|---|--:|--:|--:|--:|--:|",
            *(measure(share) for share in (0.5, 1.0)),
        ]
    )
    print(table)
    if page:
        section.write(page, HEADING, f"{NOTE}\n\n{table}")


def measure(share: float) -> str:
    """One row of the table: both in turn, three times, the best of each."""
    with tempfile.TemporaryDirectory() as folder:
        samples = write(Path(folder) / "model" / "samples_gsm8k_2026-11-22T10-00-00.000001.jsonl", share)
        floor, avocet, memory = [], [], 0.0
        for number in range(3):
            floor.append(keep(samples, Path(folder) / f"floor-{number}.db"))
            finished = run(AVOCET.import_(Path(folder) / f"{number}", samples), Path(folder) / f"{number}")
            avocet.append(finished.seconds)
            memory = max(memory, finished.peak_mib or 0.0)
        rates = ROWS / min(floor), ROWS / min(avocet)
        size = samples.stat().st_size / 1e6
    ratio = rates[1] / rates[0]
    return f"| {share:.0%} | {size:.0f} | {rates[0]:,.0f} | {rates[1]:,.0f} | {ratio:.2f} | {memory:.0f} |"


def write(path: Path, share: float, rows: int = ROWS) -> Path:
    """A samples file as lm-eval 0.4.13 writes it: a question of 60 words, an answer of 120."""
    chance = random.Random(1)
    words = " ".join(corpus.PLAIN).split()

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    path.parent.mkdir()
    with path.open("wb") as out:
        for number in range(rows):
            out.write(
                msgspec.json.encode(_row(number, text(60), text(40), text(120), chance.random() >= share)) + b"\n"
            )
    return path


def _row(number: int, question: str, solution: str, answer: str, passed: bool) -> dict[str, Any]:
    settings = {"until": ["Question:", "</s>"], "do_sample": False, "temperature": 0.0}
    return {
        "doc_id": number,
        "doc": {"question": question, "answer": solution},
        "target": str(number),
        "arguments": {"gen_args_0": {"arg_0": f"Question: {question}\nAnswer:", "arg_1": settings}},
        "resps": [[f"{answer} #### {number}"]],
        "filtered_resps": [str(number + (not passed))],
        "filter": "strict-match",
        "metrics": ["exact_match"],
        **dict.fromkeys(("doc_hash", "prompt_hash", "target_hash"), SHA),
        "exact_match": float(passed),
    }


def keep(samples: Path, target: Path) -> float:
    """The floor; its seconds."""
    began = time.perf_counter()
    connection = sqlite3.connect(target)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, row TEXT)"
    )
    batch: list[tuple[int, bytes]] = []

    def commit() -> None:
        with connection:
            connection.executemany("INSERT INTO rows VALUES (?, ?)", batch)
        batch.clear()

    with samples.open("rb") as stream:
        for line in stream:
            row = msgspec.json.decode(line)
            if row["exact_match"] < 1:
                batch.append((row["doc_id"], line))
            if len(batch) == BATCH:
                commit()
    commit()
    connection.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
