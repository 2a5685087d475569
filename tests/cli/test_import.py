"""avocet import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from avocet.db import Database
from avocet.importers import IMPORTERS
from avocet.review import stats
from avocet.runs import mappings
from tests.command import Avocet
from tests.factories import RUN, candidate_line, candidate_lines, write_jsonl, write_run
from tests.importers.files import SAMPLES

COUNTS = {
    "run_id",
    "read",
    "imported",
    "skipped",
    "rejected",
    "passed",
    "errored",
    "unscored",
    "kept",
    "replaced_characters",
}


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
    assert avocet.done("import", bench_dir).count(" read: imported ") == 2
    assert total(database) == 4


def test_runs_of_one_name_are_told_apart_by_their_folders(avocet: Avocet, database: Database) -> None:
    told = avocet.done("import", SAMPLES / "cases/same-name").splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "results (mon/results.json)",
        "results-2 (tue/results.json)",
    ]
    assert total(database) == 2


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
    assert avocet.done("import", bench_dir).startswith(f"{name}: 1 line read")
    assert name in avocet.done("runs")


def test_nothing_to_import_is_a_usage_error(avocet: Avocet) -> None:
    said = avocet("import")
    assert (said.code, said.out) == (2, "")
    assert "PATH" in said.err


class TestOptions:
    SCORES = SAMPLES / "ragas" / "single.csv"
    TABLE = SAMPLES / "generic" / "script.jsonl"
    MAPPING: ClassVar = {"prompt": "question", "response": "prediction", "score": "score"}

    def test_a_threshold_that_is_needed_is_asked_for_with_what_to_type(self, avocet: Avocet) -> None:
        said = avocet("import", self.SCORES)
        assert (said.code, said.out) == (1, "")
        first, second = said.err.splitlines()
        assert first.startswith("avocet: single.csv doesn't say which score is good enough")
        assert second.startswith("  Say so with --threshold NUMBER and, if it is not exact_match, --metric ")

    def test_metric_and_threshold(self, avocet: Avocet) -> None:
        said = avocet("import", self.SCORES, "--threshold", "0.6", "--metric", "non_llm_string_similarity")
        assert said.out == "single: 4 lines read: imported 2, skipped 0, rejected 0, passed 2\n"
        assert "  non_llm_string_similarity decides; an item passes at 0.6.\n" in said.err
        assert "  4 items: The file names no model.\n" in said.err

    def test_passes_without_a_card_are_told_once_with_the_option_that_keeps_some(self, avocet: Avocet) -> None:
        hint = "2 passed and got no card; keep some as cards with --keep passed=50.\n"
        options = ("--threshold", "0.6", "--metric", "non_llm_string_similarity")
        assert hint not in avocet("import", self.SCORES, *options, "--dry-run").err
        assert avocet("import", self.SCORES, *options).err.count(hint) == 1
        assert "--keep" not in avocet("import", self.SCORES, *options, "--keep", "passed=1").err

    def test_passes_that_are_only_counted_cannot_be_kept(self, avocet: Avocet, bench_dir: Path) -> None:
        path = write_run(bench_dir, candidate_lines(1))
        counted = {"models": [{"model_name": "m", "task_types": {"t": {"passed": 3}}}]}
        path.with_name("summary.json").write_text(json.dumps(counted))
        said = avocet("import", path)
        assert "passed 3" in said.out
        assert "--keep" not in said.err

    @pytest.mark.parametrize("threshold", ["nan", "inf"])
    def test_a_threshold_that_nothing_compares_with_is_refused(self, avocet: Avocet, threshold: str) -> None:
        assert f"The threshold {threshold} is no number" in avocet.refused(
            "import", self.SCORES, "--threshold", threshold
        )

    def test_the_model_and_the_prompt(self, avocet: Avocet, database: Database) -> None:
        options = ("--threshold", "1", "--model-name", "org/tiny", "--prompt-field", "reference")
        assert "The file names no model" not in avocet("import", self.SCORES, *options).err
        assert stats.read(database).by_model == {"tiny": 3}
        assert "They have: user_input" in avocet.refused("import", self.SCORES, *options[:4], "--prompt-field", "x")

    def test_an_unknown_metric_is_told_with_those_there_are(self, avocet: Avocet) -> None:
        assert "exact_match" in avocet.refused("import", self.SCORES, "--threshold", "1", "--metric", "bleu")

    def test_a_table_is_asked_for_its_columns_with_a_guess_to_type(self, avocet: Avocet) -> None:
        said = avocet("import", "--format", "generic", self.TABLE)
        assert said.code == 1
        assert "Columns: question, answer, prediction" in said.err
        assert "  Say so with --map prompt=question --map response=prediction --map reference=answer" in said.err

    def test_a_table_that_is_not_recognised_says_how(self, avocet: Avocet, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_text("q,a\nx,y\n")
        assert "--map prompt=COLUMN --map response=COLUMN" in avocet("import", tmp_path / "t.csv").err

    def test_columns_one_by_one(self, avocet: Avocet) -> None:
        options = [part for pair in self.MAPPING.items() for part in ("--map", "=".join(pair))]
        out = avocet.done("import", self.TABLE, *options)
        assert out == "script: 5 lines read: imported 2, skipped 0, rejected 1, passed 1, unscored 1\n"

    @pytest.mark.parametrize("named", ["ours", "mapping.json"])
    def test_a_mapping_saved_or_in_a_file(
        self, avocet: Avocet, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "mapping.json").write_text(json.dumps(self.MAPPING))
        mappings.save_mapping(database, "ours", self.MAPPING)
        assert "imported 2" in avocet.done("import", self.TABLE, "--mapping", named)
        more = avocet.done("import", self.TABLE, "--mapping", named, "--map", "task=category", "--dry-run")
        assert "would import 2" in more

    @pytest.mark.parametrize(
        ("options", "told"),
        [
            (("--mapping", "nowhere"), "There is no mapping 'nowhere'"),
            (("--mapping", "nowhere.json"), "nowhere.json"),
            (("--map", "prompt"), "isn't MEANING=COLUMN"),
            (("--map", "prompt=question"), "map response"),
            (("--map", "nonsense=question"), "is no meaning of a column"),
            (("--map", "prompt=nowhere", "--map", "response=answer"), "no column 'nowhere'"),
        ],
    )
    def test_a_mapping_that_cannot_be_is_refused(self, avocet: Avocet, options: tuple[str, ...], told: str) -> None:
        assert told in avocet.refused("import", self.TABLE, *options)

    @pytest.mark.parametrize("content", [b"", b"[]", b'{"prompt": 5}', b"\x00", b'{"\xff": "x"}'])
    def test_a_file_that_holds_no_mapping_is_refused(self, avocet: Avocet, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "mapping.json"
        path.write_bytes(content)
        assert "holds no mapping" in avocet.refused("import", self.TABLE, "--mapping", path)
