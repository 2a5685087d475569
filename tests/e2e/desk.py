"""A desk that is served for one test, and what tests ask it directly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

Json = dict[str, Any]


class Desk:
    """`avocet serve` on a free port, from entering the block to leaving it."""

    def __init__(self, avocet: Path, data_dir: Path, bench_dir: Path) -> None:
        self.avocet = avocet
        self.bench_dir = bench_dir
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")},
            "AVOCET_DATA_DIR": str(data_dir),
            "AVOCET_BENCH_RESULTS_DIR": str(bench_dir),
            "AVOCET_REVIEWER": "rowan",
        }
        self.port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start serving; on the port of before, so that an open page finds the desk again."""
        command = [str(self.avocet), "serve", "--no-browser", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        told = self._process.stderr.readline()
        self.port = int(told.rstrip().rstrip("/").rsplit(":", 1)[1])

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        assert self._process.stderr is not None
        self._process.stderr.read()
        self._process.wait(timeout=10)
        self._process.stderr.close()

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
