"""The configuration of a bench, `bench.json`: what its process asks of which models, and where its runs go."""

from __future__ import annotations

from pathlib import Path

import msgspec

from avocet.benching.answerer import Sampling
from avocet.errors import InvalidRequest

CONFIG = "bench.json"
TASKS = "tasks.jsonl"


class BenchJudge(msgspec.Struct, frozen=True, kw_only=True):
    """A model behind an OpenAI-compatible address that judges the answers. `prompt` None is the usual one."""

    url: str
    model: str
    api_key_env: str | None = None
    prompt: str | None = None


class BenchModel(msgspec.Struct, frozen=True, kw_only=True):
    """One of the models of a bench, and the folder of its run. `adapter` is a PEFT adapter's folder."""

    name: str
    folder: str
    adapter: str | None = None


class BenchConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bench. `tasks` is the task file that is asked whole; `asked` says in words what its `total` tasks are.

    `base` is a local model, or the address of an endpoint whose model is `model`. `api_key_env` names the environment
    variable that holds its key. `keep` is how many passes per task and model become cards.
    """

    tasks: str
    asked: str
    base: str
    models: tuple[BenchModel, ...]
    total: int = 0
    model: str | None = None
    api_key_env: str | None = None
    system: str | None = None
    max_new_tokens: int = 512
    temperature: float = 0.0
    seed: int | None = None
    concurrency: int | None = None
    timeout: float = 120.0
    keep: int = 0
    judge: BenchJudge | None = None

    @property
    def sampling(self) -> Sampling:
        return Sampling(max_new_tokens=self.max_new_tokens, temperature=self.temperature, seed=self.seed)


def read_config(path: Path) -> BenchConfig:
    """Read the configuration in a file.

    Raises:
        InvalidRequest: it can't be read, or is none.
    """
    try:
        config = msgspec.json.decode(path.read_bytes(), type=BenchConfig)
    except OSError as error:
        raise InvalidRequest(f"{path} can't be read: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise InvalidRequest(f"{path} is no configuration of a bench: {error}.") from None
    if not config.models:
        raise InvalidRequest(f"{path} names no model: give `models` at least one.")
    return config
