"""Spoilt results of every harness: never a crash, never an item that is not counted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import AvocetError
from avocet.importers import registry
from avocet.importers.base import ImportOptions, ReadItem, Settled, SourceFile
from avocet.importers.cf_orch import CfOrch
from avocet.runs import RunSource, import_run
from tests.examples import examples
from tests.factories import assert_counted, candidate_lines
from tests.importers.files import SAMPLES
from tests.importers.mutation import broken, broken_lines
from tests.importers.test_detection import FILES, owner
from tests.properties.conftest import NewDesk

BOM = b"\xef\xbb\xbf"
MOST_BYTES = 64 * 1024
MAPPINGS: dict[str, dict[str, str]] = json.loads((SAMPLES / "generic" / "mappings.json").read_text("utf-8"))
# those whose files have exactly one item a line
A_LINE_AN_ITEM = ("cf-orch", "generic", "promptfoo", "ragas")


class Sample(NamedTuple):
    """A file that a harness wrote; `companions` lie beside it."""

    importer: str
    name: str
    content: bytes
    companions: tuple[Path, ...] = ()

    @property
    def options(self) -> ImportOptions:
        return ImportOptions(threshold=0.5, mapping=MAPPINGS.get(self.name) if self.importer == "generic" else None)


def samples() -> list[Sample]:
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in candidate_lines(4))
    found = [Sample(CfOrch.name, "sft_candidates.jsonl", lines)]
    for path in FILES:
        if owner(path) != "look-alikes" and path.name != "mappings.json":
            beside = tuple(other for other in path.parent.glob("results*.json") if other != path)
            found.append(Sample(owner(path), path.name, path.read_bytes(), beside))
    return [sample for sample in found if len(sample.content) <= MOST_BYTES]


ALL = samples()
by_sample = pytest.mark.parametrize("sample", ALL, ids=[f"{sample.importer}-{sample.name}"[:80] for sample in ALL])


def read(sample: Sample, content: bytes) -> list[ReadItem] | None:
    """The items of a sample with another content; none if it was refused as a whole."""
    importer = registry()[sample.importer]
    with TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        path.write_bytes(content)
        for companion in sample.companions:
            shutil.copy(companion, folder)
        files = [SourceFile(other, other.name) for other in sorted(Path(folder).iterdir())]
        try:
            groups = importer.group(files)
            assert {file for group in groups for file in group.files} <= set(files)
            items = []
            for group in groups:
                if path in [file.path for file in group.files]:
                    reading = importer.read(group.files, sample.options)
                    items += list(reading.items)
                    json.dumps(reading.info.metrics, default=str)
        except AvocetError:
            return None
        size = sum(file.path.stat().st_size for file in files)
        check(items, size, sample.importer)
        return items


def check(items: list[ReadItem], size: int, importer: str) -> None:
    """Each is one of the things an item can be, and says where it is."""
    for item in items:
        assert item.line_number >= 1
        assert 0 <= item.bytes_read <= size
        match item.result:
            case CandidateDraft() as draft:
                assert draft.prompt_messages
                assert isinstance(draft.model_response, str)
                assert draft.id or item.key or importer == CfOrch.name
                assert draft.quality_score is None or 0 <= draft.quality_score <= 1
            case RejectedLine() as line:
                assert line.code
                assert line.reason
                assert "\x00" not in line.text_start
            case Settled():
                pass
    positions = [item.bytes_read for item in items]
    assert positions == sorted(positions)


def rows_of(content: bytes) -> list[Any] | None:
    """The values of JSON Lines; none if it is something else."""
    try:
        rows = [json.loads(line) for line in content.decode().split("\n") if line.strip()]
    except ValueError:
        return None
    return rows if rows and all(isinstance(row, dict) for row in rows) else None


def document_of(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def json_spoilt(sample: Sample) -> st.SearchStrategy[bytes]:
    """Wrong values anywhere in the tree, lines shuffled, values not of JSON, keys that stand twice."""
    rows = rows_of(sample.content)
    written: st.SearchStrategy[bytes]
    if rows is not None and len(rows) > 1:
        written = broken_lines(rows)
    else:
        written = broken(document_of(sample.content)).map(lambda value: json.dumps(value).encode())
    return written | st.tuples(written, st.sampled_from(sorted(keys_of(sample.content)))).map(doubled)


def keys_of(content: bytes) -> set[str]:
    first = (rows_of(content) or [document_of(content)])[0]
    first = first[0] if isinstance(first, list) and first else first
    return set(first) if isinstance(first, dict) and first else {"id"}


def doubled(written: tuple[bytes, str]) -> bytes:
    content, key = written
    return content.replace(b"{", b"{" + json.dumps(key).encode() + b": [7], ", 1)


@st.composite
def bytes_spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """Cut off, with bytes exchanged, lost or come in, a piece of it twice."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(["flip", "cut", "lose", "insert", "twice"])):
            case "flip" if data:
                data[at] ^= draw(st.integers(1, 255))
            case "cut":
                del data[at:]
            case "lose":
                del data[at : at + draw(st.integers(1, 64))]
            case "insert":
                data[at:at] = draw(
                    st.sampled_from([b"\x00", b"\n", b'"', b"{", b"]", b"NaN", b"\xff", b"\xe2\x80\xa8"])
                )
            case _:
                data[at:at] = data[at : at + draw(st.integers(1, 64))]
    return bytes(data)


def is_json(sample: Sample) -> bool:
    return rows_of(sample.content) is not None or document_of(sample.content) is not None


JSON = [sample for sample in ALL if is_json(sample)]
TEXT = [sample for sample in ALL if is_json(sample) or sample.name.endswith((".csv", ".yaml"))]
few = examples(12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("sample", JSON, ids=[f"{sample.importer}-{sample.name}"[:80] for sample in JSON])
@few
@given(data=st.data())
def test_wrong_json_is_refused_or_counted(sample: Sample, data: st.DataObject) -> None:
    read(sample, data.draw(json_spoilt(sample)))


@by_sample
@few
@given(data=st.data())
def test_spoilt_bytes_are_refused_or_counted(sample: Sample, data: st.DataObject) -> None:
    read(sample, data.draw(bytes_spoilt(sample.content)))


@pytest.mark.parametrize("sample", TEXT, ids=[f"{sample.importer}-{sample.name}"[:80] for sample in TEXT])
@pytest.mark.parametrize("change", ["bom", "crlf", "blank lines", "no last line end"])
def test_how_lines_end_and_begin_changes_nothing(sample: Sample, change: str) -> None:
    changes: dict[str, Callable[[bytes], bytes]] = {
        "bom": lambda content: BOM + content.removeprefix(BOM),
        "crlf": lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        "blank lines": lambda content: b"\n" + content if is_json(sample) else content,
        "no last line end": lambda content: content.rstrip(b"\r\n"),
    }
    before, after = read(sample, sample.content), read(sample, changes[change](sample.content))
    assert outcomes(after) == outcomes(before)


def outcomes(items: list[ReadItem] | None) -> list[str] | None:
    return None if items is None else [type(item.result).__name__ for item in items]


LINES = [sample for sample in JSON if sample.importer in A_LINE_AN_ITEM and len(rows_of(sample.content) or ()) > 1]


@pytest.mark.parametrize("sample", LINES, ids=[f"{sample.importer}-{sample.name}"[:80] for sample in LINES])
@few
@given(data=st.data())
def test_every_line_is_an_item_however_wrong(sample: Sample, data: st.DataObject) -> None:
    rows = rows_of(sample.content)
    assert rows
    content = data.draw(broken_lines(rows))
    items = read(sample, content)
    assert items is None or len(items) == sum(bool(line.strip()) for line in content.split(b"\n"))


@pytest.mark.parametrize("importer", [name for name in registry() if name != CfOrch.name])
@examples(10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_an_import_of_it_adds_up(new_desk: NewDesk, importer: str, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from([sample for sample in ALL if sample.importer == importer]))
    spoilt = json_spoilt(sample) | bytes_spoilt(sample.content) if is_json(sample) else bytes_spoilt(sample.content)
    content = data.draw(spoilt)
    with new_desk() as desk:
        path = desk.folder / sample.name
        path.write_bytes(content)
        first = imported(desk.database, path, sample)
        if first:
            again = imported(desk.database, path, sample)
            assert again
            assert again["imported"] == 0
            assert again["skipped"] == first["imported"] + first["skipped"]
        assert_counted(desk.database)


def imported(database: Database, path: Path, sample: Sample) -> dict[str, int] | None:
    """The counts of an import, which add up; none if it was refused."""
    source = RunSource(path, "run", "", importer=sample.importer)
    try:
        report = import_run(database, source, options=sample.options)
    except AvocetError:
        return None
    parts = ("imported", "skipped", "rejected", "passed", "errored", "unscored")
    counts = {part: int(getattr(report, part)) for part in parts}
    assert report.read == sum(counts.values())
    return counts
