"""The settings that every answer of a run depends on: a run is continued with the same, or not at all."""

from __future__ import annotations

import hashlib

import msgspec

from avocet.benching.answerer import Answerer, Sampling
from avocet.benching.choice import Chosen
from avocet.benching.tasks import TaskFile
from avocet.domain import Json, JsonObject

_MOST_SHOWN = 60


class Settings(msgspec.Struct, frozen=True):
    """The settings, by the names that a person knows."""

    values: JsonObject

    def difference(self, other: Settings) -> list[str]:
        """What differs, as sentences; `other` is what is wanted now."""
        names = dict.fromkeys([*self.values, *other.values])
        pairs = [(name, self.values.get(name), other.values.get(name)) for name in names]
        return [_differs(name, was, now) for name, was, now in pairs if was != now]


def settings_of(
    tasks: TaskFile, chosen: Chosen, sampling: Sampling, answerer: Answerer, system: str | None
) -> Settings:
    """The settings of a run. The number of requests at a time is not one of them: it changes no answer."""
    only = None if chosen.only is None else hashlib.sha256("\n".join(chosen.only).encode()).hexdigest()
    return Settings(
        {
            "the task file": tasks.sha256,
            **answerer.about(),
            "the ids of --only": only,
            "--split": chosen.part,
            "--share": chosen.hold_out.share,
            "--salt": chosen.hold_out.salt,
            "--limit": chosen.limit,
            "--system": system,
            "--max-new-tokens": sampling.max_new_tokens,
            "--temperature": sampling.temperature,
            "--seed": sampling.seed,
        }
    )


def _differs(name: str, was: Json, now: Json) -> str:
    values = ["unset" if value is None else repr(value) for value in (was, now)]
    if name.startswith("the ") or max(map(len, values)) > _MOST_SHOWN:
        return f"{name} changed"
    return f"{name} was {values[0]}, is {values[1]}"
