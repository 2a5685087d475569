"""A model on this machine that answers."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from avocet.benching.answerer import Result, Sampling, answered, errored
from avocet.domain import JsonObject, Message
from avocet.errors import Prerequisite
from avocet.training import base_models, generating
from avocet.training.base_models import Place, short

_PACKAGES = ("torch", "transformers", "peft", "gguf")
_EDGE_BYTES = 1024 * 1024


class LocalModel:
    """A model on this machine. It generates in left-padded batches, greedily at temperature 0.

    Raises:
        Prerequisite: there is no such model or adapter.
    """

    workers = 1

    def __init__(self, base: str, sampling: Sampling, *, adapter: Path | None = None, batch_size: int = 16) -> None:
        self.batch_size = batch_size
        self._place = base_models.find(base)
        self._sampling = sampling
        self._adapter = adapter
        is_id = self._place.path is None
        self.model_id = base if is_id else self._place.name
        self.model_name = self._place.name + (f" + {adapter.resolve().name}" if adapter else "")
        if adapter is not None and not (adapter / "adapter_config.json").is_file():
            raise Prerequisite(f"{adapter} is no PEFT adapter: it holds no adapter_config.json.")

    def start(self) -> None:
        self._torch, self._tokenizer, self._model = _load(self._place, self._adapter)
        self._ends = generating.ends_of(self._model, self._tokenizer)

    def about(self) -> JsonObject:
        path, adapter = self._place.path, self._adapter
        return {
            "--base": str(path.resolve()) if path else self._place.source,
            "the model's files": _fingerprint(path),
            "--adapter": str(adapter.resolve()) if adapter else None,
            "the adapter's files": _fingerprint(adapter),
        }

    def versions(self) -> dict[str, str]:
        installed = {}
        for name in _PACKAGES:
            try:
                installed[name] = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue
        return installed

    def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
        results: list[Result | None] = [None] * len(prompts)
        texts: dict[int, list[int]] = {}
        for number, prompt in enumerate(prompts):
            ids = self._tokens(prompt)
            if isinstance(ids, str):
                results[number] = errored(ids)
            else:
                texts[number] = ids
        for number, result in zip(texts, self._answer(list(texts.values())), strict=True):
            results[number] = result
        return [result for result in results if result is not None]

    def close(self) -> None:
        """Do nothing: nothing runs in the background."""

    def _tokens(self, prompt: list[Message]) -> list[int] | str:
        """The tokens of the prompt as the model's own chat template writes it, or why it can't be asked."""
        try:
            text = self._tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True)
        # a template is a program of the model's maker: it may raise whatever it likes
        except Exception as error:
            return f"The model's chat template refuses the prompt: {short(error)}."
        ids: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        room = generating.room_of(self._model)
        if room is not None and len(ids) + self._sampling.max_new_tokens > room:
            most = self._sampling.max_new_tokens
            return f"The prompt's {len(ids):,} tokens and {most:,} new ones are more than the model's {room:,}."
        return ids

    def _answer(self, prompts: list[list[int]]) -> list[Result]:
        if not prompts:
            return []
        try:
            return self._generate(prompts)
        except self._torch.OutOfMemoryError:
            self._torch.cuda.empty_cache()
            if len(prompts) == 1:
                return [errored("The model's device has not enough memory for this prompt.")]
        half = len(prompts) // 2
        return [*self._answer(prompts[:half]), *self._answer(prompts[half:])]

    def _generate(self, prompts: list[list[int]]) -> list[Result]:
        self._torch.manual_seed(_seed(self._sampling.seed, prompts))
        begun = time.monotonic()
        with self._torch.inference_mode():
            new = generating.generate(
                self._model,
                prompts,
                pad=self._tokenizer.pad_token_id,
                ends=self._ends,
                max_new_tokens=self._sampling.max_new_tokens,
                how=self._how(),
            )
        seconds = time.monotonic() - begun
        # the tokens of the whole batch, as the time is that of the whole batch
        tokens = sum(map(len, new))
        return [
            answered(
                self._tokenizer.decode(row, skip_special_tokens=True),
                tokens=tokens,
                seconds=seconds,
                finish_reason="stop" if row and row[-1] in self._ends else "length",
            )
            for row in new
        ]

    def _how(self) -> JsonObject:
        if self._sampling.temperature == 0:
            return generating.GREEDY
        return {"do_sample": True, "temperature": self._sampling.temperature, "top_p": 1.0, "top_k": 0}


def _load(place: Place, adapter: Path | None) -> tuple[Any, Any, Any]:
    tokenizer = base_models.load_tokenizer(place)
    if tokenizer.chat_template is None:
        raise Prerequisite(f"{place.name} has no chat template: give a model that was made to answer.")
    import torch
    import transformers

    transformers.logging.set_verbosity_error()
    device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    model = base_models.load_model(place, torch.float32 if device == "cpu" else "auto", adapter)
    return torch, tokenizer, model.eval().to(device)


def _seed(seed: int | None, prompts: list[list[int]]) -> int:
    """The seed of a batch, which depends on its prompts alone: a resumed run draws the same."""
    if seed is None:
        return int.from_bytes(os.urandom(6), "big")
    digest = hashlib.blake2b(f"{seed}\x00{prompts}".encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big")


def _fingerprint(place: Path | None) -> str | None:
    """A hash of the names, sizes and edges of a model's files, which changes if it is trained anew."""
    if place is None:
        return None
    paths = sorted(path for path in place.iterdir() if path.is_file()) if place.is_dir() else [place]
    digest = hashlib.sha256()
    for path in paths:
        if path.name.startswith(".") or path.suffix in (".md", ".txt"):
            continue
        size = path.stat().st_size
        digest.update(f"{path.name}\x00{size}\x00".encode())
        with path.open("rb") as file:
            digest.update(file.read(_EDGE_BYTES))
            file.seek(max(0, size - _EDGE_BYTES))
            digest.update(file.read(_EDGE_BYTES))
    return digest.hexdigest()
