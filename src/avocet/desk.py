"""The desk from Python: export without a server, as a file, a folder or Hugging Face datasets."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, overload

import msgspec

from avocet import exports
from avocet.db import Database, targets
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exporters import choose
from avocet.exporters.base import Rules
from avocet.exports import AsOf, ExportFilter, Manifest, Recipe, Splits, recipe
from avocet.settings import Settings


class Desk:
    """One desk, by its data folder or its database's URL. Use it in a `with` block, or call `close`.

    ```python
    from avocet import Desk

    with Desk("~/.local/share/avocet") as desk:
        rows = desk.export("trl-dpo", exclude_category=["scoring_artifact"])
        manifest = desk.export("hf", "corrections", splits={"train": 0.9, "test": 0.1})
        data = desk.to_datasets("trl-sft", splits={"train": 0.9, "test": 0.1})  # a DatasetDict
        both = desk.to_datasets("hf")  # {"sft": DatasetDict, "preference": DatasetDict}
        weekly = desk.export(desk.recipe("weekly"), "pairs.jsonl")
    ```

    `migrate` brings it up to date even where no copy of it can be kept from before: say so when you have one
    ([Upgrading](upgrade.md)).

    Every error is an `AvocetError` of `avocet.errors`, with a sentence.

    Raises:
        Prerequisite: there is no desk in the folder, or the URL is of no database that Avocet knows.
        BackupNeeded: it has to be brought up to date, no copy can be kept, and `migrate` was not given.
        DatabaseTooNew: a newer version of Avocet has brought it up to date.
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
        """Close the database. A `with` block does it at its end."""
        self._database.close()

    def recipe(self, name: str) -> Recipe:
        """A saved recipe, to be given to `export` and `to_datasets` in place of a format.

        Raises:
            UnknownRecipe: there is none of that name.
        """
        return recipe.read(self._database, name)

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
        """Write a dataset to `target` and return its manifest; without a target, return the rows of a text format.

        A target that is there and is no earlier export is replaced only with `overwrite`, the desk's own never.
        `choices` are the fields of the [filter](exporting.md#filters) (`exclude_category=["scoring_artifact"]`),
        [`splits`](exporting.md#splits) and `rules`. `as_of`: the number of a decision, to write what stood then.
        The [formats](exporters.md) have a page of their own.

        Raises:
            UnknownFormat: no exporter is called so.
            UnknownFilterValue: a filter names a run, model, category or the like that isn't there.
            InvalidRequest: a choice that doesn't exist or is malformed, or no target for a format without rows.
            AvocetError: a target that can't be written, a database that can't be read.
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
            raise InvalidRequest(f"{wanted.format} is not made of JSON rows: give a target.")
        content = b"".join(exports.stream(self._database, wanted, state, exporter=exporter))
        return [msgspec.json.decode(line) for line in content.split(b"\n") if line]

    def to_datasets(
        self,
        format: str | Recipe = "hf",
        *,
        as_of: int | None = None,
        **choices: Any,  # noqa: ANN401 (fields of several types)
    ) -> Any:  # noqa: ANN401
        """The dataset as Hugging Face `datasets`: a `DatasetDict` by split, or one by name where a format has parts.

        Texts stay texts, where the JSON loader of `datasets` takes some for dates. `choices` and `as_of` are those of
        `export`.

        Raises:
            Prerequisite: `datasets` isn't installed.
            InvalidRequest: the format is for people or for another desk.
            AvocetError: as for `export`.
        """
        try:
            import datasets
        except ImportError:
            raise Prerequisite("to_datasets needs a package: pip install datasets") from None
        wanted = _recipe(format, choices)
        exporter = choose(wanted.format)
        if not exporter.is_training:
            raise InvalidRequest(f"{wanted.format} is no training data: take another format.")
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
    """A file as a dataset in memory; not by the `json` loader, which takes answers that look like dates for times."""
    if path.suffix == ".parquet":
        return datasets.Dataset.from_parquet(str(path), keep_in_memory=True, cache_dir=str(path.parent))
    rows = [msgspec.json.decode(line) for line in path.read_bytes().split(b"\n") if line]
    for row in rows:
        # one type would be made of the parameters of all tools, and filled up with nulls
        if isinstance(row.get("tools"), list):
            row["tools"] = msgspec.json.encode(row["tools"]).decode()
    # its columns are those of the first row, and of no other
    columns = dict.fromkeys(name for row in rows for name in row)
    return datasets.Dataset.from_list([{name: row.get(name) for name in columns} for row in rows])


def _recipe(format: str | Recipe, choices: dict[str, Any]) -> Recipe:
    wanted = format if isinstance(format, Recipe) else Recipe(format=format)
    fields = dict(choices)
    changes: dict[str, Any] = {}
    try:
        if "splits" in fields:
            changes["splits"] = msgspec.convert(fields.pop("splits"), Splits | None, from_attributes=True)
        if "rules" in fields:
            changes["rules"] = msgspec.convert(fields.pop("rules"), Rules, from_attributes=True)
        known = set(ExportFilter.__struct_fields__)
        if unknown := set(fields) - known:
            raise InvalidRequest(f"There is no choice {sorted(unknown)[0]!r}. Known: {', '.join(sorted(known))}.")
        changes["filter"] = msgspec.convert({**msgspec.structs.asdict(wanted.filter), **fields}, ExportFilter)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{error}.") from None
    return msgspec.structs.replace(wanted, **changes)
