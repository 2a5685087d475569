"""YAML that is one document with a long list in it: read event by event, bounded in depth, size and repetition.

PyYAML's loaders recurse, so enough brackets end the whole process; its events don't. The limit on depth is checked
here because versions of the library differ in whether, where and in which words they refuse.

Plain scalars are read as YAML 1.2 defines them, since JavaScript writes that: `12:30` is text.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

import msgspec
import yaml

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.files import readable
from avocet.json_text import MAX_DEPTH

MAX_YAML_BYTES = 50 * 1024 * 1024
MAX_EXPANDED = 200 * 1024 * 1024
LONGEST_INT = 18
_TOO_DEEP = f"it is nested deeper than {MAX_DEPTH} levels"
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class InvalidYaml(ValueError):
    """The error of a text that can't be read as YAML; says why."""


class Document(NamedTuple):
    """A YAML mapping without its list at `list_path`, and the elements of that list as JSON."""

    rest: dict[str, Any]
    elements: list[msgspec.Raw]


class _Frame:
    """A list or mapping under construction; `size` counts its characters and nodes with every alias expanded."""

    def __init__(self, value: Any, anchor: str | None) -> None:  # noqa: ANN401 (YAML)
        self.value = value
        self.anchor = anchor
        self.key: str | None = None
        self.size = 1

    def add(self, value: Any, size: int) -> None:  # noqa: ANN401 (YAML)
        self.size += size
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is None:
            if isinstance(value, list | dict):
                raise InvalidYaml("a list or mapping is used as a key")
            self.key = value if isinstance(value, str) else str(value)
        else:
            self.value[self.key] = value
            self.key = None


def read_yaml(file: SourceFile, list_path: tuple[str, ...], instead: str) -> Document:
    """Read a file's one document; the elements of the list at `list_path` are taken out of it as they are read.

    Raises:
        RunUnreadable: it is larger than 50 MiB, not YAML, or expands far beyond its size; `instead` says what then.
    """
    elements: list[msgspec.Raw] = []
    with readable(file.name):
        if file.size > MAX_YAML_BYTES:
            limit = MAX_YAML_BYTES // 2**20
            raise RunUnreadable(f"{file.name} is YAML of more than {limit} MiB. {instead}")
        data = file.path.read_bytes()
    try:
        value = _build(data, list_path, elements)
    except InvalidYaml as error:
        raise RunUnreadable(f"{file.name} can't be read as YAML: {error}. {instead}") from None
    if not isinstance(value, dict):
        raise RunUnreadable(f"{file.name} isn't a YAML mapping.")
    return Document(value, elements)


def yaml_value(text: str) -> Any:  # noqa: ANN401 (YAML)
    """The value of a short YAML text.

    Raises:
        InvalidYaml: the text is not YAML.
    """
    return _build(text, (), [])


def _build(data: bytes | str, list_path: tuple[str, ...], elements: list[msgspec.Raw]) -> Any:  # noqa: ANN401 (YAML)
    stack = [_Frame([], None)]
    anchors: dict[str, tuple[Any, int]] = {}
    expanded = 0
    try:
        for event in yaml.parse(data, Loader=yaml.CSafeLoader):
            match event:
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(stack) > MAX_DEPTH:
                        raise InvalidYaml(_TOO_DEEP)
                    value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                    stack.append(_Frame(value, event.anchor))
                    continue
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    done = stack.pop()
                    value, size, anchor = done.value, done.size, done.anchor
                case yaml.ScalarEvent():
                    value, size, anchor = _scalar(event), len(event.value) + 1, event.anchor
                case yaml.AliasEvent():
                    if event.anchor not in anchors:
                        raise InvalidYaml(f"it refers to {event.anchor!r:.40} before that is known")
                    value, size = anchors[event.anchor]
                    anchor = None
                    expanded += size
                    if expanded > MAX_EXPANDED:
                        raise InvalidYaml("its aliases repeat more than any results hold")
                case _:
                    continue
            if anchor:
                anchors[anchor] = (value, size)
            if list_path and _path(stack) == list_path and isinstance(stack[-1].value, list):
                elements.append(msgspec.Raw(_json(value)))
                continue
            stack[-1].add(value, size)
    except yaml.YAMLError as error:
        if len(stack) + _opened_before(data, error) > MAX_DEPTH:
            raise InvalidYaml(_TOO_DEEP) from None
        raise InvalidYaml(" ".join(str(error).split())[:300]) from None
    except UnicodeError:
        raise InvalidYaml("it isn't UTF-8 text") from None
    documents = stack[0].value
    if len(documents) != 1:
        raise InvalidYaml(f"it holds {len(documents)} documents, not one")
    return documents[0]


def _opened_before(data: bytes | str, error: yaml.YAMLError) -> int:
    """How many levels a line opens before an error in it: the library scans a line ahead of its events."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return 0
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    line = text[: mark.index].rpartition("\n")[2]
    return sum(map(line.count, ("[", "{", "- "))) - sum(map(line.count, "]}"))


def _json(value: Any) -> bytes:  # noqa: ANN401 (YAML)
    """A value as JSON with bare NaN and Infinity, which Python writes, so that they stay apart from null."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _path(stack: list[_Frame]) -> tuple[str, ...]:
    return tuple(frame.key for frame in stack if frame.key is not None)


def _scalar(event: yaml.ScalarEvent) -> Any:  # noqa: ANN401 (YAML)
    text = str(event.value)
    if not event.implicit[0] or event.tag:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        # an integer beyond 64 bits stays text, as in JSON
        return int(text) if len(text) <= LONGEST_INT else text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
