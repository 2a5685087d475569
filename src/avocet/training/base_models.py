"""Models on this machine: a folder of transformers, a GGUF file, or a Hugging Face id that is on the disk.

The packages of the extra `train` are imported when a model is loaded, not before. Nothing is fetched, and code that
comes with a model is never run.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from avocet.domain import JsonObject
from avocet.errors import Prerequisite

NEEDED = "A local model needs packages: pip install 'avocet-desk[train]'"
_GGUF = ".gguf"
_MOST_TOLD = 200


class Place(NamedTuple):
    """Where a model is: what `from_pretrained` takes, its GGUF file if it is one, and its path if it has one."""

    source: str
    gguf: str | None
    path: Path | None

    @property
    def name(self) -> str:
        return Path(self.gguf).stem if self.gguf else Path(self.source).name


def find(base: str) -> Place:
    """Find the model that a person named.

    Raises:
        Prerequisite: there is no such file or folder, and it is no id either.
    """
    path = Path(base).expanduser()
    if path.is_dir():
        return Place(str(path.resolve()), None, path)
    if path.is_file():
        if path.suffix.lower() != _GGUF:
            raise Prerequisite(f"{path} is no GGUF file. Give the folder of a transformers model, or a .gguf file.")
        return Place(str(path.resolve().parent), path.name, path)
    if base.count("/") > 1 or base.startswith((".", "/", "~")) or base.endswith(_GGUF):
        raise Prerequisite(f"There is no model at {base}.")
    return Place(base, None, None)


def load_tokenizer(place: Place) -> Any:  # noqa: ANN401 (transformers')
    """Load the tokenizer, with a token to pad with.

    Raises:
        Prerequisite: a package is missing, or the tokenizer can't be loaded.
    """
    with _loading(place):
        import transformers

        tokenizer = transformers.AutoTokenizer.from_pretrained(place.source, **_options(place))
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def load_model(place: Place, dtype: Any, adapter: Path | None = None) -> Any:  # noqa: ANN401 (of torch)
    """Load the weights, with a PEFT adapter on them if one is given.

    Raises:
        Prerequisite: a package is missing, or the model can't be loaded.
    """
    with _loading(place):
        import transformers

        model = transformers.AutoModelForCausalLM.from_pretrained(place.source, dtype=dtype, **_options(place))
        if place.gguf:
            model = _unquantised(model, dtype)
        if adapter is not None:
            import peft

            model = peft.PeftModel.from_pretrained(model, str(adapter))
    return model


def _unquantised(model: Any, dtype: Any) -> Any:  # noqa: ANN401 (transformers')
    """The same weights in a model that can be saved: transformers refuses to write what it read from a GGUF file."""
    import transformers

    config = model.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    fresh = transformers.AutoModelForCausalLM.from_config(config, dtype=model.dtype if dtype == "auto" else dtype)
    fresh.load_state_dict(model.state_dict())
    fresh.generation_config = model.generation_config
    return fresh


def _options(place: Place) -> JsonObject:
    return {"local_files_only": True, "trust_remote_code": False} | ({"gguf_file": place.gguf} if place.gguf else {})


@contextmanager
def _loading(place: Place) -> Iterator[None]:
    """Turn the errors of loading into a sentence."""
    # the packages read these when imported: nothing is fetched, and the command's bar is the only one
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TQDM_DISABLE", "1")
    try:
        with quiet():
            yield
    except ModuleNotFoundError:
        raise Prerequisite(NEEDED) from None
    except ImportError as error:
        raise Prerequisite(f"{NEEDED} ({short(error)})") from None
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        where = "" if place.path else " It is looked for on this disk only: download it first."
        raise Prerequisite(f"The model {place.name} can't be loaded: {short(error)}.{where}") from None


@contextmanager
def quiet() -> Iterator[None]:
    """Silence the warnings of packages, about which a person who runs a model can do nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def short(error: BaseException) -> str:
    """An error's own words, on one line of bounded length."""
    line = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return line if len(line) <= _MOST_TOLD else line[: _MOST_TOLD - 1] + "…"
