"""Exports: filter, splits, rules, recipe, and the hold-out."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from pydantic import Field

from avocet import exports
from avocet.api.schemas.base import Strict, Text, Texts
from avocet.domain import Outcome
from avocet.errors import InvalidRequest
from avocet.exporters.base import Rules

SplitName = Literal["train", "validation", "test"]
WrittenPasses = Annotated[
    exports.Passes, Field(description="Answers that passed: none, those corrected, or also those accepted.")
]
WithTags = Annotated[bool, Field(description="Add the column failure_tags: the tags of each decision.")]


class ExportFilter(Strict):
    """Which candidates to export. Several values of one kind mean any of them; excluding beats including."""

    include_category: Texts = []
    exclude_category: Texts = []
    action: Texts = []
    exclude_action: Texts = []
    run_id: Texts = []
    exclude_run_id: Texts = []
    model_name: Texts = []
    exclude_model_name: Texts = []
    task_type: Texts = []
    exclude_task_type: Texts = []
    reviewer: Texts = []
    exclude_reviewer: Texts = []
    since: Annotated[Text | None, Field(description="ISO 8601: decided then or later.")] = None
    until: Annotated[Text | None, Field(description="ISO 8601: decided before.")] = None
    min_score: float | None = None
    max_score: float | None = None
    min_change: Annotated[
        float | None, Field(ge=0, le=1, description="At least this share of the answer was changed.")
    ] = None
    max_change: Annotated[
        float | None, Field(ge=0, le=1, description="At most this share of the answer was changed.")
    ] = None
    text: Annotated[Text | None, Field(description="Only what a search for this finds.")] = None
    exclude_text: Annotated[Text | None, Field(description="Only what a search for this doesn't find.")] = None
    outcome: Annotated[
        Outcome | Literal["any"] | None,
        Field(description="What the harness said: failed unless given, but any for the format candidates."),
    ] = None

    tags: Texts = []
    not_tags: Texts = []

    def filter(self) -> exports.ExportFilter:
        values = {name: getattr(self, name) for name in exports.ExportFilter.__struct_fields__}
        return msgspec.convert(values, exports.ExportFilter)


class Splits(Strict):
    """The share of each split; they add up to 1. Another `salt` makes another split of the same shares."""

    train: float
    validation: float = 0.0
    test: float = 0.0
    salt: Text = ""


class ExportRules(Strict):
    """Rows that are left out by default because they would harm a training; true includes them."""

    artifact_pairs: bool = False
    unchanged_pairs: bool = False
    duplicates: bool = False


class Recipe(Strict):
    format: Text = "sft"
    filter: ExportFilter = ExportFilter()
    splits: Splits | None = None
    rules: ExportRules = ExportRules()
    passes: WrittenPasses = "none"
    failure_tags: WithTags = False
    text_rule: Annotated[
        Literal[1, 2] | None,
        Field(description="How `text` is searched: 2 or null as the search does; 1 as version 0.1.0 did."),
    ] = None

    def recipe(self) -> exports.Recipe:
        return exports.Recipe(
            format=self.format,
            filter=self.filter.filter(),
            splits=exports.Splits(**self.splits.model_dump()) if self.splits else None,
            rules=Rules(**self.rules.model_dump()),
            passes=self.passes,
            failure_tags=self.failure_tags,
            text_rule=self.text_rule,
        )


class ExportQuery(ExportFilter):
    """What to export, as a query: a saved recipe, or a format, a filter, splits and rules."""

    format: Text | None = None
    recipe: Annotated[Text | None, Field(description="A saved recipe; beside it only as_of and split.")] = None
    train: float | None = None
    validation: float = 0.0
    test: float = 0.0
    salt: Text = ""
    split: Annotated[SplitName | None, Field(description="Only this split, as one file.")] = None
    artifact_pairs: bool = False
    unchanged_pairs: bool = False
    duplicates: bool = False
    passes: WrittenPasses = "none"
    failure_tags: WithTags = False
    as_of: Annotated[int | None, Field(ge=0, description="The state after this decision number.")] = None

    def written(self) -> exports.Recipe:
        """The recipe that the query spells out."""
        splits = None
        if self.train is None and self.model_fields_set & {"validation", "test", "salt"}:
            raise InvalidRequest("A split needs the share of train too: train, validation and test add up to 1.")
        if self.train is not None:
            splits = exports.Splits(train=self.train, validation=self.validation, test=self.test, salt=self.salt)
        rules = Rules(
            artifact_pairs=self.artifact_pairs, unchanged_pairs=self.unchanged_pairs, duplicates=self.duplicates
        )
        return exports.Recipe(
            format="sft" if self.format is None else self.format,
            filter=self.filter(),
            splits=splits,
            rules=rules,
            passes=self.passes,
            failure_tags=self.failure_tags,
        )

    @property
    def spells_out(self) -> bool:
        """Whether the query chooses anything besides the recipe, the split and the state."""
        return bool(self.model_fields_set - {"recipe", "as_of", "split"})


class HoldOut(Strict):
    """The share of every task that stays out of every export."""

    share: Annotated[float, Field(ge=0, lt=1)]
    salt: Text = ""


class ExportRequest(Strict):
    """An export to write and keep: a saved recipe by name, or a recipe in full."""

    recipe_name: Text | None = None
    recipe: Recipe | None = None

    def spelt_out(self) -> exports.Recipe | None:
        return self.recipe.recipe() if self.recipe else None
