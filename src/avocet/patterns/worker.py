"""One process that searches for all requests: started when it is needed, killed if a pattern does not end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Literal

import msgspec

from avocet.patterns import searching
from avocet.patterns.searching import LIMIT_S, READY

MAX_TEXT = 20_000
MAX_PATTERNS = 50
MAX_PATTERN = 400
MAX_GIVEN_UP = 3
"""After this many patterns of one response that did not end, the others are not searched."""
_PATIENCE_S = 2.0 if hasattr(signal, "setitimer") else LIMIT_S
_START_S = 20.0

Kind = Literal["near", "forbidden"]
_Answer = tuple[str, list[tuple[int, int]]] | None


class PatternMark(msgspec.Struct, frozen=True):
    """A range of the response, in UTF-16 units as a browser counts them, and its number in the legend."""

    start: int
    end: int
    kind: Kind
    number: int


class FoundPattern(msgspec.Struct, frozen=True):
    """A pattern that was found; `how` says in which way."""

    pattern: str
    kind: Kind
    number: int
    how: str
    times: int


class PatternMarks(msgspec.Struct, frozen=True):
    """What was found. `given_up` are the patterns whose search was not finished."""

    marks: list[PatternMark]
    legend: list[FoundPattern]
    given_up: list[str]


class PatternWorker:
    """Searches one response at a time. Call `close` at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def mark(self, text: str, missing: Sequence[str], forbidden: Sequence[str]) -> PatternMarks:
        """Find where the forbidden patterns match, and where the missing ones nearly do."""
        kinds: list[tuple[Kind, str]] = [("near", one) for one in missing]
        kinds += [("forbidden", one) for one in forbidden]
        with self._turn:
            try:
                found, given_up = self._search(text, kinds)
            except OSError:
                # no process could be started: the card is shown without marks
                found, given_up = [], [*missing, *forbidden]
        marks: list[PatternMark] = []
        legend: list[FoundPattern] = []
        for (kind, pattern), answer in zip(kinds, found, strict=False):
            if answer is not None:
                how, ranges = answer
                number = len(legend) + 1
                legend.append(FoundPattern(pattern, kind, number, how, len(ranges)))
                marks += [PatternMark(start, end, kind, number) for start, end in ranges]
        return PatternMarks(marks, legend, given_up)

    def close(self) -> None:
        with self._turn:
            self._stop()

    def _search(self, text: str, kinds: Sequence[tuple[Kind, str]]) -> tuple[list[_Answer], list[str]]:
        """The answer for each pattern, and the patterns that did not end; the process is killed for each of those."""
        found: list[_Answer] = []
        given_up: list[str] = []
        while len(found) < len(kinds):
            rest = kinds[len(found) :]
            if len(given_up) == MAX_GIVEN_UP:
                return found, given_up + [pattern for _, pattern in rest]
            found += self._ask(text, rest)
            if len(found) < len(kinds):
                given_up.append(kinds[len(found)][1])
                found.append(None)
        return found, given_up

    def _ask(self, text: str, kinds: Sequence[tuple[Kind, str]]) -> list[_Answer]:
        """The answers that came in time."""
        process = self._running()
        request = {
            "text": text,
            "missing": [pattern for kind, pattern in kinds if kind == "near"],
            "forbidden": [pattern for kind, pattern in kinds if kind == "forbidden"],
        }
        answers: list[_Answer] = []
        timer = threading.Timer(_PATIENCE_S, process.kill)
        timer.start()
        try:
            _write(process, json.dumps(request))
            while len(answers) < len(kinds) and (line := _read(process)):
                answers.append(json.loads(line))
        except (OSError, ValueError):
            # the process ended early: what it said by then counts
            pass
        finally:
            timer.cancel()
            timer.join()
        if len(answers) < len(kinds) or process.poll() is not None:
            self._stop()
        return answers

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        self._process = process = _start()
        timer = threading.Timer(_START_S, process.kill)
        timer.start()
        try:
            said = _read(process)
        finally:
            timer.cancel()
        if said.strip() != json.dumps(READY):
            self._stop()
            raise OSError("the process that searches for patterns did not start")
        return process

    def _stop(self) -> None:
        """End the process, and wait until the system has forgotten it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # the process had ended before it read everything
                    continue
        process.wait()


def _start() -> subprocess.Popen[str]:
    # it gets no secret, imports no module beside it, and its errors are dropped
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
    return subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-I", "-S", searching.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env=environment,
    )


def _write(process: subprocess.Popen[str], line: str) -> None:
    if process.stdin is None:
        raise OSError("no pipe")
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _read(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise OSError("no pipe")
    return process.stdout.readline()
