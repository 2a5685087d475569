"""The `avocet` command inside the test process: exit code and both streams, as a script sees them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from avocet.cli import main


class Said(NamedTuple):
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Avocet:
    """Runs commands on one desk; whatever is not a sentence and an exit code fails the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["avocet", *map(str, arguments)])
        self._capsys.readouterr()
        try:
            main()
        except SystemExit as end:
            code = end.code
        else:
            code = 0
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        assert isinstance(code, int)
        return Said(code, out, err)

    def refused(self, *arguments: str | Path) -> str:
        """The sentence of a command that must fail: exit code 1, nothing on standard output."""
        said = self(*arguments)
        assert (said.code, said.out) == (1, ""), said
        assert said.err.startswith("avocet: "), said
        assert said.err.count("\n") == 1, said
        return said.err.removeprefix("avocet: ").strip()

    def done(self, *arguments: str | Path) -> str:
        """Standard output of a command that must succeed."""
        said = self(*arguments)
        assert said.code == 0, said
        return said.out
