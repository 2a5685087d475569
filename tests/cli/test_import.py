"""avocet import."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import stats
from avocet.db import Database
from avocet.importers import IMPORTERS
from tests.command import Avocet
from tests.factories import RUN, candidate_line, candidate_lines, write_jsonl, write_run

COUNTS = {"run_id", "read", "imported", "skipped", "rejected", "passed", "errored", "unscored", "replaced_characters"}


def total(database: Database) -> int:
    return stats.read(database).total


def test_a_file(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "results.jsonl", candidate_lines(3))
    assert avocet.done("import", path) == "results: 3 lines read: imported 3, skipped 0, rejected 0\n"
    assert total(database) == 3


def test_a_run_folder(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    path = write_run(bench_dir, candidate_lines(3))
    assert avocet.done("import", path.parent).startswith(f"{RUN}: 3 lines read")
    assert total(database) == 3


def test_a_folder_of_runs(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(3))
    write_run(bench_dir, [candidate_line(9)], "2026-02-03-040506")
    assert avocet.done("import", bench_dir).count("lines read") == 2
    assert total(database) == 4


def test_again_skips_what_is_there(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    path = write_run(bench_dir, candidate_lines(3))
    avocet.done("import", path)
    assert "imported 0, skipped 3, rejected 0" in avocet.done("import", path)
    assert total(database) == 3


def test_one_path_that_fails_does_not_cost_the_others(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "first.jsonl", [candidate_line(1)])
    last = write_jsonl(tmp_path / "last.jsonl", [candidate_line(2)])
    said = avocet("import", first, tmp_path / "missing", last)
    assert said.code == 1
    assert said.out.count("imported 1") == 2
    assert said.err == f"avocet: There is no file or folder at {tmp_path / 'missing'}.\n"
    assert total(database) == 2


def test_one_run_that_fails_does_not_cost_the_others(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(3))
    write_run(bench_dir, [b"\x00\x01\x02"], "2026-02-03-040506")
    said = avocet("import", bench_dir)
    assert said.code == 1
    assert "is a binary file" in said.err
    assert total(database) == 3


def test_format_takes_a_file_that_is_not_recognised(avocet: Avocet, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "odd.jsonl", ["5"])
    assert "isn't a results file" in avocet.refused("import", path)
    assert "read: imported 0, skipped 0, rejected 1" in avocet.done("import", "--format", "cf-orch", path)


def test_an_unknown_format_is_named_with_the_known_ones(avocet: Avocet, bench_dir: Path) -> None:
    path = write_run(bench_dir, candidate_lines(1))
    known = ", ".join(IMPORTERS)
    assert avocet.refused("import", "--format", "csv", path) == f"There is no format 'csv'. Known: {known}."


def test_dry_run_counts_and_writes_nothing(avocet: Avocet, database: Database, bench_dir: Path) -> None:
    path = write_run(bench_dir, [*candidate_lines(3), "5"])
    out = avocet.done("import", "--dry-run", path)
    assert out == f"{RUN}: 4 lines read: would import 3, skipped 0, rejected 1\n"
    assert total(database) == 0
    (run,) = avocet("runs", "--json").json()
    assert (run["state"], run["already_imported"]) == ("new", False)


def test_strict_fails_on_a_rejected_line_and_imports_the_others(
    avocet: Avocet, database: Database, bench_dir: Path
) -> None:
    path = write_run(bench_dir, [*candidate_lines(3), "5"])
    assert avocet("import", "--strict", path).code == 1
    assert total(database) == 3


def test_strict_is_content_without_rejected_lines(avocet: Avocet, bench_dir: Path) -> None:
    avocet.done("import", "--strict", write_run(bench_dir, candidate_lines(3)))


def test_rejected_lines_are_told_on_standard_error(avocet: Avocet, bench_dir: Path) -> None:
    said = avocet("import", write_run(bench_dir, [*candidate_lines(1), "5", '{"[red]": 1}']))
    assert said.code == 0
    assert "rejected 2" in said.out
    assert said.err == ("  line 2: The line is a number, not a JSON object.\n  line 3: prompt_messages is missing.\n")


def test_many_rejected_lines_are_told_in_few_words(avocet: Avocet, bench_dir: Path) -> None:
    said = avocet("import", write_run(bench_dir, [*candidate_lines(1), *["5"] * 40]))
    assert len(said.err.splitlines()) < 10
    assert "--json" in said.err


def test_json_says_everything_in_one_document(avocet: Avocet, bench_dir: Path, tmp_path: Path) -> None:
    path = write_run(bench_dir, [*candidate_lines(2), '{"prompt_messages": 5}'])
    said = avocet("import", "--json", path, tmp_path / "missing")
    assert said.code == 1
    answer = said.json()
    assert answer.keys() == {"dry_run", "runs", "rejected", "errors"}
    assert answer["dry_run"] is False
    (run,) = answer["runs"]
    assert run.keys() == COUNTS | {"info", "totals", "notes"}
    assert (run["run_id"], run["read"], run["imported"], run["rejected"]) == (RUN, 3, 2, 1)
    (rejected,) = answer["rejected"]
    assert rejected["run_id"] == RUN
    (line,) = rejected["lines"]
    assert (line["line_number"], line["code"]) == (3, "missing_field")
    assert line["reason"] == "model_response is missing."
    assert line["text_start"] == '{"prompt_messages": 5}'
    (error,) = answer["errors"]
    assert (error["path"], error["code"]) == (str(tmp_path / "missing"), "run_unreadable")


def test_a_dry_run_in_json_names_the_lines_it_would_reject(avocet: Avocet, bench_dir: Path) -> None:
    answer = avocet("import", "--json", "--dry-run", write_run(bench_dir, [*candidate_lines(2), "5"])).json()
    assert (answer["dry_run"], answer["runs"][0]["rejected"], answer["errors"]) == (True, 1, [])
    assert [line["line_number"] for line in answer["rejected"][0]["lines"]] == [3]


@pytest.mark.parametrize("name", ["[red]run", "run with spaces", "läuft-über", "-run", "%s"])
def test_a_run_may_have_any_name(avocet: Avocet, bench_dir: Path, name: str) -> None:
    write_run(bench_dir, candidate_lines(1), name)
    assert avocet.done("import", bench_dir).startswith(f"{name}: 1 lines read")
    assert name in avocet.done("runs")


def test_nothing_to_import_is_a_usage_error(avocet: Avocet) -> None:
    said = avocet("import")
    assert (said.code, said.out) == (2, "")
    assert "PATH" in said.err
