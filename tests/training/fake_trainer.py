"""Stands in for `avocet train`: writes the same files, and ends as the file `go` in its folder says."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

config = json.loads(Path(sys.argv[1]).read_text())
out = Path(sys.argv[2])
go = out / "go"


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write(path: Path, value: Any) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value))
    os.replace(part, path)


def tell(state: str, **more: Any) -> None:
    told = {"state": state, "pid": os.getpid(), "base": config["base"], "method": config["method"], "step": steps}
    write(out / "training.json", {**told, "total_steps": 4, "seconds": 2.0, "started_at": started, **more})


def stop(*_: Any) -> None:
    tell("stopped", finished_at=now())
    sys.exit(130)


if config["base"] == "broken":
    sys.stderr.write("Traceback (most recent call last):\nImportError: no such library\n")
    sys.exit(1)
for name in ("AVOCET_TOKEN", "AVOCET_INGESTION_SECRET", "AVOCET_DATABASE_URL"):
    assert name not in os.environ
signal.signal(signal.SIGTERM, stop)
started = now()
done = (out / "progress.jsonl").read_text().splitlines() if (out / "progress.jsonl").exists() else []
steps = len(done) + 2
with (out / "progress.jsonl").open("a") as points:
    for step in range(len(done) + 1, steps + 1):
        point = {"step": step, "seconds": float(step), "tokens": 10 * step, "loss": 2.0 / step}
        points.write(json.dumps({**point, "eval_loss": 3.0 / step} if step == steps else point) + "\n")
tell("running")
sys.stderr.write("Training on 3 rows\n")
# a test that failed leaves no process behind for long
end_of_patience = time.monotonic() + 60
while not go.exists() and time.monotonic() < end_of_patience:
    time.sleep(0.01)
end = go.read_text() if go.exists() else "killed"
if end == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
if end == "done":
    (out / "training_report.html").write_text("<!doctype html><title>a report</title>")
tell(end, finished_at=now(), error="ValueError: no" if end == "failed" else None)
