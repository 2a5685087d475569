"""The forge's workflows run what CI and the Makefile run, and nobody is promised what was not run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.promises.project import ROOT

WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
TEST: dict[str, Any] = WORKFLOWS["test"]["jobs"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z0-9-]+):", MAKEFILE, re.MULTILINE))
# Python's newest, which the project's own machines do not have
ONLY_THERE = {"3.14"}


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job.get("steps", ()) if "run" in step]


def made(script: str) -> Iterator[str]:
    """The targets that a script makes."""
    for line in script.splitlines():
        words = line.split()
        if words[:1] == ["make"]:
            yield from words[1:]


def recipe(target: str) -> str:
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    return found[1]


def claimed() -> set[str]:
    """The Pythons that the package's classifiers name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return set(re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"])))


def test_ci_makes_what_the_makefile_has() -> None:
    targets = list(made((ROOT / ".ci/run").read_text("utf-8")))
    assert targets
    assert set(targets) <= TARGETS


def test_linux_runs_what_ci_runs() -> None:
    assert commands(TEST["linux"]) == [".ci/run"]


def test_linux_has_every_python_that_is_claimed_and_one_that_is_not() -> None:
    assert set(TEST["linux"]["strategy"]["matrix"]["python"]) == claimed() | ONLY_THERE
    assert "3.11" in claimed()


@pytest.mark.parametrize("version", sorted(claimed()))
def test_a_python_that_is_claimed_has_a_result_in_contributing(version: str) -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert re.search(rf"^\| [^|]+\| 20\d\d-\d\d-\d\d \|[^|]*\b{re.escape(version)}\.\d+", contributing, re.MULTILINE)


def test_the_readme_claims_the_same() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    *most, last = sorted(claimed())
    assert f"Python {', '.join(most)} or {last}" in readme


def test_macos_makes_what_the_makefile_has_and_no_postgresql() -> None:
    targets = [target for command in commands(TEST["macos"]) for target in made(command)]
    assert targets == ["test-sqlite", "test-web"]
    assert set(targets) <= TARGETS


def test_windows_runs_the_same_tests_without_make() -> None:
    """Its shell runs no recipe: what stands in the workflow is the recipes' own."""
    run = commands(TEST["windows"])
    (python_tests,) = [command for command in run if " pytest " in command]
    assert python_tests.removeprefix("python -m ") in recipe("test-sqlite").replace("$(BIN)/", "")
    assert "npm --prefix web run test:coverage" in run
    assert "$(NPM) run --silent test:coverage" in recipe("test-web")
    installed = " ".join(command.partition("install ")[2] for command in run if " pip install " in command)
    for what in ("--editable .[all]", "--group dev --group build"):
        assert what in installed
        assert what in recipe(r"\$\(INSTALLED\)").replace("'", "") + recipe(r"\$\(READY\)")
    assert TEST["windows"]["env"]["PIP_CONSTRAINT"] == "constraints.txt"


def test_publishing_waits_for_every_test_and_keeps_no_secret() -> None:
    publish = WORKFLOWS["publish"]
    # YAML 1.1 reads the key `on` as true
    assert publish[True] == {"push": {"tags": ["v*"]}}
    assert publish["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"
    assert "workflow_call" in WORKFLOWS["test"][True]
    last = publish["jobs"]["publish"]
    assert set(last["needs"]) == {"test", "build"}
    assert last["permissions"] == {"id-token": "write"}
    assert [step for step in last["steps"] if step["uses"].startswith("pypa/gh-action-pypi-publish@")]
    assert "secrets." not in (ROOT / ".github/workflows/publish.yml").read_text("utf-8")


def test_a_release_is_built_by_the_makefile() -> None:
    targets = [target for command in commands(WORKFLOWS["publish"]["jobs"]["build"]) for target in made(command)]
    assert targets == ["build"]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_no_more_than_read_unless_a_job_says_so(name: str) -> None:
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
