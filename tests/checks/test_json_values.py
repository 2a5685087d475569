"""JSON in an answer, and its schema. What is no JSON, and what a schema says, is tested with bench's reasons."""

from __future__ import annotations

import pytest

from avocet.checks import InvalidCheck, JsonSchema, run

POINT = JsonSchema(schema={"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]})


@pytest.mark.parametrize(
    ("text", "passed", "sentence"),
    [
        ('{"x": 1}', True, "The answer is JSON of the schema."),
        ('So:\n```json\n{"x": 1}\n```', True, "The answer is JSON of the schema."),
        ("x is 1", False, "JSON schema: the answer is not JSON."),
        ('{"x": "1"}', False, "JSON schema: $.x: '1' is not of type 'number'."),
    ],
)
def test_a_schema(text: str, passed: bool, sentence: str) -> None:
    result = run(POINT, text)
    assert (result.passed, result.sentence) == (passed, sentence)


@pytest.mark.parametrize(
    "schema", [{"type": "thing"}, {"$ref": "https://example.org/schema.json"}, {"$ref": "#/definitions/none"}]
)
def test_a_schema_that_can_not_be_used_is_refused(schema: dict[str, str]) -> None:
    with pytest.raises(InvalidCheck, match="json_schema"):
        run(JsonSchema(schema=schema), "{}")
