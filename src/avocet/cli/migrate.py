"""The first step of every command that opens a desk: bring it up to date, where the person can see it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import ExitStack
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from avocet.db import Database

if TYPE_CHECKING:
    from avocet.db.upgrade import Step

Migrate = Annotated[
    bool, typer.Option("--migrate", help="Upgrade the desk even if Avocet can't keep a copy: you made one yourself.")
]
_agreed: ContextVar[bool] = ContextVar("agreed", default=False)


def opens_desk(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option `--migrate` to a command."""

    @wraps(command)
    def run(*arguments: Any, migrate: bool = False, **options: Any) -> Any:  # noqa: ANN401 (whatever it takes)
        _agreed.set(migrate)
        return command(*arguments, **options)

    signature = inspect.signature(command, eval_str=True)
    option = inspect.Parameter("migrate", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Migrate)
    whole = signature.replace(parameters=[*signature.parameters.values(), option])
    run.__signature__ = whole  # type: ignore[attr-defined]
    # some versions of typer read the signature, others the annotations
    run.__annotations__ = {name: parameter.annotation for name, parameter in whole.parameters.items()}
    return run


def bring_up_to_date(database: Database) -> None:
    """Migrate the desk: show a bar meanwhile, and then where the copy is that was kept."""
    with ExitStack() as stack:
        copy = database.migrate(agreed=_agreed.get(), on_step=_Shown(stack))
    if copy:
        from avocet.cli.terminal import stderr

        stderr.print(
            f"The desk is up to date. A copy from before is kept as {escape(str(copy.path))} "
            f"({copy.bytes / 2**20:,.1f} MiB): remove it once all is well."
        )


class _Shown:
    """Shows the progress of a migration; nothing appears before its first step."""

    def __init__(self, stack: ExitStack) -> None:
        from avocet.cli.terminal import progress_bar, stderr

        self._stack, self._bar, self._say = stack, progress_bar, stderr.print
        self._progress: Any = None
        self._doing = ""

    def __call__(self, step: Step) -> None:
        if self._progress is None:
            self._progress = self._stack.enter_context(self._bar())
        if step.doing != self._doing:
            self._doing = step.doing
            self._say(f"{step.doing} …")
            self._task = self._progress.add_task(step.doing, note="")
        self._progress.update(self._task, completed=step.done, total=step.total)
