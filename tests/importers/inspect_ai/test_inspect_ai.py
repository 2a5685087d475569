"""Log files of Inspect AI: real ones of two versions, and broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.db import Database
from avocet.errors import Prerequisite, RunUnreadable
from avocet.importers import recognise
from avocet.importers.base import SourceFile
from avocet.importers.inspect_ai import InspectAi
from avocet.importers.inspect_ai.log import Log
from avocet.importers.reading import archive, documents
from avocet.importers.reading.sniff import sniff
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, drafts, outcome, rejected, samples, told
from tests.importers.files import read_content, read_files
from tests.importers.inspect_ai.logs import ARITHMETIC, FOLDER, as_archive, log, sample
from tests.importers.zips import ZSTANDARD, Member, write_zip

LOGS = samples(FOLDER)
GRADED = FOLDER / "graded-0.3.100.json"


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.name)
def test_a_real_log_becomes_what_is_expected(path: Path) -> None:
    check_sample(InspectAi(), path)
    assert recognise(sniff(path)) == recognise(sniff(path, "results.bin"))
    found = recognise(sniff(path))
    assert found is not None
    assert found.name == "inspect"


def test_there_are_logs_of_both_versions_and_both_kinds() -> None:
    assert len(LOGS) == 10


def test_both_kinds_of_log_make_the_same_candidates(tmp_path: Path) -> None:
    document = json.loads(GRADED.read_text())
    path = tmp_path / "graded.eval"
    path.write_bytes(as_archive(document))
    info, items = read_files(InspectAi(), path)
    same_info, same = read_files(InspectAi(), GRADED)
    assert info == same_info
    assert [(item.key, told(item)) for item in items] == [(item.key, told(item)) for item in same]


class TestFiles:
    @pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
    def test_an_archive_that_was_cut_off_is_known_and_says_so(self, tmp_path: Path, part: float) -> None:
        data = ARITHMETIC.read_bytes()
        path = tmp_path / "cut.eval"
        path.write_bytes(data[: int(len(data) * part)])
        assert InspectAi().recognises(sniff(path))
        with pytest.raises(RunUnreadable, match="cut off"):
            read_files(InspectAi(), path)

    def test_a_document_that_was_cut_off_says_so(self) -> None:
        with pytest.raises(RunUnreadable, match="isn't whole JSON"):
            read_content(InspectAi(), GRADED.read_bytes()[:20_000], "log.json")

    def test_a_damaged_member_is_rejected_alone(self, tmp_path: Path) -> None:
        values = [
            Member(f"samples/{number}_epoch_1.json", json.dumps(sample(number)).encode(), crc=number == 2 or None)
            for number in (1, 2, 3)
        ]
        header = Member("header.json", json.dumps(log()).encode())
        path = write_zip(tmp_path / "log.eval", [*values, header])
        _, items = read_files(InspectAi(), path)
        assert [outcome(item) for item in items] == ["failed", "rejected", "failed"]
        (line,) = rejected(items)
        assert line.code == "damaged_member"
        assert "samples/2_epoch_1.json" in line.reason

    def test_a_sample_that_was_logged_again_counts_once(self, tmp_path: Path) -> None:
        logged = [
            Member("samples/1_epoch_1.json", json.dumps(value).encode()) for value in (sample(error="x"), sample())
        ]
        path = write_zip(tmp_path / "log.eval", [*logged, Member("header.json", json.dumps(log()).encode())])
        _, items = read_files(InspectAi(), path)
        assert [outcome(item) for item in items] == ["failed"]

    def test_a_sample_stored_in_parts_is_rejected_once(self, tmp_path: Path) -> None:
        parts = {f"samples/1_epoch_1/{name}.json": b"{}" for name in ("sample", "events/0", "messages/0")}
        path = write_zip(tmp_path / "log.eval", {**parts, "header.json": json.dumps(log()).encode()})
        assert InspectAi().recognises(sniff(path))
        _, items = read_files(InspectAi(), path)
        assert [line.code for line in rejected(items)] == ["sample_in_parts"]

    def test_ids_may_hold_slashes(self, tmp_path: Path) -> None:
        members = {"samples/math/1_epoch_1.json": json.dumps(sample("math/1")).encode()}
        path = write_zip(tmp_path / "log.eval", {**members, "header.json": json.dumps(log()).encode()})
        assert drafts(read_files(InspectAi(), path)[1])[0].item_id == "math/1"

    @pytest.mark.parametrize("header", [None, b"", b"{", b"5", b"[]"])
    def test_without_a_header_it_cannot_be_read(self, tmp_path: Path, header: bytes | None) -> None:
        members = {"samples/1_epoch_1.json": json.dumps(sample()).encode()}
        path = write_zip(tmp_path / "log.eval", members if header is None else {**members, "header.json": header})
        with pytest.raises(RunUnreadable, match=r"can't be read as an Inspect log.*header\.json"):
            read_files(InspectAi(), path)

    @pytest.mark.parametrize("spec", [None, 5, [], {}, {"task": 5, "model": [], "run_id": {}}])
    def test_a_header_that_says_little(self, spec: Any) -> None:
        items = read_content(InspectAi(), json.dumps(log(sample(), eval=spec)).encode(), "log.json", model_name="m")
        assert (drafts(items)[0].model_name, drafts(items)[0].benchmark_run_id) == ("m", None)

    def test_tasks_that_ran_together_are_two_runs(self) -> None:
        logs = [log(sample(), eval={"run_id": "r", "eval_id": eval_id, "task": "t"}) for eval_id in ("a", "b")]
        read_logs = [drafts(read_content(InspectAi(), json.dumps(it).encode(), "x.json")) for it in logs]
        assert [draft.benchmark_run_id for (draft,) in read_logs] == ["r-a", "r-b"]

    @pytest.mark.parametrize("none", [[], None])
    def test_a_log_without_samples_says_why(self, none: Any) -> None:
        content = {**log(status="error", error={"message": "no such model"}), "samples": none}
        with pytest.raises(RunUnreadable, match=r"holds no samples.*error: no such model"):
            read_content(InspectAi(), json.dumps(content).encode(), "log.json")

    def test_a_large_document_says_how_to_convert_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 1000)
        with pytest.raises(RunUnreadable, match="inspect log convert FILE --to eval --output-dir DIR"):
            read_content(InspectAi(), GRADED.read_bytes(), "log.json")

    def test_zstandard_must_be_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "find_spec", lambda _name: None)
        with pytest.raises(Prerequisite, match=r"avocet-desk\[inspect\]"):
            read_files(InspectAi(), ARITHMETIC)

    def test_a_file_that_is_gone(self, tmp_path: Path) -> None:
        with pytest.raises(RunUnreadable):
            read_files(InspectAi(), tmp_path / "gone.eval")

    def test_a_batch_counts_what_a_member_was_unpacked(self) -> None:
        _, items = read_files(InspectAi(), ARITHMETIC)
        assert all(item.size > 0 for item in items)
        ends = [item.bytes_read for item in items]
        assert ends == sorted(ends)
        assert ends[-1] == ARITHMETIC.stat().st_size

    def test_samples_are_read_one_at_a_time(self) -> None:
        opened = Log(SourceFile(ARITHMETIC, "x.eval"))
        assert len(list(opened.samples(2))) == 2


def test_imported_twice_everything_adds_up(database: Database) -> None:
    counts = {"read": 6, "imported": 2, "passed": 4, "skipped": 0}
    for changes in ({}, {"imported": 0, "skipped": 2}):
        (source,) = find(ARITHMETIC)
        report = import_run(database, source)
        assert {name: getattr(report, name) for name in counts} == {**counts, **changes}
        (total,) = report.totals
        assert (total.model_name, total.task_type, total.passed, total.failed) == ("model", "arithmetic", 4, 2)


ARCHIVE = as_archive(log(*(sample(number) for number in range(1, 5))))


@examples(150)
@given(st.lists(st.tuples(st.integers(0, len(ARCHIVE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_lose_no_sample_uncounted(changes: list[tuple[int, int]]) -> None:
    data = bytearray(ARCHIVE)
    for position, byte in changes:
        data[position] = byte
    try:
        items = read_content(InspectAi(), bytes(data), "log.eval")
    except (RunUnreadable, Prerequisite):
        return
    # a name may be hit, which makes a member no sample
    assert 1 <= len(items) <= 4


def test_zstandard_members_of_several_frames(tmp_path: Path) -> None:
    header = {"header.json": json.dumps(log()).encode(), "samples/1_epoch_1.json": json.dumps(sample()).encode()}
    assert drafts(read_files(InspectAi(), write_zip(tmp_path / "log.eval", header, ZSTANDARD))[1])
