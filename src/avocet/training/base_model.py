"""A base model with its tokenizer: a folder of transformers, a GGUF file, or a name that transformers knows."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from avocet.errors import Prerequisite

_log = logging.getLogger("avocet")


def load_tokenizer(base: str, chat_template: str | None = None) -> Any:  # noqa: ANN401
    """The tokenizer, with a token to pad with and the chat template of a file where one is given.

    Raises:
        Prerequisite: there is no such model, or it can't be read.
    """
    tokenizer = _load(AutoTokenizer, base)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    if chat_template is not None:
        try:
            tokenizer.chat_template = Path(chat_template).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Prerequisite(f"The chat template {chat_template} can't be read: {error}.") from None
    return tokenizer


def load_model(base: str, dtype: torch.dtype) -> Any:  # noqa: ANN401
    """The model's weights.

    Raises:
        Prerequisite: there is no such model, or it can't be read.
    """
    model = _load(AutoModelForCausalLM, base, dtype=dtype)
    return _unquantised(model, dtype) if is_gguf(base) else model


def is_gguf(base: str) -> bool:
    return base.endswith(".gguf")


def _unquantised(model: Any, dtype: torch.dtype) -> Any:  # noqa: ANN401
    """The same weights in a model that can be saved: transformers refuses to write what it read from a GGUF file."""
    config = model.config
    if hasattr(config, "quantization_config"):
        del config.quantization_config
    fresh = AutoModelForCausalLM.from_config(config, dtype=dtype)
    fresh.load_state_dict(model.state_dict())
    fresh.generation_config = model.generation_config
    return fresh


def _load(kind: Any, base: str, **options: Any) -> Any:  # noqa: ANN401
    path = Path(base).expanduser()
    if is_gguf(base):
        options["gguf_file"] = path.name
        place = str(path.parent)
    else:
        place = str(path) if path.exists() else base
    try:
        # a model is data: code that lies beside its weights is never run
        return kind.from_pretrained(place, trust_remote_code=False, **options)
    except ImportError as error:
        raise Prerequisite(f"The base model {base} wants another package. {_first_line(error)}") from None
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        _log.debug("loading %s", base, exc_info=True)
        raise Prerequisite(f"The base model {base} can't be loaded. {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:300]
