"""Read exported folders with the `datasets` of the Python that runs this: it stands alone, and prints what it found.

Each folder named on the command line is read whole, by its card, and file by file. A line of JSON comes for each.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import datasets  # type: ignore[import-untyped,unused-ignore]

datasets.disable_progress_bars()


def read(kind: str, cache: str, **where: Any) -> Any:
    return datasets.load_dataset(kind, cache_dir=cache, **where)


def main(folders: list[str]) -> None:
    for name in folders:
        folder = Path(name)
        files = [one for one in json.loads((folder / "manifest.json").read_text())["files"] if one["rows"]]
        for one in files:
            with tempfile.TemporaryDirectory() as cache:
                path = str(folder / one["name"])
                kind = "parquet" if path.endswith(".parquet") else "json"
                alone = read(kind, cache, data_files=path, split="train").to_list()
                has_card = (folder / "README.md").is_file()
                part = {"name": one["part"]} if one["part"] and has_card else {}
                whole = read(name, cache, **part)[one["split"] or "train"].to_list() if has_card else alone
            told = {"folder": name, "file": one["name"], "alone": alone, "whole": whole}
            print(json.dumps(told, default=str))  # noqa: T201 (read by the test)


main(sys.argv[1:])
