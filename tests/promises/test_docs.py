"""Whatever a person can use is documented."""

from __future__ import annotations

import re

import pytest
import typer
from typer.main import get_command

from avocet.categories import CATEGORY_MEANINGS
from avocet.cli import app
from avocet.exporters import EXPORTERS
from avocet.importers import IMPORTERS
from avocet.settings import Settings
from tests.promises.project import ROOT, files

COMMANDS = dict(sorted(get_command(app).commands.items()))  # type: ignore[attr-defined]
OPTIONS = [
    (name, parameter)
    for name, command in COMMANDS.items()
    for parameter in command.params
    if parameter.name != "help"
]
SETTINGS = [f"AVOCET_{name.upper()}" for name in Settings.model_fields]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def pages() -> str:
    return "\n".join(path.read_text("utf-8") for path in files("docs", suffixes=(".md",)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    assert (COMMANDS[name].help or "").strip().endswith(".")


@pytest.mark.parametrize(("name", "parameter"), OPTIONS, ids=lambda part: str(getattr(part, "name", part)))
def test_every_option_has_help(name: str, parameter: typer.core.TyperOption | typer.core.TyperArgument) -> None:
    assert parameter.help, f"avocet {name}: {parameter.name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert f"avocet {name}" in page("cli.md")


@pytest.mark.parametrize(("name", "parameter"), OPTIONS, ids=lambda part: str(getattr(part, "name", part)))
def test_every_option_is_documented(name: str, parameter: typer.core.TyperOption | typer.core.TyperArgument) -> None:
    told = page("cli.md")
    for option in parameter.opts:
        assert not option.startswith("--") or option in told, f"avocet {name} {option}"


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in page("settings.md")


def test_every_setting_that_is_documented_exists() -> None:
    """Those of the program, and those that the tests or the web app's development read."""
    elsewhere = [*files("tests", "web", "benchmarks", suffixes=(".py", ".ts")), ROOT / "Makefile"]
    read = "\n".join(path.read_text("utf-8") for path in elsewhere if path.is_file())
    for name in set(re.findall(r"AVOCET_[A-Z_]+", page("settings.md"))) - set(SETTINGS):
        assert name in read, name


@pytest.mark.parametrize("name", IMPORTERS)
def test_every_importer_is_documented(name: str) -> None:
    assert f"`{name}`" in pages()


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_exporter_has_a_section_with_a_command_and_what_it_leaves_out(name: str) -> None:
    told = page("exporters.md")
    _, _, section = told.partition(f"\n## {name}\n")
    section = section.partition("\n## ")[0]
    assert "```console" in section or "```python" in section
    assert "\nLeaves out: " in section
    assert f"[`{name}`](#{name})" in told


@pytest.mark.parametrize(("path", "told"), [("README.md", "export formats"), ("docs/exporting.md", "formats.")])
def test_the_number_of_export_formats_is_right(path: str, told: str) -> None:
    assert f"There are {len(EXPORTERS)} {told}" in (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("category", CATEGORY_MEANINGS)
def test_every_category_is_explained_in_the_words_of_the_page(category: str) -> None:
    assert f"`{category}`" in pages()
    assert CATEGORY_MEANINGS[category] in pages()  # type: ignore[index]


def test_the_readme_has_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_every_link_between_pages_leads_somewhere() -> None:
    for path in [*files("docs", suffixes=(".md",)), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert "://" in target or (path.parent / target).exists(), f"{path.relative_to(ROOT)}: {target}"
