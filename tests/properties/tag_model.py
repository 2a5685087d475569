"""What the desk's tags should be: plain dictionaries, in which a tag is a number whatever it is called."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pytest

from avocet.db import Database
from avocet.errors import TagExists, UnknownTag
from avocet.review import tags


class TagStep(NamedTuple):
    """One thing done to the tags as a whole."""

    do: Literal["rename", "merge"]
    name: str
    to: str


class ModelTags:
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.merged: dict[int, int] = {}

    def enter(self, names: list[str]) -> list[int]:
        """The numbers of tags, each once; those of merged tags are those of the tags that they went into."""
        for name in names:
            number = self.numbers.setdefault(name.casefold(), len(self.numbers))
            self.names.setdefault(number, name)
        return list(dict.fromkeys(self.resolved(self.numbers[name.casefold()]) for name in names))

    def resolved(self, number: int) -> int:
        return self.merged.get(number, number)

    def read(self, numbers: list[int]) -> list[str]:
        return list(dict.fromkeys(self.names[self.resolved(number)] for number in numbers))

    def play(self, database: Database, step: TagStep) -> None:
        key, new = step.name.casefold(), step.to.casefold()
        if key not in self.numbers:
            with pytest.raises(UnknownTag):
                tags.rename(database, step.name, step.to)
            return
        number = self.resolved(self.numbers[key])
        if step.do == "merge":
            assert tags.merge(database, [step.name], step.to).name == self.merge(number, step.to)
            return
        holder = self.numbers.get(new)
        if holder is not None and self.resolved(holder) != number:
            with pytest.raises(TagExists):
                tags.rename(database, step.name, step.to)
            return
        tags.rename(database, step.name, step.to)
        self.rename(number, step.to, holder)

    def merge(self, number: int, into: str) -> str:
        (target,) = self.enter([into])
        for one in list(self.names):
            if self.resolved(one) == number and one != target:
                self.merged[one] = target
        return self.names[target]

    def rename(self, number: int, to: str, holder: int | None) -> None:
        old = self.names[number]
        del self.numbers[old.casefold()]
        if holder is not None and holder != number:
            # a tag that went into this one takes its name
            self.numbers[old.casefold()], self.names[holder] = holder, old
        self.numbers[to.casefold()], self.names[number] = number, to
