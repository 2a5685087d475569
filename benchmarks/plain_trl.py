"""TRL as its own documentation starts it: `python -m benchmarks.plain_trl METHOD MODEL ROWS OUT STEPS BATCH RATE`.

The peer of `avocet train`: the same rows, model, adapter, steps and seed, everything else as TRL has it by default.
Writes `plain.json`: seconds of the training loop, its mean loss, and the most memory held, in MiB.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from datasets import load_dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from benchmarks.desks import memory_mib

TRAINERS = {"sft": (SFTTrainer, SFTConfig), "dpo": (DPOTrainer, DPOConfig)}


def main() -> None:
    method, model, rows, out, steps, batch, rate = sys.argv[1:]
    on_gpu = torch.cuda.is_available()
    trainer_type, config_type = TRAINERS[method]
    trainer = trainer_type(
        model=AutoModelForCausalLM.from_pretrained(model, dtype=torch.bfloat16 if on_gpu else torch.float32),
        args=config_type(
            output_dir=str(Path(out) / "checkpoints"),
            max_steps=int(steps),
            per_device_train_batch_size=int(batch),
            learning_rate=float(rate),
            seed=0,
            max_length=None,
            bf16=on_gpu,
            use_cpu=not on_gpu,
            report_to=[],
        ),
        train_dataset=load_dataset("json", data_files=rows, split="train", cache_dir=str(Path(out) / "cache")),
        processing_class=AutoTokenizer.from_pretrained(model),
        peft_config=LoraConfig(r=16, lora_alpha=32, lora_dropout=0.0, target_modules="all-linear"),
    )
    done = trainer.train()
    trainer.save_model(str(Path(out) / "adapter"))
    told = {
        "seconds": done.metrics["train_runtime"],
        "loss": done.training_loss,
        "resident": memory_mib(os.getpid(), "VmHWM"),
        "gpu": torch.cuda.max_memory_allocated() / 1024**2 if on_gpu else None,
    }
    (Path(out) / "plain.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main()
