"""Every room at the first guess: no circle between parts, one place for dialects, no logic in routes, plain names.

A part is what stands first after `avocet.`: `review`, `runs`, `db`. The check of each promise is asked of a small
counter-example too, so that none of them can fall silent.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from avocet.cli import app
from tests.promises.project import PACKAGE
from tests.promises.test_layers import MODULES, noun, ours

MOST_BRANCHES_OF_A_ROUTE = 2
MOST_BRANCHES_BESIDE = 7
# what the terminal shows, what every command that opens a desk does first, and the judge of bench
SHARED_BY_COMMANDS = {"__init__", "judging", "migrate", "terminal"}
DIALECTS = frozenset({"sqlite", "postgresql"})
API = sorted((PACKAGE / "api").glob("*.py"))


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """The parts that import each other in a ring; empty if none do."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def arrows() -> dict[str, set[str]]:
    """Which part imports which others. The package's own door, which opens on request alone, is none."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        others = found.setdefault(noun(path), set())
        others |= set(ours(path)) - {noun(path), "__init__"}
    return found


def test_no_parts_import_each_other_in_a_circle() -> None:
    assert circle(arrows()) == []
    assert circle({"runs": {"review"}, "review": {"runs"}})


def dialect_checks(tree: ast.AST) -> Iterator[int]:
    """The lines that ask which database it is."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="is_sqlite" | "dialect" | "get_backend_name" | "is_postgresql"):
                yield node.lineno
            case ast.Name(id="is_sqlite" | "is_postgresql"):
                yield node.lineno
            case ast.Compare(left=left, comparators=others) if any(map(_is_dialect, (left, *others))):
                yield node.lineno
            case ast.MatchValue(value=value) if _is_dialect(value):
                yield value.lineno
            case ast.Call(func=ast.Attribute(attr="startswith"), args=[ast.Constant(value=str(begin))]):
                if begin.partition(":")[0] in DIALECTS:
                    yield node.lineno


def _is_dialect(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in DIALECTS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_db_asks_which_database_it_is(path: Path) -> None:
    # a migration is what it was on the day it was written
    if noun(path) != "db" and "versions" not in path.parts:
        assert list(dialect_checks(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "connection.dialect.name",
        "name == 'sqlite'",
        "database.is_sqlite",
        "url.startswith('postgresql')",
        "match name:\n case 'sqlite': pass",
    ],
)
def test_a_dialect_check_is_seen(line: str) -> None:
    assert list(dialect_checks(ast.parse(line)))


def branches(function: ast.AST) -> int:
    """How many ways a function may go."""
    forks = (
        ast.If,
        ast.IfExp,
        ast.For,
        ast.AsyncFor,
        ast.While,
        ast.ExceptHandler,
        ast.comprehension,
        ast.match_case,
    )
    nodes = list(ast.walk(function))
    joined = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return joined + sum(isinstance(node, forks) for node in nodes)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("router.") for decorator in function.decorator_list)


@pytest.mark.parametrize("path", API, ids=lambda path: path.name)
def test_routes_hold_no_logic(path: Path) -> None:
    found = list(functions(path))
    if not any(map(is_route, found)):
        return
    over = [
        function.name
        for function in found
        if branches(function) > (MOST_BRANCHES_OF_A_ROUTE if is_route(function) else MOST_BRANCHES_BESIDE)
    ]
    assert over == []


def test_logic_in_a_route_is_seen() -> None:
    route = ast.parse("def route(a, b):\n    if a and b:\n        return [c for c in a]\n    return b")
    assert branches(route) > MOST_BRANCHES_OF_A_ROUTE


def names_of(path: Path) -> set[str]:
    """What a module of routes may be called: its tag, or the first word of one of its paths."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="APIRouter"), keywords=keywords):
                found |= {
                    tag for keyword in keywords if keyword.arg == "tags" for tag in ast.literal_eval(keyword.value)
                }
            case ast.Call(func=ast.Attribute(value=ast.Name(id="router")), args=[ast.Constant(value=str(route)), *_]):
                found.add(route.split("/")[1].replace("-", "_"))
    return found


@pytest.mark.parametrize("path", API, ids=lambda path: path.name)
def test_a_module_of_routes_is_named_by_its_tag_or_noun(path: Path) -> None:
    names = names_of(path)
    assert not names or path.stem in names


def test_every_command_is_in_the_file_of_its_name() -> None:
    commands = {command.name or str(getattr(command.callback, "__name__", "")) for command in app.registered_commands}
    groups = {str(group.name) for group in app.registered_groups}
    named = {name.replace("_", "-") for name in commands | groups}
    files = {path.stem for path in (PACKAGE / "cli").glob("*.py")} - SHARED_BY_COMMANDS
    assert {name.rstrip("_").replace("_", "-") for name in files} == named
