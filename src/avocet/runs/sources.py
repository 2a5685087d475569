"""Run sources: which files on disk make a run, what it is called, and how many lines they hold."""

from __future__ import annotations

import os
import re
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from avocet.errors import AvocetError, InvalidRequest, NotFound, RunUnreadable
from avocet.importers import choose, identify, registry
from avocet.importers.base import SourceFile
from avocet.importers.cf_orch import CANDIDATES_FILE
from avocet.importers.reading.documents import is_array

SCAN_DEPTH = 5
MOST_FILES = 20_000
MOST_LOOKED_AT = 200_000
_NAME_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[-_T ](\d\d)[-:]?(\d\d)[-:]?(\d\d)")


@dataclass(frozen=True)
class RunSource:
    """What is imported as one run: one file, or the files that one harness run wrote.

    `path` is that file or, for several files, their folder and their common name (`FOLDER/NAME.*`). `name` is what
    the run is called unless that name is taken. `importer` names the one that recognised it. `uploaded` files have
    no place of their own on this machine. `shares_name`: another run that came with it has the same name.
    """

    path: Path
    name: str
    timestamp: str
    files: tuple[SourceFile, ...] = ()
    importer: str | None = None
    uploaded: bool = False
    shares_name: bool = False

    @property
    def label(self) -> str:
        """What tells it from the runs that came with it: its name or, if that is shared, its first file's path."""
        return self.parts[0].name if self.shares_name else self.name

    @property
    def parts(self) -> tuple[SourceFile, ...]:
        return self.files or (SourceFile(self.path, self.path.name),)

    @property
    def key(self) -> str:
        """The stored path by which the run is found when it is imported again."""
        if not self.uploaded:
            return str(self.path)
        return f"upload:{Path(self.parts[0].name).parent / self.path.name}" if self.shares_name else self.common_key

    @property
    def common_key(self) -> str:
        """The key that all uploads of one file name have in common."""
        return f"upload:{self.path.name}"

    @property
    def size(self) -> int | None:
        """The total size of the files in bytes; None if one of them is gone."""
        return size_of([part.path for part in self.parts])


def find(path: Path, format_: str | None = None) -> list[RunSource]:
    """The runs at a path: a file, a run folder or a folder of runs. With `format_`, a file is read in that format.

    Raises:
        Unrecognised: no importer knows the file.
        RunUnreadable: there is nothing at the path, no run in the folder, or the folder is the machine's own.
    """
    if os.path.isfile(path):
        if not _is_text(path.resolve()):
            raise RunUnreadable(f"The name of {str(path)!a} isn't UTF-8. Rename it and import it again.")
        return group([SourceFile(path.resolve(), path.name)], format_)
    if not os.path.isdir(path):
        raise RunUnreadable(f"There is no file or folder at {path}.")
    if fault := not_of_results(path):
        raise RunUnreadable(fault)
    found = scan(path)
    if not found:
        known = ", ".join(registry())
        raise RunUnreadable(
            f"No runs in {path}: looked there and {SCAN_DEPTH} folders deep for {CANDIDATES_FILE} "
            f"and for results of {known}."
        )
    return found


def find_all(paths: Sequence[Path], format_: str | None = None) -> tuple[list[RunSource], dict[Path, AvocetError]]:
    """The runs at several paths, and for each path that has none, the error.

    Files of the same folder are grouped together, companions with their samples. If the paths are all that a folder
    holds, as from `FOLDER/*` in a shell, they are taken as the folder: files that no importer knows are left out.
    """
    found: list[RunSource] = []
    failed: dict[Path, AvocetError] = {}
    for folder, among in _by_folder(paths).items():
        if len(among) > 1 and format_ is None and {path.name for path in among} == _visible(folder):
            among = [folder]
        files = [path for path in among if path.is_file()] if len(among) > 1 else []
        known: list[SourceFile] = []
        for path in among:
            try:
                runs = find(path, format_)
            except AvocetError as error:
                failed[path] = error
                continue
            if path in files:
                known.append(SourceFile(path.resolve(), path.name))
            else:
                found += runs
        found += group(known, format_)
    return found, failed


def _by_folder(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    """The paths by their folder, in the order given."""
    found: dict[Path, list[Path]] = {}
    for path in dict.fromkeys(paths):
        found.setdefault(path.parent, []).append(path)
    return found


def _visible(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(folder) if not entry.name.startswith(".")}
    except OSError:
        return set()


def not_of_results(folder: Path) -> str | None:
    """Why a folder can't be a results folder, as a sentence, or None: the root and `/proc` are the machine's own."""
    real = os.path.realpath(folder)
    if real == "/" or f"{real}/".startswith(("/proc/", "/sys/", "/dev/")):
        return f"{folder} belongs to the machine itself. Give the folder that benchmark results are in."
    return None


def scan(folder: Path) -> list[RunSource]:
    """Every run in a folder or below, ordered by path. Links that lead out of the folder are left out.

    A candidates file is a run even if no importer can read it: importing it says why.
    """
    root = Path(os.path.realpath(folder))
    # a set: a link may lead to another run of the same folder
    looked_at = islice(_files(root, SCAN_DEPTH), MOST_LOOKED_AT)
    paths = sorted({path for path in looked_at if path.is_relative_to(root) and _is_text(path)})
    files = [SourceFile(path, str(path.relative_to(root))) for path in paths[:MOST_FILES]]
    by_importer: defaultdict[str | None, list[SourceFile]] = defaultdict(list)
    for file in files:
        by_importer[_importer(file.path)].append(file)
    unreadable = [file for file in by_importer.pop(None, []) if file.path.name == CANDIDATES_FILE]
    found = [run for name, known in by_importer.items() if name for run in _grouped_while_there(name, known)]
    found += [run for file in unreadable if (run := _unless_gone(file.path.parent.name, (file,), None))]
    return _told_apart(found)


def group(files: Iterable[SourceFile], format_: str | None = None, *, uploaded: bool = False) -> list[RunSource]:
    """The runs that files make, ordered by path.

    Raises:
        Unrecognised: no importer knows one of the files.
    """
    by_importer: defaultdict[str, list[SourceFile]] = defaultdict(list)
    for file in files:
        name = None if format_ else _importer(file.path)
        by_importer[name or choose(file.path, format_, called=file.name).name].append(file)
    runs = [
        _source(run.name, run.files, importer, uploaded)
        for importer, found in by_importer.items()
        for run in registry()[importer].group(found)
    ]
    return _told_apart(runs)


def _told_apart(found: Sequence[RunSource]) -> list[RunSource]:
    """The runs that were found together, ordered by path, `shares_name` set where another has the same name."""
    named = Tally(run.name for run in found)
    return sorted((replace(run, shares_name=named[run.name] > 1) for run in found), key=lambda run: run.path)


def one_called(wanted: str, sources: Sequence[RunSource]) -> RunSource:
    """Choose one of several runs that came together, by its label, else by its name.

    Raises:
        NotFound: no run has that label or name.
        InvalidRequest: several have that name.
    """
    found = [one for one in sources if one.label == wanted] or [one for one in sources if one.name == wanted]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"The upload has no run {wanted!r:.120}.")
    labels = ", ".join(one.label for one in found)
    raise InvalidRequest(f"{len(found)} runs of the upload are called {wanted!r:.120}. Say which: {labels:.400}.")


def _grouped_while_there(importer: str, files: list[SourceFile]) -> list[RunSource]:
    """The runs of files that may vanish or change meanwhile: a file that does costs only its own run."""
    try:
        groups = registry()[importer].group(files)
    except (OSError, AvocetError):
        if len(files) == 1:
            return []
        middle = len(files) // 2
        return [run for half in (files[:middle], files[middle:]) for run in _grouped_while_there(importer, half)]
    return [run for one in groups if (run := _unless_gone(one.name, one.files, importer))]


def _unless_gone(name: str, files: tuple[SourceFile, ...], importer: str | None) -> RunSource | None:
    try:
        return _source(name, files, importer, False)
    except OSError:
        return None


def size_of(paths: Iterable[Path]) -> int | None:
    """The total size of files in bytes; None if one of them is gone."""
    try:
        return sum(path.stat().st_size for path in paths)
    except OSError:
        return None


def _importer(path: Path) -> str | None:
    """The name of the importer that knows a file, or None; remembered until the file changes."""
    try:
        stat = path.stat()
        return _recognised(path, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=MOST_FILES)
def _recognised(path: Path, _size: int, _mtime_ns: int) -> str | None:
    importer = identify(path)
    return importer.name if importer else None


def _files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                if depth:
                    yield from _files(Path(entry.path), depth - 1)
            elif os.path.isfile(entry):
                yield Path(os.path.realpath(entry.path))


def _is_text(path: Path) -> bool:
    """Whether a path is text, and so can be stored and shown: Linux allows any bytes in a name."""
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def _source(name: str, files: tuple[SourceFile, ...], importer: str | None, uploaded: bool) -> RunSource:
    first = files[0].path
    if uploaded and len(Path(files[0].name).parts) == 1 and name == first.parent.name:
        # the folder that an upload lies in has a random name
        name = Path(files[0].name).stem
    path = first if len(files) == 1 else first.parent / f"{name}.*"
    return RunSource(path, name, _timestamp(name, first), files, importer, uploaded)


def _timestamp(name: str, path: Path) -> str:
    """When the run was made: the time in its name or, without one, the file's last change (UTC)."""
    if match := _NAME_TIME.search(name):
        try:
            moment = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
        else:
            return moment.isoformat()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return modified.strftime("%Y-%m-%dT%H:%M:%SZ")


def count_lines(path: Path) -> int | None:
    """How many lines of a file are not blank; None if it can't be read, or holds a JSON array instead of lines.

    Remembered until the file changes.
    """
    try:
        stat = path.stat()
        return _count_lines(path, stat.st_size, stat.st_mtime_ns)
    except (OSError, RunUnreadable):
        return None


@lru_cache(maxsize=4096)
def _count_lines(path: Path, _size: int, _mtime_ns: int) -> int | None:
    if is_array(SourceFile(path, path.name)):
        return None
    count, blank = 0, True
    with path.open("rb") as stream:
        # a line may be larger than memory, so it is read in pieces
        while piece := stream.readline(1024 * 1024):
            blank = blank and not piece.strip()
            if piece.endswith(b"\n"):
                count, blank = count + (not blank), True
    return count + (not blank)
