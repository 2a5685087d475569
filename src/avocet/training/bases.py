"""Which base models somebody at the page may name (docs/decisions/0020-what-a-page-may-train-on.md)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from avocet.errors import InvalidRequest
from avocet.settings import Settings

MOST_KNOWN = 100
_NAME = re.compile(r"[\w][\w.-]{0,95}(/[\w][\w.-]{0,95})?", re.ASCII)
_CACHED = "models--"


def check_base(base: str, settings: Settings) -> str:
    """Check the base model that a request names, and return it as an absolute path or a name.

    Raises:
        InvalidRequest: this desk does not take that path, or there is no model of that name or path.
    """
    folder = settings.models_dir
    if folder is not None and (inside := _inside(folder, base)):
        return str(inside)
    path = os.path.expanduser(base)
    is_here = os.path.exists(path) or (folder is not None and os.path.lexists(folder / base))
    if _NAME.fullmatch(base) and not base.endswith(".gguf") and not is_here:
        return _fetched(base)
    if folder is not None:
        raise InvalidRequest(f"There is no base model {base!r:.200} in {folder}, this desk's folder of models.")
    if settings.token is not None:
        raise InvalidRequest(
            "This desk is open to others, so it takes a base model by its path only from the folder in "
            "AVOCET_MODELS_DIR. Set it and start the desk again, or train from a terminal."
        )
    if not os.path.exists(path):
        raise InvalidRequest(f"There is no base model at {base:.200}. Give a model's folder, a .gguf file or a name.")
    return str(Path(path).absolute())


def known_bases(settings: Settings) -> list[str]:
    """Base models to choose from: those of the models' folder, then those in Hugging Face's cache."""
    found = chain(_in_folder(settings.models_dir), _in_cache())
    return list(dict.fromkeys(islice(found, MOST_KNOWN)))


def offline() -> str:
    """`HF_HUB_OFFLINE` for a training: nothing is fetched, unless the person who serves the desk allows it."""
    return os.environ.get("HF_HUB_OFFLINE") or "1"


def _fetched(name: str) -> str:
    if offline().lower() not in ("0", "false", "no", "off") and not (_cache() / _cached(name)).is_dir():
        raise InvalidRequest(
            f"There is no model {name} in the desk's Hugging Face cache. Fetch it there first: hf download {name}."
        )
    return name


def _cached(name: str) -> str:
    return _CACHED + name.replace("/", "--")


def _cache() -> Path:
    home = os.environ.get("HF_HOME") or os.path.expanduser("~/.cache/huggingface")
    return Path(os.environ.get("HF_HUB_CACHE") or os.path.join(home, "hub"))


def _inside(folder: Path, base: str) -> Path | None:
    path = Path(os.path.realpath(folder / os.path.expanduser(base)))
    # links are resolved: one that leads out of the folder is refused like a path that does
    is_inside = path.is_relative_to(os.path.realpath(folder)) and path != Path(os.path.realpath(folder))
    return path if is_inside and os.path.exists(path) else None


def _in_folder(folder: Path | None) -> Iterator[str]:
    if folder is None:
        return
    for path in _listed(folder):
        for model in (path, *_listed(path)):
            if model.suffix == ".gguf" or (model / "config.json").is_file():
                yield model.relative_to(folder).as_posix()


def _in_cache() -> Iterator[str]:
    for path in _listed(_cache()):
        if path.name.startswith(_CACHED):
            yield path.name.removeprefix(_CACHED).replace("--", "/")


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
