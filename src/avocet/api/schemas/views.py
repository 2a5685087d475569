"""Saved views: filters and order of a page."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import MAX_KEYS, MAX_VALUES, Strict, Text, Wanted

ViewValues = Annotated[list[Annotated[Text, Field(max_length=1000)]], Field(min_length=1, max_length=MAX_VALUES)]


class ViewRequest(Strict):
    """What a view shows: the parameters of the page's address, each with its values."""

    query: Annotated[
        dict[Annotated[Wanted, Field(max_length=40)], ViewValues],
        Field(max_length=MAX_KEYS, description='`{"model_name": ["a", "b"], "order": ["newest"]}`'),
    ]
    renames: Annotated[Wanted | None, Field(description="The view that gets this name.")] = None
