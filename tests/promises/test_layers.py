"""The import rule of the design: each layer imports itself and those before it, never one behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.project import PACKAGE

LAYERS = (
    {
        "__init__",
        "categories",
        "disk",
        "domain",
        "errors",
        "faults",
        "json_text",
        "judges",
        "must",
        "plugins",
        "tags",
    },
    {"importers", "exporters", "checks", "reasons", "proposals"},
    {"migrations", "models", "db", "settings", "stored"},
    {"*"},  # the domain functions: whatever stands in no other layer
    {"api", "cli"},
    {"__main__"},
)
FOREIGN = frozenset({"sqlalchemy", "alembic", "fastapi", "starlette", "uvicorn", "pydantic", "typer", "rich"})
MODULES = sorted(PACKAGE.rglob("*.py"))


def noun(path: Path) -> str:
    """The part of the package that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name: str) -> int:
    named = [number for number, names in enumerate(LAYERS) if name in names]
    return named[0] if named else 3


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports at its top or in a function, by its full name."""
    # the package's own door opens `avocet.Desk` when somebody asks for it
    tree = ast.parse("" if path == PACKAGE / "__init__.py" else path.read_text("utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=0):
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.ImportFrom():
                raise AssertionError(f"{path}: imports name their module in full")


def ours(path: Path) -> Iterator[str]:
    for name in imported(path):
        package, _, rest = name.partition(".")
        if package == "avocet":
            part = rest.partition(".")[0]
            is_module = (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()
            yield part if is_module else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_from_its_own_layer_or_below(path: Path) -> None:
    if "versions" in path.parts:
        return
    here = noun(path)
    above = {name for name in ours(path) if layer(name) > layer(here)}
    assert not above, f"{here} imports {', '.join(sorted(above))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_lower_layers_know_neither_database_nor_http(path: Path) -> None:
    if layer(noun(path)) < 2:
        assert FOREIGN.isdisjoint(name.partition(".")[0] for name in imported(path))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_api_and_cli_know_http_and_the_terminal(path: Path) -> None:
    edges = {"fastapi", "starlette", "uvicorn", "typer", "rich"}
    if layer(noun(path)) < 4:
        assert edges.isdisjoint(name.partition(".")[0] for name in imported(path))


def test_api_and_cli_do_not_know_each_others_parts() -> None:
    """The command line may start the server; the server knows nothing of the command line."""
    for path in MODULES:
        if noun(path) == "api":
            assert "cli" not in set(ours(path))
