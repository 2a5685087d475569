"""What to train, on what, and how: from options and a configuration file of the same names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from avocet.errors import InvalidRequest, Prerequisite
from avocet.exports.selection import CATEGORY_VALUES

Method = Literal["sft", "dpo", "kto"]
EarlyStop = Literal["loss", "checks"]

LEARNING_RATES: dict[Method, float] = {"sft": 2e-4, "dpo": 5e-5, "kto": 5e-5}
FORMATS: dict[Method, tuple[str, ...]] = {
    "sft": ("trl-sft", "sft"),
    "dpo": ("trl-dpo",),
    "kto": ("trl-kto",),
}
"""The export formats that a method can be trained on; the first is the one that is written for it."""

PATHS = ("out", "dataset", "chat_template")


class TrainConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to train. Every value that was used is written to `training_config.json`, which can be given again.

    `validation` is the share of the prompts that is kept to measure on if the dataset has no validation split;
    0 trains on all. Lengths are in tokens. `early_stop` says what chooses the adapter that is kept: the validation
    loss, or the checks of the validation rows' items, which are answered in at most `max_new_tokens`. `device` is
    `cpu` to leave a GPU alone.
    """

    base: str
    out: str
    method: Method = "sft"
    recipe: str | None = None
    dataset: str | None = None
    include_category: tuple[str, ...] = ()
    exclude_category: tuple[str, ...] = ()
    chat_template: str | None = None
    max_length: int = 1024
    epochs: float = 3.0
    max_steps: int | None = None
    batch_size: int = 8
    gradient_accumulation: int = 1
    learning_rate: float | None = None
    beta: float = 0.1
    lora_rank: int = 16
    lora_alpha: int = 32
    lora_dropout: float = 0.0
    lora_targets: tuple[str, ...] = ("all-linear",)
    seed: int = 0
    validation: float = 0.1
    save_steps: int = 20
    patience: int = 3
    early_stop: EarlyStop = "loss"
    max_new_tokens: int = 256
    merge: bool = False
    device: Literal["auto", "cpu"] = "auto"


def default_numbers() -> dict[str, float | None]:
    """The default of every number, by field; None is no limit."""
    fields = msgspec.structs.fields(TrainConfig)
    return {field.name: field.default for field in fields if field.type in (int, float, int | None)}


def read(file: Path | None, given: Mapping[str, Any]) -> TrainConfig:
    """Read the configuration from a TOML or JSON file; the values in `given` override the file's.

    Raises:
        Prerequisite: the file can't be read.
        InvalidRequest: an unknown name, a value that makes no sense, or nothing to train.
    """
    return checked(values_of(file, given), file)


def values_of(file: Path | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a configuration file, with those in `given` in place of its own; nothing is checked yet.

    Raises:
        Prerequisite: the file can't be read.
        InvalidRequest: it isn't TOML or JSON, or no table.
    """
    return {**(_read_file(file) if file else {}), **given}


def checked(values: Mapping[str, Any], file: Path | None) -> TrainConfig:
    """The configuration that these values make; `file` is where an error says they are from.

    Raises:
        InvalidRequest: an unknown name, a value that makes no sense, or nothing to train.
    """
    if missing := [name for name in ("base", "out") if name not in values]:
        raise InvalidRequest(f"Give {' and '.join(f'--{name}' for name in missing)}, or say it in the --config file.")
    try:
        config = msgspec.convert(values, TrainConfig)
    except msgspec.ValidationError as error:
        where = f"{file}: " if file else ""
        raise InvalidRequest(f"{where}{error}. Known: {', '.join(TrainConfig.__struct_fields__)}.") from None
    paths = {name: _path(value) for name in PATHS if (value := getattr(config, name)) is not None}
    if Path(config.base).expanduser().exists():
        paths["base"] = _path(config.base)
    rate = config.learning_rate or LEARNING_RATES[config.method]
    config = msgspec.structs.replace(config, learning_rate=rate, **paths)
    _check(config)
    return config


def _path(given: str) -> str:
    return str(Path(given).expanduser().absolute())


def _read_file(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        values = msgspec.json.decode(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise Prerequisite(f"{file} can't be read: {error.strerror}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.DecodeError) as error:
        raise InvalidRequest(f"{file} isn't TOML or JSON: {error}.") from None
    if not isinstance(values, dict):
        raise InvalidRequest(f"{file} must be a table of names and values.")
    return values


def _check(config: TrainConfig) -> None:
    if (config.recipe is None) == (config.dataset is None):
        raise InvalidRequest("Say what to train on: either --recipe NAME or --dataset FOLDER.")
    for name in ("include_category", "exclude_category"):
        for value in getattr(config, name):
            if value not in CATEGORY_VALUES:
                raise InvalidRequest(f"There is no category {value!r:.60}. Known: {', '.join(CATEGORY_VALUES)}.")
    for name in (
        "max_length",
        "batch_size",
        "gradient_accumulation",
        "lora_rank",
        "lora_alpha",
        "save_steps",
        "max_new_tokens",
    ):
        if getattr(config, name) < 1:
            raise InvalidRequest(f"{name} must be 1 or more.")
    if config.max_steps is not None and config.max_steps < 1:
        raise InvalidRequest("max_steps must be 1 or more.")
    if not (config.epochs > 0 and (config.learning_rate or 0) > 0 and config.beta > 0):
        raise InvalidRequest("epochs, learning_rate and beta must be more than 0.")
    if not (0 <= config.validation < 1 and 0 <= config.lora_dropout < 1):
        raise InvalidRequest("validation and lora_dropout are shares: at least 0 and less than 1.")
    if config.patience < 0:
        raise InvalidRequest("patience must be 0 (never stop early) or more.")
    if config.method == "kto" and config.batch_size < 2:
        raise InvalidRequest("KTO compares the rows of a batch: batch_size must be 2 or more.")
