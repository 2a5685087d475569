"""avocet bench on a real model, by itself and with a PEFT adapter on it."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
import torch

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

from avocet.benching.answerer import Answer, Errored, Sampling
from avocet.benching.local_models import LocalModel
from avocet.errors import Prerequisite
from tests.benching.making import read_lines, write_tasks
from tests.command import Avocet

pytestmark = pytest.mark.filterwarnings("default")

FEW = Sampling(max_new_tokens=8)
PROMPTS = [[{"role": "user", "content": text}] for text in ("what is the right answer", "1 + 1?", "is it " * 40)]


@pytest.fixture
def avocet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Avocet:
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return Avocet(monkeypatch, capsys)


@pytest.fixture(scope="session")
def adapter(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that changes what the model says: untrained ones change nothing."""
    torch.manual_seed(1)
    config = LoraConfig(r=4, target_modules=["q_proj", "v_proj", "down_proj"], init_lora_weights=False)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(model_folder), config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "lora_" in name:
                weights.mul_(20)
    folder = tmp_path_factory.mktemp("trained") / "tuned"
    model.save_pretrained(folder)
    return folder


def local(base: Path, **options: Any) -> LocalModel:
    model = LocalModel(str(base), options.pop("sampling", FEW), **options)
    model.start()
    return model


def texts(model: LocalModel) -> list[str]:
    results = model.answer(PROMPTS)
    assert all(isinstance(result, Answer) for result in results)
    return [result.text for result in results if isinstance(result, Answer)]


def test_the_answer_is_the_one_that_transformers_gives(model_folder: Path) -> None:
    model = AutoModelForCausalLM.from_pretrained(model_folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    wanted = []
    for prompt in PROMPTS:
        given = tokenizer.apply_chat_template(
            prompt, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        output = model.generate(**given, max_new_tokens=8, do_sample=False)
        wanted.append(tokenizer.decode(output[0, given["input_ids"].shape[1] :], skip_special_tokens=True))
    assert texts(local(model_folder)) == wanted


def test_a_batch_changes_no_answer(model_folder: Path) -> None:
    model = local(model_folder)
    alone = [model.answer([prompt])[0] for prompt in PROMPTS]
    assert texts(model) == [result.text for result in alone if isinstance(result, Answer)]


def test_a_seed_draws_the_same_again(model_folder: Path) -> None:
    drawn = [
        texts(local(model_folder, sampling=Sampling(max_new_tokens=8, temperature=1.5, seed=seed)))
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0] != texts(local(model_folder))


def test_an_adapter_changes_the_answers(model_folder: Path, adapter: Path) -> None:
    tuned = local(model_folder, adapter=adapter)
    assert tuned.model_name == f"{model_folder.name} + tuned"
    assert texts(tuned) != texts(local(model_folder))


def test_a_prompt_beyond_the_model_is_errored_and_the_others_are_answered(model_folder: Path) -> None:
    long = [{"role": "user", "content": "x " * 3000}]
    results = local(model_folder).answer([PROMPTS[0], long, PROMPTS[1]])
    assert [type(result) for result in results] == [Answer, Errored, Answer]
    assert isinstance(results[1], Errored)
    assert "more than the model's 2,048" in results[1].reason


def test_a_prompt_that_the_chat_template_refuses(model_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "strict"
    AutoModelForCausalLM.from_pretrained(model_folder).save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    tokenizer.chat_template = "{{ raise_exception('no such role') }}"
    tokenizer.save_pretrained(folder)
    (result,) = local(folder).answer(PROMPTS[:1])
    assert isinstance(result, Errored)
    assert result.reason == "The model's chat template refuses the prompt: no such role."


def test_a_model_without_a_chat_template(model_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    AutoModelForCausalLM.from_pretrained(model_folder).save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    tokenizer.chat_template = None
    tokenizer.save_pretrained(folder)
    with pytest.raises(Prerequisite, match="base has no chat template"):
        local(folder)


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(Prerequisite, match=r"The model .* can't be loaded"):
        local(tmp_path)


def test_an_id_that_is_not_on_the_disk() -> None:
    model = LocalModel("avocet-desk/no-such-model", FEW)
    with pytest.raises(Prerequisite, match="on this disk only: download it first"):
        model.start()


def test_the_command(avocet: Avocet, model_folder: Path, adapter: Path, tmp_path: Path) -> None:
    tasks = write_tasks(tmp_path, 5)
    options = ("--base", model_folder, "--adapter", adapter, "--max-new-tokens", "4", "--concurrency", "2")
    assert avocet.done("bench", tasks, *options, "--out", tmp_path / "out") == "out: 5 tasks: passed 0, failed 5\n"
    (line, *_) = read_lines(tmp_path / "out/sft_candidates.jsonl")
    assert line["model_name"] == f"{model_folder.name} + tuned"
    assert line["tokens_per_sec"] > 0
    assert line["details"]["finish_reason"] in ("stop", "length")
    summary = json.loads((tmp_path / "out/summary.json").read_bytes())
    assert {"torch", "transformers", "peft"} <= summary["versions"].keys()
    said = avocet("bench", tasks, *options, "--out", tmp_path / "out")
    assert said.err.startswith("Going on")


def test_an_adapter_that_was_trained_anew_is_another(
    avocet: Avocet, model_folder: Path, adapter: Path, tmp_path: Path
) -> None:
    tasks = write_tasks(tmp_path, 1)
    options = ("--base", model_folder, "--adapter", adapter, "--max-new-tokens", "4", "--out", tmp_path / "out")
    avocet.done("bench", tasks, *options)
    weights = adapter / "adapter_model.safetensors"
    before = weights.read_bytes()
    weights.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    try:
        assert "the adapter's files changed" in avocet.refused("bench", tasks, *options)
    finally:
        weights.write_bytes(before)
