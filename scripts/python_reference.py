"""Write docs/python.md, the reference of `avocet.Desk`, from its docstrings: `python scripts/python_reference.py`."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "python.md"
HEAD = """# From Python

<!-- made by scripts/python_reference.py from the docstrings in src/avocet/desk.py -->
"""
WIDTH = 100


def reference() -> str:
    """The text of docs/python.md."""
    module = ast.parse((ROOT / "src/avocet/desk.py").read_text("utf-8"))
    (desk,) = [node for node in module.body if isinstance(node, ast.ClassDef) and node.name == "Desk"]
    return "\n".join([HEAD, *_class(desk)]).rstrip() + "\n"


def _class(desk: ast.ClassDef) -> Iterator[str]:
    methods: dict[str, list[ast.FunctionDef]] = {}
    for node in desk.body:
        if isinstance(node, ast.FunctionDef):
            methods.setdefault(node.name, []).append(node)
    yield from (_code([_signature("Desk", methods["__init__"][0])]), _text(desk))
    for name, declared in methods.items():
        if not name.startswith("_"):
            # an overloaded method is shown by its overloads; the last definition does the work and has the docstring
            shown = declared[:-1] or declared
            yield f"## {name}\n"
            yield from (_code([_signature(f"desk.{name}", one) for one in shown]), _text(declared[-1]))


def _text(node: ast.FunctionDef | ast.ClassDef) -> str:
    """The docstring, with its `Raises:` section as a list."""
    lines = inspect.cleandoc(ast.get_docstring(node) or "").splitlines()
    if "Raises:" in lines:
        at = lines.index("Raises:")
        raised = (line.strip().partition(": ") for line in lines[at + 1 :])
        lines[at:] = ["Raises:", "", *(f"- `{name}`: {why}" for name, _, why in raised)]
    return "\n".join(lines) + "\n"


def _signature(name: str, function: ast.FunctionDef) -> str:
    parameters = list(_parameters(function.args))
    returns = "" if function.name == "__init__" else f" -> {ast.unparse(function.returns or ast.Constant(None))}"
    line = f"{name}({', '.join(parameters)}){returns}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {parameter}," for parameter in parameters), f"){returns}"])


def _parameters(arguments: ast.arguments) -> Iterator[str]:
    positional = arguments.args[1:]  # without self
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    yield from map(_parameter, positional, defaults)
    if arguments.kwonlyargs:
        yield "*"
    yield from map(_parameter, arguments.kwonlyargs, arguments.kw_defaults)
    if arguments.kwarg:
        yield f"**{_parameter(arguments.kwarg, None)}"


def _parameter(argument: ast.arg, default: ast.expr | None) -> str:
    text = f"{argument.arg}: {ast.unparse(argument.annotation)}" if argument.annotation else argument.arg
    return text if default is None else f"{text} = {ast.unparse(default)}"


def _code(lines: list[str]) -> str:
    return "\n".join(["```python", *lines, "```\n"])


if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
