"""The `results_<date>.json` beside the samples: what a run says of itself. Whatever it lacks is None."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from avocet.domain import Json, JsonObject
from avocet.importers.base import SourceFile
from avocet.importers.reading.documents import small_document
from avocet.importers.reading.values import mapping, text_or_none, value_in
from avocet.json_text import carriable

_LOWER_IS_BETTER = frozenset({"brier_score", "cer", "mae", "mse", "rmse", "ter", "wer"})
# in this order, since an adapter is given together with the model that it was trained on
_MODEL_ARGUMENTS = ("peft", "delta", "pretrained", "model", "path", "engine")


class Results:
    """One results file, or an empty one."""

    def __init__(self, content: JsonObject) -> None:
        self.content = content

    @classmethod
    def read(cls, file: SourceFile) -> Results:
        try:
            stat = file.path.stat()
        except OSError:
            return cls({})
        return _read(file, stat.st_size, stat.st_mtime_ns)

    def of(self, *path: str) -> Json:
        """The value at a path of keys."""
        return value_in(self.content, *path)

    def text(self, *path: str) -> str | None:
        value = text_or_none(self.of(*path))
        return carriable(value) if value else None

    @property
    def tasks(self) -> list[str]:
        return list(mapping(self.of("configs")))

    @property
    def model_id(self) -> str | None:
        return self.text("model_name") or _model_argument(self.of("config", "model_args"))

    @property
    def timestamp(self) -> str | None:
        moment = self.of("date")
        if isinstance(moment, bool) or not isinstance(moment, int | float) or not 0 < moment < 2**33:
            return None
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def higher_is_better(self, task: str, metric: str) -> bool:
        direction = self.of("higher_is_better", task, metric)
        return direction if isinstance(direction, bool) else metric not in _LOWER_IS_BETTER

    def filters(self, task: str) -> list[str]:
        """The filters in their order, taken from the names of the aggregated scores: `exact_match,strict`."""
        names = [name.partition(",")[2] for name in mapping(self.of("results", task))]
        return list(dict.fromkeys(map(carriable, filter(None, names))))

    def constant_target(self, task: str) -> str | None:
        """The target that a task writes for every document; None if it names a field or a template instead."""
        target = self.of("configs", task, "doc_to_target")
        if isinstance(target, int | float):
            return str(target)
        return target if isinstance(target, str) and not target.strip() else None

    def details(self, task: str) -> JsonObject:
        """The details that all candidates of a task have in common."""
        version, shots = self.of("versions", task), self.of("n-shot", task)
        return {
            "harness_version": self.text("lm_eval_version"),
            "task_version": version if isinstance(version, int | float) else self.text("versions", task),
            "subset": self.text("configs", task, "dataset_name"),
            "num_fewshot": shots if isinstance(shots, int) else None,
        }


@lru_cache(maxsize=2)
def _read(file: SourceFile, _size: int, _mtime_ns: int) -> Results:
    """Read results, and remember the last ones: the samples of all tasks of a run ask for them in turn."""
    return Results(small_document(file))


def _model_argument(arguments: object) -> str | None:
    """The model's name in `pretrained=org/name,dtype=float32`, or in an object with such keys; None without one."""
    if isinstance(arguments, str):
        arguments = dict(part.partition("=")[::2] for part in arguments.split(","))
    if not isinstance(arguments, dict):
        return None
    return next((carriable(str(arguments[name])) for name in _MODEL_ARGUMENTS if arguments.get(name)), None)
