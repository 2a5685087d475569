"""Bad input, each with a clear error, where a person meets it."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, text

from avocet.db import Database
from avocet.importers import IMPORTERS
from avocet.migrations import HEAD
from avocet.review import stats
from avocet.settings import Settings
from tests.command import Avocet, Said
from tests.consistency import assert_consistent
from tests.factories import (
    Line,
    candidate_line,
    candidate_lines,
    export_rows,
    import_lines,
    queue_ids,
    submit,
    write_jsonl,
    write_run,
)
from tests.processes import COMMAND


@pytest.fixture
def rejected(avocet: Avocet, database: Database, bench_dir: Path) -> Callable[[str | bytes], Line]:
    """Import one bad line between two good ones; what the desk says of it."""

    def import_it(line: str | bytes) -> Line:
        path = write_run(bench_dir, [candidate_line(1), line, candidate_line(2)])
        answer = avocet("import", "--json", path).json()
        (run,) = answer["runs"]
        assert (run["read"], run["imported"], run["rejected"]) == (3, 2, 1)
        (told,) = answer["rejected"][0]["lines"]
        assert told["line_number"] == 2
        assert_consistent(database)
        return dict(told)

    return import_it


@pytest.fixture
def own_desk(avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of a SQLite desk, whatever `--db` says."""
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "own"))
    assert avocet.done("stats")
    return tmp_path / "own" / "avocet.db"


def test_a_missing_folder(avocet: Avocet, tmp_path: Path) -> None:
    said = avocet("import", tmp_path / "gone")
    assert (said.code, said.err) == (1, f"avocet: There is no file or folder at {tmp_path / 'gone'}.\n")


def test_a_path_that_is_too_long(avocet: Avocet, tmp_path: Path) -> None:
    said = avocet("import", tmp_path / ("long" * 100))
    assert said.code == 1
    assert "There is no file or folder at" in said.err


def test_a_missing_results_folder(avocet: Avocet, client: TestClient, bench_dir: Path) -> None:
    bench_dir.rmdir()
    config = client.get("/api/sft/config").json()
    assert (config["state"], config["bench_results_dir"]) == ("missing", str(bench_dir))
    assert client.get("/api/sft/runs").json() == []


def test_a_directory_without_runs(avocet: Avocet, bench_dir: Path) -> None:
    (bench_dir / "notes.txt").write_text("nothing here")
    said = avocet("import", bench_dir)
    assert said.code == 1
    assert said.err.startswith(f"avocet: No runs in {bench_dir}: looked there and 5 folders deep for ")
    assert all(name in said.err for name in ("sft_candidates.jsonl", *IMPORTERS))


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)), b"\x89PNG\r\n\x1a\n\x00\x00"])
@pytest.mark.parametrize("name", ["model.gguf", "sft_candidates.jsonl"])
def test_a_binary_file(avocet: Avocet, database: Database, tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = avocet("import", path)
    assert said.code == 1
    tried = ", ".join(IMPORTERS)
    assert said.err == f"avocet: {name} is a binary file, not a results file. Tried: {tried}.\n"
    assert stats.read(database).total == 0


def test_an_empty_file(avocet: Avocet, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    said = avocet("import", tmp_path / "empty.jsonl")
    assert said.code == 1
    assert "is empty: there is nothing to import" in said.err


def test_truncated_json(rejected: Callable[[str], Line]) -> None:
    line = rejected('{"id": "cut", "prompt_messages": [{"role": "user", "cont')
    assert line["code"] == "invalid_json"
    assert line["reason"].startswith("Not valid JSON: ")
    assert line["text_start"].startswith('{"id": "cut"')


def test_a_line_that_is_5(rejected: Callable[[str], Line]) -> None:
    line = rejected("5")
    assert (line["code"], line["text_start"]) == ("not_an_object", "5")
    assert line["reason"] == "The line is a number, not a JSON object."


def test_an_unknown_category_in_an_imported_line(rejected: Callable[[str], Line]) -> None:
    line = rejected('{"prompt_messages": [{"role": "user", "content": "?"}], "model_response": "!", '
                    '"failure_category": "laziness"}')  # fmt: skip
    assert line["code"] == "unknown_failure_category"
    assert "'laziness'" in line["reason"]
    assert "hallucination" in line["reason"]


def test_bytes_that_are_not_utf_8(rejected: Callable[[bytes], Line]) -> None:
    line = rejected(b'{"model_response": "caf\xe9"}')
    assert (line["code"], line["reason"]) == ("not_utf8", "The line isn't UTF-8 text.")
    assert line["text_start"] == '{"model_response": "caf\ufffd"}'


@pytest.mark.parametrize(("escape", "what"), [(r"\ud83d", "lone surrogate"), (r"\u0000", "NUL")])
def test_a_lone_surrogate_or_nul(avocet: Avocet, client: TestClient, bench_dir: Path, escape: str, what: str) -> None:
    line = f'{{"id": "x", "prompt_messages": [{{"role": "user", "content": "a{escape}b"}}], "model_response": "c"}}'
    said = avocet("import", write_run(bench_dir, [line]))
    assert said.code == 0
    assert "1 line with characters that no file can carry" in said.err
    card = client.get("/api/sft/candidates/x").json()
    assert card["prompt_messages"][0]["content"] == "a\ufffdb", what


def test_a_raw_nul(rejected: Callable[[bytes], Line]) -> None:
    line = rejected(b'{"model_response": "a\x00b"}')
    assert line["code"] == "invalid_json"
    assert "\x00" not in line["text_start"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c"])
def test_u2028_ends_no_line(avocet: Avocet, client: TestClient, bench_dir: Path, separator: str) -> None:
    line = candidate_line(1, id="x", model_response=f"one{separator}two")
    assert "1 line read: imported 1" in avocet.done("import", write_run(bench_dir, [line]))
    assert client.get("/api/sft/candidates/x").json()["model_response"] == f"one{separator}two"
    submit(client, "x", "accept")
    (row,) = export_rows(client)
    assert row["messages"][-1]["content"] == f"one{separator}two"


def test_a_20_mb_response(avocet: Avocet, client: TestClient, bench_dir: Path) -> None:
    long = "All work and no play. " * (20 * 2**20 // 22)
    avocet.done("import", write_run(bench_dir, [candidate_line(1, model_response=long), candidate_line(2)]))
    first = client.get("/api/sft/queue", params={"per_page": 1}).json()["items"][0]
    assert first["model_response"] == long
    submit(client, first["id"], "correct", corrected_response=long + "!")
    (row,) = export_rows(client)
    assert row["messages"][-1]["content"] == long + "!"


def test_a_line_over_32_mib(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    path = write_run(bench_dir, [candidate_line(1, model_response="x" * (33 * 2**20)), candidate_line(2)])
    answer = avocet("import", "--json", path).json()
    (line,) = answer["rejected"][0]["lines"]
    assert (line["line_number"], line["code"]) == (1, "line_too_long")
    assert line["reason"] == "The line is longer than 32 MiB."
    assert stats.read(database).total == 1


def test_a_file_name_that_is_not_utf_8(avocet: Avocet, client: TestClient, bench_dir: Path) -> None:
    folder = os.fsencode(bench_dir) + b"/caf\xe9"
    os.mkdir(folder)
    path = write_jsonl(Path(os.fsdecode(folder)) / "sft_candidates.jsonl", candidate_lines(1))
    said = avocet("import", path)
    assert said.code == 1
    assert "isn't UTF-8. Rename it" in said.err
    assert client.get("/api/sft/runs").status_code == 200
    assert avocet("runs").code == 0


def test_a_busy_port(avocet: Avocet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert avocet.refused("serve", "--no-browser", "--port", str(port)).startswith(f"Port {port} is in use")


@pytest.mark.parametrize("command", [("stats",), ("runs",), ("export", "-o", "-"), ("serve", "--no-browser")])
def test_a_file_where_the_data_folder_should_be(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "file"))
    port = ("--port", "0") if command[0] == "serve" else ()
    sentence = avocet.refused(*command, *port)
    assert sentence == f"The data folder {tmp_path / 'file'} can't be made: File exists."


class TestReadOnlyDataFolder:
    """A process that the rights of files hold for, even where the tests run as root."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Iterator[Path]:
        folder = tmp_path / "read-only"
        folder.mkdir()
        yield folder
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)

    def run(self, folder: Path, *arguments: str) -> Said:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
        done = subprocess.run(
            [*COMMAND, *arguments],
            env={**kept, "AVOCET_DATA_DIR": str(folder)},
            preexec_fn=_obey_file_rights,
            capture_output=True,
            text=True,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def test_without_a_database(self, folder: Path) -> None:
        folder.chmod(0o555)
        said = self.run(folder, "stats")
        assert (said.code, said.out) == (1, "")
        assert said.err == f"avocet: The data folder {folder} can't be written: Permission denied.\n"

    def test_with_a_database(self, folder: Path, tmp_path: Path) -> None:
        path = write_jsonl(tmp_path / "results.jsonl", candidate_lines(1))
        assert self.run(folder, "import", str(path)).code == 0
        for file in folder.rglob("*"):
            file.chmod(0o444 if file.is_file() else 0o555)
        folder.chmod(0o555)
        said = self.run(folder, "import", str(path))
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("avocet: ")
        assert "data folder" in said.err
        assert "Traceback" not in said.err


def _obey_file_rights() -> None:
    """Drop root's right to write everywhere (CAP_DAC_OVERRIDE) for the command that follows."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop_from_bounding_set, override_rights = 24, 1
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, override_rights, 0, 0, 0) != 0:
            raise OSError("this root may not give up its rights")


def test_a_database_that_is_read_only(
    database: Database, client: TestClient, bench_dir: Path, on_postgresql: bool
) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    on_every_connection(
        database, "SET default_transaction_read_only = on" if on_postgresql else "PRAGMA query_only = on"
    )
    (card,) = queue_ids(client)
    response = client.post("/api/sft/submit", json={"id": card, "action": "flag"})
    assert (response.status_code, response.json()["code"]) == (503, "read_only")
    assert queue_ids(client) == [card]


class TestFullDisk:
    """SQLite is given no page more; PostgreSQL answers as its server does on a full disk."""

    @pytest.fixture
    def full(self, database: Database, bench_dir: Path, on_postgresql: bool) -> Iterator[str]:
        """The id of a card on a disk that is full from here on."""
        import_lines(database, bench_dir, candidate_lines(3))
        if not on_postgresql:
            on_every_connection(database, "PRAGMA max_page_count = 1")  # SQLite takes the present size for it
            yield candidate_line(1)["id"]
            return
        with database.write() as connection:
            connection.execute(text(PG_FULL))
            for table in ("decisions", "candidates"):
                connection.execute(
                    text(f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()")
                )
        yield candidate_line(1)["id"]
        with database.write() as connection:
            connection.execute(text("DROP FUNCTION full_disk CASCADE"))

    def test_submit(self, full: str, client: TestClient, database: Database) -> None:
        before = stats.read(database)
        body = {"id": full, "action": "correct", "corrected_response": "It is 2. " * 100_000}
        response = client.post("/api/sft/submit", json=body)
        assert (response.status_code, response.json()["code"]) == (507, "disk_full")
        assert "Nothing was changed" in response.json()["detail"]
        assert stats.read(database) == before
        assert client.get(f"/api/sft/candidates/{full}/history").json() == []
        assert client.get(f"/api/sft/candidates/{full}").json()["status"] == "needs_review"
        assert_consistent(database)

    def test_import(self, full: str, client: TestClient, database: Database, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(400, id=..., benchmark_run_id=None), "big")
        response = client.post("/api/sft/import", json={"run_id": "big"})
        assert (response.status_code, response.json()["code"]) == (507, "disk_full")
        assert stats.read(database).total == 3
        assert client.get("/api/sft/queue").json()["total"] == 3
        assert_consistent(database)


PG_FULL = """
CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$
"""


def on_every_connection(database: Database, statement: str) -> None:
    def tell(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()
        if not database.is_sqlite:
            connection.commit()

    database.engine.dispose()
    event.listen(database.engine, "connect", tell)


@pytest.mark.parametrize("command", [("stats",), ("import", "x.jsonl"), ("serve", "--no-browser", "--port", "0")])
def test_a_database_from_a_newer_version(avocet: Avocet, database: Database, command: tuple[str, ...]) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        sentence = avocet.refused(*command)
    finally:
        with database.write() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    assert sentence.startswith(f"This database was made by a newer Avocet (schema 9999, this one knows up to {HEAD})")
    assert "Nothing was changed" in sentence


@pytest.mark.parametrize("command", [("stats",), ("serve", "--no-browser", "--port", "0")])
def test_a_file_that_is_not_a_database(avocet: Avocet, own_desk: Path, command: tuple[str, ...]) -> None:
    for path in own_desk.parent.glob("avocet.db*"):
        path.unlink()
    own_desk.write_bytes(b"not a database at all, but long enough to be asked for a header " * 100)
    assert avocet.refused(*command) == "The desk's database file isn't a SQLite database."


def test_a_damaged_database(avocet: Avocet, own_desk: Path) -> None:
    content = bytearray(own_desk.read_bytes())
    content[4096:] = os.urandom(1) * (len(content) - 4096)
    own_desk.write_bytes(content)
    assert "damaged" in avocet.refused("stats")


def test_a_postgresql_that_does_not_answer(avocet: Avocet, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # nobody listens on it
        port = closed.getsockname()[1]
        monkeypatch.setenv("AVOCET_DATABASE_URL", f"postgresql+psycopg://desk:hunter2@127.0.0.1:{port}/desk")
        for command in (("stats",), ("serve", "--no-browser", "--port", "0")):
            sentence = avocet.refused(*command)
            assert sentence == "The database server doesn't answer. Nothing was changed; try again."


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://desk:hunter2@127.0.0.1/desk", "mysql isn't supported"),
        ("hunter2", "isn't a database URL"),
        ("sqlite://", "needs a database file"),
        ("postgresql+psycopg://desk:hunter2@127.0.0.1:port/desk", "isn't a database URL"),
    ],
)
def test_a_database_url_that_can_not_be_meant(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.setenv("AVOCET_DATABASE_URL", url)
    sentence = avocet.refused("stats")
    assert told in sentence
    assert "hunter2" not in sentence


def test_a_postgresql_password_that_is_wrong_is_never_said(
    avocet: Avocet, settings: Settings, on_postgresql: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = settings.url if on_postgresql else "postgresql+psycopg://desk@127.0.0.1:1/desk"
    head, _, rest = url.partition("@")
    user = head.rpartition("//")[2].partition(":")[0]
    monkeypatch.setenv("AVOCET_DATABASE_URL", f"postgresql+psycopg://{user}-gone:hunter2@{rest}")
    assert "hunter2" not in avocet.refused("stats")
