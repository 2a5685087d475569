"""The files of a run: `samples_<task>_<date>.jsonl` beside `results_<date>.json`, a folder each model.

Versions up to 0.4.2 wrote `<model arguments>_<task>.jsonl` beside `results.json`. The date is the run's only id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from avocet.importers.base import Group, SourceFile, one_each, short_name
from avocet.importers.lm_eval.results import Results
from avocet.importers.reading.sniff import Sniffed, sniff

_DATE = r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:\.\d+)?"
_SAMPLES = re.compile(rf"samples_(?P<task>.+)_(?P<date>{_DATE})(?:\.\w+)?")
_ORGANISATION = re.compile(r"[^_].*__.*[^_]")
_OLD_RESULTS = "results.json"
_ROW_KEYS = ("doc_id", "doc", "target", "arguments")
_RESULTS_KEYS = ("results", "configs", "versions")
_CONFIG_KEYS = ("config", "n-shot", "n-samples", "higher_is_better")


class Samples(msgspec.Struct):
    """One samples file and what its name and its results file say."""

    file: SourceFile
    task: str
    date: str | None = None
    results: Results = msgspec.field(default_factory=lambda: Results({}))
    old_model: str | None = None

    @property
    def model_id(self) -> str | None:
        return self.results.model_id or (_folder_model(self.file) if self.date else self.old_model)

    @property
    def timestamp(self) -> str | None:
        if self.results.timestamp or not self.date:
            return self.results.timestamp
        day, _, time = self.date.partition("T")
        return f"{day}T{time[:8].replace('-', ':')}"


def is_samples(file: Sniffed) -> bool:
    # if the first row is longer than the head, the later keys are hidden
    needed = _ROW_KEYS if b"\n" in file.head else _ROW_KEYS[:2]
    return file.has(*needed)


def is_results(file: Sniffed) -> bool:
    return not file.is_array and file.has(*_RESULTS_KEYS) and bool(file.keys & set(_CONFIG_KEYS))


def sort_out(files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[SourceFile]]:
    """Sort this harness's files into samples and results."""
    results = [file for file in files if not _name(file) and is_results(sniff(file.path, file.name))]
    return [file for file in files if file not in results], results


def opened(file: SourceFile) -> Samples:
    """A samples file with the results that lie beside it."""
    if name := _name(file):
        return Samples(file, name["task"], name["date"], _beside(file, f"_{name['date']}.json"))
    results, stem = _beside(file, _OLD_RESULTS), Path(file.name).stem
    for task in sorted(results.tasks, key=len, reverse=True):
        if stem.endswith(f"_{task}"):
            return Samples(file, task, None, results, stem.removesuffix(f"_{task}"))
    return Samples(file, stem)


def grouped(files: Sequence[SourceFile]) -> list[Group]:
    """Group samples into runs; results without samples are a group too, to be refused with what is missing."""
    samples, results = sort_out(files)
    runs: dict[tuple[str, str], list[SourceFile]] = {}
    names: dict[tuple[str, str], str] = {}
    for file in samples:
        key, name = _run(file)
        runs.setdefault(key, []).append(file)
        names.setdefault(key, name)
    alone = [file for file in results if not any(_is_beside(file, sample) for sample in samples)]
    return [*(Group(names[key], tuple(parts)) for key, parts in runs.items()), *one_each(alone)]


def _is_beside(results: SourceFile, sample: SourceFile) -> bool:
    """Whether results belong to a sample: same folder, and same date unless their version wrote none."""
    if Path(results.name).parent != Path(sample.name).parent:
        return False
    name = _name(sample)
    return name is None or Path(results.name).name.endswith(f"_{name['date']}.json")


def _run(file: SourceFile) -> tuple[tuple[str, str], str]:
    """The run that a file belongs to, as a key and as a name."""
    folder = Path(file.name).parent
    if name := _name(file):
        model = folder.name or short_name(opened(file).results.model_id, may_be_folder=True) or "lm-eval"
        return (str(folder), name["date"]), f"{model} {name['date']}"
    if (sample := opened(file)).old_model is not None:
        return (str(folder), sample.old_model), sample.old_model
    return (file.name, ""), Path(file.name).stem


def _name(file: SourceFile) -> re.Match[str] | None:
    return _SAMPLES.fullmatch(Path(file.name).name)


def _beside(file: SourceFile, end: str) -> Results:
    """The content of the results file, in whose name `--output_path x.json` puts `x` in place of `results`."""
    try:
        found = sorted(path for path in file.path.parent.iterdir() if path.name.endswith(end) and path.is_file())
    except OSError:
        return Results({})
    found.sort(key=lambda path: not path.name.startswith("results"))
    return Results.read(SourceFile(found[0], found[0].name)) if found else Results({})


def _folder_model(file: SourceFile) -> str | None:
    """The model by the folder's name, if the harness gave it that name, with `__` in place of a slash.

    Any other name is the person's own, and which folder's name it is depends on where the import began.
    """
    folder = Path(file.name).parent.name or file.path.parent.name
    return folder.replace("__", "/").strip("/") or None if _ORGANISATION.fullmatch(folder) else None
