"""The default export line, from the neutral shape alone."""

from __future__ import annotations

import json

import pytest

from avocet.domain import TrainingExample
from avocet.errors import UnknownFormat
from avocet.exporters import EXPORTERS, RecordExporter, choose
from avocet.exporters.sft import Sft

EXAMPLE = TrainingExample(
    avocet_id="a/1",
    prompt=[{"role": "user", "content": "Grüße 🦤 \u2028?"}],
    answer='"yes"\n',
    failure_category=None,
    task_type=None,
    model_name="m",
    benchmark_run_id=None,
)


def test_the_line_is_exactly_this() -> None:
    assert Sft().line(EXAMPLE).decode() == (
        '{"messages":[{"role":"user","content":"Grüße 🦤 \u2028?"},{"role":"assistant","content":"\\"yes\\"\\n"}],'
        '"failure_category":null,"avocet_id":"a/1","task_type":null,"model_name":"m","benchmark_run_id":null}\n'
    )


def test_the_example_is_left_as_it_was() -> None:
    Sft().line(EXAMPLE)
    assert len(EXAMPLE.prompt) == 1


def test_a_record_is_written_in_the_order_of_its_keys() -> None:
    exporter = choose("candidates")
    assert isinstance(exporter, RecordExporter)
    record = {"z": 1, "a": [None, "ü\u2028"], "m": {"b": 1.5}}
    line = exporter.line_of_record(record)
    assert line == '{"z":1,"a":[null,"ü\u2028"],"m":{"b":1.5}}\n'.encode()
    assert json.loads(line) == record


def test_every_exporter_stands_under_its_own_name() -> None:
    for name, exporter in EXPORTERS.items():
        assert exporter.name == name
        assert exporter.description.endswith(".")
        assert hasattr(exporter, "line_of_record") == isinstance(exporter, RecordExporter)
    assert isinstance(choose("sft"), Sft)


def test_an_unknown_one_is_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownFormat) as refused:
        choose("csv")
    assert refused.value.extra["known"] == list(EXPORTERS)
