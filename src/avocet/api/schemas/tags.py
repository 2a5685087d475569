"""Renaming and merging tags."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import MAX_KEYS, Label, Strict


class TagRenameRequest(Strict):
    """A tag, and the name that it gets."""

    name: Label
    to: Label


class TagMergeRequest(Strict):
    """Tags, and the one that they become; it may be new."""

    names: Annotated[list[Label], Field(min_length=1, max_length=MAX_KEYS)]
    into: Label
