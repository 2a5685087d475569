"""The floor: about the least that can do the desk's HTTP work, to have something to divide by.

Starlette, sqlite3 and msgspec; WAL and `synchronous=FULL` as the desk has. It checks nothing, filters nothing, keeps
the line as it came, and answers from the event loop itself.
`python -m benchmarks.floor serve DATABASE PORT RUNS_FOLDER | import DATABASE FILE | export DATABASE FILE`
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

SCHEMA = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;
CREATE TABLE IF NOT EXISTS candidates (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, status TEXT, model TEXT, task TEXT,
  category TEXT, correction TEXT, decision INTEGER, line BLOB);
CREATE INDEX IF NOT EXISTS queue ON candidates (status, seq);
CREATE TABLE IF NOT EXISTS decisions (id INTEGER PRIMARY KEY, seq INTEGER, action TEXT, status TEXT, correction TEXT,
  category TEXT, replaces INTEGER);
CREATE TABLE IF NOT EXISTS counters (model TEXT, task TEXT, status TEXT, category TEXT, n INTEGER,
  PRIMARY KEY (model, task, status, category));
"""
AFTER = {"correct": "approved", "accept": "approved", "discard": "discarded", "flag": "model_rejected"}
FIND = "SELECT seq, model, task, status, category, decision FROM candidates WHERE id = ?"
COUNT = "INSERT INTO counters VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
BATCH = 500


class Line(msgspec.Struct):
    id: str
    status: str
    model_name: str
    task_type: str
    prompt_messages: msgspec.Raw
    corrected_response: str | None
    failure_category: str | None
    benchmark_run_id: str | None


class Row(msgspec.Struct):
    messages: list[Any]
    failure_category: str | None
    avocet_id: str
    task_type: str
    model_name: str
    benchmark_run_id: str | None


_decode = msgspec.json.Decoder(Line).decode
_messages = msgspec.json.Decoder(list[Any]).decode
_encode = msgspec.json.Encoder().encode


def connect(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.executescript(SCHEMA)
    return connection


def import_file(database: str, file: str) -> int:
    connection, imported = connect(database), 0
    with open(file, "rb") as stream:
        while raw := list(islice(stream, BATCH)):
            batch = [(_decode(line), line) for line in raw]
            connection.execute("BEGIN IMMEDIATE")
            inserted = connection.executemany(
                "INSERT OR IGNORE INTO candidates (id, status, model, task, category, correction, line)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (c.id, c.status, c.model_name, c.task_type, c.failure_category or "", c.corrected_response, line)
                    for c, line in batch
                ],
            ).rowcount
            if inserted == len(batch):
                counts = Counter((c.model_name, c.task_type, c.status, c.failure_category or "") for c, _ in batch)
                connection.executemany(COUNT, [(*key, n) for key, n in counts.items()])
            connection.execute("COMMIT")
            imported += inserted
    connection.close()
    return imported


def export(database: str) -> Iterator[bytes]:
    connection, buffer = connect(database), bytearray()
    rows = connection.execute(
        "SELECT line, correction, category FROM candidates WHERE status = 'approved' ORDER BY seq"
    )
    for line, correction, category in rows:
        c = _decode(line)
        messages = [*_messages(c.prompt_messages), {"role": "assistant", "content": correction}]
        buffer += (
            _encode(Row(messages, category or None, c.id, c.task_type, c.model_name, c.benchmark_run_id)) + b"\n"
        )
        if len(buffer) >= 256 * 1024:
            yield bytes(buffer)
            buffer.clear()
    yield bytes(buffer)
    connection.close()


def serve(database: str, port: int, runs: str) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import Request
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Route

    connection = connect(database)

    def reply(value: object) -> Response:
        return Response(_encode(value), media_type="application/json")

    async def queue(request: Request) -> Response:
        per_page = int(request.query_params.get("per_page", 20))
        found = connection.execute(
            "SELECT line FROM candidates WHERE status = 'needs_review' ORDER BY seq LIMIT ?", (per_page,)
        )
        items = [msgspec.Raw(line) for (line,) in found]
        (total,) = connection.execute("SELECT sum(n) FROM counters WHERE status = 'needs_review'").fetchone()
        return reply({"items": items, "total": total})

    async def stats(_request: Request) -> Response:
        by_status: Counter[str] = Counter()
        for status, n in connection.execute("SELECT status, n FROM counters"):
            by_status[status] += n
        return reply({"total": sum(by_status.values()), "by_status": by_status})

    def decide(
        found: tuple[Any, ...], action: str, status: str, correction: str | None, category: str, stands: bool
    ) -> int | None:
        seq, model, task, old_status, old_category, decision = found
        made = connection.execute(
            "INSERT INTO decisions (seq, action, status, correction, category, replaces) VALUES (?, ?, ?, ?, ?, ?)",
            (seq, action, status, correction, category, decision),
        ).lastrowid
        connection.execute(
            "UPDATE candidates SET status = ?, correction = ?, category = ?, decision = ?"
            " WHERE seq = ? AND status = ?",
            (status, correction, category, made if stands else None, seq, old_status),
        )
        moved = ((model, task, old_status, old_category, -1), (model, task, status, category, 1))
        connection.executemany(COUNT, moved)
        connection.execute("COMMIT")
        return made

    async def submit(request: Request) -> Response:
        body = msgspec.json.decode(await request.body())
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute(FIND, (body["id"],)).fetchone()
        if found[3] != "needs_review":
            connection.execute("ROLLBACK")
            return Response(status_code=409)
        status, category = AFTER[body["action"]], body.get("failure_category") or ""
        made = decide(found, body["action"], status, body.get("corrected_response"), category, True)
        return reply({"ok": True, "id": body["id"], "status": status, "decision_id": made})

    async def undo(request: Request) -> Response:
        body = msgspec.json.decode(await request.body())
        connection.execute("BEGIN IMMEDIATE")
        found = connection.execute(FIND, (body["id"],)).fetchone()
        undone = connection.execute("SELECT action, correction, category FROM decisions WHERE id = ?", (found[5],))
        action, correction, category = undone.fetchone()
        decide(found, "undo", "needs_review", None, "", False)
        undone_as = {"action": action, "corrected_response": correction, "failure_category": category or None}
        return reply({"ok": True, "id": body["id"], "status": "needs_review", "undone": undone_as})

    async def import_run(request: Request) -> Response:
        file = Path(runs) / msgspec.json.decode(await request.body())["run_id"] / "sft_candidates.jsonl"
        return reply({"imported": await run_in_threadpool(import_file, database, str(file))})

    async def download(_request: Request) -> Response:
        return StreamingResponse(export(database), media_type="application/x-ndjson")

    gets, posts = (queue, stats), (submit, undo)
    routes = [Route(f"/api/sft/{route.__name__}", route) for route in gets]
    routes += [Route(f"/api/sft/{route.__name__}", route, methods=["POST"]) for route in posts]
    routes += [
        Route("/api/sft/import", import_run, methods=["POST"]),
        Route("/api/sft/export", download),
    ]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", database, port, runs]:
            serve(database, int(port), runs)
        case ["import", database, file]:
            import_file(database, file)
        case ["export", database, file]:
            with open(file, "wb") as out:
                out.writelines(export(database))
        case _:
            sys.exit(__doc__)
