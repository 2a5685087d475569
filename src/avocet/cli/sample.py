"""avocet sample: draw a random sample of cards, or grow one."""

from __future__ import annotations

from typing import Annotated, Any, cast

import typer
from rich.markup import escape

from avocet.cli.terminal import Json, Several, load_settings, open_desk, print_json, stderr, stdout
from avocet.domain import plural
from avocet.review import samples
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, Per, SampleProgress

NO_PASSES = (
    "None of the cards passed: what passed becomes a card only where an import keeps it, "
    "with avocet import PATH --keep passed=50."
)


def sample(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The sample's name.")],
    size: Annotated[int, typer.Option(metavar="NUMBER", help="How many cards; with --per, how many of each.")],
    per: Annotated[Several, typer.Option(metavar="PART", help="Of each task, model or outcome; repeatable.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="NUMBER", help="Draw as this number says.")] = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="OUTCOME", help="failed (default), passed, errored, unscored or any."),
    ] = None,
    run_id: Annotated[Several, typer.Option(metavar="RUN", help="Only this run; repeatable.")] = None,
    model_name: Annotated[Several, typer.Option(metavar="MODEL", help="Only this model; repeatable.")] = None,
    task_type: Annotated[Several, typer.Option(metavar="TYPE", help="Only this task type; repeatable.")] = None,
    source: Annotated[Several, typer.Option(metavar="SOURCE", help="Only this source; repeatable.")] = None,
    min_score: Annotated[
        float | None, typer.Option(metavar="NUMBER", min=0, max=1, help="The harness's score is at least this.")
    ] = None,
    max_score: Annotated[
        float | None, typer.Option(metavar="NUMBER", min=0, max=1, help="The harness's score is at most this.")
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Only cards that a search for this finds.")] = None,
    shape: Annotated[
        str | None, typer.Option(metavar="HASH", help="Only failure reasons of this shape; none: no reason.")
    ] = None,
    json: Json = False,
) -> None:
    """Draw a random sample of the cards that nobody has read; with nothing but a size, grow one."""
    said: dict[str, Any] = {
        "outcome": outcome,
        "run_id": run_id or None,
        "model_name": model_name or None,
        "task_type": task_type or None,
        "source": source or None,
        "min_score": min_score,
        "max_score": max_score,
        "q": text,
        "shape": shape,
    }
    # as they were typed: drawing checks them
    parts = cast("tuple[Per, ...]", tuple(per or ()))
    asked = Asked(filter=QueueFilter(**said), size=size, per=parts, seed=seed)
    with open_desk() as database:
        done = samples.draw_or_grow(database, name, asked, load_settings().reviewer)
        lacks_passes = done.filter.get("outcome") == "any" and "passed" not in samples.outcomes(database, name)
    if json:
        print_json(done)
    else:
        stdout.print(escape(_sentence(done)))
        if lacks_passes:
            stderr.print(f"  {NO_PASSES}")


def _sentence(done: SampleProgress) -> str:
    sentence = f"{done.name}: {plural(done.members, 'card')} of {done.cards:,}, {done.waiting:,} to read"
    if done.unopened:
        sentence += f" ({done.unopened:,} more {'was' if done.unopened == 1 else 'were'} decided in bulk and "
        sentence += f"{'is' if done.unopened == 1 else 'are'} in no sample)"
    return sentence
