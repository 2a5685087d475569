"""The check of a log whose deciding scorer is `match` or `includes`, as `inspect_ai/scorer/_match.py` has them."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from avocet.checks import Exact, Includes, as_json
from avocet.domain import Json, JsonObject
from avocet.importers.reading.values import mapping, objects, several

_PLACES: Final = {
    "begin": {"at": "start"},
    "end": {"at": "end"},
    "any": {"at": "anywhere"},
    "exact": {"kind": "exact"},
}
_OPTIONS: Final = {"match": {"location", "ignore_case", "numeric"}, "includes": {"ignore_case"}}


class LogCheck(msgspec.Struct, frozen=True):
    """How a log's deciding scorer compares; `made` is a check that lacks its texts, None if it is not certain."""

    made: JsonObject | None = None

    @classmethod
    def of(cls, scorers: Json, metric: str) -> LogCheck:
        """That of the scorer which `metric` is the score of, by the log's list of scorers and their options."""
        found = [one for one in objects(scorers) if str(one.get("name")).removeprefix("inspect_ai/") == metric]
        return cls(_made(metric, mapping(found[0].get("options"))) if len(found) == 1 else None)

    def check(self, target: Json) -> JsonObject | None:
        """The `check` of a sample with this target, one text or a list of them of which any will do."""
        texts = several(target)
        if self.made is None or not texts or not all(isinstance(text, str) for text in texts):
            return None
        return {**self.made, "expected": texts}


def _made(name: str, options: JsonObject) -> JsonObject | None:
    # a number is compared in another way by every version
    if name not in _OPTIONS or not options.keys() <= _OPTIONS[name] or options.get("numeric"):
        return None
    made: dict[str, Any] = {"kind": "includes", "ignore_case": options.get("ignore_case", True)}
    if name == "match":
        made |= {"trim": "punctuation", **_PLACES.get(str(options.get("location", "end")), {"at": None})}
    try:
        return as_json(msgspec.convert({**made, "expected": [""]}, Includes | Exact))
    except msgspec.ValidationError:
        return None
