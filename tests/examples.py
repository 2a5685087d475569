"""How many examples a property test looks at."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

LONG = "long"
"""The profile of `make test-long`, which looks at all of them."""


def examples(number: int, **options: Any) -> settings:
    """Settings with so many examples; a third of them in `make test`."""
    is_long = settings.get_current_profile_name() == LONG
    return settings(max_examples=number if is_long else number // 3, **options)
