"""Plain functions that make what tests need."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.importers.base import KEPT, ImportOptions
from avocet.review import counters, decisions
from avocet.review.decisions import Submission
from avocet.runs import ImportCounts, RunSource, import_run

RUN = "2026-01-02-030405"
Line = dict[str, Any]


def candidate_line(number: int = 0, **changes: Any) -> Line:
    """A candidate line as a harness writes it; `changes` set or, with `...`, remove keys."""
    line: Line = {
        "id": f"{RUN}/item-{number}",
        "source": "benchmark",
        "benchmark_run_id": RUN,
        "timestamp": "2026-01-02T03:04:05Z",
        "status": "needs_review",
        "prompt_messages": [{"role": "user", "content": f"What is {number} + 1?"}],
        "model_response": f"It is {number}.",
        "corrected_response": None,
        "quality_score": 0.33,
        "failure_reason": 'pattern_match: 1/3 required patterns matched; missing: ["b", "c"]',
        "task_id": f"item-{number}",
        "task_type": "arithmetic",
        "task_name": f"Add one to {number}",
        "model_id": "org/small-model",
        "model_name": "small-model",
        "node_id": "local",
        "gpu_id": None,
        "tokens_per_sec": 38.4,
        "failure_category": None,
    }
    line.update(changes)
    return {key: value for key, value in line.items() if value is not ...}


def candidate_lines(count: int, **changes: Any) -> list[Line]:
    return [candidate_line(number, **changes) for number in range(count)]


def write_jsonl(path: Path, lines: Iterable[Line | str | bytes]) -> Path:
    """A JSONL file; a text or bytes line is written as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        for line in lines:
            if isinstance(line, dict):
                line = json.dumps(line, ensure_ascii=False)
            out.write((line if isinstance(line, bytes) else line.encode()) + b"\n")
    return path


def write_run(bench_dir: Path, lines: Iterable[Line | str | bytes], name: str = RUN) -> Path:
    """A run folder as a harness leaves it; returns its candidates file."""
    return write_jsonl(bench_dir / name / "sft_candidates.jsonl", lines)


def import_file(
    database: Database, path: Path, name: str = RUN, options: ImportOptions | None = None
) -> ImportCounts:
    return import_run(database, RunSource(path, name, "2026-01-02T03:04:05"), options=options)


def import_lines(
    database: Database, folder: Path, lines: Iterable[Line | str | bytes], name: str = RUN
) -> ImportCounts:
    """Import these lines as a run of that name; each becomes a card, whatever its outcome."""
    lines = list(lines)
    others = {str(line["outcome"]) for line in lines if isinstance(line, dict) and "outcome" in line} & set(KEPT)
    options = ImportOptions(keep=dict.fromkeys(others, "all")) if others else None  # type: ignore[arg-type]
    return import_file(database, write_run(folder, lines, name), name, options)


def submit(client: TestClient, candidate_id: str, action: str, **fields: Any) -> Line:
    """Submit a verdict over HTTP, expecting it to be taken."""
    response = client.post("/api/sft/submit", json={"id": candidate_id, "action": action, **fields})
    assert response.status_code == 200, response.text
    return dict(response.json())


def queue_ids(client: TestClient, **query: Any) -> list[str]:
    response = client.get("/api/sft/queue", params={"per_page": 200, **query})
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


def export_rows(client: TestClient, **query: Any) -> list[Line]:
    """The rows of an export over HTTP."""
    response = client.get("/api/sft/export", params=query)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.content.decode().split("\n") if line]


def get_json(client: TestClient, path: str, **query: Any) -> Any:
    """What GET answers, expecting 200; `path` follows /api/sft."""
    response = client.get(f"/api/sft{path}", params=query)
    assert response.status_code == 200, response.text
    return response.json()


def get_card(client: TestClient, candidate_id: str) -> Line:
    return dict(get_json(client, f"/candidates/{quote(candidate_id, safe='')}"))


def get_history(client: TestClient, candidate_id: str) -> list[Line]:
    return list(get_json(client, f"/candidates/{quote(candidate_id, safe='')}/history"))


def undo(client: TestClient, candidate_id: str) -> Line:
    """Undo over HTTP, expecting it to be done."""
    response = client.post("/api/sft/undo", json={"id": candidate_id})
    assert response.status_code == 200, response.text
    return dict(response.json())


def assert_counted(database: Database) -> None:
    """The counters say what a recount says."""
    with database.read() as connection:
        assert dict(counters.read(connection, hidden_too=True)) == counters.recount(connection)
        assert counters.readings(connection) == counters.recount_readings(connection)


def discard(database: Database, number: int) -> None:
    """A decision on the candidate of that number."""
    decisions.submit(database, Submission(id=candidate_line(number)["id"], action="discard"), "rowan")
