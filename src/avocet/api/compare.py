"""Runs compared: what one fixed and broke beside another, and a gate."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Response

from avocet.api.deps import DatabaseDep, SettingsDep
from avocet.api.responses import Responses, errors, json_response
from avocet.api.schemas.base import Wanted
from avocet.api.shapes import shape_of
from avocet.comparing import Comparison, GateResult, check_gate, compare, compare_several, parse_gate
from avocet.comparing.answers import Verdicts
from avocet.comparing.comparison import Compared
from avocet.comparing.tables import as_junit, as_markdown
from avocet.comparing.trained_on import Sources
from avocet.errors import InvalidRequest

router = APIRouter(tags=["scores"])
_MEDIA = {"comparison.md": "text/markdown", "gate.xml": "application/xml"}
_FILES: Responses = {200: {"content": {kind: {} for kind in _MEDIA.values()}}}
Before = Annotated[Wanted, Query(description="The side to compare with: a run, or RUN:MODEL.")]
After = Annotated[Wanted, Query(description="The other side.")]
Several = Annotated[list[Wanted], Query(description="Runs, or RUN:MODEL; the first is compared with.")]
Whose = Annotated[
    Verdicts, Query(description="People's verdicts, and the harness's where nobody read; or its alone.")
]
Gate = Annotated[Wanted | None, Query(description="Conditions, as `avocet compare --gate` takes them.")]
All = Annotated[bool, Query(alias="all", description="List all items, not only those that flipped.")]
_WHAT = "an export's number or the name of a training of this desk"
TrainedOn = Annotated[list[Wanted], Query(max_length=20, description=f"What `after` was trained on: {_WHAT}.")]
BeforeTrainedOn = Annotated[list[Wanted], Query(max_length=20, description=f"What `before` was trained on: {_WHAT}.")]
Format = Annotated[
    Literal["json", "md", "junit"], Query(description="JSON; or a file: Markdown, or the gate as JUnit XML.")
]


class ComparedAndJudged(msgspec.Struct, frozen=True):
    """A comparison, and what the gate says of it; null without a gate."""

    compared: Compared
    gate: GateResult | None


@router.get("/compare", response_model=shape_of(ComparedAndJudged), responses={**_FILES, **errors(404, 422)})
def compare_runs(
    before: Before,
    after: After,
    database: DatabaseDep,
    settings: SettingsDep,
    trained_on: TrainedOn = [],  # noqa: B006 (FastAPI copies it)
    before_trained_on: BeforeTrainedOn = [],  # noqa: B006
    verdicts: Whose = "people",
    gate: Gate = None,
    all_items: All = False,
    format: Format = "json",
) -> Response:
    """Two runs compared item by item: fixed, broken, and whether the difference may be chance."""
    conditions = parse_gate(gate) if gate is not None else None
    # a path over HTTP would let anybody ask what files this machine has
    sources = Sources(
        trainings=settings.trainings_dir,
        before=tuple(before_trained_on),
        after=tuple(trained_on),
        has_paths=False,
    )
    found = compare(database, before, after, verdicts=verdicts, all_items=all_items, sources=sources)
    judged = check_gate(found, conditions) if conditions else None
    return _answer(ComparedAndJudged(found, judged), format)


@router.get("/compare/several", response_model=shape_of(Comparison), responses=errors(404, 422))
def compare_several_runs(side: Several, database: DatabaseDep, verdicts: Whose = "people") -> Response:
    """Three runs or more, each compared with the first, and the items on which they differ."""
    return json_response(compare_several(database, side, verdicts=verdicts))


def _answer(told: ComparedAndJudged, format: Format) -> Response:
    match format:
        case "md":
            return _file("comparison.md", as_markdown(told.compared, told.gate))
        case "junit":
            if told.gate is None:
                raise InvalidRequest("JUnit has what a gate says: give a gate too.")
            return _file("gate.xml", as_junit(told.compared, told.gate))
        case _:
            return json_response(told)


def _file(name: str, text: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(text, headers=headers, media_type=_MEDIA[name])
