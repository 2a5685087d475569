"""Requests made from the schema itself: no mistake of the server's, and answers as the schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from scripts.openapi import CONTRACT

from avocet.api import create_app
from avocet.db import Database
from avocet.settings import Settings
from tests.examples import examples
from tests.factories import candidate_line, candidate_lines, import_lines

HOST = "127.0.0.1"
SECRET = "a-long-secret"
# a machine with other work must not fail a test
PATIENCE_S = 120
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
ENDLESS = ("get", "/api/sft/events")
OPERATIONS = sorted(
    (method, path)
    for path, operations in json.loads(CONTRACT.read_text("utf-8"))["paths"].items()
    for method in operations
    if (method, path) != ENDLESS
)


@pytest.fixture(scope="module")
def read_schema() -> Any:
    """Read once: the test of the contract holds that it is the one the desk serves."""
    schema = schemathesis.openapi.from_path(CONTRACT)
    schema.config.update(base_url=f"http://{HOST}", request_timeout=PATIENCE_S)
    return schema


@pytest.fixture
def schema(read_schema: Any, settings: Settings, database: Database, bench_dir: Path) -> Any:
    """The schema of a desk with a few cards, some with ids that a made request may well hold."""
    import_lines(database, bench_dir, [*candidate_lines(3), *(candidate_line(9, id=name) for name in ("0", "a"))])
    read_schema.app = create_app(settings.model_copy(update={"ingestion_secret": SecretStr(SECRET)}), database)
    return read_schema


@pytest.mark.hypothesis
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_the_schema_says(schema: Any, method: str, path: str) -> None:
    @given(case=schema[path][method].as_strategy())
    @examples(12, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {SECRET}"})

    check()
