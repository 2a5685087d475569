"""Candidate lines of about 2.9 KB, the same for the same seed: several models, tasks, lengths and scripts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

RUN = "2026-11-01-090000"
MODELS = ("SmolLM2-135M-Instruct", "Qwen2.5-0.5B-Instruct", "Llama-3.2-1B-Instruct", "gemma-3-1b-it", "Phi-4-mini")
TASKS = ("arithmetic", "facts", "extraction", "classification", "code", "format", "translation", "summary")
PLAIN = (
    "The train to Dresden leaves at 14:05 and arrives a little after five. ",
    "List every country that borders the Baltic Sea, one on a line, without a comment. ",
    "def total(prices: list[float]) -> float:\n    return sum(price for price in prices)\n",
    'Return JSON with the keys "name", "year" and "city"; use null where the text is silent. ',
    "A farmer has 17 sheep; all but 9 run away. How many are left in the field? ",
    "| item | price |\n|------|-------|\n| tea | 3.40 |\n| bread | 2.15 |\n",
    "The answer follows from the second law, since the closed system exchanges no heat with its surroundings. ",
)
MIXED = (
    *PLAIN,
    "Antworte nur mit der Zahl, ohne Einheit und ohne Begründung. ",
    "次の文を英語に翻訳してください：「明日は雨が降るでしょう。」 ",
    "Réponds en une phrase, au présent, et sans adjectif. 🦆 ",
)
MIXED_SHARE = 0.3


def lines(count: int, *, run: str = RUN, decided: bool = False, seed: int = 7) -> Iterator[bytes]:
    """`count` candidate lines, each with its LF; `decided` ones arrive approved with a correction."""
    chance = random.Random(f"{seed} {run}")
    encoder = msgspec.json.Encoder()
    for number in range(count):
        yield encoder.encode(_line(chance, run, number, decided)) + b"\n"


def write(path: Path, count: int, *, run: str = RUN, decided: bool = False) -> Path:
    """The lines as a file, its folder made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.writelines(lines(count, run=run, decided=decided))
    return path


def candidate_id(number: int, run: str = RUN) -> str:
    return f"{run}/item-{number:06}"


def _line(chance: random.Random, run: str, number: int, decided: bool) -> dict[str, Any]:
    task, model = chance.choice(TASKS), chance.choice(MODELS)
    sentences = MIXED if chance.random() < MIXED_SHARE else PLAIN

    def text(length: int) -> str:
        parts: list[str] = []
        while length > 0:
            parts.append(chance.choice(sentences))
            length -= len(parts[-1])
        return "".join(parts)

    messages = [{"role": "user", "content": text(chance.choice((200, 500, 1000)))}]
    if chance.random() < 0.5:
        messages.insert(0, {"role": "system", "content": text(300)})
    return {
        "id": candidate_id(number, run),
        "source": "benchmark",
        "benchmark_run_id": run,
        "timestamp": f"2026-11-01T09:{number // 60 % 60:02}:{number % 60:02}Z",
        "status": "approved" if decided else "needs_review",
        "prompt_messages": messages,
        "model_response": text(chance.choice((250, 600, 1150))),
        "corrected_response": text(600) if decided else None,
        "quality_score": chance.choice((None, 0.0, 0.25, 0.33, 0.5, 0.66, 0.75)),
        "failure_reason": 'pattern_match: 1/3 required patterns matched; missing: ["total", "currency"]',
        "task_id": f"{task}-{number % 997}",
        "task_type": task,
        "task_name": f"{task.capitalize()} {number % 997}",
        "model_id": f"local/{model}",
        "model_name": model,
        "node_id": f"node-{number % 4}",
        "gpu_id": str(number % 2),
        "tokens_per_sec": round(chance.uniform(8, 120), 2),
        "failure_category": chance.choice((None, "wrong_answer", "style_violation")) if decided else None,
        "reference": text(300),
        "scores": {"pattern_match": 0.33, "judge": round(chance.random(), 3)},
        "explanation": text(250),
    }
