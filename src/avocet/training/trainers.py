"""TRL's trainers with a LoRA adapter, set up from a configuration, and their reports while they train."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig
from transformers import EarlyStoppingCallback, PrinterCallback, TrainerCallback, set_seed
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer

from avocet.training import base_models
from avocet.training.choosing import METRIC, ByChecks
from avocet.training.claiming import CHECKPOINTS
from avocet.training.config import Method, TrainConfig
from avocet.training.progress import TrainingPoint, as_float
from avocet.training.rows import Row

TRAINERS: dict[Method, tuple[Any, Any]] = {
    "sft": (SFTTrainer, SFTConfig),
    "dpo": (DPOTrainer, DPOConfig),
    "kto": (KTOTrainer, KTOConfig),
}

OnPoint = Callable[[TrainingPoint, int], None]
"""Called with a point and the number of steps in all."""


class Watch(TrainerCallback):  # type: ignore[misc] # of an optional package
    """Reports each step, counts the answer tokens of every batch, and stops after the current step when asked."""

    def __init__(self, on_point: OnPoint, is_stopped: Callable[[], bool], before: TrainingPoint) -> None:
        self._on_point = on_point
        self._is_stopped = is_stopped
        self._seconds_before = before.seconds
        self.tokens = before.tokens
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        return self._seconds_before + time.monotonic() - self._started

    def counting(self, train_on: Callable[..., Any]) -> Callable[..., Any]:
        """Wrap a trainer's `training_step`, so that the answer tokens of each batch are counted."""

        def counted(model: Any, inputs: Any, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 (TRL's)
            self.tokens += answer_tokens(inputs)
            return train_on(model, inputs, *rest, **named)

        return counted

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401
        self._started = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401
        if self._is_stopped():
            control.should_save = True
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:  # noqa: ANN401
        numbers = {name: as_float((logs or {}).get(name)) for name in ("loss", "eval_loss", "learning_rate")}
        if state.is_world_process_zero and (numbers["loss"] is not None or numbers["eval_loss"] is not None):
            point = TrainingPoint(
                step=state.global_step,
                seconds=round(self.seconds, 2),
                tokens=self.tokens,
                checks=as_float(logs.get(f"eval_{METRIC}")),
                **numbers,
            )
            self._on_point(point, state.max_steps)


def answer_tokens(batch: Any) -> int:  # noqa: ANN401 (TRL's)
    """How many tokens of a batch are learned from; for a pair, those of both answers."""
    if "completion_mask" in batch:
        return int(batch["completion_mask"].sum())
    return int((batch["labels"] != -100).sum())


def build(
    config: TrainConfig,
    tokenizer: Any,  # noqa: ANN401 (of an optional package)
    train: list[Row],
    validation: list[Row],
    watch: Watch,
    by_checks: ByChecks | None,
) -> Any:  # noqa: ANN401
    """Make a trainer that is ready to start. The same configuration and rows give the same steps."""
    set_seed(config.seed)
    trainer_type, _ = TRAINERS[config.method]
    on_gpu = config.device != "cpu" and torch.cuda.is_available()
    dtype = torch.bfloat16 if on_gpu and torch.cuda.is_bf16_supported() else torch.float32
    trainer = trainer_type(
        model=base_models.load_model(base_models.find(config.base), dtype),
        args=arguments(
            config, train, has_validation=bool(validation), on_gpu=on_gpu, is_bf16=dtype == torch.bfloat16
        ),
        train_dataset=as_dataset(train),
        eval_dataset=as_dataset(validation) if validation else None,
        processing_class=tokenizer,
        peft_config=lora(config),
        callbacks=[watch, *([EarlyStoppingCallback(config.patience)] if validation and config.patience else [])],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.training_step = watch.counting(trainer.training_step)
    if by_checks is not None:
        by_checks.watch(trainer)
    return trainer


def lora(config: TrainConfig) -> Any:  # noqa: ANN401
    targets = config.lora_targets
    return LoraConfig(
        r=config.lora_rank,
        lora_alpha=config.lora_alpha,
        lora_dropout=config.lora_dropout,
        target_modules="all-linear" if targets == ("all-linear",) else list(targets),
        task_type="CAUSAL_LM",
    )


def kto_weights(train: list[Row]) -> dict[str, float]:
    """Weights that make good and bad answers count alike, as TRL advises: the rarer ones weigh more."""
    good = sum(row.value["label"] for row in train)
    bad = len(train) - good
    if not (good and bad):
        return {}
    rarer = "desirable_weight" if good < bad else "undesirable_weight"
    return {rarer: round(max(good, bad) / min(good, bad), 4)}


def arguments(config: TrainConfig, train: list[Row], *, has_validation: bool, on_gpu: bool, is_bf16: bool) -> Any:  # noqa: ANN401
    """TRL's own configuration. Nothing is cut (rows too long were left out before) and nothing is sent anywhere."""
    _, config_type = TRAINERS[config.method]
    metric = f"eval_{METRIC if config.early_stop == 'checks' else 'loss'}"
    own = {} if config.method == "sft" else {"beta": config.beta}
    if config.method == "kto":
        own |= kto_weights(train)
    return config_type(
        output_dir=str(Path(config.out) / CHECKPOINTS),
        num_train_epochs=config.epochs,
        max_steps=config.max_steps or -1,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=config.batch_size,
        gradient_accumulation_steps=config.gradient_accumulation,
        learning_rate=config.learning_rate,
        max_length=None,
        seed=config.seed,
        eval_strategy="steps" if has_validation else "no",
        eval_steps=config.save_steps,
        save_strategy="steps",
        save_steps=config.save_steps,
        save_total_limit=2,
        load_best_model_at_end=has_validation,
        metric_for_best_model=metric if has_validation else None,
        greater_is_better=config.early_stop == "checks" if has_validation else None,
        logging_steps=1,
        report_to=[],
        use_cpu=not on_gpu,
        bf16=is_bf16,
        disable_tqdm=True,
        dataloader_pin_memory=on_gpu,
        ddp_find_unused_parameters=False,
        **own,
    )


def as_dataset(rows: list[Row]) -> Any:  # noqa: ANN401
    """A dataset of the rows' values and nothing else: other columns could change what TRL does."""
    has_tools = any("tools" in row.value for row in rows)
    return Dataset.from_list(
        [{**row.value, "tools": row.value.get("tools")} if has_tools else row.value for row in rows]
    )


def summed(trainer: Any, value: int) -> int:  # noqa: ANN401
    """The sum of every process's value, for which all of them must call it."""
    accelerator = trainer.accelerator
    return int(accelerator.reduce(torch.tensor(value, device=accelerator.device), "sum"))


def device_name(trainer: Any) -> str:  # noqa: ANN401
    """The name of the GPU, or the kind of the device."""
    device = trainer.accelerator.device
    return torch.cuda.get_device_name(device) if device.type == "cuda" else str(device.type)
