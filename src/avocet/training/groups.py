"""The rows and tokens of a training by what their cards are: by outcome, and by failure category."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from avocet.domain import plural
from avocet.training import rows
from avocet.training.fitting import Fitted
from avocet.training.rows import Row


class RowGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one outcome or category, and their tokens.

    `rows` are in the dataset, `used` are left by the category filter, `trained` and `measured` fit the model. Tokens
    are those of one pass over the trained rows: `answer_tokens` are learned, `tokens` are prompts and answers.
    """

    rows: int = 0
    used: int = 0
    trained: int = 0
    measured: int = 0
    answer_tokens: int = 0
    tokens: int = 0


def grouped(
    read: Mapping[str, int],
    used: Mapping[str, int],
    train: Fitted,
    validation: Fitted,
    name_of: Callable[[Row], str],
) -> dict[str, RowGroup]:
    """The rows by the name that `name_of` gives each of them, in the order of `read`, which counts the dataset's."""
    trained = {name: [0, 0, 0] for name in read}
    for row, tokens in zip(train.rows, train.by_row, strict=True):
        sums = trained[name_of(row)]
        for index, count in enumerate((1, tokens.answers, tokens.all)):
            sums[index] += count
    measured = rows.count(validation.rows, name_of)
    return {
        name: RowGroup(
            rows=count,
            used=used.get(name, 0),
            trained=trained[name][0],
            measured=measured.get(name, 0),
            answer_tokens=trained[name][1],
            tokens=trained[name][2],
        )
        for name, count in read.items()
    }


def sentence(groups: Mapping[str, RowGroup]) -> str:
    """The trained rows of each group with their tokens, on one line; empty if there are none."""
    return ", ".join(
        f"{plural(one.trained, 'row')} {name.replace('_', ' ')} ({one.answer_tokens:,} of {one.tokens:,} tokens)"
        for name, one in groups.items()
        if one.trained
    )
