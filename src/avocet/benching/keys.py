"""The key of an endpoint: named by the environment variable that holds it, so that it stands in no command."""

from __future__ import annotations

import os

from avocet.errors import Prerequisite


def key_in(variable: str | None) -> str | None:
    """The key in an environment variable; None if none is named.

    Raises:
        Prerequisite: the variable is empty.
    """
    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise Prerequisite(f"The environment variable {variable} is empty. Put the key there.")
    return key
