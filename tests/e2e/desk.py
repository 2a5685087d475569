"""A desk that is served for one test, and what tests ask it directly."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.indexing import wait_until_indexed
from tests.processes import PATIENCE_S, wait_until

Json = dict[str, Any]


class Starter:
    """A process of the wheel's own Python that starts servers fast: it has loaded the package already."""

    def __init__(self, avocet: Path) -> None:
        command: list[str | Path] = [avocet.with_name("python"), "-I", Path(__file__).with_name("starter.py")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, environment: dict[str, str], arguments: list[str], log: Path) -> int:
        """Start `avocet` with these arguments; its process number."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"environment": environment, "arguments": arguments, "log": str(log)}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=PATIENCE_S)


class Desk:
    """`avocet serve` on a free port, from entering the block to leaving it."""

    def __init__(self, avocet: Path, starter: Starter, data_dir: Path, bench_dir: Path) -> None:
        self.avocet = avocet
        self.bench_dir = bench_dir
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")},
            "AVOCET_DATA_DIR": str(data_dir),
            "AVOCET_BENCH_RESULTS_DIR": str(bench_dir),
            "AVOCET_REVIEWER": "rowan",
        }
        self.port = 0
        self._starter = starter
        self._log = data_dir.with_name("serve.log")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        # its data go with the test: nothing is lost by not waiting for open pages to leave
        os.kill(self._process, signal.SIGKILL)

    def start(self) -> None:
        """Start serving; on the port of before, so that an open page finds the desk again."""
        self._log.write_text("", "utf-8")
        arguments = ["serve", "--no-browser", "--port", str(self.port)]
        self._process = self._starter.start(self.environment, arguments, self._log)
        self.port = wait_until(self._told_port, "the server's address")

    def stop(self) -> None:
        os.kill(self._process, signal.SIGTERM)
        wait_until(self._is_gone, "the server's end")

    def _told_port(self) -> int | None:
        told = re.search(r"http://127\.0\.0\.1:(\d+)/\n", said := self._log.read_text("utf-8"))
        assert told or not self._is_gone(), said
        return int(told[1]) if told else None

    def _is_gone(self) -> bool:
        try:
            os.kill(self._process, 0)
        except ProcessLookupError:
            return True
        return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """Run `avocet` on this desk's data; its standard output."""
        done = subprocess.run(
            [self.avocet, *arguments], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def get(self, path: str) -> Any:
        with urlopen(f"{self.url}/api/sft{path}") as response:
            return json.loads(response.read())

    def wait_until_indexed(self) -> None:
        """Until a search sees every card."""
        wait_until_indexed(lambda: self.get("/queue?q=x&per_page=1")["search"])

    def post(self, path: str, body: Json) -> Json:
        request = Request(
            f"{self.url}/api/sft{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urlopen(request) as response:
                return dict(json.loads(response.read()))
        except HTTPError as error:
            raise AssertionError(error.read().decode()) from None

    def export(self, query: str = "") -> list[Json]:
        """The rows of the `sft` export."""
        with urlopen(f"{self.url}/api/sft/export{query}") as response:
            return [json.loads(line) for line in response.read().decode().split("\n") if line]


def add_run(desk: Desk, name: str, lines: list[Json]) -> None:
    """Write a run into the results folder and import it."""
    folder = desk.bench_dir / name
    folder.mkdir()
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "sft_candidates.jsonl").write_text(text, "utf-8")
    desk.post("/import", {"run_id": name})


def plain_lines(count: int, **changes: Any) -> list[Json]:
    """Short lines, each its own; `changes` set keys of all of them."""
    return [
        {
            "id": f"plain/{number}",
            "task_name": f"Plain {number}",
            "task_type": "sums",
            "prompt_messages": [{"role": "user", "content": f"What is {number} + 1?"}],
            "model_response": f"It is {number}.",
            **changes,
        }
        for number in range(count)
    ]


def same_lines(count: int) -> list[Json]:
    """Lines that say the same but for case and white space."""
    return [
        {
            "id": f"same/{number}",
            "task_name": "Two and two",
            "task_type": "sums",
            "prompt_messages": [{"role": "user", "content": "What is 2 + 2?" + " " * number}],
            "model_response": "FIVE" if number % 2 else "five",
        }
        for number in range(count)
    ]
