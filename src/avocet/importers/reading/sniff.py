"""A file's kind and structure by its first bytes: enough to tell all harnesses apart without reading it whole."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from avocet.importers.reading.archive import MAX_DIRECTORY_BYTES, directory_bytes
from avocet.importers.reading.files import BOM, readable

HEAD_BYTES = 1024 * 1024
HEAD_OF_ZIP_BYTES = 256
KEY_DEPTH = 3
_MOST_TOKENS = 200_000
_MOST_MEMBERS = 2_000
_FIRST_LINES = 20
_BEGIN_BYTES = 64
_INDEX = "-shm"
_OF_DATABASE = (_INDEX, "-wal")
# possessive, and to the end of the text if a quote is not closed: nothing is ever looked at twice
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}\[\],]|:')
_YAML_KEY = re.compile(r"^([A-Za-z_][\w-]*):(?:\s|$)", re.MULTILINE)

_SEPARATORS = ",\t;|"
_TRIED_CHARACTERS, _TRIED_ROWS = 64 * 1024, 6
_BLANK_LINES = re.compile(r"\A\ufeff?(?:[ \t\r]*+\n)++")
_NAMED_SEPARATOR = re.compile(r'"?sep=([^\w\s"]|\t)"?')

Kind = Literal["json", "yaml", "csv", "zip", "parquet", "sqlite", "utf-16", "binary", "text"]


class Separator(NamedTuple):
    """The sign between columns; `is_named` says that a line before the header names it."""

    sign: str
    is_named: bool = False


class Sniffed(msgspec.Struct, kw_only=True):
    """A file's kind and structure.

    The kind `json` is JSON Lines, an array or one document. `keys` are the dotted paths, `KEY_DEPTH` deep, of its
    first object as far as the head shows it (`results.version`; `samples[].id` in an array). `members` are the names
    in a zip, `columns` those of a table. `is_array` says that the document is a list.
    """

    name: str
    kind: Kind
    head: bytes = b""
    keys: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    is_array: bool = False

    def has(self, *paths: str) -> bool:
        """Whether every one of these keys is there."""
        return self.keys.issuperset(paths)


def sniff(path: Path, name: str | None = None) -> Sniffed:
    """Look at a file; `name` is the person's name for it.

    Raises:
        RunUnreadable: the file can't be opened.
    """
    name = name or path.name
    if _is_open_database(path):
        return Sniffed(name=name, kind="sqlite")
    with readable(name), path.open("rb") as stream:
        head = stream.read(HEAD_BYTES).removeprefix(BOM)
        if head.startswith(b"PK\x03\x04"):
            return _zip(stream, name, head[:HEAD_OF_ZIP_BYTES])
    if head.startswith(b"PAR1"):
        return Sniffed(name=name, kind="parquet", **_parquet(path))
    if kind := _magic(head):
        return Sniffed(name=name, kind=kind, head=head)
    return _text(name, head)


def problem_of_json(file: Sniffed) -> str | None:
    """Where a file that begins like JSON stops being JSON; None if a line is whole or the file exceeds its head."""
    if file.kind != "json" or len(file.head) >= HEAD_BYTES:
        return None
    text = file.head.decode("utf-8", "replace")
    try:
        # what follows a whole value does not matter here: most often it is more lines
        json.JSONDecoder().raw_decode(text.lstrip())
    except RecursionError:
        return "nested too deeply"
    except json.JSONDecodeError as error:
        if _has_whole_line(text):
            return None
        place = len(text) - len(text.lstrip()) + error.pos
        line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
        return f"{error.msg}, line {line}, column {column}"
    return None


def _is_open_database(path: Path) -> bool:
    """Whether a file is of a SQLite database that somebody has open, as its index beside it tells.

    It must not be opened: closing it would free the locks of this process, and the database may be our own desk.
    """
    return path.name.endswith(_OF_DATABASE) or os.path.lexists(f"{path}{_INDEX}")


def _has_whole_line(text: str) -> bool:
    for line in islice(text.split("\n"), _FIRST_LINES):
        try:
            if isinstance(json.loads(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _magic(head: bytes) -> Kind | None:
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf_16(head[:_BEGIN_BYTES]):
        return "utf-16"
    return "binary" if b"\x00" in head and not _has_object_line(head) else None


def _is_utf_16(begin: bytes) -> bool:
    """Whether every other byte of a text's beginning is a NUL, as in UTF-16 without a byte order mark."""
    halves = (begin[1::2], begin[::2])
    return any(half and not half.strip(b"\x00") and 0 not in other for half, other in (halves, halves[::-1]))


def _parquet(path: Path) -> dict[str, Any]:
    """A Parquet file's columns and its structs' fields; nothing if pyarrow is missing or the file is damaged."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return {}
    try:
        schema = pyarrow.parquet.read_schema(path)
        keys = {f"{field.name}.{child.name}" for field in schema for child in _fields(field.type)}
        return {"columns": tuple(schema.names), "keys": frozenset(keys)}
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, MemoryError):
        return {}


def _fields(kind: Any) -> list[Any]:  # noqa: ANN401 (a pyarrow type)
    return [kind.field(number) for number in range(kind.num_fields)] if hasattr(kind, "fields") else []


def _has_object_line(head: bytes) -> bool:
    return any(line.lstrip().startswith(b"{") for line in head.split(b"\n"))


def _zip(stream: Any, name: str, head: bytes) -> Sniffed:  # noqa: ANN401 (a binary file)
    try:
        if directory_bytes(stream) > MAX_DIRECTORY_BYTES:
            return Sniffed(name=name, kind="zip", head=head)
        with zipfile.ZipFile(stream) as archive:
            members = frozenset(archive.namelist()[:_MOST_MEMBERS])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        # cut off and so without its directory: its beginning still shows what it was meant to be
        members = frozenset()
    return Sniffed(name=name, kind="zip", head=head, members=members)


def _text(name: str, head: bytes) -> Sniffed:
    text = head.decode("utf-8", "replace")
    start = text.lstrip()
    is_array = start.startswith("[")
    keys = _keys(start[1:] if is_array else _first_object(start))
    if keys or start.startswith("{"):
        return Sniffed(name=name, kind="json", head=head, keys=keys, is_array=is_array)
    if columns := _columns(text):
        return Sniffed(name=name, kind="csv", head=head, columns=columns)
    if yaml_keys := frozenset(_YAML_KEY.findall(text)):
        return Sniffed(name=name, kind="yaml", head=head, keys=yaml_keys)
    return Sniffed(name=name, kind="text", head=head)


def _first_object(text: str) -> str:
    """The first line that is a whole object, as in JSON Lines; else the text from the first line that begins one."""
    begun = ""
    for line in islice(text.split("\n"), _FIRST_LINES):
        if not line.lstrip().startswith("{"):
            continue
        begun = begun or text[text.index(line) :]
        try:
            if isinstance(json.loads(line), dict):
                return line
        except (ValueError, RecursionError):
            continue
    return begun.lstrip()


def _keys(text: str) -> frozenset[str]:
    """The dotted paths of the first object in JSON, which may be cut off anywhere."""
    found: set[str] = set()
    open_: list[bool] = []
    # kept while walking: looking up the path anew for each key would be quadratic in a deeply nested file
    path: list[str] = []
    name = ""
    for match in islice(_TOKEN.finditer(text), _MOST_TOKENS):
        match match[0]:
            case "{" | "[" as opened:
                part = name if opened == "{" else name + "[]"
                open_.append(bool(part))
                path += [part] if part else []
                name = ""
            case "}" | "]":
                if len(open_) <= 1:
                    break
                if open_.pop():
                    path.pop()
            case ",":
                name = ""
            case ":":
                if name and len(path) < KEY_DEPTH:
                    found.add(".".join([*path, name]))
            case text_token:
                name = text_token[1:-1]
    return frozenset(found)


def separator_of(text: str) -> Separator:
    """The sign between the columns of a table: the one its first rows agree on, else the commonest in its first line.

    A first line `sep=;`, as Excel understands it, names the sign and is not part of the table.
    """
    text = text[:_TRIED_CHARACTERS]
    first = text.partition("\n")[0].strip("\ufeff\r")
    if named := _NAMED_SEPARATOR.fullmatch(first):
        return Separator(named[1], is_named=True)
    text = _BLANK_LINES.sub("", text)
    first = text.partition("\n")[0]
    return Separator(max(_SEPARATORS, key=lambda sign: (_agreed(text, sign), first.count(sign))))


def _agreed(text: str, sign: str) -> int:
    """How many columns the first rows have if this is the sign between them; 0 if they differ in that."""
    try:
        found = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _TRIED_ROWS))
    except csv.Error:
        return 0
    if len(found) > 1 and len(found) < _TRIED_ROWS and not text.endswith("\n"):
        # the last row may be cut off
        found.pop()
    counts = {len(row) for row in found if row}
    return counts.pop() if len(counts) == 1 and counts != {1} else 0


def _columns(text: str) -> tuple[str, ...]:
    """The header of a table; empty if the text is not a table, which a single column is not."""
    separator = separator_of(text)
    if separator.is_named:
        text = text.partition("\n")[2]
    text = _BLANK_LINES.sub("", text)
    if separator.sign not in text.partition("\n")[0]:
        return ()
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator.sign), 2))
    except csv.Error:
        return ()
    header = rows[0] if rows else []
    named = len(header)
    while named and not header[named - 1].strip():
        # some writers end every line with the sign
        named -= 1
    # pandas leaves the name of its index blank
    is_drawn = separator.sign == "|" and not (header and header[0].strip())
    is_header = (
        named > 1 and not is_drawn and all(name.strip() for name in header[1:named]) and max(map(len, header)) < 200
    )
    return tuple(header) if is_header and all(len(row) == len(header) for row in rows[1:]) else ()
