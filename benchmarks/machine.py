"""What the numbers were taken on; nothing that names the machine."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median


def describe(folder: Path) -> dict[str, str]:
    """The machine, in words, and how long it takes to make 4 KiB durable in that folder."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "one durable write of 4 KiB (median)": f"{_sync_ms(folder):.2f} ms",
    }


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _sync_ms(folder: Path) -> float:
    taken = []
    with tempfile.TemporaryFile(dir=folder) as out:
        for _ in range(200):
            out.seek(0)
            out.write(b"x" * 4096)
            out.flush()
            began = time.perf_counter()
            os.fsync(out.fileno())
            taken.append(time.perf_counter() - began)
    return median(taken) * 1000
