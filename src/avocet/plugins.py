"""Plugins: importers and exporters from packages installed beside Avocet. A broken one can't stop the desk."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, TypeVar

_log = logging.getLogger("avocet")


class Named(Protocol):
    """Anything that a registry holds under its own name."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def with_installed(built_in: Mapping[str, T], group: str, required: Iterable[str]) -> dict[str, T]:
    """The built-in ones, then those that the entry points of a group add, by name.

    A class that can't be loaded, that lacks one of the `required` attributes or whose name is taken is left out, with
    a warning that names its package.
    """
    found = dict(built_in)
    for point in entry_points(group=group):
        try:
            added: Any = point.load()()
            _check(added, found, required)
        except Exception as error:
            _log.warning("%s of the package %s is left out: %s", point.value, _package(point), _said(error))
        else:
            found[added.name] = added
    return found


def _check(added: Any, known: Mapping[str, Named], required: Iterable[str]) -> None:  # noqa: ANN401 (of any package)
    if missing := [name for name in ("name", *required) if not hasattr(added, name)]:
        raise TypeError(f"it has no {', '.join(missing)}")
    if not isinstance(added.name, str) or not added.name:
        raise TypeError("its name is no text")
    if added.name in known:
        raise ValueError(f"the name {added.name!r} is taken")


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "?"


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
