"""What is measured at one size: both desks in turn, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import msgspec

from benchmarks import corpus
from benchmarks.client import PREFIX, Client, get, post
from benchmarks.desks import AVOCET, DESKS, FLOOR, Desk, Finished, Server, memory_mib, run, serving, wait_for_index

CALLS = 300
WARM_UP = 40
BLOCK = 20
CLIENTS = 8
SUBMITS = 2000
ROUNDS = 4
MORE_RUN, MORE = "2026-11-02-090000", 20_000
SMALLEST_RATED = 10_000
REPEATS_OF_SMALL, REPEATS_OF_LARGE = 5, 3

QUEUE = get("/queue?page=1&per_page=20")
STATS = get("/stats")
say: Callable[[str], None] = partial(print, flush=True)


class Goal(NamedTuple):
    """What design.md section 6 asks: at most, or at least, a number; and at most a multiple of the floor."""

    at_most: float | None = None
    at_least: float | None = None
    times_floor: float | None = None


@dataclass(frozen=True)
class Measure:
    """One row of the table: a number of each desk."""

    name: str
    unit: str
    floor: float
    avocet: float
    goal: Goal | None = None


@dataclass
class _Numbers:
    """The measures of one size, collected by name."""

    measures: list[Measure] = field(default_factory=list)

    def add(self, name: str, unit: str, by_desk: dict[Desk, float], goal: Goal | None = None) -> None:
        floor, avocet = by_desk[FLOOR], by_desk[AVOCET]
        self.measures.append(Measure(name, unit, floor, avocet, goal))
        say(f"  {name}: floor {floor:.2f}, Avocet {avocet:.2f} {unit}")

    def add_latency(self, name: str, seconds: dict[Desk, list[float]], held: bool = True) -> None:
        """The p50 and p99 of some calls; `held` says whether the goals are meant for them."""
        goals = (Goal(at_most=2.0, times_floor=4.0), Goal(at_most=10.0)) if held else (None, None)
        for percentile, goal in zip((50, 99), goals, strict=True):
            by_desk = {desk: _percentile(taken, percentile) * 1000 for desk, taken in seconds.items()}
            self.add(f"{name} p{percentile}", "ms", by_desk, goal)

    def add_memory(self, name: str, finished: dict[Desk, float | None], goal: Goal | None) -> None:
        known = {desk: mib for desk, mib in finished.items() if mib is not None}
        if len(known) == len(finished):
            self.add(name, "MiB", known, goal)


def measure(size: int, folder: Path) -> list[Measure]:
    """Every measure at `size` candidates, in a folder that may be thrown away afterwards."""
    numbers, runs = _Numbers(), folder / "runs"
    waiting = corpus.write(runs / corpus.RUN / "sft_candidates.jsonl", size)
    decided = corpus.write(folder / "decided.jsonl", size, decided=True)
    corpus.write(runs / MORE_RUN / "sft_candidates.jsonl", MORE, run=MORE_RUN)
    _measure_import(numbers, size, folder, waiting)
    _measure_start(numbers, folder, runs)
    _measure_review(numbers, size, folder, runs)
    _measure_export(numbers, size, folder, decided)
    return numbers.measures


def _measure_import(numbers: _Numbers, size: int, folder: Path, file: Path) -> None:
    """Leaves the last desks in place: the rest of the measures work on them."""
    one = corpus.write(folder / "one.jsonl", 1, run="one")
    starts = _repeat(REPEATS_OF_SMALL, lambda desk: run(desk.import_(folder / desk.name, one), folder / desk.name))

    def import_anew(desk: Desk) -> Finished:
        shutil.rmtree(folder / desk.name, ignore_errors=True)
        run(desk.import_(folder / desk.name, one), folder / desk.name)
        return run(desk.import_(folder / desk.name, file), folder / desk.name)

    finished = _repeat(_repeats(size), import_anew)
    numbers.add("import command, 1 record", "s", _fastest(starts))
    numbers.add(f"import command, {size:,} records", "s", _fastest(finished))
    _add_rate(numbers, "import", size, finished, starts, Goal(at_least=15_000))
    numbers.add_memory("import peak memory", _peaks(finished), Goal(at_most=200))


def _measure_start(numbers: _Numbers, folder: Path, runs: Path) -> None:
    with _both_serving(folder, "", runs) as servers:
        indexing = {desk: wait_for_index(desk, server) for desk, server in servers.items()}
    numbers.add("search index, filled in the background", "s", indexing)
    seconds: dict[Desk, list[float]] = {desk: [] for desk in DESKS}
    idle: dict[Desk, float | None] = {}
    for _ in range(REPEATS_OF_SMALL):
        for desk in DESKS:
            with serving(desk, folder / desk.name, runs) as server:
                seconds[desk].append(server.seconds_to_answer)
                idle[desk] = memory_mib(server.pid, "VmRSS")
    numbers.add("server start to first answer", "s", {desk: min(seconds[desk]) for desk in DESKS}, Goal(at_most=1.0))
    numbers.add_memory("server memory, idle", idle, Goal(at_most=80))


def _measure_review(numbers: _Numbers, size: int, folder: Path, runs: Path) -> None:
    with _both_serving(folder, "", runs) as servers, ExitStack() as stack:
        clients = {desk: stack.enter_context(Client(server.port)) for desk, server in servers.items()}
        calls = min(CALLS, size // 3)
        verdicts = [_verdict(number) for number in range(calls)]
        undos = [post("/undo", {"id": corpus.candidate_id(number)}) for number in range(calls)]
        _in_turn(clients, [*[QUEUE, STATS] * (WARM_UP // 4), *verdicts[:WARM_UP], *undos[:WARM_UP]])
        numbers.add_latency("queue page", _in_turn(clients, [QUEUE] * CALLS))
        numbers.add_latency("stats", _in_turn(clients, [STATS] * CALLS))
        numbers.add_latency("submit", _in_turn(clients, verdicts))
        numbers.add_latency("undo", _in_turn(clients, undos))
        _measure_clients(numbers, size, servers)
        _measure_beside_import(numbers, size, servers)
        numbers.add_memory(
            "server memory, after all of this",
            {desk: memory_mib(server.pid, "VmRSS") for desk, server in servers.items()},
            None,
        )


def _measure_clients(numbers: _Numbers, size: int, servers: dict[Desk, Server]) -> None:
    """Durable submits by clients at once; the desks' own counters must then show every acknowledged one."""
    total = min(SUBMITS, size * 4 // 5)
    share = total // ROUNDS
    seconds: dict[Desk, float] = dict.fromkeys(DESKS, 0.0)
    before = {desk: _approved(server) for desk, server in servers.items()}
    for number in range(0, share * ROUNDS, share):
        for desk, server in servers.items():
            seconds[desk] += _submit_at_once(server, [_verdict(n) for n in range(number, number + share)])
    rates = {desk: share * ROUNDS / taken for desk, taken in seconds.items()}
    numbers.add(f"durable submits, {CLIENTS} clients", "/s", rates, Goal(at_least=1000))
    lost = {desk: share * ROUNDS - (_approved(servers[desk]) - before[desk]) for desk in DESKS}
    numbers.add("of those, acknowledged and lost", "", {desk: float(n) for desk, n in lost.items()}, Goal(at_most=0))


def _measure_beside_import(numbers: _Numbers, size: int, servers: dict[Desk, Server]) -> None:
    """The review loop while the same server imports another run."""
    queue: dict[Desk, list[float]] = {desk: [] for desk in DESKS}
    submit: dict[Desk, list[float]] = {desk: [] for desk in DESKS}
    rates: dict[Desk, float] = {}
    last = size - 1
    again = (_verdict(last), post("/undo", {"id": corpus.candidate_id(last)}))
    for desk, server in servers.items():
        began = time.perf_counter()
        importing = threading.Thread(target=_import, args=(server.port,))
        importing.start()
        with Client(server.port) as client:
            while importing.is_alive():
                queue[desk].append(client.time(QUEUE))
                submit[desk].append(client.time(again[0]))
                client.ask(again[1])
        rates[desk] = MORE / (time.perf_counter() - began)
    numbers.add_latency("queue page while the server imports", queue, held=False)
    numbers.add_latency("submit while the server imports", submit, held=False)
    numbers.add("that import", "records/s", rates)


def _measure_export(numbers: _Numbers, size: int, folder: Path, decided: Path) -> None:
    for desk in DESKS:
        run(desk.import_(_decided(folder, desk), decided), _decided(folder, desk))
    out = folder / "out.jsonl"

    def export(desk: Desk, expected: int = size) -> Finished:
        data = _decided(folder, desk)
        finished = run(desk.export(data, out), data)
        rows = _count_lines(out)
        if rows != expected:
            raise RuntimeError(f"{desk.name} exported {rows} rows of {expected}")
        return finished

    finished = _repeat(_repeats(size), export)
    empty = _repeat(
        REPEATS_OF_SMALL,
        lambda desk: run(desk.export(folder / f"empty {desk.name}", out), folder / f"empty {desk.name}"),
    )
    numbers.add(f"export command, {size:,} records", "s", _fastest(finished))
    _add_rate(numbers, "export", size, finished, empty, Goal(at_least=40_000))
    numbers.add_memory("export peak memory", _peaks(finished), Goal(at_most=200))
    with _both_serving(folder, "decided ", folder) as servers:
        growth: dict[Desk, float | None] = {}
        seconds: dict[Desk, list[float]] = {desk: [] for desk in DESKS}
        for number in range(_repeats(size)):
            for desk, server in servers.items():
                before = memory_mib(server.pid, "VmRSS")
                seconds[desk].append(_download(server.port, size))
                after = memory_mib(server.pid, "VmHWM")
                if number == 0:
                    growth[desk] = None if before is None or after is None else after - before
    rates = {desk: size / min(taken) for desk, taken in seconds.items()}
    numbers.add("export by HTTP", "records/s", rates)
    numbers.add_memory("server memory, growth by it", growth, None)


def _add_rate(
    numbers: _Numbers,
    name: str,
    size: int,
    finished: dict[Desk, list[Finished]],
    idle: dict[Desk, list[Finished]],
    goal: Goal,
) -> None:
    """Records a second beyond what the command takes with nothing to do; too coarse to tell for a few."""
    if size >= SMALLEST_RATED:
        taken, started = _fastest(finished), _fastest(idle)
        numbers.add(name, "records/s", {desk: size / max(taken[desk] - started[desk], 1e-3) for desk in DESKS}, goal)


@contextmanager
def _both_serving(folder: Path, prefix: str, runs: Path) -> Iterator[dict[Desk, Server]]:
    with ExitStack() as stack:
        yield {desk: stack.enter_context(serving(desk, folder / f"{prefix}{desk.name}", runs)) for desk in DESKS}


def _decided(folder: Path, desk: Desk) -> Path:
    return folder / f"decided {desk.name}"


def _verdict(number: int) -> bytes:
    return post(
        "/submit",
        {
            "id": corpus.candidate_id(number),
            "action": "correct",
            "corrected_response": "The answer is 17, since the closed system exchanges no heat. 🦆 " * 8,
            "failure_category": "wrong_answer",
        },
    )


def _in_turn(clients: dict[Desk, Client], requests: Sequence[bytes]) -> dict[Desk, list[float]]:
    """Each desk's seconds for the same requests, a block of them at a time."""
    seconds: dict[Desk, list[float]] = {desk: [] for desk in clients}
    for start in range(0, len(requests), BLOCK):
        for desk, client in clients.items():
            seconds[desk] += [client.time(request) for request in requests[start : start + BLOCK]]
    return seconds


def _submit_at_once(server: Server, requests: list[bytes]) -> float:
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(server.port)) for _ in range(CLIENTS)]

        def work(index: int) -> None:
            for request in requests[index::CLIENTS]:
                clients[index].ask(request)

        with ThreadPoolExecutor(CLIENTS) as pool:
            began = time.perf_counter()
            list(pool.map(work, range(CLIENTS)))
            return time.perf_counter() - began


def _approved(server: Server) -> int:
    with Client(server.port) as client:
        approved: int = msgspec.json.decode(client.ask(STATS))["by_status"].get("approved", 0)
        return approved


def _import(port: int) -> None:
    with Client(port) as client:
        client.ask(post("/import", {"run_id": MORE_RUN}))


def _download(port: int, expected: int) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    began, rows = time.perf_counter(), 0
    connection.request("GET", f"{PREFIX}/export")
    answer = connection.getresponse()
    while piece := answer.read1(1024 * 1024):
        rows += piece.count(b"\n")
    connection.close()
    if rows != expected:
        raise RuntimeError(f"{rows} rows of {expected} came by HTTP")
    return time.perf_counter() - began


def _repeat(times: int, once: Callable[[Desk], Finished]) -> dict[Desk, list[Finished]]:
    finished: dict[Desk, list[Finished]] = {desk: [] for desk in DESKS}
    for _ in range(times):
        for desk in DESKS:
            finished[desk].append(once(desk))
    return finished


def _repeats(size: int) -> int:
    return REPEATS_OF_SMALL if size < 50_000 else REPEATS_OF_LARGE


def _fastest(finished: dict[Desk, list[Finished]]) -> dict[Desk, float]:
    """What else the machine does can only slow a command down: the fastest of a few says most about it."""
    return {desk: min(one.seconds for one in each) for desk, each in finished.items()}


def _peaks(finished: dict[Desk, list[Finished]]) -> dict[Desk, float | None]:
    peaks: dict[Desk, float | None] = {}
    for desk, each in finished.items():
        known = [one.peak_mib for one in each if one.peak_mib is not None]
        peaks[desk] = max(known) if known else None
    return peaks


def _percentile(values: list[float], percentile: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percentile - 1]


def _count_lines(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(piece.count(b"\n") for piece in iter(lambda: stream.read(1024 * 1024), b""))
