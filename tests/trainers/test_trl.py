"""TRL trains for five steps on each of its formats, and sees exactly the rows that were exported."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer, SFTConfig, SFTTrainer
    from trl.data_utils import is_conversational, maybe_apply_chat_template

import avocet
from avocet.db import Database
from tests.exports.deciding import decide, rows_of
from tests.factories import candidate_line, import_lines
from tests.trainers.seeing import texts, told

# TRL's own use of transformers, and transformers' of itself
pytestmark = pytest.mark.filterwarnings("default", "ignore::FutureWarning")

STEPS = 5
CORRECTED, ACCEPTED, FLAGGED, DISCARDED = 10, 5, 5, 2
HARD = ("2024-01-02", "NaN", "🦤 Grüße\u2028日本", "  blank around \n", "null", "1e999")
TRAINERS = {
    "trl-sft": (SFTTrainer, SFTConfig),
    "trl-dpo": (DPOTrainer, DPOConfig),
    "trl-kto": (KTOTrainer, KTOConfig),
}


@pytest.fixture
def desk(database: Database, database_url: str, bench_dir: Path) -> Any:
    """Ten corrections, some of them texts that loaders like to change, and cards of every other decision."""
    count = CORRECTED + ACCEPTED + FLAGGED + DISCARDED
    system = {"role": "system", "content": ""}
    import_lines(
        database,
        bench_dir,
        [
            candidate_line(number, prompt_messages=[system, {"role": "user", "content": f"What is {number} + 1?"}])
            for number in range(count)
        ],
    )
    answers = [*HARD, *(f"It is {number + 1}." for number in range(len(HARD), CORRECTED))]
    for number, answer in enumerate(answers):
        decide(database, number, "correct", answer, failure_category="wrong_answer" if number % 2 else None)
    others = ["accept"] * ACCEPTED + ["flag"] * FLAGGED + ["discard"] * DISCARDED
    for number, action in enumerate(others, CORRECTED):
        category = "scoring_artifact" if action == "accept" else "hallucination"
        decide(database, number, action, failure_category=category)
    with avocet.Desk(database_url) as desk:
        yield desk


@pytest.mark.parametrize(
    ("format_name", "choices", "expected"),
    [
        ("trl-sft", {}, CORRECTED + ACCEPTED),
        ("trl-sft", {"exclude_category": ["scoring_artifact"]}, CORRECTED),
        ("trl-sft", {"include_category": ["wrong_answer"]}, CORRECTED // 2),
        ("trl-dpo", {}, CORRECTED),
        ("trl-kto", {}, 2 * CORRECTED + ACCEPTED + FLAGGED),
        ("trl-kto", {"exclude_category": ["scoring_artifact"]}, 2 * CORRECTED + FLAGGED),
    ],
)
def test_five_steps_see_the_exported_rows_and_no_other(
    desk: Any, model_folder: Path, tokenizer: Any, tmp_path: Path, format_name: str, choices: Any, expected: int
) -> None:
    rows = desk.export(format_name, **choices)
    assert len(rows) == expected
    seen, trainer = train(format_name, desk.to_datasets(format_name, **choices)["train"], model_folder, tmp_path)
    assert trainer.state.global_step == STEPS
    assert all(entry["loss"] == entry["loss"] for entry in trainer.state.log_history if "loss" in entry)
    assert Counter(seen(tokenizer)) == Counter(text for row in rows for text in told(tokenizer, row))


def train(format_name: str, dataset: Any, model_folder: Path, folder: Path) -> tuple[Any, Any]:
    """Five steps through all of a dataset; what was put before the model, and the trainer."""
    trainer_type, config_type = TRAINERS[format_name]
    config = config_type(
        output_dir=str(folder / "out"),
        max_steps=STEPS,
        per_device_train_batch_size=len(dataset) // STEPS,
        max_length=None,
        logging_steps=1,
        save_strategy="no",
        report_to=[],
        use_cpu=True,
        bf16=False,
        disable_tqdm=True,
        dataloader_pin_memory=False,
        seed=0,
    )
    model = AutoModelForCausalLM.from_pretrained(model_folder)
    trainer = trainer_type(
        model=model,
        args=config,
        train_dataset=dataset,
        processing_class=AutoTokenizer.from_pretrained(model_folder),
    )
    collate = trainer.data_collator
    batches: list[Any] = []

    def note(examples: Any) -> Any:
        batch = collate(examples)
        batches.append({name: value.clone() for name, value in batch.items() if hasattr(value, "clone")})
        return batch

    trainer.data_collator = note
    trainer.train()
    return lambda tokenizer: [text for batch in batches for text in texts(tokenizer, batch)], trainer


@pytest.mark.parametrize("format_name", TRAINERS)
def test_the_chat_template_is_applied_to_every_row(
    desk: Any, database: Database, tokenizer: Any, format_name: str
) -> None:
    own = ("failure_category", "avocet_id", "task_type", "model_name", "benchmark_run_id", "tools")
    for row in rows_of(database, format_name):
        bare = {name: value for name, value in row.items() if name not in own}
        assert is_conversational(bare)
        applied = maybe_apply_chat_template(bare, tokenizer)
        parts = [name for name in ("completion", "chosen", "rejected") if name in row]
        assert {name: type(applied[name]) for name in ("prompt", *parts)} == dict.fromkeys(("prompt", *parts), str)
        for name in parts:
            assert applied[name].startswith(row[name][0]["content"])
