"""Whatever shape the calls and tools of a card have, no export, preview or `to_datasets` ends in a traceback."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet import exports
from avocet.desk import Desk
from avocet.domain import TrainingExample
from avocet.exporters import EXPORTERS, Items, Records, choose
from avocet.exporters.base import LeftOut, Rules
from avocet.exports import Recipe, Splits
from avocet.importers.reading.tool_calls import calls_oddly, read_tools, read_turns
from avocet.training import rows as training_rows
from tests.examples import examples
from tests.exports.stored import store_as_written
from tests.factories import Line, candidate_line, import_lines, write_jsonl
from tests.properties.conftest import NewDesk

TRAINING = [name for name, exporter in EXPORTERS.items() if exporter.is_training]
names = st.sampled_from(["add", "now", "", "grüße"])
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), st.floats(-1, 1), st.sampled_from(["", "1", "{}", "2026-01-02"])
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(names, inner, max_size=2)),
    max_leaves=4,
)
arguments = st.one_of(values, st.sampled_from(['{"a": 1}', '{"a"', "null"]))


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


function = some(name=st.one_of(names, values), arguments=arguments)
call = st.one_of(
    some(id=st.one_of(st.sampled_from(["c1", "c2"]), scalars), type=st.just("function"), function=function),
    some(name=names, arguments=arguments, args=arguments, id=scalars),
    values,
)
calls = st.one_of(st.lists(call, max_size=2), call, st.just("none"))
tool = st.one_of(
    some(type=st.just("function"), function=some(name=names, description=scalars, parameters=values)),
    some(name=names, input_schema=values),
    values,
)
turn = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["user", "assistant", "system", "developer", "tool", "function"]),
        "content": st.sampled_from(["", "a", "b"]),
    },
    optional={
        "tool_calls": calls,
        "function_call": call,
        "tool_call_id": scalars,
        "name": values,
        "weight": values,
        "own": values,
    },
)
answer = st.one_of(st.sampled_from(["yes", " ", "[]", "{"]), calls.map(json.dumps), call.map(json.dumps))


@st.composite
def cards(draw: st.DrawFn) -> list[Line]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        status = draw(st.sampled_from(["approved", "approved", "model_rejected", "discarded"]))
        made.append(
            candidate_line(
                number,
                prompt_messages=draw(st.lists(turn, min_size=1, max_size=4)),
                model_response=draw(answer),
                corrected_response=draw(answer.filter(str.strip)) if status == "approved" else None,
                status=status,
                tools=draw(st.one_of(st.none(), st.lists(tool, max_size=2), tool)),
                details=draw(
                    st.sampled_from([None, {"response_type": "tool_calls"}, {"response_type": "json"}, ["x"]])
                ),
                failure_category=draw(st.sampled_from([None, "wrong_answer", "scoring_artifact"])),
                task_type=draw(st.sampled_from([None, "t"])),
            )
        )
    return made


@examples(20)
@given(lines=cards(), is_old=st.booleans(), has_split=st.booleans())
def test_no_card_ends_an_export(new_desk: NewDesk, lines: list[Line], is_old: bool, has_split: bool) -> None:
    with new_desk() as desk:
        counts = import_lines(desk.database, desk.folder, lines)
        assert (counts.imported, counts.rejected) == (len(lines), 0)
        if is_old:
            store_as_written(desk.database, lines)
        again = import_lines(desk.database, desk.folder, lines)
        assert (again.skipped, again.rejected) == (len(lines), 0)
        for name, exporter in EXPORTERS.items():
            splits = Splits(train=0.5, test=0.5) if has_split and exporter.is_training else None
            recipe = Recipe(format=name, splits=splits, rules=Rules(artifact_pairs=True, unchanged_pairs=True))
            written = exports.write(desk.database, recipe, desk.folder / "sets" / name)
            previewed = exports.preview(desk.database, recipe)
            assert (previewed.rows, previewed.warnings) == (written.rows, written.warnings)
            assert previewed.left_out == written.left_out
            assert sum(map(len, written.left_out_ids.values())) <= sum(written.left_out.values())


@examples(10)
@given(lines=cards(), is_old=st.booleans(), has_split=st.booleans())
def test_every_card_comes_as_datasets(new_desk: NewDesk, lines: list[Line], is_old: bool, has_split: bool) -> None:
    splits = Splits(train=0.5, test=0.5) if has_split else None
    with new_desk() as desk:
        import_lines(desk.database, desk.folder, lines)
        if is_old:
            store_as_written(desk.database, lines)
        url = desk.database.engine.url.render_as_string(hide_password=False)
        with Desk(url) as opened:
            for name in TRAINING:
                recipe = Recipe(format=name, splits=splits)
                given = opened.to_datasets(recipe)
                tables = [given] if hasattr(given, "num_rows") else list(given.values())
                rows = sum(
                    table.num_rows for one in tables for table in (one.values() if isinstance(one, dict) else [one])
                )
                assert rows == exports.preview(desk.database, recipe).rows


def example(line: Line) -> TrainingExample:
    """A line as an exporter sees it that an older version stored."""
    return TrainingExample(
        avocet_id=line["id"],
        prompt_json=msgspec.json.encode(line["prompt_messages"]),
        answer=line["corrected_response"],
        response=line["model_response"],
        failure_category=line["failure_category"],
        tools_json=None if line["tools"] is None else msgspec.json.encode(line["tools"]).decode(),
    )


def listed(made: Any) -> list[Any]:
    rows = made if isinstance(made, list) else [made]
    return [msgspec.to_builtins(row) for row in rows if not isinstance(row, LeftOut)]


@examples(60)
@given(lines=cards())
def test_what_is_exported_for_trl_can_be_trained_on(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Line]
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    for name, method in (("trl-sft", "sft"), ("trl-dpo", "dpo"), ("trl-kto", "kto")):
        exporter = choose(name)
        assert not isinstance(exporter, Records | Items)
        made = [row for one in map(example, lines) for row in listed(exporter.convert(one, Rules())[""])]
        read = training_rows.read(write_jsonl(folder / f"{name}.jsonl", made), method)  # type: ignore[arg-type]
        assert (len(read.rows), read.left_out) == (len(made), {})


@given(st.lists(turn, min_size=1, max_size=5))
def test_turns_are_read_once_and_for_all(turns: list[Any]) -> None:
    read = read_turns(turns)
    assert read_turns(read) == read
    assert len(read) == len(turns)
    for one in read:
        for called in (one.get("tool_calls") or ()) if not calls_oddly(one) and one["role"] == "assistant" else ():
            assert set(called) == {"id", "type", "function"}
            assert {type(value) for value in called["function"].values()} == {str}


@given(st.lists(tool, max_size=3))
def test_tools_are_read_once_and_for_all(tools: list[Any]) -> None:
    read = read_tools(tools)
    assert read is None or read_tools(read) == read
