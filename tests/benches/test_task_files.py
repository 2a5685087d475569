"""The desk's own task files: kept, listed, deleted; whatever their names and contents are."""

from __future__ import annotations

import pytest

from avocet.benches import TaskFiles
from avocet.errors import InvalidRequest, NotFound, TaskFileExists
from avocet.settings import Settings
from tests.benches.starting import keep_tasks


def test_kept_listed_and_deleted(files: TaskFiles, settings: Settings) -> None:
    assert files.all() == []
    keep_tasks(files, 3, reference="right 0")
    (one,) = files.all()
    assert (one.name, one.tasks, one.task_types) == ("tasks.jsonl", 3, ["arithmetic", "facts"])
    assert (one.references, one.problem) == (3, None)
    assert one.bytes == (settings.tasks_dir / "tasks.jsonl").stat().st_size
    with pytest.raises(TaskFileExists):
        keep_tasks(files, 3)
    files.remove("tasks.jsonl")
    assert files.all() == []
    with pytest.raises(NotFound):
        files.remove("tasks.jsonl")


def test_a_file_that_was_put_there_by_hand(files: TaskFiles, settings: Settings) -> None:
    keep_tasks(files, 2)
    path = settings.tasks_dir / "by hand.jsonl"
    path.write_text("{}\n")
    (settings.tasks_dir / "notes.txt").write_text("no tasks")
    wrong, right = files.all()
    assert wrong.problem
    assert wrong.problem.startswith("by hand.jsonl:1: ")
    assert right.problem is None
    path.write_bytes((settings.tasks_dir / "tasks.jsonl").read_bytes())
    assert [one.problem for one in files.all()] == [None, None]


def test_what_is_wrong_is_told_line_by_line_and_nothing_is_kept(files: TaskFiles, settings: Settings) -> None:
    with pytest.raises(InvalidRequest, match=r"^x\.jsonl:1: ") as refused:
        files.add("x.jsonl", b"no json\n" * 300)
    assert len(refused.value.extra["problems"]) == 100
    assert refused.value.detail.endswith("… and 280 more.")
    with pytest.raises(InvalidRequest, match="holds no task"):
        files.add("x.jsonl", b"\n")
    assert list(settings.tasks_dir.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        ".jsonl",
        ".x.jsonl",
        "../x.jsonl",
        "a/b.jsonl",
        "a\\b.jsonl",
        "/etc/x.jsonl",
        "x.jsonl\n",
        "x\x00.jsonl",
        f"{'x' * 100}.jsonl",
    ],
)
def test_a_name_leads_nowhere_else(files: TaskFiles, settings: Settings, name: str) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    (settings.data_dir / "x.jsonl").write_text("{}")
    with pytest.raises(InvalidRequest, match="can't be a task file's name"):
        files.add(name, b"{}")
    for look in (files.read, files.remove):
        with pytest.raises(NotFound):
            look(name)
    assert (settings.data_dir / "x.jsonl").exists()
