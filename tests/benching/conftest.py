"""A model to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benching.server import Model, serving


@pytest.fixture
def model() -> Iterator[Model]:
    with serving() as model:
        yield model
