"""The containers, which no test here can build, ask for what the desk knows."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from typer.main import get_command

from avocet.cli import app
from avocet.settings import Settings
from tests.promises.project import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SETTINGS = {f"AVOCET_{name.upper()}" for name in Settings.model_fields}


def instruction(name: str) -> str:
    """The last of its kind, which is the one that counts."""
    return str(re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)[-1])


def test_the_image_runs_a_command_and_options_that_exist() -> None:
    program, name, *arguments = json.loads(instruction("CMD"))
    assert program == "avocet"
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    with command.make_context(name, arguments) as context:
        assert context.params["host"] == "0.0.0.0"


def test_the_image_runs_as_a_user_other_than_root_who_owns_the_data() -> None:
    user = instruction("USER")
    assert int(user) > 0
    assert f"--uid {user}" in DOCKERFILE
    assert f"AVOCET_DATA_DIR={instruction('VOLUME')}" in DOCKERFILE


@pytest.mark.parametrize(
    "name", ["constraints.txt", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "src", "web"]
)
def test_what_the_build_reads_is_sent_to_it(name: str) -> None:
    assert (ROOT / name).exists()
    assert f"!{name}" in (ROOT / ".dockerignore").read_text("utf-8").splitlines()


def test_compose_sets_what_is_a_setting_and_starts_the_desk_after_its_database() -> None:
    desk, database = COMPOSE["services"]["desk"], COMPOSE["services"]["database"]
    assert set(desk["environment"]) <= SETTINGS
    assert desk["environment"]["AVOCET_DATABASE_URL"].startswith("postgresql+psycopg://avocet:")
    assert desk["environment"]["AVOCET_DATABASE_URL"].endswith("@database/avocet")
    assert database["environment"]["POSTGRES_USER"] == "avocet"
    assert desk["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_compose_opens_the_desk_to_this_machine_only_and_never_without_a_token() -> None:
    desk, database = COMPOSE["services"]["desk"], COMPOSE["services"]["database"]
    assert desk["ports"] == ["127.0.0.1:8503:8503"]
    assert "ports" not in database
    assert desk["environment"]["AVOCET_TOKEN"].startswith("${AVOCET_TOKEN:?")
