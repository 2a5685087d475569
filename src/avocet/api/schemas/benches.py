"""The requests for a bench and its preview."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from avocet import benches
from avocet.api.schemas.base import Label, Strict, Text
from avocet.api.schemas.cards import QueueFilter
from avocet.api.schemas.decided import DecidedFilter
from avocet.benches.launcher import MOST_ADAPTERS
from avocet.benching import Part
from avocet.importers.base import MOST_KEPT
from avocet.review import queue

MOST_CARDS = 10_000
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Variable = Annotated[
    Label, Field(description="The name of an environment variable of the server that holds the key.")
]


class FileTasks(Strict):
    """The tasks of a file in the desk's folder, or one side of the hold-out of them."""

    kind: Literal["file"]
    file: Label
    part: Part = "all"


class HeldOutTasks(Strict):
    """Every item that the desk holds out and whose cards know their check."""

    kind: Literal["held-out"]


class BenchCards(Strict):
    """Which cards, by exactly one of these: those that wait and match, those that are decided and match, or ids."""

    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: Annotated[list[Text], Field(min_length=1, max_length=MOST_CARDS)] | None = None


class CardsTasks(Strict):
    """The items of these cards, each once."""

    kind: Literal["cards"]
    filter: BenchCards


BenchTasks = Annotated[FileTasks | HeldOutTasks | CardsTasks, Field(discriminator="kind")]


class BenchPreviewRequest(Strict):
    """Which tasks, and how many of each type at most."""

    tasks: BenchTasks
    limit: Count | None = None

    def wanted(self) -> benches.BenchTasks:
        return _wanted(self.tasks)


class BenchJudge(Strict):
    """A model behind an OpenAI-compatible address that judges the answers. Without a prompt it is given the usual."""

    url: Label
    model: Label
    api_key_env: Variable | None = None
    prompt: Annotated[Text, Field(min_length=1, max_length=100_000)] | None = None


class BenchRequest(BenchPreviewRequest):
    """A bench to start."""

    base: Annotated[Label, Field(description="A model's name, folder or .gguf file, or an endpoint: http://…/v1.")]
    name: Annotated[Label | None, Field(description="Made from the model if absent.")] = None
    model: Annotated[Label | None, Field(description="The endpoint's model.")] = None
    api_key_env: Variable | None = None
    ask_base: Annotated[bool, Field(description="Ask the base without an adapter.")] = True
    adapters: Annotated[
        list[Label], Field(max_length=MOST_ADAPTERS, description="Trainings of the desk that are done, or paths.")
    ] = []
    system: Annotated[Text, Field(min_length=1, max_length=100_000)] | None = None
    max_new_tokens: Annotated[int, Field(ge=1, le=1_000_000)] = 512
    temperature: Annotated[float, Field(ge=0, le=100)] = 0.0
    seed: Annotated[int | None, Field(ge=0, lt=2**63)] = None
    concurrency: Annotated[int | None, Field(ge=1, le=1024)] = None
    timeout: Annotated[float, Field(ge=0.1, le=86_400)] = 120.0
    keep: Annotated[
        int, Field(ge=0, le=MOST_KEPT, description="How many answers that passed become cards, per task and model.")
    ] = 0
    judge: BenchJudge | None = None
    parallel: Annotated[bool, Field(description="Even if one runs.")] = False

    def request(self) -> benches.BenchRequest:
        return benches.BenchRequest(
            tasks=self.wanted(),
            base=self.base,
            name=self.name,
            limit=self.limit,
            model=self.model,
            api_key_env=self.api_key_env,
            ask_base=self.ask_base,
            adapters=tuple(self.adapters),
            judge=benches.BenchJudge(**self.judge.model_dump()) if self.judge else None,
            options=self._options(),
            parallel=self.parallel,
        )

    def _options(self) -> dict[str, Any]:
        names = {"system", "max_new_tokens", "temperature", "seed", "concurrency", "timeout", "keep"}
        return self.model_dump(include=names)


def _wanted(tasks: FileTasks | HeldOutTasks | CardsTasks) -> benches.BenchTasks:
    match tasks:
        case FileTasks():
            return benches.FileTasks(file=tasks.file, part=tasks.part)
        case HeldOutTasks():
            return benches.HeldOutTasks()
        case CardsTasks(filter=cards):
            return benches.CardsTasks(
                filter=benches.CardsWanted(
                    queue=queue.QueueFilter(**cards.queue.model_dump()) if cards.queue else None,
                    decided=cards.decided.filters() if cards.decided else None,
                    ids=None if cards.ids is None else tuple(cards.ids),
                )
            )
