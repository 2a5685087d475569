"""What is known when it comes again: by harness, run, task, item, epoch and model, not by a time stamp."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from avocet import runs, stored
from avocet.db import Database
from avocet.domain import CandidateDraft
from avocet.importers import cf_orch
from avocet.importers.base import ImportOptions, InvalidItem, ItemKey
from avocet.importers.deepeval import Deepeval
from avocet.importers.former import check_messages
from avocet.importers.reading import tool_calls
from avocet.models import Candidate
from avocet.runs import ImportReport, import_run
from avocet.runs.identity import item_id, text_hash
from avocet.runs.sorting import READ_OTHERWISE
from tests.factories import Line, assert_counted, candidate_line, write_jsonl
from tests.importers.files import read_files

STAMP = "2026-11-22T10-00-00.000000"


def write_samples(folder: Path, model: str | None, answers: dict[int, str], stamp: str = STAMP) -> Path:
    """A folder of lm-eval: one task, all wrong; a results file where it names a model."""
    rows = [
        {
            "doc_id": number,
            "doc": {"question": f"{number} + 1?"},
            "target": str(number + 1),
            "arguments": {"gen_args_0": {"arg_0": f"{number} + 1?", "arg_1": {"until": ["\n"]}}},
            "resps": [[answer]],
            "filtered_resps": [answer],
            "exact_match": 0.0,
        }
        for number, answer in answers.items()
    ]
    write_jsonl(folder / f"samples_sums_{stamp}.jsonl", rows)
    if model:
        results: dict[str, Any] = {
            "results": {"sums": {}},
            "configs": {"sums": {}},
            "versions": {},
            "n-shot": {},
            "config": {"model": "hf", "model_args": f"pretrained={model}"},
            "model_name": model,
        }
        (folder / f"results_{stamp}.json").write_text(json.dumps(results))
    return folder


def come(database: Database, folder: Path, **options: Any) -> ImportReport:
    (source,) = runs.find(folder)
    return import_run(database, source, options=ImportOptions(**options))


def counts(report: ImportReport) -> tuple[str, int, int, int]:
    return report.run_id, report.imported, report.skipped, report.rejected


def make_older(database: Database) -> None:
    """As if an older version had imported all that is here."""
    with database.write() as connection:
        last = connection.execute(select(Candidate.seq).order_by(Candidate.seq.desc()).limit(1)).scalar_one()
        stored.store(connection, "older_cards", str(last))


class TestOneStamp:
    def test_two_models_are_two_runs_and_all_their_cards(self, database: Database, tmp_path: Path) -> None:
        answers = {number: "same" if number < 2 else "other" for number in range(5)}
        one = write_samples(tmp_path / "org__one", "org/one", answers)
        two = write_samples(tmp_path / "org__two", "org/two", {**answers, 3: "third", 4: "fourth"})
        assert counts(come(database, one)) == (f"one {STAMP}", 5, 0, 0)
        assert counts(come(database, two)) == (f"two {STAMP}", 5, 0, 0)
        assert counts(come(database, one)) == (f"one {STAMP}", 0, 5, 0)
        assert counts(come(database, two)) == (f"two {STAMP}", 0, 5, 0)
        assert_counted(database)

    def test_two_places_of_which_no_model_is_known(self, database: Database, tmp_path: Path) -> None:
        for folder in ("a", "b"):
            write_samples(tmp_path / folder, None, {0: f"by {folder}", 1: "same"})
        first, second = (come(database, tmp_path / folder) for folder in ("a", "b"))
        assert (first.info.models, second.info.models) == ([], [])
        assert counts(first) == (f"lm-eval {STAMP}", 2, 0, 0)
        assert counts(second) == (f"lm-eval {STAMP}-2", 2, 0, 0)
        assert counts(come(database, tmp_path / "a")) == (f"lm-eval {STAMP}", 0, 2, 0)

    def test_a_moved_folder_is_the_same_run(self, database: Database, tmp_path: Path) -> None:
        one = write_samples(tmp_path / "x" / "org__one", "org/one", {0: "a", 1: "b"})
        run_id = come(database, one).run_id
        moved = Path(shutil.move(one, tmp_path / "y"))
        assert counts(come(database, moved)) == (run_id, 0, 2, 0)

    def test_a_model_that_is_told_later_is_of_the_same_cards(self, database: Database, tmp_path: Path) -> None:
        folder = write_samples(tmp_path / "results", None, {0: "a", 1: "b"})
        first = come(database, folder)
        assert (first.imported, first.info.models) == (2, [])
        write_samples(folder, "org/one", {0: "a", 1: "b"})
        told = come(database, folder)
        assert (told.info.models, *counts(told)) == (["org/one"], first.run_id, 0, 2, 0)

    def test_a_model_that_is_told_no_more_is_of_the_same_cards(self, database: Database, tmp_path: Path) -> None:
        folder = write_samples(tmp_path / "results", "org/one", {0: "a", 1: "b"})
        first = come(database, folder)
        (folder / f"results_{STAMP}.json").unlink()
        again = come(database, folder)
        assert (again.info.models, *counts(again)) == ([], first.run_id, 0, 2, 0)


class TestOlder:
    def test_an_item_that_is_read_otherwise_keeps_its_card(self, database: Database, tmp_path: Path) -> None:
        folder = write_samples(tmp_path / "org__one", "org/one", {0: "a", 1: "b", 2: "c"})
        come(database, folder)
        make_older(database)
        with database.write() as connection:
            connection.execute(
                update(Candidate).where(Candidate.item_id == "0").values(model_response="A", text_hash="0" * 32)
            )
            connection.execute(update(Candidate).where(Candidate.item_id == "1").values(reference='"0"'))
        again = come(database, folder)
        assert counts(again)[1:] == (0, 3, 0)
        assert again.notes[READ_OTHERWISE] == 2
        with database.read() as connection:
            query = select(Candidate.model_response, Candidate.reference).order_by(Candidate.seq)
            assert list(connection.execute(query)) == [("A", '"1"'), ("b", '"0"'), ("c", '"3"')]

    def test_other_text_in_a_place_of_this_version_is_shown(self, database: Database, tmp_path: Path) -> None:
        come(database, write_samples(tmp_path / "org__one", "org/one", {0: "a", 1: "b"}))
        again = come(database, write_samples(tmp_path / "org__one", "org/one", {0: "a", 1: "other"}))
        assert counts(again)[1:] == (0, 1, 1)

    def test_what_was_one_run_by_its_stamp_gets_what_is_missing(self, database: Database, tmp_path: Path) -> None:
        one = write_samples(tmp_path / "org__one", "org/one", {0: "a", 1: "b"})
        run_id = come(database, one).run_id
        make_older(database)
        with database.write() as connection:
            # as 0.1.0 numbered them: without the model, so that the other model's were known already
            for item in ("0", "1"):
                former = item_id("lm-eval", STAMP, ItemKey("sums", item))
                connection.execute(update(Candidate).where(Candidate.item_id == item).values(id=former))
        second = come(database, write_samples(tmp_path / "org__two", "org/two", {0: "a", 1: "b"}))
        assert second.run_id != run_id
        assert counts(second)[1:] == (2, 0, 0)
        assert counts(come(database, one)) == (run_id, 0, 2, 0)

    def test_a_dated_file_without_a_model(self, database: Database, tmp_path: Path) -> None:
        metrics = [{"name": "Polite", "threshold": 0.5, "success": False, "score": 0.0}]
        case = {"name": "a", "input": "Hi?", "actualOutput": "Ho.", "success": False, "metricsData": metrics}
        path = tmp_path / "test_run_20261122_100000.json"
        path.write_text(json.dumps({"testCases": [case], "conversationalTestCases": [], "testPassed": 0}))
        first = come(database, path)
        assert (first.imported, first.info.models) == (1, [])
        _, (item,) = read_files(Deepeval(), path)
        assert item.key
        with database.write() as connection:
            connection.execute(update(Candidate).values(id=item_id("deepeval", str(first.info.run_id), item.key)))
        make_older(database)
        assert counts(come(database, path))[1:] == (0, 1, 0)


CALL: Line = {"role": "assistant", "content": None, "tool_calls": [{"name": "add", "arguments": {"a": 1}}]}
PARTS: Line = {"role": "user", "content": [{"type": "text", "text": "1 + "}, {"type": "text", "text": "1?"}]}


class TestLines:
    IDS = (
        "line-49b0a6a9e6986df1ea0a0ef7d036395e",
        "line-8af1b4f1cc6bb30f79d6a58f6a540dc6",
        "line-20253d66e8bb19148c2911e0125e84a2",
    )

    def lines(self, **changes: Any) -> list[Line]:
        told = [{"role": "user", "content": str(number)} for number in range(3)]
        return [
            candidate_line(
                number,
                prompt_messages=[PARTS, CALL, told[number]],
                tools=[{"name": "add"}],
                run="kept",
                **changes,
            )
            for number in range(3)
        ]

    def test_a_line_is_known_by_what_it_says_not_by_how_it_is_read(self, database: Database, tmp_path: Path) -> None:
        assert come(database, write_jsonl(tmp_path / "lines.jsonl", self.lines(id=...))).imported == 3
        with database.read() as connection:
            # as 0.1.0 made them
            assert tuple(connection.scalars(select(Candidate.id).order_by(Candidate.seq))) == self.IDS

    def test_a_line_with_an_id_that_is_read_otherwise(self, database: Database, tmp_path: Path) -> None:
        path = write_jsonl(tmp_path / "lines.jsonl", self.lines())
        come(database, path)
        make_older(database)
        hashes = [text_hash(check_messages(line["prompt_messages"]), line["model_response"]) for line in self.lines()]
        stored = '[{"role":"user","content":"as it was"}]'
        with database.write() as connection:
            for number, former in enumerate(hashes):
                query = update(Candidate).where(Candidate.task_id == f"item-{number}")
                connection.execute(query.values(text_hash=former, prompt_messages=stored))
        assert counts(come(database, path))[1:] == (0, 3, 0)
        other = write_jsonl(tmp_path / "lines.jsonl", self.lines(model_response="other"))
        assert counts(come(database, other))[1:] == (0, 0, 3)

    def test_a_line_that_is_refused_today_keeps_its_card(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = write_jsonl(tmp_path / "lines.jsonl", [*self.lines(id=...), "no JSON"])
        with monkeypatch.context() as as_before:
            # 0.1.0 kept calls as they came
            as_before.setattr(tool_calls, "settle", lambda _draft: ())
            assert counts(come(database, path))[1:] == (3, 0, 1)
        make_older(database)

        def refuse(_value: Any) -> CandidateDraft:
            raise InvalidItem("tool_calls holds no call.", "invalid_field")

        monkeypatch.setattr(cf_orch, "draft", refuse)
        again = come(database, path)
        assert counts(again)[1:] == (0, 3, 1)
        assert again.notes[READ_OTHERWISE] == 3
