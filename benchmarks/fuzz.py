"""Feed the binary readers spoilt files: `python -m benchmarks.fuzz inspect --minutes 10`.

The samples of the tests, with bytes exchanged, lost, come in or cut off. Every file has to be read, or refused in
words; anything else ends the run, and the file is kept for looking at.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from pathlib import Path

from avocet.errors import AvocetError
from avocet.importers import registry
from avocet.importers.base import Importer, ImportOptions, SourceFile
from avocet.importers.reading.sniff import sniff

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
ENDINGS = {"inspect": ".eval", "lighteval": ".parquet", "generic": ".parquet"}
MOST_MEMORY = 4 * 1024**3
# where archives and Parquet files keep their directory
TAIL_BYTES = 3000


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """A file with one to thirty things wrong, half of them near its end."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 3, 8, 30])):
        at = chance.randrange(max(len(found), 1))
        if chance.random() < 0.5:
            at = max(0, len(found) - 1 - int(chance.expovariate(1 / TAIL_BYTES)))
        match chance.choices(["flip", "lose", "insert", "cut", "twice"], [70, 10, 10, 3, 7])[0]:
            case "flip" if found:
                found[at] = chance.choice([found[at] ^ (1 << chance.randrange(8)), 0, 127, 255])
            case "lose":
                del found[at : at + chance.randrange(1, 40)]
            case "insert":
                found[at:at] = chance.randbytes(chance.randrange(1, 9))
            case "cut":
                del found[at:]
            case _:
                found[at:at] = found[at : at + chance.randrange(1, 60)]
    return bytes(found)


def read(importer: Importer, path: Path, options: ImportOptions) -> int | None:
    """How many items a file has; none if it was refused."""
    items = 0
    try:
        importer.recognises(sniff(path))
        for group in importer.group([SourceFile(path, path.name)]):
            items += sum(1 for _ in importer.read(group.files, options).items)
    except AvocetError:
        return None
    return items


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("importer", choices=sorted(ENDINGS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    chance = random.Random(given.seed)
    samples = [path.read_bytes() for path in sorted(SAMPLES.rglob(f"*{ENDINGS[given.importer]}"))]
    mappings = json.loads((SAMPLES / "generic" / "mappings.json").read_text("utf-8"))
    options = ImportOptions(threshold=0.5, mapping=mappings["answers.parquet"])
    path = Path(tempfile.mkdtemp()) / f"details_task|0_2026-01-02T03-04-05.678901{ENDINGS[given.importer]}"
    print(f"The file at hand is {path}", flush=True)
    files = refused = items = 0
    end = time.monotonic() + given.minutes * 60
    while time.monotonic() < end:
        path.write_bytes(spoilt(chance.choice(samples), chance))
        files += 1
        found = read(registry()[given.importer], path, options)
        refused += found is None
        items += found or 0
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{files:,} files, {refused:,} refused, {items:,} items of the others, {memory:,} MiB at most")


if __name__ == "__main__":
    main()
