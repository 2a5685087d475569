"""What to train: once, or a sweep of every recipe with every seed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from avocet.errors import InvalidRequest
from avocet.training import config as configs
from avocet.training import dataset
from avocet.training.config import TrainConfig

_DIGITS = 6
_MOST_CHARACTERS = 40


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What the members of a sweep with the same rows are trained on.

    `config` is that of the first member, but its folder is that of all of them; it has the recipe, if there is one.
    """

    name: str
    config: TrainConfig

    @property
    def dataset(self) -> str:
        """The path of the rows: the folder that the recipe is written to, or the dataset that was given."""
        return self.config.dataset or str(Path(self.config.out) / dataset.FOLDER)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One training of a sweep."""

    source: str
    seed: int
    config: TrainConfig


class SweepPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Every source with every seed, one folder each: `OUT/SOURCE/seed-N`."""

    out: str
    sources: list[Source]
    seeds: list[int]

    @property
    def members(self) -> list[Member]:
        """The trainings, a source after the other."""
        return [
            Member(source=source.name, seed=seed, config=_config(source, seed))
            for source in self.sources
            for seed in self.seeds
        ]


def read(file: Path | None, given: Mapping[str, Any]) -> TrainConfig | SweepPlan:
    """Read what to train. Several recipes, or a number of seeds, make a sweep; `seed` is the first of the seeds.

    Raises:
        Prerequisite: the file can't be read.
        InvalidRequest: an unknown name, a value that makes no sense, or nothing to train.
    """
    values = configs.values_of(file, given)
    if "seeds" not in values and not isinstance(values.get("recipe"), list | tuple):
        return configs.checked(values, file)
    recipes, count = _recipes(values.pop("recipe", None)), values.pop("seeds", None)
    if count is None and len(recipes) == 1:
        return configs.checked({**values, "recipe": recipes[0]}, file)
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 1):
        raise InvalidRequest(f"seeds is the number of seeds, 1 or more, not {count!r:.60}.")
    named = [{**values, "recipe": name} for name in recipes] or [values]
    each = [configs.checked(one, file) for one in named]
    first = each[0].seed
    return SweepPlan(
        out=each[0].out,
        sources=[_source(config) for config in each],
        seeds=list(range(first, first + (count or 1))),
    )


def _recipes(given: Any) -> list[str]:  # noqa: ANN401 (what stands in a file)
    names = given if isinstance(given, list | tuple) else [given] if given is not None else []
    if not all(isinstance(name, str) for name in names):
        raise InvalidRequest("recipe is the name of a recipe, or a list of names.")
    return list(dict.fromkeys(names))


def _source(config: TrainConfig) -> Source:
    name = config.recipe or Path(config.dataset or "").stem
    out = str(Path(config.out) / _folder(name))
    return Source(name=name, config=msgspec.structs.replace(config, out=out))


def _folder(name: str) -> str:
    """A folder's name for any recipe's; two recipes never get the same one, whatever the disk takes for equal."""
    plain = re.sub(r"[^a-z0-9_-]+", "-", name).strip("-")[:_MOST_CHARACTERS]
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_DIGITS // 2).hexdigest()
    return name if plain == name else f"{plain or 'recipe'}-{digest}"


def _config(source: Source, seed: int) -> TrainConfig:
    out = str(Path(source.config.out) / f"seed-{seed}")
    return msgspec.structs.replace(source.config, recipe=None, dataset=source.dataset, seed=seed, out=out)
