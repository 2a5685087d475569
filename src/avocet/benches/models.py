"""Which models a page may have asked: an endpoint or a base, and adapters (ADR 0039)."""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from avocet.benching import Sampling
from avocet.errors import InvalidRequest
from avocet.settings import Settings
from avocet.training import claiming, report, summary
from avocet.training.bases import check_base

ADAPTER_FILE = "adapter_config.json"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OURS = "AVOCET_"


class BenchAdapter(msgspec.Struct, frozen=True, kw_only=True):
    """The adapter of a training that is done; `name` is the training's, `base` the model it was trained on."""

    name: str
    base: str
    path: str


def is_address(base: str) -> bool:
    """Whether a base is an endpoint's address, not a model on this machine."""
    return "://" in base


def check_address(base: str, model: str, whose: str = "The") -> None:
    """Check the address of an endpoint that a request names; `whose` address it is, for the error.

    Raises:
        InvalidRequest: it is none, or holds more than an address.
    """
    # imported only here: the server starts without the parts that speak HTTP
    from avocet.benching.endpoint import Endpoint, Options

    Endpoint(base, model, Sampling(), options=Options(f"{whose} address", f"{whose} model", f"{whose} key"))


def known_adapters(settings: Settings) -> list[BenchAdapter]:
    """The adapters of the desk's trainings that are done, the newest first."""
    folder = settings.trainings_dir
    done = [path.parent for path in folder.glob(f"*/{report.JSON}")] if folder.is_dir() else []
    found = sorted(done, key=lambda path: (path / report.JSON).stat().st_mtime, reverse=True)
    return [one for path in found if (one := _adapter(path))]


def find_adapter(named: str, settings: Settings) -> tuple[str, Path]:
    """What to call an adapter, and its folder, by the name of a training or by a path.

    Raises:
        InvalidRequest: there is none, or this desk does not take that path.
    """
    for known in known_adapters(settings):
        if named in (known.name, known.path):
            return known.name, Path(known.path)
    if not named.startswith(("/", "~", ".")) and "/" not in named and settings.models_dir is None:
        raise InvalidRequest(f"There is no training {named!r:.100} that is done, so it has no adapter to ask.")
    path = Path(check_base(named, settings))
    if not (path / ADAPTER_FILE).is_file():
        raise InvalidRequest(f"{named:.200} is no PEFT adapter: it holds no {ADAPTER_FILE}.")
    return path.name, path


def check_key(variable: str | None, settings: Settings) -> None:
    """Check the environment variable that a request names for an endpoint's key.

    Raises:
        InvalidRequest: the desk doesn't send this variable, or it is empty.
    """
    if variable is None:
        return
    allowed = settings.key_variables
    if not _VARIABLE.fullmatch(variable) or variable.upper().startswith(_OURS):
        raise InvalidRequest(f"{variable!r:.100} names no environment variable that can hold an endpoint's key.")
    if allowed is not None and variable not in allowed:
        raise InvalidRequest(
            f"This desk sends no key from {variable}: name it in AVOCET_BENCH_KEYS and start the desk again."
        )
    if not os.environ.get(variable, "").strip():
        raise InvalidRequest(
            f"The environment variable {variable} isn't set where the desk runs. Set it and start the desk again."
        )


def _adapter(folder: Path) -> BenchAdapter | None:
    config = summary.config(folder)
    path = folder / claiming.ADAPTER
    if config is None or not (path / ADAPTER_FILE).is_file():
        return None
    return BenchAdapter(name=folder.name, base=config.base, path=str(path))
