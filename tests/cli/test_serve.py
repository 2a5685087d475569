"""avocet serve, as a real process wherever ports and signals matter."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from avocet.settings import Settings
from tests.command import Avocet
from tests.factories import candidate_lines, write_run
from tests.processes import COMMAND, Server, environment, serving

TOKEN = "a-long-secret-to-paste"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[Server]:
    with serving(environment(settings), tmp_path / "server.log") as server:
        yield server


def test_it_says_where_it_is_and_answers_there(server: Server, settings: Settings, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(3))
    with server.client() as client:
        (run,) = client.get("/api/sft/runs").json()
        assert client.post("/api/sft/import", json={"run_id": run["run_id"]}).json()["imported"] == 3
        assert client.get("/api/sft/queue").json()["total"] == 3
        page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "server" not in page.headers
    lines = server.said.splitlines()
    assert lines[0] == f"Avocet is at {server.url}"
    assert lines[1].endswith("Stop with Ctrl+C.")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_quietly(server: Server, by: signal.Signals) -> None:
    with server.client() as client:
        assert client.get("/api/sft/stats").status_code == 200
    code = server.stop(by)
    assert code in {signal.SIGINT: (130,), signal.SIGTERM: (-signal.SIGTERM, 128 + signal.SIGTERM)}[by]
    assert len(server.said.splitlines()) == 2, server.said


def test_the_port_is_free_again_at_once(server: Server, settings: Settings, tmp_path: Path) -> None:
    with server.client() as client:
        client.get("/api/sft/stats")
    server.stop(signal.SIGTERM)
    port = server.url.rstrip("/").rpartition(":")[2]
    with serving(environment(settings), tmp_path / "second.log", "--port", port) as second:
        assert second.url == server.url


def test_a_busy_port_is_a_sentence(avocet: Avocet, taken: int) -> None:
    sentence = avocet.refused("serve", "--no-browser", "--port", str(taken))
    assert sentence == (
        f"Port {taken} is in use, perhaps by another Avocet. Stop that, or take a free port: --port 0."
    )


def test_a_port_that_is_none_is_a_usage_error(avocet: Avocet) -> None:
    said = avocet("serve", "--port", "70000")
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", ""])
def test_another_address_than_loopback_is_refused_without_a_token(avocet: Avocet, host: str) -> None:
    assert "Set AVOCET_TOKEN" in avocet.refused("serve", "--no-browser", "--port", "0", "--host", host)


def test_a_blank_token_is_none(avocet: Avocet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVOCET_TOKEN", "")
    assert "Set AVOCET_TOKEN" in avocet.refused("serve", "--no-browser", "--port", "0", "--host", "0.0.0.0")


@pytest.mark.parametrize("token", ["x", "fifteen letters"])
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_short_token_ends_it_with_a_new_one_to_paste(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, token: str, command: str
) -> None:
    monkeypatch.setenv("AVOCET_TOKEN", token)
    said = avocet.refused(command, "--no-browser", "--port", "0")
    assert f"{len(token)} characters" in said
    assert token not in said.split()
    new = said.partition("export AVOCET_TOKEN=")[2]
    assert re.fullmatch(r"[\w-]{16,}", new)


def test_another_loopback_address_answers_to_itself(settings: Settings, tmp_path: Path) -> None:
    with (
        serving(environment(settings), tmp_path / "server.log", "--host", "127.0.0.2") as server,
        server.client() as client,
    ):
        assert server.url.startswith("http://127.0.0.2:")
        assert client.get("/api/sft/stats").status_code == 200
        own = {"Origin": server.url.rstrip("/")}
        assert client.post("/api/sft/undo", json={"id": "x"}, headers=own).status_code == 404
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("no.such.host.invalid", "There is no address no.such.host.invalid."),
        ("192.0.2.1", "Can't listen on 192.0.2.1"),
    ],
)
def test_an_address_that_is_not_here_is_a_sentence(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, host: str, sentence: str
) -> None:
    monkeypatch.setenv("AVOCET_TOKEN", TOKEN)
    assert avocet.refused("serve", "--no-browser", "--port", "0", "--host", host).startswith(sentence)


def test_with_a_token_every_address_serves_and_asks_for_it(settings: Settings, tmp_path: Path) -> None:
    env = environment(settings, AVOCET_TOKEN=TOKEN)
    with serving(env, tmp_path / "server.log", "--host", "0.0.0.0") as server:
        with server.client() as stranger:
            refused = stranger.get("/api/sft/stats")
            assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
            assert stranger.get("/").status_code == 401
            assert stranger.get("/api/sft/stats?token=wrong").status_code == 401
            welcomed = stranger.get(f"/?token={TOKEN}")
            assert (welcomed.status_code, welcomed.headers["location"]) == (303, "/")
            assert "httponly" in welcomed.headers["set-cookie"].lower()
            # the cookie now opens the desk
            assert stranger.get("/api/sft/stats").status_code == 200
        with server.client(TOKEN) as program:
            assert program.get("/api/sft/stats").status_code == 200
        assert TOKEN not in server.said


def test_it_stops_while_a_browser_keeps_its_connection_open(server: Server) -> None:
    with server.client() as client:
        client.get("/api/sft/stats")
        # the connection is still open here: a server that waited for it would not end
        server.stop(signal.SIGTERM)


def test_two_servers_share_one_desk(server: Server, settings: Settings, bench_dir: Path, tmp_path: Path) -> None:
    write_run(bench_dir, candidate_lines(1))
    with (
        serving(environment(settings), tmp_path / "second.log") as second,
        server.client() as here,
        second.client() as there,
    ):
        (run,) = here.get("/api/sft/runs").json()
        here.post("/api/sft/import", json={"run_id": run["run_id"]})
        (item,) = there.get("/api/sft/queue").json()["items"]
        verdict = {"id": item["id"], "action": "flag"}
        assert there.post("/api/sft/submit", json=verdict).status_code == 200
        assert here.post("/api/sft/submit", json=verdict).status_code == 409


def test_a_setting_that_can_not_be_meant_is_a_sentence(avocet: Avocet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVOCET_DATA_DIR", "~no-such-user/desk")
    sentence = avocet.refused("serve", "--no-browser")
    assert sentence.startswith("The settings can't be read. AVOCET_DATA_DIR: ")
    assert "~no-such-user/desk" in sentence


def test_the_password_of_the_database_is_never_said(settings: Settings, on_postgresql: bool, tmp_path: Path) -> None:
    url = settings.url.replace("postgres:", "postgres:hunter2") if on_postgresql else settings.url
    with serving({**environment(settings), "AVOCET_DATABASE_URL": url}, tmp_path / "server.log") as server:
        assert ("PostgreSQL" in server.said) is on_postgresql
        assert "hunter2" not in server.said


def test_the_module_is_the_command() -> None:
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True)
    for name in ("serve", "import", "export", "stats", "runs", "backup", "demo"):
        assert name in done.stdout
