"""POST /api/sft/upload: files of a browser or a script become runs, at once or after a look."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from fastapi.testclient import TestClient

from avocet.runs import uploads
from avocet.runs.uploads import Uploads
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.factories import Line, candidate_line, candidate_lines, get_json, queue_ids

UPLOAD = "/api/sft/upload"


def jsonl(lines: list[Line]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def send(client: TestClient, *files: tuple[str, bytes], expect: int = 200, **query: Any) -> Any:
    parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
    response = client.post(UPLOAD, files=parts, params=query)
    assert response.status_code == expect, response.text
    return response.json()


CSV = b"id;prompt;response;score\n1;q;a;0,5\n2;q2;a2;1,0\n"


def held(settings: Settings) -> list[Path]:
    folder = settings.data_dir / "uploads"
    return list(folder.iterdir()) if folder.is_dir() else []


class TestImport:
    def test_a_file_becomes_cards(self, client: TestClient, settings: Settings) -> None:
        report = send(client, ("nightly.jsonl", jsonl(candidate_lines(3))))
        (run,) = report["runs"]
        assert (run["name"], run["format"], run["report"]["imported"]) == ("nightly", "cf-orch", 3)
        assert run["error"] is None
        assert report["upload_id"] is None
        assert queue_ids(client, run_id="nightly") == [line["id"] for line in candidate_lines(3)]
        assert held(settings) == []

    def test_a_dropped_folder_keeps_its_names(self, client: TestClient) -> None:
        files = [
            ("results/2026-01-02-030405/sft_candidates.jsonl", jsonl(candidate_lines(2))),
            ("results/2026-02-03-040506/sft_candidates.jsonl", jsonl([candidate_line(9)])),
        ]
        assert [run["name"] for run in send(client, *files)["runs"]] == ["2026-01-02-030405", "2026-02-03-040506"]

    def test_a_candidates_file_without_its_folder_is_called_after_itself(self, client: TestClient) -> None:
        files = ("sft_candidates.jsonl", jsonl(candidate_lines(1)))
        assert [run["report"]["run_id"] for run in send(client, files)["runs"]] == ["sft_candidates"]

    def test_the_same_file_again_is_skipped_and_a_grown_one_gives_its_new_lines(self, client: TestClient) -> None:
        lines = [candidate_line(number, id=...) for number in range(4)]
        send(client, ("a.jsonl", jsonl(lines[:2])))
        again = send(client, ("a.jsonl", jsonl(lines[:2])))["runs"][0]["report"]
        assert (again["imported"], again["skipped"], again["run_id"]) == (0, 2, "a")
        grown = send(client, ("a.jsonl", jsonl(lines)))["runs"][0]["report"]
        assert (grown["imported"], grown["skipped"], grown["run_id"]) == (2, 2, "a")

    def test_another_file_of_that_name_is_another_run(self, client: TestClient) -> None:
        send(client, ("a.jsonl", jsonl([candidate_line(0, id=..., benchmark_run_id=...)])))
        other = jsonl([candidate_line(1, id=..., benchmark_run_id=...)])
        report = send(client, ("a.jsonl", other))["runs"][0]["report"]
        assert (report["run_id"], report["imported"]) == ("a-2", 1)

    def test_one_file_that_nobody_knows_costs_the_others_nothing(self, client: TestClient) -> None:
        report = send(client, ("notes.txt", b"hello"), ("a.jsonl", jsonl(candidate_lines(1))))
        assert [run["report"]["imported"] for run in report["runs"]] == [1]
        (unknown,) = report["unrecognised"]
        assert unknown["name"] == "notes.txt"
        assert "cf-orch" in unknown["tried"]

    def test_two_files_of_one_name_are_two_runs(self, client: TestClient) -> None:
        files = [("a.jsonl", jsonl([candidate_line(number)])) for number in range(2)]
        assert [run["report"]["imported"] for run in send(client, *files)["runs"]] == [1, 1]


class TestDryRun:
    def test_says_what_would_happen_and_shows_the_first_cards(self, client: TestClient, settings: Settings) -> None:
        lines = [*candidate_lines(7), {"prompt_messages": []}]
        report = send(client, ("a.jsonl", jsonl(lines)), dry_run=True)
        (run,) = report["runs"]
        assert (run["report"]["imported"], run["report"]["rejected"]) == (7, 1)
        assert [card["id"] for card in run["cards"]] == [line["id"] for line in candidate_lines(5)]
        assert run["cards"][0]["run_id"] == "a"
        assert [line["line_number"] for line in run["rejected_lines"]] == [8]
        assert get_json(client, "/stats")["total"] == 0
        assert [folder.name for folder in held(settings)] == [report["upload_id"]]

    def test_held_files_are_told_without_being_read(self, client: TestClient) -> None:
        report = send(client, ("a.jsonl", jsonl(candidate_lines(2))), hold=True)
        assert report["runs"][0]["report"] is None
        told = get_json(client, f"/uploads/{report['upload_id']}")
        assert [(run["name"], run["files"]) for run in told["runs"]] == [("a", ["a.jsonl"])]

    def test_held_files_can_be_given_up(self, client: TestClient, settings: Settings) -> None:
        upload_id = send(client, ("a.jsonl", jsonl(candidate_lines(2))), hold=True)["upload_id"]
        assert client.delete(f"/api/sft/uploads/{upload_id}").status_code == 204
        assert held(settings) == []
        assert_error(client.delete(f"/api/sft/uploads/{upload_id}"), 404, "not_found")

    def test_files_that_nobody_came_back_to_go_after_a_day(
        self, client: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send(client, ("a.jsonl", jsonl(candidate_lines(2))), hold=True)
        monkeypatch.setattr(uploads, "KEPT_S", -1.0)
        send(client, ("b.jsonl", jsonl(candidate_lines(1))))
        assert held(settings) == []


class TestRefused:
    def test_what_nobody_knows_says_what_was_tried(self, client: TestClient, settings: Settings) -> None:
        body = send(client, ("notes.txt", b"hello"), expect=422)
        assert body["code"] == "unrecognised"
        assert "notes.txt" in body["detail"]
        assert held(settings) == []

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"", "application/json"),
            (b"x", "multipart/form-data"),
            (b"x", "multipart/form-data; boundary=b"),
            *((b"x", f"multipart/form-data; boundary={'b' * length}") for length in (70, 257, 60_000)),
            (
                b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\ncut',
                "multipart/form-data; boundary=b",
            ),
        ],
    )
    def test_a_body_that_is_not_whole_is_refused(
        self, client: TestClient, settings: Settings, content: bytes, kind: str
    ) -> None:
        response = client.post(UPLOAD, content=content, headers={"content-type": kind})
        assert_error(response, 422, "invalid_request")
        assert held(settings) == []

    def test_each_of_many_files_of_one_name_looks_for_its_number_once(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upload, looks, exists = Uploads(settings.data_dir / "uploads").new(), list[Path](), Path.exists

        def counted(path: Path) -> bool:
            looks.append(path)
            return exists(path)

        monkeypatch.setattr(Path, "exists", counted)
        for _ in range(300):
            upload.create("a.jsonl").close()
        assert len(looks) < 3 * 300
        assert {"a.jsonl", "a (2).jsonl", "a (300).jsonl"} <= {path.name for path in upload.folder.iterdir()}

    def test_an_upload_without_files_is_refused(self, client: TestClient) -> None:
        response = client.post(UPLOAD, files=[("metric", (None, b"acc"))])
        assert_error(response, 422, "invalid_request")

    @pytest.mark.parametrize(
        ("field", "value"), [("threshold", "nan"), ("threshold", "high"), ("mapping", "[1"), ("colour", "red")]
    )
    def test_an_option_that_makes_no_sense_is_refused(self, client: TestClient, field: str, value: str) -> None:
        parts = [("files", ("a.jsonl", jsonl(candidate_lines(1)))), (field, (None, value.encode()))]
        response = client.post(UPLOAD, files=parts)
        assert_error(response, 422, "invalid_request")
        assert field in response.json()["detail"]

    @pytest.mark.parametrize(
        "name", ["../../etc/a.jsonl", "/etc/a.jsonl", "..\\..\\a.jsonl", "C:\\x\\a.jsonl", "x/../../a.jsonl"]
    )
    def test_a_name_cannot_leave_the_folder(self, client: TestClient, settings: Settings, name: str) -> None:
        send(client, (name, jsonl(candidate_lines(1))), hold=True)
        (folder,) = held(settings)
        files = list(settings.data_dir.rglob("*.jsonl"))
        assert len(files) == 1
        assert files[0].is_relative_to(folder)

    def test_too_many_bytes_are_refused(
        self, client: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
        assert send(client, ("a.jsonl", b"x" * 2000), expect=413)["code"] == "too_large"
        assert held(settings) == []

    @pytest.mark.parametrize("where", ["create", "write", "close"])
    @pytest.mark.parametrize(
        ("number", "status", "code"),
        [(errno.ENOSPC, 507, "disk_full"), (errno.EDQUOT, 507, "disk_full"), (errno.EROFS, 503, "read_only")],
    )
    def test_a_disk_that_takes_no_more_leaves_nothing(
        self,
        client: TestClient,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        where: str,
        number: int,
        status: int,
        code: str,
    ) -> None:
        def refuse(at: str) -> None:
            if where == at:
                raise OSError(number, "not now")

        class Full:
            def write(self, data: bytes) -> int:
                refuse("write")
                return len(data)

            def close(self) -> None:
                refuse("close")

        def create(self: uploads.Upload, name: str) -> BinaryIO:
            refuse("create")
            return Full()  # type: ignore[return-value]

        monkeypatch.setattr(uploads.Upload, "create", create)
        assert send(client, ("a.jsonl", b"x"), expect=status)["code"] == code
        assert held(settings) == []


def test_the_formats_are_listed_with_their_titles(client: TestClient) -> None:
    listed = get_json(client, "/importers")
    assert {importer["name"]: importer["title"] for importer in listed}["cf-orch"]


def test_an_unknown_table_is_answered_with_what_to_send_and_that_reads_it(client: TestClient) -> None:
    body = assert_error(client.post(UPLOAD, files={"files": ("europe.csv", CSV)}), 422, "unrecognised")
    assert body["columns"] == ["id", "prompt", "response", "score"]
    assert body["guess"] == {"prompt": "prompt", "response": "response", "score": "score", "id": "id"}
    mapping = body["detail"].partition("mapping=")[2].removesuffix(".")
    assert json.loads(mapping) == body["guess"]
    answer = client.post(UPLOAD, files={"files": ("europe.csv", CSV)}, data={"format": "generic", "mapping": mapping})
    (run,) = answer.json()["runs"]
    assert (run["report"]["imported"], run["report"]["passed"]) == (1, 1)
    also = send(client, ("nightly.jsonl", jsonl(candidate_lines(1))), ("europe.csv", CSV))
    assert also["unrecognised"][0]["detail"] == body["detail"]
