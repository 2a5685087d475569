"""`python -m benchmarks [--sizes 1000,10000,100000] [--write docs/performance.md]`."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine, report
from benchmarks.measure import Measure, measure


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Avocet's speed beside a floor.")
    parser.add_argument(
        "--sizes", type=_sizes, default=[1000, 10_000, 100_000], help="candidates, with commas between"
    )
    parser.add_argument("--write", type=Path, help="write the page to this file as well")
    parser.add_argument("--folder", type=Path, help="where the data goes (default: the system's temporary folder)")
    chosen = parser.parse_args()
    sizes: dict[int, list[Measure]] = {}
    with tempfile.TemporaryDirectory(prefix="avocet-benchmark-", dir=chosen.folder) as folder:
        described = machine.describe(Path(folder))
        for size in chosen.sizes:
            print(f"{size:,} candidates", flush=True)
            with tempfile.TemporaryDirectory(dir=folder) as data:
                sizes[size] = measure(size, Path(data))
    command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    page = report.page(command, f"{datetime.now(UTC):%Y-%m-%d}", described, sizes)
    print(f"\n{page}")
    if chosen.write:
        chosen.write.write_text(page, "utf-8")


def _sizes(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


if __name__ == "__main__":
    main()
