"""Makes the desks of version 0.1.0: run by that version's Python, once for SQLite and once for PostgreSQL.

Its arguments are the folder that the results are copied to, and the database's URL; README.md beside it says how.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from pydantic import SecretStr

from avocet import __version__, runs
from avocet.api import create_app
from avocet.api.app import open_database
from avocet.importers.base import ImportOptions
from avocet.settings import Settings

HERE = Path(__file__).parent
SOURCES: list[dict[str, Any]] = json.loads((HERE / "sources.json").read_text("utf-8"))


def main(root: Path, url: str) -> None:
    assert __version__ == "0.1.0"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(HERE / "cases", root / "cases")
    shutil.copytree(HERE.parent.parent / "samples", root / "samples")
    secret = SecretStr("a secret of many")
    settings = Settings(data_dir=root / "data", database_url=url, reviewer="rowan", ingestion_secret=secret)
    database = open_database(settings)
    counts: dict[str, list[list[int]]] = {}
    for source in SOURCES:
        options = ImportOptions(**source.get("options", {}))
        for found in runs.find(root / source["path"], source.get("format")):
            report = runs.import_run(database, found, importer_name=source.get("format"), options=options)
            told = [report.read, report.imported, report.skipped, report.rejected]
            counts.setdefault(source["path"], []).append(told)
    app = create_app(settings, database, index_search=True)
    with TestClient(app, base_url="http://127.0.0.1:8503") as client:
        decide(client)
        bring_in(client, root)
        export(client)
        take_back(client)
        stats = client.get("/api/sft/stats").json()
    (HERE / "counts.json").write_text(json.dumps({"stats": stats, "imports": counts}, indent=1) + "\n", "utf-8")
    database.close()


def decide(client: TestClient) -> None:
    """Decisions of every kind: verdicts, undone and revised ones, and bulk steps."""
    verdicts: list[dict[str, Any]] = [
        {"action": "correct", "corrected_response": "1", "failure_category": "wrong_answer", "note": "one off"},
        {"action": "correct", "corrected_response": "  2\n"},
        {"action": "accept"},
        {"action": "accept", "failure_category": "style_violation"},
        {"action": "discard", "failure_category": "format_error"},
        {"action": "discard", "note": "of no use"},
        {"action": "flag", "failure_category": "hallucination"},
        {"action": "flag"},
    ]
    for number, verdict in enumerate(verdicts):
        post(client, "submit", {"id": f"run/{number}", **verdict})
    post(client, "undo", {"id": "run/1"})
    post(client, "undo", {"id": "run/7"})
    post(client, "submit", {"id": "run/7", "action": "discard"})
    standing = client.get("/api/sft/candidates/run/0/history").json()[-1]["decision_id"]
    revised = {"action": "correct", "corrected_response": "one", "revises": standing}
    post(client, "submit", {"id": "run/0", **revised})
    ids = ["run/8", "run/9", "run/10"]
    batch = post(client, "bulk", {"action": "discard", "ids": ids[:2], "expected": 2})
    post(client, f"bulk/{batch['batch_id']}/undo", {})
    post(client, "bulk", {"action": "flag", "ids": ids[1:], "expected": 2})
    post(client, "bulk", {"action": "recategorise", "failure_category": "partial_answer", "ids": ids[1:]})
    waiting = client.get("/api/sft/queue", params={"per_page": 200}).json()["items"]
    for number, card in enumerate(waiting[::3]):
        post(client, "submit", {"id": card["id"], **verdicts[number % len(verdicts)]})


def bring_in(client: TestClient, root: Path) -> None:
    """An upload, an ingested correction, a saved mapping, the results folder."""
    lines = (root / "cases" / "lines" / "without-ids.jsonl").read_bytes().replace(b"sums", b"sent")
    sent = client.post("/api/sft/upload", files={"files": ("sent.jsonl", lines)})
    assert sent.status_code == 200, sent.text
    headers = {"Authorization": "Bearer a secret of many", "Idempotency-Key": "first"}
    told = {"source": "chat", "task_type": "chat", "prompt": "Hi?", "response": "Ho.", "correction": "Hello."}
    assert client.post("/api/sft/ingest", json=told, headers=headers).status_code == 200
    columns = {"prompt": "q", "response": "a", "passed": "ok"}
    assert client.put("/api/sft/mappings/mine", json={"columns": columns}).status_code == 200
    post(client, "config", {"bench_results_dir": str(root / "cases" / "lines")})


def export(client: TestClient) -> None:
    """Recipes, and exports that were made."""
    wanted = {"format": "trl-sft", "filter": {"exclude_category": ["scoring_artifact"]}}
    assert client.put("/api/sft/recipes/mine", json=wanted).status_code == 200
    for body in ({"recipe": {"format": "sft"}}, {"recipe_name": "mine"}):
        made = client.post("/api/sft/exports", json=body)
        assert made.status_code == 201, made.text


def take_back(client: TestClient) -> None:
    """A run taken back whole, one of which only the undecided cards were, and one that was brought back."""
    for run, decided_too in (("taken-back", True), ("undecided-taken-back", False), ("brought-back", True)):
        params = {"decided_too": decided_too}
        assert client.delete(f"/api/sft/runs/{run}", params=params).status_code == 200
    assert client.post("/api/sft/runs/brought-back/restore").status_code == 200


def post(client: TestClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"/api/sft/{path}", json=body)
    assert answer.status_code == 200, (path, body, answer.text)
    return dict(answer.json())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
