"""The request for a training."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from avocet.api.schemas.base import Label, Strict, Text, Texts
from avocet.training import launcher
from avocet.training.config import EarlyStop, Method

Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Share = Annotated[float, Field(ge=0, lt=1)]
More = Annotated[float, Field(gt=0)]
_NOT_OPTIONS = {"name", "base", "recipe", "export_id", "parallel"}


class TrainingRequest(Strict):
    """A training to start. Without `recipe` and `export_id` it reads all that is approved. Absent is the default."""

    base: Annotated[Label, Field(description="A model's name, or a folder or .gguf file.")]
    name: Annotated[Label | None, Field(description="Made from base and method if absent.")] = None
    recipe: Annotated[Text | None, Field(description="A saved recipe.")] = None
    export_id: Annotated[int | None, Field(description="The number of a kept export.")] = None
    method: Method = "sft"
    include_category: Texts = []
    exclude_category: Texts = []
    max_length: Count | None = None
    epochs: More | None = None
    max_steps: Count | None = None
    batch_size: Count | None = None
    gradient_accumulation: Count | None = None
    learning_rate: More | None = None
    beta: More | None = None
    lora_rank: Count | None = None
    lora_alpha: Count | None = None
    lora_dropout: Share | None = None
    seed: Annotated[int | None, Field(ge=0, lt=2**32)] = None
    validation: Share | None = None
    save_steps: Count | None = None
    patience: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    early_stop: EarlyStop | None = None
    max_new_tokens: Count | None = None
    merge: bool | None = None
    device: Literal["auto", "cpu"] | None = None
    parallel: Annotated[bool, Field(description="Even if one runs.")] = False

    def request(self) -> launcher.TrainingRequest:
        options = {
            name: value
            for name, value in self.model_dump(exclude=_NOT_OPTIONS).items()
            if value is not None and value != []
        }
        return launcher.TrainingRequest(
            base=self.base,
            name=self.name,
            recipe=self.recipe,
            export_id=self.export_id,
            options=options,
            parallel=self.parallel,
        )
