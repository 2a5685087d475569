"""The desk from Python: exports without a server, as rows, a file, a folder or Hugging Face datasets."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, overload

import msgspec

from avocet import exports, verdicts
from avocet.comparing import Compared, Comparison, compare, compare_several
from avocet.comparing.answers import Verdicts
from avocet.comparing.trained_on import Sources
from avocet.db import Database, targets
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exporters import choose
from avocet.exporters.base import Rules
from avocet.exports import AsOf, ExportFilter, Manifest, Passes, Recipe, Splits, recipe
from avocet.review import samples, tags
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, Per, SampleProgress
from avocet.review.tags import TagCount
from avocet.scores import report as scores
from avocet.scores.report import Group, Report
from avocet.settings import TRAININGS, Settings


class Desk:
    """One desk, opened by its data folder or its database's URL. Use it in a `with` block, or call `close`.

    ```python
    from avocet import Desk

    with Desk("~/.local/share/avocet") as desk:
        rows = desk.export("trl-dpo", exclude_category=["scoring_artifact"])
        manifest = desk.export("hf", "corrections", splits={"train": 0.9, "test": 0.1})
        data = desk.to_datasets("trl-sft", splits={"train": 0.9, "test": 0.1})  # a DatasetDict
        both = desk.to_datasets("hf")  # {"sft": DatasetDict, "preference": DatasetDict}
        weekly = desk.export(desk.recipe("weekly"), "pairs.jsonl")
    ```

    A desk of an older version is brought up to date first; if that changes rows, a copy is kept. With `migrate`
    this happens even if no copy can be kept: set it if you have made one yourself ([Upgrading](upgrade.md)).

    Every error is an `AvocetError` (from `avocet.errors`) whose message is a sentence for a person.

    Raises:
        Prerequisite: there is no desk in the folder, or the URL is not of a database that Avocet supports.
        BackupNeeded: the desk has to be brought up to date, no copy can be kept, and `migrate` was not given.
        DatabaseTooNew: a newer version of Avocet has brought the desk up to date.
    """

    def __init__(self, data_folder_or_database_url: str | Path, *, migrate: bool = False) -> None:
        given, folder = str(data_folder_or_database_url), None
        if "://" not in given:
            path = Path(given).expanduser().absolute() / "avocet.db"
            if not path.is_file():
                raise Prerequisite(f"There is no desk in {path.parent}: it has no avocet.db.")
            given, folder = f"sqlite:///{path}", path.parent
        self._database = Database(given)
        try:
            self._database.migrate(agreed=migrate)
        except BaseException:
            self._database.close()
            raise
        self._own = targets.Own(targets.sqlite_file(given), folder)

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database. A `with` block does so at its end."""
        self._database.close()

    def recipe(self, name: str) -> Recipe:
        """The saved recipe of that name, which `export` and `to_datasets` take in place of a format.

        Raises:
            UnknownRecipe: there is none of that name.
        """
        return recipe.read(self._database, name)

    def verdicts(self, run: str, format: str = "jsonl") -> list[dict[str, Any]]:
        """What people said of a run's answers, [for its harness](verdicts.md): a dict for each decided item.

        `format` is `jsonl`, `inspect` or `cases`.

        Raises:
            UnknownRun: no such run was imported.
            TakenBack: the run was taken back.
            UnknownFormat: there is no such format.
            InvalidRequest: the format is not made of JSON lines, or is for runs of another harness.
        """
        return verdicts.rows(self._database, run, format)

    def sample(
        self,
        name: str,
        size: int,
        *,
        per: Sequence[Per] = (),
        seed: int | None = None,
        **filter: Any,  # noqa: ANN401 (fields of several types)
    ) -> SampleProgress:
        """Draw a [sample](samples.md) of `size` cards that nobody has read, or grow the one that has the name.

        With `per` (`"task"`, `"model"`, `"outcome"`) it is `size` cards of each. `filter` says which cards, in the
        words of [`GET /queue`](http.md#get-apisftqueue): `model_name="a"` or `["a", "b"]` for any of these,
        `not_model_name` for all but these, and so on; the `outcome` is `failed` unless it is given. Without a `seed`,
        one is chosen by chance and kept.

        Raises:
            SampleExists: the name is taken, and more than a size is given.
            NothingToDraw: no unread card matches.
            InvalidRequest: the name, or what is asked, makes no sense.
        """
        known = set(QueueFilter.__struct_fields__) - {"like", "tag", "not_tag", "sample", "order", "seed"}
        if unknown := set(filter) - known:
            raise InvalidRequest(f"There is no filter {sorted(unknown)[0]!r}. Known: {', '.join(sorted(known))}.")
        try:
            filters = msgspec.convert(filter, QueueFilter)
        except msgspec.ValidationError as error:
            raise InvalidRequest(f"{error}.") from None
        asked = Asked(filter=filters, size=size, per=tuple(per), seed=seed)
        return samples.draw_or_grow(self._database, name, asked, Settings().reviewer)

    def report(
        self, run: str, *, group: Group = "none", like_these: bool = False, borrow: str | None = None
    ) -> Report:
        """The [report](scores.md) of a run: how good its model is and how wrong the check, from what people read.

        `group` says what a row is: all of the run (`"none"`), a `"task"`, a `"model"`, or a pair (`"task_model"`).
        `like_these` adds the intervals for other questions like these; `borrow` names a run with the same check whose
        reads tell how often the check errs, for one that nobody read.

        Raises:
            UnknownRun: no such run was imported.
            TakenBack: it was taken back whole.
        """
        return scores.report(self._database, run, group=group, like_these=like_these, borrow=borrow)

    def compare(
        self,
        before: str,
        after: str,
        *,
        verdicts: Verdicts = "people",
        all_items: bool = False,
        trained_on: Sequence[str | int | Path] = (),
        before_trained_on: Sequence[str | int | Path] = (),
    ) -> Compared:
        """Two runs [compared](compare.md) item by item, each `RUN` or `RUN:MODEL`: what was fixed and broken.

        `verdicts` is `"people"`, for which the harness's count where nobody read the answer, or `"harness"`. `items`
        are those that flipped, or all of them. `exposure` parts the items that the models were
        [trained on](compare.md#exposure) from the others; `trained_on` names what `after` was trained on, and
        `before_trained_on` what `before` was: an export's number, a training, a dataset or its manifest.

        Raises:
            UnknownRun: no such run was imported.
            TakenBack: a run was taken back.
            InvalidRequest: a run holds several models and none is named, or the sides are the same.
            UnknownExport, Prerequisite: there is no such export, or a manifest can't be read.
        """
        folder = self._own.folder
        sources = Sources(
            trainings=folder / TRAININGS if folder else None,
            before=tuple(map(str, before_trained_on)),
            after=tuple(map(str, trained_on)),
        )
        return compare(self._database, before, after, verdicts=verdicts, all_items=all_items, sources=sources)

    def compare_several(self, sides: Sequence[str], *, verdicts: Verdicts = "people") -> Comparison:
        """Up to 8 sides, each [compared](compare.md) with the first, and the items on which they differ.

        Raises:
            UnknownRun, TakenBack: as for `compare`.
            InvalidRequest: as for `compare`, or there are too many sides.
        """
        return compare_several(self._database, sides, verdicts=verdicts)

    def samples(self) -> list[SampleProgress]:
        """Every sample and how far it is read, newest first."""
        return samples.read_all(self._database)

    def tags(self) -> list[TagCount]:
        """Every [tag](tags.md) and how many cards have it, the most used first."""
        return tags.read_all(self._database).tags

    def rename_tag(self, name: str, to: str) -> int:
        """Rename a tag on every decision that has it, and return how many cards have it.

        Raises:
            UnknownTag: there is no such tag.
            TagExists: another tag has the name: merge the two.
            InvalidRequest: `to` is no tag.
        """
        return tags.rename(self._database, name, to).cards

    def merge_tags(self, names: Sequence[str], into: str) -> int:
        """Make one tag of several on every decision, and return how many cards have it; `into` may be new.

        Raises:
            UnknownTag: one of `names` is no tag.
            InvalidRequest: `into` is no tag.
        """
        return tags.merge(self._database, names, into).cards

    @overload
    def export(
        self,
        format: str | Recipe = "sft",
        target: None = None,
        *,
        as_of: int | None = None,
        **choices: Any,  # noqa: ANN401
    ) -> list[dict[str, Any]]: ...

    @overload
    def export(
        self,
        format: str | Recipe,
        target: str | Path,
        *,
        as_of: int | None = None,
        overwrite: bool = False,
        **choices: Any,  # noqa: ANN401
    ) -> Manifest: ...

    def export(
        self,
        format: str | Recipe = "sft",
        target: str | Path | None = None,
        *,
        as_of: int | None = None,
        overwrite: bool = False,
        **choices: Any,
    ) -> list[dict[str, Any]] | Manifest:
        """Write a dataset to `target` and return its manifest; without a target, return its rows as dicts.

        Only [formats](exporters.md) made of JSON lines have rows. A target that exists and is not an earlier export
        is replaced only with `overwrite`, and the desk's own files never. `choices` are the fields of the
        [filter](exporting.md#filters), such as `exclude_category=["scoring_artifact"]`, and
        [`splits`](exporting.md#splits), `rules`, [`passes`](exporting.md#answers-that-passed) and
        [`failure_tags`](tags.md#in-a-dataset). `as_of` is the number of a decision: the dataset is what stood then.

        Raises:
            UnknownFormat: there is no exporter of that name.
            UnknownFilterValue: a filter names a run, model, category or the like that does not exist.
            InvalidRequest: a choice that doesn't exist or is malformed, or no target for a format without rows.
            AvocetError: the target can't be written, or the database can't be read.
        """
        wanted = _recipe(format, choices)
        state = None if as_of is None else AsOf(as_of)
        if target is not None:
            path = Path(target).expanduser()
            targets.check(path, self._own)
            reviewer = Settings().reviewer
            made = exports.make(
                self._database,
                wanted,
                path,
                reviewer=reviewer,
                may_be_forgotten=True,
                as_of=state,
                overwrite=overwrite,
            )
            return made.manifest
        exporter = choose(wanted.format)
        if exporter.encoding != "jsonl":
            raise InvalidRequest(f"{wanted.format} is not made of JSON lines: give a target.")
        content = b"".join(exports.stream(self._database, wanted, state, exporter=exporter))
        return [msgspec.json.decode(line) for line in content.split(b"\n") if line]

    def to_datasets(
        self,
        format: str | Recipe = "hf",
        *,
        as_of: int | None = None,
        **choices: Any,  # noqa: ANN401 (fields of several types)
    ) -> Any:  # noqa: ANN401
        """The dataset as a Hugging Face `DatasetDict` by split; for a format with parts, a dict of them by part.

        Every text stays a text, while the JSON loader of `datasets` would turn some into dates. `choices` and `as_of`
        are those of `export`.

        Raises:
            Prerequisite: the package `datasets` isn't installed.
            InvalidRequest: the format is not for training, but for people or for another desk.
            AvocetError: as for `export`.
        """
        try:
            import datasets
        except ImportError:
            raise Prerequisite("to_datasets needs a package: pip install datasets") from None
        wanted = _recipe(format, choices)
        exporter = choose(wanted.format)
        if not exporter.is_training:
            raise InvalidRequest(f"{wanted.format} is no training data: choose another format.")
        state = None if as_of is None else AsOf(as_of)
        with tempfile.TemporaryDirectory() as scratch:
            written = exports.write_folder(
                self._database, wanted, Path(scratch) / "data", exporter=exporter, as_of=state
            )
            by_part: dict[str, dict[str, Any]] = {}
            for file in written.files:
                if file.rows and file.part is not None:
                    loaded = _load(datasets, Path(scratch) / "data" / file.name)
                    by_part.setdefault(file.part, {})[file.split or "train"] = loaded
        parts = {part: datasets.DatasetDict(splits) for part, splits in by_part.items()}
        return parts if any(parts) else parts.get("", datasets.DatasetDict())


def _load(datasets: Any, path: Path) -> Any:  # noqa: ANN401 (the optional package and its dataset)
    """Load a file as a dataset in memory.

    JSON lines are not left to the `json` loader, which turns answers that look like dates into times.
    """
    if path.suffix == ".parquet":
        return datasets.Dataset.from_parquet(str(path), keep_in_memory=True, cache_dir=str(path.parent))
    rows = [msgspec.json.decode(line) for line in path.read_bytes().split(b"\n") if line]
    for row in rows:
        # as text: `datasets` would make one type of the parameters of all tools, and fill it up with nulls
        if isinstance(row.get("tools"), list):
            row["tools"] = msgspec.json.encode(row["tools"]).decode()
    # `from_list` takes the columns of the first row only
    columns = dict.fromkeys(name for row in rows for name in row)
    return datasets.Dataset.from_list([{name: row.get(name) for name in columns} for row in rows])


def _recipe(format: str | Recipe, choices: dict[str, Any]) -> Recipe:
    wanted = format if isinstance(format, Recipe) else Recipe(format=format)
    fields = dict(choices)
    changes: dict[str, Any] = {}
    try:
        if "splits" in fields:
            changes["splits"] = msgspec.convert(fields.pop("splits"), Splits | None, from_attributes=True)
        if "passes" in fields:
            changes["passes"] = msgspec.convert(fields.pop("passes"), Passes)
        if "failure_tags" in fields:
            changes["failure_tags"] = msgspec.convert(fields.pop("failure_tags"), bool)
        if "rules" in fields:
            changes["rules"] = msgspec.convert(fields.pop("rules"), Rules, from_attributes=True)
        known = set(ExportFilter.__struct_fields__)
        if unknown := set(fields) - known:
            raise InvalidRequest(f"There is no choice {sorted(unknown)[0]!r}. Known: {', '.join(sorted(known))}.")
        changes["filter"] = msgspec.convert({**msgspec.structs.asdict(wanted.filter), **fields}, ExportFilter)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{error}.") from None
    return msgspec.structs.replace(wanted, **changes)
