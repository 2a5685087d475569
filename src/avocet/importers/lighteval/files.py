"""The places where lighteval puts a run's files, and what its results file says of the run.

`<output_dir>/details/<model>/<date>/details_<task>_<date>.parquet` and
`<output_dir>/results/<model>/results_<date>.json`; the date, to the microsecond, is what ties them together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from avocet.domain import Json, JsonObject
from avocet.importers.base import Group, SourceFile, present
from avocet.importers.reading.documents import small_document
from avocet.importers.reading.values import mapping, objects, several

_DATE = r"\d{4}-\d\d-\d\dT\d\d[-:]\d\d[-:]\d\d(?:\.\d+)?"
_NAME = re.compile(rf"^(?:details_(?P<task>.+)|results)_(?P<date>{_DATE})\.(?:parquet|json)$")
_PARQUET = b"PAR1"


class Place(NamedTuple):
    """What a file's name and folders say."""

    is_details: bool
    root: tuple[str, ...]
    model: str | None
    date: str | None
    task: str

    @property
    def moment(self) -> str | None:
        if self.date is None:
            return None
        day, _, time = self.date.partition("T")
        return f"{day}T{time.replace('-', ':')}"


class Results(NamedTuple):
    """What a results file says; nothing if there is no such file."""

    model: str | None = None
    sha: str | None = None
    parameters: JsonObject | None = None
    system_prompt: str | None = None
    higher_is_better: dict[str, bool] = {}  # noqa: RUF012 (never written to)


def place(file: SourceFile) -> Place:
    """What a file's name and folders say: those that the person knows, or the real ones if they gave a bare name."""
    named = PurePosixPath(file.name.replace("\\", "/"))
    folders = named.parts[:-1] or file.path.parent.parts
    match = _NAME.match(named.name)
    date = match["date"] if match else None
    task = (match["task"] if match else None) or named.stem.removeprefix("details_")
    is_details = _is_parquet(file.path)
    root, model = folders, None
    is_laid_out = bool(folders) and folders[-1] == date
    if is_laid_out:
        root = folders[:-1]
    kind = "details" if is_details else "results"
    if kind in folders and (is_laid_out or not is_details):
        at = len(root) - 1 - root[::-1].index(kind)
        root, model = root[:at], "/".join(root[at + 1 :]) or None
    return Place(is_details, root, model, date, task)


def grouped(files: Sequence[SourceFile]) -> list[Group]:
    """Group files by date and model into runs; a file without a date is a run of its own."""
    by_run: defaultdict[tuple[Any, ...], list[tuple[Place, SourceFile]]] = defaultdict(list)
    for file in files:
        where = place(file)
        key = (where.root, where.model, where.date) if where.date else (file.name,)
        by_run[key].append((where, file))
    groups = []
    for found in by_run.values():
        found.sort(key=lambda pair: (not pair[0].is_details, pair[1].name))
        first, file = found[0]
        model = (first.model or "lighteval").rpartition("/")[2]
        name = f"{model}_{first.date}" if first.date else PurePosixPath(file.name).stem
        groups.append(Group(name, tuple(file for _, file in found)))
    return groups


def results_of(details: SourceFile, files: Sequence[SourceFile]) -> Results:
    """What the run's results file says: one that was given too, else the one where lighteval puts it."""
    where = place(details)
    given = [file for file in files if not place(file).is_details]
    given += [SourceFile(path, path.name) for path in _companions(details.path, where.date)]
    for file in given:
        document = small_document(file)
        if isinstance(document.get("config_general"), dict):
            return _results(document)
    return Results()


def _companions(path: Path, date: str | None) -> list[Path]:
    if date is None:
        return []
    name = f"results_{date}.json"
    found = [path.parent / name]
    folders = path.parent.parts
    if folders[-1] == date and "details" in folders:
        at = len(folders) - 1 - folders[::-1].index("details")
        found.append(Path(*folders[:at], "results", *folders[at + 1 : -1], name))
    return [companion for companion in found if companion.is_file()]


def _results(document: JsonObject) -> Results:
    general = document["config_general"]
    config = mapping(general.get("model_config"))
    parameters = config.get("generation_parameters", general.get("generation_parameters"))
    return Results(
        model=_text(general.get("model_name")) or _text(config.get("model_name")),
        sha=_text(general.get("lighteval_sha")) if general.get("lighteval_sha") != "?" else None,
        parameters=present(mapping(parameters)),
        system_prompt=_text(config.get("system_prompt")),
        higher_is_better=_directions(document.get("config_tasks")),
    )


def _directions(tasks: Json) -> dict[str, bool]:
    """The direction of every metric by its name; a metric that groups several names each of them."""
    found: dict[str, bool] = {}
    for task in map(mapping, mapping(tasks).values()):
        for metric in objects(task.get("metrics", task.get("metric"))):
            up = metric.get("higher_is_better")
            if isinstance(up, dict):
                found.update({name: each for name, each in up.items() if isinstance(each, bool)})
            elif isinstance(up, bool):
                names = several(metric.get("metric_name"))
                found.update({name: up for name in names if isinstance(name, str)})
    return found


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) == _PARQUET
    except OSError:
        return False


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
