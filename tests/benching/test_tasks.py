"""The task file: what a line may say, and the sentence for what it may not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.benching import Task, read_tasks
from avocet.errors import AvocetError, InvalidRequest, RunUnreadable
from tests.benching.making import Json, task_line, tasks_of
from tests.factories import write_jsonl

A_TASK_HAS = "A task has id, task_type, prompt_messages"


def refused(folder: Path, *lines: Json | str | bytes, references: bool = False) -> str:
    path = write_jsonl(folder / "tasks.jsonl", lines)
    with pytest.raises(InvalidRequest) as error:
        read_tasks(path, references=references)
    assert error.value.detail.startswith(str(path))
    return error.value.detail.removeprefix(str(path))


def test_a_line_needs_an_id_a_type_and_a_prompt(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path, task_line(required=...))
    assert task == Task(id="task-0", task_type="facts", prompt_messages=[{"role": "user", "content": "question 0"}])
    for key in ("id", "task_type", "prompt_messages"):
        told = refused(tmp_path, task_line(1), task_line(**{key: ...}))
        assert told.startswith(":2: ")
        assert key in told.partition(A_TASK_HAS)[0]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"requires": ["x"]}, A_TASK_HAS),
        ({"id": ""}, "id"),
        ({"id": 5}, "id"),
        ({"id": "x" * 201}, "200"),
        ({"required": "x"}, "required"),
        ({"required": ["a(b"]}, "The pattern 'a(b' does not compile"),
        ({"forbidden": ["*"]}, "The pattern '*' does not compile"),
        ({"forbidden": ["a{99999999999}"]}, "does not compile"),
        ({"max_words": 0}, "max_words"),
        ({"number": 5}, "number"),
        ({"number": {"tolerance": 1}}, "value"),
        ({"number": {"value": 1, "tolerance": -1}}, "tolerance"),
        ({"number": {"value": 1, "tol": 1}}, "tol"),
        ({"json_schema": {"type": "objekt"}}, "json_schema is no JSON schema: "),
        (
            {"json_schema": {"properties": {"x": {"pattern": "("}}}},
            "json_schema is no JSON schema: ",
        ),
        ({"json_schema": {"$schema": []}}, "json_schema is no JSON schema"),
        ({"json_schema": {"$ref": "http://[x"}}, "json_schema"),
        ({"json_schema": {"$ref": "http://localhost/x.json"}}, "refers to 'http://localhost/x.json'"),
        ({"json_schema": {"items": {"$ref": "#/$defs/x"}}}, "refers to '/$defs/x', which it does not hold"),
        ({"prompt_messages": []}, "with at least one in it"),
        ({"prompt_messages": [{"role": "usr", "content": "x"}]}, "has the role 'usr'"),
        ({"prompt_messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "for text only"),
        ({"prompt_messages": [{"role": "assistant", "content": "x"}]}, "ends with the assistant's turn"),
    ],
)
def test_what_no_task_may_say_is_told_with_file_and_line(tmp_path: Path, changes: Json, told: str) -> None:
    detail = refused(tmp_path, task_line(1), task_line(**changes))
    assert detail.startswith(":2: ")
    assert told in (detail if told == A_TASK_HAS else detail.partition(A_TASK_HAS)[0])
    assert "\n" not in detail


@pytest.mark.parametrize(
    ("line", "told"),
    [("{", "Not valid JSON"), ("5", A_TASK_HAS), (b'"\xff"', "isn't UTF-8"), ("[" * 100, "JSON")],
)
def test_a_line_that_is_no_object(tmp_path: Path, line: Any, told: str) -> None:
    assert told in refused(tmp_path, line)


def test_an_id_and_a_prompt_are_used_once(tmp_path: Path) -> None:
    assert "The id 'task-0' is used on line 1 already" in refused(tmp_path, task_line(), task_line(2, id="task-0"))
    assert "The prompt stands on line 1 already" in refused(tmp_path, task_line(), task_line(id="other"))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    lines = refused(tmp_path, *["{"] * 25, task_line()).split("\n")
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more."


def test_a_reference_passes_its_own_checks_when_that_is_asked(tmp_path: Path) -> None:
    line = task_line(reference="wrong")
    assert tasks_of(tmp_path, line)
    told = refused(tmp_path, task_line(1, reference="right 1"), line, references=True)
    assert told.startswith(":2: The reference fails its own checks: pattern_match: 0/1 required patterns matched")


def test_a_file_that_is_empty_or_gone(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match="can't be read"):
        read_tasks(tmp_path / "gone.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n\n")
    with pytest.raises(InvalidRequest, match="holds no task"):
        read_tasks(tmp_path / "empty.jsonl")


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["role", "content", "value", "type", "$ref"]), inner)
        ),
    ),
    key=st.sampled_from(Task.__struct_fields__),
)
def test_no_value_is_more_than_refused(tmp_path_factory: pytest.TempPathFactory, key: str, value: Any) -> None:
    # whatever else it raises fails the test
    with suppress(AvocetError):
        tasks_of(tmp_path_factory.mktemp("tasks"), task_line(**{key: value}))


@pytest.mark.parametrize(
    ("messages", "sent"),
    [
        ([("user", "q")], [("system", "Be brief."), ("user", "q")]),
        ([("system", "s"), ("user", "q")], [("system", "s\nBe brief."), ("user", "q")]),
    ],
)
def test_a_system_prompt_is_added(tmp_path: Path, messages: list[Any], sent: list[Any]) -> None:
    told = [{"role": role, "content": content} for role, content in messages]
    (task,) = tasks_of(tmp_path, task_line(prompt_messages=told))
    assert [tuple(message.values()) for message in task.asked("Be brief.")] == sent
    assert task.asked(None) == told
