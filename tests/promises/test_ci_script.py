"""The script of docs/ci.md, run as a CI would: with gates that pass, that fail, and that can't be told."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.promises.project import ROOT

OUTCOMES = {"before": "fffppppp", "after": "fppppppf"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two runs of `avocet bench`: two items fixed, one broken."""
    for run, signs in OUTCOMES.items():
        folder = tmp_path / "results" / run
        folder.mkdir(parents=True)
        lines = [_line(run, number, passed=sign == "p") for number, sign in enumerate(signs)]
        (folder / "sft_candidates.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


def _line(run: str, number: int, *, passed: bool) -> dict[str, object]:
    return {
        "id": f"{run}/sum-{number}",
        "benchmark_run_id": run,
        "prompt_messages": [{"role": "user", "content": f"{number} + 1?"}],
        "model_response": f"{run} {number}",
        "task_type": "sums",
        "outcome": "passed" if passed else "failed",
    }


@pytest.mark.parametrize(
    ("gate", "code"),
    [("regressions <= 1, score >= before", 0), ("regressions <= 0", 3), ("corrected_score >= 0.5", 4)],
)
def test_the_script_ends_as_the_gate_does(place: Path, gate: str, code: int) -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.DOTALL)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
    done = subprocess.run(
        ["sh", "-c", script], cwd=place, env={**kept, "PATH": path, "GATE": gate}, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    assert "2 fixed, 1 broken" in done.stdout
    assert "| broken | sums |" in (place / "comparison.md").read_text("utf-8")
    assert ET.parse(place / "gate.xml").getroot().get("name") == "before → after"
