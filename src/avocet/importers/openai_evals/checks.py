"""The check of a run of the basic evals `Match` and `Includes`, as OpenAI's `evals/elsuite/basic` has them."""

from __future__ import annotations

import msgspec

from avocet.checks import Includes, as_json
from avocet.domain import JsonObject
from avocet.importers.reading.values import items, several, value_in

_MATCH = "evals.elsuite.basic.match:Match"
_INCLUDES = "evals.elsuite.basic.includes:Includes"


class Basic(msgspec.Struct, frozen=True):
    """Which basic eval a run is of; None if of another one, which decides in its own way."""

    kind: str | None
    ignores_case: bool

    @classmethod
    def of(cls, spec: JsonObject) -> Basic:
        """That of a run, by its `spec`."""
        kind = value_in(spec, "run_config", "eval_spec", "cls")
        ignores_case = value_in(spec, "run_config", "eval_spec", "args", "ignore_case") is True
        return cls(kind if kind in (_MATCH, _INCLUDES) else None, ignores_case)

    def check(self, match: JsonObject) -> JsonObject | None:
        """The `check` of a sample, by the event that tells its match; None if it is not certain."""
        expected = several(match.get("expected"))
        if not expected or not all(isinstance(text, str) for text in expected):
            return None
        # the first option with which the answer begins is picked, and has to be an expected one
        if self.kind == _MATCH and match.get("options", expected) == expected:
            return as_json(Includes(expected=tuple(expected), at="start"))
        # it goes through a list: of a single text, each letter would do
        if self.kind == _INCLUDES and items(match.get("expected")):
            return as_json(Includes(expected=tuple(expected), ignore_case=self.ignores_case))
        return None
