"""What a judge said of a run's answers: `judge.json` tells who is asked, with which prompt, `judged.jsonl` what came.

A run has one judge. The check's outcome stays the outcome of each answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from avocet.benching.answerer import Answer
from avocet.benching.results import Results
from avocet.benching.settings import Settings
from avocet.disk import pretty, write_whole
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.judges import JudgeSays, JudgeVerdict

JUDGE_FILE = "judge.json"
JUDGED_FILE = "judged.jsonl"
LONGEST_REASON = 2_000
Found = Literal["passed", "failed", "no_verdict", "errored"]
_VERDICT = re.compile(r"[\s*_`#>-]*verdict[\s*_`]*:[\s*_`]*(pass|fail)[\s*_`.]*", re.IGNORECASE)
_THOUGHT = "</think>"


class JudgeHead(msgspec.Struct, frozen=True):
    """`judge.json`: the address, the model and the prompt that every verdict depends on."""

    url: str
    model: str
    prompt: str
    prompt_sha256: str

    def difference(self, other: JudgeHead) -> list[str]:
        """What differs, as sentences; `other` is what is wanted now."""
        return self._settings().difference(other._settings())

    def _settings(self) -> Settings:
        return Settings({"--judge": self.url, "--judge-model": self.model, "the judge's prompt": self.prompt})


class Opinion(NamedTuple):
    """A judge's verdict on one answer and its reason. Without a verdict, `reason` says what came instead."""

    verdict: JudgeVerdict | None
    reason: str | None


class Judged(Results):
    """What the judge of a run said before, and where more of it is kept."""

    head: JudgeHead

    def opinion(self, task: str) -> Opinion:
        """What the judge says of a task's answer; no verdict where it could not be asked or said none."""
        result = self.results.get(task)
        if result is None:
            return Opinion(None, "The judge was not asked.")
        return opinion_in(result.text) if isinstance(result, Answer) else Opinion(None, result.reason)

    def found(self, task: str) -> Found:
        """What came of a task's answer, in one word."""
        return (self.opinion(task).verdict or "no_verdict") if self.is_answered(task) else "errored"

    def says(self, task: str) -> JudgeSays:
        """The opinion as a candidate line has it in `details.judge`."""
        verdict, reason = self.opinion(task)
        return JudgeSays(model=self.head.model, verdict=verdict, reason=reason, prompt=self.head.prompt_sha256)


def head_of(url: str, model: str, prompt: str) -> JudgeHead:
    return JudgeHead(url.rstrip("/"), model, prompt, hashlib.sha256(prompt.encode()).hexdigest())


def opinion_in(reply: str) -> Opinion:
    """The verdict of the last line that is one, `VERDICT: PASS` or `VERDICT: FAIL`, and what is said before it.

    Case and Markdown marks around it don't matter. Any other reply has no verdict: none is guessed. What a model
    thinks aloud before it replies (`<think>`) is no reply.
    """
    _, closed, said = reply.rpartition(_THOUGHT)
    if not closed and reply.lstrip().startswith("<think>"):
        return Opinion(None, "The judge thought until its reply was cut off.")
    lines = said.splitlines()
    for at in range(len(lines) - 1, -1, -1):
        if found := _VERDICT.fullmatch(lines[at]):
            verdict: JudgeVerdict = "passed" if found[1].lower() == "pass" else "failed"
            return Opinion(verdict, _short("\n".join(lines[:at])))
    return Opinion(None, _short(said))


def read_judge(folder: Path) -> JudgeHead | None:
    """Who judged the run in a folder; None if nobody did.

    Raises:
        RunUnreadable: the file can't be read.
    """
    path = folder / JUDGE_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=JudgeHead)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, OSError) as error:
        raise RunUnreadable(f"{path} can't be read: {error}. Mend it, or start again with --fresh.") from None


@contextmanager
def open_judged(folder: Path, wanted: JudgeHead | None) -> Iterator[Judged | None]:
    """Open what the judge of a run said, or begin with the one that is wanted; None if there is no judge.

    Raises:
        InvalidRequest: another judge was asked; the error says what differs.
        RunUnreadable: a file can't be read.
    """
    known = read_judge(folder)
    if known and wanted and (differences := known.difference(wanted)):
        raise InvalidRequest(
            f"{folder} has another judge: {'; '.join(differences)}. Nothing was changed. Name the same judge to "
            f"go on, or remove {JUDGE_FILE} and {JUDGED_FILE} from the folder to have it judged anew."
        )
    head = known or wanted
    if head is None:
        yield None
        return
    if not known:
        write_whole(folder / JUDGE_FILE, pretty(head))
    with (folder / JUDGED_FILE).open("a+b") as file:
        judged = Judged(folder, file)
        judged.head = head
        yield judged


def _short(text: str) -> str | None:
    return text.strip()[:LONGEST_REASON] or None
