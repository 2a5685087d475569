"""Logs as Inspect writes them, made small."""

from __future__ import annotations

import json
from typing import Any

from avocet.importers.base import ReadItem
from avocet.importers.inspect_ai import InspectAi
from tests.importers.files import SAMPLES, read_content
from tests.importers.zips import Member, make_zip

FOLDER = SAMPLES / "inspect"
ARITHMETIC = FOLDER / "arithmetic-0.3.285.eval"
USER = {"role": "user", "content": "2 + 2?"}

Json = dict[str, Any]


def sample(number: Any = 1, **changes: Any) -> Json:
    """A failed sample as Inspect writes it; `changes` set or, with `...`, remove fields."""
    answer = {"role": "assistant", "content": "5", "source": "generate"}
    value: Json = {
        "id": number,
        "epoch": 1,
        "input": "2 + 2?",
        "target": "4",
        "messages": [USER, answer],
        "output": {"choices": [{"message": answer, "stop_reason": "stop"}], "completion": "5"},
        "scores": {"match": {"value": "I", "answer": "5", "explanation": "5"}},
        "metadata": {"topic": "sums"},
    }
    value.update(changes)
    return {key: item for key, item in value.items() if item is not ...}


def log(*samples: Any, **header: Any) -> Json:
    spec = {"run_id": "run", "eval_id": "eval", "task": "sums", "created": "2026-01-02", "model": "org/small"}
    return {"version": 2, "status": "success", "eval": spec, **header, "samples": list(samples)}


def read(*samples: Any, **options: Any) -> list[ReadItem]:
    return read_content(InspectAi(), json.dumps(log(*samples)).encode(), "log.json", **options)


def answered(content: Any, *before: Json, **message: Any) -> Json:
    """A sample whose last turn says this, with nothing in its output's completion."""
    answer = {"role": "assistant", "content": content, **message}
    return sample(messages=[*(before or (USER,)), answer], output={"choices": [{"message": answer}]})


def as_archive(log_: Json) -> bytes:
    """The same log as `.eval`."""
    header = {key: value for key, value in log_.items() if key != "samples"}
    members = [
        Member(f"samples/{value['id']}_epoch_{value['epoch']}.json", json.dumps(value).encode())
        for value in log_["samples"]
    ]
    return make_zip([*members, Member("header.json", json.dumps(header).encode())])
